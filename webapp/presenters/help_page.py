"""The page of help: what can be typed, by examples that find something in this index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.release import UNATTRIBUTED
from search.engine import Engine
from search.request import SearchRequest
from webapp.presenters.example_searches import telling_texts
from webapp.site import wording
from webapp.site.languages import N_
from webapp.site.links import Links

PREFIX = 4
"""Letters of the example of `*`."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something to type, what it finds, how many releases that is here, and its address."""

    typed: str
    meaning: str
    count: str
    href: str


def present_examples(links: Links, engine: Engine) -> tuple[Example, ...]:
    """The examples that find something."""
    found = []
    for typed, meaning in _typed(engine):
        asked = SearchRequest(typed)
        count = engine.count(asked)
        if count:
            found.append(
                Example(
                    typed, links.language.gettext(meaning), wording.number(count),
                    links.search(asked),
                )
            )  # fmt: skip
    return tuple(found)


def _parted(engine: Engine, phrase: str) -> list[str]:
    """The words of a phrase whose first also stands without the second; none of any other."""
    first, second = phrase.split()
    return [first, second] if engine.count(SearchRequest(f"{first} -{second}")) else []


def _typed(engine: Engine) -> Iterator[tuple[str, str]]:
    texts = telling_texts(engine)
    phrases = [text.strip('"') for text in texts if " " in text]
    words = next(filter(None, (_parted(engine, phrase) for phrase in phrases)), texts[:2])
    if len(words) > 1:
        first, second = words[:2]
        yield f"{first} {second}", N_("both words, in any form")
        yield f'"{first} {second}"', N_("the words side by side")
        yield f"{first} OR {second}", N_("either word")
        yield f"{first} -{second}", N_("the first without the second")
        yield f"{first} NEAR/5 {second}", N_("at most five words apart")
    for word in words[:1]:
        yield f"headline:{word}", N_("in the headline")
        if len(word) > PREFIX:
            yield f"{word[:PREFIX]}*", N_("words that begin this way")
        yield f"={word}", N_("exactly as typed")
    coverage = engine.coverage()
    named = [(count, each.slug) for each, count in coverage.agencies if each != UNATTRIBUTED]
    if named:
        yield f"agency:{max(named)[1]}", N_("from one agency")
    if coverage.last_date:
        yield f"date:{coverage.last_date[:7]}", N_("from a month")
