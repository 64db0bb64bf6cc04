"""The real driver over the emulated chip: right values, or trouble with its reason, in bounded time."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.ads1115 import VOLT_PER_CODE, BoundedAds1115, GloveAdc
from hardware.board import DEFAULT_BOARD, Board, Pads
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus, Volts4
from hardware.emulated.clock import VirtualClock
from hardware.trouble import BusTrouble, NoHardware

ADDRESS = 0x49
FOUR: Volts4 = (2000 * VOLT_PER_CODE, 6000 * VOLT_PER_CODE, 10000 * VOLT_PER_CODE, 13200 * VOLT_PER_CODE)


class EventfulClock(VirtualClock):
    """Something may happen while somebody waits: after the start of a conversion, before its first poll."""

    meanwhile: Callable[[], None] | None = None

    def sleep_until(self, t_s: float) -> None:
        if self.meanwhile is not None:
            self.meanwhile()
        super().sleep_until(t_s)


class LooseBus(EmulatedBus):
    """A bus on which the transfers with certain numbers are not acknowledged."""

    lost: frozenset[int] = frozenset()

    def _addressed(self, address: int) -> EmulatedAds1115 | None:
        if self.transfers in self.lost:
            raise OSError(121, "Remote I/O error")
        return super()._addressed(address)


class Bench:
    """A chip on a bus with chosen voltages, and the product's own ADC on it."""

    def __init__(self, *, board: Board = DEFAULT_BOARD, oscillator_error: float = 0.0, noise: float = 0.0) -> None:
        self.inputs: Volts4 = FOUR
        self.clock = EventfulClock()
        self.chip = EmulatedAds1115(lambda _: self.inputs, self.clock, oscillator_error=oscillator_error, noise=noise)
        self.bus = LooseBus(self.clock)
        self.bus.chips[ADDRESS] = self.chip
        self.adc = GloveAdc(self.bus, ADDRESS, board, self.clock)

    def trouble(self) -> tuple[str, bool]:
        """Sweep; return the reason, and whether it took at most 60 ms with the bus unlocked again."""
        began_s = self.clock.now_s()
        with pytest.raises(BusTrouble) as error:
            self.adc.sweep()
        assert str(error.value) == error.value.reason
        free = self.bus.try_lock()
        self.bus.unlock()
        return error.value.reason, free and self.clock.now_s() - began_s < 0.060


def test_four_voltages_come_back_in_the_order_of_the_pads() -> None:
    assert Bench().adc.sweep() == FOUR
    crossed = Board(pads=Pads(heel=3, palm=0, fingers=1, supply=2))
    bench = Bench(board=crossed)
    bench.inputs = (0.75, 1.25, 1.65, 0.25)
    assert bench.adc.sweep() == FOUR


@given(
    pads=st.tuples(*[st.floats(-0.2, 3.5)] * 3),
    supply=st.floats(1.56, 1.74),
    slow=st.floats(-0.1, 0.1),
)
def test_whatever_is_at_the_pads_is_read_to_one_code(
    pads: tuple[float, float, float], supply: float, slow: float
) -> None:
    bench = Bench(oscillator_error=slow)
    bench.inputs = (*pads, supply)
    volts = bench.adc.sweep()
    codes = [volt / VOLT_PER_CODE for volt in volts]
    assert all(abs(read - there) <= VOLT_PER_CODE for read, there in zip(volts, bench.inputs, strict=True))
    assert [round(code) * VOLT_PER_CODE for code in codes] == list(volts)


@pytest.mark.parametrize("oscillator_error", [-0.1, 0.0, 0.1])
def test_a_sweep_fits_into_half_a_tick(oscillator_error: float) -> None:
    bench = Bench(oscillator_error=oscillator_error)
    began_s, before = bench.clock.now_s(), bench.bus.transfers
    bench.adc.sweep()
    assert bench.clock.now_s() - began_s < 0.010
    assert bench.bus.transfers - before in (12, 16)


