"""Coverage-guided fuzzing of every target: `make fuzz SECONDS=600 TARGET=page`.

`atheris` changes inputs so that they reach code that none before did. What makes a target raise,
hang for `TIMEOUT` seconds or take more than `MEMORY` is written to a file `crash-…`, `timeout-…` or
`oom-…` in `build/fuzz`, to be given again: `python -m tests.hostile.fuzz page FILE`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index", "search", "webapp"]):
    from tests.hostile.fuzz_targets import TARGETS, seeds

TIMEOUT = 30
"""Seconds for one input; twenty inputs a second are usual."""
MEMORY = 2_048
"""Megabytes of a process."""
LONGEST = 1 << 16
"""Bytes of an input."""
WORK = Path("build/fuzz")


def main() -> int:
    """Fuzz one target, or all of them one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("file", nargs="?", type=Path, help="give this input alone")
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    if arguments.target == "all":
        return _all(arguments.seconds)
    if arguments.file:
        TARGETS[arguments.target](arguments.file.read_bytes())
        return 0
    _fuzz(arguments.target, arguments.seconds)
    return 0


def _all(seconds: int) -> int:
    failed = []
    for target in TARGETS:
        print(f"--- {target}", flush=True)
        command = [sys.executable, "-m", "tests.hostile.fuzz", target, "--seconds", str(seconds)]
        if subprocess.run(command, check=False).returncode:
            failed.append(target)
    print(f"failed: {', '.join(failed)}" if failed else "no target failed")
    return 1 if failed else 0


def _fuzz(target: str, seconds: int) -> None:
    corpus = WORK / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])
    atheris.Setup(
        [
            sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-timeout={TIMEOUT}",
            f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}", f"-artifact_prefix={WORK}/",
            "-print_final_stats=1",
        ],
        TARGETS[target],
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
