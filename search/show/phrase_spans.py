"""Spans of phrases in a text: every word that takes part in one, by the places of all words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from search.query.positional import Gap

Span = tuple[int, int, int]
"""Start and end of the characters to mark, and the clause of the query that they match."""
Place = tuple[int, int, int]
"""Position of a term in a text, and the start and end of its characters."""


class FieldPhrase(NamedTuple):
    """Stems that follow each other, at most `slop` positions from one to the next.

    `gaps`, where there are any, say it for each step by itself.
    """

    words: tuple[str, ...]
    slop: int
    clause: int
    gaps: tuple[Gap, ...] = ()

    @property
    def steps(self) -> tuple[Gap, ...]:
        """The gap of each step."""
        return self.gaps or ((1, self.slop),) * (len(self.words) - 1)


def spans_of(
    phrases: Iterable[FieldPhrase],
    places: Mapping[str, Sequence[Place]],
    check: Callable[[], None] | None,
) -> set[Span]:
    """The spans of several phrases.

    :param check: is called before each, and raises when this takes too long.
    """
    found = set[Span]()
    for phrase in phrases:
        if check is not None:
            check()
        found.update(phrase_spans(phrase, places))
    return found


def phrase_spans(phrase: FieldPhrase, places: Mapping[str, Sequence[Place]]) -> Iterator[Span]:
    """The spans of a phrase: from first to last word where they stand side by side, else each word.

    Marked is what stands in any run of the phrase, not only in the nearest one: the nearest next
    word may be one that leads nowhere. The work grows with the number of places, whatever the text.

    :param places: of every word, by ascending position.
    """
    steps = phrase.steps
    found = [places.get(word, ()) for word in phrase.words]
    if not all(found):
        return  # as nearly always, where a phrase with `*` stands for hundreds
    taking_part = _taking_part(found, steps)
    if not all(gap == (1, 1) for gap in steps):
        for there in taking_part:
            for _, start, end in there:
                yield start, end, phrase.clause
        return
    ends: dict[int, int] = {}
    for position, _, end in taking_part[-1]:
        ends.setdefault(position, end)
    for position, start, _ in taking_part[0]:
        yield start, ends[position + len(steps)], phrase.clause


def _taking_part(places: list[Sequence[Place]], steps: Sequence[Gap]) -> list[Sequence[Place]]:
    """Of each word the places from which the first and the last word can be reached."""
    places[0] = list(places[0])
    for at, (least, most) in enumerate(steps, start=1):
        places[at] = _near(places[at], places[at - 1], -most, -least)
    for at in range(len(steps) - 1, -1, -1):
        least, most = steps[at]
        places[at] = _near(places[at], places[at + 1], least, most)
    return places


def _near(
    places: Sequence[Place], others: Sequence[Place], least: int, most: int
) -> Sequence[Place]:
    """The places from which another one is between `least` and `most` positions on."""
    kept, at, count = [], 0, len(others)
    for place in places:
        first = place[0] + least
        while at < count and others[at][0] < first:
            at += 1
        if at == count:
            break
        if others[at][0] <= place[0] + most:
            kept.append(place)
    return kept
