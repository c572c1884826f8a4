"""The interface for programs as one table: the OpenAPI description and `/api` are made from it.

What answers look like stands in `schemas.py`. Tests compare both with what the application does.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from webapp.api.problems import MEDIA_TYPE, PROBLEMS, Problem
from webapp.api.query_parameters import (
    AFTER,
    CONCORDANCE,
    IDENTIFIER,
    SEARCH,
    SUBJECT,
    TRENDS,
    WATCH,
    Parameter,
)
from webapp.api.schemas import SCHEMAS
from webapp.settings import Settings
from webapp.site.languages import N_

OPENAPI = "3.1.0"


class ApiResponse(NamedTuple):
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
    answer: ApiResponse
    example: str


OPERATIONS = (
    Operation(
        "/search.json",
        "search",
        N_("A page of results"),
        "Releases with marked headlines and passages, the exact total, counts by agency and date, "
        "and how the words were read: the same answer that the page of results shows.",
        (*SEARCH, AFTER),
        ApiResponse("application/json", "Results"),
        "/search.json?q=flood+drill&from=2023",
    ),
    Operation(
        "/search.csv",
        "export",
        N_("All results (CSV)"),
        "Every match, sent while it is read; UTF-8 with a byte order mark, a line a release.",
        SEARCH,
        ApiResponse("text/csv"),
        "/search.csv?q=flood+drill",
    ),
    Operation(
        "/export.csv",
        "exportTexts",
        N_("All results with full text (CSV)"),
        "As `/search.csv`, with the text of each release in a last column.",
        (*SEARCH, AFTER),
        ApiResponse("text/csv"),
        "/export.csv?q=flood+drill",
    ),
    Operation(
        "/export.jsonl",
        "exportRecords",
        N_("All results with full text (JSON Lines)"),
        "Everything that is known of every match, a line each, sent while it is read.",
        (*SEARCH, AFTER),
        ApiResponse("application/jsonl"),
        "/export.jsonl?q=flood+drill",
    ),
    Operation(
        "/search.atom",
        "feed",
        N_("Newest results (Atom feed)"),
        "RFC 4287. What came here last, or changed, is first, whatever `sort` says.",
        SEARCH,
        ApiResponse("application/atom+xml"),
        "/search.atom?agency=harbour-office",
    ),
    Operation(
        "/changes.atom",
        "changes",
        N_("Latest changes (Atom feed)"),
        "The releases whose text changed last: as `/search.atom` with `changed=1`.",
        SEARCH,
        ApiResponse("application/atom+xml"),
        "/changes.atom",
    ),
    Operation(
        "/search.feed.json",
        "jsonFeed",
        N_("Newest results (JSON Feed)"),
        "JSON Feed 1.1. What came here last, or changed, is first, whatever `sort` says.",
        SEARCH,
        ApiResponse("application/feed+json", "JsonFeed"),
        "/search.feed.json?q=flood",
    ),
    Operation(
        "/watch.atom",
        "watchFeed",
        N_("Several searches as one feed (Atom)"),
        "What any of the searches finds, each release once, the latest arrival first; its summary "
        "names the searches that found it.",
        WATCH,
        ApiResponse("application/atom+xml"),
        "/watch.atom?s=q%3Dflood&s=agency%3Dharbour-office",
    ),
    Operation(
        "/watch.feed.json",
        "watchJsonFeed",
        N_("Several searches as one feed (JSON Feed)"),
        "As `/watch.atom`, as JSON Feed 1.1.",
        WATCH,
        ApiResponse("application/feed+json", "JsonFeed"),
        "/watch.feed.json?s=q%3Dflood&s=agency%3Dharbour-office",
    ),
    Operation(
        "/watch.opml",
        "watchList",
        N_("The feeds of several searches (OPML)"),
        "OPML 2.0: the Atom feed of each search, for a feed reader to import.",
        WATCH,
        ApiResponse("text/x-opml"),
        "/watch.opml?s=q%3Dflood&s=agency%3Dharbour-office",
    ),
    Operation(
        "/trends.json",
        "trends",
        N_("Trends"),
        "How many releases of each month or year match each of several searches, as numbers and "
        "per 1,000 releases under the same filters, with first and last use.",
        TRENDS,
        ApiResponse("application/json", "Trends"),
        "/trends.json?q=flood&q=ferry&unit=year",
    ),
    Operation(
        "/trends.csv",
        "trendsTable",
        N_("Trends (CSV)"),
        "A line for each search and period: period, query, count, releases, per_thousand.",
        TRENDS,
        ApiResponse("text/csv"),
        "/trends.csv?q=flood&q=ferry&unit=year",
    ),
    Operation(
        "/concordance.csv",
        "concordance",
        N_("Concordance (CSV)"),
        "Every place where the words are said in the newest 2,000 releases that match, a line each:"
        " date, agency, left, match, right, quoted, speaker, id, page_url.",
        CONCORDANCE,
        ApiResponse("text/csv"),
        "/concordance.csv?q=flood&by=right",
    ),
    Operation(
        "/terms.json",
        "terms",
        N_("Term sheet"),
        "What the releases of an agency, a span of time or any search say more often than all "
        "others of their language: words by the z-score of their log-odds, the highest first.",
        SUBJECT,
        ApiResponse("application/json", "Terms"),
        "/terms.json?agency=harbour-office",
    ),
    Operation(
        "/terms.csv",
        "termsTable",
        N_("Term sheet (CSV)"),
        "A line for each word: word, releases, share, others, share_of_others, score, search_url.",
        SUBJECT,
        ApiResponse("text/csv"),
        "/terms.csv?agency=harbour-office",
    ),
    Operation(
        "/release/{id}.json",
        "release",
        N_("One release, in full"),
        "The record with its body and where everything in it comes from. A former identifier "
        "redirects to the present one.",
        (IDENTIFIER,),
        ApiResponse("application/json", "Release"),
        "/release/R001.json",
    ),
    Operation(
        "/suggest.json",
        "suggest",
        N_("Suggestions"),
        "Words of the index, agencies and headlines that begin with what was typed; only the "
        "first hundred characters are looked at.",
        (Parameter("q", {"type": "string"}, "What was typed so far.", "flo"),),
        ApiResponse("application/json", "Suggestions"),
        "/suggest.json?q=flo",
    ),
    Operation(
        "/agencies.json",
        "agencies",
        N_("All agencies"),
        "Every agency with its number of releases, most releases first.",
        (),
        ApiResponse("application/json", "Agencies"),
        "/agencies.json",
    ),
    Operation(
        "/healthz",
        "health",
        N_("Health check"),
        "200 while the index can be read, 503 while there is none.",
        (),
        ApiResponse("application/json", "Health"),
        "/healthz",
    ),
    Operation(
        "/api/openapi.json",
        "description",
        N_("This description"),
        "OpenAPI 3.1.",
        (),
        ApiResponse("application/json"),
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
    possible = {400: operation.path != "/healthz", 404: in_path, 410: in_path, 503: without_index}
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
    if operation.path not in ("/healthz", "/api/openapi.json"):  # they do not go by the index
        answers["304"] = {"description": "Nothing has changed since If-None-Match was given."}
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