def test_the_noise_is_that_of_the_data_sheet() -> None:
    bench = Bench(noise=1.0)
    heels = [bench.adc.sweep()[0] for _ in range(1000)]
    mean = sum(heels) / len(heels)
    rms = (sum((volt - mean) ** 2 for volt in heels) / len(heels)) ** 0.5
    assert 45e-6 < rms < 75e-6, "45 uV, and what rounding to 125 uV adds"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("silent", "no answer from 0x49"),
        ("stuck", "bus stuck at zero"),
        ("floating", "bus reads all ones: floating, or the chip lost its power"),
        ("hangs", "bus timed out at 0x49"),
    ],
)
def test_a_sick_bus_is_named_in_bounded_time_and_well_again_at_once(fault: str, reason: str) -> None:
    bench = Bench()
    bench.bus.fault = fault  # type: ignore[assignment]  # a parameter is a str
    troubles = [bench.trouble(), bench.trouble()]
    bench.bus.fault = None
    assert [troubles, bench.adc.sweep()] == [[(reason, True)] * 2, FOUR]


def test_what_is_not_acknowledged_is_said_again_seven_times_and_no_more() -> None:
    bench = Bench()
    next_one = bench.bus.transfers + 1
    bench.bus.lost = frozenset(range(next_one, next_one + 7))
    assert bench.adc.sweep() == FOUR
    next_one = bench.bus.transfers + 1
    bench.bus.lost = frozenset(range(next_one, next_one + 8))
    assert bench.trouble() == ("no answer from 0x49", True)


@pytest.mark.parametrize("lost", range(1, 13))
def test_a_lost_transfer_costs_one_transfer_and_no_conversion(lost: int) -> None:
    bench, well = Bench(), Bench()
    began_s, before = bench.clock.now_s(), bench.bus.transfers
    bench.bus.lost = frozenset({before + lost})
    assert bench.adc.sweep() == well.adc.sweep() == FOUR
    assert bench.bus.transfers == well.bus.transfers + 1
    assert bench.clock.now_s() - began_s < 0.0091


@pytest.mark.parametrize("number", range(1, 13))
def test_a_sweep_that_hangs_in_any_transfer_is_over_within_60_ms(number: int) -> None:
    bench = Bench(oscillator_error=0.1)
    before = bench.bus.transfers
    bench.bus.watchers.append(lambda n: setattr(bench.bus, "fault", "hangs" if n == before + number else None))
    assert bench.trouble() == ("bus timed out at 0x49", True)


@pytest.mark.parametrize("number", range(1, 13))
def test_a_reset_before_any_transfer_voids_the_sweep_or_does_no_harm(number: int) -> None:
    bench = Bench()
    before = bench.bus.transfers
    bench.bus.watchers.append(lambda n: n == before + number and bench.chip.reset())
    if number % 3 == 1:
        # Before a start: everything that it forgot is written anew.
        assert bench.adc.sweep() == FOUR
    else:
        assert bench.trouble() == ("chip at 0x49 was reset: its power dipped", True)


def test_a_result_that_was_fetched_late_is_not_anothers() -> None:
    bench = Bench()
    before = bench.bus.transfers

    def held_up(number: int) -> None:
        # Between the poll and the result another program converts A3, and we are held up until it is done.
        if number == before + 3:
            bench.chip.write(b"\x01\xf3\xe3")
            bench.clock.advance(0.002)

    bench.bus.watchers.append(held_up)
    reason, bounded = bench.trouble()
    assert (reason.endswith("another program seems to use the bus"), bounded) == (True, True)


def test_an_open_pad_that_reads_nothing_at_all_is_a_reading() -> None:
    bench = Bench()
    bench.inputs = (0.0, *FOUR[1:])
    assert bench.adc.sweep() == bench.inputs


