"""Hands to press the emulated glove: a script, made human by wobble, jag and small differences.

Everything a hand will ever do is computed when it is made, on a grid of 100 Hz, from its name and its seed;
asking it for a force is a look-up. The wobble is that of measured hands that squeezed FSRs and a load cell.
"""

import difflib
import zlib
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from hardware.emulated.fsr import Newtons3
from hardware.emulated.pairs import COMFORT, PAIRS, PAIRS_OF_TWO
from hardware.emulated.scripts import SCRIPTS, Press

Array = npt.NDArray[np.float64]
# From when to when a button is down.
_Down = tuple[float, float]

GRID_HZ = 100
# Hands are most unsteady slowly: part of the force (rms) in each band of hertz, as measured.
WOBBLE = ((0.5, 2.0, 0.011), (2.0, 6.0, 0.0058), (8.0, 12.0, 0.003))
# Her breath under the hand: 15 breaths a minute lift and lower the force by this part.
_BREATH_HZ, _BREATH = 0.25, 0.015
# The force wanders between the pads, slowly; the sum does not notice.
_WANDER = (0.1, 1.0, 0.02)
# Of a lean-in or release this part at each end is spent on getting faster and slower.
_EASE = 0.2
# Movements quicker than this have no steady middle: a paw is one smooth wave.
_WAVE_S = 1.0
# No lean-in is a ruler: its speed goes up and down by this part about twice a second.
_JAG = (0.3, 2.0, 0.07)
# Two presses of one script differ by this part (standard deviation) of their force, and so do the pauses.
_UNLIKE_FORCE, _UNLIKE_PAUSE = 0.01, 0.1
# A long one is waited for by the clock, or by her word.
_UNLIKE_PAUSE_AT_MOST_S = 1.0
# A finger on a button: a short tap, not the second that means stop. The second of two taps begins so long after the
# first, soon enough to belong to it; and what is held for stop is held a little longer than it takes.
_TAP_S, _SECOND_TAP_AFTER_S, _HELD_S = 0.25, 0.6, 1.2
# He hears the warning, and eases.
_REACTION_S, _EASING_S = 1.0, 2.5
# Rest after the last press, so that its end is seen; or that of a plan, whose last step may take a little longer than
# the last paws in it, and whose lights then say for 3 s that it is over.
_AFTER_S, _AFTER_A_PLAN_S = 3.0, 9.0


class Hand:
    """One hand on the hip, from start to end; before and after it there is nothing."""

    def __init__(self, name: str, presses: tuple[Press, ...], rng: np.random.Generator) -> None:
        self.name = name
        whole, shares = _performed(presses, _AFTER_A_PLAN_S if name in PAIRS else _AFTER_S, rng)
        self.length_s = len(whole) / GRID_HZ
        self._hers, self._his = _buttons(presses)
        forces = whole[:, None] * shares
        # One more at the end: the last interval needs both its ends.
        self._forces: list[Newtons3] = [(h, p, f) for h, p, f in forces.tolist()] + [(0.0, 0.0, 0.0)]

    def force_newton(self, t_s: float) -> Newtons3:
        """Return the force on heel, palm and fingers."""
        at = t_s * GRID_HZ
        i = int(at)
        if at < 0 or i >= len(self._forces) - 1:
            return (0.0, 0.0, 0.0)
        part = at - i
        rest = 1.0 - part
        heel, palm, fingers = self._forces[i]
        next_heel, next_palm, next_fingers = self._forces[i + 1]
        return (
            heel * rest + next_heel * part,
            palm * rest + next_palm * part,
            fingers * rest + next_fingers * part,
        )

    def mama_down(self, t_s: float) -> bool:
        """Whether mama holds her button."""
        return any(from_s <= t_s < to_s for from_s, to_s in self._hers)

    def partner_down(self, t_s: float) -> bool:
        """Whether the partner holds the other button."""
        return any(from_s <= t_s < to_s for from_s, to_s in self._his)


# Every hand there is, in the order of their teaching; and those that play a plan of the same name, each with its mama.
HANDS: dict[str, tuple[Press, ...]] = SCRIPTS
ALL_HANDS: dict[str, tuple[Press, ...]] = HANDS | PAIRS


def make_hands(name: str, seed: int, minutes: float | None = None) -> tuple[Hand, Hand]:
    """Make a left and a right hand that work at once; the arguments are those of `make_hand`.

    Where no pair is made for two, each does what that hand does, not quite alike.
    """
    right = make_hand(name, seed, minutes)
    left_script, right_script = PAIRS_OF_TWO.get(name, (ALL_HANDS[name], ALL_HANDS[name]))
    left_rng, right_rng = (_rng(name, seed, side) for side in (1, 2))
    left = Hand(name, _repeated(left_script, minutes, left_rng), left_rng)
    if name in PAIRS_OF_TWO:
        right = Hand(name, _repeated(right_script, minutes, right_rng), right_rng)
    return left, right


def make_comfort_hand(seed: int) -> Hand:
    """Make the hand that finds her ceiling with her: slow leans, each ended by her word."""
    return Hand("comfort", COMFORT, _rng("comfort", seed))


def _rng(name: str, seed: int, *more: int) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode()), *more])


