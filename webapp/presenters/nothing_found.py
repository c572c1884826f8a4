"""Nothing found: for everything asked for, a link that drops it, with the count it would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from index.facet_table import AGENCY
from index.release import Agency
from index.text.folding import fold
from search.choices import excluded
from search.engine import Coverage
from search.query.filter_queries import whole_filters
from search.query.lexemes import SAID_IN_WAYS, Lexeme
from search.query.neighbours import lex
from search.request import NO_FILTERS, SearchRequest
from search.results import SearchResults
from webapp.presenters.browse import CoverageView
from webapp.presenters.gap_sentence import gaps_in_words
from webapp.presenters.hits import HitView, present_results_hits
from webapp.site import wording
from webapp.site.facet_words import called
from webapp.site.languages import N_, Language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to leave away, how many releases that gives, and its address."""

    text: str
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class NothingFoundView:
    """What a page offers that found nothing: ways out, and what the site holds, and of the agencies
    that were asked for."""

    ways_out: tuple[WayOut, ...]
    coverage: CoverageView
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectedView:
    """The search in another spelling: how much it finds, and its first releases."""

    count: str
    hits: tuple[HitView, ...]


def ways_out(
    links: Links,
    names: Mapping[str, str],
    unknown: Sequence[str],
    count: Callable[[SearchRequest], int],
    limit: int,
    agencies: Sequence[Agency] = (),
) -> tuple[WayOut, ...]:
    """The ways out that find something.

    Where nothing does that leaves one thing away, two are left away together, a word and a filter
    first; where that is not enough, each thing is asked for alone.

    :param unknown: words of the search that no release holds: they are dropped together first.
    :param count: asked at most `limit` times for each of: words, one thing less, two, each alone.
    :param agencies: of the index: a filter in the text may go on behind a space with their names.
    """
    language, asked = links.language, links.request
    typed = _typed(asked, agencies)
    wrong = unknown or _held_nowhere(typed, count, limit)
    words = [*_without_all(language, asked, typed, wrong)]
    words += _without_words(language, asked, typed)
    one_less = [*words, *_without_filters(language, asked, names)]
    two_less = (
        (f"{label} + {other}", less)
        for label, changed in one_less
        for other, less in _without_filters(language, changed, names)
    )
    alone = _each_alone(language, asked, typed, names, wrong)
    for candidates in (one_less, two_less, alone):
        found = _that_find(links, islice(candidates, limit), count)
        if found:
            return found
    return ()


def agencies_held(
    links: Links,
    coverage: Coverage,
    names: Mapping[str, str],
    timeline: Callable[[SearchRequest], Iterable[tuple[str, int]]],
) -> Iterator[str]:
    """What there is of each agency that was asked for, from when to when and with which gaps.

    :param names: of the values of facets that are asked for.
    :param timeline: the releases of a search by month.
    """
    colon = links.language.pgettext("before a count", ": ")
    language, held = links.language, {each.slug: count for each, count in coverage.agencies}
    for slug in links.request.agencies:
        if slug in held:
            count = wording.counted(language, held[slug])
            said = f"{called(names, AGENCY.name, slug)}{colon}{count}"
            days = coverage.agency_dates.get(slug)
            if days is not None:
                first, last = (wording.date_in_words(language, day) for day in days)
                said = language.gettext(
                    "%(agency)s, %(first)s to %(last)s", agency=said, first=first, last=last
                )
            gaps = gaps_in_words(language, timeline(SearchRequest(agencies=(slug,))))
            stop = language.pgettext("end of a sentence", ".")
            yield f"{said}{stop} {gaps}" if gaps else said


def present_corrected(links: Links, results: SearchResults) -> CorrectedView:
    """The first results of a corrected search, about which the links are."""
    hits = present_results_hits(links, results.hits, 1)
    return CorrectedView(wording.counted(links.language, results.total), hits)


def _that_find(
    links: Links,
    candidates: Iterable[tuple[str, SearchRequest]],
    count: Callable[[SearchRequest], int],
) -> tuple[WayOut, ...]:
    language, words = links.language, links.request.text.strip()
    # All releases are no way out of words that nothing holds, but the one out of a filter alone.
    asking = [
        each for each in candidates if not words or wording.search_in_words(language, each[1], {})
    ]
    several = {changed: text for text, changed in reversed(asking)}
    counted = [(text, changed, count(changed)) for changed, text in reversed(several.items())]
    return tuple(
        WayOut(text, wording.counted(links.language, matches), links.search(changed))
        for text, changed, matches in counted
        if matches
    )


class _Typed(NamedTuple):
    """The text of a search and its lexemes, each filter with all the words of its value."""

    text: str
    lexemes: list[Lexeme]


def _typed(request: SearchRequest, agencies: Sequence[Agency]) -> _Typed:
    read, lexemes = lex(request)
    return _Typed(read.text, whole_filters(read.text, lexemes, agencies))


