"""The comparison: every peer builds over the same documents and answers the same questions, in turn.

`make bench` calls it. For each question all peers answer one after the other, in an order that
rotates, so that a slow minute of the machine falls on all of them. Printed are medians by type of
question, ratios to tantivy, and their geometric mean; everything goes to a JSON file as well.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import time
from itertools import islice
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any

from bench import corpus, processes, questions, report, serve
from bench.peers import PEERS, CannotError, Peer, load, whole

ENOUGH = 0.6
"""Seconds after which a question is not repeated for a peer once it has two timings."""


def main(argv: list[str] | None = None) -> int:
    """Build what is missing, ask, measure the processes, print and write."""
    options = _options(argv)
    names = [name for name in options.peers.split(",") if _installed(name)]
    options.folder.mkdir(parents=True, exist_ok=True)
    builds = {name: built(name, options) for name in names}
    asked = list(islice(questions.read(options.questions), options.limit))
    results: dict[str, Any] = {
        "machine": {"python": platform.python_version(), "cores": processes.cores()},
        "documents": options.documents or builds[names[0]]["documents"],
        "builds": builds,
        "processes": {name: processes.serving(name, options) for name in names},
        "answers": _ask(names, asked, options),
    }
    results["ratios"] = report.ratios(results["answers"])
    if "dateline" in names and serve.can_measure():
        results["http"] = serve.measured(place("dateline", options) / "index", options)
    options.out.write_text(json.dumps(results, indent=1) + "\n")
    print(report.text(results))
    report.plot(results, options.out.with_suffix(".svg"))
    return 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Dateline beside other engines, in one run.")
    parser.add_argument("--peers", default=",".join(PEERS), help="names, parted by commas")
    parser.add_argument("--documents", type=int, default=0, help="how many; 0 is all releases")
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT)
    parser.add_argument("--questions", type=Path, default=questions.DEFAULT)
    parser.add_argument("--limit", type=int, default=None, help="only the first N questions")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(".bench/indexes"))
    parser.add_argument("--out", type=Path, default=Path(".bench/results.json"))
    return parser.parse_args(argv)


def _installed(name: str) -> bool:
    try:
        load(name)
    except ImportError as missing:
        print(f"{name}: left out, {missing}", file=sys.stderr)
        return False
    return True


def built(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """What building a peer's index took; it is built where there is none."""
    folder = place(name, options)
    note = folder / "build.json"
    if not note.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        print(f"building {name} ...", file=sys.stderr)
        note.write_text(json.dumps(processes.building(name, options, folder)))
    noted: dict[str, Any] = json.loads(note.read_text())
    return noted


def place(name: str, options: argparse.Namespace) -> Path:
    """The folder of a peer's index, one for each number of documents."""
    where: Path = options.folder.resolve() / f"{name}-{options.documents or 'all'}"
    return where


def _ask(
    names: list[str], asked: list[questions.Question], options: argparse.Namespace
) -> list[dict[str, Any]]:
    peers: list[Peer] = []
    for name in names:
        peer = load(name)
        peer.open(place(name, options))
        peers.append(peer)
    rows = []
    for number, question in enumerate(asked):
        turn = number % len(peers)
        timed = {p.name: _times(p, question, options.repeat) for p in peers[turn:] + peers[:turn]}
        rows.append({"type": question.type, "q": question.text, "peers": timed})
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {len(asked)} questions", end="", file=sys.stderr)
    for peer in peers:
        peer.close()
    return rows


def _times(peer: Peer, question: questions.Question, repeat: int) -> dict[str, Any]:
    """Median milliseconds of the whole answer and of each part; None where a part cannot be had."""
    try:
        answer = whole(peer, question)
        spent: dict[str, Any] = {"total": answer.total, "top": answer.ids}
        spent["whole"] = _median(lambda: whole(peer, question), repeat)
    except CannotError as reason:
        spent = {"cannot": str(reason), "whole": None}
        answer = None
    parts = {
        "top10": lambda: peer.top(question),
        "counts": lambda: peer.counts(question),
        "snippets": lambda: peer.snippets(question, answer.ids if answer else []),
    }
    for part, call in parts.items():
        try:
            spent[part] = _median(call, 3)
        except CannotError:
            spent[part] = None
    return spent


def _median(call: Any, repeat: int) -> float:
    times: list[float] = []
    while len(times) < repeat and not (len(times) >= 2 and sum(times) > ENOUGH):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


__all__ = ["geometric_mean", "main", "place"]

if __name__ == "__main__":
    sys.exit(main())
