"""Draws the plots of the guide anew, good curves and bad ones and the volts of a pad: `make curves`."""

from tests.curves.drawing import FOLDER, PICTURES


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
