"""`make canary`: switch off each detector in turn; at least one test has to fail for each.

    python -m tests.canary [WORDS]

With words only the detectors with these words in their names. It ends with 1 when one could be switched off unseen.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from os import environ, sched_getaffinity

from .detectors import Detector, detectors


def looked_at(wanted: str = "") -> Iterator[tuple[Detector, list[str]]]:
    """Yield each detector with the tests that see that it is off.

    Raises:
        RuntimeError: A test fails with all of them on, and so sees nothing.
    """
    chosen = [(number, detector) for number, detector in enumerate(detectors()) if wanted in detector.name]
    with ThreadPoolExecutor(len(sched_getaffinity(0))) as pool:
        failing = pool.submit(_failing, "on", *[number for number, _ in chosen])
        answers = pool.map(lambda number: _failing("off", number), [number for number, _ in chosen])
        for (_, detector), seen in zip(chosen, answers, strict=True):
            yield detector, seen
        if failing.result():
            raise RuntimeError(f"{failing.result()[0]} fails although all detectors are on - mend that first")


def _failing(switched: str, *numbers: int) -> list[str]:
    """Return the tests of these detectors that fail while they are on, or off."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.canary.blind", switched, *map(str, numbers)],
        env={**environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    failing: list[str] = json.loads(ended.stdout)
    return failing


def main(arguments: list[str]) -> int:
    unseen = 0
    for detector, seen in looked_at(" ".join(arguments)):
        unseen += not seen
        by = f"seen by {len(seen):3}: {seen[0]}" if seen else "SEEN BY NO TEST"
        print(f"{detector.name:34}{by}", flush=True)
    print(f"{unseen} could be switched off unseen" if unseen else "every one was missed")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
