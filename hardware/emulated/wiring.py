"""What a maker's mistakes make of the plan: another circuit around the pads, another board, another address.

Those that hold the bus, and the button of the wrong kind, work in time; they are in `harm.py`.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import inf

from msgspec import structs

from hardware.board import Board, Electronics
from hardware.emulated.circuit import Circuit
from hardware.emulated.faults import Fault

# The resistor that lies beside the right one in every box: it is the one of buttons and of the supply's divider.
_MISTAKEN_OHM = 10_000.0


def mistakes_of(faults: Iterable[Fault]) -> frozenset[str]:
    """Return which mistakes are among the faults."""
    return frozenset(fault.kind for fault in faults if fault.part == "wiring")


def built_circuit(electronics: Electronics, mistakes: frozenset[str]) -> Circuit:
    """Return the circuit around the pads with these mistakes in it."""
    circuit = Circuit.of(electronics)
    _, palm_ohm, fingers_ohm = circuit.fixed_ohm
    _, palm_bias_ohm, fingers_bias_ohm = circuit.bias_ohm
    if "10 kohm" in mistakes:
        circuit = replace(circuit, fixed_ohm=(_MISTAKEN_OHM, palm_ohm, fingers_ohm))
    if "resistors exchanged" in mistakes:
        circuit = replace(
            circuit,
            fixed_ohm=(electronics.series_ohm, palm_ohm, fingers_ohm),
            series_ohm=(electronics.fixed_ohm, *circuit.series_ohm[1:]),
        )
    if "no bias" in mistakes:
        circuit = replace(circuit, bias_ohm=(inf, palm_bias_ohm, fingers_bias_ohm))
    if "one series resistor" in mistakes:
        circuit = replace(circuit, series_ohm=(0.0, 0.0, 0.0), shared_ohm=electronics.series_ohm)
    if "pads joined" in mistakes:
        circuit = replace(circuit, joined=("heel", "palm"))
    return circuit


def built_board(board: Board, mistakes: frozenset[str]) -> Board:
    """Return on which channels and pins pads and lights really are."""
    pads, lights = board.pads, board.lights
    if "pads swapped" in mistakes:
        pads = structs.replace(pads, heel=pads.palm, palm=pads.heel)
    if "lights swapped" in mistakes:
        lights = structs.replace(lights, amber=lights.blue, blue=lights.amber)
    return structs.replace(board, pads=pads, lights=lights)


def built_address(board: Board, address: int, mistakes: frozenset[str]) -> int:
    """Return at which of the board's two addresses a chip is that should be at this one."""
    if "other address" not in mistakes:
        return address
    return board.adc.left_address if address == board.adc.right_address else board.adc.right_address
