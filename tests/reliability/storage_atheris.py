"""atheris in a process of its own: `python -m tests.reliability.storage_atheris TARGET SECONDS`; `all` is a target.

It ends with 0 when nothing was found; what was found stands on standard error.
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main(target_name: str, seconds: str) -> None:
    import atheris

    # What reads the files is watched, so that the fuzzer learns which bytes matter.
    with atheris.instrument_imports(include=["coach", "firmware", "hardware.board", "hardware.settings", "sensing"]):
        targets = import_module("tests.reliability.storage_targets")
    chosen = list(targets.TARGETS.values()) if target_name == "all" else [targets.TARGETS[target_name]]
    corpus = Path(tempfile.mkdtemp(prefix="storage-corpus-"))
    # The first byte says which kind of file the rest is.
    for kind, target in enumerate(chosen):
        for number, seed in enumerate(target.seeds):
            (corpus / f"{kind}-{number}").write_bytes(bytes([kind]) + seed)
    # A hang is 5 s for what takes milliseconds; 200 MB above what the program itself needs.
    limits = [f"-max_total_time={seconds}", "-timeout=5", "-rss_limit_mb=400", "-max_len=8192"]
    told = ["-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={corpus}/"]
    atheris.Setup(
        [sys.argv[0], *limits, *told, str(corpus)],
        lambda content: content and targets.refused_or_right(chosen[content[0] % len(chosen)], content[1:]),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
