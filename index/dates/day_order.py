"""Whether the day or the month comes first in `03/06/2010`, by evidence; without any it stays open.

In this order: other values of the same column, feed or page that allow one order only; a day that
the text names; days after the document was collected; how the publisher's country writes dates, by
CLDR. True means the day, False the month, None that there is no evidence or that it disagrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from index.addresses import split_address
from index.dates.date_strings import FoundDate, read_date
from index.text.folding import fold

MAX_VALUES = 10_000
"""Values of a column that are looked at."""
MAX_WEEKDAY = 20
"""Characters before a day in which its weekday is looked for."""
MAX_TEXT = 60_000
"""Characters of a text in which days are looked for."""

_PAIR = re.compile(r"(?<![\d./:-])(\d\d?)\s?([/-])\s?(\d\d?)\s?\2\s?(?:\d{4}|\d\d)(?![\d/])")
_DOTTED = re.compile(r"(?<![\d./:-])(\d\d?)\.(\d\d?)\.(?:\d{4}|\d\d)(?![\d.])")
_NAMED_DAY = re.compile(
    r"(?<!\d)[0-3]?\d(?:st|nd|rd|th|er|\.|º)?,?\s(?:de\s|(?:day\s)?of\s|d')?"
    r"[^\W\d_][^\s\d,;()]{2,20}"
    r"|[^\W\d_][^\s\d,;()]{2,20}\s(?:the\s)?[0-3]?\d(?:st|nd|rd|th)?(?!\d)"
    r"|\d\d?\s?[月월]\s?\d\d?\s?[日号일]"
)
# Codes that the whole world uses as if they were no country's.
_NO_COUNTRY = frozenset(("ai", "cc", "co", "fm", "io", "ly", "me", "to", "tv", "ws"))
_UNITED_STATES = ("gov", "mil", "edu")


def order_in(values: Iterable[str]) -> bool | None:
    """The order of day and month in which values of one source can all be read."""
    orders = set[bool]()
    for number, value in enumerate(values):
        if number >= MAX_VALUES or len(orders) > 1:
            break
        for match in _PAIR.finditer(value):
            first, second = int(match[1]), int(match[3])
            if (first > 12) != (second > 12) and max(first, second) <= 31:
                orders.add(first > 12)
            elif (order := _order_by_weekday(value, match)) is not None:
                orders.add(order)
    return orders.pop() if len(orders) == 1 else None


def order_of_dots(values: Iterable[str], url: str | None) -> bool | None:
    """False where dates with dots (`12.03.2021`) have the month first: those of a host in a country
    that writes so, if all of them can be read so and none is written otherwise. Else dots say that
    the day is first, and nobody need ask."""
    if regional_order(url, None) is not False:
        return None
    dotted = 0
    for value in values:
        found = _DOTTED.findall(value)
        if _PAIR.search(value) or any(int(first) > 12 for first, _ in found):
            return None
        dotted += len(found)
    return False if dotted else None


def _order_by_weekday(value: str, day: re.Match[str]) -> bool | None:
    """The order in which a day that may be two is of the weekday before it (`Mon, 03/06/2013`)."""
    before = re.findall(r"[^\W\d_]+", value[max(0, day.start() - MAX_WEEKDAY) : day.start()])
    found = read_date(" ".join([*before[-1:], day[0]]), "text") if before else None
    if found is None or found.either or found.precision != "day" or day[1] == day[3]:
        return None
    return int(str(found.date)[-2:]) == int(day[1])


def order_by_text(found: FoundDate, text: str) -> bool | None:
    """The order in which an open date is a day that the text names with its month."""
    text = text[:MAX_TEXT]
    named = {
        day.date[-5:]
        for match in _NAMED_DAY.finditer(fold(text))
        if (day := read_date(match[0], "text")) and day.date and day.precision == "month-day"
    }
    fits = [str(each.date)[-5:] in named for each in found.either]
    return fits[0] if found.either and fits[0] != fits[1] else None


def order_by_others(found: FoundDate, others: Iterable[FoundDate]) -> bool | None:
    """The order in which an open date is one that something else states wholly."""
    days = {each.date for each in others if each.precision == "day"}
    fits = [each.date in days for each in found.either]
    return fits[0] if found.either and fits[0] != fits[1] else None


def order_by_limit(found: FoundDate, last_day: str | None) -> bool | None:
    """The order in which an open date is not after the day on which it was there to be read."""
    if last_day is None or not found.either:
        return None
    fits = [str(each.date) <= last_day for each in found.either]
    return fits[0] if fits[0] != fits[1] else None


def regional_order(url: str | None, tag: str | None) -> bool | None:
    """How dates are written where a document comes from: its host's country, else its language's.

    `en-US` is what many a publishing system says by default, so a host's country goes before it.
    """
    return _order_in_region(_country(url), *_language_and_region(tag))


@lru_cache(maxsize=1024)
def _order_in_region(country: str, primary: str, region: str) -> bool | None:
    if region and region != "US":
        country = region
    country = country or region
    if country:
        order = _order_of(f"en_{country}")
        for language in () if order is not None else get_official_languages(country)[:1]:
            order = _order_of(f"{language}_{country}")
        if order is not None:
            return order
    return _order_of(primary) if primary not in ("", "en", "und") else None


@lru_cache(maxsize=1024)
def _language_and_region(tag: str | None) -> tuple[str, str]:
    parts = re.split(r"[-_]", tag or "")
    region = next((each.upper() for each in parts[1:] if re.fullmatch(r"[A-Za-z]{2}", each)), "")
    return parts[0].lower(), region


def _country(url: str | None) -> str:
    if not url:
        return ""
    host = (split_address(url).hostname or "").rstrip(".")
    *before, last = host.split(".")
    if last in _UNITED_STATES:
        return "US"
    if last == "eu":
        return "150"
    governmental = bool(before) and before[-1] in ("gov", "gob", "gouv", "go", "gc", "mil")
    if len(last) != 2 or (last in _NO_COUNTRY and not governmental):
        return ""
    return "GB" if last == "uk" else last.upper()


@lru_cache(maxsize=512)
def _order_of(identifier: str) -> bool | None:
    try:
        locale = Locale.parse(identifier)
    except (UnknownLocaleError, ValueError):
        return None
    patterns = (locale.date_formats[each].pattern for each in ("short", "long"))
    short, whole = (re.sub(r"[^dMy]", "", each) for each in patterns)
    if not short.startswith("y"):
        return short.startswith("d")
    return True if whole.startswith("d") else None
