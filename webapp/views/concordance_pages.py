"""The concordance of a search: the page and its CSV."""

from __future__ import annotations

from flask import Blueprint, Response, request

from search.results import Notice
from webapp.context import current_engine, current_facets, current_language, current_links
from webapp.exports.concordance_table import concordance_csv
from webapp.guards.concurrent_exports import joined, stream
from webapp.presenters.concordance_page import present_concordance
from webapp.presenters.notice_view import present_notice
from webapp.site.concordance_addresses import ConcordanceAddress, read_concordance
from webapp.views.responses import as_file, conditional, page, refused, unlisted

blueprint = Blueprint("concordance", __name__)


@blueprint.get("/concordance")
@conditional
def concordance() -> Response:
    """A line for every place; without words, a box for them."""
    asked, ignored = _read()
    links = current_links(asked.request)
    view = present_concordance(links, current_engine(), asked)
    notices = [present_notice(links.language, each) for each in ignored]
    return unlisted(page("concordance.html", view=view, asked=asked, notices=notices))


@blueprint.get("/concordance.csv")
@conditional
def as_csv() -> Response:
    """The places as CSV; an address that cannot be read whole is refused."""
    asked, ignored = _read()
    if ignored:
        return refused(ignored)
    lines = concordance_csv(current_links(asked.request), current_engine(), asked)
    response = stream(joined(lines), "text/csv")
    return unlisted(as_file(response, "concordance.csv"))


def _read() -> tuple[ConcordanceAddress, tuple[Notice, ...]]:
    return read_concordance(request.query_string, current_language(), current_facets())
