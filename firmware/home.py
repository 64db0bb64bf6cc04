"""Where things lie: settings, calibration and tapes.

KITTYPAWS_HOME overrides all; else the platform's own places for settings and data are used.
"""

import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from hardware.board import DEFAULT_BOARD, PADS, Board, BoardError, board_from_toml
from sensing.calibration import Calibration, nominal_calibration
from sensing.divider import Divider

from .calibration_file import calibration_from_toml
from .refusal import Refusal, refusing_wrong_files, text_of
from .whole_file import write_whole


def _override() -> Path | None:
    home = os.environ.get("KITTYPAWS_HOME")
    try:
        return Path(home).expanduser() if home else None
    except RuntimeError:
        raise Refusal(f"KITTYPAWS_HOME is {home}, and there is no such user - name another folder") from None


def config_dir() -> Path:
    """Return the folder of glove.toml and calibration.toml."""
    return _override() or platformdirs.user_config_path("kittypaws")


def tapes_dir() -> Path:
    """Return the folder of the tapes."""
    return (_override() or platformdirs.user_data_path("kittypaws")) / "tapes"


def history_path() -> Path:
    """Return where the index of the tapes is; it can be deleted at any time."""
    return tapes_dir().with_name("history.sqlite")


def leaflet_path() -> Path:
    """Return where the safety page is written, to be printed."""
    return tapes_dir().with_name("leaflet.html")


def settings_path() -> Path:
    """Return where the glove's settings are, if they are not the usual ones."""
    return config_dir() / "glove.toml"


def last_settings_path() -> Path:
    """Return where the settings of the last session are kept."""
    return config_dir() / "glove.last.toml"


def calibration_path(*, left: bool = False) -> Path:
    """Return where the calibration of the right glove, or of the left one, is or will be."""
    return config_dir() / f"calibration{'.left' * left}.toml"


def last_calibration_path(*, left: bool = False) -> Path:
    """Return where the calibration before the present one is kept."""
    return config_dir() / f"calibration{'.left' * left}.last.toml"


def comfort_path() -> Path:
    """Return where it stands what she has said before."""
    return config_dir() / "comfort.toml"


def chosen_path() -> Path:
    """Return where it stands which plan and which gloves were chosen last."""
    return config_dir() / "chosen.toml"


def chosen_plan_path() -> Path:
    """Return where a plan of one's own is kept once it was chosen."""
    return config_dir() / "chosen.plan.toml"


def asked_path(*, emulated: bool) -> Path:
    """Return where it is remembered that the whole list was asked; a try on the emulated glove is no first session."""
    return config_dir() / ("asked.emulated" if emulated else "asked")


def load_board() -> Board:
    """Return the settings of glove.toml, or the defaults where there is none.

    Raises:
        Refusal: The file is there and wrong. The copy of the last good one is named, if that is good.
    """
    path, last = settings_path(), last_settings_path()
    if not path.exists():
        return DEFAULT_BOARD
    try:
        return _board(path)
    except Refusal as wrong:
        try:
            _board(last)
        except Refusal:
            raise wrong from None
        raise Refusal(f"{wrong}; the last good copy is {last}") from None


def keep_settings() -> None:
    """Keep a copy of the settings, which a session is being played with; that it cannot be kept is no error."""
    path, last = settings_path(), last_settings_path()
    with suppress(OSError):
        content = path.read_bytes()
        if not last.exists() or last.read_bytes() != content:
            write_whole(last, content)


def _board(path: Path) -> Board:
    try:
        return board_from_toml(text_of(path, "settings"), str(path))
    except BoardError as error:
        raise Refusal(str(error)) from None


def load_calibration(path: Path | None = None, *, left: bool = False) -> Calibration:
    """Return the calibration in a file, by default that of the right or left glove; without one, the nominal curve.

    Its pads are in the glove's order, whatever the order in the file: a sweep's volts know no names.

    Raises:
        Refusal: A file is named or there, and missing, wrong, or for pads that the glove does not have; or the
            glove's own lacks one of its pads, or went missing. The one before it is named, if that is good.
    """
    own, last = calibration_path(left=left), last_calibration_path(left=left)
    if path is not None and path != own:
        return _calibration(path)
    if path is None and not own.exists():
        if last.exists():
            raise Refusal(
                f"calibration {own} is gone; the one before it is still there - copy {last} to it, calibrate again, "
                "or remove that too, to go on without"
            )
        return nominal_calibration(PADS)
    try:
        return _own_calibration(own)
    except Refusal as wrong:
        try:
            former = _own_calibration(last)
        except Refusal:
            raise wrong from None
        raise Refusal(f"{wrong}; the last good copy is {last} (made {former.made_on})") from None


def _own_calibration(path: Path) -> Calibration:
    calibration = _calibration(path)
    missing = [pad for pad in PADS if pad not in calibration.names]
    if missing:
        raise Refusal(f"calibration {path} lacks {', '.join(missing)} - calibrate every pad of this glove")
    return calibration


def _calibration(path: Path) -> Calibration:
    with refusing_wrong_files():
        calibration = calibration_from_toml(text_of(path, "calibration"), str(path))
    strangers = [name for name in calibration.names if name not in PADS]
    if strangers:
        raise Refusal(
            f"calibration {path} is for {', '.join(strangers)}; this glove has {', '.join(PADS)} - "
            "take the file that was made with this glove"
        )
    return calibration.only([pad for pad in PADS if pad in calibration.names])


def divider_of(board: Board) -> Divider:
    """Return the pads' circuit as sensing wants it."""
    parts = board.electronics
    return Divider(parts.supply_volt, parts.fixed_ohm, parts.bias_ohm, parts.series_ohm)
