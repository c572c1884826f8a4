"""An engine of Python's in a process of its own, asked as `bench.peers.programs` says.

python -m bench.asked_once NAME FOLDER < questions
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.peers import CannotError, load, whole
from bench.questions import Question, QuestionClause


def main(name: str, folder: str) -> None:
    """Answer every question of the standard input, each once, with what its answer took."""
    peer = load(name)
    # Nothing is forgotten between questions: what an engine keeps may serve the next ones.
    if hasattr(peer, "forgets"):
        peer.forgets = False
    peer.open(Path(folder))
    for line in sys.stdin:
        print(json.dumps(_timed(peer, _question(json.loads(line)))), flush=True)
    peer.close()


def _timed(peer: Any, question: Question) -> dict[str, Any]:
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    try:
        answer = whole(peer, question)
    except CannotError as reason:
        return {"cannot": str(reason)}
    spent = time.process_time_ns() - cpu, time.perf_counter_ns() - wall
    return {**asdict(answer), "cpu_us": spent[0] / 1e3, "wall_us": spent[1] / 1e3}


def _question(record: dict[str, Any]) -> Question:
    clauses = tuple(
        QuestionClause(each["kind"], tuple(each["words"])) for each in record["clauses"]
    )
    return Question(
        type=record["type"],
        text=record["text"],
        clauses=clauses,
        any_of=record["any_of"],
        agencies=tuple(record["agencies"]),
        date_from=record["date_from"],
        date_to=record["date_to"],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
