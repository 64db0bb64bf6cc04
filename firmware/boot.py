"""Which start of the computer this is: a session that another one recorded was ended by it going down."""

from pathlib import Path

_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str | None:
    """Return what the kernel calls this start, anew at each; None where it does not say."""
    try:
        return _ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
