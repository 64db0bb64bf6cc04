"""`paws check` at the bus: who answers, whose wires stay low, and how fast it really is."""

import errno
from pathlib import Path

import pytest

from firmware.checks.wires import speed, who_answers
from hardware.board import DEFAULT_BOARD, board_from_toml
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove, Nobody

WELL = {"ok", "look", "not here", "left out"}


def bus_with(*addresses: int) -> EmulatedBus:
    clock = VirtualClock()
    bus = EmulatedBus(clock)
    bus.chips = {address: EmulatedAds1115(lambda _: (0.0, 0.0, 0.0, 1.65), clock) for address in addresses}
    return bus


def answers(addresses: tuple[int, ...], wanted: list[int]) -> list[tuple[str, str, str]]:
    found = who_answers(bus_with(*addresses), DEFAULT_BOARD, wanted, VirtualClock())
    return [(one.outcome, one.seen, one.next_step) for one in found]


def test_a_chip_at_another_address_is_found_there() -> None:
    assert answers((0x4A,), [0x49]) == [
        (
            "wrong",
            "nobody at 0x49; at 0x4a somebody, whose ADDR is at SDA",
            "wire ADDR to 3.3 V, or set right_address = 0x4a in glove.toml",
        )
    ]


def test_a_right_address_that_was_set_is_taken() -> None:
    board = board_from_toml("[adc]\nright_address = 0x4a\n", "glove.toml")
    assert [one.outcome for one in who_answers(bus_with(0x4A), board, [0x4A], VirtualClock())] == ["ok"]


def test_two_chips_where_one_is_expected_and_strangers_are_told() -> None:
    assert answers((0x48, 0x49, 0x3C), [0x49]) == [
        ("ok", "an ADS1115 answers at 0x49", ""),
        ("look", "0x48 answers too", "the other glove? `--both` looks at both"),
        ("look", "0x3c answers", "not ours; it shares the bus with the glove"),
    ]


def test_nobody_on_the_bus() -> None:
    assert answers((), [0x49]) == [("wrong", "nobody answers at 0x49", "look at its plug, its power and the ADDR wire")]


class SlowBus(EmulatedBus):
    """A bus whose bytes take time."""

    byte_s = 9 / 50_000

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        import time

        until_s = time.perf_counter() + len(buffer) * self.byte_s
        while time.perf_counter() < until_s:
            pass
        super().readfrom_into(address, buffer, start=start, end=end)


def test_a_bus_that_is_slower_than_it_was_asked_to_be_is_told(tmp_path: Path) -> None:
    node = tmp_path / "sys/class/i2c-adapter/i2c-1/of_node/clock-frequency"
    node.parent.mkdir(parents=True)
    node.write_bytes((400_000).to_bytes(4, "big"))
    bus = SlowBus(VirtualClock())
    bus.chips = bus_with(0x49).chips
    told = speed(bus, 0x49, 1, tmp_path)
    assert (told.outcome, told.next_step[:33]) == ("look", "`make install` asks for 400 kHz; ")
    assert told.seen.endswith(" kHz, 400 asked for")
    assert speed(bus_with(0x49), 0x49, 1, tmp_path).outcome in WELL


class OddBus(EmulatedBus):
    """A bus whose transfers fail with this number, after so long."""

    def __init__(self, clock: VirtualClock, number: int, after_s: float, healthy_from: int = 1000) -> None:
        super().__init__(clock)
        self.number, self.after_s, self.healthy_from = number, after_s, healthy_from

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        if self.transfers < self.healthy_from:
            self._clock.sleep_until(self._clock.now_s() + self.after_s)
            self.transfers += 1
            raise OSError(self.number, "it failed")
        super().readfrom_into(address, buffer, start=start, end=end)


@pytest.mark.parametrize(
    ("number", "after_s", "seen"),
    [
        (errno.ETIMEDOUT, 0.040, "no transfer gets through: SDA or SCL stays low"),
        # A clock that stays low, as i2c-bcm2835 says it; and nobody, as some others do.
        (errno.EIO, 0.035, "no transfer gets through: SDA or SCL stays low"),
        (errno.EIO, 0.0003, "nobody answers at 0x49"),
        (errno.EAGAIN, 0.0003, "no transfer gets through: SDA or SCL stays low"),
        (errno.EREMOTEIO, 0.0003, "nobody answers at 0x49"),
    ],
)
def test_a_bus_that_stays_low_is_not_one_on_which_nobody_answers(number: int, after_s: float, seen: str) -> None:
    clock = VirtualClock()
    found = list(who_answers(OddBus(clock, number, after_s), DEFAULT_BOARD, [0x49], clock))
    assert [(one.outcome, one.seen) for one in found] == [("wrong", seen)]
    # A scan alone, of 112 addresses, would keep a person waiting for up to ten seconds.
    assert clock.now_s() < 0.2


def test_a_spark_on_the_bus_is_not_held_against_it() -> None:
    clock = VirtualClock()
    glove = EmulatedGlove(DEFAULT_BOARD, Nobody(), clock, 1, bus=OddBus(clock, errno.ETIMEDOUT, 0.04, healthy_from=1))
    assert [one.outcome for one in who_answers(glove.bus, DEFAULT_BOARD, [0x49], clock)] == ["ok"]
