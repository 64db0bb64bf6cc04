"""Measures the figures that README promises, and prints them as a table: `make bench`."""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench import commands, detectors, tables, views
from tests.bench.recorded import long_tape, minute_of_readings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a tenth of it, for CI")
    short = parser.parse_args().short
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}\n")  # fmt: skip
    readings = minute_of_readings() * (2 if short else 10)
    print("| from volts to cues, microseconds a reading (3 pads) | |\n|---|---|")
    for name, run in detectors.ALL:
        print(f"| {name} | {_microseconds(run, readings):.0f} |", flush=True)
    tables.cost()
    tables.calibration()
    tables.slower(short=short)
    tables.wobble()
    tables.held(short=short)
    print("\n| at 80 columns and 24 rows | % of a core | bytes/s |\n|---|---|---|")
    for cost in views.costs(10.0 if short else 60.0):
        print(f"| {cost.what} | {100 * cost.core_share:.2f} | {cost.bytes_per_s:.0f} |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        print("\n| replay of | readings/s | seconds | peak memory, MB |\n|---|---|---|---|")
        for minutes in (1, 6) if short else (1, 10, 60, 480):
            tape = long_tape(Path(folder) / f"{minutes}.tape", minutes)
            took_s, memory_mb = commands.measured("replay", str(tape))
            print(f"| {minutes} min | {minutes * 3000 / took_s:.0f} | {took_s:.1f} | {memory_mb:.0f} |", flush=True)
        print("\n| command | seconds | peak memory, MB |\n|---|---|---|")
        shown = min(commands.measured("--help") for _ in range(5))
        print(f"| paws --help | {shown[0]:.2f} | {shown[1]:.0f} |")
        demo_minutes = 2 if short else 20
        took_s, memory_mb = commands.measured("demo", "--minutes", str(demo_minutes), home=folder)
        print(f"| paws demo --minutes {demo_minutes} | {took_s:.1f} | {memory_mb:.0f} |")
        took_s, memory_mb = commands.measured("session", "--emulated", "gentle", home=folder, interrupt_after_s=10)
        print(f"| paws session --emulated gentle, 10 s of it | {took_s:.1f} | {memory_mb:.0f} |")


_Readings = list[tuple[float, tuple[float, ...]]]


def _microseconds(run: Callable[[_Readings], None], readings: _Readings) -> float:
    """Return the median of five runs."""
    took = []
    for _ in range(5):
        began_s = perf_counter()
        run(readings)
        took.append((perf_counter() - began_s) / len(readings) * 1e6)
    return median(took)


if __name__ == "__main__":
    main()
