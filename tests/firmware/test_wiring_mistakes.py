"""The commonest mistakes of makers: what `paws check` says first, and what to do; and whom it never accuses."""

import errno
import io
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from firmware.checks import presses, rest
from firmware.checks.computer import Computer
from firmware.checks.finding import Finding
from firmware.checks.looking import Glove
from firmware.checks.people import Person
from firmware.checks.places import EmulatedPlace, Unlit
from firmware.checks.rounds import round_of
from firmware.checks.wires import who_answers
from firmware.conversation import Conversation
from firmware.live import LiveSource
from hardware.board import DEFAULT_BOARD, PADS, Board, board_from_toml
from hardware.emulated.chip import EmulatedBus
from hardware.emulated.circuit import Circuit
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import KINDS
from hardware.emulated.fsr import Newtons3
from hardware.emulated.glove import EmulatedGlove, Nobody
from hardware.recovery import RecoveringAdc
from sensing.calibration import nominal_calibration

from .command import Running, Told, file_of, paws, written
from .terminal import at_a_terminal

OF = DEFAULT_BOARD.electronics
SOLDER = "solder 100 kohm across the pad's two wires, at the pad"
UNPLUG = "power off, unplug the glove, power on, check again - still low: this bus has no pull-ups (only header pins 3"
HER_BUTTON = "let it go - still so: its wire is off, its plug is out, or it is a normally open one and hers must be"


def checked(mistake: str, *arguments: str) -> Told:
    return paws("check", "--emulated", "--fault", f"wiring {mistake}", "--json", *arguments)


def first_wrong(told: Told) -> tuple[str, str, str]:
    found = [one for one in told.json["findings"] if one["outcome"] == "wrong"]
    return found[0]["about"], found[0]["seen"], found[0]["next_step"]


@pytest.mark.parametrize(
    ("mistake", "about", "seen", "step"),
    [
        (
            "pads swapped",
            "heel, pressed",
            "the palm answered",
            "swap the wires of A0 and A1, or their numbers in glove",
        ),
        ("supply reversed", "I2C bus", "no transfer gets through: SDA or SCL stays low", UNPLUG),
        ("no bias", "heel, untouched", "it answers to a press, so its 100 kohm is missing", SOLDER),
        ("one series resistor", "series resistors", "one resistor feeds all three", "give each pad 220 ohm of its own"),
        ("other address", "right glove's chip", "nobody at 0x49; at 0x48 somebody", "wire ADDR to 3.3 V; if it is the"),
        ("lights swapped", "amber light", "the blue light came instead", "swap the wires of pin 27 and pin 22, or"),
        ("button normally open", "lights and buttons", "mama's button on pin 5 reads as pressed", HER_BUTTON),
        ("no pull-ups", "I2C bus", "no transfer gets through: SDA or SCL stays low", UNPLUG),
        (
            "pads joined",
            "heel, pressed",
            "heel and palm answer with the same volts",
            "look for a bridge between the wires",
        ),
        (
            "resistors exchanged",
            "heel, untouched",
            "a measuring resistor of 220 ohm would read so",
            "is the 2.2 kohm exchanged with the 220 ohm?",
        ),
        ("10 kohm", "heel, untouched", "a measuring resistor of 10 kohm would read so", "2.2 kohm is right"),
    ],
)
def test_a_mistake_is_named_first_with_what_to_do(mistake: str, about: str, seen: str, step: str) -> None:
    told = checked(mistake)
    assert (told.code, told.json["is_well"]) == (1, False)
    first = first_wrong(told)
    assert first[0] == about
    assert seen in first[1]
    assert step in first[2]


def test_these_are_all_there_are() -> None:
    mark = next(m for m in test_a_mistake_is_named_first_with_what_to_do.pytestmark if m.name == "parametrize")
    assert {mistake for mistake, *_ in mark.args[1]} == set(KINDS["wiring"])


@pytest.mark.parametrize(
    "mistake", ["supply reversed", "other address", "button normally open", "no pull-ups", "10 kohm"]
)
def test_what_needs_nobodys_hand_is_named_without_one(mistake: str) -> None:
    told = checked(mistake, "--yes")
    assert (told.code, first_wrong(told)) == (1, first_wrong(checked(mistake)))


def test_without_anybody_to_press_both_causes_of_an_open_pad_are_named() -> None:
    told = checked("no bias", "--yes")
    about, seen, step = first_wrong(told)
    assert (told.code, about) == (1, "heel, untouched")
    assert seen.endswith("its wire is off, or its 100 kohm is missing")
    assert step == f"press it in `paws check`: if it answers, {SOLDER}; if not, look at its two wires"


@pytest.mark.parametrize("mistake", ["pads swapped", "one series resistor", "lights swapped", "pads joined"])
def test_what_only_a_hand_or_an_eye_can_tell_is_left_out_without_one(mistake: str) -> None:
    told = checked(mistake, "--yes")
    left_out = {one["about"] for one in told.json["findings"] if one["outcome"] == "left out"}
    assert (told.code, {"pads, pressed", "amber light"} <= left_out) == (0, True)


