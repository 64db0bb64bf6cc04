"""The tables of how well the house senses: calibration, smoothing, "slower", holds; each beside what it must reach."""

from collections.abc import Sequence

from sensing.smoother import wobble_newton_per_s
from tests.bench import calibrations, costs, holds, rates

# Sessions of 5 minutes, fast rises of each kind, and holds of each kind; in short a tenth.
SESSIONS, EVENTS, HOLDS = 288, 900, 300
# What "slower" must reach where a bar was set: median and 95 % in milliseconds.
BARS_MS = {12.0: "170 / 320", 4.0: "200 / 400"}
FALSE_BAR, MISSED_BAR, HELD_BAR = "1", "2 %", "95 %"
# A limit and, where it is not in proportion, the forces that hands press with.
RANGES: list[tuple[float, tuple[float, float] | None]] = [
    (12.0, None),
    (4.0, None),
    (1.5, None),
    (4.0, (8.0, 20.0)),
    (1.5, (5.0, 12.0)),
]
LOWER_BOUND = (
    "No detector can be as quick as one likes: at 20 N an excess of 20 N/s over the allowed slope cannot be told from "
    "the wobble\nin less than about 75 ms (29 ms for a steady hand), and no detector that must also allow legal slow "
    "ramps reaches that."
)


def _head(*columns: str) -> None:
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")


def _row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def cost() -> None:
    """What one and two gloves cost, and numpy in the smoother."""
    costs.assert_both_are_the_same_filter()
    _head("sensing alone, microseconds a reading", "")
    for name, run in costs.ALL:
        _row(name, f"{costs.microseconds(run):.0f}")


def calibration() -> None:
    """How well a force is told from the loads of others."""
    folder = calibrations.data_dir()
    if folder is None:
        print("\nCalibration was not measured: KITTYPAWS_DATA names no folder with mouse_grip_fsr in it "
              "(KITTYPAWS_DATA=/path/to/recordings make bench).")  # fmt: skip
        return
    _head("left-one-out rms error, 0.3 to 5 N", *calibrations.SENSORS, "mean")
    for error in calibrations.errors(folder):
        _row(error.model, *map(_percent, error.of), _percent(sum(error.of) / len(error.of)))
    others = calibrations.others(folder)
    worst = f"{_percent(min(others))} to {_percent(max(others))}"
    _row("another sensor's table", *[""] * (len(calibrations.SENSORS) - 1), worst, _percent(sum(others) / len(others)))


def slower(*, short: bool) -> None:
    """When "slower" comes and how often falsely; ours beside others at as many false cues."""
    part = 10 if short else 1
    _head("slower: limit, forces", "detector", "median / 95 % ms", "bar", "missed", "bar", "false in 30 min", "bar")
    for limit, newton in RANGES:
        hands = rates.hands(limit, newton, sessions=SESSIONS // part, events=EVENTS // part)
        ours = rates.judge_ours(hands)
        span = "in proportion" if newton is None else f"{newton[0]:.0f} to {newton[1]:.0f} N"
        bars = (BARS_MS.get(limit, "") if newton is None else "", MISSED_BAR if newton is None else "", FALSE_BAR)
        _found(f"{limit:g} N/s, {span}", "ours", ours, bars)
        if limit == rates.COMPARED_AT_NEWTON_PER_S:
            for name, detector in rates.OTHERS:
                _found("", name, rates.judge(detector, hands, ours.false_in_30_min), ("", "", ""))
    print(f"\n{LOWER_BOUND}")


def _found(of: str, detector: str, found: rates.Found, bars: Sequence[str]) -> None:
    in_time, missed, false = bars
    # Where more than 5 % are missed there is no such time.
    delays = f"{found.median_ms:.0f} / {found.late_ms:.0f}".replace("inf", "missed")
    _row(of, detector, delays, in_time, _percent(found.missed), missed, f"{found.false_in_30_min:.2f}", false)


def wobble() -> None:
    """What a usual hand's wobble adds to the limit."""
    forces = (5, 10, 15, 20)
    _head("added to the limit for a usual hand's wobble, N/s", *(f"{newton} N" for newton in forces))
    for limit in (4.0, 1.5):
        _row(f"limit {limit:g} N/s", *(f"{wobble_newton_per_s(newton, limit):.1f}" for newton in forces))


def held(*, short: bool) -> None:
    """How true holds are told."""
    _head("holds told within 0.5 s", "start", "length", "outcome", "all three", "bar", "light after, s")
    for how in holds.WAYS:
        told = holds.judge(how, HOLDS // (10 if short else 1))
        shares = map(_percent, (told.start, told.length, told.outcome, told.all_right))
        _row(how, *shares, HELD_BAR, f"{told.light_s:.1f}")
