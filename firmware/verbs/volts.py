"""`paws volts`: what a meter shows at the glove, for whoever solders one."""

from typing import Any

import click
import msgspec

from firmware.home import divider_of, load_board, load_calibration
from firmware.leaflet import text_width
from firmware.options import json_option
from firmware.refusal import Refusal
from firmware.volts import Node, nodes_of, reference_of
from firmware.volts_page import table_lines
from firmware.volts_plot import volts_svg
from hardware.ads1115 import midpoint_limits_volt
from hardware.board import Board, Electronics
from hardware.settings import SettingsError, from_toml
from sensing.calibration import Calibration
from sensing.pads import OPEN_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U

# A Pi's 3.3 V rail is right within a tenth of a volt.
_BESIDE_VOLT = 0.1


@click.command("volts")
@click.option(
    "--supply",
    "asked_volt",
    type=float,
    multiple=True,
    metavar="VOLT",
    help="With this supply; may be given again.  [default: that of glove.toml, and a tenth of a volt beside it]",
)
@click.option("--svg", "as_svg", is_flag=True, help="Print a plot instead: volts over newtons, and the states.")
@click.option("--left/--right", "left", default=False, help="By which glove's calibration.  [default: right]")
@json_option
def command(asked_volt: tuple[float, ...], as_svg: bool, left: bool, as_json: bool) -> None:
    """Say what a meter shows at each pad's input, from an untouched pad to a shorted one, and at the supply's."""
    if as_svg and as_json:
        raise Refusal("--svg and --json are two ways to print - take one of them")
    board, calibration = load_board(), load_calibration(left=left)
    supplies_volt = _supplies(board, asked_volt)
    if as_json:
        click.echo(msgspec.json.encode(_facts(board, calibration, supplies_volt)))
    elif as_svg:
        click.echo(volts_svg(board, calibration, supplies_volt), nl=False)
    else:
        for line in table_lines(board, calibration, supplies_volt, text_width()):
            click.echo(line)


def _supplies(board: Board, asked_volt: tuple[float, ...]) -> tuple[float, ...]:
    """Return the supplies to show, rising: those that were asked for, or the board's own and what is beside it."""
    try:
        if asked_volt:
            return tuple(sorted({_possible(volt) for volt in asked_volt}))
    except SettingsError as error:
        raise Refusal(f"--supply: {error}") from None
    own_volt = board.electronics.supply_volt
    return tuple(volt for volt in (own_volt - _BESIDE_VOLT, own_volt, own_volt + _BESIDE_VOLT) if _is_possible(volt))


def _possible(volt: float) -> float:
    """Return a supply that glove.toml would take; the limit stands there."""
    return from_toml(f"supply_volt = {volt!r}", Electronics()).supply_volt


def _is_possible(volt: float) -> bool:
    try:
        _possible(volt)
    except SettingsError:
        return False
    return True


def _facts(board: Board, calibration: Calibration, supplies_volt: tuple[float, ...]) -> dict[str, Any]:
    divider, (low_volt, high_volt) = divider_of(board), midpoint_limits_volt(board)
    return {
        "calibration": calibration.made_on,
        "limits_u": {
            "open_below": OPEN_BELOW_U,
            "untouched_below": UNTOUCHED_BELOW_U,
            "over_above": OVER_ABOVE_U,
            "short_above": SHORT_ABOVE_U,
        },
        "pads": [
            {
                "pad": pad,
                "input": getattr(board.pads, pad),
                "nodes": [_node(node, supplies_volt) for node in nodes_of(divider, table)],
            }
            for pad, table in calibration.pads
        ],
        "supply": {
            "input": board.pads.supply,
            "read_from_volt": low_volt,
            "read_to_volt": high_volt,
            "nodes": [reference_of(board, volt) for volt in supplies_volt],
        },
    }


def _node(node: Node, supplies_volt: tuple[float, ...]) -> dict[str, Any]:
    volts = [
        {"supply_volt": supply, "volt": node.u * supply, "above_volt": node.above_u * supply}
        for supply in supplies_volt
    ]
    return {
        "situation": node.situation,
        "u": node.u,
        "state": node.state,
        "newton": node.newton,
        "is_right": node.is_right,
        "at": volts,
    }