def _each_alone(
    language: Language,
    request: SearchRequest,
    typed: _Typed,
    names: Mapping[str, str],
    wrong: Sequence[str],
) -> Iterator[tuple[str, SearchRequest]]:
    """The words without filters, each word alone, and each filter without words.

    :param wrong: words that are left out where there are others.
    """
    text, lexemes = typed
    held_nowhere = set(map(fold, wrong))
    pieces = [
        text[each.start : each.end].strip() for each in lexemes if each.kind in ("word", "phrase")
    ]
    held = " ".join(each for each in pieces if fold(each) not in held_nowhere)
    bare = request.changed(text="", match="all", **NO_FILTERS)
    alone = [bare.changed(text=each) for each in dict.fromkeys((held, *pieces)) if each]
    facets = [bare.changed(**bare.choosing(*each)) for each in request.filters.facets]
    dates = bare.changed(date_from=request.date_from, date_to=request.date_to)
    languages = bare.changed(languages=request.languages)
    for each in (*alone, *facets, dates, languages):
        if each != bare:
            said = wording.search_in_words(language, each, names)
            yield language.gettext("Press releases %(search)s", search=said), each


def _held_nowhere(typed: _Typed, count: Callable[[SearchRequest], int], limit: int) -> list[str]:
    """The words that nothing holds, the filters left aside: for a search that does not say so."""
    text, lexemes = typed
    words = [text[each.start : each.end] for each in lexemes if each.kind == "word"]
    return [word for word in words[:limit] if not count(SearchRequest(word))]


def _without_filters(
    language: Language, request: SearchRequest, names: Mapping[str, str]
) -> Iterator[tuple[str, SearchRequest]]:
    """The request without one of its filters, and how that is called."""
    for label, less in _less_a_filter(language, request, names):
        yield label, request.changed(**less)


def _less_a_filter(
    language: Language, request: SearchRequest, names: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for facet, slugs in request.filters.facets:
        for slug in slugs:
            others = request.choosing(facet, (each for each in slugs if each != slug))
            yield _without_value(language, facet, slug, names), others
    yield from _without_dates(language, request)
    for tag in request.languages:
        rest = tuple(each for each in request.languages if each != tag)
        name = wording.language_in_words(language, excluded(tag) or tag)
        label = N_("Include %(name)s") if excluded(tag) else N_("Any language (not just %(name)s)")
        yield language.gettext(label, name=name), {"languages": rest}


def _without_dates(
    language: Language, request: SearchRequest
) -> Iterator[tuple[str, dict[str, Any]]]:
    start, end = request.date_from, request.date_to
    if start and start == end:
        date = wording.date_in_words(language, start)
        label = language.gettext("Any date (not just %(date)s)", date=date)
        yield label, {"date_from": None, "date_to": None}
    elif start or end:
        if start:
            date = wording.date_in_words(language, start)
            label = language.gettext("Any start date (not from %(date)s)", date=date)
            yield label, {"date_from": None}
        if end:
            date = wording.date_in_words(language, end)
            yield language.gettext("Any end date (not to %(date)s)", date=date), {"date_to": None}
    if request.undated:
        yield language.gettext("Dated releases too"), {"undated": False}


def _without_all(
    language: Language, request: SearchRequest, typed: _Typed, unknown: Sequence[str]
) -> Iterator[tuple[str, SearchRequest]]:
    """All the words that no release holds dropped at once, where there are several."""
    text, lexemes = typed
    wrong = {fold(word) for word in unknown}
    words = [each for each in lexemes if each.kind == "word"]
    dropped = [each for each in words if fold(text[each.start : each.end]) in wrong]
    if not 2 <= len(dropped) < len(words):
        return
    separator = language.pgettext("between the items of a list", ", ")
    named = separator.join(
        wording.in_quotes(language, text[each.start : each.end]) for each in dropped
    )
    rest = text
    for each in reversed(dropped):
        start, end = _with_operator(lexemes, lexemes.index(each))
        rest = f"{rest[:start]} {rest[end:]}"
    label = language.gettext("Drop %(words)s", words=named)
    yield label, request.changed(text=" ".join(rest.split()))


def _without_value(language: Language, facet: str, slug: str, names: Mapping[str, str]) -> str:
    if excluded(slug):
        name = called(names, facet, excluded(slug))
        return language.gettext("Include %(name)s", name=name)
    name = called(names, facet, slug)
    if facet == AGENCY.name:
        return language.gettext("Any agency (not just %(name)s)", name=name)
    return language.gettext("Any %(facet)s (not just %(name)s)", facet=facet, name=name)


def _without_words(
    language: Language, request: SearchRequest, typed: _Typed
) -> Iterator[tuple[str, SearchRequest]]:
    text, lexemes = typed
    kinds = ("word", "phrase", *SAID_IN_WAYS)
    places = [at for at, each in enumerate(lexemes) if each.kind in kinds]
    if len(places) > 1 and request.match == "all":
        yield language.gettext("Match any of the words"), request.changed(match="any")
    for at in places:
        start, end = _with_operator(lexemes, at)
        signed = bool(at) and lexemes[at - 1].kind == "not"
        first = min(lexemes[at - signed].start, lexemes[at].start)
        dropped = text[first : lexemes[at].end].strip()
        rest = " ".join(f"{text[:start]} {text[end:]}".split())
        changed = request.changed(text=rest, match=request.match if rest else "all")
        yield (
            language.gettext("Drop %(words)s", words=wording.in_quotes(language, dropped)),
            changed,
        )


def _with_operator(lexemes: list[Lexeme], at: int) -> tuple[int, int]:
    """The characters to drop with a word: its minus, or the operator that would hang loose."""
    start, end = lexemes[at].start, lexemes[at].end
    while at and lexemes[at - 1].kind == "not":
        at -= 1
        start = min(lexemes[at].start, start)
    if at and lexemes[at - 1].kind in ("or", "and"):
        start = lexemes[at - 1].start
    return start, end
