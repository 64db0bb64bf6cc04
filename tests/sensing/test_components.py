"""Ten thousand gloves, each of parts as they are sold: none that is well is called broken, none that is broken well.

Volts are computed for all of them at once (tests/tolerances says of which parts); each pad is then judged by the real
class, 50 readings a second, and what it knew of its circuit are the nominal values.
"""

import numpy as np
import pytest

from sensing.pads import FAULTS, Pad, PadRules, PadState
from tests.story import CALIBRATION, DIVIDER
from tests.tolerances import parts as of
from tests.tolerances.parts import Array, Happens, Parts, untouched

pytestmark = pytest.mark.many

GLOVES = 10_000
SEED = 20260117
# 200 ms are ten readings; five before that show a pad that is well.
WELL, BROKEN = 5, 11


def judged(*stages: tuple[Happens, int]) -> list[tuple[list[PadState], Pad]]:
    """Return the states that the pad of each glove went through in the last stage, and the pad."""
    parts = Parts(GLOVES, SEED)
    volts = [parts.readings(stage(parts), count).tolist() for stage, count in stages]
    halved = parts.readings(parts.supply_volt * parts.halved_part, sum(count for _, count in stages)).tolist()
    table, rules = CALIBRATION.pads[0][1], PadRules(zeroes=True, creeps=True)
    judgements = []
    for glove in range(GLOVES):
        pad, states, tick = Pad("heel", table, DIVIDER, rules), [], 0
        for stage in volts:
            states = []
            for volt in stage[glove]:
                pad.feed(tick / 50, volt, 2 * halved[glove][tick])
                states.append(pad.state)
                tick += 1
        judgements.append((states, pad))
    return judgements


def anyhow(parts: Parts) -> Array:
    """A third of the gloves each way."""
    volts: Array = np.choose(np.arange(GLOVES) % 3, [untouched(parts), of.lightly(parts), of.fully(parts)])
    return volts


@pytest.mark.parametrize("well", [untouched, of.lightly, of.fully], ids=lambda stage: stage.__name__)
def test_no_pad_that_is_well_is_called_broken(well: Happens) -> None:
    judgements = judged((well, 15))
    assert not [states for states, _ in judgements if not FAULTS.isdisjoint(states)]
    if well is untouched:
        # A light touch of 100 kohm is the least that there is; an untouched pad bears exactly nothing.
        assert {pad.newton(0.28) for _, pad in judgements} == {0.0}
    else:
        assert all((pad.newton(0.28) or 0.0) > 0.01 for _, pad in judgements)


@pytest.mark.parametrize(
    ("broken", "state"),
    [
        (of.cut, PadState.OPEN),
        (of.bridged(1e6), PadState.OPEN),
        (of.bridged(3e5), PadState.OPEN),
        (of.without_ground, PadState.SHORT),
        (of.at_the_supply, PadState.SHORT),
        (of.shorted_inside, PadState.OVER),
    ],
    ids=["cut or at ground", "bridged by 1 M", "bridged by 300 k", "no ground", "at the supply", "shorted inside"],
)
def test_every_broken_pad_is_told_within_200_ms(broken: Happens, state: PadState) -> None:
    judgements = judged((anyhow, WELL), (broken, BROKEN))
    assert {states[-1] for states, _ in judgements} == {state}
    told_after = max(states.index(state) for states, _ in judgements)
    assert told_after / 50 <= 0.2
    newtons = {pad.newton((WELL + BROKEN - 1) / 50) for _, pad in judgements}
    assert newtons == ({30.0} if state is PadState.OVER else {None})
