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
    as_read,
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
from webapp.guards.concurrent_exports import joined, stream
from webapp.presenters.value_facet import known_names
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.search_addresses import ParsedAddress, read_listing, read_query
from webapp.views.responses import as_file, conditional, refused

JSON_LINES = "application/jsonl"
LineWriter = Callable[[Links, Iterable[Hit]], Iterator[str]]

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
    """The latest matches to come here as an Atom feed, whatever order the page has."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    hits, more = _latest(parsed.request)
    feed = atom_feed(current_links(), hits, _feed(parsed.request, hits, ".atom", more=more))
    return Response(feed, mimetype="application/atom+xml")


@blueprint.get("/changes.atom")
@conditional
def changes() -> Response:
    """The releases whose text changed last, as an Atom feed; of a search, where one is given."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    asked = parsed.request.changed(changed_only=True, page=parsed.request.page)
    hits, more = _latest(asked)
    feed = atom_feed(current_links(), hits, _feed(asked, hits, ".atom", more=more))
    return Response(feed, mimetype="application/atom+xml")


@blueprint.get("/search.feed.json")
@conditional
def as_json_feed() -> Response:
    """The latest matches to come here as a JSON Feed, whatever order the page has."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    hits, more = _latest(parsed.request)
    feed = json_feed(current_links(), hits, _feed(parsed.request, hits, ".feed.json", more=more))
    return Response(feed, mimetype=MEDIA_TYPE)


def _read() -> ParsedAddress:
    return read_query(request.query_string, language=current_language(), facets=current_facets())


def _latest(asked: SearchRequest) -> tuple[list[Hit], bool]:
    """A page of the matches as they came here or changed, the last ones first; whether more follow.

    Where there are none, those that hold most of the words. By date a release that comes late would
    stand far below, and never be met.
    """
    size = current_settings().feed_items
    found = current_engine().every_hit(
        as_read(asked.changed(sort="arrived")),
        start=(asked.page - 1) * size,
        size=size + 1,
        loosened=True,
    )
    hits = list(found)
    return hits[:size], len(hits) > size


def _feed(asked: SearchRequest, hits: list[Hit], suffix: str, *, more: bool) -> Feed:
    """The title says the words and the filters, so that a list of feeds tells them apart."""
    engine, site, links = current_engine(), current_settings().title, current_links()
    names = known_names(links, engine.coverage())
    words = wording.search_in_words(links.language, asked, names)
    shown = asked.changed(sort=None) if asked.only_new else asked.changed(sort=None, seen=None)
    return Feed(
        title=links.language.gettext("%(site)s: releases %(search)s", site=site, search=words)
        if words
        else links.language.gettext("%(site)s: all releases", site=site),
        page_url=links.root + links.search(shown),
        feed_url=links.root + links.feed_page(shown, suffix, asked.page),
        updated=max((each.arrived for each in hits), default=engine.coverage().updated),
        next_url=links.root + links.feed_page(shown, suffix, asked.page + 1) if more else "",
        language=links.language.tag,
        note=wording.notice_in_words(links.language, notice("loosened", asked.text.strip()))
        if any(hit.lacks for hit in hits)
        else "",
    )


def _whole(suffix: str, media_type: str, lines: LineWriter) -> Response:
    """All matches in the order of the page, without their texts."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    return _sent(parsed.request, None, suffix, media_type, lines, texts=False)


def _with_texts(suffix: str, media_type: str, lines: LineWriter) -> Response:
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
    asked: SearchRequest,
    after: Cursor | None,
    suffix: str,
    media_type: str,
    lines: LineWriter,
    *,
    texts: bool = True,
) -> Response:
    hits = current_engine().every_hit(
        asked.changed(copies=True), snippets=False, texts=texts, after=after
    )
    response = stream(joined(lines(current_links(), hits)), media_type)
    return as_file(response, f"{_file_name(asked)}.{suffix}")


def _file_name(asked: SearchRequest) -> str:
    parts = ["releases", asked.text, *asked.agencies, asked.date_from or "", asked.date_to or ""]
    name = slugify(" ".join(parts)).encode("ascii", "ignore").decode("ascii")
    return name[:80].strip("-")
