"""First said by whom: who used words first, who followed after how many days, who last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from index.release import Release
from search.engine import Engine
from search.request import SearchRequest
from search.results import FirstUses
from webapp.presenters.anchor import Anchor
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.search_box import Field
from webapp.presenters.value_facet import search_title
from webapp.site import wording
from webapp.site.languages import Language, html_language
from webapp.site.links import Links
from webapp.site.search_addresses import HOW_SHOWN, fields

PATH = "/first"
MAX_AGENCIES = 50
"""Agencies that the page names: 50 releases are read in 6 ms."""
RARE = 200
"""Releases up to which the page of results says who was first: that costs it 0.6 ms."""
_WORD = re.compile(r"=?[^\W_]+(?:[-'’.&][^\W_]+)*")
"""A word as somebody says it: without a sign before it, a filter's colon or a joker."""
MAX_NAMES = 5
"""Years named below the timeline."""


class UseView(NamedTuple):
    """A release of the list, and how long after the first it came."""

    headline: str
    language: str
    href: str
    date: DateView
    agency: Anchor
    after: str


class Dot(NamedTuple):
    """A dot of the timeline, at a place in per cent."""

    at: str
    href: str
    text: str


class YearMark(NamedTuple):
    """A year named below the timeline, at a place in per cent."""

    at: str
    text: str


class FirstView(NamedTuple):
    """Everything on the page; without words, or where nothing is dated, `uses` is empty."""

    text: str
    asked: str
    hidden: tuple[Field, ...]
    sentence: str
    uses: tuple[UseView, ...]
    last: UseView | None
    more: str
    undated: str
    dots: tuple[Dot, ...]
    years: tuple[YearMark, ...]
    results: str
    canonical: str


def present_first(links: Links, engine: Engine, request: SearchRequest) -> FirstView:
    """The page of one search."""
    language = links.language
    found = (
        engine.first_uses(request, MAX_AGENCIES) if request.text else FirstUses(0, 0, 0, (), None)
    )
    first = found.firsts[0] if found.firsts else None
    last = found.last
    left_out = found.agencies - len(found.firsts)
    return FirstView(
        text=request.text,
        asked=search_title(links, engine, request),
        hidden=tuple(fields(request, without=("q", *HOW_SHOWN))),
        sentence=in_one_sentence(links, found),
        uses=tuple(_use(links, each, first) for each in found.firsts if first),
        last=_use(links, last, first) if first and last and last.id != first.id else None,
        more=language.ngettext(
            "%(num)s more agency followed.",
            "%(num)s more agencies followed.",
            left_out,
            num=wording.number(left_out),
        )
        if left_out
        else "",
        undated=language.ngettext(
            "%(num)s release is left out: its date is not exact, or in the future.",
            "%(num)s releases are left out: their dates are not exact, or in the future.",
            found.undated,
            num=wording.number(found.undated),
        )
        if found.undated
        else "",
        dots=tuple(_dots(links, found)),
        years=tuple(_years(found)),
        results=links.search(request),
        canonical=links.subject(PATH, request),
    )


def first_line(links: Links, engine: Engine, request: SearchRequest, total: int) -> Anchor | None:
    """What the page of results says of a phrase or a word that few releases have; else None."""
    if not 1 < total <= RARE or not _is_one_expression(request.text):
        return None
    sentence = in_one_sentence(links, engine.first_uses(request, 1))
    return Anchor(sentence, links.subject(PATH, request)) if sentence else None


def in_one_sentence(links: Links, found: FirstUses) -> str:
    """`First: Water Board, 5 March 2021. Last: 7 May 2023. 4 agencies in all.`"""
    if not found.firsts or found.last is None:
        return ""
    language, first = links.language, found.firsts[0]
    return language.gettext(
        "First said by %(agency)s on %(date)s, last on %(last)s; %(agencies)s in all",
        agency=links.agency_name(first.agency),
        date=wording.date_in_words(language, first.date),
        last=wording.date_in_words(language, found.last.date),
        agencies=wording.counted_agencies(language, found.agencies),
    )


def _is_one_expression(text: str) -> bool:
    """One word, or one phrase in quotation marks: a filter or a date is said by nobody."""
    bare = text.strip()
    inner = bare[1:-1]
    if len(bare) > 2 and bare[0] in '"“「' and bare[-1] in '"”」':
        return not set('"“”「」') & set(inner)
    return _WORD.fullmatch(bare) is not None and any(map(str.isalpha, bare))


def _use(links: Links, release: Release, first: Release) -> UseView:
    return UseView(
        headline=wording.headline(links.language, release),
        language=html_language(release.language),
        href=links.release(release),
        date=present_date(links.language, release),
        agency=Anchor(links.agency_name(release.agency), links.agency(release.agency)),
        after=_after(links.language, _day(release).toordinal() - _day(first).toordinal())
        if release.id != first.id
        else links.language.gettext("first"),
    )


def _after(language: Language, days: int) -> str:
    if not days:
        return language.gettext("on the same day")
    return language.ngettext(
        "%(num)s day later", "%(num)s days later", days, num=wording.number(days)
    )


def _day(release: Release) -> date:
    return date.fromisoformat(release.date or "0001-01-01")


def _dots(links: Links, found: FirstUses) -> Iterator[Dot]:
    """The first use of each agency, and the last of all."""
    if found.last is None:
        return
    several = {each.id: each for each in (*found.firsts, found.last)}
    for each in several.values():
        when = wording.date_in_words(links.language, each.date)
        who = links.agency_name(each.agency)
        text = links.language.gettext("%(date)s: %(agency)s", date=when, agency=who)
        yield Dot(_place(found, _day(each)), links.release(each), text)


def _years(found: FirstUses) -> Iterator[YearMark]:
    if found.last is None:
        return
    first, last = _day(found.firsts[0]).year + 1, _day(found.last).year
    step = -(-(last - first + 1) // MAX_NAMES) or 1
    for year in range(first, last + 1, step):
        yield YearMark(_place(found, date(year, 1, 1)), str(year))


def _place(found: FirstUses, day: date) -> str:
    """Where a day lies between the first and the last, in per cent, with room for half a dot."""
    last = found.last or found.firsts[0]
    start, whole = _day(found.firsts[0]).toordinal(), _day(last) - _day(found.firsts[0])
    share = (day.toordinal() - start) / whole.days if whole.days else 0.5
    return f"{2 + 96 * share:.2f}"
