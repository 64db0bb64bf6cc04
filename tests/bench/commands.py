"""Time and peak memory of a `paws` command in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

PAWS = Path(sys.executable).with_name("paws")

# A child inherits the peak memory of the process that forked it, so a small one stands between the bench and it.
_LAUNCHER = """
import json, os, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
began_s = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, setsigdef=[signal.SIGINT],
                       file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(child, 0)
print(json.dumps([time.perf_counter() - began_s, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]))
"""


def measured(*arguments: str, home: str | None = None, interrupt_after_s: float | None = None) -> tuple[float, float]:
    """Run it and return (seconds, megabytes); an interrupted session ends with 130, anything else with 0."""
    environment = {**os.environ, **({} if home is None else {"KITTYPAWS_HOME": home})}
    command = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(PAWS), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, process_group=0)
    if interrupt_after_s is not None:
        threading.Timer(interrupt_after_s, os.killpg, (process.pid, signal.SIGINT)).start()
    answer, _ = process.communicate()
    took_s, megabytes, code = json.loads(answer)
    expected = 0 if interrupt_after_s is None else 130
    if code != expected:
        sys.exit(f"paws {' '.join(arguments)} ended with {code}, not {expected}")
    return took_s, megabytes
