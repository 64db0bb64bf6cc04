"""How one pad is believed: what it reads on the left, what is known of it on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.calibration import PadCalibration
from sensing.glove import Glove
from sensing.inputs import Reading
from sensing.pads import FAULTS, UNTOUCHED_BELOW_U, Pad, PadRules, PadState
from tests.story import CALIBRATION, CURVE, DIVIDER, PROPERTY, SUPPLY_CODE, VOLT_PER_CODE

TABLE: PadCalibration = CALIBRATION.pads[0][1]
UNTOUCHED = DIVIDER.fraction_from_siemens(0.0)
SUPPLY_VOLT = 2 * SUPPLY_CODE * VOLT_PER_CODE


def pressed(newton: float) -> float:
    return DIVIDER.fraction_from_siemens(CURVE.siemens_from_newton(newton))


@dataclass
class Bench:
    """A pad on the bench, read 50 times a second."""

    pad: Pad
    t_s: float = 0.0

    def read(self, u: float, s: float) -> list[str]:
        """Show it a fraction of the supply for a while; return the states that it takes on."""
        states = [str(self.pad.state)]
        for i in range(round(s * 50)):
            # A code up or down: it is alive.
            self.pad.feed(self.t_s, u * SUPPLY_VOLT + i % 2 * VOLT_PER_CODE, SUPPLY_VOLT)
            self.pad.age(self.t_s)
            states.append(str(self.pad.state))
            self.t_s = round(self.t_s + 0.02, 6)
        return [after for before, after in pairwise(states) if after != before]

    def hush(self, s: float) -> str:
        """Let time pass without a reading."""
        self.t_s = round(self.t_s + s, 6)
        self.pad.age(self.t_s)
        return str(self.pad.state)

    @property
    def newton(self) -> float | None:
        return self.pad.newton(self.t_s)


def bench(rules: PadRules | None = None, readings: Sequence[tuple[float, float]] = ()) -> Bench:
    made = Bench(Pad("heel", TABLE, DIVIDER, rules or PadRules()))
    for u, s in readings:
        made.read(u, s)
    return made


def at_work() -> Bench:
    return bench(readings=[(pressed(5), 0.5)])


def test_a_pad_is_verified_by_half_a_newton() -> None:
    pad = bench()
    assert [pad.read(u, 0.5) for u in (UNTOUCHED, pressed(0.45), pressed(0.6), UNTOUCHED)] == [
        [],
        [],
        ["ok"],
        ["untouched"],
    ]


def test_the_pads_of_an_import_need_no_press_to_be_verified() -> None:
    assert bench(PadRules(verified=True)).read(UNTOUCHED, 0.5) == ["untouched"]


def test_force_is_read_through_divider_and_table() -> None:
    pad = at_work()
    assert pad.newton == pytest.approx(5.0, rel=1e-3)


def test_an_untouched_pad_bears_nothing_at_all() -> None:
    pad = at_work()
    pad.read(0.0235, 0.1)
    assert pad.newton == 0.0


@pytest.mark.parametrize(("u", "state"), [(0.0, "open"), (-0.0005, "open"), (0.0185, "open"), (0.96, "short")])
def test_a_broken_wire_is_said_after_three_bad_readings(u: float, state: str) -> None:
    pad = at_work()
    assert (pad.read(u, 0.06), pad.read(u, 0.02), pad.newton) == ([], [state], None)


def test_a_wire_that_chatters_for_two_readings_is_not_broken() -> None:
    pad = at_work()
    told = [pad.read(u, 0.04) for u in (0.0, pressed(5), 0.0, pressed(5))]
    assert told == [[], [], [], []]


def test_six_states_are_faults() -> None:
    assert {str(state) for state in FAULTS} == {"open", "short", "stuck", "stale", "loose", "silent"}


def test_a_pad_that_was_in_trouble_already_is_broken_at_once() -> None:
    pad = at_work()
    assert (pad.hush(0.3), pad.read(0.0, 0.02)) == ("stale", ["open"])


def test_a_broken_pad_does_not_fall_silent() -> None:
    pad = bench(readings=[(pressed(5), 0.5), (0.0, 0.2)])
    pad.pad.fall_silent()
    assert str(pad.pad.state) == "open"


def test_what_reads_as_just_untouched_is_untouched() -> None:
    pad = Pad("heel", TABLE, DIVIDER, PadRules())
    pad.feed(0.0, UNTOUCHED_BELOW_U, 1.0)
    assert (pad.touched_at_s, pad.newton(0.0)) == (-inf, 0.0)


def test_the_zero_is_taken_away_to_the_micronewton() -> None:
    pad = at_work()
    pad.pad.zero_newton = 0.123456
    pad.read(pressed(5), 0.02)
    felt = pad.pad.felt_newton(pad.t_s)
    assert felt is not None
    assert pad.newton == pytest.approx(felt - 0.123456, abs=1e-6)


def test_30_s_of_more_than_it_can_tell_are_too_long_and_not_a_reading_less() -> None:
    pad = bench()
    assert (pad.read(0.9, 30.0), pad.read(0.9, 0.02)) == (["over"], ["stuck"])


def test_a_broken_wire_may_change_its_mind_at_once() -> None:
    pad = at_work()
    pad.read(0.0, 0.2)
    assert [pad.read(0.97, 0.02), pad.read(pressed(5), 0.02)] == [["short"], ["ok"]]


def test_a_value_shows_good_lights_for_90_ms_stands_in_for_a_lost_one_for_100_and_is_stale_after_200() -> None:
    pad = at_work()
    # The newest reading is 20 ms old when the silence begins.
    heard = [(pad.hush(0.06), pad.newton is not None, pad.pad.is_fresh(pad.t_s))]
    heard += [(pad.hush(0.02), pad.newton is not None, pad.pad.is_fresh(pad.t_s))]
    heard += [(pad.hush(0.05), pad.newton is not None, pad.pad.is_fresh(pad.t_s))]
    heard += [(pad.hush(0.06), pad.newton is not None, pad.pad.is_fresh(pad.t_s))]
    assert heard == [("ok", True, True), ("ok", True, False), ("ok", False, False), ("stale", False, False)]


def test_a_stale_pad_is_ok_with_its_next_reading() -> None:
    pad = at_work()
    pad.hush(5.0)
    assert pad.read(pressed(5), 0.1) == ["ok"]


def test_a_broken_pad_stays_broken_in_the_silence() -> None:
    pad = at_work()
    pad.read(0.0, 0.2)
    assert pad.hush(5.0) == "open"


def test_a_pad_that_never_read_anything_has_no_force_and_is_not_fresh() -> None:
    pad = bench()
    assert (pad.newton, pad.pad.is_fresh(0.0)) == (None, False)


def frozen(newton: float, rules: PadRules, readings: int = 60) -> str:
    pad = Pad("heel", TABLE, DIVIDER, rules)
    for i in range(readings):
        pad.feed(i * 0.02, pressed(newton) * SUPPLY_VOLT, SUPPLY_VOLT)
    return str(pad.state)


@pytest.mark.parametrize(
    ("newton", "rules", "readings", "state"),
    [
        (5.0, PadRules(), 60, "stuck"),
        (5.0, PadRules(), 50, "ok"),
        (0.9, PadRules(), 60, "ok"),
        (5.0, PadRules(can_stick=False), 60, "ok"),
    ],
)
def test_the_same_code_for_a_second_is_a_sensor_that_hangs(
    newton: float, rules: PadRules, readings: int, state: str
) -> None:
    assert frozen(newton, rules, readings) == state


def test_few_readings_are_no_evidence_of_hanging_however_long_they_take() -> None:
    pad = Pad("heel", TABLE, DIVIDER, PadRules())
    for i in range(20):
        pad.feed(i * 0.1, pressed(5) * SUPPLY_VOLT, SUPPLY_VOLT)
    assert pad.state == "ok"


def test_a_stuck_pad_gives_no_force_until_it_moves() -> None:
    pad = at_work()
    for _ in range(80):
        pad.pad.feed(pad.t_s, pressed(5) * SUPPLY_VOLT, SUPPLY_VOLT)
        pad.pad.age(pad.t_s)
        pad.t_s += 0.02
    assert (str(pad.pad.state), pad.newton, pad.read(pressed(5.1), 0.02)) == ("stuck", None, ["ok"])


def test_more_than_the_table_is_over_and_counts_as_its_last_knot() -> None:
    beyond = DIVIDER.fraction_from_siemens(1.02 * CURVE.last_siemens)
    pad = at_work()
    assert (pad.read(beyond, 0.1), pad.newton) == (["over"], 30.0)


def test_more_than_an_fsr_can_conduct_is_over_too() -> None:
    pad = at_work()
    assert (pad.read(0.9, 0.1), pad.newton) == (["over"], 30.0)


def test_over_ends_3_percent_below_the_last_knot() -> None:
    pad = at_work()
    pad.read(0.9, 0.1)
    assert [pad.read(pressed(newton), 0.1) for newton in (29.9, 29.2, 29.0, 29.9)] == [[], [], ["ok"], []]


def test_over_does_not_end_by_what_creep_explains() -> None:
    """After 20 s a twentieth of what the pad reads is its creep; without it 29.4 N would be below the 97 %."""
    pad = bench(PadRules(creeps=True))
    pad.read(0.9, 20.0)
    assert (pad.read(pressed(29.4), 0.02), pad.newton) == ([], pytest.approx(29.4, abs=0.01))


def test_over_for_half_a_minute_is_a_shorted_fsr_until_it_comes_back() -> None:
    pad = at_work()
    assert (pad.read(0.9, 32.0), pad.newton) == (["over", "stuck"], None)
    assert (pad.read(pressed(5), 0.02), pad.read(0.9, 20.0)) == (["ok"], ["over"])


def test_a_recording_that_is_clipped_for_longer_is_no_broken_pad() -> None:
    pad = bench(PadRules(verified=True, can_stick=False), [(pressed(5), 0.5)])
    assert (pad.read(0.9, 40.0), pad.newton) == (["over"], 30.0)


def test_over_before_anything_else_is_verified_by_that() -> None:
    pad = bench()
    assert [pad.read(u, 0.1) for u in (0.9, UNTOUCHED)] == [["over"], ["untouched"]]


@PROPERTY
@given(newton=st.floats(0.3, 29), sag=st.floats(0.8, 1.05))
def test_a_sagging_supply_changes_nothing(newton: float, sag: float) -> None:
    pads = []
    for supply_volt in (SUPPLY_VOLT, sag * SUPPLY_VOLT):
        pad = Pad("heel", TABLE, DIVIDER, PadRules())
        pad.feed(0.0, pressed(newton) * supply_volt, supply_volt)
        pads.append(pad.newton(0.0))
    assert pads[1] == pytest.approx(pads[0], rel=1e-5)


@PROPERTY
@given(st.lists(st.floats(-0.1, 1.1), min_size=1, max_size=60))
def test_a_pad_gives_newtons_of_its_table_or_nothing(fractions: list[float]) -> None:
    pad = Pad("heel", TABLE, DIVIDER, PadRules())
    for i, u in enumerate(fractions):
        pad.feed(i * 0.02, u * SUPPLY_VOLT, SUPPLY_VOLT)
        pad.age(i * 0.02)
        newton = pad.newton(i * 0.02)
        assert newton is None or 0 <= newton <= 30
        assert newton is None or pad.state not in {"open", "short", "stuck", "stale"}


# -- a whole glove ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("volts", [(1.0, 1.0, 1.65), (1.0, 1.0, 1.0, 0.0), (1.0, 1.0, 1.0, float("nan"))])
def test_a_reading_without_all_pads_or_a_supply_is_a_mistake_of_the_caller(volts: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"^reading at 3 s has the volts .* it needs 3 pads and a supply$"):
        Glove(CALIBRATION, DIVIDER, 4.0).feed(Reading(3.0, volts))


def test_the_sum_is_made_of_the_pads_that_can_be_believed() -> None:
    glove = Glove(CALIBRATION, DIVIDER, 4.0)
    for i in range(10):
        volts = tuple(u * SUPPLY_VOLT for u in (pressed(4), 0.0, pressed(2)))
        touch = glove.feed(Reading(i * 0.02, (*volts, SUPPLY_VOLT / 2)))
    assert (touch.force_newton, touch.pads_in_sum, glove.has_fault) == (
        pytest.approx(6.0, abs=1e-4),
        (True, False, True),
        True,
    )


def test_with_every_wire_cut_the_force_is_not_known() -> None:
    glove = Glove(CALIBRATION, DIVIDER, 4.0)
    for i in range(10):
        touch = glove.feed(Reading(i * 0.02, (0.0, 0.0, 0.0, SUPPLY_VOLT / 2)))
    assert (touch.force_newton, touch.pad_newton) == (None, (None, None, None))


# -- faults that need a history -----------------------------------------------------------------------------


def chatter(breaks_at_s: Sequence[float], s: float = 0.02) -> list[str]:
    """Let the wire of a pad at work break at these times; return its states from the first break on."""
    pad, states = at_work(), []
    for at_s in breaks_at_s:
        pad.read(pressed(5), at_s - pad.t_s)
        states += pad.read(0.0, s) + pad.read(pressed(5), 0.02)
    return states


def test_the_third_break_within_a_minute_is_a_loose_wire_to_the_end() -> None:
    assert chatter([1, 30, 60.9]) == ["loose"]
    pad = at_work()
    for _ in range(3):
        pad.read(pressed(5), 1.0)
        pad.read(0.97, 0.02)
    assert (pad.read(pressed(5), 100), pad.read(0.0, 1), pad.hush(1), pad.newton) == ([], [], "loose", None)


def test_two_breaks_in_a_minute_or_three_in_two_are_no_loose_wire() -> None:
    assert chatter([1, 30, 61.1]) == []


def test_a_break_that_bounces_is_one_break() -> None:
    assert chatter([1, 1.06, 1.12, 1.18, 20]) == []


def test_a_wire_that_was_never_whole_has_not_broken() -> None:
    pad = bench(readings=[(0.0, 1.0), (pressed(5), 1.0), (0.0, 0.1), (pressed(5), 1.0)])
    assert pad.read(0.0, 0.02) == []
    assert pad.read(pressed(5), 1.0) == []


def test_what_the_glove_presses_all_the_time_verifies_no_pad() -> None:
    pad = bench(PadRules(zeroes=True))
    assert [pad.read(pressed(newton), 0.2) for newton in (1.5, 1.9, 1.2, 1.6, 1.75)] == [[], [], [], [], ["ok"]]


def test_the_zero_is_taken_off_and_no_force_is_below_nothing() -> None:
    pad = at_work()
    pad.pad.zero_newton = 1.5
    told = []
    for u in (pressed(5), pressed(1), 0.9):
        pad.read(u, 0.02)
        told.append((pad.newton, pad.pad.felt_newton(pad.t_s)))
    # More than the table tells is more than the table tells, whatever the zero.
    assert told == [
        (pytest.approx(3.5, abs=0.01), pytest.approx(5, abs=0.01)),
        (0.0, pytest.approx(1, abs=0.01)),
        (30.0, 30.0),
    ]
    assert pad.pad.felt_newton(pad.t_s + 1) is None


def test_over_is_said_by_the_greater_of_measured_and_corrected_conductance() -> None:
    fresh = bench(PadRules(creeps=True))
    # A force that came this instant will read 29 N only after 4.5 s.
    assert fresh.read(pressed(28.5), 0.02) == ["over"]
    lasted = bench(PadRules(creeps=True, can_stick=False), [(UNTOUCHED, 0.1), (pressed(26), 25.0)])
    beyond = DIVIDER.fraction_from_siemens(1.001 * CURVE.last_siemens)
    assert (lasted.read(beyond, 0.02), lasted.newton) == (["over"], 30.0)


# -- a pad that feels nothing -------------------------------------------------------------------------------


class ThreePads:
    """A glove, read ten times a second."""

    def __init__(self, rules: PadRules | None = None) -> None:
        self.glove = Glove(CALIBRATION, DIVIDER, 4.0, rules)
        self.t_s = 0.0

    def read(self, *newton: float | None, s: float) -> list[str]:
        """Press the pads (None: its wire is cut) for a while; return the states."""
        for i in range(round(s * 10)):
            fractions = [0.0 if force is None else pressed(force) if force else UNTOUCHED for force in newton]
            volts = [u * SUPPLY_VOLT + i % 2 * VOLT_PER_CODE for u in fractions]
            self.touch = self.glove.feed(Reading(self.t_s, (*volts, SUPPLY_VOLT / 2)))
            self.t_s = round(self.t_s + 0.1, 6)
        return [str(state) for state in self.glove.states]


@pytest.mark.parametrize("silent", [0, 1, 2])
def test_a_pad_that_feels_nothing_in_a_minute_of_work_is_silent_until_it_is_touched(silent: int) -> None:
    glove = ThreePads()
    glove.read(2.0, 2.0, 2.0, s=1)
    forces = [2.0, 2.0, 2.0]
    forces[silent] = 0.0
    assert glove.read(*forces, s=59)[silent] == "untouched"
    # Pauses neither count nor reset.
    glove.read(0.0, 0.0, 0.0, s=100)
    assert glove.read(*forces, s=2)[silent] == "silent"
    assert glove.glove.has_fault
    # The others go on, and nothing jumps.
    assert (glove.touch.pads_in_sum, glove.touch.force_newton) == ((True,) * 3, pytest.approx(4.0, abs=0.01))
    assert glove.read(2.0, 2.0, 2.0, s=0.1) == ["ok"] * 3
    assert glove.read(*forces, s=59)[silent] == "untouched"


def test_the_least_touch_of_a_moment_begins_the_minute_anew() -> None:
    glove = ThreePads()
    glove.read(2.0, 2.0, 2.0, s=1)
    glove.read(2.0, 2.0, 0.0, s=50)
    glove.read(2.0, 2.0, 0.05, s=0.1)
    assert glove.read(2.0, 2.0, 0.0, s=59)[2] == "untouched"


@pytest.mark.parametrize(
    ("newton", "why"),
    [
        ((12.0, 0.0, 0.0), "the heel of the hand alone"),
        ((12.0, 0.3, 0.0), "hardly more than that"),
        ((1.4, 1.4, 0.0), "so light that a finger may not feel it"),
        ((6.0, None, 0.0), "another pad is broken"),
        ((0.0, 0.0, 0.0), "nobody works"),
    ],
    ids=str,
)
def test_silence_is_told_only_where_all_others_work(newton: tuple[float | None, ...], why: str) -> None:
    glove = ThreePads()
    glove.read(2.0, 2.0, 2.0, s=1)
    assert "silent" not in glove.read(*newton, s=200), why


def test_a_broken_pad_is_broken_before_it_is_silent() -> None:
    glove = ThreePads()
    glove.read(2.0, 2.0, 0.0, s=65)
    assert glove.read(2.0, 2.0, None, s=5)[2] == "open"
    assert glove.read(2.0, 2.0, 0.0, s=1)[2] == "silent"


def test_an_imported_pad_may_be_silent() -> None:
    assert ThreePads(PadRules(verified=True)).read(3.0, 3.0, 0.0, s=200)[2] == "untouched"


# -- at the limits themselves, and before anything was read -------------------------------------------------


def test_the_words_of_the_states_are_those_that_stand_on_tapes() -> None:
    assert " ".join(PadState) == "ok untouched over open short stuck stale loose silent unverified"


def test_a_reading_at_the_limit_of_a_whole_wire_is_one_of_a_whole_wire() -> None:
    pad = Pad("heel", TABLE, DIVIDER, PadRules())
    told = []
    for i, u in enumerate((0.019, 0.95)):
        pad.feed(i * 0.02, u, 1.0)
        told.append(pad.newton(i * 0.02))
    assert told == [0.0, 30.0]


def test_a_pad_whose_table_reaches_far_is_over_where_an_fsr_can_conduct_no_more() -> None:
    hardy = PadCalibration(knots=((0.001, 1.0), (0.01, 20.0), (0.05, 60.0)))
    pad, told = Pad("heel", hardy, DIVIDER, PadRules()), []
    for i, u in enumerate((0.87, 0.89, 0.87)):
        pad.feed(i * 0.02, u * SUPPLY_VOLT, SUPPLY_VOLT)
        told.append((str(pad.state), pad.newton(i * 0.02) == 60.0))
    assert told == [("ok", False), ("over", True), ("ok", False)]


def test_how_long_a_value_lasts_is_the_same_at_any_time_of_a_session() -> None:
    for i in range(500):
        pad, t_s = Pad("heel", TABLE, DIVIDER, PadRules()), round(i * 0.02, 6)
        pad.feed(t_s, pressed(5) * SUPPLY_VOLT, SUPPLY_VOLT)
        after = {ms: round(t_s + ms / 1000, 6) for ms in (90, 95, 100, 105, 200, 205)}
        assert (pad.is_fresh(after[90]), pad.is_fresh(after[95])) == (True, False), t_s
        assert (pad.newton(after[100]) is None, pad.newton(after[105]) is None) == (False, True), t_s
        pad.age(after[200])
        assert pad.state == "ok", t_s
        pad.age(after[205])
        assert (str(pad.state), pad.newton(t_s)) == ("stale", None), t_s


def test_a_glove_that_fell_silent_has_a_fault() -> None:
    glove = ThreePads()
    glove.read(2.0, 2.0, 2.0, s=1)
    faults = []
    for silent_s in (0.2, 0.3):
        glove.glove.feed_silence(glove.t_s - 0.1 + silent_s)
        faults.append((glove.glove.has_fault, str(glove.glove.states[0])))
    assert faults == [(False, "ok"), (True, "stale")]


@pytest.mark.parametrize(("u", "state"), [(0.0, "open"), (0.97, "short")])
def test_a_pad_that_is_broken_at_its_first_reading_has_60_ms_as_well(u: float, state: str) -> None:
    pad = Bench(Pad("heel", TABLE, DIVIDER, PadRules()), t_s=5.0)
    assert (pad.read(u, 0.06), pad.read(u, 0.02)) == ([], [state])


def test_a_pad_that_is_over_at_its_first_reading_has_half_a_minute_as_well() -> None:
    pad = Bench(Pad("heel", TABLE, DIVIDER, PadRules()), t_s=40.0)
    assert (pad.read(0.9, 29.9), pad.read(0.9, 0.2)) == (["over"], ["stuck"])


def test_half_a_minute_beyond_the_table_begins_anew_after_a_break() -> None:
    pad = Bench(Pad("heel", TABLE, DIVIDER, PadRules()), t_s=40.0)
    assert [pad.read(u, s) for u, s in ((0.9, 20), (0.0, 0.02), (0.9, 20))] == [["over"], [], []]
