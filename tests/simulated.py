"""Hands that are known exactly, as an FSR shows them: what the detectors are measured on.

Many at once: an array has a row a hand and a column a reading, 50 a second. Wobble, creep, hysteresis, turn-on and
noise are those measured or stated for FSRs and hands; every force and rate is in proportion to the limit unless a
range is given. Each maker takes a seeded generator, so that two runs meet the same hands.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rise = Literal["from nothing", "from a slow lean", "out of a hold"]

PERIOD_S = 0.02
# All slow and fast hands are described at this limit.
AT_LIMIT_NEWTON_PER_S = 12.0
LOWEST_NEWTON, HIGHEST_NEWTON = 10.0, 40.0
# Wobble as a share of the force: lowest and highest rms of a hand in each band of hertz; breath as an amplitude.
BANDS = ((0.5, 2.0, 0.005, 0.025), (2.0, 6.0, 0.003, 0.01), (8.0, 12.0, 0.0015, 0.006))
BREATH_HZ, BREATH = (0.2, 0.3), (0.01, 0.04)
# An FSR: 5 % a decade in four elements, 8 % between up and down, deaf below its turn-on, noise in its conductance.
CREEP = 0.05 / np.log(10)
CREEP_TAUS_S = np.array([0.1, 1.0, 10.0, 100.0])
HYSTERESIS, PLAY = 0.08, 0.4
TURN_ON_NEWTON = (0.15, 0.35)
WHITE, PINK = 0.003, 0.004
DEAF_BELOW_NEWTON = 0.05


def _noise(rng: Generator, shape: tuple[int, int], low_hz: float, high_hz: float, *, pink: bool = False) -> Array:
    """Noise of rms 1 in a band of frequencies."""
    rows, n = shape
    at_hz = np.fft.rfftfreq(n, PERIOD_S)
    inside = (at_hz >= low_hz) & (at_hz <= high_hz)
    spectrum = np.zeros((rows, len(at_hz)), complex)
    spectrum[:, inside] = rng.normal(size=(rows, inside.sum())) + 1j * rng.normal(size=(rows, inside.sum()))
    if pink:
        spectrum[:, inside] /= np.sqrt(at_hz[inside])
    noise: Array = np.fft.irfft(spectrum, n, axis=1)
    noise /= noise.std(axis=1, keepdims=True)
    return noise


def wobbling(rng: Generator, newton: Array, unsteady: float = 1.0) -> Array:
    """The force that a hand really gives when it means this one; 0.4 is a very steady hand."""
    rows, n = newton.shape

    def some(low: float, high: float) -> Array:
        return rng.uniform(low, high, (rows, 1))

    t_s = np.arange(n) * PERIOD_S
    share = some(*BREATH) * np.sin(2 * np.pi * some(*BREATH_HZ) * t_s + some(0, 2 * np.pi))
    for low_hz, high_hz, low, high in BANDS:
        share += unsteady * some(low, high) * _noise(rng, newton.shape, low_hz, high_hz)
    return newton * (1 + share)


def felt(rng: Generator, newton: Array) -> Array:
    """What a calibrated FSR says of a force: right on the way up, a few seconds after it came to rest."""
    turn_on = rng.uniform(*TURN_ON_NEWTON, len(newton))
    keeps = np.exp(-PERIOD_S / CREEP_TAUS_S)[:, None]
    crept = np.zeros((len(CREEP_TAUS_S), len(newton)))
    play = np.full(len(newton), np.log(DEAF_BELOW_NEWTON) - PLAY / 2)
    said = np.zeros_like(newton)
    for i, now in enumerate(newton.T):
        at = np.log(np.maximum(now, DEAF_BELOW_NEWTON))
        play = np.clip(play, at - PLAY / 2, at + PLAY / 2)
        settled = now * (1 + HYSTERESIS * ((play - at) / PLAY + 0.5))
        crept = settled + (crept - settled) * keeps
        said[:, i] = np.where(now >= turn_on, settled * (1 - len(CREEP_TAUS_S) * CREEP) + CREEP * crept.sum(axis=0), 0)
    said /= 1 - CREEP * np.exp(-1 / CREEP_TAUS_S).sum()
    noise = WHITE * rng.normal(size=newton.shape) + PINK * _noise(rng, newton.shape, 0.01, 25, pink=True)
    return np.maximum(said * (1 + noise), 0)


def slow_hands(
    rng: Generator,
    rows: int,
    limit: float,
    newton: tuple[float, float] | None = None,
    minutes: float = 30,
    unsteady: float = 1.0,
) -> Array:
    """Sessions without a fault: lean-ins whose rate is never above the limit, holds of 30 to 60 s, releases."""
    of_limit = limit / AT_LIMIT_NEWTON_PER_S
    low, high = newton or (LOWEST_NEWTON * of_limit, HIGHEST_NEWTON * of_limit)
    n = round(minutes * 60 / PERIOD_S)
    meant = np.zeros((rows, n))
    for row in meant:
        at = 0
        while at < n:
            at += int(rng.uniform(1, 3) / PERIOD_S)
            press = _slow_press(rng, rng.uniform(low, high), of_limit)[: max(0, n - at)]
            row[at : at + len(press)] = press
            at += len(press)
    return felt(rng, wobbling(rng, meant, unsteady))


def _slow_press(rng: Generator, to_newton: float, of_limit: float) -> Array:
    mean_rate = rng.uniform(1, 10) * of_limit
    pieces = int(to_newton / mean_rate / 0.2 * 1.6) + 6
    rates = np.minimum(mean_rate * np.repeat(rng.uniform(0.75, 1.25, pieces), 10), AT_LIMIT_NEWTON_PER_S * of_limit)
    lean = rng.uniform(0, of_limit) + np.cumsum(rates) * PERIOD_S
    hold = np.full(int(rng.uniform(30, 60) / PERIOD_S), to_newton)
    fall = np.arange(to_newton, 0, -rng.uniform(15, 60) * of_limit * PERIOD_S)
    return np.concatenate([lean[lean < to_newton], hold, fall])


@dataclass(frozen=True)
class FastHands:
    """Each rises once at 1.25 to 5 times the limit."""

    newton: Array
    too_fast_from_s: Array
    too_fast_until_s: Array


def fast_hands(
    rng: Generator, rows: int, rise: Rise, limit: float, newton: tuple[float, float] | None = None
) -> FastHands:
    """Hands that rise too fast, by at least 5 N at a limit of 12 N/s."""
    of_limit = limit / AT_LIMIT_NEWTON_PER_S
    low, high = newton or (LOWEST_NEWTON * of_limit, HIGHEST_NEWTON * of_limit)
    t_s = np.arange(0, 14, PERIOD_S)
    meant, begins, ends = np.zeros((rows, len(t_s))), np.zeros(rows), np.zeros(rows)
    for i in range(rows):
        rate, to = rng.uniform(15, 60) * of_limit, rng.uniform(low, high)
        begins[i] = 8 + rng.uniform(0, PERIOD_S)
        if rise == "from nothing":
            base, slow_s = 0.0, 1.0
        elif rise == "from a slow lean":
            base = rng.uniform(2 * of_limit, max(2.1 * of_limit, to - 5 * of_limit))
            slow_s = min(base / (rng.uniform(1, 10) * of_limit), 7.5)
        else:
            base, slow_s = to, -1.0
            to += rng.uniform(5, 20) * of_limit
        fast = base + (t_s - begins[i]) * rate
        if slow_s > 0:
            before = base + (t_s - begins[i]) * base / slow_s
        else:
            before = np.minimum(base, np.maximum(0, t_s - 0.5) * max(8 * of_limit, base / 5))
        meant[i] = np.clip(np.where(t_s < begins[i], before, fast), 0, to)
        ends[i] = begins[i] + (to - base) / rate
    return FastHands(felt(rng, wobbling(rng, meant)), begins, ends)


Held = Literal["plain", "sag", "climb", "dip", "lost readings"]


@dataclass(frozen=True)
class HeldHand:
    """One press with one hold, and what is true of it."""

    t_s: Array
    newton: Array
    still_since_s: float
    held_s: float


def held_hand(rng: Generator, how: Held, to_newton: tuple[float, float] = (5, 18)) -> HeldHand:
    """A hand that leans in at 1 to 3.8 N/s, holds for 4 to 58 s, and lets go."""
    to, lean, held_s = rng.uniform(*to_newton), rng.uniform(1, 3.8), rng.uniform(4, 58)
    release_s = rng.uniform(0.2, 0.6) if rng.random() < 0.5 else rng.uniform(2, 6)
    still_s = 2 + to / lean
    ends_s = still_s + held_s
    t_s = np.arange(0, ends_s + release_s + 4, PERIOD_S)
    meant = np.interp(t_s, [0, 2, still_s, ends_s, ends_s + release_s], [0, 0, to, to, 0])
    through = np.clip((t_s - still_s) / held_s, 0, 1)
    if how == "sag":
        meant *= 1 - 0.15 * through
    elif how == "climb":
        meant *= 1 + 0.12 * through
    elif how == "dip":
        # Away for up to 2 s, and back for a while before the release.
        away_s = rng.uniform(0.5, 2.0)
        from_s = still_s + rng.uniform(2.5, max(2.6, held_s - 3.5))
        if from_s + away_s < ends_s - 0.6:
            depth = rng.uniform(0.3, 0.8)
            meant *= 1 - depth * np.interp(t_s, from_s + np.array([0, 0.2, away_s - 0.2, away_s]), [0, 1, 1, 0])
    newton = felt(rng, wobbling(rng, meant[None]))[0]
    if how == "lost readings":
        lost = rng.random(len(t_s)) < 0.05
        from_s = still_s + rng.uniform(1, max(1.1, held_s - 2))
        lost |= (t_s >= from_s) & (t_s < from_s + rng.uniform(0.1, 1.5))
        t_s, newton = t_s[~lost], newton[~lost]
    return HeldHand(t_s, newton, still_s, held_s)
