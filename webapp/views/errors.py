"""What a reader sees when something is not there or does not work: plain words, no traces."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from index.errors import DatelineError, NoIndexError
from webapp.pages import page
from webapp.problems import RETRY_AFTER, is_data_address, problem

HEADINGS = {
    400: "This address cannot be read",
    404: "There is nothing at this address",
    405: "This address only answers reading requests",
    500: "Something went wrong here",
    503: "There is no index yet",
}
EXPLANATIONS = {
    400: "Part of the address is not in a form that the server understands.",
    404: "It may have been typed or copied incompletely.",
    405: "Pages are read here; nothing can be sent to them.",
    500: "It is not your fault. The error was recorded; please try again later.",
}


def install(app: Flask) -> None:
    """Answer errors with a page, or with a problem document where JSON was asked for."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NoIndexError, _no_index)
    app.register_error_handler(DatelineError, _our_error)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=dict(error.get_headers()))
    heading = HEADINGS.get(status, error.name)
    given = error.description or ""
    ours = status == 404 and given and given != type(error).description
    response = _answer(status, heading, given if ours else EXPLANATIONS.get(status, ""))
    if status == 405:
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def _no_index(error: NoIndexError) -> Response:
    return _answer(503, HEADINGS[503], str(error))


def _our_error(error: DatelineError) -> Response:
    return _answer(500, HEADINGS[500], str(error))


def _answer(status: int, heading: str, detail: str) -> Response:
    if is_data_address(request.path):
        return problem(status, detail, title=heading)
    response = page("error.html", status, heading=heading, detail=detail, code=status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
