"""What a release becomes in the index, seen through Whoosh itself."""

from __future__ import annotations

import pytest
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Phrase, Term

from index.dates.day_numbers import UNDATED, day_span
from index.release import Agency, Release
from index.schema import document, make_schema


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("2023-11-05", (20231105, 20231105)),
        ("2023-11", (20231101, 20231131)),
        ("2023", (20230101, 20231231)),
        ("--11-05", (UNDATED, UNDATED)),
        (None, (UNDATED, UNDATED)),
    ],
)
def test_span_of_a_partial_date(date: str | None, span: tuple[int, int]) -> None:
    assert day_span(date) == span


def test_moment_orders_releases_of_one_day() -> None:
    def moment(issued_at: str | None) -> int:
        release = Release(id="a", headline="h", body="b", date="2023-11-05", issued_at=issued_at)
        return int(document(release, "now")["moment"])

    assert moment(None) < moment("2023-11-05T01:50+08:00") < moment("2023-11-05T22:23+08:00")


def test_whoosh_finds_stems_phrases_and_exact_words() -> None:
    release = Release(
        id="r1",
        headline="Ferries resume",
        body="The harbour ferries are running again.",
        language="en",
        agency=Agency("transport", "Transport"),
    )
    index = RamStorage().create_index(make_schema())
    writer = index.writer()
    writer.add_document(**document(release, "2024-01-01T00:00:00Z"))
    writer.commit()
    with index.searcher() as searcher:
        for query, found in [
            (Term("headline", "ferri"), 1),
            (Term("body", "run"), 1),
            (Term("body", "running"), 0),
            (Term("body_exact", "running"), 1),
            (Term("agency", "transport"), 1),
            (Phrase("body", ["harbour", "ferri"]), 1),
            (Phrase("body", ["ferri", "harbour"]), 0),
        ]:
            assert len(searcher.search(query, limit=None)) == found, query
        stored = searcher.search(Term("id", "r1"))[0]
        assert Release.from_stored(stored) == release


def test_the_language_of_a_release_picks_its_stemmer() -> None:
    def stems_of(language: str) -> set[str]:
        index = RamStorage().create_index(make_schema())
        writer = index.writer()
        release = Release(id="r", headline="x", body="Häuser", language=language)
        writer.add_document(**document(release, ""))
        writer.commit()
        with index.searcher() as searcher:
            return {term.decode() for term in searcher.lexicon("body")}

    assert stems_of("de") == {"haus@de"}
    assert stems_of("en") == {"hauser"}
