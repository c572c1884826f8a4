"""Parquet: read back by pyarrow and pandas, it is what the index holds."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from index.errors import DatelineError
from index.facet_table import facet_of_column, values_of
from search import Engine, SearchRequest, open_engine
from tests.webapp.press_room import FIRST_INDEXED, press_room, write
from webapp.exports.parquet import write_parquet
from webapp.site.links import Links

TOPIC = facet_of_column("topic")


@pytest.fixture
def faceted(tmp_path: Path) -> Iterator[Engine]:
    write(tmp_path / "index", press_room(), (TOPIC,))
    engine = open_engine(tmp_path / "index")
    yield engine
    engine.close()


def test_a_table_with_days_and_lists_equal_to_the_index(faceted: Engine, tmp_path: Path) -> None:
    path, wanted = tmp_path / "all.parquet", {each.id: each for each in press_room()}
    hits = faceted.every_hit(SearchRequest(copies=True), snippets=False)
    count = write_parquet(path, Links(), hits, faceted.coverage().columns)
    rows = parquet.read_table(path).to_pylist()
    assert count == len(rows) == len(wanted)
    for row in rows:
        release = wanted[row["id"]]
        assert (row["headline"], row["body"], row["date"]) == (
            release.headline,
            release.body,
            release.date,
        )
        assert row["day"] == (
            datetime.date.fromisoformat(release.date or "")
            if release.date_precision == "day"
            else None
        )
        assert row["topic"] == list(values_of(TOPIC, dict(release.extra)))
        assert dict(row["extra"]) == {name: list(each) for name, each in release.extra}
        assert row["first_indexed"] == datetime.datetime.fromisoformat(FIRST_INDEXED)
    frame = parquet.read_table(path).to_pandas()
    assert frame["agency_slug"].value_counts()["harbour-office"] >= 12


def test_none_is_a_table_too_and_types_stay(faceted: Engine, tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    assert write_parquet(path, Links(), [], faceted.coverage().columns) == 0
    schema = parquet.read_schema(path)
    assert schema.field("day").type == pyarrow.date32()
    assert schema.field("topic").type == pyarrow.list_(pyarrow.string())
    assert schema.names[-1] == "body"


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DatelineError, match=r"dateline\[parquet\]"):
        write_parquet(tmp_path / "x.parquet", Links(), [])
