"""What the guardian shows, in seconds: the loop's levels under their lease, and her word whatever the loop does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.cues import DARK, Levels
from firmware.guard import LEASE_S, POLL_S, Guard

GREEN, BLUE, RED = Levels(green=True), Levels(blue=True), Levels(red=True)


class World:
    """A guard that looks at its buttons every 10 ms, and a loop that may or may not speak to it."""

    def __init__(self) -> None:
        self.guard = Guard()
        self.t_s = 0.0
        self.heard = 0
        self.mama = self.partner = False
        self.seen: list[tuple[float, Levels]] = []

    def pass_s(self, length_s: float, says: Levels | None = None, *, hears: bool = True) -> "World":
        """Let time pass, with a loop that says this every 20 ms, or with one that says nothing."""
        for tick in range(round(length_s / POLL_S)):
            self.t_s = round(self.t_s + POLL_S, 3)
            self.guard.feed(self.t_s, mama_down=self.mama, partner_down=self.partner)
            if says is not None and tick % 2 == 0:
                if hears:
                    self.heard = len(self.guard.words)
                self.guard.take(self.t_s, says, self.heard)
            self.seen.append((self.t_s, self.guard.levels(self.t_s)))
        return self

    def press(self, *, down: bool = True) -> "World":
        self.mama = down
        return self

    def tap(self, length_s: float, says: Levels | None = None, *, hears: bool = True) -> "World":
        return self.press().pass_s(length_s, says, hears=hears).press(down=False)

    def shown(self, from_s: float, to_s: float) -> set[Levels]:
        return {levels for t_s, levels in self.seen if from_s < t_s <= to_s + 1e-6}

    def red_from(self, since_s: float) -> float:
        """Return when red was first lit at or after a time."""
        return next(t_s for t_s, levels in self.seen if t_s >= since_s and levels.red)


def lights(seen: set[Levels]) -> set[str]:
    return {light for levels in seen for light in ("green", "amber", "blue", "red") if getattr(levels, light)}


def test_before_the_loop_says_anything_it_is_dark() -> None:
    assert World().pass_s(3).shown(0, 3) == {DARK}


def test_what_the_loop_says_shows_for_as_long_as_it_is_said() -> None:
    world = World().pass_s(1, GREEN).pass_s(1, BLUE)
    assert (world.shown(0, 1), world.shown(1, 2)) == ({GREEN}, {BLUE})


def test_half_a_second_after_the_last_judged_tick_it_is_dark() -> None:
    world = World().pass_s(1, BLUE).pass_s(3)
    # That was at 0.99 s.
    assert world.shown(1, 1.48) == {BLUE}
    assert world.shown(1.48, 4) == {DARK}


def test_a_loop_that_comes_back_is_shown_again() -> None:
    world = World().pass_s(1, BLUE).pass_s(10).pass_s(1, GREEN)
    assert world.shown(11, 12) == {GREEN}


def test_an_old_message_lights_nothing() -> None:
    """A guardian that was frozen finds messages of long ago in its pipe."""
    world = World().pass_s(10)
    world.guard.take(world.t_s - LEASE_S, GREEN, 0)
    assert world.guard.levels(world.t_s) == DARK
    world.guard.take(world.t_s - LEASE_S + 0.1, GREEN, 0)
    assert (world.guard.levels(world.t_s), world.guard.levels(world.t_s + 0.1)) == (GREEN, DARK)


def test_her_press_shows_softer_at_once_while_the_loop_hangs() -> None:
    world = World().pass_s(1, GREEN).tap(0.2).pass_s(5)
    assert world.red_from(1) == 1.01
    # Red at 2 Hz, with its tones, until the press can mean nothing else; no green in between.
    assert lights(world.shown(1, 2.6)) == {"red"}
    assert {levels.tone_hz for levels in world.shown(1, 2.6)} == {988.0, None}
    assert world.shown(2.61, 6) == {DARK}


def test_her_red_is_over_1_6_s_after_her_press_whatever_her_finger_does_then() -> None:
    world = World().pass_s(0.39).tap(0.2).pass_s(3)
    assert world.red_from(0) == 0.4
    assert lights(world.shown(1.9, 1.99)) == {"red"}
    assert world.shown(1.99, 3) == {DARK}


def test_once_the_loop_has_heard_her_it_is_the_loop_that_shows_it() -> None:
    world = World().pass_s(1, GREEN).tap(0.2, BLUE, hears=False).pass_s(0.5, BLUE, hears=False)
    assert lights(world.shown(1, 1.7)) == {"red"}
    world.pass_s(0.5, BLUE)
    assert world.shown(1.71, 2.2) == {BLUE}
    assert world.guard.words == ["too_much"]


def test_her_press_does_not_interrupt_an_amber_that_blinks() -> None:
    world = World().pass_s(1, Levels(amber=True)).tap(0.2, Levels(amber=True), hears=False)
    assert lights(world.shown(1, 1.2)) == {"red", "amber"}
    assert all(levels.amber for t_s, levels in world.seen if 0.02 < t_s < 1.2)


def test_a_second_press_says_just_right_and_her_red_ends() -> None:
    world = World().tap(0.2).pass_s(0.3).tap(0.2).pass_s(1)
    assert world.guard.words == ["too_much", "just_right"]
    # Just right counts when her finger is down again.
    assert world.shown(0.51, 1.7) == {DARK}


def test_held_for_a_second_it_is_stop_whatever_the_loop_does_and_to_the_end() -> None:
    world = World().pass_s(1, GREEN).press().pass_s(1.5).press(down=False).pass_s(5)
    steady = [levels.red for t_s, levels in world.seen if 2.02 < t_s <= 5.0]
    assert (world.guard.words, all(steady)) == (["too_much", "stop"], True)
    assert world.shown(5.03, 7.5) == {DARK}
    # A loop that comes back, and knows nothing, lights nothing any more; nor does another press.
    world.pass_s(2, GREEN).tap(0.3).pass_s(2, GREEN)
    assert world.shown(7.5, 12) == {DARK}


def test_stop_is_not_given_back_to_a_loop_that_heard_it() -> None:
    world = World().press().pass_s(2, Levels(green=True, amber=True))
    assert lights(world.shown(1.2, 2)) == {"red"}


def test_the_partners_words_are_told_and_shown_by_the_loop_alone() -> None:
    world = World().pass_s(0.1)
    world.partner = True
    world.pass_s(0.3)
    world.partner = False
    world.pass_s(0.3)
    assert (world.guard.words, world.shown(0, 1)) == (["next"], {DARK})


SAYS = st.sampled_from([None, DARK, GREEN, BLUE, RED, Levels(amber=True, tone_hz=880.0)])
PARTS = st.lists(st.tuples(st.floats(0.01, 1.3), SAYS, st.booleans(), st.booleans()), max_size=12)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(parts=PARTS)
def test_nothing_is_lit_that_nobody_said_within_half_a_second(
    parts: list[tuple[float, Levels | None, bool, bool]],
) -> None:
    """Whatever the loop and the buttons do: a light is the loop's of the last half second, or hers."""
    world = World()
    said: list[tuple[float, Levels]] = []
    for length_s, says, mama, hears in parts:
        world.mama = mama
        began_s = world.t_s
        world.pass_s(length_s, says, hears=hears)
        if says is not None:
            said += [(t_s, says) for t_s, _ in world.seen if t_s > began_s]
    for t_s, shown in world.seen:
        recent = {levels for said_s, levels in said if t_s - LEASE_S < said_s <= t_s}
        assert shown == DARK or shown in recent or lights({shown}) <= {"red"} | (lights(recent) & {"amber"}), t_s


@settings(derandomize=True, deadline=None, max_examples=300)
@given(parts=PARTS)
def test_her_press_is_red_within_a_tenth_and_her_stop_stays(
    parts: list[tuple[float, Levels | None, bool, bool]],
) -> None:
    world = World()
    for length_s, says, mama, hears in parts:
        world.mama = mama
        world.pass_s(length_s, says, hears=hears)
    if "stop" in world.guard.words:
        world.mama = False
        world.pass_s(3.1)
        end_s = world.t_s
        assert world.pass_s(2, GREEN).shown(end_s, end_s + 2) == {DARK}
        return
    world.mama = False
    world.pass_s(2, GREEN)
    pressed_s = world.t_s
    world.tap(0.1, GREEN, hears=False)
    assert world.red_from(pressed_s) - pressed_s <= 0.1
