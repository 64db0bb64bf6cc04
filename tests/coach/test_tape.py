"""How a tape is written, read, damaged and forgiven."""

import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cues import Cue, Look
from coach.events import (
    CeilingLowered,
    CueChanged,
    Dropped,
    Event,
    ForceSeen,
    HoldBegan,
    Marked,
    PadChanged,
    PawSeen,
    PressBegan,
    PressEnded,
    Resumed,
    SessionEnded,
    StepBegan,
)
from coach.plan import FREE, Plan, Spot, Step, StepKind
from coach.session import Session
from coach.tape import FORMAT, Header, TapeReader, _line, event_line, header_line, header_lines, input_line
from sensing.calibration import Calibration, PadCalibration
from sensing.divider import Divider
from sensing.inputs import END_REASONS, MARK_WORDS, Dropout, End, EndReason, Input, Mark, Reading
from sensing.pads import PadRules
from tests.story import CALIBRATION, DIVIDER, PROPERTY, VOLT_PER_CODE, Hand, drop, say

HEADER = Header(
    format=FORMAT,
    software="0.1.0",
    source="a story",
    label="22 Nov 2026",
    volt_per_code=VOLT_PER_CODE,
    divider=DIVIDER,
    calibration=CALIBRATION,
    rules=PadRules(),
    plan=FREE,
)
# The right glove of this pair has two pads.
PAIR = msgspec.structs.replace(HEADER, second_calibration=CALIBRATION.only(["heel", "palm"]))


def volts(*codes: int) -> tuple[float, ...]:
    return tuple(code * VOLT_PER_CODE for code in codes)


INPUTS: list[Input] = [
    Reading(0.0, volts(566, -3, 32_767, 13_200)),
    Reading(0.02, volts(567, 0, -32_768, 13_201)),
    Dropout(0.04, "ADS1115 at 0x48 did not answer"),
    Mark(0.05, "too_much"),
    Reading(0.06, volts(566, 566, 566, 13_200)),
    End(0.08, "finished"),
]
EVENTS: list[Event] = [
    PressBegan(1.0, 0.9),
    HoldBegan(2.0, 1.5, 3.25),
    PressEnded(3.0, 0.9, 10.0, 8.0, 0.6, 3.25, None, None, "touch", True, None),
    PressEnded(4.0, 0.9, 10.0, 8.0, 0.6, 3.25, 6.5, 31.0, "full", False, Spot.CREST_LEFT),
    PawSeen(4.0, 3.1, 3.4, "heel", 4.5, 9.0, None, None),
    PawSeen(4.0, 3.9, 4.2, "fingers", 4.5, 9.0, 48.0, 0.9),
    CueChanged(4.0, Cue.HOLD, True, Look.LET_GO_EARLY),
    PadChanged(5.0, "heel", "open"),
    Marked(6.0, "just_right", None),
    CeilingLowered(7.0, 8.04),
    StepBegan(8.0, 2, "hold", Spot.SIDE_RIGHT),
    Dropped(9.0, "bus hangs", 8.8),
    Resumed(10.0, 1.2),
    ForceSeen(11.0, 10.0, 4.5, None),
    SessionEnded(12.0, "stopped"),
]
SMALL = b"".join([header_line(HEADER), *[input_line(item, VOLT_PER_CODE) for item in INPUTS]])


def lines_of(tape: bytes) -> list[bytes]:
    """Cut a tape at its line feeds alone, as a binary file does."""
    return list(io.BytesIO(tape))


def read(tape: bytes) -> tuple[list[Input | Event], int]:
    """Return what stands on a tape, and how many lines were left out."""
    reader = TapeReader(lines_of(tape), "000001.tape")
    return list(reader), reader.damaged_lines


# -- there and back -----------------------------------------------------------------------------------------


def test_every_input_comes_back_as_it_was() -> None:
    assert read(SMALL) == (INPUTS, 0)


OF_TWO: list[Input] = [
    Reading(0.0, volts(566, -3, 32_767, 13_200)),
    Reading(0.0, volts(567, 0, 13_201), glove=1),
    Reading(0.02, volts(566, 566, 566, 13_200)),
    Dropout(0.02, "ADS1115 at 0x49 did not answer", glove=1),
    Dropout(0.04, "bus hangs"),
    Dropout(0.04, "bus hangs", glove=1),
    End(0.06, "finished"),
]


