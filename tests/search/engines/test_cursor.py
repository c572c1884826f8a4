"""A cursor is a place in the order of time: nothing is missed or comes twice, whatever commits came."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import SearchRequest, open_engine
from search.cursor import Cursor


def release(number: int, day: str | None) -> Release:
    return Release(
        id=f"r{number}.{number % 3}",
        headline=f"Notice {number}",
        body=f"It is number {number // 2}.",
        date=day,
        date_precision="day" if day else "none",
        language="en",
    )


DAYS = (None, "2023-05-01", "2023-05-02", "2023-05", "2023")
RELEASES = [release(number, DAYS[number % len(DAYS)]) for number in range(60)]


def put(store: FolderStore, added: list[Release], removed: set[str] = frozenset()) -> None:
    with store.writing():
        store.apply(removed, [stored_release(each, "2024") for each in added])


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("copies", [True, False])
def test_what_stands_behind_each_release_is_the_rest(
    tmp_path: Path, order: str, copies: bool
) -> None:
    put(FolderStore(tmp_path / "index"), RELEASES)
    engine = open_engine(tmp_path / "index")
    request = SearchRequest(sort=order, copies=copies)
    whole = [hit.release for hit in engine.every_hit(request)]
    for place in (0, 7, 30, len(whole) - 1):
        cursor = Cursor.behind(whole[place])
        rest = [hit.release.id for hit in engine.every_hit(request, after=cursor)]
        assert rest == [each.id for each in whole[place + 1 :]]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_commits_between_pages_lose_nothing_that_stays(tmp_path: Path, order: str) -> None:
    store, rng = FolderStore(tmp_path / "index"), random.Random(3)  # noqa: S311
    put(store, RELEASES)
    engine = open_engine(tmp_path / "index")
    request = SearchRequest(sort=order, copies=True)
    there, met, gone = {each.id for each in RELEASES}, [], set[str]()
    after = None
    for step in range(100):
        hits = list(engine.every_hit(request, size=7, after=after))
        if not hits:
            break
        met += [hit.release.id for hit in hits]
        after = Cursor.read(str(Cursor.behind(hits[-1].release)))
        drop = {rng.choice(sorted(there)), hits[-1].release.id}
        there -= drop
        gone |= drop
        put(store, [release(1_000 + step, rng.choice(DAYS))], drop)
    assert len(met) == len({*met})
    assert {each.id for each in RELEASES} - gone <= {*met}


def test_relevance_has_no_cursor(tmp_path: Path) -> None:
    put(FolderStore(tmp_path / "index"), RELEASES[:3])
    engine = open_engine(tmp_path / "index")
    with pytest.raises(ValueError, match="newest or oldest"):
        list(engine.every_hit(SearchRequest("number"), after=Cursor(0, "x")))


@given(st.sampled_from((0, 202305010000)), st.text(min_size=1, max_size=50))
def test_a_cursor_reads_back(moment: int, name: str) -> None:
    assert Cursor.read(str(Cursor(moment, name))) == (moment, name)


@pytest.mark.parametrize(
    "text", ["", "x", "0.", "2023.r1", "-1.x", "0" * 12 + ".x", "0." + "x" * 3000]
)
def test_what_is_no_cursor_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is no cursor"):
        Cursor.read(text)
