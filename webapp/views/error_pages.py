"""What a reader sees when something is not there or does not work: plain words, no traces."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from index.errors import DatelineError, NoIndexError
from webapp.api.problems import RETRY_AFTER, is_data_address
from webapp.context import current_language
from webapp.site.languages import N_
from webapp.views.responses import page, problem

HEADINGS = {
    400: N_("This address cannot be read"),
    404: N_("There is nothing at this address"),
    405: N_("This address only answers reading requests"),
    500: N_("Something went wrong here"),
    503: N_("There is no index yet"),
}
EXPLANATIONS = {
    400: N_("Part of the address is not in a form that the server understands."),
    404: N_("It may have been typed or copied incompletely."),
    405: N_("Pages are read here; nothing can be sent to them."),
    500: N_("It is not your fault. The error was recorded; please try again later."),
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
    heading = current_language().gettext(HEADINGS[status]) if status in HEADINGS else error.name
    given = error.description or ""
    ours = status == 404 and given and given != type(error).description
    response = _answer(status, heading, given if ours else _explained(status))
    if status == 405:
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def _explained(status: int) -> str:
    sentence = EXPLANATIONS.get(status, "")
    return current_language().gettext(sentence) if sentence else ""


def _no_index(error: NoIndexError) -> Response:
    return _answer(503, current_language().gettext(HEADINGS[503]), str(error))


def _our_error(error: DatelineError) -> Response:
    return _answer(500, current_language().gettext(HEADINGS[500]), str(error))


def _answer(status: int, heading: str, detail: str) -> Response:
    if is_data_address(request.path):
        return problem(status, detail, title=heading)
    response = page("error.html", status, heading=heading, detail=detail, code=status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
