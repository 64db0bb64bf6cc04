"""Every detector of trouble, how to switch it off in the running program, and the tests that should see that.

Switched off is the one function or threshold that makes it a detector; all else stays as it is. A name that is not
there any more is an error.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from inspect import getsource
from itertools import takewhile
from math import inf
from signal import SIGKILL, SIGSTOP
from typing import Any

ROOMS = ("hardware", "sensing", "coach", "firmware")
PADS = ("sensing/test_pads.py",)
TROUBLE = ("coach/test_trouble.py",)
WORDS = ("coach/test_her_button.py",)
HOLDS = ("coach/test_holds.py",)
HABITS = ("coach/test_habits.py",)
TWO_GLOVES = ("coach/test_two_gloves.py",)
WARNINGS = ("coach/test_limits.py", "coach/test_warnings.py")
SWEEP = ("hardware/test_sweep.py",)
TAPE = ("coach/test_tape.py",)
LIVE = ("firmware/test_live.py",)
BUTTONS = ("firmware/test_buttons.py",)
GUARD = ("firmware/test_guard.py",)
RECOVERY = ("hardware/test_recovery.py",)
ZERO = ("sensing/test_zero.py",)
CUES = ("coach/test_cues.py",)
WRITER = ("firmware/test_writer.py",)
MENDING = ("firmware/test_recovery.py",)
LOCKS = ("firmware/test_tapes.py", "firmware/test_real_glove.py")
POWER = ("firmware/test_power.py",)
GONE = "firmware/test_guardian.py::test_a_guardian_that_is_gone_or_does_not_answer_is_replaced"


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector.

    Attributes:
        name: What it finds.
        off: What to put where, so that it finds nothing.
        tests: Files under tests/ that should see it.
    """

    name: str
    off: dict[str, Any]
    tests: Sequence[str]

    def places(self) -> Iterator[tuple[Any, str, Any]]:
        """Yield the modules and classes, the names in them, and what is to be put there.

        Raises:
            LookupError: One of the names is there no more.
        """
        for target, substitute in self.off.items():
            owner, name = _owner_of(target)
            if not hasattr(owner, name) and f"self.{name}" not in getsource(owner):
                raise LookupError(f"there is no {target} any more - say how {self.name!r} is switched off now")
            yield owner, name, substitute

    def switch_off(self) -> None:
        """Do so in this process, wherever its name has been imported to."""
        for owner, name, substitute in self.places():
            original = getattr(owner, name, None)
            setattr(owner, name, substitute)
            if original is None:
                continue
            for module in [loaded for key, loaded in sys.modules.items() if key.partition(".")[0] in ROOMS]:
                if getattr(module, name, None) is original:
                    setattr(module, name, substitute)


def _owner_of(target: str) -> tuple[Any, str]:
    """Return the module or the class that a dotted name belongs to, and its last part."""
    *path, name = target.split(".")
    modules = list(takewhile(str.islower, path))
    owner: Any = import_module(".".join(modules))
    for inner in path[len(modules) :]:
        owner = getattr(owner, inner)
    return owner, name


def _nothing(*_: object, **__: object) -> None:
    return None


def _none_of_them(*_: object, **__: object) -> tuple[()]:
    return ()


def _true(*_: object) -> bool:
    return True


def _false(*_: object) -> bool:
    return False


def _as_wanted(board: Any, wanted: dict[str, bool], t_s: float) -> dict[str, bool]:
    del board, t_s
    return wanted


def _always(value: object) -> property:
    """Return an attribute that cannot be changed."""
    return property(lambda _: value, _nothing)


# What stands for a function keeps all of it but the finding.


def _felt_within_the_table(pad: Any, t_s: float, u: float) -> tuple[float, bool]:
    from sensing.pads import OVER_ABOVE_U, UNTOUCHED_BELOW_U

    del t_s
    curve, siemens = pad._curve, 0.0
    if u > UNTOUCHED_BELOW_U:
        siemens = curve.last_siemens if u > OVER_ABOVE_U else pad._divider.siemens_from_fraction(u)
    return curve.newton_from_siemens(min(siemens, curve.last_siemens)), False


def _told_only(nothing_came: bool) -> Any:
    """Return what notices lost readings of one kind: those of which nothing came, or those that failed."""
    from coach.events import NOTHING_CAME
    from coach.hand import Hand

    notice = Hand._notice_silence

    def noticed(hand: Hand, t_s: float) -> Iterator[Any]:
        if (hand._why_lost == NOTHING_CAME) is nothing_came:
            yield from notice(hand, t_s)

    return noticed


def _judges_only_pads() -> Any:
    from coach.limits import Limits

    judge = Limits._judge_rate
    return lambda limits, touch: judge(limits, replace(touch, rate_newton_per_s=0.0, wobble_newton_per_s=0.0))