def test_no_retry_begins_when_the_tick_is_nearly_over() -> None:
    bench = Bench()

    def slow() -> None:
        bench.clock.advance(0.008)

    bench.clock.meanwhile = slow
    # Two conversions are held up by 8 ms each; then the poll of the second is lost, after 15 ms.
    bench.bus.lost = frozenset({bench.bus.transfers + 5})
    assert bench.trouble() == ("no answer from 0x49", True)
    # Without a loss the same slow sweep is a good one.
    assert bench.adc.sweep() == FOUR


def test_a_chip_that_dips_in_mid_conversion_is_caught() -> None:
    bench = Bench()
    bench.clock.meanwhile = bench.chip.reset
    assert bench.trouble() == ("chip at 0x49 was reset: its power dipped", True)
    bench.clock.meanwhile = None
    assert bench.adc.sweep() == FOUR


def test_another_program_that_moves_the_mux_is_caught() -> None:
    bench = Bench()
    bench.clock.meanwhile = lambda: bench.bus.writeto(ADDRESS, b"\x01\xe3\xe3")
    reason, bounded = bench.trouble()
    assert reason.endswith("not 0x43e3 at 0x49: another program seems to use the bus")
    assert bounded


def test_a_chip_that_never_gets_ready_is_given_10_ms() -> None:
    bench = Bench(oscillator_error=1e6)
    assert bench.trouble() == ("heel not converted after 10 ms", True)


@pytest.mark.parametrize(("supply", "said"), [(2.1, "2.10"), (1.5, "1.50"), (0.0, "0.00")])
def test_a_wrong_supply_channel_voids_the_sweep(supply: float, said: str) -> None:
    bench = Bench()
    bench.inputs = (0.25, 0.75, 1.25, supply)
    assert bench.trouble() == (f"supply channel reads {said} V, not 1.55 to 1.75", True)


def test_all_ones_on_one_pad_is_an_open_lead_and_on_all_channels_a_failed_sweep() -> None:
    bench = Bench()
    bench.inputs = (-VOLT_PER_CODE, 0.75, 1.25, 1.65)
    assert bench.adc.sweep()[0] == -VOLT_PER_CODE
    bench.inputs = (-VOLT_PER_CODE,) * 4
    assert bench.trouble()[0] == "supply channel reads -0.00 V, not 1.55 to 1.75"


def test_the_overridden_methods_of_the_driver_are_still_called() -> None:
    called: list[str] = []

    class Watched(BoundedAds1115):
        def _write_config(self, pin_config: int | None = None) -> None:
            called.append("write_config")
            super()._write_config(pin_config)

        def _write_register(self, reg: int, value: int) -> None:
            called.append("write")
            super()._write_register(reg, value)

        def _read_register(self, reg: int, fast: bool = False) -> int:
            called.append("read")
            return super()._read_register(reg, fast)

        def get_last_result(self, fast: bool = False) -> int:
            called.append("result")
            return super().get_last_result(fast)

        def _conversion_complete(self) -> int:
            called.append("conversion_complete")
            return super()._conversion_complete()

    bench = Bench()
    driver = Watched(bench.bus, ADDRESS, bench.clock)
    called.clear()
    assert driver.read(4) == round(0.25 / VOLT_PER_CODE)
    assert called == ["write_config", "write", "conversion_complete", "read", "result", "read"]


def test_a_chip_behind_a_loose_plug_is_found_all_the_same() -> None:
    bench = Bench()
    # The driver looks for a chip with two transfers, and is lied to twice.
    bench.bus.lost = frozenset(range(bench.bus.transfers + 1, bench.bus.transfers + 5))
    GloveAdc(bench.bus, ADDRESS, DEFAULT_BOARD, bench.clock).sweep()


def test_no_chip_is_told_with_the_next_step() -> None:
    clock = VirtualClock()
    for fault in (None, "silent", "hangs"):
        bus = EmulatedBus(clock)
        bus.fault = fault
        with pytest.raises(NoHardware) as error:
            GloveAdc(bus, ADDRESS, DEFAULT_BOARD, clock)
        assert str(error.value) == (
            "no ADS1115 answers at 0x49 on /dev/i2c-1; check its plug, its power and the ADDR wire"
        )
