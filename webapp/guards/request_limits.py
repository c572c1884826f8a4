"""What a request may be: for a host of ours, with an address in bounds and nothing sent along."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
    RequestURITooLarge,
)

from webapp.context import current_settings
from webapp.site.hosts import is_own_host
from webapp.site.parameters import MAX_PAIRS, MAX_QUERY_BYTES

MAX_PATH = 4_096
"""Characters of a path: identifiers have at most 200, every one of which may take 12."""

READING = ("GET", "HEAD", "OPTIONS")
"""The methods that are answered."""


class UnknownHostError(HTTPException):
    """The request names a host that is not this site's (RFC 9110, section 15.5.20)."""

    code = 421
    description = "Misdirected Request"


def install(app: Flask) -> None:
    """Refuse what is out of bounds before anything else looks at it."""
    app.before_request(_check)


def _check() -> None:
    if not is_own_host(request.host, current_settings().base_url):
        raise UnknownHostError
    query = request.query_string
    too_long = len(query) > 2 * MAX_QUERY_BYTES or len(request.path) > MAX_PATH
    if too_long or query.count(b"&") >= MAX_PAIRS:
        raise RequestURITooLarge
    # Before its weight: whoever sends something is told what is answered instead.
    if request.method not in READING:
        raise MethodNotAllowed
    if request.content_length or "Transfer-Encoding" in request.headers:
        raise RequestEntityTooLarge
