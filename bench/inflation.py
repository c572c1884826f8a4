"""Whether words find more than their own language's inflections, over an index, from query lists.

    python -m bench.inflation INDEX QUERIES...

The words are those that are asked for most often in files of queries, a query a line. The plain
rule: a release holds a word if a word of its headline or text, cut at whatever is no letter or
digit, has the same stem in the release's own language. Printed are words of which more than 5 % more
are counted than that, and more than two: matches, of an agency, or of a month, as trends have them.
What meets a word on purpose counts as by the rule: its other spelling in Britain or America, and
the same letters in parts, such as `web site`, `co-ordinate` and, for `childcare`, `child's care`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from index.release import Release
from index.text.folding import fold
from index.text.stemming import stem_of, stemmer_of
from search import Engine, Hit, SearchRequest, open_engine
from search.query.known_words import other_spelling

MOST_FREQUENT = 3_000
"""Words of the lists that are asked for."""
ALLOWED = 1.05
"""How many times as many as by the plain rule may be counted."""
FEW = 2
"""Releases more than by the rule that no value of a facet and no month is found fault with."""
_SHORT = 4
"""Letters of a beginning that words may share by chance: then all of the word is looked for."""
_ASKED = re.compile("[a-z]{2,}")
_WORD = re.compile(r"[^\W_]+")


class Inflated(NamedTuple):
    """A word of which too many are counted, and where: `matches`, an agency, or a month."""

    word: str
    where: str
    counted: int
    plain: int


def main(argv: Sequence[str] | None = None) -> int:
    """Print every inflated word; 1 if there is one."""
    parser = argparse.ArgumentParser(description="Words that find more than their inflections.")
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path, nargs="+")
    options = parser.parse_args(argv)
    words = frequent_words(options.queries)
    engine = open_engine(options.index)
    found = list(inflated(engine, words))
    engine.close()
    for each in found:
        print(f"{each.word:16} {each.counted:6} counted, {each.plain:6} by the rule: {each.where}")
    print(f"{len(words)} words, {len({each.word for each in found})} inflated")
    return int(bool(found))


def frequent_words(queries: Iterable[Path]) -> list[str]:
    """The words that are asked for most often."""
    counted = Counter[str]()
    for path in queries:
        counted.update(_ASKED.findall(path.read_text("utf-8").lower()))
    return [word for word, _ in counted.most_common(MOST_FREQUENT)]


def inflated(engine: Engine, words: Sequence[str]) -> Iterator[Inflated]:
    """The words of which too many are counted."""
    releases = [hit.release for hit in _all(engine, SearchRequest())]
    places = {release.id: place for place, release in enumerate(releases)}
    for word, plain in zip(words, _by_the_rule(releases, words), strict=True):
        parts = _in_parts(word)
        held = [releases[place] for place in plain]
        for where, request, counted, by_rule in _compared(engine, word, held):
            if _is_inflated(counted, by_rule):
                others = (hit.release for hit in _all(engine, request))
                others = (each for each in others if places[each.id] not in plain)
                by_rule += sum(parts.search(_text(each)) is not None for each in others)
                if _is_inflated(counted, by_rule):
                    yield Inflated(word, where, counted, by_rule)


def _is_inflated(counted: int, by_rule: int) -> bool:
    return counted > max(by_rule * ALLOWED, by_rule + FEW)


def _all(engine: Engine, request: SearchRequest) -> Iterator[Hit]:
    return engine.every_hit(request.changed(copies=True), snippets=False)


def _compared(
    engine: Engine, word: str, plain: Sequence[Release]
) -> Iterator[tuple[str, SearchRequest, int, int]]:
    """What is counted of a word: where, the request for that, how many, and how many by the rule."""
    request = SearchRequest(word, match="strict", copies=True)
    found = engine.search(request.changed(per_page=0))
    yield "matches", request, found.total, len(plain)
    agencies = Counter(release.agency.slug for release in plain)
    for each in found.facets.agency:
        of_agency = request.changed(agencies=(each.slug,))
        yield each.slug, of_agency, each.count, agencies[each.slug]
    months = Counter((release.date or "")[:7] for release in plain)
    for month, count in engine.timeline(request):
        yield month, request.changed(date_from=month, date_to=month), count, months[month]


def _by_the_rule(releases: Sequence[Release], words: Sequence[str]) -> list[set[int]]:
    """For each word the places of the releases that hold it by the plain rule."""
    holding: list[set[int]] = [set() for _ in words]
    asked: dict[str | None, dict[str, tuple[int, ...]]] = {}
    for place, release in enumerate(releases):
        stemmer = stemmer_of(release.language)
        if stemmer not in asked:
            asked[stemmer] = _Asked(words, release.language)
        numbers = asked[stemmer]
        for each in {*_WORD.findall(_text(release))}:
            for number in numbers[each]:
                holding[number].add(place)
    return holding


class _Asked(dict[str, tuple[int, ...]]):
    """A word of a text -> the numbers of the words asked for of which it is an inflection."""

    def __init__(self, words: Sequence[str], language: str) -> None:
        super().__init__()
        self._language = language
        self._by_stem: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        for number, word in enumerate(words):
            for stem in {stem_of(each, language) for each in _spellings(word)}:
                self._by_stem[stem] += (number,)

    def __missing__(self, word: str) -> tuple[int, ...]:
        self[word] = found = self._by_stem.get(stem_of(word, self._language), ())
        return found


def _spellings(word: str) -> tuple[str, ...]:
    return word, other_spelling(word) or word


def _in_parts(word: str) -> re.Pattern[str]:
    """A text that has a word or an inflection of it in parts: `co-operation`, `web site`."""
    shown = []
    for spelling in _spellings(word):
        stem = stem_of(spelling, "en")
        shared = stem if spelling.startswith(stem) else stem[:-1]
        shown.append(shared if len(shared) > _SHORT else spelling)
    letters = "|".join(r"(?:'s)?[\W_]{0,2}".join(each) for each in dict.fromkeys(shown))
    return re.compile(rf"(?<![^\W\d_])(?:{letters})")


def _text(release: Release) -> str:
    return fold(f"{release.headline}\n{release.body}")


if __name__ == "__main__":
    sys.exit(main())
