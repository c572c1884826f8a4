"""Errors for programs: problem details (RFC 9457) on every address that gives data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import Response, request

from search.results import Notice
from webapp.site.addresses import api_address
from webapp.site.languages import without_language
from webapp.views.responses import root

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 30
"""Seconds after which a reader may ask again while there is no index."""
MAX_INSTANCE = 2_000
"""Characters of the address that a problem repeats."""

_DATA = re.compile(r"\.(json|csv|atom|bib|ris|wiki|txt|xml)\Z|/healthz\Z")


class Problem(NamedTuple):
    """A kind of problem: its name in addresses, HTTP status, title, and what to do about it."""

    name: str
    status: int
    title: str
    remedy: str


BAD_PARAMETER = Problem(
    "bad-parameter",
    400,
    "A parameter cannot be read",
    "The list of errors names each parameter and says what it takes. Nothing was searched.",
)
PROBLEMS = (
    BAD_PARAMETER,
    Problem(
        "not-found",
        404,
        "There is nothing at this address",
        "Look at the identifier. Releases keep theirs for ever, but a publisher may withdraw one.",
    ),
    Problem(
        "method-not-allowed",
        405,
        "This address only answers GET, HEAD and OPTIONS",
        "Nothing can be sent or changed here.",
    ),
    Problem(
        "server-error",
        500,
        "Something went wrong here",
        "It is not your fault, and it was recorded. Ask again later.",
    ),
    Problem(
        "no-index",
        503,
        "There is no index yet",
        "Ask again after as many seconds as the header Retry-After says.",
    ),
)
"""Every kind of problem that has an address of its own; others are `about:blank`."""
_BY_STATUS = {each.status: each for each in PROBLEMS}


def is_data_address(path: str) -> bool:
    """Whether programs ask here: what has a suffix of a data format, and `/healthz`."""
    return _DATA.search(path) is not None


def problem(
    status: int,
    detail: str,
    errors: Sequence[dict[str, Any]] = (),
    title: str = "",
) -> Response:
    """A problem document with `type`, `title`, `status`, `detail`, `instance`, maybe `errors`.

    :param title: for a status that is not in `PROBLEMS`.
    """
    known = _BY_STATUS.get(status)
    body: dict[str, Any] = {
        "type": root() + problem_address(known) if known else "about:blank",
        "title": known.title if known else title,
        "status": status,
        "detail": detail,
        "instance": _asked(),
    }
    if errors:
        body["errors"] = list(errors)
    response = Response(json.dumps(body, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store" if status >= 500 else "no-cache"
    return response


def refused(ignored: Sequence[Notice]) -> Response:
    """400 for an address that cannot be read whole, naming each parameter that is wrong."""
    errors = [
        {"parameter": each.values[0], "code": each.code, "detail": each.text} for each in ignored
    ]
    return problem(400, errors[0]["detail"], errors)


def problem_address(kind: Problem) -> str:
    """Where a kind of problem is explained; also its identifier, the same in every language."""
    return f"{without_language(api_address())}#{kind.name}"


def _asked() -> str:
    """The path and query of the request as a URI reference (RFC 3986)."""
    query = request.query_string.decode("ascii", "replace")
    asked = quote(request.path) + (f"?{quote(query, safe='%&=+:;/?@!$()*,~')}" if query else "")
    return asked[:MAX_INSTANCE]
