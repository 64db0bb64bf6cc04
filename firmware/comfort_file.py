"""Her comfort as a file beside the settings: read strictly, written whole, and never in the way of a session's page."""

from msgspec.structs import replace

from coach.comfort import UNKNOWN, Comfort, after, comfort_from_toml
from coach.summary import Summary

from .home import comfort_path
from .refusal import explained, refusing_wrong_files, text_of
from .whole_file import write_whole
from .words import about_newton

_HEAD = """\
# What she has said, kept from one session to the next. A ceiling here is never raised by itself:
# `paws calibrate --comfort` lets her set it anew, and without this file all is forgotten.
"""


def load_comfort() -> Comfort:
    """Return what is known of her; nothing where there is no file.

    Raises:
        Refusal: The file is there and wrong: what was too much for her is never guessed.
    """
    path = comfort_path()
    if not path.exists():
        return UNKNOWN
    with refusing_wrong_files():
        return comfort_from_toml(text_of(path, "her comfort"), str(path))


def comfort_to_toml(comfort: Comfort) -> str:
    """Return the file of her comfort."""
    lines = [_HEAD]
    if comfort.ceiling_newton is not None:
        words = comfort.ceiling_from.replace("\\", "").replace('"', "")
        lines.append(f'ceiling_newton = {comfort.ceiling_newton:g}\nceiling_from = "{words}"\n')
    if comfort.just_right_newton:
        lines.append("\n[just_right_newton]\n")
        lines += [f'"{spot}" = {newton:g}\n' for spot, newton in comfort.just_right_newton.items()]
    return "".join(lines)


def keep_comfort(comfort: Comfort) -> None:
    """Write the file.

    Raises:
        OSError: It cannot be written; what was there still is.
    """
    comfort_path().parent.mkdir(parents=True, exist_ok=True)
    write_whole(comfort_path(), comfort_to_toml(comfort).encode())


def remember(summary: Summary) -> list[str]:
    """Remember what she said in a session, and return what to tell about it."""
    before = load_comfort()
    when = f"the session of {summary.label}"
    now = after(before, summary.ceiling_newton, summary.plan_ceiling_newton, summary.just_right, when)
    if now == before:
        return []
    try:
        keep_comfort(now)
    except OSError as error:
        return [f"what she said is not kept for the next time: {explained(error)}"]
    if now == replace(before, just_right_newton=now.just_right_newton):
        return ["What was just right for her is kept for the next time."]
    most = about_newton(now.ceiling_newton or 0.0, summary.uncertain_share)
    return [f"From now on {most} is the most for her; `paws calibrate --comfort` lets her set it anew."]
