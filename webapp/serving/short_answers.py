"""Answers of a line for what never reaches the application: what is wrong, and what to do."""

from __future__ import annotations

from http import HTTPStatus

from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

_STATUSES = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
_SAID = {
    HTTPStatus.BAD_REQUEST: "This is no HTTP request that can be read. In an address, write a "
    "space as %20 or +; in headers, use no control characters.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "This address is too long. Use fewer words or fewer filters.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The headers are too long. Send fewer or shorter "
    "ones; in a browser, remove the cookies of this address.",
    HTTPStatus.NOT_IMPLEMENTED: "This coding of a body is not read. Send none with a GET.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many requests are waiting. Try again in a few seconds.",
}


def status_of(error: ParseException) -> HTTPStatus:
    """With what to answer a request that is none."""
    found = (status for kind, status in _STATUSES.items() if isinstance(error, kind))
    return next(found, HTTPStatus.BAD_REQUEST)


def short_answer(status: HTTPStatus) -> bytes:
    """The whole answer, head and sentence; the connection ends with it."""
    retry = "Retry-After: 5\r\n" if status is HTTPStatus.SERVICE_UNAVAILABLE else ""
    said = f"{status.value} {status.phrase}\n{_SAID[status]}\n"
    return (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: text/plain\r\n{retry}"
        f"Content-Length: {len(said)}\r\nConnection: close\r\n\r\n{said}"
    ).encode()
