"""The service: its unit file, that it begins at boot, and when it is started anew."""

import re

from .place import SERVICE_FILES, UNIT, Place, text_at
from .step import Run, Step, Todo, copied, removed

_FOLDERS = (".config", ".config/kittypaws", ".local", ".local/share", ".local/share/kittypaws")
_VERSION = re.compile(r"^# kittypaws unit (\d+)", re.MULTILINE)


def steps(place: Place) -> list[Step]:
    """Return the steps after which the service begins at boot."""
    return [
        Step(
            "Folders for settings and tapes, which the service may write", lambda: _folders(place), stirs_service=True
        ),
        Step(f"The service's unit file, {UNIT}", lambda: _unit(place), stirs_service=True),
        Step(f"The service begins at boot: {place.service}", lambda: _enabled(place), stirs_service=True),
    ]


def steps_to_remove(place: Place) -> list[Step]:
    """Return the steps after which there is no service."""
    return [
        Step("The service ended, its lights off", lambda: _disabled(place)),
        Step(f"Its unit file {UNIT} taken away", lambda: removed(place.unit, *_known(place))),
    ]


def started_anew(place: Place) -> Todo:
    """Return what is left to do for the service to run what is installed now; it is not waited for."""
    systemctl = place.program_words("systemctl")
    # Without a glove it is not ready, and "start" would wait for that.
    return Todo((Run((*systemctl, "restart", "--no-block", place.service)),) if systemctl else ())


def _folders(place: Place) -> Todo:
    account = place.account()
    if account is None:
        return Todo()
    # Each on its own, from the outermost, so that all of them are the person's.
    missing = [str(folder) for name in _FOLDERS if not (folder := place.at(f"{account.home}/{name}")).exists()]
    owner = ("-o", str(account.user_id), "-g", str(account.group_id))
    return Todo((Run(("install", "-d", *owner, *missing), as_root=False),)) if missing else Todo()


def _unit(place: Place) -> Todo:
    source = SERVICE_FILES / UNIT
    todo = copied(source, place.unit, *_known(place))
    if not todo.actions or not place.unit.exists():
        return todo
    before, now = _version(text_at(place.unit)), _version(source.read_text(encoding="utf-8"))
    what = f"is of version {before}" if before < now else f"differs from version {now}"
    return Todo(todo.actions, (f"the one that is there {what}: it is replaced by version {now}",))


def _version(text: str) -> int:
    """Return a unit file's version; the first bore none."""
    found = _VERSION.search(text)
    return int(found[1]) if found else 1


def _known(place: Place) -> tuple[Run, ...]:
    systemctl = place.program_words("systemctl")
    return (Run((*systemctl, "daemon-reload")),) if systemctl else ()


def _enabled(place: Place) -> Todo:
    systemctl = place.program_words("systemctl")
    if place.service in place.services():
        return Todo()
    if systemctl is None:
        return Todo(notes=("there is no systemctl here, so it is left out",))
    return Todo((Run((*systemctl, "enable", place.service)),))


def _disabled(place: Place) -> Todo:
    systemctl = place.program_words("systemctl")
    found = place.services()
    return Todo((Run((*systemctl, "disable", "--now", *found)),)) if systemctl and found else Todo()
