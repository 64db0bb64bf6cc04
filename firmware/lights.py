"""What the loop wants of its lights: levels go out at the end of each judged tick, words of the buttons come in."""

from collections.abc import Sequence
from typing import Protocol

from coach.cues import Levels
from sensing.inputs import MarkWord


class Lights(Protocol):
    """What a session needs of its lights and buttons."""

    @property
    def are_lost(self) -> bool:
        """Whether nothing can be shown."""

    def show(self, levels: Levels) -> None:
        """Show that while the lease runs, counted from the tick's begin; to be called once the tick is judged."""

    def words(self) -> Sequence[MarkWord]:
        """Return what the buttons said since the last call; to be called at the begin of each tick."""

    def close(self) -> None:
        """Turn everything off; closing twice is allowed."""
