"""When "slower" comes, and how often falsely: our detector beside others, on hands that are known exactly.

The others are each given the threshold that brings ours and them to the same number of false cues; what is left to
compare is how soon and how surely they speak.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coach.limits import TOO_FAST_ENDS_SHARE, TOO_FAST_MARGIN
from sensing.smoother import Smoother
from tests.simulated import PERIOD_S, Array, FastHands, Rise, fast_hands, slow_hands

RISES: tuple[Rise, ...] = ("from nothing", "from a slow lean", "out of a hold")
SEED = 3
# A detector that speaks this long after the fast rise is over still has seen it.
GRACE_S = 0.3
# A light that comes back within its shortest time on is one cue.
ONE_CUE_S = 0.7


def ours(newton: Array, limit: float) -> tuple[Array, Array]:
    """Return the rate and the part of it that wobble may explain."""
    smoother = Smoother(len(newton), limit)
    rates, wobbles = np.empty_like(newton), np.empty_like(newton)
    for i, now in enumerate(newton.T.tolist()):
        _, rate, wobble = smoother.feed(i * PERIOD_S, now)
        rates[:, i], wobbles[:, i] = rate[:-1], wobble[:-1]
    return rates, wobbles


def kalman(newton: Array, limit: float) -> Array:
    """The plain constant-velocity filter of issue and facts: q 20, noise 0.4 N + 1 % of the force, at 12 N/s."""
    of_limit = limit / 12
    q, dt = 20 * of_limit**2 * PERIOD_S, PERIOD_S
    force, rate = np.zeros(len(newton)), np.zeros(len(newton))
    p00, p01, p11 = np.full_like(force, (0.4 * of_limit) ** 2), np.zeros_like(force), np.full_like(force, limit**2)
    rates = np.empty_like(newton)
    for i, now in enumerate(newton.T):
        force = force + rate * dt
        p00, p01, p11 = p00 + dt * (2 * p01 + dt * p11) + q * dt * dt / 3, p01 + dt * p11 + q * dt / 2, p11 + q
        noise = (0.4 * of_limit + 0.01 * np.abs(force)) ** 2
        gain0, gain1 = p00 / (p00 + noise), p01 / (p00 + noise)
        surprise = now - force
        force, rate = force + gain0 * surprise, rate + gain1 * surprise
        p00, p01, p11 = p00 * (1 - gain0), p01 * (1 - gain0), p11 - gain1 * p01
        rates[:, i] = rate
    return rates


def averaged(newton: Array, tau_s: float = 0.1) -> Array:
    """Two exponential averages and a difference."""
    weight = 1 - np.exp(-PERIOD_S / tau_s)
    once = twice = before = np.zeros(len(newton))
    rates = np.empty_like(newton)
    for i, now in enumerate(newton.T):
        once = once + weight * (now - once)
        twice = twice + weight * (once - twice)
        rates[:, i], before = (twice - before) / PERIOD_S, twice
    return rates


def one_euro(newton: Array, cutoff_hz: float = 1.0) -> Array:
    """The One-Euro filter (min cutoff 1 Hz, beta 0), its output differenced."""
    weight = 1 / (1 + 1 / (2 * np.pi * cutoff_hz * PERIOD_S))
    value = before = np.zeros(len(newton))
    rates = np.empty_like(newton)
    for i, now in enumerate(newton.T):
        value = value + weight * (now - value)
        rates[:, i], before = (value - before) / PERIOD_S, value
    return rates


def false_cues(rate: Array, threshold: Array | float, limit: float) -> float:
    """Return how many cues there are in 30 minutes."""
    count = 0
    for over, going_on in zip(rate > threshold, rate > TOO_FAST_ENDS_SHARE * limit, strict=True):
        last_s = -np.inf
        for i in np.flatnonzero(over):
            if i * PERIOD_S > last_s + ONE_CUE_S:
                count += 1
            if i * PERIOD_S > last_s:
                ends = np.flatnonzero(~going_on[i:])
                last_s = (i + (ends[0] if len(ends) else len(over))) * PERIOD_S
    return count / (rate.size * PERIOD_S / 1800)


def delays_s(rate: Array, threshold: Array | float, hands: FastHands) -> Array:
    """Return from the true rate passing the limit to the cue; infinite where none came."""
    t_s = np.arange(rate.shape[1]) * PERIOD_S
    began, ended = hands.too_fast_from_s[:, None], hands.too_fast_until_s[:, None]
    heard = (rate > threshold) & (t_s >= began) & (t_s <= ended + GRACE_S)
    first = np.where(heard.any(axis=1), heard.argmax(axis=1) * PERIOD_S, np.inf)
    delay: Array = first - hands.too_fast_from_s
    return delay


# The others, at the limit that they were described and compared at.
COMPARED_AT_NEWTON_PER_S = 12.0
OTHERS: list[tuple[str, Callable[[Array], Array]]] = [
    ("Kalman, q 20, noise 0.4 N + 1 %", lambda newton: kalman(newton, COMPARED_AT_NEWTON_PER_S)),
    ("averaged twice (0.1 s), difference", averaged),
    ("One-Euro (1 Hz), difference", one_euro),
]


@dataclass(frozen=True)
class Hands:
    """Slow ones, and fast ones of each kind."""

    limit: float
    slow: Array
    fast: tuple[FastHands, ...]


def hands(
    limit: float,
    newton: tuple[float, float] | None = None,
    *,
    sessions: int,
    events: int,
    unsteady: float = 1.0,
    seed: int = SEED,
) -> Hands:
    """Make them; `sessions` of 5 minutes."""
    rng = np.random.default_rng([seed, round(limit * 10)])
    slow = slow_hands(rng, sessions, limit, newton, minutes=5, unsteady=unsteady)
    return Hands(limit, slow, tuple(fast_hands(rng, events, rise, limit, newton) for rise in RISES))


@dataclass(frozen=True)
class Found:
    """How a detector did: delays in milliseconds (missed ones count as the longest), misses as a share."""

    false_in_30_min: float
    median_ms: float
    late_ms: float
    missed: float


def judge_ours(of: Hands) -> Found:
    """Return how the product's own detector does."""
    rate, wobble = ours(of.slow, of.limit)
    false = false_cues(rate, TOO_FAST_MARGIN * of.limit + wobble, of.limit)
    delays = []
    for fast in of.fast:
        rate, wobble = ours(fast.newton, of.limit)
        delays.append(delays_s(rate, TOO_FAST_MARGIN * of.limit + wobble, fast))
    return _found(false, np.concatenate(delays))


def judge(detector: Callable[[Array], Array], of: Hands, false_in_30_min: float) -> Found:
    """Return how another detector does, at the threshold that gives it as many false cues."""
    rate = detector(of.slow)
    low, high = 0.5 * of.limit, 8 * of.limit
    for _ in range(12):
        threshold = (low + high) / 2
        if false_cues(rate, threshold, of.limit) > false_in_30_min:
            low = threshold
        else:
            high = threshold
    delays = [delays_s(detector(fast.newton), high, fast) for fast in of.fast]
    return _found(false_cues(rate, high, of.limit), np.concatenate(delays))


def _found(false: float, delay_s: Array) -> Found:
    late_s = np.quantile(delay_s, 0.95, method="inverted_cdf")
    return Found(false, 1000 * float(np.median(delay_s)), 1000 * float(late_s), float(np.isinf(delay_s).mean()))
