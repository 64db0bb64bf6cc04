"""The hip on the page: where something was, and how much of it."""

import re

import pytest

from coach.plan import Spot
from coach.spots import SpotHold, SpotSeen
from firmware.hip import hip_lines, hip_svg, sign_of, spot_had
from tests.firmware.test_page import account

FULL = SpotHold(70.0, 42.0, 12.0, "full")
SHORT = SpotHold(20.0, 12.0, 6.0, "short")
WORKED = SpotSeen(Spot.CREST_LEFT, (SHORT, FULL), 1, 1.0, 10.0, ("too_much", "just_right", "just_right", "next"))
BEGUN = SpotSeen(Spot.SIDE_RIGHT, (SHORT,), 0, 0.4, None, ())
LEFT_OUT = SpotSeen(Spot.SACRUM_LEFT, (), 0, 0.0, None, ())


@pytest.mark.parametrize(("seen", "sign"), [(WORKED, "●"), (BEGUN, "○"), (LEFT_OUT, "·"), (None, "·")])
def test_a_full_hold_is_a_disc_part_of_one_a_ring_and_none_a_dot(seen: SpotSeen | None, sign: str) -> None:
    assert sign_of(seen) == sign


def test_the_picture_has_every_place_on_its_side() -> None:
    lines = hip_lines((WORKED, BEGUN, LEFT_OUT))
    assert lines == [
        "            left                                    right",
        "               crest ●                           · crest",
        "                        sacrum ·       · sacrum",
        "                   middle ·                 · middle",
        "      side ·                                               ○ side",
        "            top of leg ·                       · top of leg",
        "            ● a full hold  ○ part of one  · none",
    ]


def test_a_spot_tells_its_holds_how_they_were_for_her_and_what_she_said_once() -> None:
    assert spot_had(WORKED, account()) == (
        "0:12 at 0:20, soft (about 6 N), then 0:42 at 1:10, medium (about 12 N); she said too much, just right"
    )
    assert spot_had(LEFT_OUT, account()) == "no hold"


def test_the_drawing_says_in_words_what_it_shows() -> None:
    drawn = hip_svg((WORKED, BEGUN))
    assert 'aria-label="crest left: a full hold; side right: part of a hold"' in drawn
    assert (drawn.count("<circle"), len(re.findall(r'r="9"', drawn)), len(re.findall(r'r="7.5"', drawn))) == (10, 1, 1)
