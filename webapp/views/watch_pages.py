"""A desk's watch: several searches in one bookmark, their feed, and a list of their feeds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from flask import Blueprint, Response, request

from search.request import SearchRequest
from search.results import Hit
from webapp.context import (
    current_engine,
    current_facets,
    current_language,
    current_links,
    current_settings,
)
from webapp.exports import opml
from webapp.exports.atom import atom_feed
from webapp.exports.feed_entries import Feed
from webapp.exports.json_feed import MEDIA_TYPE, json_feed
from webapp.presenters.anchor import Anchor
from webapp.presenters.example_searches import telling_texts
from webapp.presenters.notice_view import present_notice
from webapp.presenters.value_facet import known_names
from webapp.presenters.watch_page import called, called_together, present_watch
from webapp.site.links import Links
from webapp.site.parameters import Parsed
from webapp.site.watch_addresses import WatchAddress, read_watch, watch_address
from webapp.views.responses import as_file, conditional, moved, page, refused, unlisted

EXAMPLES = 3
"""Searches of the watch that is shown as an example."""

blueprint = Blueprint("watch", __name__)


@blueprint.get("/watch")
@conditional
def watch() -> Response:
    """The searches side by side; without any, how to begin."""
    parsed, links, engine = _read(), current_links(), current_engine()
    if not parsed.canonical and not parsed.ignored:
        return moved(watch_address(links, parsed.asked), for_good=False)
    view = present_watch(links, engine, parsed.asked)
    notices = [present_notice(links.language, each) for each in parsed.ignored]
    texts = () if view.searches else telling_texts(engine)[:EXAMPLES]
    example = WatchAddress(tuple(map(SearchRequest, texts)))
    shown = page(
        "watch.html",
        view=view,
        notices=notices,
        example=Anchor(", ".join(texts), watch_address(links, example)) if texts else None,
    )
    return unlisted(shown)


@blueprint.get("/watch.atom")
@conditional
def as_atom() -> Response:
    """What any of the searches finds as one Atom feed, in the order in which it came here."""
    parsed, links = _read(), current_links()
    if parsed.ignored:
        return refused(parsed.ignored)
    feed = atom_feed(links, _arrivals(links, parsed.asked), _feed(links, parsed.asked, ".atom"))
    return Response(feed, mimetype="application/atom+xml")


@blueprint.get("/watch.feed.json")
@conditional
def as_json_feed() -> Response:
    """The same as a JSON Feed."""
    parsed, links = _read(), current_links()
    if parsed.ignored:
        return refused(parsed.ignored)
    hits = _arrivals(links, parsed.asked)
    return Response(
        json_feed(links, hits, _feed(links, parsed.asked, ".feed.json")), mimetype=MEDIA_TYPE
    )


@blueprint.get("/watch.opml")
@conditional
def as_opml() -> Response:
    """The feeds of the searches, each by itself, for a feed reader."""
    parsed, links = _read(), current_links()
    if parsed.ignored:
        return refused(parsed.ignored)
    names, searches = _names(links), parsed.asked.searches
    feeds = [
        Anchor(called(links.language, each, names), links.root + links.search(each, ".atom"))
        for each in searches
    ]
    pages = [links.root + links.search(each) for each in searches]
    body = opml.opml(_title(links, parsed.asked), feeds, pages)
    return as_file(Response(body, mimetype=opml.MEDIA_TYPE), "watch.opml")


def _read() -> Parsed[WatchAddress]:
    return read_watch(request.query_string, current_language(), current_facets())


def _names(links: Links) -> Mapping[str, str]:
    return known_names(links, current_engine().coverage())


def _title(links: Links, asked: WatchAddress) -> str:
    """What a feed reader calls it: by what it watches, as somebody may follow several."""
    language, site = links.language, current_settings().title
    if not asked.searches:
        return language.gettext("%(site)s: watch", site=site)
    watched = called_together(language, asked.searches, _names(links))
    return language.gettext("%(what)s: %(count)s", what=site, count=watched)


def _arrivals(links: Links, asked: WatchAddress) -> list[Hit]:
    """What the searches find, each release once, the last that came first.

    In the place of a passage stand the searches that found it.
    """
    engine, most, names = current_engine(), current_settings().feed_items, _names(links)
    found: dict[str, Hit] = {}
    found_by: dict[str, list[str]] = {}
    for each in asked.searches:
        for hit in engine.every_hit(each.changed(sort="arrived"), snippets=False, size=most):
            found.setdefault(hit.release.id, hit)
            found_by.setdefault(hit.release.id, []).append(called(links.language, each, names))
    latest = sorted(found.values(), key=lambda hit: hit.arrived, reverse=True)[:most]
    return [
        hit._replace(snippets=(escape(" · ".join(found_by[hit.release.id])),)) for hit in latest
    ]


def _feed(links: Links, asked: WatchAddress, suffix: str) -> Feed:
    return Feed(
        title=_title(links, asked),
        page_url=links.root + watch_address(links, asked.changed(seen=None)),
        feed_url=links.root + watch_address(links, asked, suffix),
        updated=current_engine().coverage().updated,
        language=links.language.tag,
    )
