"""The site map (sitemaps.org 0.9): every page that search engines should know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from search.engine import Coverage
from search.results import Hit
from webapp.site.links import Links
from webapp.site.paths import sitemap_path

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def browse_addresses(links: Links, coverage: Coverage) -> list[str]:
    """The pages of the site but for releases: home, agencies, years and months that have any."""
    months = [month for month, count in coverage.months if count and re.match(r"\d{4}-", month)]
    years = sorted({month[:4] for month in months})
    return [
        links.page("/"),
        links.page("/agencies"),
        *(links.agency(agency) for agency, _ in coverage.agencies),
        *(links.date(span) for span in (*years, *months)),
    ]


def url_set(links: Links, paths: Iterable[str], hits: Iterable[Hit]) -> Iterator[str]:
    """A site map, line by line: pages, then releases with the day when they were first indexed."""
    yield f'{_HEAD}<urlset xmlns="{NAMESPACE}">\n'
    for path in paths:
        yield f"<url><loc>{escape(links.root + path)}</loc></url>\n"
    for hit in hits:
        address = escape(links.root + links.release(hit.release))
        day = hit.arrived[:10]
        stated = f"<lastmod>{day}</lastmod>" if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""
        yield f"<url><loc>{address}</loc>{stated}</url>\n"
    yield "</urlset>\n"


def sitemap_index(links: Links, parts: int) -> str:
    """The list of a site map's parts."""
    lines = (
        f"<sitemap><loc>{escape(links.whole(sitemap_path(number)))}</loc></sitemap>\n"
        for number in range(1, parts + 1)
    )
    return f'{_HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{"".join(lines)}</sitemapindex>\n'
