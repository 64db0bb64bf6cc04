"""What is said before the first stroke: the questions, how to lie or sit, where the glove stays off, how to begin.

Each text stands here once; the dialogue and the leaflet set it in lines. The questions are the strict one of the
public lists, which differ. Read aloud they take less than a minute. All of it is to be seen by a midwife or a
prenatal therapist.
"""

from typing import Final, Literal

from msgspec import Struct

# What was asked before a session: the whole list, the one line of later times, or nobody was there to answer.
Asked = Literal["list", "line", "nobody"]
Position = Literal["side-lying", "seated"]
Whom = Literal["emergency", "maternity", "ask first"]


class RedFlags(Struct, frozen=True):
    """One question of the list: a yes to any of its flags has the same answer.

    Attributes:
        whom: Who is to be asked or called.
        asks: The question.
        flags: What it asks for.
        to_do: The answer to a yes.
        more: What is to be said beside it; empty where nothing is.
    """

    whom: Whom
    asks: str
    flags: tuple[str, ...]
    to_do: str
    more: str = ""


RED_FLAGS: Final = (
    # When to call the midwife (uhb.nhs.uk); chest and breath are our choice.
    RedFlags(
        "emergency",
        "Is there any of this now?",
        ("heavy bleeding", "pain in the belly that does not go away", "pain in the chest, or trouble breathing"),
        "Call the emergency number now",
    ),
    # The same, and what a massage waits for (therapeuticmassageandskincarecenter.com after Massage Therapy Journal).
    RedFlags(
        "maternity",
        "Or any of this, today or in the last few days?",
        (
            "any bleeding, or fluid leaking",
            "the baby moves less, or differently",
            "cramps in the belly or the pelvis",
            "a bad headache, or trouble seeing",
            "sudden swelling, or a swollen face or hands",
            "one leg swollen, hot, red or painful",
            "fever",
            "itching palms or soles",
            "any other bad pain that is new",
        ),
        "Call the maternity unit or the midwife now",
    ),
    # What trials of massage in pregnancy left out (PMC8396946), and blood clots (modiged.com, lesliestager.com).
    RedFlags(
        "ask first",
        "Is any of this so?",
        (
            "blood thinners, or a blood clot, now or before",
            "pre-eclampsia",
            "placenta praevia (a low placenta), or a placenta that came loose",
            "less than 12 weeks pregnant",
            "a complicated pregnancy, and the midwife has not said yes to massage",
        ),
        "Ask the midwife or caregiver before any session",
        "With blood thinners or a blood clot: no pressure at all.",
    ),
)
WAITS_WITH: Final = "With any of this the massage waits for another day:"
TODAY: Final = (
    "Is anything new today: bleeding or fluid, pain or cramps, fever, swelling, itching, headache, trouble seeing or "
    "breathing, fewer movements, or news from the midwife?"
)
# Left blank on paper: where one calls differs from place to place, and in need nobody wants to search.
NUMBERS: Final = ("Emergency number", "Maternity unit", "Midwife")
CAN_WAIT: Final = "The massage can wait for another day."

POSITIONS: Final[dict[Position, tuple[str, ...]]] = {
    "side-lying": (
        "She lies on her side, with pillows between the knees and under the belly.",
        "The hip that is up is the one for your hands; when she likes, she turns over for the other.",
    ),
    "seated": (
        "She sits on a stool, or astride a kitchen chair, leaning forward on its back; a pillow there is welcome.",
        "You are behind her, and both hips are within reach.",
    ),
}
POSITION_NAMES: Final[dict[Position, str]] = {"side-lying": "lying on her side", "seated": "sitting"}
# Our choice for all weeks: flat on the back is given up after about 12 to 22 weeks, depending on whom one asks.
NEVER: Final = "Never flat on her back or face down. She moves whenever she likes."

