"""What is fuzzed: each kind of file as its bytes, read by the program's own reader, and checked for what came out.

A check raises AssertionError for a value that must not be accepted; a refusal in one line is well, all else is a bug.
"""

import math
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from coach.account import Account
from coach.plan import Plan, plan_from_toml
from coach.tape import TapeReader
from firmware.calibration_file import calibration_from_toml, calibration_to_toml, sealed
from firmware.csv_import import CsvRecording
from firmware.home import divider_of
from firmware.loop import AccountSink, run
from firmware.page import page
from firmware.recording import account_of, session_of
from firmware.refusal import Refusal, refusing_wrong_files, text_of
from hardware.ads1115 import VOLT_PER_CODE
from hardware.board import DEFAULT_BOARD, PADS, Board, board_from_toml, default_toml
from sensing.calibration import Calibration, nominal_calibration
from sensing.inputs import Dropout, End, Mark, Notice, Reading

TAPES = Path(__file__).parents[1] / "tapes"
# A codes' 16 bits at the usual gain, and nothing beyond.
HIGHEST_VOLT = 32768 * VOLT_PER_CODE


@dataclass(frozen=True)
class Target:
    """A kind of file.

    Attributes:
        seeds: Good ones to begin with.
        read: Reads one; raises Refusal in one line, or AssertionError for what should have been refused.
    """

    seeds: tuple[bytes, ...]
    read: Callable[[bytes], None]


def refused_or_right(target: Target, content: bytes) -> bool:
    """Read a file; return whether it was accepted."""
    try:
        with refusing_wrong_files():
            target.read(content)
    except Refusal as refusal:
        line = str(refusal)
        assert line, "a refusal without a word"
        assert "\n" not in line, line
        return False
    return True


@cache
def _place() -> Path:
    return Path(tempfile.mkdtemp(prefix="storage-fuzz-"))


def _text(content: bytes) -> str:
    """Read bytes as the program reads a text file."""
    path = _place() / "file"
    path.write_bytes(content)
    return text_of(path, "file")


def read_settings(content: bytes) -> None:
    board = board_from_toml(_text(content), "glove.toml")
    _check_board(board)


def _check_board(board: Board) -> None:
    pins = [*board.lights.__struct_fields__]
    used = [getattr(board.lights, name) for name in pins]
    used += [pin for pin in (board.buzzer.pin, board.buttons.mama, board.buttons.partner) if pin != "none"]
    assert all(isinstance(pin, int) and 0 <= pin <= 27 and pin not in (2, 3) for pin in used), used
    assert len(set(used)) == len(used), used
    channels = [board.pads.heel, board.pads.palm, board.pads.fingers, board.pads.supply]
    assert sorted(channels) == [0, 1, 2, 3], channels
    adc, parts = board.adc, board.electronics
    assert {adc.left_address, adc.right_address} <= {0x48, 0x49, 0x4A, 0x4B}
    assert adc.left_address != adc.right_address
    assert (0 <= adc.bus <= 99, 20 <= adc.sweeps_hz <= 100) == (True, True), adc
    assert 1.6 <= parts.supply_volt <= 3.6, parts
    ohms = (parts.fixed_ohm, parts.bias_ohm, parts.series_ohm, parts.reference_top_ohm, parts.reference_bottom_ohm)
    assert all(0 < ohm <= 10e6 for ohm in ohms), ohms


def read_calibration(content: bytes) -> None:
    _check_calibration(calibration_from_toml(_text(content), "calibration.toml"))


def _check_calibration(calibration: Calibration) -> None:
    assert calibration.pads
    assert calibration.supply_volt is None or 0 < calibration.supply_volt < math.inf, calibration.supply_volt
    for _, table in calibration.pads:
        before = (0.0, 0.0)
        for knot in table.knots:
            assert all(low < high < math.inf for low, high in zip(before, knot, strict=True)), knot
            before = knot
        assert len(table.knots) >= 3
        assert table.residual_newton is None or 0 <= table.residual_newton < math.inf
        assert table.spread_share is None or 0 <= table.spread_share <= 0.5
        assert table.creep_share is None or 0 <= table.creep_share <= 0.1


