"""The Pi itself: its bus, its pins from power-on, who may use them, and where its messages go."""

from pathlib import Path

from .boot_config import (
    BEGIN,
    after_block,
    before_block,
    but_for_the_bus,
    is_cut,
    moved_under,
    with_block,
    without_block,
)
from .machine import GROUPS
from .place import SERVICE_FILES, Place, text_at
from .step import Rewrite, Run, Step, Todo, copied, removed

MODULES = "/etc/modules-load.d/kittypaws.conf"
JOURNAL = "/etc/systemd/journald.conf.d/40-kittypaws.conf"
BLOCK = SERVICE_FILES / "config.txt"


def steps(place: Place) -> list[Step]:
    """Return the steps after which the Pi is a glove's."""
    return [
        Step("A copy of config.txt as it is, kept once", lambda: _kept(place)),
        Step("The I2C bus on, as `raspi-config` does it", lambda: _bus(place)),
        Step(
            "I2C at 400 kHz, pins dark from power-on and given back by the kernel: a marked block in config.txt",
            lambda: _config(place),
            needs_restart=True,
        ),
        Step(
            "The bus as a device, from the start",
            lambda: copied(SERVICE_FILES / "modules-load.conf", place.at(MODULES)),
            needs_restart=True,
        ),
        Step(
            f"{place.user} may use pins, bus and supply: the groups {', '.join(GROUPS)}",
            lambda: _groups(place),
            needs_restart=True,
        ),
        Step(
            "Few writes to the card: the system's messages stay in memory, 16 MB of them at most",
            lambda: copied(SERVICE_FILES / "journald.conf", place.at(JOURNAL), *_journal_anew(place)),
        ),
    ]


def steps_to_remove(place: Place) -> list[Step]:
    """Return the steps after which it is nobody's."""
    return [
        Step("The system's messages as before", lambda: removed(place.at(JOURNAL), *_journal_anew(place))),
        Step("The bus's device as before", lambda: removed(place.at(MODULES))),
        Step("Our block taken out of config.txt", lambda: _config_removed(place), needs_restart=True),
    ]


def _bus(place: Place) -> Todo:
    tool = place.program_words("raspi-config")
    if tool is None:
        return Todo(notes=("there is no raspi-config here; the block in config.txt, below, does it",))
    # It answers 0 for on.
    is_on = place.answer_of((*tool, "nonint", "get_i2c")) == "0"
    return Todo() if is_on else Todo((Run((*tool, "nonint", "do_i2c", "0")),))


def _config(place: Place) -> Todo:
    text, block = text_at(place.config), BLOCK.read_text(encoding="utf-8")
    losing = before_block(text, block)
    notes = [f"line {line.number} says {line.text}; ours comes after it and wins" for line in losing]
    new = with_block(text, block)
    if new == text:
        # Said once, when it was new.
        return Todo()
    if is_cut(text):
        notes.append(f"a block of ours without its end is in {place.config}: it stays, and a whole one follows it")
    winning = after_block(text, block)
    notes += [f"line {line.number} says {line.text} after ours, so ours moves behind it" for line in winning]
    return Todo((Rewrite(place.config, new),), tuple(notes))


def _backup(place: Place) -> Path:
    return place.config.with_name(f"{place.config.name}.before-kittypaws")


def _kept(place: Place) -> Todo:
    backup = _backup(place)
    if backup.exists() or not place.config.exists() or BEGIN in text_at(place.config):
        return Todo()
    return Todo((Run(("cp", str(place.config), str(backup))),))


def _config_removed(place: Place) -> Todo:
    text, backup = text_at(place.config), _backup(place)
    new = without_block(text)
    actions: list[Rewrite | Run] = [] if new == text else [Rewrite(place.config, new)]
    notes = []
    if is_cut(text):
        notes.append(f"the block in {place.config} has lost its end, so it stays - take its lines out by hand")
    if (section := moved_under(text)) is not None:
        notes.append(f"the lines after our block were for every Pi, and now stand under {section} - look at them")
    if backup.exists():
        if but_for_the_bus(text_at(backup)) == but_for_the_bus(new):
            actions.append(Run(("rm", "-f", str(backup))))
        elif actions:
            notes.append(f"{place.config} has changed otherwise too; how it was before Kittypaws stays in {backup}")
    return Todo(tuple(actions), tuple(notes))


def _groups(place: Place) -> Todo:
    members = place.groups()
    lacking = [group for group in GROUPS if place.user not in members.get(group, ())]
    words = place.program_words("usermod")
    if not lacking:
        return Todo()
    if words is None:
        return Todo(notes=("there is no usermod here, so it is left out",))
    return Todo((Run((*words, "-aG", ",".join(lacking), place.user)),))


def _journal_anew(place: Place) -> tuple[Run, ...]:
    systemctl = place.program_words("systemctl")
    return (Run((*systemctl, "restart", "systemd-journald")),) if systemctl else ()
