"""How far totals agree with Dateline's, by type of question, from a file of results.

python -m bench.agreement .bench/results.json
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

BASE = "dateline"


def main(arguments: list[str]) -> int:
    """Print, for each peer and type, how many totals are equal and the widest difference."""
    results = json.loads(Path(arguments[0] if arguments else ".bench/results.json").read_text())
    for name in results["builds"]:
        if name != BASE:
            print(name)
            for line in _lines(results["answers"], name):
                print("  " + line)
    return 0


def _lines(answers: list[dict[str, Any]], name: str) -> list[str]:
    by_type: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in answers:
        ours, theirs = row["peers"][BASE].get("total"), row["peers"][name].get("total")
        if ours is not None and theirs is not None:
            by_type[row["type"]].append((ours, theirs, row["q"]))
    lines = []
    for kind, totals in by_type.items():
        equal = sum(ours == theirs for ours, theirs, _ in totals)
        ours, theirs, text = max(totals, key=lambda each: abs(each[0] - each[1]))
        line = f"{kind:14} {equal:3} of {len(totals):3} equal"
        lines.append(line + (f"; {text!r}: {ours} here, {theirs} there" if ours != theirs else ""))
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
