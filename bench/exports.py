"""Whole exports: what each form costs, and whether the ecosystem's own tools read the index in it.

    python -m bench.exports --index .bench/indexes/dateline-all/index

Each form is written by the real command in a process of its own; printed are its processor time,
the most memory it had, the size of the file, and how many releases read back with other tools (the
`csv`, `json` and `sqlite3` of Python, pyarrow) are not those of the index. With `--datasette` an
SQLite file is opened by that Datasette, and a search of it is counted beside ours.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from search import Engine, SearchRequest, open_engine

COLUMNS = ("id", "date", "agency", "headline", "body")
"""What is compared."""
SPREADSHEET = "=+-@＝＋－＠\t\r"
"""What begins a formula: CSV has an apostrophe before it."""
LONGEST = 1 << 27
"""Characters of a cell: a text may be as long as a document."""

Row = tuple[str, ...]


class Cost(NamedTuple):
    """Processor time (s), the most memory (MB), the file (MB)."""

    seconds: float
    memory: float
    size: float


def main(argv: list[str] | None = None) -> int:
    """Write, read back and print; 1 where a release differs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--index", type=Path, required=True)
    words.add_argument("--datasette", help="the command of a Datasette, to open the SQLite file")
    words.add_argument("--word", default="fraud", help="what is looked for in Datasette")
    given = words.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        paths = {form: Path(folder) / f"releases.{form}" for form in READERS}
        # All are written first: a process is told the memory of the one that it was started by.
        cost = {form: measured(given.index, form, path) for form, path in paths.items()}
        engine, wrong = open_engine(given.index), 0
        print("| form | processor time | memory | file | differ |\n|---|---|---|---|---|")
        for form, path in paths.items():
            differ = differing(engine, READERS[form](path))
            wrong += differ
            seconds, memory, size = cost[form]
            print(f"| {form} | {seconds:.1f} s | {memory:.0f} MB | {size:.0f} MB | {differ} |")
        if given.datasette:
            theirs, ours = counted_by_datasette(
                engine, given.datasette, paths["sqlite"], given.word
            )
            print(f"\n{given.word}: Datasette finds {theirs}, Dateline {ours}")
            wrong += theirs != ours
    return int(wrong > 0)


def measured(index: Path, form: str, path: Path) -> Cost:
    """What an export of everything by the real command costs."""
    command = [sys.executable, "-m", "webapp.cli.main", "export", "--format", form]
    process = subprocess.Popen(
        [*command, "--output", path, "--index", index], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the export as {form} ended with {process.returncode}")
    size = path.stat().st_size / 1e6
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size)


def differing(engine: Engine, rows: Iterator[Row]) -> int:
    """Releases that are not as the index has them, missing and surplus ones too.

    Characters that no CSV holds (NUL) are left out on both sides.
    """
    expected = {
        each.id: (each.id, each.date or "", each.agency.name, each.headline, each.body)
        for each in (
            hit.release for hit in engine.every_hit(SearchRequest(copies=True), snippets=False)
        )
    }
    wrong = 0
    for row in rows:
        written = expected.pop(row[0], ())
        wrong += tuple(_without_nul(row)) != tuple(_without_nul(written))
    return wrong + len(expected)


def counted_by_datasette(engine: Engine, command: str, path: Path, word: str) -> tuple[int, int]:
    """Rows that Datasette's full-text search has for a word, and our matches of it as typed."""
    told = path.with_name(f"{path.stem}.metadata.json")
    address = f"/{path.stem}/releases.json?_search={word}&_size=0&_extra=count"
    asked = [command, "serve", str(path), "--metadata", str(told), "--get", address]
    asked += ["--setting", "sql_time_limit_ms", "60000"]
    answer = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    found = json.loads(answer)
    rows = found.get("count", found.get("filtered_table_rows_count"))
    return int(rows), engine.count(SearchRequest(f"={word}"))


def _without_nul(row: Row) -> Iterator[str]:
    return (value.replace("\0", "") for value in row)


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(LONGEST)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(map(_as_typed, (row[name] for name in COLUMNS)))


def _as_typed(value: str) -> str:
    disarmed = value[:1] == "'" and value[1:2] and value[1] in SPREADSHEET
    return value[1:] if disarmed else value


def _jsonl(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            found = json.loads(line)
            found["agency"] = found["agency"]["name"]
            yield tuple(found[name] or "" for name in COLUMNS)


def _sqlite(path: Path) -> Iterator[Row]:
    database = sqlite3.connect(path)
    for row in database.execute(f"SELECT {', '.join(COLUMNS)} FROM releases"):
        yield tuple(each or "" for each in row)
    database.close()


def _parquet(path: Path) -> Iterator[Row]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=list(COLUMNS)):
            for found in batch.to_pylist():
                yield tuple(str(found[name] or "") for name in COLUMNS)


READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "sqlite": _sqlite,
    "parquet": _parquet,
}


if __name__ == "__main__":
    sys.exit(main())
