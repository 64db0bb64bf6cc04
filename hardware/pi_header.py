"""The 40-pin header of a Raspberry Pi: what each pin is, by its place on the board.

Pins are counted as they lie: odd ones in one row, even ones in the other. BCM is the number that programs use, GPIO17
for one. The same on every Pi since 2014 (documentation of Raspberry Pi, "GPIO and the 40-pin header").
"""

VOLT_3 = "3.3 V"
VOLT_5 = "5 V"
GROUND = "ground"

# As they lie, with pin 1 first: the number of a BCM pin, or what else it is.
_ROWS: tuple[tuple[int | str, int | str], ...] = (
    (VOLT_3, VOLT_5),
    (2, VOLT_5),
    (3, GROUND),
    (4, 14),
    (GROUND, 15),
    (17, 18),
    (27, GROUND),
    (22, 23),
    (VOLT_3, 24),
    (10, GROUND),
    (9, 25),
    (11, 8),
    (GROUND, 7),
    # Meant for the memory of add-on boards, and free where there is none.
    (0, 1),
    (5, GROUND),
    (6, 12),
    (13, GROUND),
    (19, 16),
    (26, 20),
    (GROUND, 21),
)
_AT = dict(enumerate((what for row in _ROWS for what in row), start=1))
PINS = len(_AT)
BCM_AT = {pin: what for pin, what in _AT.items() if isinstance(what, int)}
PIN_OF_BCM = {bcm: pin for pin, bcm in BCM_AT.items()}


def name_of(pin: int) -> str:
    """Return what a header pin is called: `GPIO17`, `3.3 V`, `5 V` or `ground`."""
    what = _AT[pin]
    return what if isinstance(what, str) else f"GPIO{what}"
