"""The lists of a page: the first ones are kept, however long the session grows."""

from typing import TypeVar

T = TypeVar("T")

# A page shows a dozen; beyond this many a list only costs memory. The counts go on.
LISTED_AT_MOST = 200


def put(items: list[T], item: T) -> None:
    """Add an item while there is room."""
    if len(items) < LISTED_AT_MOST:
        items.append(item)
