"""The emulated chip behaves as the data sheet and the stock driver's known traps say."""

import pytest
from adafruit_ads1x15.ads1x15 import Mode
from adafruit_ads1x15.ads1115 import ADS1115

from hardware.emulated.chip import EmulatedAds1115, EmulatedBus
from hardware.emulated.clock import VirtualClock


def bench(*volts: float) -> tuple[VirtualClock, EmulatedAds1115, EmulatedBus]:
    clock = VirtualClock()
    a0, a1, a2, a3 = volts
    chip = EmulatedAds1115(lambda _: (a0, a1, a2, a3), clock, noise=0.0)
    bus = EmulatedBus(clock)
    bus.chips[0x48] = chip
    return clock, chip, bus


def register(bus: EmulatedBus, number: int) -> int:
    answer = bytearray(2)
    bus.writeto_then_readfrom(0x48, bytes([number]), answer)
    return answer[0] << 8 | answer[1]


def test_power_on_and_general_call_leave_the_reset_values() -> None:
    _, _, bus = bench(0, 0, 0, 0)
    fresh = [register(bus, i) for i in range(4)]
    bus.writeto(0x48, b"\x01\x42\x83")
    bus.writeto(0x48, b"\x03\x12\x34")
    changed = [register(bus, i) for i in range(4)]
    bus.writeto(0x00, b"\x06")
    assert fresh == [register(bus, i) for i in range(4)] == [0x0000, 0x8583, 0x8000, 0x7FFF]
    assert changed[3] == 0x1234


def test_ready_falls_with_the_start_and_rises_when_the_conversion_is_over() -> None:
    clock, _, bus = bench(1.0, 0, 0, 0)
    bus.writeto(0x48, b"\x01\xc3\xe3")
    running = register(bus, 1)
    clock.advance(0.0012)
    assert [running, register(bus, 1), register(bus, 0)] == [0x43E3, 0xC3E3, 8000]


def test_mux_gain_and_clipping() -> None:
    clock, _, bus = bench(3.0, 1.0, -0.1, 9.0)
    codes = []
    # A0 - A1 and A1 - A3 at 4.096 V; A0 at 2.048 V; A2 and A3 at 4.096 V.
    for high in (0x83, 0xA3, 0xC5, 0xE3, 0xF3):
        bus.writeto(0x48, bytes([1, high, 0xE3]))
        clock.advance(0.002)
        codes.append(register(bus, 0))
    assert codes == [16000, 0x10000 - 20800, 0x7FFF, 0x10000 - 800, 28800]


def test_the_stock_driver_finds_its_known_trap_in_continuous_mode() -> None:
    # Driver 3.0.5 in continuous mode: asked for A2 it returns A0 - A1, for that is what the chip is still set to.
    clock, _, bus = bench(0.5, 0.1, 2.0, 1.65)
    driver = ADS1115(bus, gain=1, data_rate=860, mode=Mode.CONTINUOUS)
    clock.advance(0.01)
    driver.read(6)
    clock.advance(100.0)
    assert driver.get_last_result() == 3200


def test_an_absent_chip_does_not_acknowledge_and_scan_shows_who_is_there() -> None:
    _, _, bus = bench(0, 0, 0, 0)
    with pytest.raises(OSError, match="Remote I/O error") as error:
        bus.writeto(0x49, b"")
    assert error.value.errno == 121
    assert bus.scan() == [0x48]
