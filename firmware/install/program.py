"""The program itself: a Python environment of its own in /opt, made of wheels, and the command `paws`.

Everything in it belongs to the person, so that pip never runs as root. It is what was asked for when the environment is
of the system's Python and a stamp, written last, says that this very checkout is in it.
"""

import hashlib
import shlex
import tomllib
from pathlib import Path

from .machine import interpreter
from .place import CHECKOUT, Place, text_at
from .step import Run, Step, Todo, removed

STAMP = "kittypaws.sha256"
COMMAND = "/usr/local/bin/paws"
# Where the command leads, in the words of the system it is for.
_PAWS = "/opt/kittypaws/bin/paws"
# What a session needs; a wheel that does not fit this machine says so here.
_TRY = "import firmware.verbs.session"


def steps(place: Place) -> list[Step]:
    """Return the steps after which `paws` is there."""
    return [
        Step(
            "The program: a Python environment of its own in /opt/kittypaws, of wheels only, no compiler",
            lambda: _program(place),
            stirs_service=True,
        ),
        Step("The command `paws` for every shell: /usr/local/bin/paws", lambda: _command(place)),
    ]


def steps_to_remove(place: Place) -> list[Step]:
    """Return the steps after which it is gone."""
    return [
        Step("The command `paws` taken away", lambda: _command_removed(place)),
        Step("The program in /opt/kittypaws taken away", lambda: _program_removed(place)),
    ]


def checkout_stamp(checkout: Path = CHECKOUT) -> str:
    """Return what tells one state of a checkout from another: a sum over all that goes into the wheel."""
    settings = checkout / "pyproject.toml"
    folders = tomllib.loads(settings.read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    files = [settings]
    for folder in folders["packages"]:
        files += [path for path in (checkout / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(f"{path.relative_to(checkout)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def environment_version(environment: Path) -> tuple[int, int] | None:
    """Return the Python that an environment was made of; None where there is none, or a broken one."""
    settings = dict(line.partition("=")[::2] for line in text_at(environment / "pyvenv.cfg").splitlines())
    told = {key.strip(): value.strip() for key, value in settings.items()}.get("version", "").split(".")
    if len(told) < 2 or not (told[0].isdigit() and told[1].isdigit()) or not (environment / "bin" / "python").exists():
        return None
    return int(told[0]), int(told[1])


def _program(place: Place) -> Todo:
    folder, stamp = place.environment, checkout_stamp()
    own, made_of = interpreter(place), environment_version(place.environment)
    is_right = own is not None and made_of == own.version
    if is_right and text_at(folder / STAMP).strip() == stamp:
        return Todo()
    notes = []
    if folder.exists() and not is_right:
        of = f"Python {'.'.join(map(str, made_of))}" if made_of else "a Python that is gone"
        notes.append(f"the environment there is of {of}, and not of the system's: it is made anew")
    elif folder.exists():
        notes.append("what is there is of another state of this checkout: it is brought up to date")
    actions = _stopped(place)
    account = place.account()
    if account is not None and not _belongs_to(folder, account.user_id):
        owner = (f"{account.user_id}", f"{account.group_id}")
        actions.append(Run(("install", "-d", "-o", owner[0], "-g", owner[1], str(folder))))
    if not is_right:
        actions.append(Run((place.python, "-m", "venv", "--clear", str(folder)), as_root=False))
    python = str(folder / "bin" / "python")
    pip = (python, "-P", "-m", "pip", "install", "--disable-pip-version-check", "--only-binary=:all:", str(CHECKOUT))
    online = "is the Pi online, and is its clock right? Then run this again: it goes on from here"
    actions += [
        Run(pip, as_root=False, when_it_fails=online),
        Run((python, "-P", "-c", _TRY), as_root=False),
        Run(("sh", "-c", f"echo {stamp} >{shlex.quote(str(folder / STAMP))}"), as_root=False),
    ]
    return Todo(tuple(actions), tuple(notes))


def _stopped(place: Place) -> list[Run]:
    """A service whose files are exchanged under it would load halves of both."""
    systemctl = place.program_words("systemctl")
    return [Run((*systemctl, "stop", place.service))] if systemctl and place.service in place.services() else []


def _belongs_to(folder: Path, user_id: int) -> bool:
    return folder.exists() and folder.stat().st_uid == user_id


def _command(place: Place) -> Todo:
    link = place.at(COMMAND)
    if _leads_to_us(link):
        return Todo()
    if link.exists() or link.is_symlink():
        return Todo(notes=(f"there is another {COMMAND}, which stays; ours is {_PAWS}",))
    return Todo((Run(("ln", "-s", _PAWS, str(link))),))


def _leads_to_us(link: Path) -> bool:
    return link.is_symlink() and str(link.readlink()) == _PAWS


def _command_removed(place: Place) -> Todo:
    link = place.at(COMMAND)
    return removed(link) if _leads_to_us(link) else Todo()


def _program_removed(place: Place) -> Todo:
    folder = place.environment
    if not folder.exists():
        return Todo()
    if not (folder / "pyvenv.cfg").exists():
        return Todo(notes=("/opt/kittypaws has something else in it, which stays",))
    return Todo((Run(("rm", "-rf", str(folder))),))
