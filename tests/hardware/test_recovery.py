"""A bus that fails is opened anew, is clocked free where it can be, and is believed again after one whole sweep."""

from collections.abc import Callable

import pytest

from hardware.ads1115 import VOLT_PER_CODE, GloveAdc
from hardware.board import DEFAULT_BOARD
from hardware.bus import I2cBus
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus
from hardware.emulated.clock import VirtualClock
from hardware.recovery import FreeBus, RecoveringAdc
from hardware.trouble import BusTrouble, NoHardware

ADDRESS = 0x49
FOUR = (2000 * VOLT_PER_CODE, 6000 * VOLT_PER_CODE, 10000 * VOLT_PER_CODE, 13200 * VOLT_PER_CODE)


class ClosableBus(EmulatedBus):
    """One file on the wires: what is closed must not be used."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.is_open = True

    def deinit(self) -> None:
        self.is_open = False

    def _addressed(self, address: int) -> EmulatedAds1115 | None:
        assert self.is_open
        return super()._addressed(address)


class Bench:
    """A chip behind a bus that can be opened again and again."""

    def __init__(self, free_bus: FreeBus | None = None) -> None:
        self.clock = VirtualClock()
        self.chip = EmulatedAds1115(lambda _: FOUR, self.clock, noise=0.0)
        self.opened_s: list[float] = []
        self.buses: list[ClosableBus] = []
        self.is_there = True
        self.cures = False
        self.adc = RecoveringAdc(self.open, ADDRESS, DEFAULT_BOARD, self.clock, free_bus)
        self.worst_s = 0.0

    @property
    def bus(self) -> ClosableBus:
        return self.buses[-1]

    def open(self) -> I2cBus:
        if not self.is_there:
            raise NoHardware("/dev/i2c-1 is not there; run 'sudo raspi-config nonint do_i2c 0' and restart")
        assert not any(bus.is_open for bus in self.buses)
        bus = ClosableBus(self.clock)
        bus.chips[ADDRESS] = self.chip
        if self.buses and not self.cures:
            bus.fault = self.bus.fault
        self.buses.append(bus)
        self.opened_s.append(round(self.clock.now_s(), 2))
        return bus

    def sweeps(self, to_s: float) -> list[str]:
        """Sweep at every tick until then; return what was told, "ok" for a reading."""
        told = []
        for tick in range(round(self.clock.now_s() * 50 + 0.4999), round(to_s * 50)):
            self.clock.sleep_until(tick / 50)
            began_s = self.clock.now_s()
            try:
                assert self.adc.sweep() == FOUR
                told.append("ok")
            except BusTrouble as trouble:
                told.append(trouble.reason)
            self.worst_s = max(self.worst_s, self.clock.now_s() - began_s)
        return told


def test_a_well_bus_is_opened_once() -> None:
    bench = Bench()
    assert (set(bench.sweeps(2.0)), bench.opened_s) == ({"ok"}, [0.0])


@pytest.mark.parametrize("fault", ["silent", "stuck", "floating", "hangs"])
def test_a_bus_that_opening_cures_is_back_after_six_ticks(fault: str) -> None:
    bench = Bench()
    bench.sweeps(1.0)
    bench.bus.fault = fault  # type: ignore[assignment]  # a parameter is a str
    bench.cures = True
    told = bench.sweeps(2.0)
    assert (told.count("ok") == len(told) - 6, len(set(told)), len(bench.buses)) == (True, 2, 2)
    assert bench.worst_s < 0.060


def test_four_lost_sweeps_open_nothing() -> None:
    bench = Bench()
    for fault in (None, "silent") * 4:
        bench.bus.fault = fault
        bench.sweeps(bench.clock.now_s() + 0.08)
    assert len(bench.buses) == 1


@pytest.mark.parametrize("fault", ["silent", "stuck", "floating", "hangs"])
def test_a_dead_bus_is_not_hammered_and_each_tick_is_bounded(fault: str) -> None:
    bench = Bench()
    bench.bus.fault = fault  # type: ignore[assignment]  # a parameter is a str
    told = bench.sweeps(10.0)
    gaps = [b - a for a, b in zip(bench.opened_s[1:], bench.opened_s[2:], strict=False)]
    assert gaps[:2] == [pytest.approx(0.25, abs=0.05), pytest.approx(0.5, abs=0.05)]
    assert {round(gap, 1) for gap in gaps[2:]} == {1.0}
    assert ("ok" in told, bench.worst_s < 0.060) == (False, True)


def test_a_bus_that_comes_back_by_itself_is_read_at_the_next_tick() -> None:
    bench = Bench()
    bench.bus.fault = "silent"
    bench.sweeps(9.0)
    bench.bus.fault = None
    assert "ok" in bench.sweeps(9.04)


def test_a_device_that_vanished_is_told_and_looked_for_until_it_is_back() -> None:
    bench = Bench()
    bench.bus.fault = "silent"
    bench.is_there = False
    told = bench.sweeps(5.0)
    assert set(told[6:]) == {"/dev/i2c-1 is not there; run 'sudo raspi-config nonint do_i2c 0' and restart"}
    bench.is_there = bench.cures = True
    assert bench.sweeps(7.0)[-1] == "ok"


def test_a_trouble_that_lasts_for_hours_does_not_pile_up() -> None:
    bench = Bench()
    bench.is_there = False
    bench.bus.fault = "silent"
    bench.sweeps(60.0)
    with pytest.raises(BusTrouble) as error:
        bench.adc.sweep()
    assert len(error.traceback) < 5


class Clocks:
    """Somebody who sends nine clocks, and takes 300 ms for them."""

    def __init__(self, *, works: bool = True, can: bool = True) -> None:
        self.bench: Bench
        self.began_s: list[float] = []
        self._works, self._can = works, can

    def __call__(self) -> Callable[[], bool] | None:
        assert not self.bench.bus.is_open
        if not self._can:
            return None
        began_s = self.bench.clock.now_s()
        self.began_s.append(began_s)
        return lambda: self._is_over(began_s)

    def _is_over(self, began_s: float) -> bool:
        assert not self.bench.bus.is_open
        if self.bench.clock.now_s() < began_s + 0.3:
            return False
        if self._works:
            self.bench.bus.nine_clocks()
        return True


def with_clocks(*, works: bool = True, can: bool = True) -> tuple[Bench, Clocks]:
    clocks = Clocks(works=works, can=can)
    bench = Bench(clocks)
    clocks.bench = bench
    bench.sweeps(1.0)
    return bench, clocks


def test_a_chip_that_holds_the_line_is_clocked_free_while_nobody_uses_the_bus() -> None:
    bench, clocks = with_clocks()
    bench.bus.fault = "held"
    told = bench.sweeps(3.0)
    lost = [reason for reason in told if reason != "ok"]
    assert (set(lost), told[len(lost) :], len(clocks.began_s)) == ({"bus stuck at zero"}, ["ok"] * (100 - len(lost)), 1)
    assert 0.4 < len(lost) / 50 < 0.5


def test_a_line_that_clocks_do_not_free_is_clocked_again_only_after_ten_seconds() -> None:
    bench, clocks = with_clocks()
    bench.bus.fault = "stuck"
    bench.sweeps(25.0)
    assert [b - a for a, b in zip(clocks.began_s, clocks.began_s[1:], strict=False)] == [pytest.approx(10, abs=1.1)] * 2
    assert len(bench.opened_s) > 20


@pytest.mark.parametrize("fault", ["silent", "floating", "hangs"])
def test_only_a_line_that_reads_zero_is_clocked(fault: str) -> None:
    bench, clocks = with_clocks()
    bench.bus.fault = fault  # type: ignore[assignment]  # a parameter is a str
    bench.sweeps(3.0)
    assert clocks.began_s == []


def test_where_nobody_can_send_clocks_the_bus_is_opened_anew_all_the_same() -> None:
    bench, _ = with_clocks(can=False)
    bench.bus.fault = "stuck"
    bench.cures = True
    assert bench.sweeps(1.2)[-1] == "ok"


def test_it_is_an_adc_like_any_other() -> None:
    assert isinstance(Bench().adc, GloveAdc)
