"""Bit rot: `python -m tests.torture.bit_rot --flips 5000` flips bits in every file of an index.

After each one the index is searched and verified: an answer is right or an error, and `verify`
names the file.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import DatelineError
from index.release import Agency, Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from index.stores.verification import problems
from search import SearchRequest, open_engine
from search.match.cache import postings_cache

AGENCIES = (Agency("harbour-board", "Harbour Board"), Agency("market-office", "Market Office"))
QUESTIONS = (
    SearchRequest("ferry"), SearchRequest('"leaves at noon"'), SearchRequest("leav*"),
    SearchRequest("ferri~"), SearchRequest("=leaves -dusk"), SearchRequest("pier", sort="newest"),
    SearchRequest("", agencies=("market-office",)), SearchRequest("", date_from="2024-02"),
    SearchRequest("碼頭"), SearchRequest("nothing here"),
)  # fmt: skip
HARMLESS = ("dateline.lock", "MAIN_WRITELOCK")
"""Files that say nothing."""


def make_index(folder: Path, releases: int = 160) -> None:
    """An index of two segments, with deleted documents, and its catalogue."""
    store = FolderStore(folder)
    first = [_release(number) for number in range(releases)]
    for removed, added in (((), first), (("n-3", "n-9"), [_release(releases + 1)])):
        with store.writing(), store.catalogue():
            store.apply(
                removed, [stored_release(each, "2024-03-05T10:00:00Z") for each in added], 1
            )
    with store.writing(), store.catalogue():
        pass  # is made anew


def _release(number: int) -> Release:
    hour = ("noon", "dusk", "dawn")[number % 3]
    chinese = number % 8 == 0
    body = (
        f"第{number}號碼頭今日關閉。"
        if chinese
        else f"Ferry {number} leaves at {hour} from pier {number % 9}."
    )
    return Release(
        id=f"n-{number}", headline=f"Notice {number} of the harbour", body=body,
        date=f"2024-0{1 + number % 3}-1{number % 9}", date_precision="day",
        agency=AGENCIES[number % 2], language="zh-Hant" if chinese else "en",
    )  # fmt: skip


def answers(folder: Path) -> list[Any]:
    """What each question finds in a process that has kept nothing; the sentence where it fails."""
    postings_cache.clear()
    try:
        engine = open_engine(folder)
    except DatelineError as error:
        return [f"error: {error}"] * len(QUESTIONS)
    found: list[Any] = []
    try:
        for question in QUESTIONS:
            try:
                result = engine.search(question)
                hits = [(h.release.id, h.headline_html, h.snippets, h.score) for h in result.hits]
                found.append((result.total, hits, result.facets, result.notices))
            except DatelineError as error:
                found.append(f"error: {error}")
    finally:
        engine.close()
    return found


def flips(folder: Path, count: int, chance: random.Random) -> Iterator[tuple[Path, int, int]]:
    """File, byte and bit: as many in each file, the first and the last byte among them."""
    paths = sorted(
        path for path in folder.iterdir() if path.is_file() and path.name not in HARMLESS
    )
    for number in range(count):
        path, turn = paths[number % len(paths)], number // len(paths)
        size = path.stat().st_size
        at = {0: 0, 1: size - 1}.get(turn, chance.randrange(size))
        yield path, at, 1 << chance.randrange(8)


def rot(folder: Path, count: int, chance: random.Random) -> Counter[str]:
    """What so many flips, one at a time, led to; counts by kind of file.

    :raises AssertionError: when an answer was wrong, or damage was not named.
    """
    right = answers(folder)
    assert list(problems(folder)) == []
    seen: Counter[str] = Counter()
    for path, at, bit in flips(folder, count, chance):
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[at] ^= bit
        path.write_bytes(damaged)
        try:
            where = f"bit {bit} of byte {at} in {path.name}"
            for question, want, found in zip(QUESTIONS, right, answers(folder), strict=True):
                error = isinstance(found, str)
                assert error or found == want, f"{where}: a wrong answer to {question.text!r}"
                seen["answers that were errors" if error else "answers that were right"] += 1
            named = [each for each in problems(folder) if path.name in each]
            assert named, f"{where}: not named by verify"
        finally:
            path.write_bytes(whole)
        seen[f"flips in {path.suffix}"] += 1
    assert answers(folder) == right
    return seen


def main() -> None:
    """Flip so often, and print what was found."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--flips", type=int, default=5000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as top:
        make_index(Path(top) / "index")
        seen = rot(Path(top) / "index", given.flips, random.Random(given.seed))  # noqa: S311
    for name, count in sorted(seen.items()):
        print(f"{count:>8,} {name}")


if __name__ == "__main__":
    main()
