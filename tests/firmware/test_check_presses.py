"""The presses of `paws check`: what wires and resistors make of them; and whom it never accuses."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from random import Random

import pytest
from msgspec import structs

from firmware.checks import presses, rest
from firmware.checks.finding import Finding
from firmware.checks.looking import Glove
from firmware.checks.places import Unlit
from firmware.live import LiveSource
from hardware.board import DEFAULT_BOARD, PADS, Board
from hardware.emulated.circuit import Circuit
from hardware.emulated.clock import VirtualClock
from hardware.emulated.fsr import EmulatedPads, Newtons3
from hardware.emulated.glove import EmulatedGlove
from hardware.recovery import RecoveringAdc
from sensing.calibration import nominal_calibration

OF = DEFAULT_BOARD.electronics
SOLDER = "solder 100 kohm across the pad's two wires, at the pad"


class Hand:
    """Presses one pad when it is asked to, and lies on the others as a hand in a glove does.

    Args:
        newton: How hard it presses.
        rests_newton: What the glove itself presses on each pad.
        gives_way: What part of that is gone from the others while one is pressed.
        spills: What part of a press the others get.
    """

    def __init__(
        self,
        newton: float = 10.0,
        rests_newton: Newtons3 = (0.0, 0.0, 0.0),
        gives_way: float = 0.0,
        spills: Newtons3 = (0.0, 0.0, 0.0),
    ) -> None:
        self.newton, self.rests_newton, self.gives_way, self.spills = newton, rests_newton, gives_way, spills
        self.clock = VirtualClock()
        self._pad, self._at_s = "", inf

    def press(self, pad: str) -> None:
        self._pad, self._at_s = pad, self.clock.now_s() + 0.5

    def let_go(self) -> None:
        """It lets go by itself."""

    def picture(self, newtons: Sequence[float]) -> None:
        """It needs no picture."""

    def mama_down(self, t_s: float) -> bool:
        del t_s
        return False

    partner_down = mama_down

    def force_newton(self, t_s: float) -> Newtons3:
        # A fifth of a second down, one second there, a fifth up.
        since_s = t_s - self._at_s
        part = max(0.0, min(since_s / 0.2, 1.0, (1.4 - since_s) / 0.2))
        heel, palm, fingers = (
            rests + part * (self.newton if pad == self._pad else spills * self.newton - self.gives_way * rests)
            for pad, rests, spills in zip(PADS, self.rests_newton, self.spills, strict=True)
        )
        return heel, palm, fingers


def judged(
    hand: Hand,
    circuit: Circuit | None = None,
    *,
    board: Board = DEFAULT_BOARD,
    built: Board | None = None,
    seed: int = 1,
    spread: float = 0.0,
) -> dict[str, Finding]:
    """What is found of a glove that was built so, by name."""
    emulated = EmulatedGlove(built or board, hand, hand.clock, seed, spread=spread)
    if circuit is not None:
        emulated.pads = EmulatedPads((built or board).electronics, seed, spread=spread, circuit=circuit)
    adc = RecoveringAdc(lambda: emulated.bus, board.adc.right_address, board, hand.clock)
    glove = Glove(
        lambda length_s: LiveSource([adc], Unlit(), hand.clock, board.adc.sweeps_hz, length_s),
        board,
        nominal_calibration(PADS),
    )
    seen = glove.looked(rest.LOOKS_FOR_S)
    found = [*rest.findings(glove, seen, hand), *presses.findings(glove, seen.readings, hand)]
    return {one.about: one for one in found}


@pytest.mark.parametrize("seed", range(1, 31))
def test_a_glove_that_is_well_is_never_accused(seed: int) -> None:
    rng = Random(seed)

    def about(ohm: float) -> float:
        return ohm * rng.uniform(0.99, 1.01)

    def three(ohm: float) -> tuple[float, float, float]:
        return about(ohm), about(ohm), about(ohm)

    circuit = Circuit(three(OF.fixed_ohm), three(OF.bias_ohm), three(OF.series_ohm))
    built = structs.replace(
        DEFAULT_BOARD, electronics=structs.replace(OF, reference_top_ohm=about(10e3), reference_bottom_ohm=about(10e3))
    )
    # Every other pad is one that the glove presses a little; while another is pressed it gives way by up to a tenth.
    heel, palm, fingers = (rng.choice((0.0, rng.uniform(0.3, 0.7))) for _ in PADS)
    hand = Hand(rng.uniform(4.0, 15.0), (heel, palm, fingers), rng.uniform(0.0, 0.1))
    found = judged(hand, circuit, built=built, seed=seed, spread=0.06)
    assert [one for one in found.values() if one.outcome == "wrong"] == []


@pytest.mark.parametrize("newton", [4.0, 10.0, 20.0])
def test_one_resistor_for_all_is_named_however_hard_the_press(newton: float) -> None:
    shared = replace(Circuit.of(OF), series_ohm=(0.0, 0.0, 0.0), shared_ohm=220.0)
    assert judged(Hand(newton), shared)["series resistors"].outcome == "wrong"
    # A pad that is touched meanwhile rises, and says nothing.
    assert judged(Hand(newton, spills=(0.3, 0.0, 0.0)), shared)["series resistors"].outcome == "wrong"


def test_pads_that_the_glove_bends_do_not_look_like_one_resistor() -> None:
    # Half a newton that gives way by a tenth falls by 8 %: more than one resistor for all would take.
    found = judged(Hand(rests_newton=(0.5, 0.5, 0.5), gives_way=0.1))
    assert (found["series resistors"].outcome, found["heel, untouched"].outcome) == ("left out", "look")


def test_a_hand_that_touches_all_pads_at_once_tells_nothing_of_their_resistors() -> None:
    found = judged(Hand(spills=(0.2, 0.2, 0.2)))
    assert {one.outcome for about, one in found.items() if about.endswith("pressed")} == {"ok"}
    assert found["series resistors"].outcome == "left out"


# 6 N on one of them read as 2.3 N on either, which is not yet a press.
@pytest.mark.parametrize("newton", [6.0, 10.0])
@pytest.mark.parametrize("joined", [("heel", "palm"), ("heel", "fingers"), ("palm", "fingers")])
def test_pads_that_touch_are_named_whichever_they_are(joined: tuple[str, str], newton: float) -> None:
    found = judged(Hand(newton), replace(Circuit.of(OF), joined=joined))
    wrong = {about: one.seen for about, one in found.items() if one.outcome == "wrong"}
    said = f"{' and '.join(joined)} answer with the same volts: their wires touch"
    assert wrong == {f"{pad}, pressed": said for pad in joined}


def test_two_pads_that_are_pressed_nearly_alike_do_not_touch() -> None:
    # A tenth less force is 8 % less of what it conducts.
    found = judged(Hand(spills=(0.9, 0.9, 0.9)))
    assert {one.outcome for about, one in found.items() if about.endswith("pressed")} == {"ok"}


@pytest.mark.parametrize("pad", PADS)
def test_a_missing_resistor_is_told_from_a_wire_that_is_off(pad: str) -> None:
    bias_ohm = [OF.bias_ohm] * 3
    bias_ohm[PADS.index(pad)] = inf
    one, two, three = bias_ohm
    found = judged(Hand(), replace(Circuit.of(OF), bias_ohm=(one, two, three)))
    assert found[f"{pad}, untouched"].next_step == SOLDER


def test_all_three_are_missing() -> None:
    found = judged(Hand(), replace(Circuit.of(OF), bias_ohm=(inf, inf, inf)))["pads, untouched"]
    assert (found.outcome, found.seen) == (
        "wrong",
        "all three read 0, but the heel answers to a press: there is no 100 kohm at any of them",
    )


@pytest.mark.parametrize(
    ("ohm", "outcome", "said"),
    [
        (9.6e3, "wrong", "a measuring resistor of 10 kohm would read so"),
        (10.4e3, "wrong", "a measuring resistor of 10 kohm would read so"),
        # What lies in the same box, and is no 10 kohm: perhaps the glove is too tight.
        (4.7e3, "look", "its measuring resistor is 4.7 kohm, not 2.2 kohm"),
        (22e3, "look", "its measuring resistor is 22 kohm, not 2.2 kohm"),
    ],
)
def test_a_wrong_measuring_resistor_is_told_by_its_value(ohm: float, outcome: str, said: str) -> None:
    found = judged(Hand(), replace(Circuit.of(OF), fixed_ohm=(2200.0, ohm, 2200.0)))["palm, untouched"]
    assert found.outcome == outcome
    assert said in f"{found.seen} {found.next_step}"
    assert "too tight" in found.next_step
