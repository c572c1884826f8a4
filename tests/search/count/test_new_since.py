"""What is new since a day or a moment: counted exactly, read once."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from index.history import History
from index.release import Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import SearchRequest, open_engine
from search.cursor import Cursor

MOMENTS = (
    "2024-05-01T08:00:00+00:00",
    "2024-05-03T09:59:59+00:00",
    "2024-05-03T10:00:12+00:00",
    "2024-05-03T10:00:13Z",
    "2024-06-01T00:00:00Z",
)


@pytest.mark.parametrize(
    ("seen", "new"),
    [
        ("2023", 5), ("2024", 0), ("2024-04", 5), ("2024-05", 1), ("2024-05-01", 4),
        ("2024-05-02", 4), ("2024-05-03", 1), ("20240503T095958Z", 4), ("20240503T100012Z", 2),
        ("20240601T000000Z", 0),
    ],
)  # fmt: skip
def test_new_is_what_was_first_indexed_after_it(tmp_path: Path, seen: str, new: int) -> None:
    store = FolderStore(tmp_path / "index")
    with store.writing():
        store.apply(
            (),
            [
                stored_release(
                    Release(
                        id=str(number), headline="Bridge", body="odd" if number % 2 else "even"
                    ),
                    moment,
                )
                for number, moment in enumerate(MOMENTS)
            ],
        )
    engine = open_engine(str(tmp_path / "index"))
    for _ in range(2):
        found = engine.search(SearchRequest("bridge", seen=seen))
        assert (found.total, found.new) == (5, new)
    odd = engine.search(SearchRequest("odd", seen=seen))
    new_hits = [hit for hit in odd.hits if odd.request.is_new(hit.first_indexed)]
    assert odd.new == len(new_hits)
    assert engine.search(SearchRequest("bridge")).new is None
    engine.close()


@pytest.mark.parametrize("seen", ["soon", "2024-13", "20240503T250000Z", "2024-05-03T10:00"])
def test_what_is_no_time_is_refused(seen: str) -> None:
    with pytest.raises(ValueError, match="seen"):
        SearchRequest(seen=seen)


def test_hits_without_snippets_are_the_same_hits(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "index")
    release = Release(id="1", headline="A <b> bridge", body="The bridge opens.")
    with store.writing():
        store.apply((), [stored_release(release, MOMENTS[0])])
    engine = open_engine(str(tmp_path / "index"))
    (plain,) = engine.every_hit(SearchRequest("bridge"), snippets=False)
    (marked,) = engine.every_hit(SearchRequest("bridge"))
    assert (plain.release, plain.first_indexed) == (marked.release, marked.first_indexed)
    assert (plain.headline_html, plain.snippets) == ("A &lt;b&gt; bridge", ())
    assert marked.snippets == ("The <mark>bridge</mark> opens.",)
    engine.close()


def test_what_changed_is_new_and_an_order_of_its_own_has_it_first(tmp_path: Path) -> None:
    """Of two that came together the newer stands first; a late one of an old date above both."""
    releases = [
        (Release(id="old", headline="Bridge", body="a", date="1990-01-01", date_precision="day"),
         History(MOMENTS[3])),
        (Release(id="mid", headline="Bridge", body="b", date="2020-01-01", date_precision="day"),
         History(MOMENTS[0])),
        (Release(id="new", headline="Bridge", body="c", date="2021-01-01", date_precision="day"),
         History(MOMENTS[0])),
        (Release(id="changed", headline="Bridge", body="d", date="2019-01-01",
                 date_precision="day"), History(MOMENTS[0], MOMENTS[4], 1)),
    ]  # fmt: skip
    store = FolderStore(tmp_path / "index")
    with store.writing():
        store.apply((), [stored_release(*each) for each in releases])
    engine = open_engine(str(tmp_path / "index"))

    def ids(**asked: Any) -> list[str]:
        return [hit.release.id for hit in engine.search(SearchRequest("bridge", **asked)).hits]

    assert ids(sort="arrived") == ["changed", "old", "new", "mid"]
    assert ids(sort="newest") == ["new", "mid", "changed", "old"]
    for order in (None, "newest", "oldest", "arrived"):
        since = SearchRequest("bridge", seen="2024-05-02", sort=order)
        found = engine.search(since)
        assert (found.total, found.new) == (4, 2)
        assert {hit.release.id for hit in found.hits if since.is_new(hit.arrived)} == {
            "old", "changed"
        }  # fmt: skip
        assert set(ids(seen="2024-05-02", sort=order, only_new=True)) == {"old", "changed"}
    assert ids(changed_only=True) == ["changed"]
    only_new = engine.search(SearchRequest("bridge", seen="2024-05-02", only_new=True))
    assert sum(each.count for each in only_new.facets.date) == only_new.total == 2
    engine.close()


def test_a_date_ahead_of_today_heads_no_list_until_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dates = ("2024-05-01", "2024-05-03", "2031-05-02", None)
    releases = [Release(id=str(each), headline="Bridge", body=str(each), date=each,
                        date_precision="day" if each else "none") for each in dates]  # fmt: skip
    store = FolderStore(tmp_path / "index")
    with store.writing():
        store.apply((), [stored_release(each, MOMENTS[0]) for each in releases])
    engine = open_engine(str(tmp_path / "index"))

    def ids(sort: str, **asked: Any) -> list[str]:
        found = engine.every_hit(SearchRequest("bridge", sort=sort), **asked)
        return [hit.release.id for hit in found]

    monkeypatch.setattr("index.dates.day_numbers.today", lambda: datetime.date(2024, 5, 2))
    assert ids("newest") == ["2024-05-03", "2024-05-01", "2031-05-02", "None"]
    assert ids("arrived") == ids("newest")
    assert ids("oldest") == ["2024-05-01", "2024-05-03", "2031-05-02", "None"]
    assert ids("newest", after=Cursor.behind(releases[0])) == ["2031-05-02", "None"]
    assert ids("newest", after=Cursor.behind(releases[2])) == ["None"]
    assert engine.coverage().last_date == "2024-05-03"
    monkeypatch.setattr("index.dates.day_numbers.today", lambda: datetime.date(2031, 5, 2))
    assert ids("newest") == ["2031-05-02", "2024-05-03", "2024-05-01", "None"]
    engine.close()
