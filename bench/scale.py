"""How cost grows: the same questions over 10 thousand to a million documents.

    python -m bench.scale --peers dateline,tantivy --sizes 10000,72000,300000,1000000

Beyond the releases there are, documents are made from their paragraphs (`bench.corpus`), read as
they come. One size after the other is built and asked by `bench.run`; what was built stays in the
folder. A million documents take 10 GB of disk for each peer.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import geometric_mean, quantiles
from typing import Any

from bench import run

SIZES = "10000,72000,300000,1000000"


def main(argv: list[str] | None = None) -> int:
    """Run each size, then print one table."""
    options, rest = _options(argv)
    found = {size: _of_size(size, options, rest) for size in map(int, options.sizes.split(","))}
    rows = [_row(size, name, each) for size, each in found.items() for name in each["builds"]]
    options.out.write_text(json.dumps(rows, indent=1) + "\n")
    print(f"{'documents':>10}  {'peer':12}{'docs/s':>8}{'size MB':>9}{'own MB':>8}", end="")
    print(f"{'first s':>9}{'whole ms':>10}{'p95 ms':>9}")
    for row in rows:
        print(
            f"{row['documents']:>10}  {row['peer']:12}{row['per_second']:8.0f}{row['size_mb']:9.0f}"
            f"{row['own_mb']:8.0f}{row['first_answer_s']:9.2f}{row['whole_ms']:10.2f}"
            f"{row['p95_ms']:9.2f}"
        )
    return 0


def _options(argv: list[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description="Cost by number of documents; other options go to bench.run."
    )
    parser.add_argument("--sizes", default=SIZES, help="numbers of documents, parted by commas")
    parser.add_argument("--out", type=Path, default=Path(".bench/scale.json"))
    return parser.parse_known_args(argv)


def _of_size(size: int, options: argparse.Namespace, rest: list[str]) -> dict[str, Any]:
    out = options.out.with_name(f"scale-{size}.json")
    run.main([*rest, "--documents", str(size), "--out", str(out)])
    results: dict[str, Any] = json.loads(out.read_text())
    return results


def _row(size: int, name: str, results: dict[str, Any]) -> dict[str, Any]:
    """One peer at one size; times over all questions that it can answer."""
    times = [
        row["peers"][name]["whole"] for row in results["answers"] if row["peers"][name]["whole"]
    ]
    built, served = results["builds"][name], results["processes"][name]
    return {
        "documents": size,
        "peer": name,
        "per_second": built["per_second"],
        "size_mb": built["size_mb"],
        "own_mb": served["own_mb"],
        "first_answer_s": served["first_answer_s"],
        "whole_ms": geometric_mean(times),
        "p95_ms": quantiles(times, n=20)[-1] if len(times) > 1 else times[0],
    }


if __name__ == "__main__":
    sys.exit(main())
