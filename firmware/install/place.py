"""Where everything lies: on this Pi, or below another folder that stands for one (`--root`).

Commands that would touch the running system are taken from that folder too, so that another root never changes this
one.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
SERVICE_FILES = CHECKOUT / "firmware" / "service"
UNIT = "kittypaws@.service"
# Where a person's own programs do not lie on Raspberry Pi OS, but those of the system.
_SYSTEM_FOLDERS = ("usr/local/sbin", "usr/sbin", "sbin", "usr/local/bin", "usr/bin", "bin")


@dataclass(frozen=True, slots=True)
class Account:
    """The person whose service it is, as in /etc/passwd."""

    name: str
    user_id: int
    group_id: int
    home: str


@dataclass(frozen=True, slots=True)
class Place:
    """The root of a system, and whose service it is.

    Attributes:
        root: The folder that stands for `/`.
        user: The person's name.
    """

    root: Path
    user: str

    def at(self, path: str) -> Path:
        """Return where a path of that system is."""
        return self.root / path.lstrip("/")

    @property
    def is_this_system(self) -> bool:
        """Whether it is the system that runs."""
        return self.root == Path("/")

    @property
    def environment(self) -> Path:
        """Where the program lives, in a Python environment of its own."""
        return self.at("/opt/kittypaws")

    @property
    def python(self) -> str:
        """The system's own Python: one from somebody's home would be out of the service's sight."""
        return self.program("python3") or "/usr/bin/python3"

    @property
    def config(self) -> Path:
        """The firmware's settings; since bookworm they lie in /boot/firmware, and the old file only says so."""
        new, old = self.at("/boot/firmware/config.txt"), self.at("/boot/config.txt")
        return old if old.exists() and not new.exists() else new

    @property
    def unit(self) -> Path:
        """The unit file of the service."""
        return self.at("/etc/systemd/system") / UNIT

    @property
    def service(self) -> str:
        """The name of this person's service."""
        return f"kittypaws@{self.user}.service"

    @property
    def needs_restart(self) -> Path:
        """Debian's own note that a restart is wanted; it is gone after one."""
        return self.at("/run/reboot-required")

    def program(self, name: str) -> str | None:
        """Return where a program of that system is; None where it has none."""
        folders = os.pathsep.join(str(self.root / folder) for folder in _SYSTEM_FOLDERS)
        return shutil.which(name, path=folders)

    def program_words(self, name: str) -> tuple[str, ...] | None:
        """Return how a program of that system is called; None where it has none."""
        found = self.program(name)
        return None if found is None else (name,) if self.is_this_system else (found,)

    def answer_of(self, words: tuple[str, ...]) -> str:
        """Return what a program of that system says, which changes nothing; "" where it fails."""
        try:
            asked = subprocess.run(  # noqa: S603 - words of ours
                words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
            )
        except OSError:
            return ""
        return asked.stdout.strip()

    def services(self) -> list[str]:
        """Return the services that are begun at boot, whosever they are."""
        return sorted(link.name for link in self.at("/etc/systemd/system/multi-user.target.wants").glob("kittypaws@*"))

    def account(self) -> Account | None:
        """Return the person's account; None for a stranger."""
        for fields in self._table("/etc/passwd"):
            if fields[0] == self.user and len(fields) >= 6:
                return Account(self.user, int(fields[2]), int(fields[3]), fields[5])
        return None

    def groups(self) -> dict[str, frozenset[str]]:
        """Return each group with who is in it."""
        account = self.account()
        found = {}
        for name, _, number, members in (fields[:4] for fields in self._table("/etc/group") if len(fields) >= 4):
            first = {self.user} if account is not None and number == str(account.group_id) else set()
            found[name] = frozenset(members.split(",")) | first
        return found

    def _table(self, path: str) -> list[list[str]]:
        try:
            return [
                line.split(":") for line in self.at(path).read_text(encoding="utf-8", errors="replace").splitlines()
            ]
        except OSError:
            return []


def text_at(path: Path) -> str:
    """Return a file's text byte for byte, whatever its encoding; "" where there is none."""
    try:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return ""
