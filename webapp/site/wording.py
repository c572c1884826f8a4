"""Dates, numbers and searches in words: what the pages say outside their templates.

Every function takes the language that it is to speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from index.dates.relative import is_relative, span_of, today
from index.facet_table import AGENCY
from index.release import Release
from search.choices import wanted_and_excluded
from search.query.notices import SENTENCES, filled_in
from search.request import SearchRequest
from search.results import Notice
from webapp.site.languages import N_, Language

MONTH_NAMES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
MONTHS_BRIEFLY = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"),
    N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
LANGUAGE_NAMES = {
    "ar": N_("Arabic"), "cy": N_("Welsh"), "da": N_("Danish"), "de": N_("German"),
    "el": N_("Greek"), "en": N_("English"), "es": N_("Spanish"), "fi": N_("Finnish"),
    "fr": N_("French"), "hi": N_("Hindi"), "id": N_("Indonesian"), "it": N_("Italian"),
    "ja": N_("Japanese"), "ko": N_("Korean"), "nl": N_("Dutch"), "no": N_("Norwegian"),
    "pl": N_("Polish"), "pt": N_("Portuguese"), "rm": N_("Romansh"), "ru": N_("Russian"),
    "sv": N_("Swedish"), "th": N_("Thai"), "tr": N_("Turkish"), "und": N_("Language not known"),
    "ur": N_("Urdu"), "vi": N_("Vietnamese"), "zh": N_("Chinese"),
    "zh-hans": N_("Simplified Chinese"), "zh-hant": N_("Traditional Chinese"),
    "zh-cn": N_("Simplified Chinese"), "zh-hk": N_("Traditional Chinese"),
    "zh-tw": N_("Traditional Chinese"),
}  # fmt: skip
ORDER_NAMES = {
    "relevance": N_("Relevance"),
    "newest": N_("Newest"),
    "oldest": N_("Oldest"),
    "arrived": N_("Latest additions"),
}
_LATELY = {
    "d": (N_("today"), N_("yesterday")),
    "w": (N_("this week"), N_("last week")),
    "m": (N_("this month"), N_("last month")),
    "y": (N_("this year"), N_("last year")),
}
_AGO = {
    "d": N_("%(num)s days ago"),
    "w": N_("%(num)s weeks ago"),
    "m": N_("%(num)s months ago"),
    "y": N_("%(num)s years ago"),
}
_NOT_STATED = {
    "month-day": N_("year not given"),
    "month": N_("day not given"),
    "year": N_("month and day not given"),
}


def number(value: int) -> str:
    """`1,234`."""
    return f"{value:,}"


def number_briefly(value: int) -> str:
    """`970`, `1.2k`, `45k`: at most four characters up to a million."""
    if value < 1_000:
        return str(value)
    thousands = value / 1_000
    return f"{thousands:.1f}k" if thousands < 9.95 else f"{thousands:.0f}k"


def counted(language: Language, count: int) -> str:
    """`1 release`, `1,234 releases`."""
    return language.ngettext("%(num)s release", "%(num)s releases", count, num=number(count))


def counted_agencies(language: Language, count: int) -> str:
    """`1 agency`, `12 agencies`."""
    return language.ngettext("%(num)s agency", "%(num)s agencies", count, num=number(count))


def date_in_words(language: Language, date: str | None) -> str:
    """`5 November 2023` for an ISO date, whole, partial or without a year.

    A date by today is named with the date that it means today: `last month (June 2023)`.
    """
    if not date:
        return language.gettext("No date given")
    if is_relative(date):
        return _by_today(language, date)
    if date.startswith("--"):
        return date_without_year(language, "0000" + date[1:])
    return _calendar_date(language, date)


@lru_cache(maxsize=2_048)
def _calendar_date(language: Language, date: str) -> str:
    """An ISO date in words. A page of results says some 22, most of them years, months and days
    that other pages said: looking one up takes 0.4 microseconds, making it 2."""
    year, month, day = (*date.split("-"), "", "")[:3]
    if day:
        return language.gettext(
            "%(day)s %(month)s %(year)s", day=int(day), month=_month(language, month), year=year
        )
    if month:
        return language.gettext("%(month)s %(year)s", month=_month(language, month), year=year)
    return language.pgettext("a year alone", "%(year)s", year=year)


def date_without_year(language: Language, date: str) -> str:
    """`26 June` or `June` where the year is said elsewhere; a year alone stays."""
    _, month, day = (*date.split("-"), "", "")[:3]
    if day:
        return language.gettext("%(day)s %(month)s", day=int(day), month=_month(language, month))
    return _month(language, month) if month else date_in_words(language, date)


def date_briefly(language: Language, date: str) -> str:
    """The last part of an ISO date, as short as it can be: `2023`, `Jun`, `26`."""
    year, month, day = (*date.split("-"), "", "")[:3]
    if day:
        return language.pgettext("a day of a month alone", "%(day)s", day=int(day))
    return language.gettext(MONTHS_BRIEFLY[int(month) - 1]) if month else year


def percentage(count: int, total: int) -> str:
    """How many of a hundred: `83%`, `4.2%`, `< 0.1%`; empty where there is no total."""
    if not total:
        return ""
    rate = 100 * count / total
    if 0 < rate < 0.1:
        return "< 0.1%"
    return f"{rate:.1f}%" if 0 < rate < 9.95 else f"{rate:.0f}%"


def moment_in_words(language: Language, iso: str | None) -> str:
    """`22 November 2026, 18:22 UTC` for an ISO time in UTC; what is none stays as it is."""
    match = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", iso or "")
    if match is None:
        return iso or ""
    return language.gettext(
        "%(date)s, %(time)s UTC", date=date_in_words(language, match[1]), time=match[2]
    )


def what_is_not_stated(language: Language, precision: str) -> str:
    """What a date of this precision leaves open, in words; empty for a whole day."""
    sentence = _NOT_STATED.get(precision, "")
    return language.gettext(sentence) if sentence else ""


def language_in_words(language: Language, tag: str) -> str:
    """The name of a language, ours or that of CLDR, else its tag."""
    folded = tag.lower()
    name = LANGUAGE_NAMES.get(folded) or LANGUAGE_NAMES.get(folded.split("-")[0])
    return language.gettext(name) if name else _by_cldr(language.locale, folded) or tag


@lru_cache(maxsize=1024)
def _by_cldr(locale: str, tag: str) -> str | None:
    from babel import Locale  # 10 ms, for languages that have no name of ours

    name: str | None = Locale.parse(locale).languages.get(tag)
    return name


def order_in_words(language: Language, sort: str) -> str:
    """The name of an order of results."""
    return language.gettext(ORDER_NAMES[sort])


def dates_in_words(language: Language, request: SearchRequest) -> str:
    """The dates asked for as they are understood: `in March 2020`, `from 2020 to 2022`."""
    start, end = request.date_from, request.date_to
    if start and start == end and is_relative(start):
        return date_in_words(language, start)
    if start and start == end:
        sentence = N_("on %(date)s") if len(start) == 10 else N_("in %(date)s")
        return language.gettext(sentence, date=date_in_words(language, start))
    first = date_in_words(language, start) if start else ""
    last = date_in_words(language, end) if end else ""
    if first and last:
        return language.gettext("from %(first)s to %(last)s", first=first, last=last)
    if first:
        return language.gettext("from %(first)s onwards", first=first)
    return language.gettext("up to %(last)s", last=last) if last else ""


def search_in_words(language: Language, request: SearchRequest, names: Mapping[str, str]) -> str:
    """The whole search but its order, restated; empty when nothing was asked for.

    :param names: of the values of facets that it asks for, as `facet_words.Names`.
    """
    return restated(language, request, filters_in_words(language, request, names))


def restated(language: Language, request: SearchRequest, filters: str) -> str:
    """The same where its filters are in words already."""
    if not request.text.strip():
        return filters
    words = in_quotes(language, request.text)
    if request.match == "any":
        asked = language.gettext("for any of %(words)s", words=words)
    else:
        asked = language.gettext("for %(words)s", words=words)
    between = language.pgettext("between the parts of a search", " ")
    return between.join([asked, filters] if filters else [asked])


def search_as_title(language: Language, request: SearchRequest, filters: str) -> str:
    """The same for the title of a window, its words first; empty for everything."""
    if not request.text.strip():
        return filters[:1].upper() + filters[1:]
    words = in_quotes(language, request.text)
    if request.match == "any":
        words = language.gettext("any of %(words)s", words=words)
    if not filters:
        return words
    return words + language.pgettext("between the parts of a search", " ") + filters


def filters_in_words(language: Language, request: SearchRequest, names: Mapping[str, str]) -> str:
    """The same without its words."""
    pieces: list[str] = []
    for facet, slugs in request.filters.facets:
        pieces.extend(_values_in_words(language, facet, slugs, names))
    pieces.extend(_dates_restated(language, request))
    pieces.extend(_languages_restated(language, request.languages))
    return language.pgettext("between the parts of a search", " ").join(pieces)


def _values_in_words(
    language: Language, facet: str, slugs: Iterable[str], names: Mapping[str, str]
) -> Iterator[str]:
    """The values of a facet asked for; `names` as `webapp.site.facet_words.Names`."""
    key = "" if facet == AGENCY.name else f"{facet}="
    wanted, unwanted = (
        either(language, [names.get(key + slug, slug) for slug in several])
        for several in wanted_and_excluded(slugs)
    )
    if facet == AGENCY.name:
        if wanted:
            yield language.gettext("by %(agencies)s", agencies=wanted)
        if unwanted:
            yield language.gettext("not by %(agencies)s", agencies=unwanted)
        return
    if wanted:
        yield language.gettext("with %(facet)s %(values)s", facet=facet, values=wanted)
    if unwanted:
        yield language.gettext("without %(facet)s %(values)s", facet=facet, values=unwanted)


def _languages_restated(language: Language, tags: Iterable[str]) -> Iterator[str]:
    wanted, unwanted = (
        either(language, [language_in_words(language, tag) for tag in several])
        for several in wanted_and_excluded(tags)
    )
    if wanted:
        yield language.gettext("in %(languages)s", languages=wanted)
    if unwanted:
        yield language.gettext("not in %(languages)s", languages=unwanted)


def notice_in_words(language: Language, notice: Notice) -> str:
    """A notice's sentence, translated by its code; as it was made where the code is unknown."""
    sentence = SENTENCES.get(notice.code)
    if sentence is None:
        return notice.text
    try:
        return filled_in(notice.code, language.gettext(sentence), notice.values)
    except (IndexError, KeyError):
        return notice.text


