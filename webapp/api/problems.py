"""Errors for programs: problem details (RFC 9457) on every address that gives data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 30
"""Seconds after which a reader may ask again while there is no index."""

_DATA = re.compile(r"\.(json|csv|jsonl|atom|opml|bib|ris|wiki|txt|xml)\Z|/(healthz|readyz)\Z")


class Problem(NamedTuple):
    """A kind of problem: its name in addresses, HTTP status, title, and what to do about it."""

    name: str
    status: int
    title: str
    remedy: str


BAD_PARAMETER = Problem(
    "bad-parameter",
    400,
    "Invalid parameter",
    "The errors name each parameter and say what it takes. Nothing was searched.",
)
PROBLEMS = (
    BAD_PARAMETER,
    Problem(
        "not-found",
        404,
        "Page not found",
        "Check the identifier. Releases keep theirs for good, but a publisher may withdraw one.",
    ),
    Problem(
        "gone",
        410,
        "Removed release",
        "It is no longer at its source, and does not come back.",
    ),
    Problem(
        "method-not-allowed",
        405,
        "Read-only: GET, HEAD and OPTIONS",
        "Nothing can be sent or changed.",
    ),
    Problem(
        "server-error",
        500,
        "Something went wrong",
        "The error was recorded. Try again later.",
    ),
    Problem(
        "too-long",
        414,
        "This address is too long",
        "Use fewer words or fewer filters.",
    ),
    Problem(
        "too-many-requests",
        429,
        "Too many requests",
        "Ask again after as many seconds as the header Retry-After says.",
    ),
    Problem(
        "no-index",
        503,
        "Nothing has been indexed yet",
        "Ask again after as many seconds as the header Retry-After says.",
    ),
    Problem(
        "damaged-index",
        503,
        "Part of the index is damaged",
        "What you asked for cannot be read. Other searches may still work.",
    ),
    Problem(
        "search-stopped",
        503,
        "This search took too long",
        "Search for fewer or rarer words. Asking again takes as long.",
    ),
    Problem(
        "busy",
        503,
        "The server is busy",
        "Ask again after as many seconds as the header Retry-After says.",
    ),
)
"""Every kind of problem that has an address of its own; others are `about:blank`."""
_BY_NAME = {each.name: each for each in PROBLEMS}
_BY_STATUS = {each.status: each for each in reversed(PROBLEMS)}


def is_data_address(path: str) -> bool:
    """Whether programs ask here: what has a suffix of a data format, and `/healthz`."""
    return _DATA.search(path) is not None


def problem_object(
    root: str,
    status: int,
    detail: str,
    *,
    instance: str,
    title: str = "",
    errors: Sequence[dict[str, str]] = (),
    kind: str = "",
) -> dict[str, Any]:
    """A problem document with `type`, `title`, `status`, `detail`, `instance`, maybe `errors`.

    :param root: what whole addresses begin with.
    :param instance: the path and query asked for.
    :param title: for a status that is not in `PROBLEMS`.
    :param kind: the name of one of `PROBLEMS`, where its status is not enough to tell.
    """
    known = _BY_NAME.get(kind) or _BY_STATUS.get(status)
    found: dict[str, Any] = {
        "type": f"{root}/api#{known.name}" if known else "about:blank",
        "title": known.title if known else title,
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    if errors:
        found["errors"] = list(errors)
    return found
