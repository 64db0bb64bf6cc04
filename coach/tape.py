"""The record of one session as lines of text: how a tape is written and how it is read.

Each line is a checksum and a record: `H` the header (twice), `R` a reading in ADC codes, `D` a dropout (`r` and `d` of
the right glove where two are worn), `M` a mark, `N` a notice, `E` an event that was said, `X` the end. Only text comes
in and goes out; files are firmware's. A torn last line is forgiven, also when an end was put behind it later; a damaged
line in the middle costs that line and is counted.
"""

import math
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from msgspec import Struct

from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.inputs import END_REASONS, MARK_WORDS, NOTICE_WORDS, Dropout, End, EndReason, Input, Mark, Notice, Reading
from sensing.pads import PadRules

from .before import Asked
from .events import Event
from .plan import Plan

FORMAT = 3
# The ADS1115 speaks in 16 bits, two's complement (TI SBAS444E).
LOWEST_CODE, HIGHEST_CODE = -32_768, 32_767
# Ends that nobody was there to write; see `End`.
ENDED_LATER: Final[tuple[EndReason, ...]] = ("cut_off", "power_loss", "killed")
_CHECKSUM_DIGITS = 8
# What the lines of each glove begin with.
_READINGS, _DROPOUTS = "Rr", "Dd"


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """All that it takes to rebuild the session.

    Attributes:
        format: Version of this format.
        software: Version of the program that wrote it.
        source: Where the readings came from, in words.
        label: Date and time for people; nothing is computed from it.
        volt_per_code: Volts of one ADC code.
        divider: The circuit of the pads.
        calibration: The pads in use and what they mean in newtons.
        rules: What the source promises about the pads.
        plan: Limits and steps.
        has_events: Whether what was said stands on the tape too; not so in an import.
        boot: Which start of the computer it was, so that a power cut can be told from a kill; None of unknown.
        second_calibration: The right glove's where both are worn; `calibration` is the left one's then.
        asked: What was asked before the session, never what was answered; None where nobody knows, or nobody was
            touched: a demo, an import, an older tape.
    """

    format: int
    software: str
    source: str
    label: str
    volt_per_code: float
    divider: Divider
    calibration: Calibration
    rules: PadRules
    plan: Plan
    has_events: bool = True
    boot: str | None = None
    second_calibration: Calibration | None = None
    asked: Asked | None = None


def _line(kind: str, record: str) -> bytes:
    body = f"{kind} {record}".encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def header_lines(header: Header) -> bytes:
    """Return the first two lines of a tape: the header and a copy, for without it the rest would say nothing."""
    return 2 * header_line(header)


def header_line(header: Header) -> bytes:
    """Return the line of a header."""
    return _line("H", msgspec.json.encode(header).decode())


def input_line(item: Input, volt_per_code: float) -> bytes:
    """Return the line of an input. Times are kept to the microsecond, which is how they must be fed."""
    match item:
        case Reading(t_s, volts, glove):
            codes = " ".join([str(round(volt / volt_per_code)) for volt in volts])
            return _line(_READINGS[glove], f"{t_s:.6f} {codes}")
        case Dropout(t_s, reason, glove):
            return _line(_DROPOUTS[glove], f"{t_s:.6f} {_one_line(reason)}")
        case Mark(t_s, word):
            return _line("M", f"{t_s:.6f} {word}")
        case Notice(t_s, word):
            return _line("N", f"{t_s:.6f} {word}")
        case _:
            return _line("X", f"{item.t_s:.6f} {item.reason}")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def event_line(event: Event) -> bytes:
    """Return the line of an event."""
    return _line("E", msgspec.json.encode(event).decode())


class _DamagedError(ValueError):
    """A line whose checksum or content is wrong."""


