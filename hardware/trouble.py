"""The two ways in which hardware can fail: now and then while it runs, or not there from the start.

BusTrouble is data for the session (a dropout with its reason); NoHardware ends a start in one line.
"""


class BusTrouble(Exception):  # noqa: N818 - a word of the house, as in 'the bus is in trouble'
    """A sweep that failed: no reading, and why, in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StuckBus(BusTrouble):
    """All reads zero: something holds the data line low, and nine clocks may free it."""


class NoHardware(Exception):  # noqa: N818 - a word of the house: it says what is the matter
    """Something that must be there at the start is not: one line with the next step."""
