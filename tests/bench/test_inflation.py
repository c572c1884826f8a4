"""`python -m bench.inflation`: words that find more than their inflections are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import inflation
from index.release import Agency
from search import Engine, SearchRequest
from tests.search.search_corpus import engine_over, make

OFFICE = Agency("office", "Office")
RELEASES = [
    *(make(f"f{n}", "Ferries", "By web site.", agency=OFFICE, date="2023-05-01") for n in range(4)),
    make("p", "Pier", "The ferry and its website. Co-operation.", date="2023-06-01"),
    make("l", "Muelle", "Ferry de labour.", language="es"),
]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with engine_over(tmp_path / "index", RELEASES) as opened:
        yield opened


def test_words_that_find_their_inflections_are_not_named(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("ferry pier ferry\nwebsite cooperation labor de\n", "utf-8")
    assert inflation.frequent_words([queries])[0] == "ferry"
    assert inflation.main([str(tmp_path / "index"), str(queries)]) == 0
    assert capsys.readouterr().out == "6 words, 0 inflated\n"


def test_a_word_that_finds_another_is_named_with_its_agency_and_month(engine: Engine) -> None:
    class Inflating:
        """An engine that takes every pier for a ferry."""

        def __getattr__(self, name: str) -> object:
            return lambda request, *args, **more: getattr(engine, name)(
                request.changed(text=request.text.replace("pier", "pier OR ferry")), *args, **more
            )

    found = list(inflation.inflated(Inflating(), ["website", "pier"]))  # type: ignore[arg-type]
    named = [(each.where, each.counted, each.plain) for each in found]
    assert named == [("matches", 6, 1), ("office", 4, 0), ("2023-05", 4, 0)]
    assert list(inflation.inflated(engine, ["pier"])) == []
    assert engine.count(SearchRequest("pier")) == 1
