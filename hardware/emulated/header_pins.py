"""gpiozero over an emulated header, for the process that owns the pins."""

from typing import Any

from gpiozero.pins.mock import MockFactory, MockPWMPin

from hardware.emulated.header import Header


class _HeaderPin(MockPWMPin):  # type: ignore[misc]  # gpiozero ships no types
    """A mock pin that writes down what it is set to, and reads what the world does."""

    def _set_state(self, value: float) -> None:
        super()._set_state(value)
        self.factory.header.note(self._pin, value, self._frequency)

    def _set_frequency(self, value: float | None) -> None:
        super()._set_frequency(value)
        if value is None and self._function == "output":
            self.factory.header.note(self._pin, 0, None)

    def _get_state(self) -> Any:
        driven = self.factory.header.driven(self._pin) if self._function == "input" else None
        return super()._get_state() if driven is None else driven

    @property
    def _pin(self) -> int:
        # "GPIO17"
        return int(self.info.name.removeprefix("GPIO"))


class HeaderFactory(MockFactory):  # type: ignore[misc]  # gpiozero ships no types
    """gpiozero's pins on such a header."""

    def __init__(self, header: Header) -> None:
        self.header = header
        super().__init__(pin_class=_HeaderPin)