def _judges_only_the_sum() -> Any:
    from coach.limits import Limits

    judge = Limits._judge_rate

    def judged(limits: Limits, touch: Any) -> None:
        still = (0.0,) * len(touch.pad_newton)
        judge(limits, replace(touch, pad_rate_newton_per_s=still, pad_wobble_newton_per_s=still))

    return judged


def _stops_anew(session: Any, t_s: float, why: str) -> None:
    session._stopped_s, session._ending = t_s, why


def _unchecked(line: bytes) -> tuple[str, str]:
    text = line[9:-1].decode()
    return text[:1], text[2:]


def _reads_torn_lines_as_whole() -> Any:
    from coach.tape import TapeReader

    begin = TapeReader.__init__
    return lambda reader, lines, name: begin(reader, (line.removesuffix(b"\n") + b"\n" for line in lines), name)


class _AnyTime(float):
    """A time that every other comes after."""

    def __le__(self, other: object) -> bool:
        return True


_IN_ANY_ORDER = property(
    lambda reader: reader.__dict__["last_s"], lambda reader, t_s: reader.__dict__.update(last_s=_AnyTime(t_s))
)


def _pace_that_misses_nothing() -> Any:
    from firmware.live import Pace

    class Uncounted(Pace):
        missed = _always(0)

    return Uncounted


@contextmanager
def _unlocked(*_: object) -> Iterator[None]:
    yield


# What never comes is waited for; not for long, when it is known that it will not.
_SOON = {"tests.firmware.pins.Pins.wait_until.__defaults__": (10.0,)}