class TapeReader:
    """The inputs and events of a tape, in order, with the memory of one line.

    Args:
        lines: The lines of the tape with their ends, as a binary file gives them.
        name: What to call the tape in a message.

    Attributes:
        header: The first line.
        damaged_lines: Lines that were left out so far: unreadable, or out of time order.
        first_damage: The first of them, None of none.
        last_s: Time of the newest input so far.
        has_end: Whether the tape's own end has been read.

    Raises:
        ValueError: It is no tape, or one that a newer program wrote.
    """

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        self._lines = iter(lines)
        self._events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
        self.damaged_lines = 0
        self.first_damage: str | None = None
        first, self._number = next(self._lines, b""), 1
        if first and not _is_header(first) and _is_header(copy := next(self._lines, b"")):
            self._leave_out("line 1")
            first, self._number = copy, 2
        self.header = _read_header(first, name)
        worn = (self.header.calibration, self.header.second_calibration)
        # Of each glove; nothing can be read of one that is not worn.
        self._volts_a_reading = [len(glove.pads) + 1 for glove in worn if glove is not None]
        self.last_s = 0.0
        self.has_end = False

    def __iter__(self) -> Iterator[Input | Event]:
        """Yield what stands on the tape; a tape without an end is given one, `cut_off`."""
        torn = 0
        for number, line in enumerate(self._lines, start=self._number + 1):
            if not line.endswith(b"\n"):
                break
            try:
                item = self._item(line)
            except (_DamagedError, ValueError, UnicodeDecodeError):
                self._leave_out(f"line {number}")
                torn = number
                continue
            if isinstance(item, Reading | Dropout | Mark | Notice | End):
                # Not even a nan passes.
                if not item.t_s >= self.last_s:
                    self._leave_out(f"line {number} ({item.t_s:.6g} s after {self.last_s:.6g} s)")
                    continue
                self.last_s = item.t_s
                self.has_end = isinstance(item, End)
                if torn == number - 1 and isinstance(item, End) and item.reason in ENDED_LATER:
                    self._forgive(f"line {torn}")
            if item is not None:
                yield item
        if not self.has_end:
            yield End(self.last_s, "cut_off")

    def _leave_out(self, what: str) -> None:
        self.damaged_lines += 1
        self.first_damage = self.first_damage or what

    def _forgive(self, what: str) -> None:
        """Take back that a line is damaged: it was torn by the cut, and closed when the tape was given its end."""
        self.damaged_lines -= 1
        self.first_damage = None if self.first_damage == what else self.first_damage

    def inputs(self) -> Iterator[Input]:
        """Yield the inputs alone."""
        for item in self:
            if isinstance(item, Reading | Dropout | Mark | Notice | End):
                yield item

    def _item(self, line: bytes) -> Input | Event | None:
        kind, record = _checked(line)
        if kind == "E":
            try:
                return self._events.decode(record)
            except msgspec.ValidationError:
                # A later program may say more; readers ignore what they do not know.
                return None
        if kind == "H":
            return None
        time, _, rest = record.partition(" ")
        t_s = float(time)
        if t_s == math.inf:
            raise _DamagedError
        if kind == "R":
            return self._reading(t_s, rest, 0)
        if kind in ("r", "d") and len(self._volts_a_reading) > 1:
            return self._reading(t_s, rest, 1) if kind == "r" else Dropout(t_s, rest, 1)
        return _told(kind, t_s, rest)

    def _reading(self, t_s: float, record: str, glove: int) -> Reading:
        step = self.header.volt_per_code
        codes = [int(code) for code in record.split(" ")]
        if len(codes) != self._volts_a_reading[glove] or min(codes) < LOWEST_CODE or max(codes) > HIGHEST_CODE:
            raise _DamagedError
        return Reading(t_s, tuple([code * step for code in codes]), glove)


def _told(kind: str, t_s: float, word: str) -> Input:
    """Return an input that is a word."""
    if kind == "D":
        return Dropout(t_s, word)
    if kind == "M" and word in MARK_WORDS:
        return Mark(t_s, word)
    if kind == "N" and word in NOTICE_WORDS:
        return Notice(t_s, word)
    if kind == "X" and word in END_REASONS:
        return End(t_s, word)
    raise _DamagedError


def _checked(line: bytes) -> tuple[str, str]:
    """Return kind and record of a line whose checksum is right."""
    body = line[_CHECKSUM_DIGITS + 1 : -1]
    if int(line[:_CHECKSUM_DIGITS], 16) != zlib.crc32(body):
        raise _DamagedError
    text = body.decode()
    return text[:1], text[2:]


def _is_header(line: bytes) -> bool:
    try:
        return _checked(line)[0] == "H"
    except (ValueError, UnicodeDecodeError):
        return False


def _read_header(line: bytes, name: str) -> Header:
    """Return the header in its line.

    Raises:
        ValueError: The file is empty, foreign, damaged in its first line, or of a newer format.
    """
    if not line:
        raise ValueError(f"{name} is empty, so there is no session on it - name another tape")
    if not _is_header(line):
        raise ValueError(f"{name} does not begin like a tape of ours - name a file that `paws` wrote")
    written = msgspec.json.decode(_checked(line)[1])
    version = written.get("format") if isinstance(written, dict) else None
    if not isinstance(version, int) or version > FORMAT:
        raise ValueError(f"{name} has tape format {version}, this program reads up to {FORMAT} - update kittypaws")
    try:
        return msgspec.convert(written, Header)
    except msgspec.ValidationError as error:
        raise ValueError(f"{name} has a header that cannot be used: {error} - name another tape") from None
