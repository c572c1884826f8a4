"""The engine of a folder checks the files of its index before somebody searches them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.codec.files import CHUNK, Component
from index.errors import DamagedIndexError
from search import SearchRequest
from search.engines.folder import FolderEngine
from tests.search.flipped_bit import flip
from tests.search.search_corpus import CORPUS, write

LONG = [
    replace(CORPUS[0], id=f"long-{number}", body=f"{number} " + " ".join(map(str, range(9_000))))
    for number in range(9)
]


def steps(engine: FolderEngine) -> int:
    """Pieces that were not checked yet."""
    return len(list(engine.check_ahead()))


def test_every_piece_is_checked_once_and_of_a_commit_what_it_brings(tmp_path: Path) -> None:
    write(tmp_path, LONG)
    engine = FolderEngine(tmp_path)
    first = steps(engine)
    size = sum(path.stat().st_size for path in tmp_path.glob("dateline_*.*"))
    assert first > size / CHUNK > 2
    assert steps(engine) == 0
    write(tmp_path, CORPUS[:3])
    assert 0 < steps(engine) < first
    engine.close()


def test_what_a_search_has_read_is_not_checked_again(tmp_path: Path) -> None:
    write(tmp_path, LONG)
    engine, other = FolderEngine(tmp_path), FolderEngine(tmp_path)
    unread = steps(other)
    other.close()
    assert engine.search(SearchRequest("8999")).total == len(LONG)
    assert steps(engine) < unread
    engine.close()


@pytest.mark.parametrize(
    ("component", "array"),
    [
        (Component.POSTINGS, "body:documents"),
        (Component.POSITIONS, "body:positions"),
        (Component.STORED, "text_blocks"),
    ],
)
def test_damage_is_found_before_anybody_meets_it(
    tmp_path: Path, component: Component, array: str
) -> None:
    write(tmp_path, LONG)
    path = flip(tmp_path, component, array)
    engine = FolderEngine(tmp_path)
    with pytest.raises(DamagedIndexError, match=path.name):
        steps(engine)
    engine.close()


def test_what_changed_after_it_was_checked_is_named_and_nothing_is_believed(tmp_path: Path) -> None:
    write(tmp_path, LONG)
    engine = FolderEngine(tmp_path)
    assert engine.search(SearchRequest("8999")).total == len(LONG)
    steps(engine)
    (postings,) = tmp_path.glob(f"*{Component.POSTINGS.value}")
    with postings.open("r+b") as file:  # in place: the engine has it mapped
        data = file.read()
        file.seek(0)
        file.write(bytes(255 - each for each in data))
    for _ in range(3):  # the answer that was kept is not given either
        with pytest.raises(DamagedIndexError, match=postings.name):
            engine.search(SearchRequest("8998 OR 8997"))
        with pytest.raises(DamagedIndexError, match=postings.name):
            engine.search(SearchRequest("8999"))
    engine.close()


def test_of_an_index_too_large_for_memory_the_smallest_files_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, LONG)
    files = sorted(tmp_path.glob("dateline_*.*"), key=lambda path: path.stat().st_size)
    *smaller, _ = sizes = [path.stat().st_size for path in files]
    assert files[-1].suffix == Component.TERMS.value
    flip(tmp_path, Component.TERMS, "body:text")
    for bound, some in ((sizes[0] - 1, False), (sum(smaller), True)):
        monkeypatch.setattr("search.engines.folder.MAX_AHEAD", bound)
        engine = FolderEngine(tmp_path)
        assert bool(steps(engine)) is some
        engine.close()
    monkeypatch.setattr("search.engines.folder.MAX_AHEAD", sum(sizes))
    engine = FolderEngine(tmp_path)
    with pytest.raises(DamagedIndexError):
        steps(engine)
    engine.close()


@pytest.mark.parametrize("removed", [(), (CORPUS[1].id,)], ids=["all", "one removed"])
def test_what_is_counted_ahead_is_what_a_search_without_words_counts(
    tmp_path: Path, removed: tuple[str, ...]
) -> None:
    write(tmp_path, CORPUS)
    write(tmp_path, CORPUS[:1], removed)
    engine, other = FolderEngine(tmp_path), FolderEngine(tmp_path)
    steps(other)
    for request in (SearchRequest(""), SearchRequest("", agencies=(CORPUS[0].agency.slug,))):
        assert other.facets(request) == engine.facets(request)
        assert other.timeline(request) == engine.timeline(request)
        assert sum(each.count for each in other.facets(request).agency) >= other.count(request) > 0
    engine.close()
    other.close()
