"""The walls of the house: who may import whom, and what the pure rooms never touch."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MAY_IMPORT: dict[str, set[str]] = {
    "hardware": set(),
    "sensing": set(),
    "coach": {"sensing"},
    "firmware": {"hardware", "sensing", "coach"},
}
IMPURE = {
    *("time", "datetime", "random", "secrets", "os", "io", "sys", "pathlib", "shutil", "tempfile"),
    *("threading", "multiprocessing", "concurrent", "asyncio", "subprocess", "signal"),
    *("socket", "logging", "gpiozero", "smbus2", "adafruit_ads1x15", "click", "rich"),
}
# Who counts in days and weeks may have dates as values; that nobody asks for today's is held elsewhere.
CALENDAR = {"coach/history.py"}
NEVER_CALLED = {"print", "open", "input", "exec", "eval", "breakpoint", "__import__"}
FILES = [(room, path) for room in MAY_IMPORT for path in sorted((HOUSE / room).rglob("*.py"))]
PURE_FILES = [path for room, path in FILES if room in {"sensing", "coach"}]


def name(value: object) -> str:
    return str(value.relative_to(HOUSE)) if isinstance(value, Path) else ""


def imported(path: Path) -> set[str]:
    """The first names of all absolute imports of a file, wherever they stand in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).split(".")[0])
    return found


def climbs_out(path: Path, room: str) -> list[str]:
    """Relative imports that leave the room."""
    depth = len(path.relative_to(HOUSE / room).parts)
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and node.level > depth]


def test_all_rooms_are_there() -> None:
    assert {room for room, _ in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize(("room", "path"), FILES, ids=name)
def test_a_room_imports_only_what_the_table_allows(room: str, path: Path) -> None:
    others = set(MAY_IMPORT) - MAY_IMPORT[room] - {room}
    assert (imported(path) & (others | {"tests"}), climbs_out(path, room)) == (set(), [])


@pytest.mark.parametrize("path", PURE_FILES, ids=name)
def test_a_pure_room_knows_no_clock_no_file_no_thread_and_no_chance(path: Path) -> None:
    allowed = {"datetime"} if name(path) in CALENDAR else set()
    assert imported(path) & IMPURE == allowed


@pytest.mark.parametrize("path", PURE_FILES, ids=name)
def test_a_pure_room_neither_prints_nor_opens(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert {func.id for func in calls if isinstance(func, ast.Name)} & NEVER_CALLED == set()


@pytest.mark.parametrize("path", PURE_FILES, ids=name)
def test_numpy_rolls_no_dice_in_a_pure_room(path: Path) -> None:
    names = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)]
    assert [node.attr for node in names if node.attr == "random"] == []