def make_hand(name: str, seed: int, minutes: float | None = None) -> Hand:
    """Make a hand; the same one for the same name, seed and minutes.

    Args:
        name: One of `ALL_HANDS`.
        seed: For everything in it that is chance.
        minutes: Repeat the script until it has lasted at least this long, to the end of a press.

    Raises:
        ValueError: There is no such hand, or no such time.
    """
    if name not in ALL_HANDS:
        near = difflib.get_close_matches(name, ALL_HANDS, n=1, cutoff=0.0)[0]
        raise ValueError(f"no hand is called {name!r}; did you mean {near}? There are: {', '.join(ALL_HANDS)}")
    if minutes is not None and not 0 < minutes <= 24 * 60:
        raise ValueError(f"a hand for {minutes} minutes; give more than 0 and at most 1440")
    rng = _rng(name, seed)
    return Hand(name, _repeated(ALL_HANDS[name], minutes, rng), rng)


def _repeated(script: tuple[Press, ...], minutes: float | None, rng: np.random.Generator) -> tuple[Press, ...]:
    presses: list[Press] = []
    length_s = 0.0
    while minutes is None or length_s < minutes * 60:
        for press in script:
            presses.append(_unlike(press, rng))
            length_s += _length_s(presses[-1])
            if minutes is not None and length_s >= minutes * 60:
                break
        if minutes is None:
            break
    return tuple(presses)


def _unlike(press: Press, rng: np.random.Generator) -> Press:
    stronger, longer = np.clip(rng.standard_normal(2), -2, 2).tolist()
    return replace(
        press,
        newton=press.newton * (1 + _UNLIKE_FORCE * stronger),
        pause_s=press.pause_s + min(_UNLIKE_PAUSE * press.pause_s, _UNLIKE_PAUSE_AT_MOST_S) * longer,
    )


def _length_s(press: Press) -> float:
    return press.pause_s + press.lean_in_s + press.hold_s + press.release_s


def _performed(presses: tuple[Press, ...], after_s: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return the whole force and the pads' shares on the grid."""
    n = sum(_steps(_length_s(press)) for press in presses) + _steps(after_s)
    jag = 1 + band(n, *_JAG, rng)
    whole, shares = np.zeros(n), np.zeros((n, 3))
    at = 0
    for press in presses:
        end = at + _steps(_length_s(press))
        touch = at + _steps(press.pause_s)
        whole[touch:end] = _pressed(press, end - touch, jag[touch:end])
        shares[at:end] = press.shares
        at = end
    shares[at:] = presses[-1].shares
    shares *= 1 + np.stack([band(n, *_WANDER, rng) for _ in range(3)], axis=1)
    shares /= shares.sum(axis=1, keepdims=True)
    return whole * (1 + _wobble(n, rng)), shares


def _buttons(presses: tuple[Press, ...]) -> tuple[list[_Down], list[_Down]]:
    """Return from when to when mama's button is down, and the partner's."""
    hers: list[_Down] = []
    his: list[_Down] = []
    at = 0
    for press in presses:
        rests_s = at / GRID_HZ
        touch_s = rests_s + _steps(press.pause_s) / GRID_HZ
        if press.partner_after_s is not None:
            his.append(_down(rests_s + press.partner_after_s))
        if press.mama_after_s is not None:
            says_s = touch_s + press.lean_in_s + press.mama_after_s
            hers.append(_down(says_s, _HELD_S if press.mama_says == "stop" else _TAP_S))
            if press.mama_says == "just right":
                hers.append(_down(says_s + _SECOND_TAP_AFTER_S))
        at += _steps(_length_s(press))
    return hers, his


def _down(from_s: float, lasts_s: float = _TAP_S) -> _Down:
    return from_s, from_s + lasts_s


def _pressed(press: Press, n: int, jag: Array) -> Array:
    """Return the force of one press on `n` steps of the grid, without wobble."""
    up, down = _steps(press.lean_in_s), _steps(press.release_s)
    hold = n - up - down
    held = press.newton * (1 - press.sag * np.linspace(0.0, 1.0, hold))
    if press.mama_after_s is not None and press.ease_to_newton is not None:
        begins = _steps(press.mama_after_s + _REACTION_S)
        eased = _moved(_steps(_EASING_S), np.ones(_steps(_EASING_S)))
        held[begins : begins + len(eased)] += (press.ease_to_newton - press.newton) * eased
        held[begins + len(eased) :] = press.ease_to_newton
    last_newton = held[-1] if hold else press.newton
    return np.concatenate(
        [press.newton * _moved(up, jag[:up]), held, last_newton * (1 - _moved(down, jag[n - down :]))]
    )


def _moved(n: int, jag: Array) -> Array:
    """Return the way from 0 to 1 in `n` steps: getting faster, steady, getting slower."""
    part = (np.arange(n) + 0.5) / n
    wave, ramp = np.sin(np.pi * part), np.minimum(1.0, np.minimum(part, 1 - part) / _EASE)
    speed = wave if n < _WAVE_S * GRID_HZ else ramp * jag
    way: Array = np.cumsum(speed) / speed.sum()
    return way


def _wobble(n: int, rng: np.random.Generator) -> Array:
    wobble: Array = _BREATH * np.sin(2 * np.pi * (_BREATH_HZ * np.arange(n) / GRID_HZ + rng.random()))
    for low_hz, high_hz, rms in WOBBLE:
        wobble += band(n, low_hz, high_hz, rms, rng)
    return wobble


def band(n: int, low_hz: float, high_hz: float, rms: float, rng: np.random.Generator) -> Array:
    """Return noise between two frequencies with the given rms."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    at_hz = np.fft.rfftfreq(n, 1 / GRID_HZ)
    spectrum[(at_hz < low_hz) | (at_hz > high_hz)] = 0
    noise: Array = np.fft.irfft(spectrum, n)
    noise *= rms / noise.std()
    return noise


def _steps(length_s: float) -> int:
    return round(length_s * GRID_HZ)
