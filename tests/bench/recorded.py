"""Readings and tapes to measure with: a minute of a gentle lean-in, hold and release, over and over."""

import math
import random
from pathlib import Path

from coach.plan import FREE
from coach.tape import header_line, input_line
from firmware.home import divider_of
from firmware.recording import new_header
from hardware.ads1115 import VOLT_PER_CODE
from hardware.board import DEFAULT_BOARD, PADS
from sensing.calibration import Curve, nominal_calibration
from sensing.inputs import End, Reading

SHARES = (0.45, 0.34, 0.21)
SEED = 7


def _force_newton(t_s: float) -> float:
    if t_s < 5 or t_s > 48:
        return 0.0
    return min((t_s - 5) * 3, 12.0, (48 - t_s) * 3)


def minute_of_readings() -> list[tuple[float, tuple[float, ...]]]:
    """Return (seconds, volts) of 3000 readings; times go on when the list is repeated by its user."""
    divider = divider_of(DEFAULT_BOARD)
    curve = Curve(nominal_calibration(PADS).pads[0][1])
    rng = random.Random(SEED)
    readings = []
    for i in range(3000):
        t_s = round(i * 0.02, 6)
        wobble = 1 + 0.015 * math.sin(2 * math.pi * 0.25 * t_s) + rng.gauss(0, 0.004)
        volts = []
        for share in SHARES:
            siemens = curve.siemens_from_newton(share * _force_newton(t_s) * wobble)
            volts.append(round(3.3 * divider.fraction_from_siemens(siemens) / VOLT_PER_CODE) * VOLT_PER_CODE)
        readings.append((t_s, (*volts, 13200 * VOLT_PER_CODE)))
    return readings


def long_tape(path: Path, minutes: int) -> Path:
    """Write a tape of so many minutes."""
    header = new_header("bench", [nominal_calibration(PADS)], divider_of(DEFAULT_BOARD), FREE, has_events=False)
    readings = minute_of_readings()
    with path.open("wb") as file:
        file.write(header_line(header))
        for minute in range(minutes):
            for t_s, volts in readings:
                file.write(input_line(Reading(round(t_s + 60 * minute, 6), volts), VOLT_PER_CODE))
        file.write(input_line(End(60.0 * minutes, "recording_ended"), VOLT_PER_CODE))
    return path
