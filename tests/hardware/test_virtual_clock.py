"""Virtual time: it passes by waiting, and others are called in it at their own times."""

import pytest

from hardware.emulated.clock import VirtualClock


def test_somebody_is_called_at_their_own_times_while_others_wait() -> None:
    clock, called = VirtualClock(), list[tuple[str, float]]()
    clock.every(0.03, lambda: called.append(("slow", clock.now_s())))
    clock.every(0.02, lambda: called.append(("quick", clock.now_s())))
    clock.sleep_until(0.05)
    clock.advance(0.016)
    assert called == [("quick", 0.02), ("slow", 0.03), ("quick", 0.04), ("slow", 0.06), ("quick", 0.06)]
    assert clock.now_s() == pytest.approx(0.066)


def test_the_times_of_calls_do_not_drift() -> None:
    clock, called = VirtualClock(), list[float]()
    clock.every(0.01, lambda: called.append(clock.now_s()))
    for _ in range(36_000):
        clock.advance(0.1)
    assert called[-1] == pytest.approx(3600, abs=0.011)
    assert called == [pytest.approx(0.01 * number, abs=1e-9) for number in range(1, len(called) + 1)]


def test_time_does_not_go_back() -> None:
    clock = VirtualClock()
    with pytest.raises(ValueError, match=r"^time cannot go back by 0\.5 s$"):
        clock.advance(-0.5)
