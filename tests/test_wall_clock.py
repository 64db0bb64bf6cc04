"""Nothing but labels for people reads the wall clock: it jumps by days when the network sets it."""

import ast
from pathlib import Path

import pytest

ROOMS = ("hardware", "sensing", "coach", "firmware")
FILES = sorted(path for room in ROOMS for path in (Path(__file__).parents[1] / room).rglob("*.py"))
# What tells the time of day, by the last name of the call.
WALL_CLOCK = frozenset({"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime", "strftime"})
# Where a date is written for people, on a tape, on a calibration, and how long ago the last session was; and where the
# clock itself is looked at.
LABELS = frozenset(
    {"firmware/recording.py", "firmware/calibration_origin.py", "verbs/history.py", "checks/computer.py"}
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_only_labels_read_the_wall_clock(path: Path) -> None:
    name = "/".join(path.parts[-2:])
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    read = {func.attr for func in calls if isinstance(func, ast.Attribute)} & WALL_CLOCK
    imported = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "datetime")
        for alias in node.names
    } & {*WALL_CLOCK, "datetime"}
    assert not (read | imported) or name in LABELS, f"{name} reads the wall clock: {sorted(read | imported)}"


def test_all_labels_are_still_written() -> None:
    assert {"/".join(path.parts[-2:]) for path in FILES} >= LABELS
