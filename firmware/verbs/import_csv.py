"""`paws import`: a recording made elsewhere becomes a tape."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from coach.plan import for_one_glove
from coach.tape import header_lines, input_line
from coach.verdict import minutes
from firmware.csv_import import CsvRecording
from firmware.home import divider_of, load_board, load_calibration, tapes_dir
from firmware.options import json_option, plan_option
from firmware.plans import load_plan
from firmware.recording import new_header
from firmware.refusal import Refusal, refusing_wrong_files
from firmware.tapes import create_next
from hardware.ads1115 import VOLT_PER_CODE
from hardware.board import PADS
from sensing.calibration import nominal_calibration
from sensing.pads import PadRules


@click.command("import")
@click.argument("csv_file", metavar="CSV", type=click.Path(path_type=Path))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Where the tape goes.")
@click.option(
    "--calibration",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What newtons mean; the nominal pad without it.",
)
@plan_option
@json_option
def command(csv_file: Path, out: Path | None, calibration: Path | None, plan: str | None, as_json: bool) -> None:
    """Make a tape of a recording: columns `t_s`, `heel_newton` (or `heel_volt`) and so on, and `mark`."""
    curves = nominal_calibration(PADS) if calibration is None else load_calibration(calibration)
    divider = divider_of(load_board())
    chosen = for_one_glove(load_plan(plan))
    if out is not None and out.exists():
        raise Refusal(f"{out} is there already - name another file, or remove that one first")
    with (
        refusing_wrong_files(),
        csv_file.open(encoding="utf-8-sig", newline="") as file,
        tempfile.TemporaryFile() as made,
    ):
        recording = CsvRecording(file, str(csv_file), curves, divider, VOLT_PER_CODE)
        header = new_header(
            f"imported from {csv_file.name}",
            [recording.calibration],
            divider,
            chosen,
            # A recording may be rounded or computed, and nobody can press a pad of it first.
            rules=PadRules(verified=True, can_stick=False, creeps=recording.has_volts_only),
            has_events=False,
        )
        made.write(header_lines(header))
        last_s = 0.0
        for item in recording:
            made.write(input_line(item, VOLT_PER_CODE))
            last_s = item.t_s
        made.seek(0)
        path = _keep(made.read(), out)
    for line in _notes(recording):
        click.echo(f"paws: {line}", err=True)
    if as_json:
        click.echo(msgspec.json.encode({"tape": str(path), "rows": recording.rows, "length_s": last_s}))
    else:
        click.echo(f"Tape: {path} ({recording.rows} readings, {minutes(last_s)})")


def _notes(recording: CsvRecording) -> Iterator[str]:
    """Yield what a person should know of a recording that was taken."""
    if recording.over_values:
        reach = recording.calibration.pads[0][1].highest_newton
        yield f"{recording.over_values} forces lie above {reach:g} N and read as too much to tell"
    if recording.below_zero_values:
        values = f"{recording.below_zero_values} values below 0 read"
        values = "1 value below 0 reads" if recording.below_zero_values == 1 else values
        yield f"{values} as 0, the lowest {recording.lowest_newton:g} N"
    if recording.lost_rows:
        rows = f"{recording.lost_rows} rows have no value for a pad and count as lost readings"
        yield "1 row has no value for a pad and counts as a lost reading" if recording.lost_rows == 1 else rows


def _keep(tape: bytes, out: Path | None) -> Path:
    """Write a whole tape to its place; a wrong recording has left nothing there."""
    rest = b""
    if out is None:
        path, descriptor = create_next(tapes_dir(), tape)
    else:
        path, descriptor, rest = out, os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), tape
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(rest)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink()
        # A full disk names no file.
        error.filename = str(path)
        raise
    return path
