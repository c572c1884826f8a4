"""A search to take away: all matches as CSV, and its feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from flask import Blueprint, Response, request

from index.release import slugify
from search.cursor import Cursor
from search.query.notices import notice
from search.request import SearchRequest
from search.results import Hit
from webapp.context import (
    current_engine,
    current_facets,
    current_language,
    current_links,
    current_settings,
)
from webapp.exports.atom import atom_feed
from webapp.exports.feed_entries import Feed
from webapp.exports.json_feed import MEDIA_TYPE, json_feed
from webapp.exports.jsonl import jsonl_lines
from webapp.exports.table import csv_lines
from webapp.guards.export_places import joined, stream
from webapp.presenters.value_facet import known_names
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.search_addresses import ParsedAddress, read_listing, read_query
from webapp.views.responses import conditional, refused

LINES_AT_ONCE = 200
"""Lines of an export that are sent at a time."""
JSON_LINES = "application/jsonl"
Lines = Callable[[Links, Iterable[Hit]], Iterator[str]]

blueprint = Blueprint("take_away", __name__)


@blueprint.get("/search.csv")
@conditional
def as_csv() -> Response:
    """All matches as CSV, sent while they are read."""
    return _whole("csv", "text/csv", partial(csv_lines, facets=current_engine().coverage().columns))


@blueprint.get("/export.csv")
@conditional
def whole_as_csv() -> Response:
    """All matches with their texts as CSV."""
    facets = current_engine().coverage().columns
    return _with_texts("csv", "text/csv", partial(csv_lines, body=True, facets=facets))


@blueprint.get("/export.jsonl")
@conditional
def whole_as_jsonl() -> Response:
    """All matches, everything that is known of them, as lines of JSON."""
    return _with_texts("jsonl", JSON_LINES, jsonl_lines)


@blueprint.get("/search.atom")
@conditional
def as_atom() -> Response:
    """The newest matches as an Atom feed, whatever order the page has."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    hits = _newest(parsed.request)
    feed = atom_feed(current_links(), hits, _feed(parsed.request, hits, ".atom"))
    return Response(feed, mimetype="application/atom+xml")


@blueprint.get("/search.feed.json")
@conditional
def as_json_feed() -> Response:
    """The newest matches as a JSON Feed, whatever order the page has."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    hits = _newest(parsed.request)
    feed = json_feed(current_links(), hits, _feed(parsed.request, hits, ".feed.json"))
    return Response(feed, mimetype=MEDIA_TYPE)


def _read() -> ParsedAddress:
    return read_query(request.query_string, language=current_language(), facets=current_facets())


def _newest(asked: SearchRequest) -> list[Hit]:
    """The newest matches, or where there are none, the newest that hold most of the words."""
    newest, most = asked.changed(sort="newest"), current_settings().feed_items
    return list(current_engine().every_hit(newest, size=most, loosened=True))


def _feed(asked: SearchRequest, hits: list[Hit], suffix: str) -> Feed:
    """The title says the words and the filters, so that a list of feeds tells them apart."""
    engine, site, links = current_engine(), current_settings().title, current_links()
    names = known_names(links, engine.coverage())
    words = wording.search_in_words(links.language, asked, names)
    shown = asked.changed(seen=None)
    return Feed(
        title=links.language.gettext("%(site)s: releases %(search)s", site=site, search=words)
        if words
        else links.language.gettext("%(site)s: all releases", site=site),
        page_url=links.root + links.search(shown),
        feed_url=links.root + links.search(shown, suffix),
        updated=engine.coverage().updated,
        language=links.language.tag,
        note=wording.notice_in_words(links.language, notice("loosened", asked.text.strip()))
        if any(hit.lacks for hit in hits)
        else "",
    )


def _whole(suffix: str, media_type: str, lines: Lines) -> Response:
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    return _sent(parsed.request, None, suffix, media_type, lines)


def _with_texts(suffix: str, media_type: str, lines: Lines) -> Response:
    """An export that can be gone on with: by time, behind a cursor where one is given."""
    parsed, after = read_listing(
        request.query_string, current_settings().per_page, current_language(), current_facets()
    )
    if parsed.ignored:
        return refused(parsed.ignored)
    asked = parsed.request
    by_time = asked if asked.order == "oldest" else asked.changed(sort="newest")
    return _sent(by_time, after, suffix, media_type, lines)


def _sent(
    asked: SearchRequest, after: Cursor | None, suffix: str, media_type: str, lines: Lines
) -> Response:
    response = stream(_batches(asked, after, lines), media_type)
    name = _file_name(asked)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _batches(asked: SearchRequest, after: Cursor | None, lines: Lines) -> Iterator[str]:
    hits = current_engine().every_hit(asked.changed(copies=True), snippets=False, after=after)
    yield from joined(lines(current_links(), hits), LINES_AT_ONCE)


def _file_name(asked: SearchRequest) -> str:
    parts = ["releases", asked.text, *asked.agencies, asked.date_from or "", asked.date_to or ""]
    name = slugify(" ".join(parts)).encode("ascii", "ignore").decode("ascii")
    return name[:80].strip("-")
