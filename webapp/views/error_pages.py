"""What a reader sees when something is not there or does not work: plain words, no traces."""

from __future__ import annotations

import logging
import re
from typing import NamedTuple, NoReturn
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, NotFound, TooManyRequests

from index.errors import DamagedIndexError, DatelineError, NoIndexError
from search.match.search_time import SearchStoppedError
from webapp.api.problems import RETRY_AFTER, is_data_address
from webapp.context import current_language
from webapp.guards.concurrent_exports import BusyError
from webapp.monitoring.request_log import current_request_id
from webapp.presenters.anchor import Anchor
from webapp.site.languages import N_
from webapp.views.responses import METHODS, moved, page, problem


class NotHereError(NotFound):
    """There is nothing at this address, but what was meant may be at one of these."""

    def __init__(self, said: str, ways: tuple[Anchor, ...]) -> None:
        super().__init__(said)
        self.ways = ways


def not_here(said: str, *ways: Anchor) -> NoReturn:
    """Answer 404 with a sentence of ours, and ways to what was probably looked for.

    :raises NotHereError: always.
    """
    raise NotHereError(said, ways)


class _Said(NamedTuple):
    """What a page says of an error: a heading, a sentence on what it means, and ways out."""

    heading: str
    explanation: str
    ways: tuple[Anchor, ...] = ()


_BY_STATUS = {
    400: _Said(
        N_("Bad request"),
        N_("The server could not understand part of this address."),
    ),
    401: _Said(
        N_("Password required"),
        N_("Ask whoever runs this site for a name and password."),
    ),
    404: _Said(
        N_("Page not found"),
        N_("The address may be incomplete."),
    ),
    405: _Said(
        N_("Method not allowed"),
        N_("This page is read-only."),
    ),
    410: _Said(
        N_("Removed release"),
        N_("This release is no longer at its source."),
    ),
    413: _Said(
        N_("Bad request"),
        N_("This page is read-only."),
    ),
    414: _Said(
        N_("This address is too long"),
        N_("Use fewer words or fewer filters."),
    ),
    421: _Said(
        N_("Unknown host name"),
        N_("Whoever runs this site can set its address in DATELINE_BASE_URL."),
    ),
    429: _Said(
        N_("Too many requests"),
        N_("Too many requests came from your connection. Please wait a moment."),
    ),
    500: _Said(
        N_("Something went wrong"),
        N_("The error was recorded. Please try again later."),
    ),
}
_NO_INDEX = _Said(
    N_("Nothing has been indexed yet"),
    N_("Whoever runs this site can index releases with: dateline index PATH..."),
)
_DAMAGED = _Said(
    N_("Part of the index is damaged"),
    N_(
        "What you asked for cannot be read. The details are in the site’s log; "
        "other searches may still work."
    ),
)
_STOPPED = _Said(
    N_("This search took too long"),
    N_("It was stopped so that others can be answered. Try fewer or rarer words."),
)
_BUSY = _Said(
    N_("The server is busy"),
    N_("Too many people are searching at once. Please try again in a moment."),
)

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer errors with a page, or with a problem document where JSON was asked for."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NoIndexError, _no_index)
    app.register_error_handler(DamagedIndexError, _damaged)
    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(DatelineError, _our_error)
    app.register_error_handler(SearchStoppedError, _stopped)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=dict(error.get_headers()))
    said = _BY_STATUS.get(status, _Said(error.name, ""))
    if isinstance(error, NotHereError):
        said = said._replace(explanation=error.description or "", ways=error.ways)
    meant = _meant() if status == 404 and request.routing_exception is error else None
    if meant is not None:
        return moved(meant, for_good=False)
    response = _answer(status, said)
    if status == 405:
        response.headers["Allow"] = METHODS
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after or RETRY_AFTER)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Dateline", charset="UTF-8"'
    return response


def _meant() -> str | None:
    """The address of ours that one without a page means: in other letters, or with the ending that
    feeds have elsewhere."""
    typed = re.sub(r"(?i)\.(?:rss|rdf)\Z", ".atom", f"/{request.path.lstrip('/')}")
    first, _, rest = typed[1:].partition("/")
    adapter = current_app.create_url_adapter(request)
    ours = (f"/{first.lower()}/{rest}" if rest else f"/{first.lower()}", typed.lower())
    path = next((each for each in ours if adapter and adapter.test(each, "GET")), None)
    if path is None or path == request.path:
        return None
    query = request.query_string.decode("latin-1")
    return request.script_root + quote(path) + (f"?{query}" if query else "")


def _no_index(error: NoIndexError) -> Response:
    # Readers need not know where it would be; those who look into the log do.
    _log.error("%s", error)
    return _answer(503, _NO_INDEX)


def _damaged(error: DamagedIndexError) -> Response:
    _log.error("The index is damaged: %s", error)
    return _answer(503, _DAMAGED, kind="damaged-index")


def _busy(error: BusyError) -> Response:
    response = _answer(503, _BUSY, kind="busy")
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _stopped(error: SearchStoppedError) -> Response:  # noqa: ARG001
    return _answer(503, _STOPPED, kind="search-stopped")


def _our_error(error: DatelineError) -> Response:
    _log.error("%s", error)
    return _answer(500, _BY_STATUS[500])


def _answer(status: int, said: _Said, kind: str = "") -> Response:
    """A page, or a problem document; `kind` names the problem where its status does not."""
    say = current_language().gettext
    heading, detail = say(said.heading), said.explanation and say(said.explanation)
    if is_data_address(request.path):
        return problem(status, detail, title=heading, kind=kind)
    named = current_request_id() if status >= 500 else ""
    response = page(
        "error.html", status, heading=heading, detail=detail, ways=said.ways, request_id=named
    )
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store" if status >= 500 else "no-cache"
    return response
