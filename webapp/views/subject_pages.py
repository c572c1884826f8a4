"""Other pages about a search: who used its words first."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webapp.context import current_engine, current_facets, current_language, current_links
from webapp.presenters.first_page import PATH, present_first
from webapp.presenters.notice_view import present_notice
from webapp.site.search_addresses import read_subject
from webapp.views.responses import conditional, moved, page

blueprint = Blueprint("subject", __name__)


@blueprint.get(PATH)
@conditional
def first() -> Response:
    """Who used the words first, who followed, who last; without words, a box for them."""
    parsed = read_subject(request.query_string, current_language(), current_facets())
    links = current_links(parsed.request)
    if not parsed.canonical and not parsed.ignored:
        return moved(links.subject(PATH, parsed.request), for_good=False)
    view = present_first(links, current_engine(), parsed.request)
    notices = [present_notice(links.language, each) for each in parsed.ignored]
    response = page("first.html", view=view, notices=notices)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
