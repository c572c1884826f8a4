"""Questions that an engine has not been asked before: each peer alone in its process, in turn.

    python -m bench.new_questions --peers dateline,tantivy,tantivy-rust,lucene

Every second question of each type warms the process; the others are asked once each, and then
again, five times, for the second table. Processes of all peers take turns, several of each; counted
is a question's median over them, by processor time and by the clock. The processor time of a Java
program is that of its thread: its compiler and its garbage collector work beside it, uncounted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any, NamedTuple

from bench import corpus, questions
from bench.peers.programs import PROGRAMS, NoCompilerError
from bench.questions import Question
from bench.report import table

MODES = ("best", "stock")
"""Of a program: its engine used as well as it can be, and as its manual begins."""
REPEATS = 5
"""How often what was asked is asked again."""
WARM = 3
"""How often an engine of Python's is asked the warming questions."""


class Asked(NamedTuple):
    """What a peer took for each of the questions, in microseconds."""

    cpu: list[float]
    wall: list[float]
    again: list[float]
    totals: list[int]


class Runner(NamedTuple):
    """How a process of a peer is started, and how often it is warmed."""

    command: Sequence[str]
    warm: int


def main(argv: Sequence[str] | None = None) -> int:
    """Build what is missing, ask, print the tables, write them as JSON."""
    options = options_of(argv)
    options.folder.mkdir(parents=True, exist_ok=True)
    every = questions.read(options.questions)
    warming, asked = apart(every)
    runners = dict(_runners(options))
    rounds: dict[str, list[Asked]] = {name: [] for name in runners}
    for number in range(options.rounds):
        names = list(runners)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            print(f"{number + 1} of {options.rounds}: {name}", file=sys.stderr)
            rounds[name].append(ask_once(runners[name], warming, asked))
    results = {name: _medians(each) for name, each in rounds.items()}
    options.out.write_text(json.dumps({name: each._asdict() for name, each in results.items()}))
    print(text(asked, results, options.rounds))
    return 0


def apart(every: Sequence[Question]) -> tuple[list[Question], list[Question]]:
    """The questions that warm, every second one of each type, and those that are asked."""
    seen = Counter[str]()
    parts: tuple[list[Question], list[Question]] = [], []
    for question in every:
        seen[question.type] += 1
        parts[seen[question.type] % 2].append(question)
    return parts


def text(asked: Sequence[Question], results: dict[str, Asked], rounds: int) -> str:
    """The tables: Dateline's time over each peer's, of new questions and of repeated ones."""
    lines = [f"{len(asked)} questions, each new to the process, medians of {rounds} processes", ""]
    for title, part in (
        ("processor time, Dateline's over each peer's", "cpu"),
        ("by the clock, Dateline's over each peer's", "wall"),
        ("the same questions again, by the clock", "again"),
    ):
        lines += [*_ratios(title, part, asked, results), ""]
    ours = results["dateline"].totals
    alike = {
        n: sum(a == b for a, b in zip(ours, r.totals, strict=True)) for n, r in results.items()
    }
    said = ", ".join(f"{name} {count}" for name, count in alike.items() if name != "dateline")
    return "\n".join([*lines, f"totals equal to Dateline's, of {len(asked)}: {said}"])


def _ratios(
    title: str, part: str, asked: Sequence[Question], results: dict[str, Asked]
) -> list[str]:
    ours: list[float] = getattr(results["dateline"], part)
    peers = [name for name in results if name != "dateline"]
    types = dict.fromkeys(each.type for each in asked)
    places = {kind: [at for at, each in enumerate(asked) if each.type == kind] for kind in types}
    rows, means = [], {name: list[float]() for name in peers}
    for kind, at in places.items():
        row = [kind, f"{median(ours[place] for place in at):.0f}"]
        for name in peers:
            theirs: list[float] = getattr(results[name], part)
            means[name].append(geometric_mean([ours[place] / theirs[place] for place in at]))
            row.append(f"{means[name][-1]:.2f}")
        rows.append(row)
    rows.append(["all types", f"{geometric_mean(ours):.0f}"])
    rows[-1] += [f"{geometric_mean(means[name]):.3f}" for name in peers]
    rows.append(["worst type", "", *(f"{max(means[name]):.2f}" for name in peers)])
    return table(title, ["type", "µs", *peers], rows)


