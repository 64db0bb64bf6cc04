"""Campaign A, what the newtons are worth after a calibration of parts as they are sold."""

import numpy as np

from coach.plan import Plan
from firmware.home import divider_of
from hardware.ads1115 import GloveAdc
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.clock import VirtualClock
from hardware.emulated.fsr import Newtons3
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.scripts import Press
from sensing.calibration import Calibration, table_from_loads
from sensing.inputs import Reading

from .table import Row
from .world import ADDRESS, World, hand, several


class _Weights:
    """Weights on each pad in turn, five seconds each, as on a kitchen scale."""

    LOADS = (0.3, 0.6, 1.0, 2.0, 3.5, 6.0, 10.0, 15.0, 20.0)
    LASTS_S = 6.0

    def force_newton(self, t_s: float) -> Newtons3:
        i, load = divmod(int(t_s / self.LASTS_S), len(self.LOADS))
        heel, palm, fingers = (self.LOADS[load] if pad == i else 0.0 for pad in range(3))
        return heel, palm, fingers

    def mama_down(self, t_s: float) -> bool:
        return t_s < 0

    partner_down = mama_down


def _calibrated(seed: int) -> Calibration:
    """Read each load from the fourth to the fifth second, as `paws calibrate` does."""
    clock, weights, divider = VirtualClock(), _Weights(), divider_of(DEFAULT_BOARD)
    glove = EmulatedGlove(DEFAULT_BOARD, weights, clock, seed, spread=0.06)
    adc = GloveAdc(glove.bus, ADDRESS, DEFAULT_BOARD, clock)
    tables = []
    for pad in range(3):
        loads = []
        for load, newton in enumerate(weights.LOADS):
            begins_s = (pad * len(weights.LOADS) + load) * weights.LASTS_S
            read = []
            for tick in range(250):
                clock.sleep_until(begins_s + tick / 50)
                volts = adc.sweep()
                if tick >= 200:
                    read.append(divider.siemens_from_fraction(volts[pad] / (2 * volts[3])))
            loads.append((sum(read) / len(read), newton))
        tables.append((PADS[pad], table_from_loads(loads)))
    return Calibration(tuple(tables), "campaign")


def accuracy(share: float) -> Row:
    forces, rates, seeds = (2.0, 5.0, 10.0, 15.0, 20.0), (1.0, 2.0, 3.0, 4.0, 6.0), several(10, share)
    errors, rate_errors = [], []
    for seed in range(1, seeds + 1):
        calibration = _calibrated(seed)
        for force in forces:
            for rate in rates:
                lean_s = force / rate / 0.8
                whole = hand(Press(0.5, force, lean_s, 5.0, 2.0), seed=seed)
                world = World(
                    whole,
                    seed=seed,
                    spread=0.06,
                    calibration=calibration,
                    until_s=0.5 + lean_s + 4.5,
                    plan=Plan(ceiling_newton=30.0),
                )
                read, true = [], []
                lean, there = [], []
                for item in world.ticks():
                    touch = world.session.hands[0].touch
                    if touch is None or touch.force_newton is None or not isinstance(item, Reading):
                        continue
                    if item.t_s > 0.5 + lean_s + 0.5:
                        read.append(touch.force_newton)
                        true.append(sum(whole.force_newton(item.t_s)))
                    # Half-way up, as far behind as the smoother is.
                    elif 0.35 < (item.t_s - 0.5) / lean_s < 0.75:
                        lean.append(touch.rate_newton_per_s)
                        there.append(rate)
                errors.append(sum(read) / sum(true) - 1)
                # A shorter lean has no steady middle to compare.
                if lean_s >= 1.0:
                    rate_errors.append(sum(lean) / sum(there) - 1)
    e, r = 100 * np.array(errors), 100 * np.array(rate_errors)
    worst = float(np.abs(e).max())
    return Row(
        "A11 newtons after calibration",
        f"5 forces, 5 rates, {seeds} gloves, pads +-6 %",
        "each within 10 % of the reading; mean and 95 % limits published",
        f"force {e.mean():+.1f} % ({np.percentile(e, 2.5):+.1f} to {np.percentile(e, 97.5):+.1f}), worst {worst:.1f} %;"
        f" rate {r.mean():+.1f} % ({np.percentile(r, 2.5):+.1f} to {np.percentile(r, 97.5):+.1f})",
        worst <= 10.0,
    )
