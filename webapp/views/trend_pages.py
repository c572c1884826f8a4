"""Searches compared over time: the page and its exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from flask import Blueprint, Response, request

from index.release import UNATTRIBUTED
from index.text.analysis import RAW_TOKEN, fold
from search.count.trends import Trends, count_trends
from search.engine import Engine
from search.request import SearchRequest
from webapp.context import current_engine, current_language, current_links
from webapp.exports.trend_series import trends_csv, trends_object
from webapp.presenters.trends_page import present_trends
from webapp.site.trend_addresses import ParsedTrends, read_trends, trends_address
from webapp.views.responses import conditional, moved, page, refused

MAX_SHOWN = 240
"""Months or years of the chart and its table: twenty years by month."""
MAX_EXPORTED = 1_200
"""The same of the exports."""
EXAMPLE_WORDS = 12
"""Words of the latest headlines that are tried for examples."""

blueprint = Blueprint("trends", __name__)


@blueprint.get("/trends")
@conditional
def trends() -> Response:
    """A chart and a table of several searches over time; without searches, how to ask for one."""
    parsed = read_trends(request.query_string, current_language())
    links = current_links()
    if not parsed.canonical and not parsed.ignored:
        return moved(trends_address(links, parsed.asked), for_good=False)
    engine = current_engine()
    counted = _count(engine, parsed, MAX_SHOWN)
    examples = [] if parsed.asked.queries else list(_examples(engine))
    view = present_trends(links, counted, parsed.asked, parsed.ignored, examples)
    return page("trends.html", view=view)


@blueprint.get("/trends.json")
@conditional
def as_json() -> Response:
    """The numbers as JSON; an address that cannot be read whole is refused."""
    parsed = read_trends(request.query_string, current_language())
    if parsed.ignored:
        return refused(parsed.ignored)
    counted = _count(current_engine(), parsed, MAX_EXPORTED)
    found = trends_object(current_links(), counted, parsed.asked)
    return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


@blueprint.get("/trends.csv")
@conditional
def as_csv() -> Response:
    """The numbers as CSV, a line for each search and period."""
    parsed = read_trends(request.query_string, current_language())
    if parsed.ignored:
        return refused(parsed.ignored)
    lines = trends_csv(_count(current_engine(), parsed, MAX_EXPORTED))
    response = Response("".join(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="trends.csv"'
    return response


def _count(engine: Engine, parsed: ParsedTrends, most: int) -> Trends:
    asked = parsed.asked
    return count_trends(engine, asked.filters, asked.queries, asked.unit, most)


def _examples(engine: Engine) -> Iterator[tuple[str, ...]]:
    """Comparisons that show something here: words of the latest headlines, two agencies."""
    latest = engine.search(SearchRequest(per_page=EXAMPLE_WORDS))
    words: dict[str, None] = {}
    for hit in latest.hits:
        for match in RAW_TOKEN.finditer(hit.release.headline):
            word = fold(match[0])
            if len(word) > 4 and word.isalpha():
                words.setdefault(word)
    counts = [
        (engine.count(SearchRequest(text=word)), word) for word in islice(words, EXAMPLE_WORDS)
    ]
    telling = [word for count, word in sorted(counts, reverse=True) if 1 < count < latest.total / 2]
    yield from (tuple(telling[at : at + 2]) for at in (0, 2) if len(telling) >= at + 2)
    named = [
        each.slug for each in latest.facets.agency if each.slug != UNATTRIBUTED.slug and each.count
    ]
    if len(named) > 1:
        yield f"agency:{named[0]}", f"agency:{named[1]}"
