"""How cost grows: new questions over 10 thousand to three million documents.

    python -m bench.scale --peers dateline,tantivy --sizes 10000,72000,300000,1000000

Beyond the releases there are, documents are made from their paragraphs (`bench.corpus`), read as
they come. One size after the other is built and asked by `bench.new_questions`; what was built
stays in the folder. A million documents take 5 GB of disk for each peer, and as much again while
its segments become one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import geometric_mean, quantiles
from typing import Any, NamedTuple

from bench import new_questions
from bench.new_questions import Asked
from bench.report import table
from bench.run import built

SIZES = "10000,72000,300000,1000000,3000000"


class Row(NamedTuple):
    """A peer at a size: what building took, and an answer to a new question (processor time)."""

    documents: int
    peer: str
    per_second: float
    size_mb: float
    peak_mb: float
    answer_ms: float
    p95_ms: float


def main(argv: Sequence[str] | None = None) -> int:
    """Run each size, print one table, write it as JSON and as a picture."""
    options, rest = _options(argv)
    rows = measured(map(int, options.sizes.split(",")), rest)
    options.out.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n")
    print("\n".join(text(rows)))
    plot(rows, options.out.with_suffix(".svg"))
    return 0


def measured(sizes: Iterable[int], rest: Sequence[str]) -> list[Row]:
    """A row for each size and peer; `rest` are options of `bench.new_questions`."""
    return [row for size in sizes for row in _of_size(size, rest)]


def text(rows: Sequence[Row]) -> list[str]:
    """The table."""
    head = ["documents", "peer", "docs/s", "size MB", "peak MB", "answer ms", "p95 ms"]
    cells = [[f"{row[0]:,}", row.peer, *(f"{number:.2f}" for number in row[2:])] for row in rows]
    return table("new questions, processor time", head, cells)


def plot(rows: Sequence[Row], path: Path) -> None:
    """Processor time of an answer by number of documents, both logarithmic, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.fonttype"] = "none"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    for peer in dict.fromkeys(row.peer for row in rows):
        own = [row for row in rows if row.peer == peer]
        axes.plot([row.documents for row in own], [row.answer_ms for row in own], "o-", label=peer)
    axes.set(xscale="log", yscale="log", xlabel="releases")
    axes.set_ylabel("new question, ms of processor time")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _options(argv: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description="Cost by number of documents; other options go to bench.new_questions."
    )
    parser.add_argument("--sizes", default=SIZES, help="numbers of documents, parted by commas")
    parser.add_argument("--out", type=Path, default=Path(".bench/scale.json"))
    return parser.parse_known_args(argv)


def _of_size(size: int, rest: Sequence[str]) -> list[Row]:
    argv = [*rest, "--documents", str(size)]
    options = new_questions.options_of(argv)
    new_questions.main(argv)
    asked: dict[str, dict[str, Any]] = json.loads(options.out.read_text())
    return [_row(size, name, Asked(**each), options) for name, each in asked.items()]


def _row(size: int, name: str, asked: Asked, options: argparse.Namespace) -> Row:
    """A program of its own builds without saying what that took."""
    known = built(name, options) if name in options.peers.split(",") else {}
    nothing = float("nan")
    return Row(
        size,
        name,
        known.get("per_second", nothing),
        known.get("size_mb", nothing),
        known.get("peak_mb", nothing),
        geometric_mean(asked.cpu) / 1e3,
        quantiles(asked.cpu, n=20)[-1] / 1e3,
    )


if __name__ == "__main__":
    sys.exit(main())
