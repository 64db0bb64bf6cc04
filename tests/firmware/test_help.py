"""What a person sees who does not know the command yet, or mistypes it; and that it is instant."""

import subprocess
import sys

import pytest

from firmware.cli import VERBS

from .command import paws

# In the order of a user's life (design.md 3).
LIFE = ["demo", "session", "calibrate", "check", "replay", "summary", "history", "import", "run", "watch", "plans",
        "pinout", "leaflet"]  # fmt: skip
HEAVY = ("numpy", "rich", "gpiozero", "adafruit_ads1x15", "msgspec")


def test_help_lists_the_verbs_in_the_order_of_a_users_life() -> None:
    told = paws("--help")
    listed = [line.split()[0] for line in told.out.partition("Verbs:\n")[2].splitlines() if line[2:3].strip()]
    assert (told.code, told.err, listed) == (0, "", list(VERBS))
    assert [verb for verb in LIFE if verb in listed] == [verb for verb in listed if verb in LIFE]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_help(verb: str) -> None:
    told = paws(verb, "--help")
    assert (told.code, told.err, f"Usage: paws {verb}" in told.out) == (0, "", True)


def test_nothing_typed_is_answered_with_the_help_and_wrong_use() -> None:
    told = paws()
    assert (told.code, told.out, told.err.startswith("Usage: paws")) == (2, "", True)


def test_the_version_is_told() -> None:
    assert paws("--version").out == "kittypaws 0.1.0\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["frobnicate"], []])
def test_help_and_errors_are_instant(arguments: list[str]) -> None:
    """Imports are what makes a command slow on a Pi Zero; the heavy ones wait for a verb that needs them."""
    code = f"import sys; from firmware.cli import _run; _run({arguments!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    modules = done.stderr.splitlines()[-1].split()
    assert [name for name in HEAVY if name in modules] == []


def test_an_unknown_verb_is_answered_with_the_nearest_or_all() -> None:
    near, far = paws("sumary"), paws("frobnicate")
    assert (near.code, near.refusal) == (2, "`sumary` is no verb - did you mean `summary`?")
    assert (far.code, [verb for verb in VERBS if verb not in far.refusal]) == (2, [])


@pytest.mark.parametrize("option", [("demo", "--hand"), ("session", "--emulated")])
def test_an_unknown_hand_is_answered_with_all_hands(option: tuple[str, str]) -> None:
    told = paws(*option, "gentel")
    known = ("gentle", "hasty", "heavy", "kneading", "restless", "tired")
    assert (told.code, "gentel" in told.refusal, [hand for hand in known if hand not in told.refusal]) == (2, True, [])


def test_an_unknown_option_is_answered_with_one_line() -> None:
    told = paws("demo", "--hnd", "gentle")
    assert (told.code, "--hnd" in told.refusal, "--help" in told.refusal) == (2, True, True)


def test_the_plan_of_a_replay_is_the_tapes_own() -> None:
    assert [words in " ".join(paws("replay", "--help").out.split()) for words in ("the tape's own", "free")] == [
        True,
        False,
    ]
    assert "free without it" in " ".join(paws("demo", "--help").out.split())