def test_every_input_of_two_gloves_comes_back_as_it_was() -> None:
    lines = [input_line(item, VOLT_PER_CODE) for item in OF_TWO]
    assert [line[9:10] for line in lines] == [b"R", b"r", b"R", b"d", b"D", b"d", b"X"]
    assert read(header_line(PAIR) + b"".join(lines)) == (OF_TWO, 0)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (HEADER, _line("r", "1.0 566 566 566 13200")),
        (HEADER, _line("d", "1.0 bus hangs")),
        (PAIR, _line("r", "1.0 566 566 566 13200")),
        (PAIR, _line("R", "1.0 566 566 13200")),
        (PAIR, _line("", "1.0 566 566 13200")),
    ],
    ids=["one glove", "one glove, silent", "too many", "too few", "of neither"],
)
def test_a_reading_of_a_glove_that_is_not_worn_so_is_damaged(header: Header, line: bytes) -> None:
    assert read(header_line(header) + line + input_line(End(2.0, "finished"), VOLT_PER_CODE)) == (
        [End(2.0, "finished")],
        1,
    )


def test_every_event_comes_back_as_it_was() -> None:
    tape = header_line(HEADER) + b"".join(map(event_line, EVENTS)) + input_line(End(13.0, "cut_off"), VOLT_PER_CODE)
    assert read(tape) == ([*EVENTS, End(13.0, "cut_off")], 0)


def test_the_inputs_can_be_had_without_the_events() -> None:
    lines = [header_line(HEADER), event_line(EVENTS[0]), *[input_line(item, VOLT_PER_CODE) for item in INPUTS]]
    assert list(TapeReader(lines, "a tape").inputs()) == INPUTS


TIMES = st.integers(0, 10**10).map(lambda microseconds: microseconds / 1e6)
RECORDS = st.one_of(
    st.builds(Reading, TIMES, st.tuples(*[st.integers(-32_768, 32_767)] * 4).map(lambda codes: volts(*codes))),
    st.builds(Dropout, TIMES, st.text().map(lambda words: " ".join(words.split()))),
    st.builds(Mark, TIMES, st.sampled_from(MARK_WORDS)),
    st.builds(End, TIMES, st.sampled_from(END_REASONS)),
)


@PROPERTY
@given(RECORDS)
def test_any_input_in_codes_and_microseconds_comes_back(item: Input) -> None:
    items, damaged = read(header_line(HEADER) + input_line(item, VOLT_PER_CODE))
    assert (items[0], damaged) == (item, 0)


def test_a_reason_of_many_lines_takes_one() -> None:
    line = input_line(Dropout(1.0, "no answer\nfrom 0x48\r\n"), VOLT_PER_CODE)
    assert (line.count(b"\n"), read(header_line(HEADER) + line)[0][0]) == (1, Dropout(1.0, "no answer from 0x48"))


def test_the_header_rebuilds_the_session() -> None:
    header = Header(
        format=FORMAT,
        software="0.1.0+dirty",
        source="CSV “evening”",
        label="",
        volt_per_code=0.0000625,
        divider=Divider(3.28, 2210.0, 99_800.0, 0.0),
        calibration=Calibration((("heel", PadCalibration(((1e-5, 0.1), (2e-5, 1 / 3), (3e-5, 7.0)), 0.2)),), "today"),
        rules=PadRules(verified=True, can_stick=False),
        plan=Plan("two", 3.0, 12.0, 20.0, 40.0, (Step(StepKind.HOLD, Spot.CREST_LEFT), Step(StepKind.REST))),
        has_events=False,
        second_calibration=CALIBRATION,
        asked="line",
    )
    assert TapeReader([header_line(header)], "a tape").header == header


@pytest.mark.parametrize("version", [1, 2])
def test_on_a_tape_of_an_earlier_format_nobody_knows_what_was_asked(version: int) -> None:
    written = msgspec.json.decode(msgspec.json.encode(HEADER)) | {"format": version}
    del written["asked"]
    reader = TapeReader([_line("H", msgspec.json.encode(written).decode())], "a tape")
    assert (reader.header.format, reader.header.asked) == (version, None)


def test_a_session_replayed_from_its_tape_says_the_same_again() -> None:
    hand = Hand().rest(1).lean(10, over_s=1).hold(6).release(over_s=0.3).rest(4)
    inputs = [*say(drop(hand.readings(), 6, 6.5), (5, "too_much")), End(12.3, "finished")]
    session, lines = Session(CALIBRATION, DIVIDER, FREE), [header_line(HEADER)]
    for item in inputs:
        lines.append(input_line(item, VOLT_PER_CODE))
        lines += [event_line(event) for event in session.feed(item)]
    reader, said, again = TapeReader(lines, "a tape"), [], []
    session = Session(reader.header.calibration, reader.header.divider, reader.header.plan, reader.header.rules)
    for item in reader:
        if isinstance(item, Reading | Dropout | Mark | End):
            again += session.feed(item)
        else:
            said.append(item)
    assert said == again
    assert {type(event) for event in said} >= {PressBegan, PressEnded, HoldBegan, CeilingLowered, Dropped, Resumed}


