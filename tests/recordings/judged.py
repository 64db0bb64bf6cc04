"""Real recordings on their way through `paws import` and `paws replay --json`, as a person would take them."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from firmware import cli
from sensing.calibration import Curve, Knot, table_from_loads
from sensing.divider import Divider

# The Arduino of mouse_grip_fsr: 10-bit counts over a 10 kohm divider, no bias, no series resistor.
ARDUINO = Divider(supply_volt=5.0, fixed_ohm=10_000.0, bias_ohm=1e12, series_ohm=0.0)
NEWTON_PER_GRAM = 9.80665e-3
ROW_S = 0.01


def siemens_of(count: float) -> float:
    return ARDUINO.siemens_from_fraction(count / 1023)


def loads_of(data_dir: Path, sensor: str) -> list[Knot]:
    """The dead-weight table of one sensor: (siemens, newton), the empty scale left out."""
    with (data_dir / "mouse_grip_fsr" / "calibration.csv").open(encoding="utf-8-sig") as file:
        rows = [(row["Mass"], row[sensor]) for row in csv.DictReader(file)]
    return [(siemens_of(float(count)), float(mass) * NEWTON_PER_GRAM) for mass, count in rows if count and mass != "0"]


def mouse_rows(data_dir: Path, name: str, sensors: Sequence[str]) -> list[tuple[float, ...]]:
    """One grip as rows of seconds and newtons, by each sensor's own calibration."""
    curves = [Curve(table_from_loads(loads_of(data_dir, sensor))) for sensor in sensors]
    with (data_dir / "mouse_grip_fsr" / name).open() as file:
        rows = list(csv.DictReader(file))
    return [
        (
            round(i * ROW_S, 2),
            *(
                curve.newton_from_siemens(siemens_of(float(row[sensor])))
                for sensor, curve in zip(sensors, curves, strict=True)
            ),
        )
        for i, row in enumerate(rows)
    ]


def grip_rows(path: Path) -> list[tuple[float, ...]]:
    """The first of the six equal blocks of a load-cell grip, its force split in thirds."""
    rows: list[tuple[float, ...]] = []
    with path.open() as file:
        for row in csv.DictReader(file):
            t_s, third = float(row["Time"]), float(row["Grip_Force"]) / 3
            if rows and t_s <= rows[-1][0]:
                break
            rows.append((t_s, third, third, third))
    return rows


def judged(
    folder: Path,
    rows: Iterable[tuple[float, ...]],
    capsys: pytest.CaptureFixture[str],
    pads: Sequence[str] = ("heel", "palm", "fingers"),
    limits: str | None = None,
) -> list[dict[str, Any]]:
    """Import the rows, replay the tape, and return the events."""
    table = folder / "recording.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["t_s", *(f"{pad}_newton" for pad in pads)])
        writer.writerows(rows)
    assert cli._run(["import", str(table), "--out", str(folder / "recording.tape")]) == 0
    plan: list[str] = []
    if limits is not None:
        (folder / "limits.toml").write_text(limits)
        plan = ["--plan", str(folder / "limits.toml")]
    capsys.readouterr()
    assert cli._run(["replay", "--json", str(folder / "recording.tape"), *plan]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def of_kind(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["event"] == kind]


def began(events: list[dict[str, Any]], cue: str) -> list[float]:
    return [event["t_s"] for event in of_kind(events, "cue") if event["cue"] == cue and event["on"]]
