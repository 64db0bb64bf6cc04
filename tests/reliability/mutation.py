"""Campaign H2, small wrongs in the code: what the tests of the pads, the coach and the guard do not mind."""

from collections.abc import Iterator

from tests.mutation.campaign import KILLED_SHARE, TESTS, judged

from .table import Row


def rows(share: float) -> Iterator[Row]:
    """Try this share of the mutants of each file; of a sample only that none lives unexplained is asked."""
    for path in TESTS:
        account = judged(path, share)
        lives = [f"line {mutant.line} lives: {mutant.change}" for mutant in account.alive]
        lives += [f"explained, but killed: {mutant.change}" for mutant in account.killed_after_all]
        lives += [f"explained, but no mutant: {gone}" for gone in account.gone]
        figures = f"{account.killed} killed ({account.killed_share:.1%}), {len(account.explained)} explained"
        yield Row(
            f"H2 {path}",
            f"{account.tried} mutants",
            f"{KILLED_SHARE:.0%} killed, the rest explained",
            "; ".join([figures, *lives]),
            account.held,
        )