def ask_once(runner: Runner, warming: Sequence[Question], asked: Sequence[Question]) -> Asked:
    """One process: warmed, asked each question once, and then again."""
    found = Asked([], [], [], [])
    with subprocess.Popen(
        runner.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for _ in range(runner.warm):
            for question in warming:
                _answer(process, question)
        for question in asked:
            answer = _answer(process, question)
            found.cpu.append(answer["cpu_us"])
            found.wall.append(answer["wall_us"])
            found.totals.append(answer["total"])
        for question in asked:
            again = [_answer(process, question)["wall_us"] for _ in range(REPEATS)]
            found.again.append(median(again))
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
    return found


def _answer(process: subprocess.Popen[str], question: Question) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(record_of(question)) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def record_of(question: Question) -> dict[str, Any]:
    """A question as every process takes it: its days as numbers too."""
    low, high = question.date_from, question.date_to
    return {
        **asdict(question),
        "day_from": int((low + "-01-01")[:10].replace("-", "")) if low and high else None,
        "day_to": int((high.replace("-", "") + "9999")[:8]) if low and high else None,
    }


def _medians(rounds: Sequence[Asked]) -> Asked:
    def of(part: str) -> list[float]:
        return [median(each) for each in zip(*(getattr(r, part) for r in rounds), strict=True)]

    return Asked(of("cpu"), of("wall"), of("again"), rounds[0].totals)


def _runners(options: argparse.Namespace) -> Iterator[tuple[str, Runner]]:
    """Each peer that can be had, its index built; of a program one for each of its modes."""
    for name in options.peers.split(","):
        program = PROGRAMS.get(name)
        if program is None:
            from bench.run import built, place

            built(name, options)
            folder = str(place(name, options))
            yield name, Runner([sys.executable, "-m", "bench.asked_once", name, folder], WARM)
            continue
        try:
            command = program.compiled(options.folder.resolve() / "programs")
        except NoCompilerError as reason:
            print(f"{name}: left out, {reason}", file=sys.stderr)
            continue
        folder = _built_by(name, command, options)
        for mode in MODES:
            yield f"{name} {mode}", Runner([*command, "answer", folder, mode], program.warm)


def _built_by(name: str, command: Sequence[str], options: argparse.Namespace) -> str:
    """The folder of a program's index over the documents; built where there is none."""
    from bench.run import place

    folder = place(name, options)
    if not folder.exists():
        print(f"building {name} ...", file=sys.stderr)
        making = folder.with_name(folder.name + ".new")
        making.mkdir(parents=True, exist_ok=True)
        with subprocess.Popen([*command, "build", str(making)], stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            for each in corpus.documents(options.corpus, options.documents):
                process.stdin.write(json.dumps(each._asdict()).encode() + b"\n")
            process.stdin.close()
            if process.wait():
                raise SystemExit(f"{name} could not build its index")
        making.rename(folder)
    return str(folder)


def options_of(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of a run."""
    parser = argparse.ArgumentParser(description="Questions that an engine has not been asked.")
    parser.add_argument("--peers", default="dateline,tantivy,tantivy-rust,lucene")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each peer")
    parser.add_argument("--documents", type=int, default=0, help="how many; 0 is all releases")
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT)
    parser.add_argument("--questions", type=Path, default=questions.DEFAULT)
    parser.add_argument("--folder", type=Path, default=Path(".bench/indexes"))
    parser.add_argument("--out", type=Path, default=Path(".bench/new_questions.json"))
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
