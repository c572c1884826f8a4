"""Coverage-guided fuzzing of every target: `make fuzz SECONDS=600 TARGET=page`.

`atheris` changes inputs so that they reach code that none before did. What makes a target raise,
hang for `TIMEOUT` seconds or take more than `MEMORY` is written to a file `crash-…`, `timeout-…` or
`oom-…` in `build/fuzz`, to be given again: `python -m tests.hostile.fuzz page FILE`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import atheris
except ModuleNotFoundError:
    print(
        "Nothing was fuzzed: atheris has no wheel for this Python and system. It has for CPython "
        "3.11 to 3.13 on Linux, x86_64."
    )
    sys.exit(0)

with atheris.instrument_imports(include=["index", "search", "webapp"]):
    from tests.hostile.fuzz_targets import TARGETS, seeds

TIMEOUT = 30
"""Seconds for one input; twenty inputs a second are usual."""
STARTS = 120
"""Seconds for a start: every module is instrumented, some five seconds, on a busy machine thirty."""
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
    """Two targets at a time, in processes of their own; 1 where one failed or hung."""
    with ThreadPoolExecutor(2) as pool:
        said = dict(
            zip(TARGETS, pool.map(lambda each: _alone(each, seconds), TARGETS), strict=True)
        )
    failed = [target for target in TARGETS if said[target]]
    for target in failed:
        print(f"--- {target}\n{said[target]}")
    print(f"failed: {', '.join(failed)}" if failed else f"{len(TARGETS)} targets, none failed")
    return 1 if failed else 0


def _alone(target: str, seconds: int) -> str:
    """Fuzz a target; the end of what it said if it failed, else nothing."""
    command = [sys.executable, "-m", "tests.hostile.fuzz", target, "--seconds", str(seconds)]
    most = seconds + STARTS + TIMEOUT
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=most)
    except subprocess.TimeoutExpired:
        return f"It hung: it was ended after {most} s."
    print(f"{target}: {_done(done.stderr)}", flush=True)
    return done.stderr.decode(errors="replace")[-3_000:] if done.returncode else ""


def _done(said: bytes) -> str:
    """What libFuzzer says at the end: `Done 19248 runs in 101 second(s)`."""
    lines = [each for each in said.decode(errors="replace").splitlines() if "Done " in each]
    return lines[-1] if lines else "did not end by itself"


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
