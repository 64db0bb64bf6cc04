"""What is said before the first stroke: nothing of the list is missing, and each of it has whom to ask or call."""

from itertools import chain

import pytest

from coach.before import (
    AID,
    BEGINNING,
    CAN_WAIT,
    LEAFLET,
    NEVER,
    NUMBERS,
    POSITION_NAMES,
    POSITIONS,
    READ_FIRST,
    RED_FLAGS,
    STAYS_OFF,
    TITLE,
    TODAY,
    WAITS_WITH,
    Whom,
)

# The strict one of the public lists, each by the words in which we ask for it, and whom it is for.
STRICT: dict[str, Whom] = {
    "heavy bleeding": "emergency",
    "pain in the belly that does not go away": "emergency",
    "chest": "emergency",
    "trouble breathing": "emergency",
    "any bleeding": "maternity",
    "fluid leaking": "maternity",
    "moves less, or differently": "maternity",
    "cramps": "maternity",
    "headache": "maternity",
    "trouble seeing": "maternity",
    "sudden swelling": "maternity",
    "swollen face or hands": "maternity",
    "one leg swollen, hot, red or painful": "maternity",
    "fever": "maternity",
    "itching palms or soles": "maternity",
    "bad pain that is new": "maternity",
    "blood thinners": "ask first",
    "blood clot": "ask first",
    "pre-eclampsia": "ask first",
    "placenta praevia": "ask first",
    "placenta that came loose": "ask first",
    "less than 12 weeks": "ask first",
    "complicated pregnancy": "ask first",
}
# In which word of the one line of later times each flag is found again.
FOUND_IN = {
    "bleeding": ("heavy bleeding", "any bleeding"),
    "fluid": ("fluid leaking",),
    "pain": ("pain in the belly", "pain in the chest", "any other bad pain"),
    "cramps": ("cramps",),
    "fever": ("fever",),
    "swelling": ("sudden swelling", "one leg swollen"),
    "itching": ("itching",),
    "headache": ("headache",),
    "trouble seeing or breathing": ("trouble seeing", "trouble breathing"),
    "fewer movements": ("moves less",),
    "news from the midwife": ("blood thinners", "pre-eclampsia", "placenta praevia", "complicated", "12 weeks"),
}
# A voice that is tired reads this many words aloud in a minute.
WORDS_PER_MIN = 150
TEXTS = [
    *(text for flags in RED_FLAGS for text in (flags.asks, *flags.flags, flags.to_do, flags.more)),
    *(TODAY, WAITS_WITH, CAN_WAIT, NEVER, AID, READ_FIRST, TITLE, *NUMBERS),
    *chain(*POSITIONS.values(), STAYS_OFF, BEGINNING),
    *(text for section in LEAFLET for text in (section.heading, *section.lines)),
]
ALL = " ".join(TEXTS)
PARTS = {section.heading: section.lines for section in LEAFLET}


@pytest.mark.parametrize("flag", STRICT)
def test_each_red_flag_has_whom_to_ask_or_call(flag: str) -> None:
    assert [flags.whom for flags in RED_FLAGS if any(flag in words for words in flags.flags)] == [STRICT[flag]]


def test_nothing_is_asked_for_that_the_list_does_not_have() -> None:
    asked = [words for flags in RED_FLAGS for words in flags.flags]
    assert [words for words in asked if not any(flag in words for flag in STRICT)] == []


def test_the_most_urgent_comes_first_and_each_says_what_to_do() -> None:
    assert [(flags.whom, flags.to_do) for flags in RED_FLAGS] == [
        ("emergency", "Call the emergency number now"),
        ("maternity", "Call the maternity unit or the midwife now"),
        ("ask first", "Ask the midwife or caregiver before any session"),
    ]


def test_with_blood_thinners_or_a_clot_there_is_no_pressure_at_all() -> None:
    assert RED_FLAGS[2].more == "With blood thinners or a blood clot: no pressure at all."


def test_the_whole_list_is_read_aloud_in_less_than_a_minute() -> None:
    words = " ".join(text for flags in RED_FLAGS for text in (flags.asks, *flags.flags)).split()
    assert len(words) < WORDS_PER_MIN


def test_the_line_of_later_times_leaves_nothing_of_the_list_out() -> None:
    assert [word for word in FOUND_IN if word not in TODAY] == []
    found = tuple(chain(*FOUND_IN.values()))
    asked = [words for flags in RED_FLAGS for words in flags.flags]
    assert [words for words in asked if not any(flag in words for flag in found)] == []
    assert len(TODAY.split()) < WORDS_PER_MIN / 4


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (POSITIONS["side-lying"], ("on her side", "pillows between the knees and under the belly", "hip that is up")),
        (POSITIONS["seated"], ("on a stool", "astride a kitchen chair, leaning forward")),
        ((NEVER,), ("flat on her back or face down",)),
        (STAYS_OFF, ("inner thigh", "back of the leg", "calf", "sacrum", "broad palm only", "37 or 38 weeks")),
        (BEGINNING, ("hand away", "its zero", "press each pad once", "heel, palm, fingers", "Green comes after")),
        (PARTS["The massage"], ("Soft hands", "Lean in slowly", "with her", "30 to 60 seconds", "sacrum", "Let go")),
    ],
)
def test_how_it_is_done_is_said(lines: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in " ".join(lines)] == []


def test_the_leaflet_has_every_part() -> None:
    assert list(PARTS) == [
        "Lying on her side",
        "Or sitting",
        "Where the glove stays off",
        "Power, and the glove itself",
        "How it begins",
        "The massage",
        "Her button",
        "Sound and light",
        "When to stop",
        "What nobody has looked over yet",
    ]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            "Power, and the glove itself",
            ("power bank only", "nothing is plugged in", "plug goes in first", "No battery"),
        ),
        (
            "Power, and the glove itself",
            ("insulated twice", "fuse", "metal shows", "Sweat", "Dry it after each use", "warm"),
        ),
        ("The massage", ("Twenty minutes a side at most", "pause every five")),
        ("Her button", ("cannot feel what she feels", "Her word comes first")),
        ("Sound and light", ("not on the bump, nor on the bed frame", "at the start", "three times", "seizure")),
        ("When to stop", ("faint", "left side", "nothing is lit", "turns in bed or stands on one leg", "astride")),
        ("What nobody has looked over yet", ("midwife or prenatal therapist", "our choice", "65 dBA", "not measured")),
    ],
)
def test_what_the_glove_asks_for_is_said(part: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in " ".join(PARTS[part])] == []


def test_both_positions_have_a_name_and_words() -> None:
    assert list(POSITION_NAMES) == list(POSITIONS) == ["side-lying", "seated"]


@pytest.mark.parametrize("word", ["!", "must", "danger", "risk", "heal", "relieve", "cure", "therapy ", "safe "])
def test_no_alarm_no_command_and_no_promise(word: str) -> None:
    assert word not in ALL.lower()
