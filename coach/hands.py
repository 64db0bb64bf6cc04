"""One hand, or two that work together: what they have in common.

A warning needs one hand that gives a reason for it, praise needs all of them: who holds on one side and pushes on the
other is not told to stay. Her word is for both.
"""

from collections.abc import Iterator

from sensing.inputs import Dropout, Reading
from sensing.press import Phase

from . import events
from .cues import CueBoard, Look
from .events import Event
from .habits import heavier_share, one_sided
from .hand import Hand
from .plan import Plan

# Back to "watching" only after this long without any fault, so that a loose wire does not flicker.
TRUST_AGAIN_AFTER_S = 2.0
# What the hands do is what the first of these is that any of them does: a hold is one when nobody leans in any more.
_FIRST = (Phase.LEAN_IN, Phase.HOLD, Phase.RELEASE)


class Hands:
    """The hands of a session.

    Args:
        each: One, or the left and the right.
        plan: Limits and steps.
        board: Takes the looks that last for their own time.
    """

    def __init__(self, each: tuple[Hand, ...], plan: Plan, board: CueBoard) -> None:
        self.each = each
        self._plan, self._board = plan, board
        self._one_sided = one_sided()

    # -- what they do now -----------------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        """What they do now; of two, what is furthest from a rest."""
        phases = [hand.phase for hand in self.each]
        return next((phase for phase in _FIRST if phase in phases), Phase.AWAY)

    @property
    def held_s(self) -> float | None:
        """How long they have held, of two the one that came later; None where none holds."""
        least_s: float | None = None
        for hand in self.each:
            held_s = hand.held_s
            if held_s is not None and (least_s is None or held_s < least_s):
                least_s = held_s
        return least_s

    @property
    def ceiling_newton(self) -> float:
        """The force that is too much for either."""
        return self.each[0].limits.ceiling_newton

    def is_fresh(self, t_s: float) -> bool:
        """Return whether every pad of every glove is young enough for the good lights (P1)."""
        return all(hand.glove.is_fresh(t_s) for hand in self.each)

    def force_newton(self, t_s: float) -> float | None:
        """Return the force of all together as it was read at that time; None where one of them was not."""
        total = 0.0
        for hand in self.each:
            touch = hand.touch
            if touch is None or touch.t_s != t_s or touch.force_newton is None:
                return None
            total += touch.force_newton
        return round(total, 6)

    def heaviest_newton(self, t_s: float) -> float | None:
        """Return the force of the hand that presses most; None where nothing is known."""
        return max([force for hand in self.each if (force := hand.force_newton(t_s)) is not None], default=None)

    # -- inputs ---------------------------------------------------------------------------------------------

    def feed(self, item: Reading | Dropout) -> Iterator[Event]:
        """Take the next sweep of a glove, or its failure."""
        hand = self.each[item.glove]
        if isinstance(item, Reading):
            yield from hand.feed(item)
        else:
            yield from hand.feed_dropout(item)
        if len(self.each) == 2:
            # One that nobody hears must not look well because the other is.
            yield from self.each[1 - item.glove].feed_nothing(item.t_s)
            yield from self._judge_balance(item.t_s)

    def look_at_gloves(self, t_s: float) -> Iterator[Event]:
        """Say which pads have changed."""
        for hand in self.each:
            yield from hand.look_at_glove(t_s)

    def too_much(self, t_s: float) -> None:
        """Take her "too much"; it is for both, and means the one that presses more."""
        highest_newton = max([hand.limits.highest_newton(t_s) for hand in self.each])
        for hand in self.each:
            hand.limits.too_much(t_s, highest_newton)

    def just_right(self, t_s: float) -> Iterator[Event]:
        """Take her "just right"."""
        for hand in self.each:
            yield from hand.just_right(t_s)

    def settle(self, t_s: float) -> float | None:
        """Lower the ceiling once her word is sure, and return the new one; None where nothing changed."""
        lowered = None
        for hand in self.each:
            lowered = hand.limits.settle(t_s)
        return lowered

    def finish(self, t_s: float) -> Iterator[Event]:
        """End the input; what is under way ends with it."""
        for hand in self.each:
            yield from hand.finish(t_s)

    def _judge_balance(self, t_s: float) -> Iterator[Event]:
        left, right = self.each
        heavier = None
        # One leans in before the other and lets go after it; only where both stay is it a habit.
        if left.is_at_level and right.is_at_level:
            heavier = heavier_share(left.force_newton(t_s), right.force_newton(t_s))
        if heavier is None:
            self._one_sided.lapse()
        elif self._one_sided.feed(t_s, heavier[1]):
            self._board.say(Look.GENTLER, t_s)
            yield events.Balance(t_s, *heavier)

    # -- cues -----------------------------------------------------------------------------------------------

    def looks(self, t_s: float) -> list[Look]:
        """Return what the hands and their gloves give a reason for; say what a hold has just reached."""
        found: list[Look] = []
        verified, too_fast, faulty = True, False, False
        for hand in self.each:
            if hand.limits.is_too_hard(t_s):
                found = [Look.SOFTER]
            faulty = faulty or (hand.fault_s is not None and t_s - hand.fault_s < TRUST_AGAIN_AFTER_S)
            too_fast = too_fast or hand.limits.is_too_fast
            verified = verified and hand.glove.all_verified
        if faulty:
            found.append(Look.CHECK_GLOVE)
        if too_fast:
            found.append(Look.SLOWER)
        held_s = self.held_s
        if held_s is not None:
            if verified:
                # No green before every pad has shown that it feels.
                self._say_what_is_reached(t_s, held_s)
            if held_s < self._plan.enough_s and self._is_good():
                found.append(Look.HOLD)
        if verified:
            found.append(Look.WATCHING)
        return found

    def _say_what_is_reached(self, t_s: float, held_s: float) -> None:
        for look, after_s in ((Look.ENOUGH, self._plan.hold_s), (Look.PLENTY, self._plan.enough_s)):
            if held_s < after_s:
                return
            new = [hand for hand in self.each if hand.held_s is not None and look not in hand.praised]
            for hand in new:
                hand.praised.add(look)
            if new:
                self._board.say(look, t_s)

    def _is_good(self) -> bool:
        """Return whether to stay, where one holds: nobody leans in any more.

        A dip may be the beginning of the release: "stay" goes on through it, but does not begin in it.
        """
        goes_on = Look.HOLD in self._board.since_s
        for hand in self.each:
            is_in_a_dip = hand.held_s is not None and not (goes_on or hand.is_at_level)
            if is_in_a_dip or hand.phase is Phase.LEAN_IN:
                return False
        return True
