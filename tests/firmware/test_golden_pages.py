"""A page is a text that people read: what changes in it is seen, and meant."""

from pathlib import Path
from textwrap import indent

import pytest

from .golden_pages import FOLDER, NARROW, PAGES, SESSIONS, TEXTS, kept, page_of


@pytest.mark.parametrize("name", [*SESSIONS, *TEXTS, *NARROW])
def test_the_page_reads_as_it_was_last_read_by_us(name: str) -> None:
    # Meant to change? `python -m tests.firmware.golden_pages` writes it anew; read it before you commit it.
    assert page_of(name) == kept(name)


def test_readme_shows_two_of_them() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    gentle, first = kept("gentle"), kept("first-time")
    hip_and_score = first[first.index("            left ") : first.index("\nWent well")]
    for shown in (gentle, hip_and_score):
        assert indent(shown, "    ") in readme


def test_the_guide_shows_two_of_them() -> None:
    guide = (Path(__file__).parents[2] / "hardware/README.md").read_text(encoding="utf-8")
    pinout, volts = kept("pinout"), kept("volts")
    header = pinout[pinout.index("     plug 1, 3.3 V") : pinout.index("\nLeft glove")]
    table = volts[volts.index("Each pad:") : volts.index("\nThe state comes")]
    for shown in (header, table):
        assert indent(shown, "    ") in guide


def test_no_page_is_kept_that_nobody_compares() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(PAGES)
