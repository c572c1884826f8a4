"""The parameters of data addresses: what each may be, what it means, an example."""

from __future__ import annotations

from typing import Any, NamedTuple

from search.choices import MATCHES, SORTS, VIEWS
from search.count.timeline import UNITS
from search.cursor import MAX_CURSOR
from webapp.site import parameters, search_addresses, trend_addresses, watch_addresses
from webapp.site.concordance_addresses import SORTS as CONCORDANCE_SORTS

_LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"


def _day(dash: str) -> str:
    """A regular expression of the days that the calendar has."""
    long, short = "(0[13578]|1[02])", "(0[469]|11)"
    return (
        f"([0-9]{{4}}{dash}({long}{dash}(0[1-9]|[12][0-9]|3[01])|{short}{dash}(0[1-9]|[12][0-9]|30)"
        f"|02{dash}(0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}{dash}02{dash}29)"
    )


_CALENDAR = f"(?!0000)([0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_day('-')})"
DATE = f"^({_CALENDAR}|(0|-[1-9][0-9]{{0,2}})[dwmy])?$"
MOMENT = f"^(?!0000){_day('')}T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z$"


class Parameter(NamedTuple):
    """A name in an address: its schema (of each value, if it is repeated), meaning, an example."""

    name: str
    schema: dict[str, Any]
    meaning: str
    example: Any
    most: int = 1
    place: str = "query"


