"""What the faults do to the emulated glove: at its nodes, on its wires, in its chip, at its buttons.

Faults come and go by the glove's own time, and chance in them is seeded, so that the same scenario is the same session.
"""

import math
from collections.abc import Callable, Sequence
from random import Random

from hardware.board import PADS
from hardware.bus import TIMEOUT_S
from hardware.emulated.chip import BusFault, EmulatedAds1115, EmulatedBus
from hardware.emulated.circuit import Wrong
from hardware.emulated.faults import Fault

# A crack opens so often, and for so long (facts of makers: 5 to 500 ms, 0.1 to 5 a second).
_DROP_OUTS_HZ = 1.0
_DROP_OUT_S = (0.005, 0.5)
# What a second copy of this program does: four channels, 50 times a second.
_FOREIGN_HZ = 200.0
# Of what it does this part is only a look: it moves the pointer, and starts nothing.
_LOOKS_SHARE = 0.3

# ADS1115 (TI SBAS444E 8.1.3): start, single-shot, 860 SPS, no comparator; the mux and the gain are free.
_FOREIGN_CONFIG = 0x81E3
_CONFIG = 1
_MUX_SHIFT, _GAIN_SHIFT = 12, 9
# +-2.048 V, at which a pad that is pressed well clips.
_CLIPPING_GAIN = 2

# Without its power a chip answers like one that is not there.
_ON_THE_WIRES: dict[str, BusFault] = {
    "stuck": "stuck",
    "floating": "floating",
    "silent": "silent",
    "hangs": "hangs",
    "reset": "silent",
    # Both wires low: the clock never rises, and the controller waits for that until it gives up.
    "supply reversed": "hangs",
    "no pull-ups": "hangs",
}
_ON_THE_BUS = ("bus", "chip", "wiring")

_WELL: tuple[Wrong, Wrong, Wrong] = (frozenset(), frozenset(), frozenset())


