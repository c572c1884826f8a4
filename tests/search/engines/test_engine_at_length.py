"""One engine under many segments, deletions and threads: what a plain loop over releases finds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.release import Agency, Release
from index.stores.folder import open_index
from search import SearchRequest, open_engine
from search.engine import Engine
from tests.search.search_corpus import make, write

WORDS = ["harbour", "ferry", "budget", "school", "water", "tax"]
QUESTIONS = 250  # of each thread: some thousand together, answered while others ask
SEGMENTS = 7


def releases(seed: int, count: int, first: int = 0) -> list[Release]:
    draw = random.Random(seed)  # noqa: S311
    made = []
    for at in range(first, first + count):
        day = f"20{draw.randrange(18, 24)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        date = draw.choice([day, day, day, day[:7], day[:4], None])
        agency = draw.choice(["north", "south", "east"])
        release = make(f"r{at:04}", draw.choice(WORDS), " ".join(draw.choices(WORDS, k=4)))
        made.append(replace(release, date=date, agency=Agency(agency, agency.title())))
    return made


@pytest.fixture(scope="module")
def segmented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, list[Release]]]:
    """Several segments, a third of the documents replaced by a later one."""
    folder = tmp_path_factory.mktemp("segmented") / "index"
    current: dict[str, Release] = {}
    for commit in range(SEGMENTS):
        some = releases(commit, 40, first=30 * commit)
        write(folder, some, removed=[each.id for each in some if each.id in current])
        current |= {each.id: each for each in some}
    index = open_index(folder)
    with index.reader() as reader:
        assert len(reader.leaf_readers()) == SEGMENTS
        assert reader.has_deletions()
    index.close()
    engine = open_engine(folder)
    yield engine, list(current.values())
    engine.close()


def holding(every: list[Release], word: str) -> list[Release]:
    return [each for each in every if not word or word in f"{each.headline} {each.body}".split()]


def moment(release: Release) -> str:
    """The first day that the date may mean; empty where there is no year."""
    return ((release.date or "") + "-01-01")[:10] if release.date else ""


@pytest.mark.parametrize("word", ["", *WORDS])
def test_orders_are_those_of_a_plain_sort(
    segmented: tuple[Engine, list[Release]], word: str
) -> None:
    engine, every = segmented
    by_id = sorted(holding(every, word), key=lambda each: each.id)
    newest = sorted(by_id, key=moment, reverse=True)
    oldest = sorted(by_id, key=lambda each: (moment(each) == "", moment(each)))
    for order, expected in (("newest", newest), ("oldest", oldest)):
        found = engine.every_hit(SearchRequest(word, sort=order), snippets=False)
        assert [hit.release.id for hit in found] == [each.id for each in expected]


@pytest.mark.parametrize("word", ["", *WORDS])
def test_counts_are_those_of_a_plain_loop(
    segmented: tuple[Engine, list[Release]], word: str
) -> None:
    engine, every = segmented
    mine = holding(every, word)
    found = engine.search(SearchRequest(word, per_page=0))
    assert found.total == len(mine)
    agencies = {each.slug: each.count for each in found.facets.agency}
    assert agencies == Counter(each.agency.slug for each in mine)
    years = {each.from_ or "": each.count for each in found.facets.date if each.count}
    assert years == Counter((each.date or "")[:4] for each in mine)


@pytest.mark.slow
def test_eight_threads_ask_one_engine(segmented: tuple[Engine, list[Release]]) -> None:
    engine, every = segmented
    expected = {word: len(holding(every, word)) for word in ("", *WORDS)}

    def ask(seed: int) -> int:
        draw = random.Random(seed)  # noqa: S311
        for _ in range(QUESTIONS):
            word = draw.choice(list(expected))
            request = SearchRequest(word, sort=draw.choice(["relevance", "newest", "oldest"]))
            found = engine.search(request)
            assert found.total == expected[word], request
            assert len(found.hits) == min(10, found.total), request
        return QUESTIONS

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [QUESTIONS] * 8
