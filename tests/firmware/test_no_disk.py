"""Without a place for the tape the session goes on, says the same, and tells on its page what is missing."""

import resource
import signal
from pathlib import Path

import pytest

from .command import in_a_process, paws, written
from .conftest import SEED, Demo

# About half of the gentle hand's tape.
SMALL_DISK_BYTES = 150_000


def test_a_data_folder_that_cannot_be_made_costs_the_tape_and_nothing_else(
    gentle: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITTYPAWS_HOME", str(written(tmp_path / "file", b"in the way") / "home"))
    told = paws("demo", "--seed", SEED)
    assert (told.code, told.err, told.cues) == (0, "", gentle.told.cues)
    # The page breaks a long path where it must.
    assert f"Tapenotrecorded:{tmp_path}/file/home/tapes:notadirectory" in "".join(told.out.split())
    assert not told.out.splitlines()[-1].startswith("Tape:")


def _small_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK_BYTES, SMALL_DISK_BYTES))


def test_a_disk_that_fills_in_the_middle_costs_the_rest_of_the_tape_and_nothing_else(gentle: Demo, home: Path) -> None:
    told = in_a_process("demo", "--seed", SEED, home=home, before=_small_disk)
    assert (told.code, told.err, told.cues) == (0, "", gentle.told.cues)
    # A demo is played faster than any disk is written to, so the time is only that of the loop.
    assert "Tape        not recorded after " in told.out
    tape = home / "tapes" / "000001.tape"
    assert tape.stat().st_size == SMALL_DISK_BYTES
    replay, page = paws("replay", tape), paws("summary", tape)
    assert (replay.code, page.code, "cut off: the tape has no end" in page.out) == (0, 0, True)
    # The session itself ended well, and nobody says later that it was killed.
    assert (paws("demo", "--minutes", "0.1").err, tape.stat().st_size) == ("", SMALL_DISK_BYTES)


def test_a_recording_that_does_not_fit_leaves_no_tape(home: Path, tmp_path: Path) -> None:
    rows = "".join(f"{i / 50},1\n" for i in range(10_000))
    csv = written(tmp_path / "r.csv", "t_s,heel_newton\n" + rows)
    told = in_a_process("import", csv, home=home, before=_small_disk)
    assert (told.code, told.refusal, list(home.glob("**/*.tape"))) == (
        2,
        "file too large - make room on that disk, then try again",
        [],
    )
