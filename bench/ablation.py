"""What each compiled loop is worth: indexing and whole answers with every one switched off by itself.

    python -m bench.ablation [--documents 5000] [--repeat 3] [loop ...]

Each measurement is a process of its own, in CPU time, so that what else runs on the machine does
not count. The ratio is that of the time without the loop to the time with all of them: below 1.03
a loop does not pay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from bench import corpus, questions
from bench.peers.dateline import Engine
from index.kernel import SWITCH, names

QUESTIONS = 400
"""Questions of one measurement."""


def main(argv: list[str] | None = None) -> int:
    """Print a line for each loop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("loops", nargs="*", default=names())
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args(argv)
    whole = _best("auto", options)
    print(f"{'all loops':24} {whole['indexing']:8.3f} s {whole['answers']:8.3f} s")
    switches = [(name, f"-{name}") for name in options.loops] + [("every loop", "off")]
    for name, switch in switches:
        without = _best(switch, options)
        ratios = [without[each] / whole[each] for each in ("indexing", "answers")]
        print(f"without {name:16} {ratios[0]:8.2f} x {ratios[1]:8.2f} x", flush=True)
    return 0


def _best(switch: str, options: argparse.Namespace) -> dict[str, float]:
    """The least CPU seconds of several measurements, as others only ever add to it."""
    command = [sys.executable, "-m", "bench.ablation", "--measure", str(options.documents)]
    found: list[dict[str, float]] = []
    for _ in range(options.repeat):
        made = subprocess.run(
            command, env={**os.environ, SWITCH: switch}, capture_output=True, check=True
        )
        found.append(json.loads(made.stdout))
    return {each: min(times[each] for times in found) for each in found[0]}


def _measure(documents: int) -> dict[str, float]:
    """CPU seconds to index so many releases, and to answer all questions over them."""
    os.cpu_count = lambda: 1  # one process does it all, and its time is all that is spent
    os.sched_getaffinity = lambda _: {0}
    releases = list(islice(corpus.read(), documents))
    engine: Any = Engine()
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        engine.build(iter(releases), Path(folder))
        indexed = time.process_time()
        engine.open(Path(folder))
        for question in islice(questions.read(), QUESTIONS):
            engine.answer(question)
        answered = time.process_time()
        engine.close()
    return {"indexing": indexed - started, "answers": answered - indexed}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(_measure(int(sys.argv[2]))))
    else:
        raise SystemExit(main())
