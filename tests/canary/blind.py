"""The tests of one detector, in a program in which it is switched off.

    python -m tests.canary.blind off NUMBER
    python -m tests.canary.blind on NUMBER ...

Prints one line of JSON: the tests that failed. With `on` the detectors stay on, and their tests ought to pass.
"""

import json
import os
import sys

import pytest

from tests.mutation.trial import ask_properties_once


class _Seen:
    """The tests that did not pass."""

    def __init__(self) -> None:
        self.tests: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.tests.append(report.nodeid.rpartition("::")[2])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            raise SystemExit(f"{report.nodeid} cannot be read: {report.longreprtext}")


def main(arguments: list[str]) -> None:
    from .detectors import detectors

    chosen = [detectors()[int(number)] for number in arguments[1:]]
    if arguments[0] == "off":
        chosen[0].switch_off()
    tests = sorted({test for detector in chosen for test in detector.tests})
    ask_properties_once()
    seen = _Seen()
    answer = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    ended = pytest.main(["-q", "-p", "no:cacheprovider", *(f"tests/{test}" for test in tests)], [seen])
    if ended not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise SystemExit(f"{' '.join(tests)} cannot be run ({ended!r})")
    os.write(answer, json.dumps(sorted(set(seen.tests), key=seen.tests.index)).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
