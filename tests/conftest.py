"""What tests may want from outside this checkout, and what happens where it is missing.

A test that could not run is named at the end with its reason; under KITTYPAWS_REQUIRE_ALL=1 it is a failure.
"""

import os
import signal
from pathlib import Path

import pytest

# What a shell runs in its background is deaf to two signals, under nohup to a third; so would be a `paws` of a test.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _outside(variable: str, what: str) -> Path:
    place = os.environ.get(variable)
    if place and Path(place).is_dir():
        return Path(place)
    why = f"{variable} names no folder with {what}"
    if os.environ.get("KITTYPAWS_REQUIRE_ALL") == "1":
        pytest.fail(why)
    pytest.skip(why)  # the rule above: told at the end, and a failure in CI


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real recordings."""
    return _outside("KITTYPAWS_DATA", "recordings")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A KITTYPAWS_HOME of its own."""
    monkeypatch.setenv("KITTYPAWS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
