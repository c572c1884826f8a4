"""What is new since a day or a moment: counted exactly, read once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.release import Release
from index.stores.catalogue import NAME
from index.stores.folder import FolderStore, open_index
from index.stores.stored_release import stored_release
from search import SearchRequest, open_engine
from search.count.new_since import FirstIndexed
from search.engines.snapshots import latest_version

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


def test_a_catalogue_of_this_commit_says_the_same_and_another_is_not_asked(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    store = FolderStore(folder)
    for moment, numbers in ((MOMENTS[0], range(25)), (MOMENTS[4], range(25, 30))):
        entries = [
            stored_release(
                Release(id=str(number), headline="Bridge", body=f"Pier {number}"), moment
            )
            for number in numbers
        ]
        with store.writing():
            store.apply((), entries)
    asked = (("2024-04", 30), ("2024-05-10", 5), ("2024-06", 0), ("2024-05-10", 5))
    assert new_since(folder, *asked) == asked
    with store.writing(), store.catalogue():
        pass  # makes it
    assert new_since(folder, *asked) == asked
    with store.writing(), store.catalogue() as catalogue:
        # What no record says shows whose word is taken.
        known = catalogue.known("3")
        assert known is not None
        catalogue.replace(["3"], [("3", known._replace(first_indexed=MOMENTS[4]))])
        catalogue.commit()
    assert new_since(folder, ("2024-05-10", 6)) == (("2024-05-10", 6),)
    with closing(sqlite3.connect(folder / NAME)) as database, database:
        database.execute("update about set value = 'another' where name = 'stamp'")
    assert new_since(folder, *asked) == asked
    (folder / NAME).write_bytes(b"no database at all" * 100)
    assert new_since(folder, *asked) == asked


def test_a_catalogue_of_a_later_commit_is_not_asked_about_an_earlier_one(tmp_path: Path) -> None:
    """A reader that has an index open while it changes, with as many releases before and after."""
    folder = tmp_path / "index"
    store = FolderStore(folder)

    def commit(moment: str) -> None:
        releases = [Release(id=str(each), headline="Bridge", body=moment) for each in range(5)]
        with store.writing():
            store.apply(
                [each.id for each in releases], [stored_release(each, moment) for each in releases]
            )
        with store.writing(), store.catalogue():
            pass  # makes it

    commit(MOMENTS[0])
    index = open_index(folder)
    version = latest_version(folder)
    with index.searcher() as searcher:
        commit(MOMENTS[4])
        seen = FirstIndexed(searcher.doc_count_all(), 5, folder, version.number)
        every = np.arange(5, dtype=np.uint32)
        assert seen.count_new(searcher, "2024-05-10", every) == 0
        assert seen.count_new(searcher, "2024-04", every) == 5
    assert new_since(folder, ("2024-05-10", 5)) == (("2024-05-10", 5),)
    index.close()


def new_since(folder: Path, *asked: tuple[str, int]) -> tuple[tuple[str, int | None], ...]:
    """The times of some questions, with how many releases are new since each."""
    engine = open_engine(str(folder))
    found = tuple(
        (seen, engine.search(SearchRequest("bridge", seen=seen)).new) for seen, _ in asked
    )
    engine.close()
    return found
