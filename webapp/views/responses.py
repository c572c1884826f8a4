"""From view data to a response: templates, conditional requests, whole addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

from flask import Flask, Response, current_app, make_response, render_template, request

from webapp.context import current_engine, current_settings
from webapp.site import addresses
from webapp.site.languages import ENGLISH, LANGUAGES, current_language

_Parameters = ParamSpec("_Parameters")
_BUILD = "dateline-build"
_OURS = (".html", ".css", ".js", ".svg", ".py", ".po")


def install(app: Flask) -> None:
    """Tell templates the site's name and addresses; make caches notice a new version of us."""
    folder = Path(app.root_path)
    files = sorted(path for path in folder.rglob("*") if path.suffix in _OURS)
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]
    app.extensions[_BUILD] = digest

    app.jinja_env.globals["address"] = addresses.site_address
    app.jinja_env.globals["site_language"] = lambda: current_language().tag
    app.jinja_env.globals["static"] = lambda name: addresses.static_address(name, digest)

    @app.context_processor
    def _site() -> dict[str, Any]:
        return {
            "site": {
                "title": current_settings().title,
                "style": addresses.static_address("dateline.css", digest),
                "script": addresses.static_address("dateline.js", digest),
                "icon": addresses.static_address("dateline.svg", digest),
                "language": current_language().tag,
                "languages": _this_page_in_all_languages(),
                "root": root(),
            }
        }


def page(template: str, status: int = 200, **view: Any) -> Response:
    """A rendered page; what it shows depends on the address and the index alone."""
    response = make_response(render_template(template, **view), status)
    response.headers["Content-Language"] = current_language().tag
    return response


def conditional(
    view: Callable[_Parameters, Response],
) -> Callable[_Parameters, Response]:
    """Answer 304, without searching, where nothing changed since the reader last asked.

    A page depends on its address, the state of the index, the settings and this program; the
    entity tag is a digest of these. Weak, because the time that a search took may differ.
    """

    @wraps(view)
    def answer(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> Response:
        tag = _entity_tag()
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
        else:
            response = view(*args, **kwargs)
        if response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answer


def moved(address: str, *, for_good: bool) -> Response:
    """Lead to another address; browsers remember what is for good, and programs too."""
    return Response(status=301 if for_good else 302, headers={"Location": address})


def root() -> str:
    """What this site's whole addresses begin with, without a slash at the end."""
    return (current_settings().public_url or request.host_url).rstrip("/")


def _this_page_in_all_languages() -> list[dict[str, Any]]:
    """Language tag, its name in itself, address, whether it is the one shown, the default."""
    here = current_language()
    return [
        {
            "tag": each.tag,
            "name": each.name,
            "href": addresses.in_language(each, request.path, request.query_string),
            "current": each is here,
            "default": each is ENGLISH,
        }
        for each in LANGUAGES
    ]


def _entity_tag() -> str:
    covered = current_engine().coverage()
    parts = (
        root(),
        request.full_path,
        current_app.extensions[_BUILD],
        current_settings(),
        # A citation says on which day the release was read.
        datetime.now(UTC).date() if (request.blueprint or "").startswith("release") else None,
        (covered.updated, covered.releases, covered.undated, covered.first_date, covered.last_date),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
