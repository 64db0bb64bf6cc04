"""The plans that come with the program, and those of the users' own: `--plan` takes a name or a file."""

from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from coach.plan import FREE, Plan, plan_from_toml

from .refusal import Refusal, refusing_wrong_files, text_of

# In the order of a couple's life.
SHIPPED = ("first-time", "side-lying", "seated", "sore", "free")
_FOLDER = files("coach") / "plans"


def plan_text(named: str) -> str:
    """Return the file of a plan, as it is to be read and copied.

    Raises:
        Refusal: There is no such plan.
    """
    if named in SHIPPED:
        return (_FOLDER / f"{named}.toml").read_text(encoding="utf-8")
    return text_of(_path_of(named), "plan")


def load_plan(named: str | None) -> Plan:
    """Return the plan with a name of ours or in a file, or the free one when nothing is named.

    Raises:
        Refusal: There is no such plan, or its file is wrong.
    """
    if not named:
        return FREE
    with refusing_wrong_files():
        return plan_from_toml(plan_text(named), named)


def _path_of(named: str) -> Path:
    path = Path(named)
    # A word without a dot or a slash is a name.
    if path.name == named and not path.suffix and not path.exists():
        near = get_close_matches(named, SHIPPED, n=1, cutoff=0.5)
        meant = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(SHIPPED)}, or name a file"
        raise Refusal(f"there is no plan `{named}` - {meant}")
    return path
