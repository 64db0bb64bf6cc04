"""The Pi's power: noticed when it changes, and nobody waits for a tool that is missing, hangs or talks nonsense."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from firmware.power_watch import PowerWatch, _changes
from hardware.power import Power, power_tool, read_power
from sensing.inputs import NoticeWord

WELL = Power(is_low=False, was_low=False, is_slow=False)
LOW = Power(is_low=True, was_low=True, is_slow=False)
WAS_LOW = Power(is_low=False, was_low=True, is_slow=False)
SLOW = Power(is_low=False, was_low=False, is_slow=True)


def tool(folder: Path, script: str) -> str:
    """Return a tool of that name that does what the script says."""
    path = folder / "vcgencmd"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("said", "power"),
    [
        ("0x0", WELL),
        ("0x50005", Power(is_low=True, was_low=True, is_slow=True)),
        ("0x50000", WAS_LOW),
        ("0x1", Power(is_low=True, was_low=False, is_slow=False)),
        ("0x2", SLOW),
        ("0x4", SLOW),
        ("0x8", SLOW),
    ],
)
def test_the_bits_mean_what_the_documentation_says(said: str, power: Power, tmp_path: Path) -> None:
    assert read_power(tool(tmp_path, f'test "$1" = get_throttled && echo throttled={said}')) == power


@pytest.mark.parametrize(
    "script", ["exit 1", "echo VCHI initialization failed", "echo throttled=", "kill -9 $$", "echo -n '\\377'"]
)
def test_a_tool_that_talks_nonsense_says_nothing(script: str, tmp_path: Path) -> None:
    assert read_power(tool(tmp_path, script)) is None


def test_a_tool_that_hangs_is_given_a_second(tmp_path: Path) -> None:
    began_s = time.monotonic()
    assert read_power(tool(tmp_path, "exec sleep 60")) is None
    assert time.monotonic() - began_s < 10


def test_a_tool_that_is_gone_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_power(str(tmp_path / "vcgencmd")) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert power_tool() is None
    tool(tmp_path, "echo throttled=0x0")
    assert power_tool() == str(tmp_path / "vcgencmd")


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (None, WELL, []),
        (None, LOW, ["power_low"]),
        (None, WAS_LOW, ["power_was_low"]),
        (WELL, LOW, ["power_low"]),
        (LOW, LOW, []),
        (LOW, WAS_LOW, ["power_well"]),
        (WAS_LOW, WAS_LOW, []),
        (WELL, SLOW, ["slowed_down"]),
        (SLOW, WELL, ["full_speed"]),
    ],
)
def test_only_what_changes_is_said(before: Power | None, now: Power, words: list[NoticeWord]) -> None:
    assert list(_changes(before, now)) == words


@contextmanager
def watching(tool: str) -> Iterator[PowerWatch]:
    watch = PowerWatch(tool, look_every_s=0.01)
    try:
        yield watch
    finally:
        watch.close()
        watch._thread.join(20)


def wait_for(watch: PowerWatch, word: NoticeWord) -> None:
    deadline_s = time.monotonic() + 20
    while word not in list(watch.news()):
        assert time.monotonic() < deadline_s, f"{word} never came"


def test_a_dip_is_news_and_so_is_its_end(tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.write_text("throttled=0x0")
    with watching(tool(tmp_path, f"cat {said}")) as watch:
        said.write_text("throttled=0x50001")
        wait_for(watch, "power_low")
        said.write_text("throttled=0x50000")
        wait_for(watch, "power_well")


def test_nobody_waits_for_a_tool_that_hangs(tmp_path: Path) -> None:
    watch = PowerWatch(tool(tmp_path, "exec sleep 60"))
    began_s = time.monotonic()
    news = list(watch.news())
    watch.close()
    took_s = time.monotonic() - began_s
    assert (news, took_s < 0.5, watch._thread.daemon) == ([], True, True)
    assert watch._thread in threading.enumerate()
    watch._thread.join(20)
