"""Addresses for machines: is it well, may it be crawled, what there is, how a browser searches."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, jsonify, request

from index import kernel
from search.request import SearchRequest
from search.results import Hit
from webapp.context import current_engine, current_links, current_settings
from webapp.exports.sitemap import browse_addresses, sitemap_index, url_set
from webapp.guards.concurrent_exports import joined, stream
from webapp.monitoring.metrics import MEDIA_TYPE, exposition
from webapp.site.languages import LANGUAGES
from webapp.site.paths import sitemap_path
from webapp.views.responses import conditional, rendered

CRAWL_DELAY = 5
"""Seconds that crawlers should wait between pages."""
SHORT_NAME = 16
"""Characters of a name that OpenSearch 1.1 allows."""
ICONS = {"favicon.ico": "favicon.ico", "apple-touch-icon.png": "touch.png"}
"""What browsers ask for at the root of a host, whatever a page says, and the file of ours."""
SITEMAP_LINES = 500
"""Lines of a site map that are sent at a time."""

blueprint = Blueprint("service", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """200 where the index answers; without one the error handler answers 503."""
    coverage = current_engine().coverage()
    response = jsonify(
        status="ok", releases=coverage.releases, updated=coverage.updated, kernel=kernel.status()
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/readyz")
def ready() -> Response:
    """200 where searches are answered: a proxy sends readers here. Says nothing of the index.

    It searches for a word that nobody writes: word lists are read by the first such search.
    """
    current_engine().search(SearchRequest("reddyness"))
    return Response("ready\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.get("/metrics")
def metrics() -> Response:
    """The metrics of this process, or of all workers, for those who may read them."""
    allowed = current_settings().metrics
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    local = not forwarded and ip_address(request.remote_addr or "192.0.2.1").is_loopback
    if allowed == "off" or (allowed == "local" and not local):
        abort(404)
    response = Response(exposition(), content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read, and where the site map is.

    Pages of results are not listed: a crawler that may not read them never sees `noindex`.
    """
    links = current_links()
    lines = (
        "User-agent: *",
        *(f"Disallow: {links.mount}{language.prefix}/search.csv" for language in LANGUAGES),
        *(f"Disallow: {links.mount}{language.prefix}/export." for language in LANGUAGES),
        f"Crawl-delay: {CRAWL_DELAY}",
        "",
        f"Sitemap: {links.whole(sitemap_path())}",
        "",
    )
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/favicon.ico", defaults={"name": "favicon.ico"})
@blueprint.get("/apple-touch-icon.png", defaults={"name": "apple-touch-icon.png"})
def icon(name: str) -> Response:
    """The icon of the site, where browsers look for it."""
    return current_app.send_static_file(ICONS[name])


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch 1.1 description, with which a browser adds this search to its own."""
    title = current_settings().title
    text = rendered("opensearch.xml", name=title[:SHORT_NAME].strip(), title=title[:48])
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/sitemap.xml")
@conditional
def sitemap() -> Response:
    """Every page to be found, or the list of the files that hold them where one is too short."""
    coverage, links = current_engine().coverage(), current_links()
    paths = browse_addresses(links, coverage)
    if len(paths) + coverage.releases > current_settings().sitemap_urls:
        return _xml(iter((sitemap_index(links, _parts(len(paths), coverage.releases)),)))
    return _xml(url_set(links, paths, _releases(0, None)))


@blueprint.get("/sitemap-<int:number>.xml")
@conditional
def sitemap_part(number: int) -> Response:
    """A part of a long site map: first the pages to browse, then the releases, oldest first."""
    most = current_settings().sitemap_urls
    coverage, links = current_engine().coverage(), current_links()
    paths = browse_addresses(links, coverage)
    whole = len(paths) + coverage.releases <= most
    if whole or not 1 <= number <= _parts(len(paths), coverage.releases):
        abort(404)
    before = -(-len(paths) // most)
    if number <= before:
        return _xml(url_set(links, paths[(number - 1) * most : number * most], ()))
    return _xml(url_set(links, (), _releases((number - 1 - before) * most, most)))


def _parts(paths: int, releases: int) -> int:
    most = current_settings().sitemap_urls
    return -(-paths // most) + -(-releases // most)


def _releases(start: int, size: int | None) -> Iterator[Hit]:
    oldest = SearchRequest(sort="oldest", copies=True)
    return current_engine().every_hit(oldest, snippets=False, texts=False, start=start, size=size)


def _xml(lines: Iterator[str]) -> Response:
    return stream(joined(lines, SITEMAP_LINES), "application/xml")
