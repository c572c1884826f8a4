"""Real collections in one index: every count on the page equals a plain count over the JSON."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import zstandard

from index.ingest.builder import build
from index.release import slugify
from index.stores.folder import FolderStore
from index.text.analysis import tokens
from search import SearchRequest, open_engine
from search.engine import Engine

COLLECTIONS = ("senate", "doj", "swiss_en")
JOINTS = str.maketrans("", "", "-'’‐‑")
FEW = 1_500
"""Records of each collection in the quick run."""


def lines(path: Path, limit: int | None) -> Iterator[str]:
    with path.open("rb") as raw:
        stream = zstandard.ZstdDecompressor().stream_reader(raw)
        yield from islice(io.TextIOWrapper(stream, encoding="utf-8"), limit)


def collected(folder: Path, made: Path, limit: int | None) -> tuple[Engine, dict[str, Any]]:
    """An index over the first `limit` records of each collection, and the records by id.

    A record that repeats an id replaces the one before.
    """
    records: dict[str, Any] = {}
    paths = []
    for name in COLLECTIONS:
        path = made / f"{name}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for line in lines(folder / f"{name}.jsonl.zst", limit):
                out.write(line)
                record = json.loads(line)
                if record["headline"].strip() or record["body"].strip():
                    records[record["id"]] = record
        paths.append(path)
    report = build(paths, FolderStore(made / "index"))
    assert report.added == len(records)
    return open_engine(str(made / "index")), records


@pytest.fixture(scope="module", params=[FEW, pytest.param(None, marks=pytest.mark.slow)])
def collection(
    request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Engine, dict[str, Any]]:
    made = tmp_path_factory.mktemp("collections")
    return collected(shared_data / "releases", made, request.param)


def having(word: str) -> Callable[[Any], bool]:
    """Whether a record holds a word in any form, by the plain path over its tokens.

    Only texts with the word's first letters are cut into tokens, hyphens aside: no form of it
    begins otherwise.
    """
    (stem,) = {token.stem for token in tokens(word)}

    def holds(record: Any) -> bool:
        texts = (record["headline"], record["body"])
        likely = (text for text in texts if word[:5] in text.lower().translate(JOINTS))
        return any(token.stem == stem for text in likely for token in tokens(text))

    return holds


def agency_counts(engine: Engine, request: SearchRequest) -> dict[str, int]:
    return {each.slug: each.count for each in engine.search(request).facets.agency if each.count}


def date_counts(engine: Engine, request: SearchRequest) -> dict[str, int]:
    found = engine.search(request).facets.date
    return {each.from_: each.count for each in found if each.count and each.from_}


def test_every_agency_and_year_counts_as_the_records_do(
    collection: tuple[Engine, dict[str, Any]],
) -> None:
    engine, records = collection
    everything = SearchRequest()
    assert engine.search(everything).total == len(records)
    assert agency_counts(engine, everything) == Counter(
        slugify(record["agency"]) for record in records.values()
    )
    years = Counter(record["date"][:4] for record in records.values())
    assert date_counts(engine, everything) == years


def test_months_of_every_year_and_days_of_a_month_count_as_the_records_do(
    collection: tuple[Engine, dict[str, Any]],
) -> None:
    engine, records = collection
    months = Counter(record["date"][:7] for record in records.values())
    for year in {month[:4] for month in months}:
        found = date_counts(engine, SearchRequest(date_from=year, date_to=year))
        assert found == {month: n for month, n in months.items() if month.startswith(year)}
    for month, _ in months.most_common(3):
        days = Counter(r["date"] for r in records.values() if r["date"].startswith(month))
        assert date_counts(engine, SearchRequest(date_from=month, date_to=month)) == days


# Words that nobody writes as two: `lawsuits` finds `law suits` as well.
@pytest.mark.parametrize("word", ["customs", "committees"])
def test_counts_with_a_word_and_filters_leave_their_own_filter_out(
    collection: tuple[Engine, dict[str, Any]], word: str
) -> None:
    engine, records = collection
    matching = [record for record in records.values() if having(word)(record)]
    agency = Counter(slugify(r["agency"]) for r in matching).most_common(1)[0][0]
    year = Counter(r["date"][:4] for r in matching).most_common(1)[0][0]
    request = SearchRequest(text=word, agencies=(agency,), date_from=year, date_to=year)
    of_year = [record for record in matching if record["date"].startswith(year)]
    assert agency_counts(engine, request) == Counter(slugify(r["agency"]) for r in of_year)
    of_agency = [record for record in matching if slugify(record["agency"]) == agency]
    assert engine.search(request).total == sum(r["date"].startswith(year) for r in of_agency)
    months = Counter(r["date"][:7] for r in of_agency if r["date"].startswith(year))
    assert date_counts(engine, request) == months
