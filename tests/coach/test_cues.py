"""The language of lights and sounds, and who may speak when several want to."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cues import DARK, GOOD, TABLE, Cue, CueBoard, Levels, Look
from tests.story import PROPERTY

Step = tuple[float, list[Look]]
TOGETHER = {
    (Look.HOLD, Look.ENOUGH),
    (Look.HOLD, Look.PLENTY),
    (Look.CHECK_GLOVE, Look.SLOWER),
    (Look.SOFTER, Look.SLOWER),
}
PRAISE = {Look.ENOUGH, Look.PLENTY}
ORDER = list(Look).index
NEVER_TOGETHER = [pair for pair in combinations(Look, 2) if pair not in TOGETHER]


def play(board: CueBoard, wishes: list[Step], until_s: float, forbid_good: bool = False) -> list[tuple[float, str]]:
    """Update a board 50 times a second with what is wanted from each time on; return what began."""
    began = []
    for i in range(round(until_s * 50)):
        t_s = i / 50
        wanted = [looks for from_s, looks in wishes if from_s <= t_s + 1e-9]
        changes = board.update(t_s, wanted[-1] if wanted else [], forbid_good)
        began += [(t_s, str(look)) for look, on in changes if on]
        if not changes and not board.since_s:
            continue
        if changes and not any(on for _, on in changes) and not board.since_s:
            began.append((t_s, "dark"))
    return began


def heard(wishes: list[Step], until_s: float) -> list[tuple[float, float]]:
    """Play wishes and return when each tone began, and how high it was."""
    board, tones, before = CueBoard(), [], None
    for i in range(round(until_s * 100)):
        t_s = i / 100
        board.update(t_s, [looks for from_s, looks in wishes if from_s <= t_s + 1e-9][-1], False)
        tone = board.levels(t_s).tone_hz
        if tone is not None and tone != before:
            tones.append((t_s, tone))
        before = tone
    return tones


# -- the table ----------------------------------------------------------------------------------------------

Spans = list[tuple[float, float]]
TWICE_A_SECOND: Spans = [(i / 2, i / 2 + 0.25) for i in range(8)]
# What README promises, in words of their own: lights from and to, and the tones, in the first four seconds. A look
# that is said ends by itself, one that is wished lasts as long as its reason.
WISHED: dict[str, tuple[str, dict[str, Spans], float | None, Spans]] = {
    "softer": (
        "softer",
        {"red": TWICE_A_SECOND},
        988.0,
        [(0, 0.12), (0.24, 0.36), (0.48, 0.6), (0.72, 0.84), (0.96, 1.08)],
    ),
    "check_glove": ("check_glove", {"amber": [(0, 4)]}, 392.0, [(0, 0.4)]),
    "slower": ("slower", {"amber": TWICE_A_SECOND}, 880.0, [(0, 0.1), (0.22, 0.32), (0.44, 0.54)]),
    "hold": ("hold", {"blue": [(0, 4)]}, None, []),
    "watching": ("watching", {"green": [(0, 0.1), (2, 2.1)]}, None, []),
}
SAID: dict[str, tuple[str, dict[str, Spans], float | None, Spans]] = {
    "stop": ("stop", {"red": [(0, 3)]}, 523.0, [(0, 0.9)]),
    "gentler": ("softer", {"red": TWICE_A_SECOND[:3]}, 784.0, [(0, 0.12), (0.24, 0.36)]),
    "calmer": ("slower", {"amber": TWICE_A_SECOND[:3]}, 698.0, [(0, 0.1), (0.22, 0.32)]),
    "ease_off": ("ease_off", {"amber": [(0, 0.7)], "blue": [(0, 0.7)]}, 698.0, [(0, 0.15)]),
    "let_go_early": ("hold", {"blue": TWICE_A_SECOND[:4]}, 440.0, [(0, 0.2)]),
    "enough": ("enough", {"green": [(0, 2)]}, 659.0, [(0, 0.25)]),
    "plenty": ("enough", {"green": [(0, 2)]}, 659.0, [(0, 0.25), (0.45, 0.7)]),
    "next": ("next", {"green": [(0, 1)], "blue": [(0, 1)]}, 784.0, [(0, 0.25)]),
}


@pytest.mark.parametrize("begins_s", [0.0, 0.1, 7.7, 61.2])
@pytest.mark.parametrize("look", Look)
def test_every_look_shows_and_sounds_as_the_partner_was_told(look: Look, begins_s: float) -> None:
    board, seen = CueBoard(), []
    if look in SAID:
        board.say(look, begins_s)
    for i in range(400):
        t_s = round(begins_s + i / 100, 6)
        if i % 2 == 0:
            board.update(t_s, [look] if look in WISHED else [], forbid_good=False)
        seen.append(board.levels(t_s))
    lights = {name: spans([getattr(now, name) for now in seen]) for name in ("green", "amber", "blue", "red")}
    (tone_hz,) = {now.tone_hz for now in seen if now.tone_hz} or {None}
    assert (
        TABLE[look].cue.value,
        {name: lit for name, lit in lights.items() if lit},
        tone_hz,
        spans([now.tone_hz is not None for now in seen]),
    ) == {**WISHED, **SAID}[look]


def spans(levels: list[bool]) -> Spans:
    """From when to when something was on, in hundredths of a second."""
    edges = [i for i, (before, now) in enumerate(pairwise([False, *levels, False])) if now is not before]
    return [(begin / 100, end / 100) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


# The design's words, most urgent first.
PRIORITY = [
    "stop",
    "softer",
    "check_glove",
    "slower",
    "gentler",
    "calmer",
    "ease_off",
    "let_go_early",
    "hold",
    "enough",
    "plenty",
    "next",
    "watching",
]


@pytest.mark.parametrize(("higher", "lower"), list(combinations(PRIORITY, 2)))
def test_of_any_two_the_more_urgent_shows(higher: str, lower: str) -> None:
    board = CueBoard()
    board.update(0.0, [Look(lower), Look(higher)], forbid_good=False)
    assert next(iter(board.since_s)) == higher


def test_the_words_of_the_cues_are_those_that_stand_on_tapes() -> None:
    assert " ".join(Cue) == "watching slower hold softer enough ease_off next stop check_glove"


@pytest.mark.parametrize("look", Look)
def test_no_light_flashes_quicker_than_the_law_of_the_house(look: Look) -> None:
    flashing = [flash for flash in TABLE[look].lights.values() if flash.on_s < flash.period_s]
    assert [flash for flash in flashing if 1 / flash.period_s > 2.8 or flash.on_s < 0.1] == []


@pytest.mark.parametrize("look", [look for look in Look if TABLE[look].sound])
def test_every_sound_is_over_within_a_second_and_a_half(look: Look) -> None:
    sound = TABLE[look].sound
    assert sound is not None
    assert 0 < sound.length_s <= 1.5
    assert sound.repeat_s is None or sound.repeat_s >= 5


def test_no_two_looks_can_be_mistaken_for_each_other() -> None:
    # PLENTY is the same light as ENOUGH on purpose; it chimes twice.
    faces = {
        look: (sorted(row.lights), [f.on_s for f in row.lights.values()], row.sound) for look, row in TABLE.items()
    }
    assert [pair for pair in combinations(Look, 2) if faces[pair[0]] == faces[pair[1]]] == []


def test_every_cue_has_a_look_and_every_look_a_light() -> None:
    assert ({row.cue for row in TABLE.values()}, [look for look in Look if not TABLE[look].lights]) == (set(Cue), [])


def test_warnings_bear_no_green_and_sound_higher_than_the_glove() -> None:
    warnings = (Look.STOP, Look.SOFTER, Look.CHECK_GLOVE, Look.SLOWER, Look.EASE_OFF)
    assert [look for look in warnings if "green" in TABLE[look].lights or look in GOOD] == []
    tones = {look: TABLE[look].sound.tone_hz for look in (Look.SOFTER, Look.SLOWER, Look.CHECK_GLOVE)}
    assert min(tones, key=tones.__getitem__) is Look.CHECK_GLOVE


# -- who speaks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("higher", "lower"), NEVER_TOGETHER)
def test_the_more_urgent_look_shows_alone(higher: Look, lower: Look) -> None:
    board = CueBoard()
    board.update(0.0, [lower, higher], forbid_good=False)
    assert list(board.since_s) == [higher]


def test_slower_is_seen_and_heard_beside_a_glove_that_is_not_whole() -> None:
    board = CueBoard()
    board.update(0.0, [Look.CHECK_GLOVE], forbid_good=True)
    board.update(3.0, [Look.CHECK_GLOVE, Look.SLOWER], forbid_good=True)
    levels = [board.levels(3 + i / 10) for i in range(8)]
    assert (list(board.since_s), [level.amber for level in levels], levels[0].tone_hz) == (
        [Look.CHECK_GLOVE, Look.SLOWER],
        [True, True, True, False, False, True, True, True],
        880.0,
    )


@pytest.mark.parametrize("praise", [Look.ENOUGH, Look.PLENTY])
def test_praise_stands_beside_the_hold(praise: Look) -> None:
    board = CueBoard()
    board.update(0.0, [praise, Look.HOLD, Look.WATCHING], forbid_good=False)
    assert (list(board.since_s), board.levels(0.1).green, board.levels(0.1).blue) == ([Look.HOLD, praise], True, True)


def test_a_warning_shows_for_at_least_0_7_s() -> None:
    told = play(CueBoard(), [(0, [Look.WATCHING]), (1, [Look.SLOWER]), (1.1, [Look.WATCHING])], 3)
    assert told == [(0, "watching"), (1, "slower"), (1.7, "watching")]


def test_check_glove_shows_for_at_least_2_s() -> None:
    told = play(CueBoard(), [(0, []), (1, [Look.CHECK_GLOVE]), (1.1, [])], 4)
    assert told == [(1, "check_glove"), (3, "dark")]


def test_a_more_urgent_look_need_not_wait() -> None:
    told = play(CueBoard(), [(0, [Look.HOLD]), (0.1, [Look.HOLD, Look.SOFTER]), (0.2, [Look.HOLD])], 2)
    assert told == [(0, "hold"), (0.1, "softer"), (0.8, "hold")]


def test_when_the_good_is_forbidden_it_goes_at_once() -> None:
    board = CueBoard()
    board.update(0.0, [Look.HOLD, Look.ENOUGH], forbid_good=False)
    changes = board.update(0.02, [Look.HOLD, Look.ENOUGH], forbid_good=True)
    levels = board.levels(0.02)
    assert (changes, levels.green, levels.blue) == ([(Look.HOLD, False), (Look.ENOUGH, False)], False, False)


def test_praise_that_a_warning_hid_does_not_come_after_it() -> None:
    board = CueBoard()
    board.update(0.0, [Look.SOFTER, Look.HOLD], forbid_good=False)
    board.say(Look.ENOUGH, 0.1)
    board.update(0.1, [Look.SOFTER, Look.HOLD], forbid_good=False)
    assert (board.update(1.0, [], forbid_good=False), list(board.since_s)) == ([(Look.SOFTER, False)], [])


@pytest.mark.parametrize("look", sorted(GOOD))
def test_nothing_good_begins_while_it_is_forbidden(look: Look) -> None:
    assert play(CueBoard(), [(0, [look])], 1, forbid_good=True) == []


def test_a_look_with_a_time_of_its_own_ends_by_itself() -> None:
    board = CueBoard()
    board.update(0.0, [Look.WATCHING], forbid_good=False)
    board.say(Look.LET_GO_EARLY, 0.0)
    assert play(board, [(0, [Look.WATCHING])], 4) == [(0, "let_go_early"), (2, "watching")]


def test_said_without_a_time_of_its_own_it_is_seen_for_0_7_s() -> None:
    board = CueBoard()
    board.say(Look.SLOWER, 0.0)
    assert play(board, [(0, [])], 2) == [(0, "slower"), (0.7, "dark")]


@pytest.mark.parametrize("wanted", [[], [Look.SOFTER]], ids=["alone", "under a warning"])
def test_said_again_while_it_shows_it_still_begins_and_ends_in_turn(wanted: list[Look]) -> None:
    board, changes = CueBoard(), []
    for t_s in (0.0, 0.5):
        board.say(Look.NEXT, t_s)
        changes += board.update(t_s, wanted if t_s else [], forbid_good=False)
    changes += board.update(5.0, [], forbid_good=True)
    turns = [on for look, on in changes if look is Look.NEXT]
    assert turns == [True, False] * (len(turns) // 2)


@pytest.mark.parametrize("look", Look)
def test_only_what_says_that_all_is_well_is_forbidden(look: Look) -> None:
    board = CueBoard()
    board.update(0.0, [look], forbid_good=True)
    assert (look in board.since_s) is (
        look in {"stop", "softer", "check_glove", "slower", "gentler", "calmer", "ease_off"}
    )


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        (Look.ENOUGH, []),
        (Look.PLENTY, []),
        (Look.NEXT, [(0.7, 1.4)]),
        (Look.LET_GO_EARLY, [(0.7, 2.0)]),
    ],
)
def test_what_was_said_under_a_warning_is_told_after_it_but_praise_is_not(look: Look, shown: Spans) -> None:
    board, seen = CueBoard(), []
    board.say(look, 0.0)
    for i in range(150):
        board.update(i / 50, [Look.SOFTER] if i < 25 else [], forbid_good=False)
        seen += [look in board.since_s] * 2
    assert spans(seen) == shown


def test_a_look_ends_at_its_time_at_any_time_of_a_session() -> None:
    for i in range(500):
        board, t_s = CueBoard(), round(i * 0.02, 6)
        board.say(Look.LET_GO_EARLY, t_s)
        board.update(t_s, [], forbid_good=False)
        board.update(round(t_s + 1.98, 6), [], forbid_good=False)
        assert list(board.since_s) == [Look.LET_GO_EARLY], t_s
        assert board.update(round(t_s + 2.0, 6), [Look.SLOWER], forbid_good=False)[0] == (Look.LET_GO_EARLY, False), t_s
        board.update(round(t_s + 2.68, 6), [], forbid_good=False)
        assert list(board.since_s) == [Look.SLOWER], t_s
        assert board.update(round(t_s + 2.7, 6), [], forbid_good=False) == [(Look.SLOWER, False)], t_s


# -- lights and sounds over time ----------------------------------------------------------------------------


def test_softer_is_two_red_flashes_a_second() -> None:
    board = CueBoard()
    board.update(0.0, [Look.SOFTER], forbid_good=False)
    red = [board.levels(i / 100).red for i in range(200)]
    assert red == ([True] * 25 + [False] * 25) * 4


def test_watching_is_a_heartbeat_of_a_tenth_every_two_seconds() -> None:
    board = CueBoard()
    board.update(0.0, [Look.WATCHING], forbid_good=False)
    assert [i / 100 for i in range(600) if board.levels(i / 100).green] == [
        begin + i / 100 for begin in (0, 2, 4) for i in range(10)
    ]


def test_a_hold_is_steady_blue_and_silent() -> None:
    board = CueBoard()
    board.update(0.0, [Look.HOLD], forbid_good=False)
    assert {board.levels(i / 10) for i in range(100)} == {Levels(blue=True)}


def test_with_nothing_to_say_it_is_dark_and_silent() -> None:
    assert CueBoard().levels(1.0) == DARK


def test_slower_is_three_short_pulses_once_in_5_s() -> None:
    assert [t_s for t_s, _ in heard([(0, [Look.SLOWER])], 7)] == [
        pytest.approx(begin + pulse, abs=0.011) for begin in (0, 5) for pulse in (0, 0.22, 0.44)
    ]


def test_the_same_warning_again_within_5_s_is_seen_but_not_heard() -> None:
    wishes: list[Step] = [(0, [Look.CHECK_GLOVE]), (2, []), (3, [Look.CHECK_GLOVE]), (5.5, []), (6, [Look.CHECK_GLOVE])]
    assert [t_s for t_s, _ in heard(wishes, 8)] == [0, 6]


@pytest.mark.parametrize(("again_s", "sounds_s"), [(13, [10]), (15, [10, 15])])
def test_a_warning_that_comes_back_sounds_when_5_s_are_over_at_any_time_of_a_session(
    again_s: float, sounds_s: list[float]
) -> None:
    wishes: list[Step] = [(0, []), (10, [Look.CHECK_GLOVE]), (12, []), (again_s, [Look.CHECK_GLOVE])]
    assert [t_s for t_s, _ in heard(wishes, 18)] == sounds_s


def test_of_two_warnings_that_come_at_once_the_higher_is_heard() -> None:
    assert [tone for _, tone in heard([(0, [Look.SLOWER, Look.SOFTER])], 3)] == [988.0] * 5


@pytest.mark.parametrize(("higher_s", "at_once"), [(0.04, False), (0.06, True)])
def test_a_higher_warning_waits_for_a_pause_of_60_ms_only_where_there_was_none(higher_s: float, at_once: bool) -> None:
    board = CueBoard()
    board.update(0.0, [Look.SLOWER], forbid_good=False)
    first_hz = board.levels(0.0).tone_hz
    board.update(higher_s, [Look.SLOWER, Look.SOFTER], forbid_good=False)
    assert (first_hz, board.levels(higher_s).tone_hz) == (880.0, 988.0 if at_once else None)
    assert board.levels(higher_s + 0.061).tone_hz == 988.0


def test_slower_beside_check_glove_blinks_from_its_own_beginning() -> None:
    board, amber = CueBoard(), []
    for i in range(0, 200, 2):
        board.update(i / 100, [Look.CHECK_GLOVE, *([Look.SLOWER] if i >= 30 else [])], forbid_good=False)
        amber += [board.levels(i / 100).amber, board.levels(i / 100 + 0.01).amber]
    assert spans(amber) == [(0, 0.55), (0.8, 1.05), (1.3, 1.55), (1.8, 2.0)]


def test_a_warning_that_came_back_too_soon_sounds_when_the_5_s_are_over() -> None:
    wishes: list[Step] = [(0, [Look.SLOWER]), (1, []), (3, [Look.SLOWER])]
    assert [t_s for t_s, _ in heard(wishes, 6)][3] == 5


def test_a_higher_warning_always_sounds_and_cuts_the_lower_short() -> None:
    tones = [tone for _, tone in heard([(0, [Look.SLOWER]), (0.3, [Look.SLOWER, Look.SOFTER])], 3)]
    assert tones == [880.0, 880.0, *[988.0] * 5]


def test_praise_sounds_every_time() -> None:
    board, tones = CueBoard(), []
    for t_s in (0.0, 3.0):
        board.say(Look.ENOUGH, t_s)
        board.update(t_s, [], forbid_good=False)
        tones.append(board.levels(t_s).tone_hz)
        board.update(t_s + 2.5, [], forbid_good=False)
    assert tones == [659.0, 659.0]


def test_a_sound_goes_on_to_its_end_when_its_look_is_over() -> None:
    wishes: list[Step] = [(0, [Look.SOFTER]), (0.1, [])]
    # Five pulses take 1.08 s, and the light is over after 0.7 s.
    assert len(heard(wishes, 3)) == 5


WISHES = st.lists(
    st.tuples(st.integers(1, 60), st.sets(st.sampled_from(list(Look)), max_size=3), st.sampled_from([None, *Look])),
    min_size=1,
    max_size=12,
)
TIMED = frozenset({Look.EASE_OFF, Look.LET_GO_EARLY, Look.ENOUGH, Look.PLENTY, Look.NEXT})


@PROPERTY
@given(wishes=WISHES)
def test_whatever_is_wished_no_light_flashes_more_than_three_times_a_second(
    wishes: list[tuple[int, set[Look], Look | None]],
) -> None:
    board, i, lit, flashes = CueBoard(), 0, DARK, []
    for ticks, wanted, said in wishes:
        if said in TIMED:
            board.say(said, i / 50)
        for _ in range(ticks):
            board.update(i / 50, sorted(wanted - TIMED), forbid_good=False)
            now = board.levels(i / 50)
            flashes += [
                (i / 50, light)
                for light in ("green", "amber", "blue", "red")
                if getattr(now, light) and not getattr(lit, light)
            ]
            lit, i = now, i + 1
    crowded = [
        (t_s, light)
        for t_s, light in flashes
        if sum(other == light and t_s - 1 < at_s <= t_s for at_s, other in flashes) > 3
    ]
    assert crowded == []


@PROPERTY
@given(wishes=WISHES)
def test_whatever_is_wished_a_look_begins_and_ends_in_turn_and_the_most_urgent_shows(
    wishes: list[tuple[int, set[Look], Look | None]],
) -> None:
    board, i, on_now = CueBoard(), 0, set()
    for ticks, wanted, _ in wishes:
        for _ in range(ticks):
            for look, on in board.update(i / 50, sorted(wanted), forbid_good=False):
                assert on is (look not in on_now)
                on_now ^= {look}
            i += 1
            assert on_now == set(board.since_s)
            assert all(pair in TOGETHER or pair[0] in PRAISE for pair in combinations(sorted(on_now, key=ORDER), 2))
            rank = list(Look).index
            assert not wanted or min(map(rank, on_now)) <= min(map(rank, wanted))


def test_red_and_amber_blink_in_step() -> None:
    """Out of step they would be four flashes a second."""
    board = CueBoard()
    board.update(0.0, [Look.SLOWER], forbid_good=False)
    board.update(0.2, [Look.SOFTER, Look.SLOWER], forbid_good=False)
    levels = [board.levels(0.7 + i / 50) for i in range(100)]
    assert {(level.red, level.amber) for level in levels} == {(True, True), (False, False)}


@pytest.mark.parametrize("begins_s", [0.02, 0.2, 0.3, 0.52, 0.7, 0.8, 0.98])
def test_amber_is_seen_three_times_in_a_second_at_most_whenever_red_comes(begins_s: float) -> None:
    board, amber = CueBoard(), list[bool]()
    for i in range(150):
        wanted = [Look.SOFTER, Look.SLOWER] if i / 50 >= begins_s else [Look.SLOWER]
        board.update(i / 50, wanted, forbid_good=False)
        levels = board.levels(i / 50)
        amber.append(levels.amber)
        since_red_s = i / 50 - begins_s
        assert levels.red or not 0 <= since_red_s < 0.24, "red does not wait"
        assert not (levels.amber and 0 <= since_red_s < 0.48), "the first flash is red's alone"
    rises_s = [i / 50 for i in range(1, 150) if amber[i] and not amber[i - 1]]
    assert all(fourth - first > 1.2 for first, fourth in zip([0.0, *rises_s], [0.0, *rises_s][3:], strict=False))


@pytest.mark.parametrize(("look", "tone_hz", "first"), [(Look.SOFTER, 988.0, 10), (Look.STOP, 523.0, 24)])
def test_a_tone_that_cuts_another_short_begins_after_a_pause(look: Look, tone_hz: float, first: int) -> None:
    board, tones = CueBoard(), []
    for i in range(50):
        t_s = i / 100
        board.update(t_s, [look] if t_s >= 0.2 else [Look.CHECK_GLOVE], forbid_good=True)
        tones.append(board.levels(t_s).tone_hz)
    assert tones[:20] == [392.0] * 20
    assert tones[20:25] == [None] * 5
    assert tones[26 : 26 + first] == [tone_hz] * first


# When each of these looks begins and ends, in seconds; the glove is at fault all the time in the first.
COMING_AND_GOING: list[dict[Look, Spans]] = [
    {Look.SOFTER: [(0.3, 1.0), (1.02, 1.72), (1.74, 2.44)]},
    {Look.CHECK_GLOVE: [(0.0, 9.0)], Look.SOFTER: [(0.22, 0.38)], Look.SLOWER: [(0.46, 0.6)]},
    {Look.SLOWER: [(0.2, 0.54), (0.92, 1.36)], Look.SOFTER: [(0.24, 0.96)], Look.CHECK_GLOVE: [(1.26, 1.74)]},
]


@pytest.mark.parametrize("when", COMING_AND_GOING)
def test_a_light_that_several_looks_share_goes_on_three_times_in_a_second_at_most(when: dict[Look, Spans]) -> None:
    board, amber, red = CueBoard(), [False], [False]
    for i in range(150):
        t_s = i / 50
        wanted = [look for look, spans in when.items() if any(begin <= t_s < end for begin, end in spans)]
        board.update(t_s, sorted(wanted, key=ORDER), forbid_good=True)
        levels = board.levels(t_s)
        amber.append(levels.amber)
        red.append(levels.red)
    flashes_s = [[i / 50 for i in range(150) if lit[i + 1] and not lit[i]] for lit in (amber, red)]
    assert max(map(len, flashes_s)) > 3
    assert all(fourth - first > 1.0 for at_s in flashes_s for first, fourth in zip(at_s, at_s[3:], strict=False))


def test_her_stop_waits_for_nothing() -> None:
    """Three flashes of red within a second, and when the third has gone out she says stop."""
    board, red = CueBoard(), []
    for i in range(60):
        t_s = i / 50
        look = Look.STOP if t_s >= 1.0 else Look.SOFTER
        board.update(t_s, [] if 0.68 <= t_s < 0.72 else [look], forbid_good=True)
        red.append(board.levels(t_s).red)
    assert (red[48:50], all(red[50:])) == ([True, False], True)


def test_a_light_does_not_wait_for_its_tone() -> None:
    board = CueBoard()
    board.update(0.0, [Look.CHECK_GLOVE], forbid_good=True)
    board.levels(0.0)
    board.update(0.02, [Look.SOFTER], forbid_good=True)
    levels = board.levels(0.02)
    assert (levels.red, levels.tone_hz) == (True, None)