# -- damage -------------------------------------------------------------------------------------------------


def test_a_torn_last_line_is_forgiven_and_the_tape_was_cut_off() -> None:
    *whole, _ = INPUTS
    torn = [read(SMALL[:-cut]) for cut in (1, 5, 20)]
    assert torn == [([*whole, End(0.06, "cut_off")], 0)] * 3


@pytest.mark.parametrize(
    "record",
    ["R 0.1 566 566 566 32768", "R 0.1 -32769 566 566 13200", f"R 0.1 566 566 566 {'9' * 400}", "R inf 1 1 1 1"],
)
def test_what_no_adc_can_say_is_a_damaged_line_whatever_its_checksum(record: str) -> None:
    whole = header_line(HEADER) + input_line(INPUTS[0], VOLT_PER_CODE)
    assert read(whole + _line(*record.split(" ", 1))) == ([INPUTS[0], End(0.0, "cut_off")], 1)


def test_a_damaged_header_is_read_from_its_copy() -> None:
    lines = header_lines(HEADER) + b"".join(input_line(item, VOLT_PER_CODE) for item in INPUTS)
    damaged = []
    for at in (50, len(header_line(HEADER)) + 50):
        tape = bytearray(lines)
        tape[at] ^= 4
        reader = TapeReader(io.BytesIO(tape), "a.tape")
        assert (reader.header, list(reader)) == (HEADER, INPUTS)
        damaged.append((reader.damaged_lines, reader.first_damage))
    assert (damaged, read(lines)) == ([(1, "line 1"), (1, "line 2")], (INPUTS, 0))


@pytest.mark.parametrize("reason", ["cut_off", "power_loss", "killed"])
def test_a_torn_line_is_forgiven_too_when_an_end_was_put_behind_it_later(reason: EndReason) -> None:
    whole = INPUTS[:3]
    tape = header_line(HEADER) + b"".join(input_line(item, VOLT_PER_CODE) for item in whole)
    end = End(0.04, reason)
    assert read(tape + b"0badc0de R 0.0\n" + input_line(end, VOLT_PER_CODE)) == ([*whole, end], 0)


def test_only_the_torn_line_is_forgiven_and_only_before_such_an_end() -> None:
    reading, torn = input_line(INPUTS[0], VOLT_PER_CODE), b"0badc0de R 0.0\n"
    ends = [input_line(End(0.04, reason), VOLT_PER_CODE) for reason in ("power_loss", "finished")]
    damaged = []
    for rest in (torn + torn + ends[0], torn + reading + ends[0], torn + ends[1]):
        reader = TapeReader(io.BytesIO(header_line(HEADER) + reading + rest), "a.tape")
        list(reader)
        damaged.append((reader.damaged_lines, reader.first_damage))
    assert damaged == [(1, "line 3")] * 3


def test_a_tape_without_inputs_was_cut_off_at_its_start() -> None:
    assert read(header_line(HEADER)) == ([End(0.0, "cut_off")], 0)


def test_a_damaged_line_in_the_middle_costs_that_line_and_is_told() -> None:
    lines = lines_of(SMALL)
    lines[2] = lines[2].replace(b"567", b"568")
    assert read(b"".join(lines)) == ([INPUTS[0], *INPUTS[2:]], 1)


@pytest.mark.parametrize(
    "record",
    [
        ("R", "0.100000 1 2 3"),
        ("R", "0.100000 1 2 3 x"),
        ("R", "soon 1 2 3 4"),
        ("M", "0.100000 harder"),
        ("X", "0.100000 bored"),
        ("Q", "0.100000 what"),
        ("", ""),
        ("E", "{not json"),
    ],
)
def test_a_line_that_makes_no_sense_is_left_out_and_told_though_its_checksum_is_right(record: tuple[str, str]) -> None:
    lines = lines_of(SMALL)
    assert read(b"".join([*lines[:3], _line(*record), *lines[3:]])) == (INPUTS, 1)


def test_a_line_out_of_time_order_is_left_out_and_the_first_is_named() -> None:
    lines = lines_of(SMALL)
    early = input_line(Reading(0.01, volts(1, 2, 3, 4)), VOLT_PER_CODE)
    reader = TapeReader([*lines[:4], early, _line("M", "nan too_much"), *lines[4:]], "a tape")
    assert (list(reader), reader.damaged_lines, reader.first_damage) == (INPUTS, 2, "line 5 (0.01 s after 0.04 s)")


def test_the_first_damaged_line_is_named_and_a_whole_tape_has_none() -> None:
    lines = lines_of(SMALL)
    reader = TapeReader([*lines[:2], b"x" + lines[2][1:], *lines[3:4], b"garbage\n", *lines[4:]], "a tape")
    assert (len(list(reader)), reader.first_damage) == (5, "line 3")
    assert TapeReader(lines, "a tape").first_damage is None


