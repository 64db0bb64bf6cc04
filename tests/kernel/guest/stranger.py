"""A program of somebody else: the stock driver on the same chip, or a hand on one of our pins.

python stranger.py reads | holds PIN
"""

import sys
import time


def reads() -> None:
    """Convert all inputs, again and again, as the example of the library does."""
    from adafruit_ads1x15 import ADS1115
    from adafruit_blinka import Lockable
    from adafruit_blinka.microcontroller.generic_linux.i2c import I2C

    class Bus(I2C, Lockable):  # type: ignore[misc]  # Blinka ships no types
        pass

    chip = ADS1115(Bus(1), address=0x49)
    print("reads", flush=True)
    while True:
        for mux in range(4, 8):
            chip.read(mux)


def holds(pin: int) -> None:
    """Take a pin and keep it."""
    import lgpio

    chip = lgpio.gpiochip_open(0)
    lgpio.gpio_claim_output(chip, pin, 1)
    print("holds it", flush=True)
    time.sleep(3600)


if __name__ == "__main__":
    reads() if sys.argv[1] == "reads" else holds(int(sys.argv[2]))