def test_both_gloves_and_other_channels_are_named_as_they_are(home: Path) -> None:
    written(home / "glove.toml", "[pads]\nheel = 3\npalm = 1\nfingers = 0\nsupply = 2\n")
    assert first_wrong(checked("pads swapped"))[2].startswith("swap the wires of A3 and A1,")
    assert first_wrong(checked("pads joined"))[2].startswith("look for a bridge between the wires of A3 and A1,")
    told = checked("10 kohm", "--both")
    wrong = [one["about"] for one in told.json["findings"] if one["outcome"] == "wrong"]
    assert wrong == ["right heel, untouched"]


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        (kind, 3 if kind in ("supply reversed", "no pull-ups", "other address", "button normally open") else 0)
        for kind in KINDS["wiring"]
    ],
)
def test_a_demo_is_played_with_it_or_refused_as_a_session_on_the_glove_would_be(mistake: str, code: int) -> None:
    told = paws("demo", "--fault", f"wiring {mistake}")
    assert told.code == code, told
    assert (told.out == "") is (code == 3)


def test_a_session_at_the_true_pace_is_refused_by_the_real_guardian(home: Path) -> None:
    told = Running("session", "--emulated", "gentle", "--fault", "wiring button normally open", "--yes", home=home)
    with told:
        ended = told.end()
    assert ended.code == 3
    assert ended.refusal.startswith(f"mama's button on pin 5 reads as pressed; {HER_BUTTON}")


# -- the bus ---------------------------------------------------------------------------------------------------


class OddBus(EmulatedBus):
    """A bus whose transfers fail with this number, after so long."""

    def __init__(self, clock: VirtualClock, number: int, after_s: float, healthy_from: int = 1000) -> None:
        super().__init__(clock)
        self.number, self.after_s, self.healthy_from = number, after_s, healthy_from

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        if self.transfers < self.healthy_from:
            self._clock.sleep_until(self._clock.now_s() + self.after_s)
            self.transfers += 1
            raise OSError(self.number, "it failed")
        super().readfrom_into(address, buffer, start=start, end=end)


@pytest.mark.parametrize(
    ("number", "after_s", "seen"),
    [
        (errno.ETIMEDOUT, 0.040, "no transfer gets through: SDA or SCL stays low"),
        # A clock that stays low, as i2c-bcm2835 says it; and nobody, as some others do.
        (errno.EIO, 0.035, "no transfer gets through: SDA or SCL stays low"),
        (errno.EIO, 0.0003, "nobody answers at 0x49"),
        (errno.EAGAIN, 0.0003, "no transfer gets through: SDA or SCL stays low"),
        (errno.EREMOTEIO, 0.0003, "nobody answers at 0x49"),
    ],
)
def test_a_bus_that_stays_low_is_not_one_on_which_nobody_answers(number: int, after_s: float, seen: str) -> None:
    clock = VirtualClock()
    found = list(who_answers(OddBus(clock, number, after_s), DEFAULT_BOARD, [0x49], clock))
    assert [(one.outcome, one.seen) for one in found] == [("wrong", seen)]
    # A scan alone, of 112 addresses, would keep a person waiting for up to ten seconds.
    assert clock.now_s() < 0.2


def test_a_spark_on_the_bus_is_not_held_against_it() -> None:
    clock = VirtualClock()
    glove = EmulatedGlove(DEFAULT_BOARD, Nobody(), clock, 1, bus=OddBus(clock, errno.ETIMEDOUT, 0.04, healthy_from=1))
    assert [one.outcome for one in who_answers(glove.bus, DEFAULT_BOARD, [0x49], clock)] == ["ok"]


# -- one glove and a hand --------------------------------------------------------------------------------------


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
        emulated.pads.circuit = circuit
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


# -- a person --------------------------------------------------------------------------------------------------


def test_a_person_names_the_light_that_came_and_is_asked_again_for_a_word_that_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.StringIO()
    place = EmulatedPlace(
        board_from_toml('[buttons]\nmama = "none"\npartner = "none"', "toml"), ("right",), (), with_maker=False
    )
    with file_of("\npurple\nBlue\namber\n\nnothing\n") as answers:
        monkeypatch.setattr("sys.stdin", answers)
        with Conversation(out, patient=True) as talk:
            place.person = Person(talk, place.clock)
            wrong = {one.about: one for one in round_of(Computer(), place) if one.outcome == "wrong"}
    assert wrong["amber light"].seen == "the blue light came instead"
    assert wrong["blue light"].next_step == "swap the wires of pin 22 and pin 27, or their numbers in glove.toml"
    assert wrong["buzzer"].seen == "not noticed"
    assert out.getvalue().splitlines()[-7:] == [
        *("Did you see the green light? [Enter = yes]", "Did you see the amber light? [Enter = yes]"),
        "Press Enter, or type one of green, amber, blue, red, buzzer, nothing.",
        *(f"Did you see the {light} light? [Enter = yes]" for light in ("amber", "blue", "red")),
        "Did you hear the buzzer? [Enter = yes]",
    ]


@pytest.mark.parametrize("columns", [40, 80])
def test_at_a_terminal_no_line_is_longer_than_it_is_wide(home: Path, columns: int) -> None:
    arguments = ("check", "--emulated", "--yes", "--fault", "wiring no pull-ups")
    with at_a_terminal(*arguments, home=home, COLUMNS=str(columns)) as terminal:
        terminal.until("above.")
        told = terminal.end()
    assert max(map(len, told.out.splitlines())) < columns
    assert UNPLUG in " ".join(told.out.split())
