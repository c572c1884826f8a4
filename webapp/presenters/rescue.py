"""Nothing found: for everything asked for, a link that drops it, with the count it would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from search.query.lexemes import Lexeme
from search.query.neighbours import lex
from search.request import SearchRequest
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to leave away, how many releases that gives, and its address."""

    text: str
    count: str
    found: bool
    href: str


def ways_out(
    links: Links, names: Mapping[str, str], count: Callable[[SearchRequest], int], limit: int
) -> tuple[WayOut, ...]:
    """The ways out, those that find something first.

    :param count: asked at most `limit` times.
    """
    found = []
    candidates = _candidates(links.language, links.request, names)
    for number, (text, changed) in enumerate(candidates):
        if number >= limit:
            break
        matches = count(changed)
        address = links.search(changed)
        found.append(WayOut(text, wording.counted(links.language, matches), matches > 0, address))
    return tuple(sorted(found, key=lambda way: not way.found))


def _candidates(
    language: Language, request: SearchRequest, names: Mapping[str, str]
) -> Iterator[tuple[str, SearchRequest]]:
    yield from _without_words(language, request)
    for slug in request.agencies:
        rest = tuple(each for each in request.agencies if each != slug)
        label = language.gettext("Any agency (not just %(name)s)", name=names.get(slug, slug))
        yield label, request.changed(agencies=rest)
    if request.date_from and request.date_from == request.date_to:
        date = wording.date_in_words(language, request.date_from)
        label = language.gettext("Any date (not just %(date)s)", date=date)
        yield label, request.changed(date_from=None, date_to=None)
    else:
        if request.date_from:
            date = wording.date_in_words(language, request.date_from)
            label = language.gettext("Any start date (not from %(date)s)", date=date)
            yield label, request.changed(date_from=None)
        if request.date_to:
            date = wording.date_in_words(language, request.date_to)
            label = language.gettext("Any end date (not to %(date)s)", date=date)
            yield label, request.changed(date_to=None)
    if request.undated:
        yield language.gettext("Dated releases too"), request.changed(undated=False)
    for tag in request.languages:
        rest = tuple(each for each in request.languages if each != tag)
        label = language.gettext(
            "Any language (not just %(name)s)", name=wording.language_in_words(language, tag)
        )
        yield label, request.changed(languages=rest)


def _without_words(
    language: Language, request: SearchRequest
) -> Iterator[tuple[str, SearchRequest]]:
    text, lexemes, _ = lex(request)
    places = [at for at, each in enumerate(lexemes) if each.kind in ("word", "phrase", "day")]
    if len(places) > 1 and request.match == "all":
        yield language.gettext("Match any of the words"), request.changed(match="any")
    for at in places:
        start, end = _with_operator(lexemes, at)
        dropped = text[lexemes[at].start : lexemes[at].end].strip()
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
        start = lexemes[at].start
    if at and lexemes[at - 1].kind in ("or", "and"):
        start = lexemes[at - 1].start
    return start, end
