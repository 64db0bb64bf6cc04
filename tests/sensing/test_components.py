"""Ten thousand gloves, each of parts as they are sold: none that is well is called broken, none that is broken well.

Volts are computed for all of them at once; each pad is then judged by the real class, 50 readings a second, and what
it knew of its circuit are the nominal values. The drawn spread is wider than any bag of parts: 1 % resistors taken
as evenly spread, 5 % of supply, an idle FSR from 10 Mohm to 1 Gohm, 150 to 400 ohm at full force.
"""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from sensing.pads import FAULTS, Pad, PadRules, PadState
from tests.story import CALIBRATION, DIVIDER, VOLT_PER_CODE

pytestmark = pytest.mark.many

Array = NDArray[np.float64]

GLOVES = 10_000
SEED = 20260117
# 200 ms are ten readings; five before that show a pad that is well.
WELL, BROKEN = 5, 11
NOISE_VOLT = 0.0005
ADC_OHM = 6e6


class Parts:
    """One pad's parts of every glove."""

    def __init__(self) -> None:
        rng = np.random.default_rng(SEED)

        def one_percent(ohm: float) -> Array:
            return ohm * rng.uniform(0.99, 1.01, GLOVES)

        self.rng = rng
        self.supply_volt = 3.3 * rng.uniform(0.95, 1.05, GLOVES)
        self.fixed_ohm, self.series_ohm = one_percent(2200.0), one_percent(220.0)
        self.bias_ohm = one_percent(100_000.0)
        upper_ohm, lower_ohm = one_percent(10_000.0), one_percent(10_000.0)
        self.halved_part = _beside(lower_ohm, ADC_OHM) / (upper_ohm + _beside(lower_ohm, ADC_OHM))
        self.idle_ohm = 10 ** rng.uniform(7, 9, GLOVES)
        self.full_ohm = rng.uniform(150.0, 400.0, GLOVES)
        self.light_ohm = 10 ** rng.uniform(4, 5, GLOVES)

    def divided(self, fsr_ohm: Array | float) -> Array:
        """Return the pad's volts."""
        return self.hung_from(self.series_ohm + _beside(fsr_ohm, self.bias_ohm))

    def hung_from(self, top_ohm: Array | float) -> Array:
        """Return the volts below that much between supply and sense lead."""
        bottom_ohm = _beside(self.fixed_ohm, ADC_OHM)
        volts: Array = self.supply_volt * bottom_ohm / (top_ohm + bottom_ohm)
        return volts


def _beside(first_ohm: Array | float, second_ohm: Array | float) -> Array | float:
    return 1 / (1 / first_ohm + 1 / second_ohm)


def _codes(volts: Array, rng: np.random.Generator, readings: int) -> list[list[float]]:
    """Return what the ADC makes of it, noise and steps included, glove by glove."""
    noisy = volts[:, None] + NOISE_VOLT * rng.standard_normal((len(volts), readings))
    read: list[list[float]] = (np.round(noisy / VOLT_PER_CODE) * VOLT_PER_CODE).tolist()
    return read


def judged(*stages: tuple[Callable[[Parts], Array], int]) -> list[tuple[list[PadState], Pad]]:
    """Return the states that the pad of each glove went through in the last stage, and the pad."""
    parts = Parts()
    volts = [_codes(stage(parts), parts.rng, readings) for stage, readings in stages]
    halved = _codes(parts.supply_volt * parts.halved_part, parts.rng, sum(n for _, n in stages))
    table, rules = CALIBRATION.pads[0][1], PadRules(zeroes=True, creeps=True)
    judgements = []
    for glove in range(GLOVES):
        pad, states, tick = Pad("heel", table, DIVIDER, rules), [], 0
        for stage in volts:
            states = []
            for volt in stage[glove]:
                pad.feed(tick / 50, volt, 2 * halved[glove][tick])
                states.append(pad.state)
                tick += 1
        judgements.append((states, pad))
    return judgements


def untouched(parts: Parts) -> Array:
    return parts.divided(parts.idle_ohm)


def lightly(parts: Parts) -> Array:
    return parts.divided(parts.light_ohm)


def fully(parts: Parts) -> Array:
    return parts.divided(parts.full_ohm)


def anyhow(parts: Parts) -> Array:
    """A third of the gloves each way."""
    volts: Array = np.choose(np.arange(GLOVES) % 3, [untouched(parts), lightly(parts), fully(parts)])
    return volts


def _bridged(ohm: float) -> Callable[[Parts], Array]:
    # Sweat around all that is at the glove: what remains in series with it would only lower it.
    return lambda parts: parts.hung_from(ohm)


def cut(parts: Parts) -> Array:
    return np.zeros(len(parts.supply_volt))


def shorted_inside(parts: Parts) -> Array:
    return parts.divided(parts.rng.uniform(0.01, 5.0, GLOVES))


def without_ground(parts: Parts) -> Array:
    # Only the ADC's own input is left to draw the pad down; before the first touch that is all there is.
    top_ohm = parts.series_ohm + _beside(parts.idle_ohm, parts.bias_ohm)
    volts: Array = parts.supply_volt * ADC_OHM / (ADC_OHM + top_ohm)
    return volts


def at_the_supply(parts: Parts) -> Array:
    return parts.supply_volt


@pytest.mark.parametrize("well", [untouched, lightly, fully], ids=lambda stage: stage.__name__)
def test_no_pad_that_is_well_is_called_broken(well: Callable[[Parts], Array]) -> None:
    judgements = judged((well, 15))
    assert not [states for states, _ in judgements if not FAULTS.isdisjoint(states)]
    if well is untouched:
        # A light touch of 100 kohm is the least that there is; an untouched pad bears exactly nothing.
        assert {pad.newton(0.28) for _, pad in judgements} == {0.0}
    else:
        assert all((pad.newton(0.28) or 0.0) > 0.01 for _, pad in judgements)


@pytest.mark.parametrize(
    ("broken", "state"),
    [
        (cut, PadState.OPEN),
        (_bridged(1e6), PadState.OPEN),
        (_bridged(3e5), PadState.OPEN),
        (without_ground, PadState.SHORT),
        (at_the_supply, PadState.SHORT),
        (shorted_inside, PadState.OVER),
    ],
    ids=["cut or at ground", "bridged by 1 M", "bridged by 300 k", "no ground", "at the supply", "shorted inside"],
)
def test_every_broken_pad_is_told_within_200_ms(broken: Callable[[Parts], Array], state: PadState) -> None:
    judgements = judged((anyhow, WELL), (broken, BROKEN))
    assert {states[-1] for states, _ in judgements} == {state}
    told_after = max(states.index(state) for states, _ in judgements)
    assert told_after / 50 <= 0.2
    newtons = {pad.newton((WELL + BROKEN - 1) / 50) for _, pad in judgements}
    assert newtons == ({30.0} if state is PadState.OVER else {None})
