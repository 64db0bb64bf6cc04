"""D5, D8, D10: files of any content, ten thousand of them, and those of other versions."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coach.tape import FORMAT, header_lines
from firmware.recording import open_tape, summary_of
from firmware.refusal import Refusal
from tests.firmware.command import PAWS

from .storage_session import judged
from .storage_targets import SEALED, TAPES, TARGETS, Target, refused_or_right
from .table import Row

CASES, ATHERIS_S = 10_000, 60.0
OLD_SESSIONS, START_AT_MOST_S = 10_000, 2.0
HANG_S, MEMORY_AT_MOST_MB = 2.0, 200.0

# What breaks programs: numbers that are none, too large or below nothing, text without an end, bytes that are no text.
TOKENS = (
    *(b"nan", b"inf", b"-1", b"1e309", b"0x7fffffffffffffff", b"9" * 400, b"true", b'"', b"'''", b"[", b"[[", b"{"),
    *(b"\x00", b"\xff\xfe", b"\r", b"\n", b"\n\n", b"=", b",", b"#", b"", b"\xe2\x80\xa8", b"[" * 500, b"1979-05-27"),
)


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Return a good file after a few mishaps."""
    content = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(content)))
        what = draw(st.integers(0, 4))
        if what == 0 and at < len(content):
            content[at] ^= draw(st.integers(1, 255))
        elif what == 1:
            del content[at : at + draw(st.integers(1, 60))]
        elif what == 2:
            content[at:at] = draw(st.binary(max_size=20))
        elif what == 3:
            content[at : at + draw(st.integers(0, 8))] = draw(st.sampled_from(TOKENS))
        else:
            to = draw(st.integers(0, len(content)))
            content[at:at] = content[to : to + draw(st.integers(1, 80))]
    return bytes(content)


def fuzz(share: float) -> Iterator[Row]:
    """D5 with hypothesis."""
    for name, target in TARGETS.items():
        before_mb = _memory_mb()
        cases, accepted, slowest_s, wrong = _fuzzed(target, round(CASES * share))
        grown_mb = _memory_mb() - before_mb
        yield Row(
            f"D5 {name}, hypothesis",
            f"{cases} files, {accepted} accepted",
            "refused in a line, or right; no hang, no 200 MB",
            wrong or f"all; the slowest took {1000 * slowest_s:.0f} ms, memory grew by {grown_mb:.0f} MB",
            not wrong and slowest_s <= HANG_S and grown_mb <= MEMORY_AT_MOST_MB,
        )


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fuzzed(target: Target, count: int) -> tuple[int, int, float, str]:
    cases = accepted = 0
    slowest_s = 0.0

    # Reading is enough: what is found is shown as it is, and written down as a story by whoever mends it.
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged(target.seeds))
    def files(content: bytes) -> None:
        nonlocal cases, accepted, slowest_s
        began_s = time.perf_counter()
        accepted += refused_or_right(target, content)
        slowest_s = max(slowest_s, time.perf_counter() - began_s)
        cases += 1

    try:
        files()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the campaign's answer
        return cases, accepted, slowest_s, f"{type(error).__name__}: {error}"[:200]
    return cases, accepted, slowest_s, ""


def atheris(share: float) -> Iterator[Row]:
    """D5 with atheris; a share of it is all kinds in one run."""
    seconds = round(ATHERIS_S * share)
    for name in TARGETS if share == 1.0 else ["all"]:
        title, bar = f"D5 {name}, atheris", "refused in a line, or right; no hang, no 200 MB"
        if find_spec("atheris") is None:
            yield Row(title, "not tried: atheris is not installed", bar, "-", held=True)
            continue
        command = [sys.executable, "-m", "tests.reliability.storage_atheris", name, str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
        said = [line for line in done.stderr.splitlines() if "Error" in line or "ALARM" in line]
        runs = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
        yield Row(
            title,
            f"{seconds} s, {runs[0] if runs else 'no'} files",
            bar,
            "all" if done.returncode == 0 else f"ended with {done.returncode}: {' '.join(said)[-200:]}",
            done.returncode == 0 and bool(runs),
        )


def flipped_calibration(share: float) -> Iterator[Row]:
    """D5: every byte of a calibration, in each of its bits and as each sign that TOML gives a meaning."""
    every = round(1 / share)
    tried, missed = 0, 0
    values = [(at, SEALED[at] ^ 1 << bit) for at in range(len(SEALED)) for bit in range(8)]
    values += [(at, value) for at in range(len(SEALED)) for value in b"#\n\r \"'" if value != SEALED[at]]
    for at, value in values[::every]:
        content = bytearray(SEALED)
        content[at] = value
        tried += 1
        missed += refused_or_right(TARGETS["calibration"], bytes(content))
    yield Row(
        "D5 bytes flipped in a calibration",
        f"{tried} of {len(values)} changes",
        "every one detected",
        f"{missed} accepted",
        not missed,
    )


def old_sessions(share: float) -> Iterator[Row]:
    """D8: always all of them, for only that says something."""
    del share
    whole = (TAPES / "format_1_demo.tape").read_bytes()
    with tempfile.TemporaryDirectory() as place:
        tapes = Path(place) / "tapes"
        took_s = [_start_s(Path(place), number=1)]
        for number in range(2, OLD_SESSIONS + 2):
            (tapes / f"{number:06d}.tape").write_bytes(whole[:3000])
        took_s.append(_start_s(Path(place), number=OLD_SESSIONS + 2))
    yield Row(
        f"D8 {OLD_SESSIONS} old sessions, cut off",
        "a start with and one without",
        f"on tape at most {START_AT_MOST_S:.0f} s after the command",
        f"{took_s[1]:.2f} s (without {took_s[0]:.2f} s)",
        took_s[1] <= START_AT_MOST_S,
    )


def _start_s(home: Path, number: int) -> float:
    """Return how long it takes from the command to the tape of a session."""
    began_s = time.monotonic()
    environment = {**os.environ, "KITTYPAWS_HOME": str(home)}
    with subprocess.Popen(
        [PAWS, "session", "--emulated", "gentle", "--json"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as session:
        tape = home / "tapes" / f"{number:06d}.tape"
        while not tape.exists() and time.monotonic() - began_s < 40:
            time.sleep(0.005)
        took_s = time.monotonic() - began_s
        time.sleep(0.3)
        session.send_signal(signal.SIGTERM)
    return took_s


def versions(share: float) -> Iterator[Row]:
    """D10."""
    del share
    wrong = ""
    golden = sorted(TAPES.glob("format_*.tape"))
    for tape in golden:
        seen = judged(tape)
        if seen.difference is not None or not seen.readings:
            wrong = wrong or f"{tape.name}: {seen.difference}"
    refused = ""
    with tempfile.TemporaryDirectory() as place:
        newer = Path(place) / "newer.tape"
        newer.write_bytes(_of_format(99))
        try:
            summary_of(newer)
        except Refusal as refusal:
            refused = str(refusal).replace(str(newer), "it")
    expected = f"it has tape format 99, this program reads up to {FORMAT} - update kittypaws"
    yield Row(
        "D10 tapes of other versions",
        f"{len(golden)} golden tapes of formats 1 and 2, one of 99",
        "the old replay the same, the new is refused in a line",
        wrong or ("all" if refused == expected else f"of 99 it says: {refused}"),
        not wrong and refused == expected and len(golden) >= 4,
    )


def _of_format(number: int) -> bytes:
    with open_tape(TAPES / "format_1_demo.tape") as reader:
        header = reader.header
    return header_lines(msgspec.structs.replace(header, format=number))
