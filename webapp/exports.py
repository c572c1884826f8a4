"""A search to take away: JSON, CSV and Atom, all from the same results as the page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from search.request import SearchRequest
from search.results import Hit, SearchResults
from webapp.addresses import release_address, release_id_address

CSV_COLUMNS = (
    "date",
    "date_precision",
    "agency",
    "headline",
    "language",
    "source_url",
    "page_url",
    "id",
    "issued_at",
    "first_indexed",
)
"""The columns of the CSV export, in their order; new ones are added at the end."""
ATOM = "http://www.w3.org/2005/Atom"

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def results_object(results: SearchResults) -> dict[str, Any]:
    """The results as JSON-ready values: what `/search.json` and `dateline search --json` print."""
    return {
        "request": request_object(results.request),
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "hits": [_hit_object(hit) for hit in results.hits],
        "facets": {
            "agency": [asdict(value) for value in results.facets.agency],
            "date": [
                {"from": value.from_, "to": value.to, "count": value.count}
                | {"selected": value.selected}
                for value in results.facets.date
            ],
        },
        "notices": [{"code": notice.code, "text": notice.text} for notice in results.notices],
        "did_you_mean": results.did_you_mean,
        "took_ms": round(results.took_ms, 3),
    }


def request_object(request: SearchRequest) -> dict[str, Any]:
    """The request as JSON-ready values; `sort` is the order in force."""
    values = asdict(request)
    values["agencies"] = list(request.agencies)
    values["languages"] = list(request.languages)
    values["sort"] = request.order
    return values


def csv_lines(hits: Iterable[Hit], root: str) -> Iterator[str]:
    """The export as text, line by line: a byte order mark, the column names, a line a release.

    A value that a spreadsheet would take for a formula is given an apostrophe in front.

    :param root: what the site's own addresses begin with, without a slash at the end.
    """
    yield "\ufeff" + csv_line(CSV_COLUMNS)
    for hit in hits:
        yield csv_line(_csv_values(hit, root))


def atom_feed(
    hits: Iterable[Hit], *, title: str, page_url: str, feed_url: str, updated: str | None, root: str
) -> bytes:
    """The hits as an Atom feed (RFC 4287) in the order given, as UTF-8 XML.

    :param updated: when the index last changed (ISO 8601); entries bring their own times.
    """
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", page_url)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(updated))
    _add(feed, "link", rel="self", type="application/atom+xml", href=feed_url)
    _add(feed, "link", rel="alternate", type="text/html", href=page_url)
    _add(feed, "generator", "Dateline")
    for hit in hits:
        _add_entry(feed, hit, root)
    body: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return body


def _hit_object(hit: Hit) -> dict[str, Any]:
    release = hit.release
    return {
        "id": release.id,
        "path": release_address(release),
        "url": release.url,
        "headline": release.headline,
        "headline_html": hit.headline_html,
        "date": release.date,
        "date_precision": release.date_precision,
        "date_source": release.date_source,
        "agency": release.agency._asdict(),
        "language": release.language,
        "snippets": list(hit.snippets),
        "score": hit.score,
    }


def _csv_values(hit: Hit, root: str) -> tuple[str, ...]:
    release = hit.release
    return (
        release.date or "",
        release.date_precision,
        release.agency.name,
        release.headline,
        release.language,
        release.url or "",
        root + release_id_address(release.id),
        release.id,
        release.issued_at or "",
        hit.first_indexed,
    )


def csv_line(values: Iterable[str]) -> str:
    """A line of CSV with its end; what a spreadsheet would take for a formula is disarmed."""
    line = io.StringIO()
    csv.writer(line).writerow([_disarmed(value) for value in values])
    return line.getvalue()


def _disarmed(value: str) -> str:
    value = value.replace("\0", "")
    return "'" + value if _FORMULA.match(value) else value


def _add_entry(feed: Any, hit: Hit, root: str) -> None:
    release = hit.release
    entry = _add(feed, "entry")
    _add(entry, "id", uuid5(NAMESPACE_URL, f"dateline:{release.id}").urn)
    _add(entry, "title", release.headline or "Untitled")
    _add(entry, "link", rel="alternate", type="text/html", href=root + release_address(release))
    _add(_add(entry, "author"), "name", release.agency.name)
    stated = _stated_moment(hit)
    if stated:
        _add(entry, "published", stated)
    _add(entry, "updated", stated or _moment(hit.first_indexed))
    _add(entry, "summary", " ".join(hit.snippets), type="html")


def _stated_moment(hit: Hit) -> str | None:
    """When the release was issued, as RFC 3339, or None where not even the day is known.

    A day alone is midnight UTC: the day stays the issuer's, whatever zone a reader is in.
    """
    release = hit.release
    if release.issued_at and re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", release.issued_at
    ):
        return _moment(release.issued_at)
    if release.date and release.date_precision == "day":
        return f"{release.date}T00:00:00Z"
    return None


def _moment(text: str | None) -> str:
    """An ISO time as RFC 3339; one that cannot be read becomes the beginning of 1970."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        moment = datetime(1970, 1, 1, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{ATOM}}}{tag}")
    for name, value in attributes.items():
        element.set(name, _NOT_XML.sub("", value))
    if text is not None:
        element.text = _NOT_XML.sub("", text)
    return element
