"""What each fault does to the glove, seen by the real driver: voltages, troubles, levels of the buttons."""

from collections.abc import Callable

import pytest

from hardware.ads1115 import GloveAdc
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault, parse_fault
from hardware.emulated.fsr import Newtons3
from hardware.emulated.glove import EmulatedGlove
from hardware.panel import Buttons
from hardware.trouble import BusTrouble

SEED = 3
SUPPLY_VOLT = 3.3


class Still:
    """A hand that lies still, and both buttons held or not."""

    def __init__(self, newton: Newtons3, *, down: bool = False) -> None:
        self.force_newton: Callable[[float], Newtons3] = lambda _: newton
        self.mama_down = self.partner_down = lambda _: down


class World:
    """A glove with faults under a still hand, swept 50 times a second."""

    def __init__(self, *phrases: str, newton: Newtons3 = (5.0, 5.0, 5.0), down: bool = False) -> None:
        self.clock = VirtualClock()
        faults = [parse_fault(phrase) for phrase in phrases]
        self.glove = EmulatedGlove(DEFAULT_BOARD, Still(newton, down=down), self.clock, SEED, faults=faults)
        self.adc = GloveAdc(self.glove.bus, DEFAULT_BOARD.adc.right_address, DEFAULT_BOARD, self.clock)

    def sweep_at(self, t_s: float) -> tuple[float, ...] | str:
        """The volts, or why there are none."""
        self.clock.sleep_until(t_s)
        try:
            return self.adc.sweep()
        except BusTrouble as trouble:
            return trouble.reason

    def sweeps(self, from_s: float, to_s: float) -> list[tuple[float, ...] | str]:
        ticks = [tick / 50 for tick in range(round(from_s * 50), round(to_s * 50))]
        return [self.sweep_at(t_s) for t_s in ticks if t_s >= self.clock.now_s()]


WELL = World().sweep_at(1.0)


@pytest.mark.parametrize("pad", PADS)
@pytest.mark.parametrize(
    ("kind", "newton", "least_u", "most_u"),
    [
        # The rows of the component study, hardware/board's resistors without their tolerances.
        ("open", 5.0, -0.0007, 0.0007),
        ("grounded", 5.0, -0.0007, 0.0007),
        ("bridged", 0.0, 0.0014, 0.0081),
        ("bridged", 5.0, 0.0014, 0.0081),
        ("torn", 5.0, 0.0205, 0.0227),
        ("crushed", 0.0, 0.898, 0.920),
        ("crushed", 20.0, 0.898, 0.920),
        ("short", 0.0, 0.990, 1.012),
    ],
)
def test_a_pads_fault_is_seen_on_that_pad_alone(
    pad: str, kind: str, newton: float, least_u: float, most_u: float
) -> None:
    world = World(f"{pad} {kind} at 1 s", newton=(newton, newton, newton))
    before, after = world.sweep_at(0.9), world.sweep_at(1.0)
    assert isinstance(before, tuple)
    assert isinstance(after, tuple)
    at = PADS.index(pad)
    assert least_u < after[at] / SUPPLY_VOLT < most_u
    assert [abs(a - b) < 0.05 for i, (a, b) in enumerate(zip(before, after, strict=True)) if i != at] == [True] * 3


def test_without_the_wire_that_feeds_them_all_pads_read_ground() -> None:
    *pads, supply = World("supply open at 1 s").sweep_at(1.0)
    assert [round(volt, 2) for volt in (*pads, supply)] == [0.0, 0.0, 0.0, 1.65]


@pytest.mark.parametrize("newton", [0.0, 20.0])
def test_without_their_ground_all_pads_float_up_through_the_bias(newton: float) -> None:
    *pads, supply = World("ground open at 1 s", newton=(newton,) * 3).sweep_at(1.0)
    assert [0.974 < volt / SUPPLY_VOLT < 1.0 for volt in pads] == [True] * 3
    assert round(supply, 2) == 1.65


def test_a_little_sag_scales_everything_and_a_deep_one_voids_the_sweep() -> None:
    world = World("supply sag to 3.2 V from 1 s to 2 s", "supply sag to 2.5 V at 2 s")
    well, little, deep = (world.sweep_at(t_s) for t_s in (0.9, 1.5, 2.5))
    assert [b / a for a, b in zip(well, little, strict=True)] == [pytest.approx(3.2 / 3.3, rel=0.01)] * 4
    assert deep == "supply channel reads 1.25 V, not 1.55 to 1.75"


