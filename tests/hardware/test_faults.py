"""A fault as a person says it, and as a value; and what cannot be said is answered in one line."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.emulated.faults import KINDS, Fault, help_on_faults, parse_fault
from tests.story import PROPERTY


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("heel open at 62 s", Fault("heel", "open", 62.0)),
        ("palm short at 30 s", Fault("palm", "short", 30.0)),
        ("fingers intermittent from 40 s to 70 s", Fault("fingers", "intermittent", 40.0, 70.0)),
        ("bus stuck at 62 s", Fault("bus", "stuck", 62.0)),
        ("bus floating at 62 s", Fault("bus", "floating", 62.0)),
        ("chip reset at 62 s", Fault("chip", "reset", 62.0)),
        ("button cut at 100 s", Fault("button", "cut", 100.0)),
        ("chip never ready at 3 s", Fault("chip", "never ready", 3.0)),
        ("supply sags to 2.4 V at 3 s", Fault("supply", "sag", 3.0, amount=2.4)),
        ("bus noisy at 3 s", Fault("bus", "noisy", 3.0, amount=20.0)),
        ("bus noisy 5% from 3 to 4", Fault("bus", "noisy", 3.0, 4.0, 5.0)),
        ("bus hang for 10 s a transfer at 3", Fault("bus", "hangs", 3.0, amount=10.0)),
        ("partner's button stuck at 5 s", Fault("partner's button", "stuck", 5.0)),
        ("wiring pads swapped", Fault("wiring", "pads swapped")),
        ("Wiring  NO pull-ups", Fault("wiring", "no pull-ups")),
        ("wiring 10 kohm", Fault("wiring", "10 kohm")),
        ("wiring lights swapped at 0 s", Fault("wiring", "lights swapped")),
    ],
)
def test_what_a_person_says_is_understood(phrase: str, fault: Fault) -> None:
    assert parse_fault(phrase) == fault


@pytest.mark.parametrize(
    "phrase",
    ["heel open at 62", "heel open at 62s", "HEEL  Open at 1:02", " heel open at 62.0 seconds ", "heel open from 62 s"],
)
def test_it_may_be_said_in_many_ways(phrase: str) -> None:
    assert parse_fault(phrase) == Fault("heel", "open", 62.0)


@pytest.mark.parametrize("name", ["button", "mama's button", "Mamas button"])
def test_her_button_has_many_names(name: str) -> None:
    assert parse_fault(f"{name} cut at 1 s").part == "button"


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("heal open at 62 s", "there is no 'heal', did you mean 'heel'?"),
        ("heel opne at 62 s", "heel cannot be 'opne', did you mean 'open'?"),
        ("toe open at 62 s", "there is no 'toe' - say "),
        ("bus floating", "it wants a time"),
        ("heel", "what is wrong with heel?"),
        ("", "it names no part"),
        ("at 62 s", "it names no part"),
        ("heel open at -3 s", "'at -3 s' is no time"),
        ("heel open at soon", "'at soon' is no time"),
        ("heel open at 1:75", "'at 1:75' is no time"),
        ("heel open from 70 s to 40 s", "it begins at 70 s and is over at 40 s; give an end after that"),
        ("heel open from 40 s to 40 s", "it begins at 40 s and is over at 40 s; give an end after that"),
        ("heel open at 99999 s", "it begins at 99999 s; give 0 to 43200 s"),
        ("heel open 5 at 3 s", "heel open has no more or less, so leave 5 out"),
        ("heel open wide at 3 s", "'wide' is too much after heel open"),
        ("bus noisy 5 V at 3 s", "'5 v' is too much after bus noisy"),
        ("bus noisy 120 % at 3 s", "120 % is not 0 to 100 %"),
        ("supply sag to 5 V at 3 s", "5 V is not 0 to 3.3 V"),
        ("wiring", "what is wrong with wiring?"),
        ("wiring pads swaped", "wiring cannot be 'pads swaped', did you mean 'pads swapped'?"),
        ("wiring no bias at 3 s", "wiring no bias is there from the start to the end, so leave the time out"),
        ("wiring no bias from 0 s to 3 s", "wiring no bias is there from the start to the end, so leave the time out"),
        ("wiring no bias 5", "wiring no bias has no more or less, so leave 5 out"),
        ("wiring no bias soon", "'soon' is too much after wiring no bias"),
    ],
)
def test_a_wrong_phrase_is_named_with_what_is_wrong_and_all_that_can_be_said(phrase: str, why: str) -> None:
    with pytest.raises(ValueError, match="there are heel, palm, fingers") as error:
        parse_fault(phrase)
    told = str(error.value)
    assert (told.startswith(f'fault "{phrase}": {why}'), "\n" in told) == (True, False)
    assert [word for kinds in KINDS.values() for word in kinds if word not in told] == []


@pytest.mark.parametrize(
    ("part", "kind", "why"),
    [("hell", "open", "no 'hell', did you mean 'heel'"), ("heel", "cold", "heel cannot be 'cold'")],
)
def test_a_fault_that_cannot_be_is_none(part: str, kind: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Fault(part, kind, 1.0)


@pytest.mark.parametrize("t_s", [-1.0, math.nan, math.inf])
def test_a_fault_at_no_time_is_none(t_s: float) -> None:
    with pytest.raises(ValueError, match="it begins at"):
        Fault("heel", "open", t_s)


@PROPERTY
@given(data=st.data())
def test_a_fault_says_itself_so_that_it_is_understood(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(KINDS)))
    kind = data.draw(st.sampled_from(sorted(KINDS[part])))
    is_built_in = KINDS[part][kind].is_built_in
    from_s = 0.0 if is_built_in else data.draw(st.integers(0, 3600)) / 10
    to_s = None if is_built_in else data.draw(st.none() | st.integers(1, 1000))
    amount = (
        None if KINDS[part][kind].amount is None else data.draw(st.none() | st.integers(0, 33).map(lambda i: i / 10))
    )
    fault = Fault(part, kind, from_s, math.inf if to_s is None else from_s + to_s, amount)
    assert parse_fault(str(fault)) == fault


def test_the_help_has_a_line_for_everything_that_can_be_said() -> None:
    lines = [line.strip() for line in help_on_faults().splitlines()]
    for part, kinds in KINDS.items():
        assert any(part in line for line in lines)
        assert [kind for kind, of in kinds.items() if not any(line.endswith(of.means) for line in lines)] == []


def test_a_chip_that_loses_its_power_comes_back_by_itself() -> None:
    assert (Fault("chip", "reset", 62.0).to_s, Fault("chip", "reset", 62.0, 70.0).to_s) == (62.5, 70.0)
