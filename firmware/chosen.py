"""The plan and the gloves that were chosen last: what the service plays when there is nobody to ask.

A plan of one's own is kept as a copy: the file it came from may be gone, or out of the service's sight.
"""

from msgspec import Struct

from coach.strict import from_toml

from .gloves import Worn
from .home import chosen_path, chosen_plan_path
from .plans import SHIPPED, load_plan, plan_text
from .refusal import refusing_wrong_files, text_of
from .whole_file import write_whole

_OWN = "one of your own"


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    """What was chosen.

    Attributes:
        plan: A plan of ours, or the words for one of the user's own, which is kept beside.
        gloves: Which are worn.
    """

    plan: str = "free"
    gloves: Worn = "right"

    @property
    def named(self) -> str:
        """What `--plan` would be given."""
        return str(chosen_plan_path()) if self.plan == _OWN else self.plan


def load_chosen() -> Chosen:
    """Return what was chosen last; the free plan and the right glove where nobody chose.

    Raises:
        Refusal: The file is there and wrong: a plan, and the ceiling in it, is never guessed.
    """
    path = chosen_path()
    if not path.exists():
        return Chosen()
    with refusing_wrong_files():
        return from_toml(text_of(path, "the choice of a plan"), Chosen, str(path))


def choose(plan: str | None, gloves: Worn) -> Chosen:
    """Keep a choice for the next time, and return it.

    Raises:
        Refusal: There is no such plan, its file is wrong, or the choice cannot be written.
    """
    chosen = Chosen("free" if plan is None else plan if plan in SHIPPED else _OWN, gloves)
    load_plan(plan)
    with refusing_wrong_files():
        chosen_path().parent.mkdir(parents=True, exist_ok=True)
        if plan is not None and chosen.plan == _OWN and plan != chosen.named:
            write_whole(chosen_plan_path(), plan_text(plan).encode())
        # The plan first: a choice without its plan would be refused at the next start.
        write_whole(
            chosen_path(),
            (
                "# What `paws run` plays: the plan and the gloves of the last session, or of `paws plans choose`.\n"
                f'plan = "{chosen.plan}"\ngloves = "{chosen.gloves}"\n'
            ).encode(),
        )
    return chosen
