"""Why it cannot be installed here: each reason one line, with the next step, before anything is changed."""

from .machine import Machine
from .place import Place

OLDEST, NEWEST = (3, 11), (3, 13)
# The environment takes 130 MB (measured), pip's downloads 40 MB more meanwhile; the rest is for the first tapes.
NEEDED_MEGABYTE = 250


def reasons(machine: Machine, place: Place) -> list[str]:
    """Return why not; an empty list means that it can begin."""
    # On the wrong computer, and for root, the rest would only be noise.
    return (
        _of_the_computer(machine)
        or _root(machine)
        or [*_programs(machine), *_of_the_system(machine), *_of_the_person(machine, place)]
    )


def reasons_of_a_root(machine: Machine, place: Place) -> list[str]:
    """Return why not below another root: whatever computer that is done on, and whoever does it."""
    return [*_of_the_system(machine), *_of_the_person(machine, place)]


def reasons_to_remove(machine: Machine) -> list[str]:
    """Return why it cannot be removed here; less is needed for that."""
    return [*_root(machine), *_programs(machine)]


def _of_the_computer(machine: Machine) -> list[str]:
    if machine.system != "Linux":
        return [f"this is {machine.system}, and the glove is wired to a Raspberry Pi - `make demo` plays without one"]
    if machine.model is None or "Raspberry Pi" not in machine.model:
        what = machine.model or f"a computer of another kind ({machine.processor})"
        return [f"this is {what}, no Raspberry Pi - `make demo` plays without one"]
    bits = machine.interpreter.pointer_bits if machine.interpreter else 64
    if machine.processor != "aarch64" or bits != 64:
        found = f"its kernel is {machine.processor}, its programs are {bits} bit"
        return [f"this system is not 64 bit throughout ({found}) - put the 64-bit Raspberry Pi OS on the card"]
    return []


def _of_the_system(machine: Machine) -> list[str]:
    found = _python(machine)
    if machine.free_megabyte < NEEDED_MEGABYTE:
        found.append(
            f"{machine.free_megabyte} MB are free in /opt, {NEEDED_MEGABYTE} MB are needed - make room, "
            "or take a larger card"
        )
    if not machine.has_config:
        found.append("there is no config.txt in /boot/firmware or /boot - is that part of the card mounted?")
    if machine.lacks_groups:
        groups = ", ".join(machine.lacks_groups)
        found.append(f"there is no group {groups}, which Raspberry Pi OS has - put Raspberry Pi OS on the card")
    if machine.is_occupied:
        found.append("/opt/kittypaws has something else in it - move that away first")
    return found


def _of_the_person(machine: Machine, place: Place) -> list[str]:
    account = machine.account
    if account is None:
        return [f"there is nobody called {place.user} here - name the person whose glove it is, as in --user anna"]
    found = []
    if account.home.rstrip("/") != f"/home/{account.name}":
        found.append(
            f"the home of {account.name} is {account.home}, and the service looks in /home/{account.name} only - "
            "install it as somebody whose home is there"
        )
    others = [service for service in machine.services if service != place.service]
    if others:
        found.append(
            f"{others[0].removesuffix('.service')} is installed here already, and two services would want the same "
            "pins - let its owner run `make uninstall` first"
        )
    return found


def _root(machine: Machine) -> list[str]:
    if machine.is_root:
        return ["root runs this - run it as yourself, without sudo; it asks for sudo where that is needed"]
    return []


def _python(machine: Machine) -> list[str]:
    own = machine.interpreter
    if own is None:
        return ["/usr/bin/python3 does not answer - sudo apt install python3 python3-venv"]
    version = ".".join(map(str, own.version))
    if own.version < OLDEST:
        return [f"the system's Python is {version}, 3.11 to 3.13 is needed - put Raspberry Pi OS bookworm on the card"]
    if own.version > NEWEST:
        return [f"the system's Python is {version}, 3.11 to 3.13 is needed - put Raspberry Pi OS trixie on the card"]
    if not own.makes_environments:
        return ["python3-venv is not installed - sudo apt install python3-venv"]
    return []


def _programs(machine: Machine) -> list[str]:
    return [f"there is no {name} here - Raspberry Pi OS has it; is this one?" for name in machine.lacks]
