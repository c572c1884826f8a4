"""A search finds what its parts mean: made-up searches against a plain look at every release.

Each search is made as a text and, beside it, as a question that words in a list answer. Nothing of
the reader, the query tree or the index is used to answer it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.release import Release
from search import Engine, open_engine
from tests.search.engines.list_engine import ListEngine
from tests.search.search_corpus import ids_found, make, write

WORDS = ("harbour", "harbors", "ferry", "ferries", "woman", "women", "tax", "taxi", "light", "fire")
STEMS = {"ferries": "ferry"}
"""The only two words here that share a stem."""
FIELDS = ("headline", "body")

Found = list[tuple[int, int]]
"""First and last position of each place where a word or phrase stands."""
Look = Callable[[list[str]], Found]
Holds = Callable[[dict[str, list[str]]], bool]


class Part(NamedTuple):
    """A part of a search as typed, and whether a release holds it.

    `look` finds it in the words of one field, if it is a word or phrase.
    """

    typed: str
    holds: Holds
    look: Look | None = None


def in_any_field(look: Look) -> Holds:
    return lambda texts: any(look(words) for words in texts.values())


def at_each(fits: Callable[[str], bool]) -> Look:
    return lambda words: [(at, at) for at, word in enumerate(words) if fits(word)]


def stem(word: str) -> str:
    return STEMS.get(word, word)


def placed(typed: str, look: Look) -> Part:
    return Part(typed, in_any_field(look), look)


def chained(looks: list[Look], gaps: list[tuple[int, int]]) -> Look:
    """Runs of what is looked for, the next one's start so far from the one's end."""

    def look(words: list[str]) -> Found:
        runs = looks[0](words)
        for following, (least, most) in zip(looks[1:], gaps, strict=True):
            runs = [
                (first, end)
                for first, last in runs
                for start, end in following(words)
                if least <= start - last <= most
            ]
        return runs

    return look


@st.composite
def words(draw: st.DrawFn) -> Part:
    word = draw(st.sampled_from(WORDS))
    return placed(word, at_each(lambda each: stem(each) == stem(word)))


ALL_FORMS = ("harbo*", "wom?n", "w?man", "ta*", "*arb*", "l?ght", "?arbour", "ferr*")
"""Patterns that fit all forms of a word or none, as places of a text know stems alone."""


@st.composite
def parts_of_words(draw: st.DrawFn, globs: tuple[str, ...] = (*ALL_FORMS, "fe*s", "*ries")) -> Part:
    glob = draw(st.sampled_from(globs))
    pattern = re.compile(glob.replace("?", ".").replace("*", ".*"))
    return placed(glob, at_each(lambda each: pattern.fullmatch(each) is not None))


@st.composite
def phrases(draw: st.DrawFn) -> Part:
    chosen = draw(st.lists(words(), min_size=2, max_size=3))
    slop = draw(st.integers(1, 3))
    typed = " ".join(each.typed for each in chosen)
    look = chained([each.look for each in chosen if each.look], [(1, slop)] * (len(chosen) - 1))
    return placed(f'"{typed}"' + (f"~{slop}" if slop > 1 else ""), look)


@st.composite
def phrases_with_gaps(draw: st.DrawFn) -> Part:
    chosen = draw(st.lists(words(), min_size=2, max_size=3))
    stars = [draw(st.integers(0, 2)) for _ in chosen[1:]]
    typed = chosen[0].typed
    for star, each in zip(stars, chosen[1:], strict=True):
        typed += " *" * star + f" {each.typed}"
    gaps = [(1 + star, 1 + star) for star in stars]
    return placed(f'"{typed}"', chained([each.look for each in chosen if each.look], gaps))


@st.composite
def near(draw: st.DrawFn) -> Part:
    placeable = words() | phrases() | parts_of_words(ALL_FORMS)
    one, other, distance = draw(placeable), draw(placeable), draw(st.integers(1, 4))
    assert one.look
    assert other.look
    operator = draw(st.sampled_from(("NEAR/", "W/", "PRE/")))
    ways = [chained([one.look, other.look], [(1, distance)])]
    if operator != "PRE/":
        ways.append(chained([other.look, one.look], [(1, distance)]))
    typed = f"{one.typed} {operator}{distance} {other.typed}"
    return Part(typed, in_any_field(lambda text: [run for way in ways for run in way(text)]))


@st.composite
def in_a_field(draw: st.DrawFn) -> Part:
    inner, name = draw(words() | phrases()), draw(st.sampled_from(FIELDS))
    look = inner.look
    assert look
    prefix = {"headline": draw(st.sampled_from(("headline:", "title:"))), "body": "body:"}[name]
    return Part(prefix + inner.typed, lambda texts: bool(look(texts[name])))


@st.composite
def exactly(draw: st.DrawFn) -> Part:
    word = draw(st.sampled_from(WORDS))
    return Part(f"={word}", in_any_field(at_each(lambda each: each == word)))


LEAVES = st.one_of(
    words(),
    words(),
    parts_of_words(),
    phrases(),
    phrases_with_gaps(),
    near(),
    in_a_field(),
    exactly(),
)


@st.composite
def nested(draw: st.DrawFn, inner: st.SearchStrategy[Part]) -> Part:
    kind = draw(st.sampled_from(("all", "OR", "AND", "without", "least", "boost")))
    parts = draw(st.lists(inner, min_size=2, max_size=3))
    typed, holds = [each.typed for each in parts], [each.holds for each in parts]
    if kind == "without":
        first, others = holds[0], holds[1:]
        sign = draw(st.sampled_from(("-", "!", "NOT ")))
        return Part(
            f"({typed[0]} {' '.join(f'{sign}({each})' for each in typed[1:])})",
            lambda texts: first(texts) and not any(each(texts) for each in others),
        )
    if kind == "least":
        least = draw(st.integers(1, len(parts)))
        bracketed = " ".join(f"({each})" for each in typed)
        return Part(
            f"{least} OF ({bracketed})",
            lambda texts: sum(each(texts) for each in holds) >= least,
        )
    if kind == "boost":
        return Part(f"({typed[0]})^2", holds[0])
    glue = {"all": " ", "OR": " OR ", "AND": " AND "}[kind]
    some = any if kind == "OR" else all
    return Part(f"({glue.join(typed)})", lambda texts: some(each(texts) for each in holds))


SEARCHES = st.recursive(LEAVES, nested, max_leaves=8)


def made_corpus() -> list[Release]:
    chance = random.Random(11)  # noqa: S311
    return [
        make(
            f"m{number:02}",
            " ".join(chance.choices(WORDS, k=chance.randint(1, 4))),
            " ".join(chance.choices(WORDS, k=chance.randint(0, 9))),
        )
        for number in range(60)
    ]


CORPUS = made_corpus()
TEXTS = {each.id: {name: getattr(each, name).split() for name in FIELDS} for each in CORPUS}


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    folder: Path = tmp_path_factory.mktemp("meaning") / "index"
    write(folder, CORPUS[:30])
    write(folder, CORPUS[30:])
    opened = open_engine(folder)
    yield [opened, ListEngine(CORPUS, "2024-05-06T07:08:09Z")]
    opened.close()


@settings(max_examples=400)
@given(SEARCHES)
def test_a_search_finds_what_its_parts_mean(engines: list[Engine], part: Part) -> None:
    expected = {name for name, texts in TEXTS.items() if part.holds(texts)}
    for engine in engines:
        assert ids_found(engine, part.typed) == expected, part.typed
