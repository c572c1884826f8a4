"""Help, and the advanced form that fills the one box."""

from __future__ import annotations

from flask import Blueprint, Response, request

from index.text.folding import fold
from webapp.context import current_engine, current_links, current_settings
from webapp.presenters.date_boxes import present_date_boxes
from webapp.presenters.help_page import present_examples
from webapp.site import wording
from webapp.site.advanced import FIELDS, KEPT, composed_search
from webapp.site.parameters import Pairs, query_pairs
from webapp.site.paths import with_query
from webapp.site.search_addresses import read_pairs
from webapp.views.responses import conditional, moved, page

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@conditional
def help_() -> Response:
    """What can be typed, how to narrow and keep a search, and the keys."""
    links = current_links()
    examples = present_examples(links, current_engine())
    return page("help.html", examples=examples, canonical=links.page("/help"))


@blueprint.get("/search/advanced")
@conditional
def advanced() -> Response:
    """The form; sent, it leads to the search that it says."""
    pairs = query_pairs(request.query_string)
    asked = _search(pairs)
    links = current_links()
    if asked:
        parsed = read_pairs(asked, current_settings().per_page, links.language)
        if parsed.ignored:  # the page of results says what is wrong
            return moved(with_query(links.page("/search"), asked), for_good=False)
        return moved(links.search(parsed.request), for_good=False)
    coverage = current_engine().coverage()
    named = [(links.agency_name(each), each.slug) for each, _ in coverage.agencies]
    tongues = [
        (wording.language_in_words(links.language, tag), tag) for tag, _ in coverage.languages
    ]
    return page(
        "advanced.html",
        agencies=sorted(named, key=lambda each: fold(each[0])),
        languages=sorted(tongues) if len(tongues) > 1 else [],
        dates=present_date_boxes(links.language, coverage),
        canonical=links.page("/search/advanced"),
    )


def _search(pairs: Pairs) -> Pairs:
    """What the form asks for, as the address of a search has it; nothing where it is empty."""
    words = composed_search({name: value for name, value in pairs if name in FIELDS})
    kept = [(name, value) for name, value in pairs if name in KEPT and value.strip()]
    return [*([("q", words)] if words else []), *kept]
