"""The page of a release, its record, its citations, and its paragraphs as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import unquote

from flask import Blueprint, Response, abort, request

from index.release import Release
from index.text.cleaning import clean_line
from search.request import SearchRequest
from webapp.context import (
    current_engine,
    current_facets,
    current_links,
    current_path,
    current_settings,
)
from webapp.presenters.anchor import Anchor
from webapp.presenters.changes_page import present_changes, present_tombstone
from webapp.presenters.citations import FORMATS
from webapp.presenters.comparison import present_comparison
from webapp.presenters.provenance import file_name
from webapp.presenters.quotation import cite, present_quotation, quotation_address
from webapp.presenters.release_page import present_release_page
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.parameters import MAX_TEXT
from webapp.site.paths import CHANGES, CITATIONS, read_segment
from webapp.site.release_addresses import read_release_query
from webapp.views.error_pages import not_here
from webapp.views.responses import as_file, conditional, json_answer, moved, page, unlisted

SUFFIXES = (*CITATIONS, ".json")
"""Longer ones first where one ends like another."""

blueprint = Blueprint("release", __name__)


@blueprint.get("/release/<path:rest>")
@conditional
def release(rest: str) -> Response:
    """A release by its identifier, or by one of its former ones, which lead to the present one."""
    suffix = next((each for each in SUFFIXES if rest.endswith(each)), "")
    found = find_release(rest.removesuffix(suffix))
    if found is None and suffix:
        found = find_release(rest)
        suffix = suffix if found is None else ""
    if found is None:
        return _gone(rest.removesuffix(suffix), is_data=bool(suffix))
    if rest.endswith(f"/{CHANGES}"):
        return _changes(found)
    quoted = re.fullmatch(r".*/quote/([1-9]\d{0,5})(?:/([1-9]\d{0,4}))?", rest, re.DOTALL)
    if quoted:
        return _quotation(found, int(quoted[1]), int(quoted[2]) if quoted[2] else None)
    links = current_links()
    short = links.release_id(found.id, suffix)
    address = short if suffix else links.release(found)
    if current_path() not in (unquote(address), unquote(short)):
        query = request.query_string.decode("latin-1")
        return moved(f"{address}?{query}" if query else address, for_good=True)
    if suffix == ".json":
        return _json(found)
    return _citation(found, suffix) if suffix else _page(found)


@blueprint.get("/compare")
@conditional
def compare() -> Response:
    """Two releases beside each other, by their identifiers."""
    links, found = current_links(), [find_release(each) for each in request.args.getlist("release")]
    if len(found) != 2 or found[0] is None or found[1] is None:
        held = [each for each in found[:2] if each]
        said = links.language.gettext("Comparing takes two releases; we do not have both.")
        not_here(said, *(_way_to(links, each) for each in held))
    view = present_comparison(links, found[0], found[1])
    return unlisted(page("comparison.html", view=view))


def find_release(rest: str) -> Release | None:
    """A release by its identifier, as we write it in a path or as it is, or by a former one."""
    engine = current_engine()
    for release_id in _candidates(rest):
        found = engine.release(release_id)
        if found is not None:
            return found
    return None


def reading_day() -> date:
    """The day on which a page is read, which citations name."""
    return datetime.now(UTC).date()


def _page(found: Release) -> Response:
    settings = current_settings()
    came_from = read_release_query(request.query_string, settings.per_page, current_facets())
    view = present_release_page(
        current_links(),
        found,
        current_engine(),
        site=settings.title,
        today=reading_day(),
        similar=settings.similar,
        found=came_from,
    )
    response = page("release.html", view=view)
    return unlisted(response) if came_from else response


def _changes(found: Release) -> Response:
    links, history = current_links(), current_engine().history(found.id)
    address = links.changes(found.id)
    if current_path() != unquote(address):
        return moved(address, for_good=True)
    typed = request.args.get("change", "")
    number = int(typed) if re.fullmatch("[1-9][0-9]{0,5}", typed) else None
    view = present_changes(links, found, history, number) if history else None
    if view is None or (typed and number is None):
        not_here(links.language.gettext("This release has no such change."), _way_to(links, found))
    return unlisted(page("changes.html", view=view))


def _gone(rest: str, *, is_data: bool) -> Response:
    """What is still known of a release that was removed; none was ever here, where nothing is."""
    links = current_links()
    found = map(current_engine().tombstone, _candidates(rest))
    stone = next((each for each in found if each is not None), None)
    if stone is None:
        said = links.language.gettext("We have no release at this address.")
        not_here(said, *_search_for(links, rest))
    if is_data:
        abort(410)
    return page("tombstone.html", 410, view=present_tombstone(links, stone))


def _search_for(links: Links, rest: str) -> Iterator[Anchor]:
    """A search for the headline that the address of a release ends with."""
    words = clean_line(rest.partition("/")[2].replace("-", " "))[:MAX_TEXT]
    if words and "/" not in words and words != CHANGES:
        said = wording.in_quotes(links.language, words)
        text = links.language.gettext("Search for %(words)s", words=said)
        yield Anchor(text, links.search(SearchRequest(words)))


def _way_to(links: Links, found: Release) -> Anchor:
    return Anchor(wording.headline(links.language, found), links.release(found))


def _quotation(found: Release, number: int, sentence: int | None) -> Response:
    links = current_links()
    address = quotation_address(links, found, number, sentence)
    if current_path() != unquote(address):
        return moved(address, for_good=True)
    site = current_settings().title
    view = present_quotation(links, found, number, sentence, site=site, today=reading_day())
    if view is None:
        not_here(
            links.language.gettext("This release has no such paragraph."), _way_to(links, found)
        )
    return unlisted(page("quotation.html", view=view))


def _citation(found: Release, suffix: str) -> Response:
    media_type, _, write = FORMATS[suffix]
    cited = cite(current_links(), found, site=current_settings().title, today=reading_day())
    response = Response(write(cited), content_type=f"{media_type}; charset=utf-8")
    return unlisted(as_file(response, f"{cited.key}{suffix}", shown=True))


def _json(found: Release) -> Response:
    record = found.to_dict() | {"source_file": file_name(found.source_file)}
    return unlisted(json_answer(record))


def _candidates(rest: str) -> Iterator[str]:
    """The identifier as we write it; else as somebody who encoded it in another way."""
    written = read_segment(rest.split("/")[0])
    if written is not None:
        yield written
    yield rest
