"""The page of a release."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import unquote

from flask import Blueprint, Response, abort, request

from index.release import Release
from webapp import addresses
from webapp.engines import current_engine, current_settings
from webapp.pages import conditional, moved, page
from webapp.presenters.releases import file_name, present_release_page

blueprint = Blueprint("release", __name__)


@blueprint.get("/release/<path:rest>")
@conditional
def release(rest: str) -> Response:
    """A release by its identifier, or by one of its former ones, which lead to the present one."""
    as_json = rest.endswith(".json")
    found = _find(rest.removesuffix(".json") if as_json else rest)
    if found is None:
        abort(404, "There is no release at this address.")
    if as_json:
        address = addresses.release_id_address(found.id, ".json")
    else:
        address = addresses.release_address(found)
    short = addresses.release_id_address(found.id)
    if request.path not in (unquote(address), unquote(short)):
        return moved(address, for_good=True)
    return _json(found) if as_json else _page(found)


def _page(found: Release) -> Response:
    engine = current_engine()
    view = present_release_page(
        found,
        engine.first_indexed(found.id),
        engine.similar(found.id, current_settings().similar),
    )
    return page("release.html", view=view)


def _json(found: Release) -> Response:
    record = found.to_dict() | {"source_file": file_name(found.source_file)}
    return Response(json.dumps(record, ensure_ascii=False), mimetype="application/json")


def _find(rest: str) -> Release | None:
    engine = current_engine()
    for release_id in _candidates(rest):
        found = engine.release(release_id)
        if found is not None:
            return found
    return None


def _candidates(rest: str) -> Iterator[str]:
    """The identifier as we write it; else as somebody who encoded it in another way."""
    written = addresses.read_segment(rest.split("/")[0])
    if written is not None:
        yield written
    yield rest