@pytest.mark.parametrize("line", [b"\n", b"\x00" * 40 + b"\n", b"garbage\n", b"\xff\xfe\xfd" * 9 + b"\n"])
def test_lines_of_noise_are_left_out_and_told(line: bytes) -> None:
    lines = lines_of(SMALL)
    assert read(b"".join([*lines[:3], line, *lines[3:]])) == (INPUTS, 1)


def test_an_event_of_a_later_program_is_ignored() -> None:
    later = _line("E", '{"event":"purr","t_s":1.0,"loudness":3}')
    grown = _line("E", '{"event":"press_began","t_s":1.0,"began_s":0.9,"hand":"left"}')
    lines = lines_of(SMALL)
    assert read(b"".join([*lines[:3], later, grown, *lines[3:]])) == ([*INPUTS[:2], EVENTS[0], *INPUTS[2:]], 0)


def test_every_single_flipped_bit_costs_at_most_the_lines_that_it_touches() -> None:
    # Every bit of every line but the header. The end of a line belongs to two: flipped, it joins them.
    starts_at = SMALL.index(b"\n") + 1
    for place in range(starts_at, len(SMALL)):
        line = SMALL.count(b"\n", starts_at, place)
        touched = INPUTS[line : line + 2] if SMALL[place : place + 1] == b"\n" else INPUTS[line : line + 1]
        for bit in range(8):
            flipped = bytearray(SMALL)
            flipped[place] ^= 1 << bit
            items, _ = read(bytes(flipped))
            found = [item for item in items if item in INPUTS]
            assert [item for item in INPUTS if item in found or item not in touched] == found, (place, bit)
            assert all(item in INPUTS or (isinstance(item, End) and item.reason == "cut_off") for item in items)


@PROPERTY
@given(place=st.integers(SMALL.index(b"\n") + 1, len(SMALL) - 2), byte=st.integers(0, 255))
def test_any_wrong_byte_invents_nothing(place: int, byte: int) -> None:
    wrong = SMALL[:place] + bytes([byte]) + SMALL[place + 1 :]
    items, _ = read(wrong)
    assert all(item in INPUTS or item == End(items[-1].t_s, "cut_off") for item in items)


@PROPERTY
@given(place=st.integers(0, SMALL.index(b"\n")), byte=st.integers(0, 255))
def test_a_wrong_byte_in_the_header_is_harmless_or_refused_with_one_line(place: int, byte: int) -> None:
    wrong, told = SMALL[:place] + bytes([byte]) + SMALL[place + 1 :], ""
    try:
        header = TapeReader(lines_of(wrong), "000001.tape").header
    except ValueError as refusal:
        told = str(refusal)
        header = None
    assert header == HEADER or (told.startswith("000001.tape ") and "\n" not in told)


# -- what is no tape of ours --------------------------------------------------------------------------------


def changed_header(**changes: object) -> bytes:
    written = msgspec.json.decode(msgspec.json.encode(HEADER)) | changes
    return _line("H", msgspec.json.encode(written).decode())


@pytest.mark.parametrize(
    ("tape", "told"),
    [
        (b"", "is empty, so there is no session on it - name another tape"),
        (b"t_s,heel_newton\n0,1\n", "does not begin like a tape of ours - name a file that `paws` wrote"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "does not begin like a tape of ours"),
        (bytes(range(256)), "does not begin like a tape of ours"),
        (b"\x00" * 64, "does not begin like a tape of ours"),
        (_line("R", "0.000000 1 2 3 4"), "does not begin like a tape of ours"),
        (changed_header(format=FORMAT + 1), "has tape format 4, this program reads up to 3 - update kittypaws"),
        (changed_header(format="new"), "has tape format new, this program reads up to 3"),
        (_line("H", "[1, 2]"), "has tape format None, this program reads up to 3"),
        (changed_header(volt_per_code="much"), "has a header that cannot be used: Expected `float`, got `str`"),
        (changed_header(asked="twice"), "has a header that cannot be used: Invalid enum value 'twice'"),
        (changed_header(colour="pink"), "has a header that cannot be used: Object contains unknown field `colour`"),
        (changed_header(divider={"supply_volt": 3.3}), "has a header that cannot be used: Object missing required"),
        (
            changed_header(divider={"supply_volt": 0, "fixed_ohm": 1, "bias_ohm": 1, "series_ohm": 1}),
            "has a header that cannot be used: divider: supply_volt is 0",
        ),
    ],
)
def test_what_is_no_tape_of_ours_is_refused_with_one_line(tape: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=r"^x\.tape ") as refusal:
        TapeReader(lines_of(tape), "x.tape")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)
