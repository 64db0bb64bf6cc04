"""The force over a whole session in a fixed number of columns, however long the session grows."""

from .events import ForceSeen

# Twice what the widest page shows, and less than a kilobyte.
COLUMNS = 128


class Picture:
    """Peak force per column; when the columns are full, neighbours are joined and each stands for twice as long."""

    def __init__(self) -> None:
        self.column_s = 1.0
        self._peaks: list[float | None] = []

    def feed(self, event: ForceSeen) -> None:
        """Add the force of one second."""
        column = int(event.from_s / self.column_s)
        while column >= COLUMNS:
            self._join()
            column //= 2
        self._peaks.extend([None] * (column + 1 - len(self._peaks)))
        if event.mean_newton is not None:
            self._peaks[column] = max(event.mean_newton, self._peaks[column] or 0.0)

    def _join(self) -> None:
        self.column_s *= 2
        pairs = zip(self._peaks[::2], [*self._peaks[1::2], None], strict=False)
        self._peaks = [_higher(first, second) for first, second in pairs]

    @property
    def newtons(self) -> tuple[float | None, ...]:
        """The columns, from the start; None where no force was known."""
        return tuple(self._peaks)


def _higher(first: float | None, second: float | None) -> float | None:
    if first is None or second is None:
        return second if first is None else first
    return max(first, second)
