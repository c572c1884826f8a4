"""Releases of our own for the tests of search, and how they get into an index."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from index.release import Agency, Release
from index.stores.commits import commit_in_bulk
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import Engine, SearchRequest, open_engine

Opened = Callable[[Sequence[Release]], Engine]

AGENCIES = {
    "customs": Agency("harbour-customs", "Harbour Customs"),
    "health": Agency("board-of-health", "Board of Health"),
    "one": Agency("agency-1", "Agency 1"),
}


def make(number: str, headline: str, body: str = "", **about: Any) -> Release:
    """A release; `agency` may be a key of `AGENCIES`."""
    if isinstance(about.get("agency"), str):
        about["agency"] = AGENCIES[about["agency"]]
    return Release(id=number, headline=headline, body=body, **{"language": "en", **about})


def write(folder: Path, releases: Sequence[Release], removed: Sequence[str] = ()) -> None:
    """A commit of its own, whose segment stays apart from those of others."""
    store = FolderStore(folder, commit=commit_apart)
    with store.writing():
        store.apply(removed, [stored_release(each, "2024-05-06T07:08:09Z") for each in releases])


@contextmanager
def engine_over(folder: Path, releases: Sequence[Release]) -> Iterator[Engine]:
    """An engine over releases of one commit."""
    write(folder, releases)
    engine = open_engine(folder)
    yield engine
    engine.close()


def ids_found(engine: Engine, text: str, **asked: Any) -> set[str]:
    """Those of all releases that a search finds."""
    return {hit.release.id for hit in engine.every_hit(SearchRequest(text, **asked))}


def bare(html: str) -> str:
    """Marked text as it was before it was escaped and marked."""
    return unescape(re.sub("</?mark>", "", html))


def _all_apart(writer: Any, old: Sequence[Any], new: Sequence[Any], workers: int) -> list[Any]:
    return [*old, *new]


commit_apart = partial(commit_in_bulk, policy=_all_apart)
"""A commit that leaves all segments as they are."""


WORDS = ("harbour", "ferry", "tax", "flood", "light", "school", "market", "coin")
DATES = (None, "--06-26", "2021", "2022-06", "2022-06-26", "2022-06-27", "2023-02-28",
         "2023-06", "2023-06-26", "2023-06-30", "2023-12-31", "2024-01-01")  # fmt: skip


def corpus(seed: int) -> list[Release]:
    chance = random.Random(seed)  # noqa: S311
    return [
        make(
            f"r{number:03}",
            " ".join(chance.choices(WORDS, k=2)).capitalize(),
            " ".join(chance.choices(WORDS, k=chance.randint(1, 12))),
            date=chance.choice(DATES),
            agency=chance.choice(sorted(AGENCIES)),
            language=chance.choice(("en", "en", "zh-Hant", "zh-Hans")),
        )
        for number in range(120)
    ]


CORPUS = corpus(7)
