"""Sessions and their tapes: making a header, judging a tape again, reading its account."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from coach.account import Account
from coach.before import Asked
from coach.events import SessionEnded
from coach.forces import Forces, forces_of
from coach.plan import SIDES, Plan
from coach.session import Session
from coach.summary import Summary
from coach.tape import FORMAT, Header, TapeReader
from hardware.ads1115 import VOLT_PER_CODE
from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.inputs import Dropout, End, Mark, Notice, Reading
from sensing.pads import PadRules

from .boot import boot_id
from .loop import AccountSink, run
from .refusal import refusing_wrong_files
from .words import name_to_press

# Of the glove, worn or emulated: it may press its own pads, and its FSRs creep.
GLOVE_RULES = PadRules(zeroes=True, creeps=True)


def new_header(
    source: str,
    calibrations: Sequence[Calibration],
    divider: Divider,
    plan: Plan,
    *,
    rules: PadRules | None = None,
    has_events: bool = True,
    asked: Asked | None = None,
) -> Header:
    """Return the header of a session that begins now. The date is a label; nothing is computed from it.

    Args:
        source: Where the readings come from.
        calibrations: Of the glove; of two, the left one's first.
        divider: The pads' circuit.
        plan: Limits and steps.
        rules: What the source of the readings promises; those of the glove without them.
        has_events: Whether what is said will stand on the tape too.
        asked: What was asked before.
    """
    calibration, *others = calibrations
    return Header(
        format=FORMAT,
        software=version("kittypaws"),
        source=source,
        label=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        volt_per_code=VOLT_PER_CODE,
        divider=divider,
        calibration=calibration,
        rules=rules or GLOVE_RULES,
        plan=plan,
        has_events=has_events,
        boot=boot_id() if has_events else None,
        asked=asked,
        second_calibration=others[0] if others else None,
    )


def session_of(header: Header, plan: Plan | None = None) -> Session:
    """Return a session as the header describes it, or under another plan."""
    return Session(header.calibration, header.divider, plan or header.plan, header.rules, header.second_calibration)


def to_press(header: Header) -> tuple[str, ...]:
    """Return the pads that have to be pressed once before green comes; none of a recording from elsewhere."""
    if header.rules.verified:
        return ()
    if header.second_calibration is None:
        return header.calibration.names
    worn = zip(SIDES, (header.calibration, header.second_calibration), strict=True)
    return tuple(name_to_press(side, pad) for side, glove in worn for pad in glove.names)


@contextmanager
def open_tape(path: Path) -> Iterator[TapeReader]:
    """Open a tape for reading.

    Raises:
        Refusal: It cannot be read, or is no tape.
    """
    with ExitStack() as stack:
        with refusing_wrong_files():
            reader = TapeReader(stack.enter_context(path.open("rb")), str(path))
        yield reader


def account_of(header: Header, plan: Plan | None = None) -> Account:
    """Return an empty account for a session with this header."""
    return Account(plan or header.plan, header.label, header.source, forces_on(header), header.asked)


def forces_on(header: Header) -> Forces:
    """Return how far the newtons of a session with this header can be believed."""
    worn = (header.calibration, header.second_calibration)
    return forces_of([glove for glove in worn if glove is not None], header.rules)


def summary_of(path: Path) -> Summary:
    """Return the summary of a tape.

    It is made of what was said at the time. A tape without that (an import, a cut or damaged one) is judged again.

    Raises:
        Refusal: It cannot be read, or is no tape.
    """
    with open_tape(path) as tape:
        account = account_of(tape.header)
        is_whole = False
        for item in tape:
            if not isinstance(item, Reading | Dropout | Mark | Notice | End):
                account.feed(item)
                is_whole = is_whole or isinstance(item, SessionEnded)
        if is_whole and not tape.damaged_lines:
            return account.summary()
    with open_tape(path) as tape:
        judged = AccountSink(account_of(tape.header))
        run(session_of(tape.header), tape.inputs(), [judged])
        return judged.account.summary(damaged_lines=tape.damaged_lines, first_damage=tape.first_damage)
