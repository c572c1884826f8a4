"""Who opens the folder with stock Whoosh finds the user's own fields in a hit, and highlights them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.query import Term
from whoosh.searching import Searcher

from index.ingest.builder import build
from index.release import Release
from index.stores.folder import FolderStore

ROWS = [
    {
        "id": "h-1",
        "headline": "Harbour ferries resume",
        "body": "The harbour ferries are running again.\n\n" + "Tickets are sold on board. " * 30,
        "date": "2024-03-05",
        "agency": "Harbour Board",
        "url": "https://harbour.example/1",
        "language": "en",
    },
    {
        "id": "h-2",
        "headline": "Neue Häuser am Hafen",
        "body": "Die Stadt baut Häuser am Hafen. Sie werden im Herbst bezogen.",
        "date": "2023-07",
        "agency": "Stadtbauamt",
        "language": "de",
    },
    {"id": "h-3", "headline": "Notice", "body": "No day is stated.", "language": "en"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    build([path], FolderStore(tmp_path / "index"))
    return tmp_path / "index"


@pytest.fixture
def searcher(folder: Path) -> Iterator[Searcher]:
    with open_dir(folder).searcher() as opened:
        yield opened


def test_a_hit_has_the_fields_of_the_release(searcher: Searcher) -> None:
    query = QueryParser("body", searcher.schema).parse("running harbour")
    (hit,) = searcher.search(query)
    assert (hit["headline"], hit["body"]) == (ROWS[0]["headline"], ROWS[0]["body"].strip())
    assert (hit["date"], hit["agency"], hit["agency_name"]) == (
        "2024-03-05", "harbour-board", "Harbour Board",
    )  # fmt: skip
    assert (hit["id"], hit["url"]) == ("h-1", ROWS[0]["url"])
    assert len(searcher.search(Term("agency", hit["agency"]))) == 1
    assert len(searcher.search(Term("date", hit["date"]))) == 1


def test_what_is_not_known_is_not_there(searcher: Searcher) -> None:
    stored = searcher.document(id="h-3")
    assert "date" not in stored
    assert stored["agency"] == "unattributed"


@pytest.mark.parametrize(
    ("field", "term", "marked"),
    [
        ("body", "ferri", "ferries"),
        ("headline", "ferri", "ferries"),
        ("body", "haus@de", "Häuser"),
    ],
)
def test_a_hit_is_highlighted_in_its_own_language(
    searcher: Searcher, field: str, term: str, marked: str
) -> None:
    hit = searcher.search(Term(field, term))[0]
    assert f">{marked}</b>" in hit.highlights(field)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("haus", ["h-2"]),
        ("HÄUSER hafen", ["h-2"]),
        ("ferry", ["h-1"]),
        ("bezogene", ["h-2"]),
        ("harbour-ferries", ["h-1"]),
        ("haus OR ferry", ["h-1", "h-2"]),
        ("haus*", ["h-2"]),
        ("boarding hafens", []),
        ("!", []),
    ],
)
def test_a_word_is_looked_for_in_every_language(
    searcher: Searcher, typed: str, found: list[str]
) -> None:
    query = QueryParser("body", searcher.schema).parse(typed)
    assert sorted(hit["id"] for hit in searcher.search(query)) == found


def test_a_record_is_stored_once(searcher: Searcher) -> None:
    stored = searcher.document(id="h-1")
    assert [name for name, value in stored.items() if "Tickets" in str(value)] == ["body"]
    release = Release.from_stored(stored)
    assert (release.agency.name, release.source) == ("Harbour Board", "jsonl")


def test_what_stock_whoosh_writes_harms_nothing(folder: Path) -> None:
    """It sees our segments and may merge them into its own; we read what our commit says."""
    before = {each.release.id: each for each in FolderStore(folder).entries()}
    index = open_dir(folder)
    index.writer().commit(optimize=True)
    with index.reader() as reader:
        assert {fields["id"] for fields in reader.all_stored_fields()} == set(before)
    index.close()
    assert {each.release.id: each for each in FolderStore(folder).entries()} == before