def read_plan(content: bytes) -> None:
    _check_plan(plan_from_toml(_text(content), "plan.toml"))


def _check_plan(plan: Plan) -> None:
    assert 1 <= len(plan.name) <= 60
    assert 0.1 <= plan.slower_above_newton_per_s <= 1000, plan
    assert 1 <= plan.ceiling_newton <= 1000, plan
    assert 0 < plan.hold_s <= plan.enough_s <= 3600, plan
    assert all(0 < (step.length_s or 1) <= 3600 for step in plan.steps), plan


def read_csv(content: bytes) -> None:
    path = _place() / "file.csv"
    path.write_bytes(content)
    with path.open(encoding="utf-8-sig", newline="") as file:
        recording = CsvRecording(file, "r.csv", nominal_calibration(PADS), divider_of(DEFAULT_BOARD), VOLT_PER_CODE)
        before_s = 0.0
        for item in recording:
            assert before_s <= item.t_s < math.inf, item
            before_s = item.t_s
            if isinstance(item, Reading):
                assert all(-HIGHEST_VOLT <= volt <= HIGHEST_VOLT for volt in item.volts), item


def read_tape(content: bytes) -> None:
    _read_tape(content)


def read_resealed_tape(content: bytes) -> None:
    """Read a tape whose checksums are all right, so that what is behind them is reached."""
    bodies = [line[9:] for line in content.split(b"\n")]
    _read_tape(b"".join(b"%08x %s\n" % (zlib.crc32(body), body) for body in bodies))


def _read_tape(content: bytes) -> None:
    reader = TapeReader(BytesIO(content), "a.tape")
    _check_calibration(reader.header.calibration)
    _check_plan(reader.header.plan)
    account: Account = account_of(reader.header)
    last_s = 0.0
    items = []
    for item in reader:
        if isinstance(item, Reading | Dropout | Mark | Notice | End):
            assert last_s <= item.t_s < math.inf, item
            last_s = item.t_s
            items.append(item)
        else:
            account.feed(item)
    page(account.summary(damaged_lines=reader.damaged_lines, first_damage=reader.first_damage))
    judged = AccountSink(account_of(reader.header))
    run(session_of(reader.header), items, [judged])
    page(judged.account.summary())


_HAND_MADE = calibration_to_toml(Calibration(nominal_calibration(PADS).pads, "2026-11-22, right glove", 3.29)).encode()
SEALED = sealed(_HAND_MADE.decode()).encode()
_PLAN = b"""name = "a sore evening"
slower_above_newton_per_s = 1.5
ceiling_newton = 12
hold_s = 30
enough_s = 60
steps = [
    { kind = "paws", length_s = 60 },
    { kind = "hold", spot = "sacrum left" },
]
"""
_CSV = b"t_s,heel_newton,palm_newton,mark\n" + b"".join(
    b"%.2f,%.2f,%.2f,%s\n" % (i / 25, i / 10, i / 20, b"too_much" if i == 20 else b"") for i in range(40)
)


def _short_tape() -> bytes:
    lines = (TAPES / "format_1_demo.tape").read_bytes().splitlines(keepends=True)
    return b"".join([lines[0], *lines[100:160], *lines[-4:]])


TARGETS: dict[str, Target] = {
    "settings": Target((default_toml().encode(), b"[lights]\ngreen = 4\n"), read_settings),
    "calibration": Target((_HAND_MADE, SEALED), read_calibration),
    "plan": Target((_PLAN,), read_plan),
    "csv": Target((_CSV, b"t_s,heel_volt\n0,0.1\n0.02,0.2\n"), read_csv),
    "tape": Target((_short_tape(),), read_tape),
    "tape with right checksums": Target((_short_tape(),), read_resealed_tape),
}