STAYS_OFF: Final = (
    "The glove stays off the belly, the inner thigh, the back of the leg and the calf.",
    "On the sacrum, the flat bone at the foot of the spine: the broad palm only, no poking.",
    "Before 37 or 38 weeks, ask the midwife about the sacrum.",
)
BEGINNING: Final = (
    "Keep the hand away for the first two seconds: each light shows once, and the glove takes its zero.",
    "Then press each pad once, on your own knee if you like: heel, palm, fingers. Green comes after that.",
)


class Section(Struct, frozen=True):
    """A part of the leaflet: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


TITLE: Final = "Kittypaws: before the first stroke"
AID: Final = "A comfort aid, not a medical device."
READ_FIRST: Final = "A midwife or prenatal therapist should read this page before the first use."
LEAFLET: Final = (
    Section("Lying on her side", POSITIONS["side-lying"]),
    Section("Or sitting", (*POSITIONS["seated"], NEVER)),
    Section("Where the glove stays off", STAYS_OFF),
    # Chargers may let a current through that a body should not have (IEC 60601-1 allows less than they do).
    Section(
        "Power, and the glove itself",
        (
            "From a power bank only, kept in a pocket.",
            "While the glove is worn nothing is plugged in: no charger (nor at the power bank), screen or other cable.",
            "The glove's plug goes in first, then the power bank's.",
            "No battery goes into the glove. Each joint in it is insulated twice, and a small fuse guards its wire.",
            "Where metal shows or a seam is open, the glove stays off until it is mended.",
            "Sweat or oil in it feels like force: take it off and let it dry. Dry it after each use, too.",
            "When the box, the power bank or the glove grows warm, unplug the power bank.",
        ),
    ),
    Section("How it begins", BEGINNING),
    Section(
        "The massage",
        (
            "Soft hands: like a cat that paws a pillow.",
            "Lean in slowly, slower still where she is tight or sore.",
            "Find the spot with her: ask, and wait for the answer.",
            "Stay there, quite still, for 30 to 60 seconds.",
            "Spot by spot, from the sacrum to the top of the leg (the outer fold under the buttock), left and right.",
            "Let go as slowly as you leaned in.",
            # Our choice.
            "Twenty minutes a side at most, with a short pause every five: ask her, and let her move.",
        ),
    ),
    Section(
        "Her button",
        (
            'A press says "too much", two quick presses "just right", held for a second "stop".',
            "Try it at the start with two quick presses: red for a moment says only that it was heard.",
            "The glove cannot feel what she feels. Her word comes first, with the button or without.",
        ),
    ),
    # A sudden sound startles long before it harms (Obstet Gynecol Surv 1993); three flashes a second are the limit of
    # WCAG 2.3.1.
    Section(
        "Sound and light",
        (
            "The box with the buzzer stays on the partner: not on the bump, nor on the bed frame.",
            "Listen to its one tone at the start, away from her. If it startles you, put tape over the buzzer.",
            "No light flashes more than three times in a second.",
            "Whoever once had a seizure, or is troubled by flashing light, asks a doctor first.",
        ),
    ),
    Section(
        "When to stop",
        (
            "When she says so, when something hurts, or when anything of the list above comes up.",
            "When she feels faint or sweaty: stop, and let her roll onto her left side.",
            "When nothing is lit, the glove is not watching.",
            "Pain in the pelvis when she turns in bed or stands on one leg is for a physiotherapist.",
            "With such pain she does not sit astride, and her legs stay close together.",
        ),
    ),
    Section(
        "What nobody has looked over yet",
        (
            "By a midwife or prenatal therapist: the questions, the positions, the spots, and each word here.",
            "The limits are our choice: 20 N of force (12 N when sore), 30 to 60 seconds, twenty minutes a side.",
            "Nobody knows which force is too much in pregnancy.",
            "How loud it is at her ear was not measured; 65 dBA at most is the aim.",
            "What current a damp glove lets through was not measured either.",
            "No couple has used it yet: all of it was tried on an emulated glove.",
        ),
    ),
)
