"""The interface for programs: its page, its description, and what all data addresses have."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, Response, request

from index.errors import NoIndexError
from index.text.folding import fold
from search.request import SearchRequest
from webapp.api import openapi
from webapp.api.problems import is_data_address
from webapp.context import (
    current_engine,
    current_language,
    current_links,
    current_mount,
    current_origin,
    current_settings,
)
from webapp.presenters.api_page import present_api
from webapp.site.parameters import unknown_parameters
from webapp.views.responses import METHODS, conditional, json_answer, page, refused

READABLE_HEADERS = "Content-Disposition, ETag, Retry-After"
"""Headers of ours that scripts of other sites may read."""

_NAMES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"/(agencies\.json|api/openapi\.json|release/.+\.json)\Z"), ()),
    (re.compile(r"/suggest\.json\Z"), ("q",)),
)
"""The parameters that addresses know which read no search."""

blueprint = Blueprint("api", __name__)


def install(app: Flask) -> None:
    """What all data addresses have: they refuse what they do not know, and may be shared."""
    app.before_request(_refuse_parameters)
    app.after_request(_share)


@blueprint.get("/api")
def api() -> Response:
    """What programs can ask, examples first."""
    view = present_api(current_links(), current_settings(), _some_release())
    return page("api.html", view=view)


@blueprint.get("/api/openapi.json")
def description() -> Response:
    """The OpenAPI description."""
    found = openapi.describe(current_settings(), current_origin() + current_mount())
    return json_answer(found)


@blueprint.get("/agencies.json")
@conditional
def agencies() -> Response:
    """All agencies, those with most releases first."""
    links = current_links()
    counted = sorted(
        current_engine().coverage().agencies, key=lambda pair: (-pair[1], fold(pair[0].name))
    )
    listed = [
        each._asdict() | {"count": count, "path": links.agency(each)} for each, count in counted
    ]
    return json_answer({"agencies": listed})


def _refuse_parameters() -> Response | None:
    """Data addresses that read no search refuse what they do not know, as searches do."""
    for path, names in _NAMES:
        if path.search(request.path):
            unknown = unknown_parameters(request.query_string, names, current_language())
            return refused(unknown) if unknown else None
    return None


def _share(response: Response) -> Response:
    """Let pages of other sites read the data, if the settings do."""
    allowed = current_settings().cross_origin
    if allowed and is_data_address(request.path):
        response.headers["Access-Control-Allow-Origin"] = allowed
        response.headers["Access-Control-Expose-Headers"] = READABLE_HEADERS
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _some_release() -> str | None:
    """The identifier of a release that examples may speak of."""
    try:
        newest = current_engine().search(SearchRequest(per_page=1)).hits
    except NoIndexError:
        return None
    return newest[0].release.id if newest else None
