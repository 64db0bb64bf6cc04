"""One mutant before its tests, in a process of its own: the file is read with the wrong in it, nothing on disk changes.

A process that those tests start, as the guardian is, finds that file before the one of the checkout.

The process is forked from a server that has loaded the libraries and nothing of ours, so that a trial costs hardly
more than its tests. Libraries that were looked at: mutmut 3.8 mutates only the inside of undecorated functions, and
what has to be seen here are thresholds, tables, priorities and properties; cosmic-ray 8.7 edits the checkout and starts
a new interpreter for every mutant, and neither leaves out a statement or halves a number.
"""

import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from .mutants import Mutant

LIBRARIES = ["hypothesis", "hypothesis.strategies", "msgspec", "numpy", "pytest"]
# A wrong that makes something endless must not take the machine with it.
_MEMORY_BYTES = 2 * 1024**3
# Times what the tests take on the file as it is, and some more: a mutant may make them slower, not endless.
_PATIENCE, _PATIENCE_S = 3, 5
# What waits needs no processor. Nobody waits for it longer than this many times as long.
_WAITING = 20
# How a trial ends: the mutant passed, or a test failed, or it could not even be read.
PASSED, KILLED = 0, 10


class Trials:
    """The trials of one file's mutants.

    Args:
        path: The file, from the top of the checkout.
        source: What is in it.
    """

    def __init__(self, path: str, source: bytes) -> None:
        self.path, self._source = path, source
        self._folder = tempfile.TemporaryDirectory(prefix="mutants-")
        # Nothing but the tests in their own process, and one core a trial.
        os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._server = multiprocessing.get_context("forkserver")
        self._server.set_forkserver_preload(LIBRARIES)

    def begin(self, mutant: Mutant, tests: Sequence[str], cpu_s: float) -> BaseProcess:
        """Start a trial; its exit code is the answer."""
        return self._begin(mutant.applied(self._source), tests, cpu_s)

    @staticmethod
    def passed(exitcode: int | None) -> bool:
        """Return whether a mutant passed; one that took too much time or memory was killed by a signal.

        Raises:
            RuntimeError: The trial itself went wrong.
        """
        if exitcode is None or (exitcode > 0 and exitcode != KILLED):
            raise RuntimeError(f"a trial ended with {exitcode}, which says nothing about its mutant - mend the trial")
        return exitcode == PASSED

    def patience_s(self, tests: Sequence[str]) -> float:
        """Return how much of a processor's time a trial may take.

        Raises:
            RuntimeError: The tests fail without any mutant.
        """
        took_s = self._server.Value("d", 0.0)
        trial = self._begin(self._source, tests, 3600.0, took_s)
        trial.join()
        if trial.exitcode != PASSED:
            raise RuntimeError(f"{' '.join(tests)} must pass before any mutant is tried - run them with pytest first")
        return _PATIENCE * took_s.value + _PATIENCE_S

    def _begin(
        self, source: bytes, tests: Sequence[str], cpu_s: float, took_s: "Synchronized[float] | None" = None
    ) -> BaseProcess:
        place = Path(tempfile.mkdtemp(dir=self._folder.name))
        trial = self._server.Process(target=_run, args=(self.path, source, place, tests, cpu_s, took_s), daemon=True)
        trial.start()
        return trial


def _run(
    path: str,
    source: bytes,
    place: Path,
    tests: Sequence[str],
    cpu_s: float,
    took_s: "Synchronized[float] | None",
) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    # Of the processor's time, not of the clock's: another program's load kills no mutant.
    resource.setrlimit(resource.RLIMIT_CPU, (round(cpu_s), round(cpu_s) + 5))
    signal.alarm(round(_WAITING * cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    sys.path.insert(0, str(Path.cwd()))
    name = path.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Mutated(name, compile(source, path, "exec")))
    _copy_for_others(path, source, place)
    ask_properties_once()
    quickest = _QuickestFirst(place.with_name("took_s.json"))
    ended: int = pytest.ExitCode.TESTS_FAILED
    # A file that a test left open is seen after the last one, and warnings are errors.
    with suppress(Warning):
        ended = pytest.main(["-q", "-x", "-p", "no:cacheprovider", *tests], plugins=[quickest])
    if took_s is not None:
        quickest.remember()
        used = resource.getrusage(resource.RUSAGE_SELF)
        took_s.value = used.ru_utime + used.ru_stime
    # What ends a trial in any other way is no answer of the tests.
    sys.exit(PASSED if ended == pytest.ExitCode.OK else KILLED)


def _copy_for_others(path: str, source: bytes, place: Path) -> None:
    """Let the processes that tests start find the mutated file too, and write no bytecode of it."""
    room, name = path.split("/")
    mutated = place / room
    mutated.mkdir()
    for part in Path(room).resolve().iterdir():
        if part.name not in (name, "__pycache__"):
            (mutated / part.name).symlink_to(part)
    (mutated / name).write_bytes(source)
    os.environ |= {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}


def ask_properties_once() -> None:
    """A property that fails has said all that is asked of it; and one that a busy machine made slow has not failed."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "once",
        phases=[Phase.explicit, Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("once")


class _QuickestFirst:
    """Lets the quickest tests come first, once it is known which they are: most mutants are killed by one of them."""

    def __init__(self, known: Path) -> None:
        self._known = known
        self._took_s: dict[str, float] = json.loads(known.read_text()) if known.exists() else {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._took_s.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self._took_s[report.nodeid] = report.duration

    def remember(self) -> None:
        self._known.write_text(json.dumps(self._took_s))


class _Mutated(MetaPathFinder, Loader):
    """Finds one module, and gives it other code."""

    def __init__(self, name: str, code: CodeType) -> None:
        self._name, self._code = name, code

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        del path, target
        return spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102 - that is the trial
