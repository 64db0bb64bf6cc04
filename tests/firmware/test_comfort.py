"""Her comfort as a file: what it says, what a session leaves in it, and what happens when it is wrong."""

from pathlib import Path

import pytest

from coach.account import Account
from coach.comfort import UNKNOWN, Comfort
from coach.events import CeilingLowered, JustRightAt
from coach.plan import FREE, Spot
from coach.summary import Summary
from firmware.comfort_file import comfort_to_toml, keep_comfort, load_comfort, remember
from firmware.home import comfort_path
from firmware.refusal import Refusal


def session(*, lowered_to: float | None = None, just_right: float | None = None) -> Summary:
    account = Account(FREE, "2026-11-23 20:15", "right glove")
    if lowered_to is not None:
        account.feed(CeilingLowered(30.0, lowered_to))
    if just_right is not None:
        account.feed(JustRightAt(40.0, just_right, Spot.CREST_LEFT))
    return account.summary()


def test_without_a_file_nothing_is_known(home: Path) -> None:
    assert (load_comfort(), home.exists()) == (UNKNOWN, False)


@pytest.mark.parametrize(
    "comfort",
    [UNKNOWN, Comfort(12.5, 'a "strange\\" name'), Comfort(8.0, "today", {Spot.CREST_LEFT: 9.5, Spot.SIDE_RIGHT: 7.0})],
)
@pytest.mark.usefixtures("home")
def test_what_is_kept_is_read_again(comfort: Comfort) -> None:
    keep_comfort(comfort)
    read = load_comfort()
    assert (read.ceiling_newton, read.just_right_newton) == (comfort.ceiling_newton, comfort.just_right_newton)
    assert comfort_to_toml(read) == comfort_to_toml(comfort)


@pytest.mark.usefixtures("home")
def test_a_session_in_which_she_said_too_much_is_remembered_and_told_once() -> None:
    assert remember(session(lowered_to=12.04)) == [
        "From now on 12 N is the most for her; `paws calibrate --comfort` lets her set it anew."
    ]
    assert load_comfort() == Comfort(12.0, "the session of 2026-11-23 20:15")
    assert remember(session(lowered_to=12.04)) == []


@pytest.mark.usefixtures("home")
def test_what_was_just_right_is_kept_too() -> None:
    assert remember(session(just_right=9.0)) == ["What was just right for her is kept for the next time."]
    assert load_comfort().just_right_newton == {Spot.CREST_LEFT: 9.0}


def test_a_session_in_which_she_said_nothing_leaves_no_file(home: Path) -> None:
    assert (remember(session()), home.exists()) == ([], False)


def test_where_it_cannot_be_kept_the_page_is_printed_all_the_same(home: Path) -> None:
    home.write_text("no folder")
    (line,) = remember(session(lowered_to=12.0))
    assert line.startswith("what she said is not kept for the next time: ")


@pytest.mark.usefixtures("home")
def test_a_damaged_file_is_never_guessed() -> None:
    keep_comfort(Comfort(12.0))
    comfort_path().write_text("ceiling_newton = 1x")
    with pytest.raises(Refusal, match=r"comfort\.toml is not readable as TOML"):
        load_comfort()
