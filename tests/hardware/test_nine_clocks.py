"""Nine clocks by a tool called `pinctrl`: here one that writes down what it is asked, hangs, or fails."""

import sys
from pathlib import Path

import pytest

from hardware.nine_clocks import NineClocks

# No process of these tests should take this long, even on a busy machine with one core.
DEADLINE_S = 40.0


class Tool:
    """A `pinctrl` of our own, first on PATH."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._place, self._log = place, place / "calls"
        self._log.touch()
        monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")

    def is_made(self, body: str, functions: str = "a0") -> None:
        tool = self._place / "pinctrl"
        tool.write_text(
            f'#!/bin/sh\necho "$@" >>{self._log}\n{body}\n'
            f'case $1 in get) echo " $2: {functions}    pu | lo // GPIO$2 = SDA1";; esac\n'
        )
        tool.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        return self._log.read_text().splitlines()


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tool:
    return Tool(tmp_path, monkeypatch)


def send(clocks: NineClocks) -> None:
    is_over = clocks()
    assert is_over is not None
    assert clocks._child is not None
    clocks._child.wait(DEADLINE_S)
    assert is_over()


@pytest.mark.parametrize("function", ["a0", "a3"])
def test_the_pins_are_taken_clocked_nine_times_stopped_and_given_back(tool: Tool, function: str) -> None:
    tool.is_made("", function)
    send(NineClocks(2, 3))
    assert tool.calls == [
        "get 2",
        "get 3",
        "set 2 ip",
        *["set 3 op dl", "set 3 ip"] * 9,
        "set 3 op dl",
        "set 2 op dl",
        "set 3 ip",
        "set 2 ip",
        f"set 2 {function}",
        f"set 3 {function}",
    ]


def test_no_line_is_ever_driven_high_against_a_chip(tool: Tool) -> None:
    tool.is_made("")
    send(NineClocks(2, 3))
    assert [call for call in tool.calls if "dh" in call.split()] == []


def test_without_the_tool_nothing_is_begun(tool: Tool) -> None:
    assert NineClocks(2, 3)() is None
    assert tool.calls == []


def test_a_tool_that_fails_at_once_has_taken_nothing_and_is_not_asked_again(tool: Tool) -> None:
    tool.is_made("exit 1")
    clocks = NineClocks(2, 3)
    send(clocks)
    assert (tool.calls, clocks()) == (["get 2"], None)


def test_a_tool_that_fails_half_way_gives_the_pins_back(tool: Tool) -> None:
    tool.is_made('case "$*" in *dl) exit 1;; esac')
    clocks = NineClocks(2, 3)
    send(clocks)
    assert tool.calls[-3:] == ["set 3 op dl", "set 2 a0", "set 3 a0"]
    assert clocks() is None


def test_a_tool_that_hangs_is_killed_and_the_pins_are_given_back(tool: Tool) -> None:
    tool.is_made('case "$*" in *dl) exec sleep 600;; esac')
    clocks = NineClocks(2, 3)
    send(clocks)
    assert tool.calls[-3:] == ["set 3 op dl", "set 2 a0", "set 3 a0"]
    assert clocks() is None


def test_pins_that_are_not_given_back_at_once_are_given_back_again(tool: Tool) -> None:
    tool.is_made(f'case "$*" in "set 2 a0") [ $(grep -c "set 2 a0" {tool._log}) -ge 2 ] || exit 1;; esac')
    send(NineClocks(2, 3))
    assert tool.calls[-3:] == ["set 2 a0", "set 2 a0", "set 3 a0"]


def test_a_tool_that_worked_may_be_asked_again(tool: Tool) -> None:
    tool.is_made("")
    clocks = NineClocks(2, 3)
    send(clocks)
    send(clocks)
    assert tool.calls.count("set 2 a0") == 2


def test_beginning_does_not_wait_for_the_tool(tool: Tool) -> None:
    tool.is_made('case "$*" in "get 2") exec sleep 600;; esac')
    clocks = NineClocks(2, 3)
    is_over = clocks()
    assert is_over is not None
    assert not is_over()
    assert clocks._child is not None
    assert clocks._child.wait(DEADLINE_S) == 1


def test_an_interpreter_that_cannot_be_started_is_no_trouble(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    tool.is_made("")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert NineClocks(2, 3)() is None