def detectors() -> list[Detector]:
    """Return all of them, in the direction of a reading."""
    return [
        # The bus and the chip.
        Detector("the supply is out of range", {"hardware.ads1115._SUPPLY_TOLERANCE": inf}, SWEEP),
        Detector("the config reads back as another", {"hardware.ads1115._READY": 0xFFFF}, SWEEP),
        # A hundred times as long: for ever would hang the tests too.
        Detector("a conversion never ends", {"hardware.ads1115._CONVERSION_DEADLINE_S": 1.0}, SWEEP),
        Detector("a chip reset after its poll", {"hardware.ads1115._RESET_RESULT": None}, SWEEP),
        Detector("a transfer is not acknowledged", {"hardware.ads1115.TRIES": 1}, SWEEP),
        Detector("no time is left to try again", {"hardware.ads1115._RETRY_DEADLINE_S": inf}, SWEEP),
        Detector("a bus that fails is opened anew", {"hardware.recovery._OPEN_AFTER_SWEEPS": inf}, RECOVERY),
        Detector(
            "a bus stuck low is clocked free", {"hardware.recovery.RecoveringAdc._is_stuck": _always(False)}, RECOVERY
        ),
        # The pads.
        Detector("a pad is OPEN", {"sensing.pads.OPEN_BELOW_U": -inf}, PADS),
        Detector("a pad is SHORT", {"sensing.pads.SHORT_ABOVE_U": inf}, PADS),
        Detector("a pad is OVER", {"sensing.pads.Pad._felt": _felt_within_the_table}, PADS),
        Detector("a pad is OVER for 30 s", {"sensing.pads.Pad._is_over_for_long": _false}, PADS),
        Detector("a pad is STUCK", {"sensing.faults.Repeats.feed": _false}, PADS),
        Detector("a pad is LOOSE", {"sensing.faults.Wire.breaks": _nothing}, PADS),
        Detector("a pad is SILENT", {"sensing.faults.Silence.look": _none_of_them}, PADS),
        Detector("a pad is STALE", {"sensing.pads.Pad.age": _nothing}, PADS),
        Detector("a value is too old to use", {"sensing.pads.USABLE_S": inf}, PADS),
        Detector("a value is too old for green", {"sensing.glove.Glove.is_fresh": _true}, TROUBLE),
        Detector("a pad is UNVERIFIED", {"sensing.pads.VERIFIED_ABOVE_NEWTON": -inf}, PADS),
        Detector("the zero of one pad is too much", {"sensing.zero.PRELOAD_ABOVE_NEWTON": inf}, ZERO),
        Detector("the zero of all is too much", {"sensing.zero.ZEROED_AT_MOST_NEWTON": inf}, ZERO),
        Detector("the force moves while at rest", {"sensing.zero.STEADY_SHARE": inf}, ZERO),
        Detector("a zero is taken below its pad", {"sensing.zero.Zeros._follow_down": _nothing}, ZERO),
        # The coach.
        Detector("a sweep failed", {"coach.hand.Hand._notice_silence": _told_only(nothing_came=True)}, TROUBLE),
        Detector("nothing came", {"coach.hand.Hand._notice_silence": _told_only(nothing_came=False)}, TROUBLE),
        Detector("trust comes back at once", {"coach.hands.TRUST_AGAIN_AFTER_S": 0.0}, TROUBLE),
        Detector("the glove did not see a hold", {"coach.hand.Hand._had_fault_since": _false}, TROUBLE),
        Detector("the glove comes and goes", {"coach.session.Session._stale_s": _always(-inf)}, TROUBLE),
        Detector("over the ceiling", {"coach.limits.Limits._judge_force": _nothing}, WARNINGS),
        Detector("the sum rises too fast", {"coach.limits.Limits._judge_rate": _judges_only_pads()}, WARNINGS),
        Detector("one pad rises too fast", {"coach.limits.Limits._judge_rate": _judges_only_the_sum()}, WARNINGS),
        Detector("a hold was let go early", {"coach.hand.SHORT_HOLD_S": inf}, HOLDS),
        Detector("a release is abrupt", {"coach.hand.ABRUPT_PER_LIMIT": inf}, HOLDS),
        Detector("a hand pokes", {"coach.habits.most_share": _nothing}, HABITS),
        Detector("more than was just right", {"coach.habits.FIRM_SHARE": inf}, HABITS),
        Detector("paws are too hard", {"coach.habits.RoughPaws.ceiling_newton": _always(inf)}, HABITS),
        Detector("paws are too quick", {"coach.habits.RoughPaws.at_most_per_min": _always(inf)}, HABITS),
        Detector("one hand bears most", {"coach.habits.heavier_share": _nothing}, TWO_GLOVES),
        Detector("she said too much", {"coach.limits.Limits.too_much": _nothing}, WORDS),
        Detector("her word lowers the ceiling", {"coach.limits.Limits.settle": _nothing}, WORDS),
        Detector("she said stop", {"coach.session.Session._stop": _nothing}, WORDS),
        Detector("stop is latched", {"coach.session.Session._stop": _stops_anew}, WORDS),
        Detector("no good light is allowed", {"coach.cues.GOOD": frozenset()}, CUES),
        Detector("a cue shows for 0.7 s", {"coach.cues.SHOWS_AT_LEAST_S": 0.0}, CUES),
        Detector("a light flashes too often", {"coach.cues.CueBoard._calm": _as_wanted}, CUES),
        Detector("two tones run together", {"coach.cues.PAUSE_S": 0.0}, CUES),
        # The tape.
        Detector("a line has a wrong checksum", {"coach.tape._checked": _unchecked}, TAPE),
        Detector("the last line is torn", {"coach.tape.TapeReader.__init__": _reads_torn_lines_as_whole()}, TAPE),
        Detector("a line is out of time order", {"coach.tape.TapeReader.last_s": _IN_ANY_ORDER}, TAPE),
        Detector("the disk failed", {"firmware.tape_writer.TapeWriter._not_recorded": _nothing}, WRITER),
        Detector("a sync failed", {"firmware.tape_writer.TapeWriter._perhaps_lost": _nothing}, WRITER),
        Detector("a session was cut off", {"firmware.tape_recovery._recover": _nothing}, MENDING),
        # The program.
        Detector("another session runs", {"firmware.tapes.only_session": _unlocked}, LOCKS),
        Detector("another session has the bus", {"firmware.real_glove.only_bus": _unlocked}, LOCKS),
        Detector("a tick is late", {"firmware.live.LATE_AFTER_S": inf}, LIVE),
        Detector("ticks are missed", {"firmware.live.Pace": _pace_that_misses_nothing()}, LIVE),
        Detector("the Pi's power is low", {"firmware.power_watch._changes": _none_of_them}, POWER),
        # The guardian.
        Detector("a button bounces", {"firmware.buttons.UP_AFTER_S": 0.0}, BUTTONS),
        Detector("a button is held", {"firmware.buttons.HELD_AFTER_S": inf}, BUTTONS),
        Detector("the loop's lease is over", {"firmware.guard.LEASE_S": inf}, GUARD),
        Detector("the guard latches her stop", {"firmware.guard.Guard._is_stopped": _always(False)}, GUARD),
        Detector("the guard shows her word", {"firmware.guard.Guard._show_hers": _nothing}, GUARD),
        Detector(
            "the guardian does not answer",
            {"firmware.guarded_lights.ANSWERS_WITHIN_S": inf, **_SOON},
            (f"{GONE}[{SIGSTOP}]",),
        ),
        Detector(
            "the guardian is gone",
            {"firmware.guarded_lights.GuardedLights._look_after_it": _nothing, **_SOON},
            (f"{GONE}[{SIGKILL}]",),
        ),
        Detector("the lights are lost", {"firmware.live.LiveSource._notices": _none_of_them}, LIVE),
    ]
