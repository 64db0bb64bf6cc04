"""`make drawings`: the drawings of the standard wiring as files, for the guide to show."""

from pathlib import Path

from hardware.board import DEFAULT_BOARD
from hardware.drawings import DRAWINGS, drawn

FOLDER = Path(__file__).parents[1] / "pictures"


def main() -> None:
    """Write them all anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in DRAWINGS:
        (FOLDER / f"{name}.svg").write_text(drawn(name, DEFAULT_BOARD), encoding="utf-8")


if __name__ == "__main__":
    main()
