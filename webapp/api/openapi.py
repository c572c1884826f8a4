"""The interface for programs as one table: the OpenAPI description and `/api` are made from it.

What answers look like stands in `schemas.py`. Tests compare both with what the application does.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from search.choices import MATCHES, SORTS, VIEWS
from search.count.timeline import UNITS
from search.cursor import MAX_CURSOR
from webapp.api.problems import MEDIA_TYPE, PROBLEMS, Problem
from webapp.api.schemas import SCHEMAS
from webapp.settings import Settings
from webapp.site import parameters, search_addresses, trend_addresses
from webapp.site.concordance_addresses import SORTS as CONCORDANCE_SORTS
from webapp.site.languages import N_

OPENAPI = "3.1.0"
_LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"


def _day(dash: str) -> str:
    """A regular expression of the days that the calendar has."""
    long, short = "(0[13578]|1[02])", "(0[469]|11)"
    return (
        f"([0-9]{{4}}{dash}({long}{dash}(0[1-9]|[12][0-9]|3[01])|{short}{dash}(0[1-9]|[12][0-9]|30)"
        f"|02{dash}(0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}{dash}02{dash}29)"
    )


DATE = f"^((?!0000)([0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_day('-')})|(0|-[1-9][0-9]{{0,2}})[dwmy])?$"
MOMENT = f"^(?!0000){_day('')}T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z$"


class Parameter(NamedTuple):
    """A name in an address: its schema (of each value, if it is repeated), meaning, an example."""

    name: str
    schema: dict[str, Any]
    meaning: str
    example: Any
    most: int = 1
    place: str = "query"


class Answer(NamedTuple):
    """What an address answers with: its media type, and the name of its schema if it is JSON."""

    media_type: str
    schema: str = ""


class Operation(NamedTuple):
    """An address that programs ask: `example` is one to try."""

    path: str
    name: str
    summary: str
    meaning: str
    parameters: tuple[Parameter, ...]
    answer: Answer
    example: str


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
    "An agency's slug; repeat it for releases of any of several.",
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
        "pattern": "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3})?$",
    },
    "A language tag; `zh` finds `zh-Hant` too. Repeat it for any of several.",
    ["en"],
    parameters.MAX_VALUES,
)
SORT = Parameter(
    "sort",
    {"type": "string", "enum": list(SORTS)},
    "The order. Without it: relevance when there are words, newest when there are none.",
    "newest",
)
SEEN = Parameter(
    "seen",
    {
        "anyOf": [
            {
                "type": "string",
                "title": "a date: YYYY, YYYY-MM, YYYY-MM-DD or -30d",
                "pattern": DATE,
            },
            {"type": "string", "title": "a time: YYYYMMDDThhmmssZ", "pattern": MOMENT},
        ]
    },
    "A date, or a time in UTC: releases first indexed after it are marked as new.",
    "2024-05-03",
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
    {"type": "string", "pattern": r"^(0|[1-9][0-9]{11})\..+$", "maxLength": MAX_CURSOR},
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
    *(WORDS, MATCH, AGENCY, FROM, TO, UNDATED, LANGUAGE, SORT, SEEN, COPIES, EXPLAIN),
    *(PER_PAGE, VIEW, PAGE),
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
CONCORDANCE = (
    WORDS,
    MATCH,
    AGENCY,
    FROM,
    TO,
    UNDATED,
    LANGUAGE,
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
IDENTIFIER = Parameter(
    "id",
    {"type": "string", "minLength": 1},
    "A release's `id`, or a former one. Letters, digits, `-`, `_`, `:` and inner dots stand for "
    "themselves; any other character is `~` and two hexadecimal digits for each byte of UTF-8. "
    "The `path` of a result holds it ready made.",
    "R001",
    place="path",
)
OPERATIONS = (
    Operation(
        "/search.json",
        "search",
        N_("A page of results"),
        "Releases with marked headlines and passages, the exact total, counts by agency and date, "
        "and how the words were read: the same answer that the page of results shows.",
        (*SEARCH, AFTER),
        Answer("application/json", "Results"),
        "/search.json?q=flood+drill&from=2023",
    ),
    Operation(
        "/search.csv",
        "export",
        N_("All results (CSV)"),
        "Every match, sent while it is read; UTF-8 with a byte order mark, a line a release.",
        SEARCH,
        Answer("text/csv"),
        "/search.csv?q=flood+drill",
    ),
    Operation(
        "/export.csv",
        "exportTexts",
        N_("All results with full text (CSV)"),
        "As `/search.csv`, with the text of each release in a last column.",
        (*SEARCH, AFTER),
        Answer("text/csv"),
        "/export.csv?q=flood+drill",
    ),
    Operation(
        "/export.jsonl",
        "exportRecords",
        N_("All results with full text (JSON Lines)"),
        "Everything that is known of every match, a line each, sent while it is read.",
        (*SEARCH, AFTER),
        Answer("application/jsonl"),
        "/export.jsonl?q=flood+drill",
    ),
    Operation(
        "/search.atom",
        "feed",
        N_("Newest results (Atom feed)"),
        "RFC 4287. Newest first whatever `sort` says.",
        SEARCH,
        Answer("application/atom+xml"),
        "/search.atom?agency=harbour-office",
    ),
    Operation(
        "/search.feed.json",
        "jsonFeed",
        N_("Newest results (JSON Feed)"),
        "JSON Feed 1.1. Newest first whatever `sort` says.",
        SEARCH,
        Answer("application/feed+json", "JsonFeed"),
        "/search.feed.json?q=flood",
    ),
    Operation(
        "/trends.json",
        "trends",
        N_("Trends"),
        "How many releases of each month or year match each of several searches, as numbers and "
        "per 1,000 releases under the same filters, with first and last use.",
        TRENDS,
        Answer("application/json", "Trends"),
        "/trends.json?q=flood&q=ferry&unit=year",
    ),
    Operation(
        "/trends.csv",
        "trendsTable",
        N_("Trends (CSV)"),
        "A line for each search and period: period, query, count, releases, per_thousand.",
        TRENDS,
        Answer("text/csv"),
        "/trends.csv?q=flood&q=ferry&unit=year",
    ),
    Operation(
        "/concordance.csv",
        "concordance",
        N_("Concordance (CSV)"),
        "Every place where the words are said in the newest 2,000 releases that match, a line each:"
        " date, agency, left, match, right, quoted, speaker, id, page_url.",
        CONCORDANCE,
        Answer("text/csv"),
        "/concordance.csv?q=flood&by=right",
    ),
    Operation(
        "/release/{id}.json",
        "release",
        N_("One release, in full"),
        "The record with its body and where everything in it comes from. A former identifier "
        "redirects to the present one.",
        (IDENTIFIER,),
        Answer("application/json", "Release"),
        "/release/R001.json",
    ),
    Operation(
        "/suggest.json",
        "suggest",
        N_("Suggestions"),
        "Words of the index, agencies and headlines that begin with what was typed; only the "
        "first hundred characters are looked at.",
        (Parameter("q", {"type": "string"}, "What was typed so far.", "flo"),),
        Answer("application/json", "Suggestions"),
        "/suggest.json?q=flo",
    ),
    Operation(
        "/agencies.json",
        "agencies",
        N_("All agencies"),
        "Every agency with its number of releases, most releases first.",
        (),
        Answer("application/json", "Agencies"),
        "/agencies.json",
    ),
    Operation(
        "/healthz",
        "health",
        N_("Health check"),
        "200 while the index can be read, 503 while there is none.",
        (),
        Answer("application/json", "Health"),
        "/healthz",
    ),
    Operation(
        "/api/openapi.json",
        "description",
        N_("This description"),
        "OpenAPI 3.1.",
        (),
        Answer("application/json"),
        "/api/openapi.json",
    ),
)


def describe(settings: Settings, root: str) -> dict[str, Any]:
    """The OpenAPI description (3.1) of this site as JSON-ready values.

    :param root: what the site's whole addresses begin with, without a slash at the end.
    """
    return {
        "openapi": OPENAPI,
        "info": {
            "title": settings.title,
            "version": _version(),
            "description": (
                "Read-only search over press releases, without keys or cookies. A page holds "
                f"{settings.per_page} releases, a feed {settings.feed_items}. Errors are problem "
                "details (RFC 9457); an address with something unknown in it is refused."
            ),
        },
        "servers": [{"url": root or "/"}],
        "paths": {each.path: {"get": _operation(each)} for each in OPERATIONS},
        "components": {
            "schemas": SCHEMAS,
            "responses": {each.name: _problem(each) for each in PROBLEMS},
        },
    }


def problems_of(operation: Operation) -> tuple[Problem, ...]:
    """The problems that an address can answer with; every address can fail, and refuse methods."""
    in_path = any(each.place == "path" for each in operation.parameters)
    without_index = operation.path != "/api/openapi.json"
    possible = {400: operation.path != "/healthz", 404: in_path, 503: without_index}
    return tuple(each for each in PROBLEMS if possible.get(each.status, True))


def _operation(operation: Operation) -> dict[str, Any]:
    schema = {"type": "string"}
    if operation.answer.schema:
        schema = {"$ref": f"#/components/schemas/{operation.answer.schema}"}
    elif operation.answer.media_type == "application/json":
        schema = {"type": "object"}
    answers: dict[str, Any] = {
        "200": {
            "description": operation.summary,
            "headers": _HEADERS,
            "content": {operation.answer.media_type: {"schema": schema}},
        }
    }
    if any(each.place == "path" for each in operation.parameters):
        answers["301"] = {
            "description": "The release has another identifier now.",
            "headers": {"Location": {"schema": {"type": "string"}, "required": True}},
        }
    for each in problems_of(operation):
        answers[str(each.status)] = {"$ref": f"#/components/responses/{each.name}"}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.meaning,
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": answers,
    }


def _parameter(each: Parameter) -> dict[str, Any]:
    schema = _or_empty(each.schema)
    if each.most > 1:
        schema = {"type": "array", "items": schema, "maxItems": each.most}
    described = {
        "name": each.name,
        "in": each.place,
        "required": each.place == "path",
        "description": each.meaning,
        "schema": schema,
        "example": each.example,
    }
    return described | ({"style": "form", "explode": True} if each.most > 1 else {})


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """An empty value is one that was left out: forms send their empty boxes too."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], ""]}
    if schema.get("type") == "integer":
        return {"anyOf": [schema, {"type": "string", "maxLength": 0}]}
    return schema


def _problem(each: Problem) -> dict[str, Any]:
    headers = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
    return {
        "description": f"{each.title}. {each.remedy}",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    } | ({"headers": headers} if each.status == 503 else {})


def _version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"


_HEADERS = {
    "Access-Control-Allow-Origin": {
        "description": "Pages of other sites may read this.",
        "schema": {"type": "string"},
    }
}
