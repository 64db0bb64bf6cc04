"""The drawings of the wiring, each made of a board: a changed pin changes them. Board in, SVG out, and nothing else."""

from collections.abc import Callable
from importlib import import_module

from hardware.board import Board

# In the order in which a maker wants them, each with what it shows.
DRAWINGS = {
    "wiring": "who goes where, from the header to the pads",
    "glove-circuit": "the circuit on the glove",
    "box-circuit": "the circuit in the box",
    "connectors": "the plugs, pole by pole",
    "glove": "what lies where on the glove",
}


def drawn(name: str, board: Board) -> str:
    """Return one of `DRAWINGS` as SVG."""
    # Here and not above: schemdraw takes 40 ms to import, and only the circuits need it.
    draw: Callable[[Board], str] = import_module(f"hardware.drawings.{name.replace('-', '_')}").draw
    return draw(board)
