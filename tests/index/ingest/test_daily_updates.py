"""A year of small commits: the index they leave is the one that a single build would have made."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore, open_index
from index.stores.verification import problems
from search import SearchRequest, open_engine

TEXT = (
    "harbour board ferry notice pier closed storm signal market stall licence road bridge water "
    "supply school place health officer budget public works survey lantern festival timetable"
)
WORDS = TEXT.split()
MOST_SEGMENTS = 3
"""A large one, and what came after it; `index.codec.merge_policy` says when they join."""
QUERIES = (
    "ferry",
    "pier closed",
    '"storm signal"',
    "board OR budget",
    "fest*",
    "-market",
    "watre~",
)


class Year:
    """Days of releases; some correct an earlier one, some withdraw one."""

    def __init__(self, folder: Path) -> None:
        self.dice = random.Random(7)  # noqa: S311, no secrets
        self.folder = folder
        self.number = 0
        self.days: dict[Path, list[dict[str, Any]]] = {}
        folder.mkdir()

    def day(self, count: int) -> list[Path]:
        """Files written for one day."""
        written = [self.folder / f"day-{len(self.days):03}.jsonl"]
        self.days[written[0]] = [self._release() for _ in range(count)]
        if len(self.days) % 5 == 0:
            earlier = self.dice.choice(list(self.days)[:-1])
            rows = self.days[earlier]
            rows[self.dice.randrange(len(rows))]["body"] += " Corrected."
            del rows[self.dice.randrange(len(rows))]
            written.append(earlier)
        for path in written:
            path.write_text("".join(json.dumps(each) + "\n" for each in self.days[path]))
        return written

    def _release(self) -> dict[str, Any]:
        self.number += 1
        words = [self.dice.choice(WORDS) for _ in range(60)]
        return {
            "id": f"n-{self.number}",
            "headline": " ".join(words[:5]).capitalize(),
            "body": " ".join(words) + ".",
            "date": f"2024-{self.number % 12 + 1:02}-{self.number % 28 + 1:02}",
            "agency": f"{self.dice.choice(WORDS)} office",
        }


def answers(folder: Path) -> list[Any]:
    engine = open_engine(folder)
    found = []
    for query in QUERIES:
        for sort in ("newest", "oldest"):
            results = engine.search(SearchRequest(text=query, sort=sort, per_page=50))
            ids = [hit.release.id for hit in results.hits]
            counts = [(each.slug, each.count) for each in results.facets.agency]
            found.append((query, sort, results.total, ids, counts))
    return found


def updated(tmp_path: Path, days: int) -> tuple[FolderStore, FolderStore, int]:
    """An index of daily updates, one built at once, and the most segments the first one had."""
    year = Year(tmp_path / "releases")
    daily, fresh = FolderStore(tmp_path / "daily"), FolderStore(tmp_path / "fresh")
    most = 0
    build(year.day(300), daily)
    for _ in range(days):
        build(year.day(30), daily, BuildOptions(prune=True))
        index = open_index(daily.folder)
        most = max(most, len(index.segments()))
        index.close()
    build([year.folder], fresh)
    return daily, fresh, most


@pytest.mark.parametrize("days", [pytest.param(12), pytest.param(365, marks=pytest.mark.slow)])
def test_daily_updates_answer_as_a_fresh_build_does(tmp_path: Path, days: int) -> None:
    daily, fresh, most = updated(tmp_path, days)
    kept = {each.release.id: each.release for each in daily.entries()}
    assert kept == {each.release.id: each.release for each in fresh.entries()}
    assert answers(daily.folder) == answers(fresh.folder)
    assert list(problems(daily.folder)) == []
    assert most <= MOST_SEGMENTS
