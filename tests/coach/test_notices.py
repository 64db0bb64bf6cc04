"""What the computer says of itself is kept on the tape and told on the page, and changes no cue."""

import pytest

from coach.account import Account
from coach.cues import Look
from coach.events import Noticed
from coach.plan import FREE
from coach.tape import TapeReader, header_line, input_line
from coach.troubles import NOTICES, Trouble
from firmware.recording import new_header
from sensing.inputs import NOTICE_WORDS, End, Input, Notice, NoticeWord
from tests.story import CALIBRATION, DIVIDER, VOLT_PER_CODE, Hand, run

HAND = Hand().rest(2).lean(8, over_s=3).hold(35).release(over_s=3).rest(3).readings()


def with_notices(*notices: tuple[float, NoticeWord]) -> list[Input]:
    return sorted([*(Notice(t_s, word) for t_s, word in notices), *HAND], key=lambda item: item.t_s)


def test_notices_change_no_cue() -> None:
    told, plain = run(with_notices(*((i + 0.01, word) for i, word in enumerate(NOTICE_WORDS)))), run(HAND)
    assert [(event.t_s, event.word) for event in told.of(Noticed)] == [
        (i + 0.01, w) for i, w in enumerate(NOTICE_WORDS)
    ]
    assert (told.looks, told.shown(Look.HOLD)) == (plain.looks, plain.shown(Look.HOLD))


def test_a_notice_is_on_the_tape_as_it_was() -> None:
    header = header_line(new_header("x", [CALIBRATION], DIVIDER, FREE))
    notices = [Notice(float(i), word) for i, word in enumerate(NOTICE_WORDS)]
    lines = [input_line(notice, VOLT_PER_CODE) for notice in notices]
    assert list(TapeReader([header, *lines], "a tape")) == [*notices, End(6.0, "cut_off")]


@pytest.mark.parametrize("word", NOTICE_WORDS)
def test_the_page_tells_of_troubles_and_not_of_their_end(word: NoticeWord) -> None:
    account = Account(FREE, "today", "x")
    account.feed(Noticed(83.0, word))
    expected = (Trouble(83.0, NOTICES[word]),) if word in NOTICES else ()
    assert account.summary().troubles == expected


def test_lights_that_did_not_answer_are_no_wire_to_mend() -> None:
    account = Account(FREE, "today", "x")
    account.feed(Noticed(83.0, "lights_lost"))
    assert "plugs" not in account.summary().verdict.try_next
