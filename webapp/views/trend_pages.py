"""Searches compared over time: the page and its exports."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request

from index.release import UNATTRIBUTED
from search.count.trends import Trends, count_trends
from search.engine import Engine
from webapp.context import (
    current_coverage,
    current_engine,
    current_facets,
    current_language,
    current_links,
)
from webapp.exports.trend_series import trends_csv, trends_object
from webapp.presenters.date_boxes import DateBoxes, present_date_boxes
from webapp.presenters.example_searches import telling_texts
from webapp.presenters.trends_page import present_trends
from webapp.site.links import Links
from webapp.site.parameters import Parsed
from webapp.site.trend_addresses import TrendsRequest, read_trends, trends_address
from webapp.views.responses import as_file, conditional, json_answer, moved, page, refused

MAX_SHOWN = 240
"""Months or years of the chart and its table: twenty years by month."""
MAX_EXPORTED = 1_200
"""The same of the exports."""

blueprint = Blueprint("trends", __name__)


@blueprint.get("/trends")
@conditional
def trends() -> Response:
    """A chart and a table of several searches over time; without searches, how to ask for one."""
    parsed = _read()
    links = current_links()
    if not parsed.canonical and not parsed.ignored:
        return moved(trends_address(links, parsed.asked), for_good=False)
    engine = current_engine()
    counted = _count(engine, parsed, MAX_SHOWN)
    examples = [] if parsed.asked.queries else list(_examples(engine))
    view = present_trends(links, counted, parsed.asked, parsed.ignored, examples)
    return page("trends.html", view=view, dates=_date_boxes(links, parsed))


@blueprint.get("/trends.json")
@conditional
def as_json() -> Response:
    """The numbers as JSON; an address that cannot be read whole is refused."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    counted = _count(current_engine(), parsed, MAX_EXPORTED)
    found = trends_object(current_links(), counted, parsed.asked)
    return json_answer(found)


@blueprint.get("/trends.csv")
@conditional
def as_csv() -> Response:
    """The numbers as CSV, a line for each search and period."""
    parsed = _read()
    if parsed.ignored:
        return refused(parsed.ignored)
    lines = trends_csv(_count(current_engine(), parsed, MAX_EXPORTED))
    return as_file(Response("".join(lines), mimetype="text/csv"), "trends.csv")


def _read() -> Parsed[TrendsRequest]:
    return read_trends(request.query_string, current_language(), current_facets())


def _date_boxes(links: Links, parsed: Parsed[TrendsRequest]) -> DateBoxes:
    filters = parsed.asked.filters
    return present_date_boxes(
        links.language, current_coverage(), filters.date_from, filters.date_to, parsed.ignored
    )


def _count(engine: Engine, parsed: Parsed[TrendsRequest], most: int) -> Trends:
    asked = parsed.asked
    return count_trends(engine, asked.filters, asked.queries, asked.unit, most)


def _examples(engine: Engine) -> Iterator[tuple[str, ...]]:
    """Comparisons that show something here: phrases or words of headlines, two agencies."""
    telling = telling_texts(engine)
    yield from (tuple(telling[at : at + 2]) for at in (0, 2) if len(telling) >= at + 2)
    counted = engine.coverage().agencies
    named = sorted((-count, each.slug) for each, count in counted if each.slug != UNATTRIBUTED.slug)
    if len(named) > 1:
        yield f"agency:{named[0][1]}", f"agency:{named[1][1]}"