def in_quotes(language: Language, text: str) -> str:
    """Words in quotation marks, unless they bring some of their own."""
    return text if re.search('["“”「」]', text) else language.gettext("“%(text)s”", text=text)


def either(language: Language, values: Iterable[str]) -> str:
    """`a, b or c`."""
    several = list(values)
    if len(several) < 2:
        return "".join(several)
    first = language.pgettext("between the items of a list", ", ").join(several[:-1])
    return language.gettext("%(first)s or %(last)s", first=first, last=several[-1])


def headline(language: Language, release: Release) -> str:
    """The headline of a release, or words in its place."""
    return release.headline.strip() or language.gettext("Release without a headline")


def date_in_box(language: Language, date: str | None) -> str:
    """What stands in a box for a date: one by today in words, which the box reads; else ISO."""
    return relative_in_words(language, date) if date and is_relative(date) else date or ""


def relative_in_words(language: Language, date: str) -> str:
    """A date by today without the date that it means: `30 days ago`, which the boxes read."""
    back, unit = -int(date[:-1]), date[-1]
    if back < 2:
        return language.gettext(_LATELY[unit][back])
    return language.gettext(_AGO[unit], num=back)


def _by_today(language: Language, date: str) -> str:
    first, last = span_of(date, today())
    if first == last:
        meant = date_in_words(language, first.iso)
    else:
        meant = language.gettext(
            "%(first)s to %(last)s",
            first=date_in_words(language, first.iso),
            last=date_in_words(language, last.iso),
        )
    named = relative_in_words(language, date)
    return language.gettext("%(name)s (%(date)s)", name=named, date=meant)


def _month(language: Language, number: str) -> str:
    return language.gettext(MONTH_NAMES[int(number) - 1])


def _dates_restated(language: Language, request: SearchRequest) -> Iterable[str]:
    dated = dates_in_words(language, request)
    if dated and request.undated:
        yield language.gettext("%(dates)s, or undated", dates=dated)
    elif dated:
        yield dated
    elif request.undated:
        yield language.gettext("without a known year")
    if request.only_new:
        yield language.gettext("newly added")
    if request.changed_only:
        yield language.gettext("changed here")
