"""How well a pad's table tells a force that it was not made of, beside formulas: five real FSRs under dead weights.

Every load of 30 to 500 g is read by a model of the other ones of its sensor; never the first or the last of them,
which a table refuses to extrapolate to. Lighter ones are left out of the fits too: near the turn-on no formula holds.
`KITTYPAWS_DATA` names the folder of recordings.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sensing.calibration import Curve, Knot, table_from_loads
from tests.recordings.judged import loads_of

SENSORS = ("F1", "F2", "F3", "F4", "F5")
# 30 to 500 g, to the nearest gram.
LOW_NEWTON, HIGH_NEWTON = 0.29, 4.91
# The share of the lowest resistance that may be the series part; steps of half a percent.
SERIES_SHARES = np.arange(0, 1, 0.005)

Model = Callable[[Sequence[Knot]], Callable[[float], float]]


def table(loads: Sequence[Knot]) -> Callable[[float], float]:
    """Ours: monotone cubics between the loads."""
    return Curve(table_from_loads(loads)).newton_from_siemens


def polynomial(degree: int) -> Model:
    """log F as a polynomial of log G; of the first degree it is a power law."""

    def fit(loads: Sequence[Knot]) -> Callable[[float], float]:
        x, y = np.log(loads).T
        coefficients = np.polyfit(x, y, degree)
        return lambda siemens: float(np.exp(np.polyval(coefficients, np.log(siemens))))

    return fit


def series(loads: Sequence[Knot]) -> Callable[[float], float]:
    """R = Rs + a F^-n, least squares of log F over all Rs."""
    siemens, newton = np.array(loads).T
    ohm, y = 1 / siemens, np.log(newton)
    fits = []
    for series_ohm in SERIES_SHARES * ohm.min():
        x = np.log(ohm - series_ohm)
        line = np.polyfit(x, y, 1)
        fits.append((float(np.sum((np.polyval(line, x) - y) ** 2)), series_ohm, line))
    _, series_ohm, line = min(fits, key=lambda fit: fit[0])
    return lambda siemens: float(np.exp(np.polyval(line, np.log(1 / siemens - series_ohm))))


MODELS: list[tuple[str, Model]] = [
    ("ours: a table, PCHIP of log F over log G", table),
    ("quadratic log F over log G", polynomial(2)),
    ("R = Rs + a F^-n", series),
    ("power law", polynomial(1)),
]


@dataclass(frozen=True)
class Error:
    """Relative rms errors of a model, of each sensor."""

    model: str
    of: tuple[float, ...]


def data_dir() -> Path | None:
    """The folder of real recordings, if it was named and is there."""
    place = os.environ.get("KITTYPAWS_DATA")
    return Path(place) if place and Path(place, "mouse_grip_fsr").is_dir() else None


def errors(folder: Path) -> list[Error]:
    """Return those of each model."""
    loads = [_loads(folder, sensor) for sensor in SENSORS]
    return [Error(name, tuple(left_out(model, of) for of in loads)) for name, model in MODELS]


def left_out(model: Model, loads: Sequence[Knot]) -> float:
    """Return the error of one sensor's loads, each read by a model of the others."""
    inner = range(1, len(loads) - 1)
    return _rms([model([*loads[:i], *loads[i + 1 :]])(loads[i][0]) / loads[i][1] - 1 for i in inner])


def others(folder: Path) -> list[float]:
    """Return the error of each sensor's loads read by the table of each other sensor."""
    loads = [_loads(folder, sensor) for sensor in SENSORS]
    curves = [table(loads_of(folder, sensor)) for sensor in SENSORS]
    return [
        _rms([curve(siemens) / newton - 1 for siemens, newton in of])
        for i, of in enumerate(loads)
        for k, curve in enumerate(curves)
        if i != k
    ]


def _loads(folder: Path, sensor: str) -> list[Knot]:
    loads = sorted(loads_of(folder, sensor), key=lambda load: load[1])
    return [load for load in loads if LOW_NEWTON <= load[1] <= HIGH_NEWTON]


def _rms(values: Sequence[float]) -> float:
    return float(np.sqrt(np.mean(np.square(values))))
