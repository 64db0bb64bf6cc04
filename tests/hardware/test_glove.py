"""The whole emulated glove: hand, pads, chip, bus, the real driver, the real panel."""

from hardware.ads1115 import VOLT_PER_CODE, GloveAdc
from hardware.board import DEFAULT_BOARD, Board, Pads
from hardware.clock import SystemClock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import make_hand
from hardware.panel import Buttons
from tests.hardware.test_fsr import apparent_newton

Volts = tuple[float, float, float, float]


def session(name: str, seed: int, until_s: float, board: Board = DEFAULT_BOARD) -> list[Volts]:
    clock = VirtualClock()
    glove = EmulatedGlove(board, make_hand(name, seed), clock, seed)
    adc = GloveAdc(glove.bus, board.adc.right_address, board, clock)
    readings = []
    for tick in range(round(until_s * 50)):
        clock.sleep_until(tick / 50)
        readings.append(adc.sweep())
    return readings


def test_the_hands_force_comes_out_of_the_driver() -> None:
    clock = VirtualClock()
    hand = make_hand("gentle", 1)
    # Late into the session: its time begins with the glove, not with the clock.
    clock.advance(100.0)
    glove = EmulatedGlove(DEFAULT_BOARD, hand, clock, 1)
    adc = GloveAdc(glove.bus, 0x49, DEFAULT_BOARD, clock)
    errors = []
    # Two soft presses and most of the first hold, where creep has made up some percent.
    for tick in range(50 * 50):
        clock.sleep_until(100 + tick / 50)
        truth, volts = hand.force_newton(glove.t_s()), adc.sweep()
        errors += [apparent_newton(v) / f for v, f in zip(volts, truth, strict=False) if f > 1]
    assert 0.95 < min(errors) < max(errors) < 1.2
    assert 1.0 < sum(errors) / len(errors) < 1.06


def test_the_same_seed_is_the_same_session_to_the_last_code() -> None:
    first, again, other = session("hasty", 4, 10), session("hasty", 4, 10), session("hasty", 5, 10)
    assert first == again != other
    assert all(volt == round(volt / VOLT_PER_CODE) * VOLT_PER_CODE for sweep in first for volt in sweep)


def test_other_wiring_gives_the_same_pads() -> None:
    crossed = Board(pads=Pads(heel=2, palm=3, fingers=0, supply=1))
    straight, across = session("gentle", 1, 8)[-1], session("gentle", 1, 8, crossed)[-1]
    assert all(abs(a - b) < 0.05 for a, b in zip(straight, across, strict=True))


def test_rest_shows_the_bias_and_the_supply_its_half() -> None:
    volts = session("gentle", 1, 1)[-1]
    assert [round(volt, 2) for volt in volts] == [0.07, 0.07, 0.07, 1.65]


def test_mamas_tap_arrives_at_the_real_button() -> None:
    clock = VirtualClock()
    glove = EmulatedGlove(DEFAULT_BOARD, make_hand("heavy", 1), clock, 1)
    with Buttons(DEFAULT_BOARD, glove.factory) as buttons:
        mama, partner = [], []
        for tick in range(round(glove.hand.length_s * 100)):
            clock.sleep_until(tick / 100)
            glove.update()
            mama.append(buttons.mama_down())
            partner.append(buttons.partner_down())
    assert [sum(mama), sum(partner)] == [25, 0]


def test_in_real_time_the_same_glove_works() -> None:
    clock = SystemClock()
    glove = EmulatedGlove(DEFAULT_BOARD, make_hand("gentle", 1), clock, 1, address=0x48)
    adc = GloveAdc(glove.bus, 0x48, DEFAULT_BOARD, clock)
    began_s = clock.now_s()
    assert adc.sweep()[3] > 1.6
    assert clock.now_s() - began_s > 4 / 860
