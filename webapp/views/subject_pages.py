"""Other pages about a search: who used its words first, a briefing, its telling words."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from search.results import Notice
from webapp.context import (
    current_coverage,
    current_engine,
    current_facets,
    current_language,
    current_links,
    current_settings,
)
from webapp.exports.briefing_docx import MEDIA_TYPE, briefing_docx
from webapp.exports.term_table import terms_csv, terms_object
from webapp.presenters import briefing as briefings
from webapp.presenters import terms_page
from webapp.presenters.briefing import Briefing, present_briefing
from webapp.presenters.date_boxes import present_date_boxes
from webapp.presenters.first_uses_page import PATH, present_first
from webapp.presenters.notice_view import NoticeView, present_notice
from webapp.presenters.terms_page import MAX_TERMS, present_terms
from webapp.presenters.value_facet import known_names
from webapp.site.search_addresses import ParsedAddress, read_briefing, read_subject
from webapp.views.responses import as_file, conditional, json_answer, moved, page, refused, unlisted

blueprint = Blueprint("subject", __name__)


@blueprint.get(PATH)
@conditional
def first() -> Response:
    """Who used the words first, who followed, who last; without words, a box for them."""
    parsed = _read_subject()
    links = current_links(parsed.request)
    if not parsed.canonical and not parsed.ignored:
        return moved(links.subject(PATH, parsed.request), for_good=False)
    view = present_first(links, current_engine(), parsed.request)
    return unlisted(page("first.html", view=view, notices=_notices(parsed.ignored)))


@blueprint.get(briefings.PATH)
@conditional
def briefing() -> Response:
    """The first releases of the search as a numbered document to print."""
    parsed, whole = _read_briefing()
    links = current_links(parsed.request)
    if not parsed.canonical and not parsed.ignored:
        address = briefings.briefing_address(links, parsed.request, whole=whole)
        return moved(address, for_good=False)
    view, notices = _briefing(parsed, whole=whole), _notices(parsed.ignored)
    return unlisted(page("briefing.html", view=view, notices=notices))


@blueprint.get(briefings.PATH + ".docx")
@conditional
def briefing_as_docx() -> Response:
    """The same as a Word document; an address that cannot be read whole is refused."""
    parsed, whole = _read_briefing()
    if parsed.ignored:
        return refused(parsed.ignored)
    body = briefing_docx(_briefing(parsed, whole=whole), current_language().tag)
    response = Response(body, mimetype=MEDIA_TYPE)
    return unlisted(as_file(response, "briefing.docx"))


@blueprint.get(terms_page.PATH)
@conditional
def terms() -> Response:
    """What an agency or a span says more often than all others."""
    parsed = _read_subject()
    links = current_links(parsed.request)
    if not parsed.canonical and not parsed.ignored:
        return moved(links.subject(terms_page.PATH, parsed.request), for_good=False)
    coverage = current_coverage()
    view = present_terms(links, current_engine(), parsed.request, known_names(links, coverage))
    asked = parsed.request
    dates = present_date_boxes(
        links.language, coverage, asked.date_from, asked.date_to, parsed.ignored
    )
    notices = _notices(parsed.ignored)
    return unlisted(page("terms.html", view=view, dates=dates, notices=notices))


@blueprint.get(terms_page.PATH + ".json")
@conditional
def terms_as_json() -> Response:
    """The same words as JSON; an address that cannot be read whole is refused."""
    parsed = _read_subject()
    if parsed.ignored:
        return refused(parsed.ignored)
    sheet = current_engine().term_sheet(parsed.request, MAX_TERMS)
    found = terms_object(current_links(parsed.request), sheet, parsed.request)
    return json_answer(found)


@blueprint.get(terms_page.PATH + ".csv")
@conditional
def terms_as_csv() -> Response:
    """The same words as CSV, a line each."""
    parsed = _read_subject()
    if parsed.ignored:
        return refused(parsed.ignored)
    sheet = current_engine().term_sheet(parsed.request, MAX_TERMS)
    lines = terms_csv(current_links(parsed.request), sheet, parsed.request)
    return as_file(Response("".join(lines), mimetype="text/csv"), "terms.csv")


def _read_subject() -> ParsedAddress:
    return read_subject(request.query_string, current_language(), current_facets())


def _read_briefing() -> tuple[ParsedAddress, bool]:
    """What is asked for, and whether all releases are."""
    return read_briefing(request.query_string, current_language(), current_facets(), briefings.KEPT)


def _briefing(parsed: ParsedAddress, *, whole: bool) -> Briefing:
    return present_briefing(
        current_links(parsed.request),
        current_engine(),
        parsed.request,
        site=current_settings().title,
        today=datetime.now(UTC).date(),
        whole=whole,
    )


def _notices(ignored: tuple[Notice, ...]) -> list[NoticeView]:
    return [present_notice(current_language(), each) for each in ignored]
