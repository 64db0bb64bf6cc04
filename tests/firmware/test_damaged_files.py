"""Settings and calibrations that a card damaged: never guessed, and the last good copy is named."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmware.calibration_file import _MENDED, calibration_from_toml, calibration_to_toml, sealed, write_calibration
from firmware.home import keep_settings, load_calibration
from firmware.refusal import Refusal, text_of
from hardware.board import PADS
from sensing.calibration import Calibration, nominal_calibration

from .command import paws, written

SHORT = ("--minutes", "0.1")
NOMINAL = nominal_calibration(PADS)


def made(day: str) -> Calibration:
    return Calibration(NOMINAL.pads, f"2026-11-{day}, right glove", 3.29)


SEALED = sealed(calibration_to_toml(made("22"))).encode()


def measured(home: Path, *days: str) -> Path:
    """Write calibrations as `paws calibrate` does, one after the other."""
    path = home / "calibration.toml"
    for day in days:
        write_calibration(made(day), path, home / "calibration.last.toml")
    return path


def test_a_calibration_that_was_written_is_read_as_it_was(home: Path) -> None:
    measured(home, "22")
    assert load_calibration() == made("22")


@given(at=st.integers(0, len(SEALED) - 1), bits=st.integers(1, 255))
@example(at=0, bits=ord("c") ^ ord("#"))
@example(at=SEALED.index(b"\n"), bits=ord("\n") ^ ord("\r"))
@example(at=len(SEALED) - 1, bits=ord("\n") ^ ord("\r"))
def test_every_byte_that_changed_is_detected(at: int, bits: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    damaged = bytearray(SEALED)
    damaged[at] ^= bits
    path = written(tmp_path_factory.mktemp("c") / "calibration.toml", bytes(damaged))
    with pytest.raises((Refusal, ValueError)) as refused:
        calibration_from_toml(text_of(path, "calibration"), str(path))
    assert "\n" not in str(refused.value)


def test_a_calibration_cut_anywhere_is_detected() -> None:
    for size in range(len(SEALED)):
        with pytest.raises(ValueError, match="calibration"):
            calibration_from_toml(SEALED[:size].decode(), "calibration")


def test_a_calibration_edited_by_hand_is_told_what_to_do_and_taken_once_it_is_done(home: Path) -> None:
    path = measured(home, "22")
    text = path.read_text().replace("2026-11-22", "2026-11-23")
    told = paws("demo", *SHORT) if path.write_text(text) else None
    assert told is not None
    assert (told.code, told.refusal) == (
        2,
        f"{path} does not have the checksum {text[12:20]} any more: it is damaged, or edited - {_MENDED}",
    )
    path.write_text(text.partition("\n")[2])
    assert load_calibration().made_on == "2026-11-23, right glove"


def test_a_damaged_calibration_names_the_last_good_one(home: Path) -> None:
    path = measured(home, "21", "22")
    path.write_bytes(path.read_bytes().replace(b"3.29", b"3.19"))
    told = paws("demo", *SHORT)
    assert told.refusal.endswith(
        f"edited the file by hand; the last good copy is {home}/calibration.last.toml (made 2026-11-21, right glove)"
    )
    assert (told.code, (home / "tapes").exists()) == (2, False)


def test_a_calibration_that_went_missing_is_not_replaced_by_a_guess(home: Path) -> None:
    path = measured(home, "21", "22")
    path.unlink()
    told = paws("demo", *SHORT)
    assert (told.code, f"{path} is gone; the one before it is still there" in told.refusal) == (2, True)
    (home / "calibration.last.toml").unlink()
    assert paws("demo", *SHORT).code == 0


def test_a_last_copy_that_is_damaged_itself_is_not_called_good(home: Path) -> None:
    path = measured(home, "21", "22")
    for place in (path, home / "calibration.last.toml"):
        place.write_bytes(place.read_bytes().replace(b"3.29", b"3.19"))
    assert "last good copy" not in paws("demo", *SHORT).refusal


def test_the_settings_of_the_last_session_are_kept_and_named(home: Path) -> None:
    path = written(home / "glove.toml", "[lights]\ngreen = 4\n")
    assert paws("demo", *SHORT).code == 0
    written(path, "[lights]\ngreen = 4\x00\n")
    told = paws("demo", *SHORT)
    assert (told.code, told.refusal.endswith(f"; the last good copy is {home}/glove.last.toml")) == (2, True)
    assert (home / "glove.last.toml").read_text() == "[lights]\ngreen = 4\n"


def test_settings_that_were_never_good_have_no_copy(home: Path) -> None:
    written(home / "glove.toml", "[lights]\ngreen = 99\n")
    assert ("last good copy" in paws("demo", *SHORT).refusal, (home / "glove.last.toml").exists()) == (False, False)


def test_a_damaged_copy_of_the_settings_is_not_called_good(home: Path) -> None:
    for name in ("glove.toml", "glove.last.toml"):
        written(home / name, "[lights]\ngreen = 99\n")
    assert "last good copy" not in paws("demo", *SHORT).refusal


def test_the_copy_is_written_only_when_the_settings_changed(home: Path) -> None:
    path, last = written(home / "glove.toml", "[lights]\ngreen = 4\n"), home / "glove.last.toml"
    keep_settings()
    first = last.stat().st_ino
    keep_settings()
    unchanged = last.stat().st_ino
    written(path, "[lights]\ngreen = 16\n")
    keep_settings()
    assert (unchanged == first, last.read_text()) == (True, "[lights]\ngreen = 16\n")


def test_settings_that_cannot_be_kept_are_no_error(home: Path) -> None:
    written(home / "glove.toml", "")
    (home / "glove.last.toml").mkdir()
    assert paws("demo", *SHORT).code == 0
