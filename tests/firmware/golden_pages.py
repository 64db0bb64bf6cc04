"""The pages that are kept as text: how each is made, and made comparable.

    python -m tests.firmware.golden_pages

writes them anew; `git diff` then shows what a reader would see change.
"""

import os
import re
import tempfile
from pathlib import Path

import pytest

from .command import paws

FOLDER = Path(__file__).parents[1] / "pages"
SESSIONS: dict[str, tuple[str, ...]] = {
    "gentle": (),
    "hasty": ("--hand", "hasty"),
    "heavy": ("--hand", "heavy"),
    "restless": ("--hand", "restless"),
    "catlike": ("--hand", "catlike"),
    "broken": ("--fault", "heel open at 62 s"),
}
# Each a plan, played by its pair; compared where the scenarios are, for an evening takes its time.
PLANS = ("first-time", "side-lying", "seated", "sore")
# What else people read.
TEXTS: dict[str, tuple[str, ...]] = {
    "leaflet": ("leaflet",),
    "plans": ("plans",),
    "plan-sore": ("plans", "show", "sore"),
    "pinout": ("pinout",),
    "volts": ("volts",),
}
# The same where a terminal is as narrow as a phone: 40 columns.
NARROW: dict[str, tuple[str, ...]] = {"pinout-narrow": ("pinout",)}
PAGES = (*SESSIONS, *PLANS, *TEXTS, *NARROW)
_LABEL = re.compile(r"^(Kittypaws   )\d{4}-\d\d-\d\d \d\d:\d\d", re.MULTILINE)
# A tip comes by the date.
_TIP = re.compile(r"^A tip .*\n(?: {12}.*\n)*", re.MULTILINE)


def page_of(name: str) -> str:
    """Return a page."""
    if name in TEXTS:
        return paws(*TEXTS[name]).out
    if name in NARROW:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", "40")
            return paws(*NARROW[name]).out
    options = ("--plan", name) if name in PLANS else SESSIONS[name]
    printed = paws("demo", *options).out.partition("\n\n")[2]
    return comparable(printed[: printed.rindex("\nTape: ")])


def comparable(page: str) -> str:
    """Return the page of a session without its date and what depends on that."""
    return _TIP.sub("", _LABEL.sub(r"\g<1>2026-11-23 20:15", page))


def kept(name: str) -> str:
    """Return a page as it was last read by us."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def main() -> None:
    """Write all pages anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["KITTYPAWS_HOME"] = home
        for name in PAGES:
            (FOLDER / f"{name}.txt").write_text(page_of(name), encoding="utf-8")


if __name__ == "__main__":
    main()