WORDS = Parameter(
    "q",
    {"type": "string", "maxLength": parameters.MAX_TEXT},
    "The words searched for, in the query language of the search box. Empty: all releases.",
    "flood drill",
)
MATCH = Parameter(
    "match",
    {"type": "string", "enum": list(MATCHES), "default": "all"},
    "Whether all of the words must be there, or any of them. Where nothing holds all, releases "
    "that hold most are shown, but not with `strict`.",
    "any",
)
AGENCY = Parameter(
    "agency",
    {"type": "string"},
    "An agency's slug; repeat it for releases of any of several. Behind a minus it is excluded: "
    "`-harbour-office`.",
    ["harbour-office"],
    parameters.MAX_VALUES,
)
FROM = Parameter(
    "from",
    {"type": "string", "title": "a date: YYYY, YYYY-MM, YYYY-MM-DD or -30d", "pattern": DATE},
    "The first day: a year, month or day of the calendar, or one by today: `-30d` (days ago), "
    "`0w`, `-1m`, `-1y` (this week, last month, last year). A partial date means its first day.",
    "2023-06",
)
TO = Parameter(
    "to",
    {"type": "string", "title": "a date: YYYY, YYYY-MM, YYYY-MM-DD or -30d", "pattern": DATE},
    "The last day, in the same forms. A partial date means its last day; not before `from`.",
    "2023-07",
)
UNDATED = Parameter(
    "undated",
    {"type": "string", "enum": ["1", "0"], "default": "0"},
    "`1`: the releases whose year is not known too; without dates, only those.",
    "1",
)
LANGUAGE = Parameter(
    "language",
    {
        "type": "string",
        "title": "a language tag",
        "pattern": "^(-?[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3})?$",
    },
    "A language tag; `zh` finds `zh-Hant` too. Repeat it for any of several; `-zh` excludes.",
    ["en"],
    parameters.MAX_VALUES,
)
SORT = Parameter(
    "sort",
    {"type": "string", "enum": list(SORTS)},
    "The order. Without it: relevance when there are words, newest when there are none. `arrived` "
    "has first what came here last, or changed.",
    "newest",
)
SEEN = Parameter(
    "seen",
    {
        "anyOf": [
            {
                "type": "string",
                "title": "a date: YYYY, YYYY-MM or YYYY-MM-DD",
                "pattern": f"^({_CALENDAR})?$",
            },
            {"type": "string", "title": "a time: YYYYMMDDThhmmssZ", "pattern": MOMENT},
        ]
    },
    "A date, or a time in UTC: releases that came here after it, or changed, are marked as new.",
    "2024-05-03",
)
FOUND = Parameter(
    "found",
    {"type": "string", "pattern": "^([0-9]{1,9})?$"},
    "How many releases the search found at `seen`; a page tells it beside today's number.",
    "214",
)
NEW = Parameter(
    "new",
    {"type": "string", "enum": ["1", "0"], "default": "0"},
    "`1`: only what is new by `seen`; without that it says nothing.",
    "1",
)
CHANGED = Parameter(
    "changed",
    {"type": "string", "enum": ["1", "0"], "default": "0"},
    "`1`: only releases whose text has changed since they first came here.",
    "1",
)
COPIES = Parameter(
    "copies",
    {"type": "string", "enum": ["1", "0"], "default": "0"},
    "`1`: releases of the same text each by itself; else as one, under the first in the order.",
    "1",
)
EXPLAIN = Parameter(
    "explain",
    {"type": "string", "enum": ["1", "0"], "default": "0"},
    "`1`: each hit says what its score is made of, where the order is relevance.",
    "1",
)
PER_PAGE = Parameter(
    "per_page",
    {"type": "string", "enum": [str(each) for each in search_addresses.PER_PAGE]},
    "Releases of a page; without it, as many as the site is set to.",
    "50",
)
VIEW = Parameter(
    "view",
    {"type": "string", "enum": list(VIEWS), "default": "full"},
    "How a page shows releases: with what matches, or compact, in a line each.",
    "compact",
)
AFTER = Parameter(
    "after",
    {"type": "string", "pattern": r"^((0|[1-9][0-9]{11})\..+)?$", "maxLength": MAX_CURSOR},
    "A cursor, as `next` of a page and `cursor` of an export's lines: what stands behind it, "
    "newest or oldest first, whatever was indexed since.",
    "202306261030.R001",
)
PAGE = Parameter(
    "page",
    {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": 1},
    "The page. One beyond the last gives the last, and a notice.",
    2,
)
SEARCH = (
    *(WORDS, MATCH, AGENCY, FROM, TO, UNDATED, LANGUAGE, SORT, SEEN, FOUND, NEW, CHANGED),
    *(COPIES, EXPLAIN, PER_PAGE, VIEW, PAGE),
)
TRENDS = (
    Parameter(
        "q",
        {"type": "string", "maxLength": parameters.MAX_TEXT},
        "A search, in the query language of the search box; repeat it to compare several.",
        ["flood", "ferry"],
        trend_addresses.MAX_QUERIES,
    ),
    MATCH,
    AGENCY,
    FROM,
    TO,
    LANGUAGE,
    Parameter(
        "per",
        {"type": "string", "enum": list(trend_addresses.MEASURES), "default": "count"},
        "What the page of the same address shows; the data hold both.",
        "rate",
    ),
    Parameter(
        "unit",
        {"type": "string", "enum": list(UNITS)},
        "What time is counted by. Without it: months for up to three years, else years.",
        "month",
    ),
)
SUBJECT = (WORDS, MATCH, AGENCY, FROM, TO, UNDATED, LANGUAGE)
"""What a page about a search takes that shows no list of its results."""
CONCORDANCE = (
    *SUBJECT,
    Parameter(
        "by",
        {"type": "string", "enum": list(CONCORDANCE_SORTS), "default": "date"},
        "The newest first, or sorted by the words on the left or on the right.",
        "left",
    ),
    Parameter(
        "quoted",
        {"type": "string", "enum": ["1", "0"], "default": "0"},
        "`1`: only what stands in quotation marks.",
        "1",
    ),
)
WATCH = (
    Parameter(
        "s",
        {"type": "string", "maxLength": parameters.MAX_TEXT},
        "A search: the query string of its page, or words alone. Repeated for each one watched.",
        ["q=flood", "agency=harbour-office"],
        watch_addresses.MAX_SEARCHES,
    ),
)
IDENTIFIER = Parameter(
    "id",
    {"type": "string", "minLength": 1},
    "A release's `id`, or a former one. Letters, digits, `-`, `_`, `:` and inner dots stand for "
    "themselves; any other character is `~` and two hexadecimal digits for each byte of UTF-8. "
    "The `path` of a result holds it ready made.",
    "R001",
    place="path",
)
