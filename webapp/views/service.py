"""Addresses for machines: is it well, may it be crawled, how a browser searches it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from webapp.engines import current_engine, current_settings
from webapp.pages import root

ROBOTS = """User-agent: *
Disallow: /search.csv
Crawl-delay: 5
"""
"""Result pages are not listed here: a crawler that may not read them never sees `noindex`."""

blueprint = Blueprint("service", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """200 where the index answers; without one the error handler answers 503."""
    coverage = current_engine().coverage()
    response = jsonify(status="ok", releases=coverage.releases, updated=coverage.updated)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read."""
    return Response(ROBOTS, mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch 1.1 description, with which a browser adds this search to its own."""
    text = render_template("opensearch.xml", name=current_settings().title[:16], root=root())
    return Response(text, mimetype="application/opensearchdescription+xml")
