"""The real command, which a real SIGKILL ends with all its processes at a counted call.

`python -m tests.torture.killed STAGE CALL REPORT [MODULE.NAME=VALUE ...] -- index ...` counts the
calls of functions, compiled ones too (`write`, `fsync`, `rename`), from the beginning of a stage on:
`reading` is the first, `writing` begins with the first file that is opened to be written, `after`
with the rename that commits. The count is the same on a fast machine and on a slow one.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from webapp.cli.main import main as command

STAGES = ("reading", "writing", "after")
NEVER = -1
"""The call of a run that ends by itself; it writes how many calls each stage has to `REPORT`."""
LOCKS = ("dateline.lock", "MAIN_WRITELOCK")


def main() -> None:
    """Run the command of this process's arguments."""
    given, words = sys.argv[1 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
    stage, call, report, *constants = given
    run(stage, int(call), Path(report), constants, words)


def run(stage: str, call: int, report: Path, constants: list[str], words: list[str]) -> None:
    """Run the command in this process, the first of its group, and end with its exit code."""
    for each in constants:
        name, value = each.split("=")
        module, _, constant = name.rpartition(".")
        setattr(importlib.import_module(module), constant, int(value))
    counted = _count_and_kill(stage, call, report.parent)
    code = command(words)
    sys.setprofile(None)
    report.write_text(json.dumps(counted))
    sys.exit(code)


def _count_and_kill(stage: str, call: int, top: Path) -> Counter[str]:
    """From now on; what is counted is in what is returned."""
    counted: Counter[str] = Counter()
    now = STAGES[0]

    def look(event: str, given: tuple[Any, ...]) -> None:
        nonlocal now
        if event == "open" and now == "reading" and _is_written(given, top):
            now = "writing"
        elif event == "os.rename" and now != "after" and _commits(str(given[1])):
            now = "after"

    def count(_frame: object, event: str, _given: object) -> None:
        if event in ("call", "c_call"):
            if now == stage and counted[now] == call:
                os.killpg(0, signal.SIGKILL)
            counted[now] += 1

    sys.addaudithook(look)
    threading.setprofile(count)
    sys.setprofile(count)
    return counted


def _is_written(given: tuple[Any, ...], top: Path) -> bool:
    path, mode, flags = given
    if not isinstance(path, str) or not path.startswith(str(top)) or path.endswith(LOCKS):
        return False
    return any(each in mode for each in "wxa+") if mode else bool(flags & os.O_CREAT)


def _commits(target: str) -> bool:
    """Whether a rename to this name is the one that makes a commit, or a backup."""
    return target.endswith((".commit", "/copy"))


if __name__ == "__main__":
    main()
