"""The weeks: what has changed, and which spots are left."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.account import Account
from coach.events import PressEnded
from coach.history import History, SpotVisit, SpotWeeks, Visit, Week, history_of, visit_of
from coach.plan import Plan, Spot, Step, StepKind
from tests.story import PROPERTY

TODAY = date(2026, 11, 23)
EVENING = Visit(1, "2026-11-20 20:15", "glove", "free", 600.0, 8, 7, 4.0, 5, 4, 40.0, 0, 80, ())


def evenings(*changes: dict[str, Any]) -> list[Visit]:
    """Sessions one after the other, each like the first but for its changes."""
    return [replace(EVENING, number=i, **change) for i, change in enumerate(changes, start=1)]


def told_of(*changes: dict[str, Any]) -> History:
    return history_of(evenings(*changes), TODAY)


def days(*labels: str) -> list[date | None]:
    return list(told_of(*({"label": label} for label in labels)).dates)


# -- a session ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("right glove", "glove"),
        ("both gloves", "glove"),
        ("emulated hand: gentle, seed 1", "emulated"),
        ("emulated pair: sore, seed 1", "emulated"),
        ("imported from a.csv", "import"),
    ],
)
def test_a_visit_is_what_the_summary_says(source: str, kind: str) -> None:
    plan = Plan(steps=(Step(StepKind.HOLD, Spot.SIDE_LEFT), Step(StepKind.HOLD, Spot.CREST_LEFT)))
    account = Account(plan, "2026-11-20 20:15", source)
    account.feed(PressEnded(60.0, 10.0, 12.0, 9.0, 5.0, 3.0, 2.0, 35.0, "full", True, Spot.SIDE_LEFT))
    visit = visit_of(7, account.summary())
    assert (visit.number, visit.kind, visit.full, visit.longest_hold_s, visit.lean_ins) == (7, kind, 1, 35.0, 1)
    assert visit.spots == (SpotVisit(Spot.SIDE_LEFT, 1, 35.0), SpotVisit(Spot.CREST_LEFT, 0, 0.0))


# -- the clock may be wrong ---------------------------------------------------------------------------------


def test_sessions_come_in_the_order_of_their_tapes() -> None:
    assert [visit.number for visit in history_of(evenings({}, {}, {})[::-1], TODAY).visits] == [1, 2, 3]


def test_a_date_before_an_earlier_tapes_or_in_the_future_or_none_at_all_is_not_known() -> None:
    labels = (
        "2026-11-01 20:00",
        "1970-01-01 00:04",
        "2026-10-31 20:00",
        "2031-01-01 20:00",
        "soon",
        "2026-11-02 20:00",
    )
    assert days(*labels) == [date(2026, 11, 1), None, None, None, None, date(2026, 11, 2)]


def test_tomorrow_is_only_another_time_zone() -> None:
    assert days("2026-11-24 00:30", "2026-11-25 00:30") == [TODAY, None]


def test_how_long_ago_the_last_was_is_known_where_its_date_is() -> None:
    told = told_of({"label": "2026-11-09 20:00"}), told_of({"label": "2019-11-09 20:00"}), history_of([], TODAY)
    assert [history.days_since for history in told] == [14, None, None]


# -- weeks --------------------------------------------------------------------------------------------------


def test_a_week_begins_on_its_monday_and_one_without_a_session_is_told_too() -> None:
    told = told_of(
        {"label": "2026-11-02 20:00"}, {"label": "2026-11-08 23:59", "full": 2}, {"label": "2026-11-16 07:00"}
    )
    assert told.weeks == (
        Week(date(2026, 11, 2), 2, 1200.0, 6),
        Week(date(2026, 11, 9)),
        Week(date(2026, 11, 16), 1, 600.0, 4),
    )


def test_no_session_with_a_date_makes_no_week() -> None:
    assert told_of({"label": "1970-01-01 00:00"}).weeks == ()


# -- spots --------------------------------------------------------------------------------------------------


def test_each_spot_adds_up_in_the_order_of_the_hip_with_the_last_that_was_held_in_full() -> None:
    told = told_of(
        {"spots": (SpotVisit(Spot.SIDE_LEFT, 1, 40.0), SpotVisit(Spot.CREST_LEFT, 0, 12.0))},
        {"label": "2026-11-22 20:00", "spots": (SpotVisit(Spot.SIDE_LEFT, 2, 70.0),)},
        {"label": "2026-11-23 20:00", "spots": (SpotVisit(Spot.SIDE_LEFT, 0, 5.0),)},
    )
    assert told.spots == (
        SpotWeeks(Spot.CREST_LEFT, 0, 12.0, None),
        SpotWeeks(Spot.SIDE_LEFT, 3, 115.0, "2026-11-22 20:00"),
    )


# -- what has changed ---------------------------------------------------------------------------------------


def rises(*values: float | None) -> tuple[str, ...]:
    return told_of(*({"rise_newton_per_s": value} for value in values)).trends


def test_slower_lean_ins_are_told_from_six_sessions_on() -> None:
    assert rises(5, 5, 5, 4, 4) == ()
    assert rises(5, 5, 5, 4, 4, 4) == ("You lean in slower than before: the quickest about 4.0 N/s, it was 5.0.",)


def test_quicker_ones_are_told_too_and_a_session_without_any_does_not_count() -> None:
    assert rises(4, None, 4, 4, 5, None, 5, 5) == (
        "You lean in quicker than before: the quickest about 5.0 N/s, it was 4.0.",
    )


def test_what_nobody_feels_is_no_change() -> None:
    assert (rises(4, 4, 4, 4.5, 4.5, 4.5), rises(0, 0, 0, 0, 0, 0)) == ((), ())


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        ("longest_hold_s", (30, 30, 30, 40, 40, 40), "You stay longer than before: about 40 s, it was 30."),
        ("longest_hold_s", (40, 40, 40, 30, 30, 30), "You stay shorter than before: about 30 s, it was 40."),
        ("score", (60, 60, 60, 80, 80, 80), "The score has grown from about 60 to 80."),
        ("score", (80, 80, 80, 60, 60, 60), "The score has fallen from about 80 to 60."),
    ],
)
def test_holds_and_the_score_have_their_sentences(key: str, values: tuple[float, ...], sentence: str) -> None:
    assert told_of(*({key: value} for value in values)).trends == (sentence,)


def test_what_was_never_known_has_no_trend() -> None:
    assert told_of(*({"longest_hold_s": None, "score": None},) * 6).trends == ()


@PROPERTY
@given(st.lists(st.tuples(st.integers(-400, 3), st.integers(0, 9)), max_size=30))
def test_no_session_is_lost_whatever_the_clock_did(given_days: list[tuple[int, int]]) -> None:
    visits = [
        replace(EVENING, number=i, label=f"{TODAY + timedelta(days=day)} 20:00", full=full)
        for i, (day, full) in enumerate(given_days)
    ]
    told = history_of(visits, TODAY)
    dated = [visit for visit, day in zip(told.visits, told.dates, strict=True) if day is not None]
    assert (len(told.visits), sum(week.sessions for week in told.weeks)) == (len(visits), len(dated))
    assert sum(week.full for week in told.weeks) == sum(visit.full for visit in dated)