class Harm:
    """The faults of one emulated glove.

    Args:
        faults: What goes wrong.
        seed: For what is chance in it.
        chip: The glove's chip.
        bus: Its bus.
        t_s: Returns the glove's time.
    """

    def __init__(
        self, faults: Sequence[Fault], seed: int, chip: EmulatedAds1115, bus: EmulatedBus, t_s: Callable[[], float]
    ) -> None:
        self._chip, self._bus, self._t_s = chip, bus, t_s
        self._faults = tuple(faults)
        self._begins_s = min((fault.from_s for fault in faults), default=math.inf)
        self._drop_outs = {
            fault: _DropOuts(fault, _random(fault, seed)) for fault in faults if fault.kind == "intermittent"
        }
        self._foreign = {
            fault: _Foreign(fault, _random(fault, seed), chip)
            for fault in faults
            if fault.kind in ("shared", "clipping")
        }
        # What is done once: a chip that lost its power, and one that took hold of the wire.
        self._begun: set[Fault] = set()
        if any(fault.part in _ON_THE_BUS for fault in faults):
            bus.watchers.append(self._before_transfer)

    def wrong(self, t_s: float) -> tuple[Wrong, Wrong, Wrong]:
        """Return what is wrong around each pad at that time."""
        if t_s < self._begins_s:
            return _WELL
        heel, palm, fingers = (self._wrong(pad, t_s) for pad in PADS)
        return heel, palm, fingers

    def _wrong(self, pad: str, t_s: float) -> Wrong:
        wrong = set()
        for fault in self._faults:
            if not fault.is_on(t_s):
                continue
            if (fault.part, fault.kind) == ("supply", "open"):
                wrong.add("open")
            elif fault.part == "ground":
                wrong.add("afloat")
            elif fault.part == pad:
                wrong.add(fault.kind)
        if "intermittent" in wrong:
            wrong.remove("intermittent")
            crack = next(crack for fault, crack in self._drop_outs.items() if fault.part == pad and fault.is_on(t_s))
            if crack.is_open(t_s):
                wrong.add("open")
        return frozenset(wrong)  # type: ignore[arg-type]  # kinds of pads are words of fsr.Wrong

    def supply_volt(self, t_s: float, supply_volt: float) -> float:
        """Return what is left of the supply."""
        sags = [fault.amount for fault in self._faults if fault.kind == "sag" and fault.is_on(t_s)]
        return min([supply_volt, *(volt for volt in sags if volt is not None)])

    def mama_down(self, t_s: float, *, down: bool) -> bool:
        """Return whether mama's button reads as pressed; it is normally closed, if it is the right one."""
        down = down is not self._has("wiring", ("button normally open",), t_s)
        return (down or self._has("button", ("cut", "stuck"), t_s)) and not self._has("button", ("shorted",), t_s)

    def partner_down(self, t_s: float, *, down: bool) -> bool:
        """Return whether the partner's button reads as pressed; it is normally open."""
        is_cut, is_stuck = (self._has("partner's button", (kind,), t_s) for kind in ("cut", "stuck"))
        return (down or is_stuck) and not is_cut

    def _has(self, part: str, kinds: Sequence[str], t_s: float) -> bool:
        return any(fault.part == part and fault.kind in kinds and fault.is_on(t_s) for fault in self._faults)

    def _before_transfer(self, number: int) -> None:
        del number
        t_s = self._t_s()
        if t_s < self._begins_s:
            return
        bus, chip = self._bus, self._chip
        # A chip that was freed, or whose fault is over, is well: what is wrong is found anew each time.
        bus.fault = "held" if bus.fault == "held" else None
        bus.lost_share, chip.is_stalled = 0.0, False
        for fault in self._faults:
            if t_s >= fault.from_s and fault.part in _ON_THE_BUS:
                self._harm_bus(fault, t_s)

    def _harm_bus(self, fault: Fault, t_s: float) -> None:
        bus, is_on = self._bus, fault.is_on(t_s)
        begins = fault not in self._begun
        self._begun.add(fault)
        if (fault.part, fault.kind) == ("chip", "stuck"):
            if begins:
                bus.fault = "held"
            elif not is_on and bus.fault == "held":
                bus.fault = None
            return
        if fault.kind == "reset" and begins:
            self._chip.reset()
        if not is_on:
            return
        bus.fault = _ON_THE_WIRES.get(fault.kind, bus.fault)
        match fault.kind:
            case "hangs" | "supply reversed" | "no pull-ups":
                bus.timeout_s = TIMEOUT_S if fault.amount is None else fault.amount
            case "noisy":
                bus.lost_share = (fault.amount or 0.0) / 100
            case "never ready":
                self._chip.is_stalled = True
            case "shared" | "clipping":
                self._foreign[fault].run(t_s)


class _DropOuts:
    """A crack in a lead: when it is open; to be asked with times that never go back."""

    def __init__(self, fault: Fault, rng: Random) -> None:
        self._rng = rng
        self._opens_s = self._closes_s = fault.from_s

    def is_open(self, t_s: float) -> bool:
        while t_s >= self._closes_s:
            self._opens_s = self._closes_s + self._rng.expovariate(_DROP_OUTS_HZ)
            self._closes_s = self._opens_s + self._rng.uniform(*_DROP_OUT_S)
        return t_s >= self._opens_s


class _Foreign:
    """Another program on the bus: at random instants it starts a conversion of its own, or looks at a register."""

    def __init__(self, fault: Fault, rng: Random, chip: EmulatedAds1115) -> None:
        self._rng, self._chip = rng, chip
        self._clips = fault.kind == "clipping"
        self._next_s = fault.from_s

    def run(self, t_s: float) -> None:
        while t_s >= self._next_s:
            self._next_s += self._rng.expovariate(_FOREIGN_HZ)
            self._act()

    def _act(self) -> None:
        if self._clips:
            config = self._chip.registers[_CONFIG] & ~(7 << _GAIN_SHIFT) | _CLIPPING_GAIN << _GAIN_SHIFT | 0x8000
        elif self._rng.random() < _LOOKS_SHARE:
            self._chip.write(bytes([self._rng.randrange(4)]))
            return
        else:
            config = _FOREIGN_CONFIG | self._rng.randrange(8) << _MUX_SHIFT | self._rng.randrange(6) << _GAIN_SHIFT
        self._chip.write(bytes([_CONFIG, config >> 8, config & 0xFF]))


def _random(fault: Fault, seed: int) -> Random:
    return Random(f"{seed} {fault}")  # noqa: S311 - a scenario, not a secret