def test_a_crack_opens_about_once_a_second_for_half_a_second_at_most() -> None:
    world = World("palm intermittent from 2 s to 202 s")
    is_out = [sweep[1] < 0.01 for sweep in world.sweeps(0.0, 210.0)]
    assert not any(is_out[:100])
    assert not any(is_out[202 * 50 + 1 :])
    runs = "".join("x" if out else " " for out in is_out).split()
    # Once a second, and 0.25 s each time: 160 times in 200 s. A few follow upon each other without a gap.
    assert 130 < len(runs) < 190
    assert sum(len(run) > 26 for run in runs) < 5
    assert 20 < sorted(map(len, runs))[-5] <= 26
    again = World("palm intermittent from 2 s to 202 s")
    assert is_out == [sweep[1] < 0.01 for sweep in again.sweeps(0.0, 210.0)]


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("bus stuck", "bus stuck at zero"),
        ("bus floating", "bus reads all ones: floating, or the chip lost its power"),
        ("bus silent", "no answer from 0x49"),
        ("bus hangs", "bus timed out at 0x49"),
        ("chip never ready", "heel not converted after 10 ms"),
        ("chip stuck", "bus stuck at zero"),
        ("chip reset", "no answer from 0x49"),
    ],
)
def test_a_fault_of_the_bus_begins_and_ends_in_its_time(phrase: str, reason: str) -> None:
    world = World(f"{phrase} from 1 s to 2 s")
    assert isinstance(world.sweep_at(0.98), tuple)
    assert set(world.sweeps(1.0, 1.98)) == {reason}
    assert isinstance(world.sweep_at(2.0), tuple)


def test_a_hang_takes_as_long_as_it_was_said() -> None:
    world = World("bus hangs for 0.7 s a transfer at 1 s")
    assert world.sweep_at(1.0) == "bus timed out at 0x49"
    assert world.clock.now_s() == pytest.approx(1.7, abs=0.01)


def test_a_chip_that_lost_its_power_has_forgotten_everything() -> None:
    world = World("chip reset at 1 s")
    world.sweeps(0.9, 1.6)
    config_before = world.glove.chip.registers[1]
    world = World("chip reset at 1 s")
    world.glove.bus.writeto(0x49, b"\x03\x12\x34")
    world.sweeps(0.9, 1.4)
    assert world.glove.chip.registers == [0x0000, 0x8583, 0x8000, 0x7FFF]
    assert config_before != 0x8583


def test_nine_clocks_free_a_chip_that_holds_the_wire_but_not_a_wire_that_is_shorted() -> None:
    chip, wire = World("chip stuck at 1 s"), World("bus stuck at 1 s")
    for world in (chip, wire):
        assert world.sweep_at(1.0) == "bus stuck at zero"
        world.glove.bus.nine_clocks()
    assert isinstance(chip.sweep_at(1.02), tuple)
    assert wire.sweep_at(1.02) == "bus stuck at zero"


def test_a_noisy_bus_loses_its_share_of_the_transfers() -> None:
    world = World("bus noisy 10 % at 0 s")
    lost = 0
    for _ in range(5000):
        try:
            world.glove.bus.writeto(0x49, b"\x00")
        except OSError as error:
            assert error.errno == 121  # noqa: PT017 - counted, not expected
            lost += 1
    assert 430 < lost < 570


@pytest.mark.parametrize("phrase", ["bus shared", "chip clipping"])
def test_another_program_on_the_bus_is_noticed_and_never_believed(phrase: str) -> None:
    world = World(f"{phrase} at 1 s")
    told = world.sweeps(1.0, 61.0)
    reasons = {sweep for sweep in told if isinstance(sweep, str)}
    assert 0.5 < sum(isinstance(sweep, str) for sweep in told) / len(told) < 0.95
    assert all("another program seems to use the bus" in reason for reason in reasons)
    assert all(abs(sweep[0] - WELL[0]) < 0.2 for sweep in told if isinstance(sweep, tuple))


@pytest.mark.parametrize(
    ("phrase", "mama", "partner"),
    [
        ("button cut", True, False),
        ("button stuck", True, False),
        ("button shorted", False, False),
        ("partner's button cut", False, False),
        ("partner's button stuck", False, True),
    ],
)
def test_a_button_with_a_fault_reads_as_it_would(phrase: str, mama: bool, partner: bool) -> None:
    world = World(f"{phrase} at 1 s")
    levels = []
    with Buttons(DEFAULT_BOARD, world.glove.factory) as buttons:
        for t_s in (0.5, 1.0):
            world.clock.sleep_until(t_s)
            world.glove.update()
            levels.append((buttons.mama_down(), buttons.partner_down()))
    assert levels == [(False, False), (mama, partner)]


@pytest.mark.parametrize(
    ("phrase", "seen"), [("button shorted", (False, True)), ("partner's button cut", (True, False))]
)
def test_a_press_on_a_dead_button_is_not_felt(phrase: str, seen: tuple[bool, bool]) -> None:
    world = World(f"{phrase} at 0 s", down=True)
    with Buttons(DEFAULT_BOARD, world.glove.factory) as buttons:
        world.glove.update()
        assert (buttons.mama_down(), buttons.partner_down()) == seen


def test_what_is_to_happen_before_a_transfer_happens_there() -> None:
    world = World()
    begins = world.glove.bus.transfers
    # Twelve transfers: start, poll and result of each channel. The chip resets before the second poll.
    world.glove.bus.watchers.append(lambda n: n == begins + 5 and world.glove.chip.reset())
    assert world.sweep_at(1.0) == "chip at 0x49 was reset: its power dipped"
    assert isinstance(world.sweep_at(1.02), tuple)


def test_a_glove_without_faults_is_the_same_glove() -> None:
    well, later = World(), World("heel open at 5 s")
    assert well.sweeps(0.0, 4.0) == later.sweeps(0.0, 4.0)
    assert Fault("heel", "open", 5.0).is_on(4.0) is False
