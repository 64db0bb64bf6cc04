"""A home of its own for every test, and one demo of each hand for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from .command import Told, paws

SEED = 1


@dataclass(frozen=True)
class Demo:
    """A demo that was played once: what it printed, and its tape (not to be written to)."""

    told: Told
    tape: Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the KITTYPAWS_HOME of this test."""
    place = tmp_path / "home"
    monkeypatch.setenv("KITTYPAWS_HOME", str(place))
    return place


@pytest.fixture(scope="session")
def demo_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Demo]:
    """Return a function from a hand's name to its demo."""

    @cache
    def played(hand: str) -> Demo:
        place = tmp_path_factory.mktemp(hand)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KITTYPAWS_HOME", str(place))
            told = paws("demo", "--hand", hand, "--seed", SEED)
        return Demo(told, place / "tapes" / "000001.tape")

    return played


@pytest.fixture(scope="session")
def gentle(demo_of: Callable[[str], Demo]) -> Demo:
    """Return the demo of the gentle hand."""
    return demo_of("gentle")
