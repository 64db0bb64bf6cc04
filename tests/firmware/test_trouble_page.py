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


@pytest.mark.parametrize(
    ("fault", "quote"),
    [
        ("bus silent at 0 s", "nobody answers at 0x49"),
        ("bus hangs at 0 s", "no transfer gets through: SDA or SCL stays low"),
        ("heel open at 0 s", "its wire is off"),
        ("palm intermittent at 0 s", "it comes and goes"),
        ("palm short at 0 s", "it touches 3.3 V"),
        ("fingers crushed at 0 s", "as if pressed with all force"),
        ("supply open at 0 s", "all three read 0: nothing feeds them"),
        ("ground open at 0 s", "have no ground"),
        ("supply sag to 2.5 V at 0 s", "supply channel reads"),
        ("bus shared at 0 s", "another program seems to use the bus"),
        ("heel torn at 0 s", "nothing came within 15 s"),
        # Once it has been found: at the very start nobody answers.
        ("bus noisy 70 % at 0.5 s", "lost"),
        ("button cut at 0 s", "mama's button on pin 5 reads as pressed"),
        ("button shorted at 0 s", "no press seen on pin 5"),
        ("partner's button cut at 0 s", "no press seen on pin 6"),
    ],
)
def test_a_fault_is_told_as_the_page_says(fault: str, quote: str) -> None:
    assert quote in said(fault)
    assert f"`{quote}`" in PAGE
