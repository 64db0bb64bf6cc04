"""The trouble page quotes `paws check`: each quote is what it says of that fault, and every mistake is on the page."""

import re
from pathlib import Path

import pytest

from hardware.emulated.faults import KINDS

from .command import paws

PAGE = (Path(__file__).parents[2] / "hardware/trouble.md").read_text(encoding="utf-8")
# The mistakes of makers: the words to try it with, and what is said, in the first two columns of the page's table.
MISTAKES = dict(re.findall(r"^\| `(wiring [^`]+)`[^|]*\|[^|`]*`([^`]+)`", PAGE, re.MULTILINE))


def said(fault: str) -> str:
    """Return what `paws check` says of a glove with this fault, on one line."""
    return " ".join(paws("check", "--emulated", "--fault", fault).out.split())


@pytest.mark.parametrize(("mistake", "quote"), MISTAKES.items())
def test_a_mistake_is_told_as_the_page_says(mistake: str, quote: str) -> None:
    assert quote in said(mistake)


def test_all_mistakes_are_on_the_page() -> None:
    assert [f"wiring {kind}" for kind in KINDS["wiring"]] == list(MISTAKES)


# Every other quote of the page, and with which fault it is said; so all are one or the other.
QUOTES = {
    "nobody answers at 0x49": "bus silent at 0 s",
    "no transfer gets through: SDA or SCL stays low": "bus hangs at 0 s",
    "its wire is off": "heel open at 0 s",
    "it comes and goes": "palm intermittent at 0 s",
    "it touches 3.3 V": "palm short at 0 s",
    "as if pressed with all force": "fingers crushed at 0 s",
    "all three read 0: nothing feeds them": "supply open at 0 s",
    "have no ground": "ground open at 0 s",
    "supply channel reads": "supply sag to 2.5 V at 0 s",
    "another program seems to use the bus": "bus shared at 0 s",
    "nothing came within 15 s": "heel torn at 0 s",
    # Once it has been found: at the very start nobody answers.
    "no answer from 0x49": "bus noisy 70 % at 0.5 s",
    "mama's button on pin 5 reads as pressed": "button cut at 0 s",
    "no press seen on pin 5": "button shorted at 0 s",
    "no press seen on pin 6": "partner's button cut at 0 s",
    "a press on one pad pulls the others down": "wiring one series resistor",
    "a measuring resistor of 10 kohm would read so": "wiring 10 kohm",
    "the blue light came instead": "wiring lights swapped",
    "the palm answered": "wiring pads swapped",
    "answer with the same volts": "wiring pads joined",
}
# Said of what no fault of the emulated glove is: a light that somebody does not see, the Pi's power, a tight glove.
NOT_EMULATED = {"not noticed", "too low now", "it feels about"}


@pytest.mark.parametrize(("quote", "fault"), QUOTES.items())
def test_a_fault_is_told_as_the_page_says(quote: str, fault: str) -> None:
    assert quote in said(fault)


def test_no_quote_is_on_the_page_that_nobody_says() -> None:
    prose = PAGE[: PAGE.index("## The commonest mistakes")]
    quoted = set(re.findall(r"`(?!paws|journalctl|systemctl)([a-z][^`]* [^`]*)`", prose))
    assert quoted == set(QUOTES) | NOT_EMULATED
