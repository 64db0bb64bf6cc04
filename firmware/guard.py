"""What the guardian shows: what the loop says while its lease runs, and her word at once, whatever the loop does.

Pure: time and buttons come in, levels and words go out. The process around it is `guardian.py`.
"""

from dataclasses import replace
from math import inf

from coach.cues import DARK, STOP_SHOWS_S, CueBoard, Levels, Look
from coach.her_words import SURE_AFTER_S
from sensing.inputs import MarkWord

from .buttons import MamasButton, PartnersButton

# From the end of one judged tick to that of the next are 20 ms. Half a second without one is a loop that hangs, and
# then nothing may be lit that says otherwise.
LEASE_S = 0.5
# A contact is down for 50 ms at the least; so no press is missed, and hers shows within 100 ms.
POLL_S = 0.010


class Guard:
    """The lease, her button, and the latch of her stop.

    Attributes:
        words: All that the buttons said so far, oldest first.
        lease_ends_s: When what the loop said last lights nothing any more.
    """

    def __init__(self) -> None:
        self.words: list[MarkWord] = []
        self._mama, self._partner = MamasButton(), PartnersButton()
        self._said = DARK
        self.lease_ends_s = -inf
        # Her word, shown here until the loop has heard it.
        self._hers: CueBoard | None = None
        self._ends_s = inf
        self._is_stopped = False

    def feed(self, t_s: float, *, mama_down: bool, partner_down: bool) -> None:
        """Take the levels of both buttons."""
        her_word = self._mama.feed(t_s, mama_down)
        for word in (her_word, self._partner.feed(t_s, partner_down)):
            if word is not None:
                self.words.append(word)
        if self._is_stopped:
            return
        if her_word == "stop":
            self._is_stopped = True
            self._show_hers(t_s, Look.STOP, STOP_SHOWS_S)
        elif her_word == "too_much":
            self._show_hers(t_s, Look.SOFTER, SURE_AFTER_S)
        elif her_word == "just_right":
            self._hers = None

    def _show_hers(self, t_s: float, look: Look, lasts_s: float) -> None:
        self._hers = CueBoard()
        self._hers.update(t_s, [look], forbid_good=True)
        self._ends_s = t_s + lasts_s

    def take(self, of_s: float, said: Levels, heard: int) -> None:
        """Take what the loop says at the end of a judged tick; that renews the lease.

        Args:
            of_s: When the tick began. The lease counts from then, so that what is old lights nothing.
            said: The lights and the tone.
            heard: How many of the words the loop has judged.
        """
        self._said = said
        self.lease_ends_s = of_s + LEASE_S
        # What she said is in the levels now. Her stop is not given back.
        if heard >= len(self.words) and not self._is_stopped:
            self._hers = None

    def levels(self, t_s: float) -> Levels:
        """Return what shows at that time."""
        is_leased = t_s < self.lease_ends_s
        if self._hers is not None and t_s < self._ends_s:
            hers = self._hers.levels(t_s)
            # An amber that blinks goes on: to go out for a tick would be one flash more.
            return replace(hers, amber=is_leased and self._said.amber and not self._is_stopped)
        if self._is_stopped or not is_leased:
            return DARK
        return self._said
