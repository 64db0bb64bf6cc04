"""Chance, seeded: standard normal numbers one at a time, drawn from numpy in blocks.

A block at a time costs 30 ns a number; asking numpy for each would cost a microsecond.
"""

from collections.abc import Iterator

import numpy as np

_BLOCK = 4096


def normals(seed: int) -> Iterator[float]:
    """Yield standard normal numbers for ever; the same ones for the same seed."""
    rng = np.random.default_rng(seed)
    while True:
        yield from rng.standard_normal(_BLOCK).tolist()
