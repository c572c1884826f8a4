"""A reading list: the page of releases that somebody put beside each other, and their citations."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from index.release import Release
from search.results import Notice
from webapp.context import current_language, current_links, current_settings
from webapp.presenters.citations import FORMATS
from webapp.presenters.notice_view import present_notice
from webapp.presenters.quotation import cite
from webapp.presenters.reading_list_page import present_reading_list
from webapp.site.languages import N_
from webapp.site.parameters import ignored_notice
from webapp.site.reading_list_addresses import (
    PATH,
    SUFFIXES,
    ParsedReadingList,
    read_reading_list,
    reading_list_address,
)
from webapp.views.release_pages import find_release, reading_day
from webapp.views.responses import as_file, conditional, moved, page, refused, unlisted

blueprint = Blueprint("reading_list", __name__)


@blueprint.get(PATH)
@conditional
def reading_list() -> Response:
    """The releases in their order; without any, how to begin."""
    parsed, found, missing = _read()
    links, ignored = current_links(), (*parsed.ignored, *missing)
    address = reading_list_address(links, [each.id for each in found])
    given = reading_list_address(links, parsed.releases)
    if not ignored and (not parsed.canonical or address != given):
        return moved(address, for_good=False)
    notices = [present_notice(links.language, each) for each in ignored]
    view = present_reading_list(links, found)
    return unlisted(page("reading_list.html", view=view, notices=notices))


@blueprint.get(f"{PATH}.<form>")
@conditional
def citations(form: str) -> Response:
    """The citations of them all, in one of the forms; what cannot be read whole is refused."""
    suffix = f".{form}"
    if suffix not in SUFFIXES:
        abort(404)
    parsed, found, missing = _read()
    if parsed.ignored or missing:
        return refused((*parsed.ignored, *missing))
    media_type, _, write = FORMATS[suffix]
    links, site, day = current_links(), current_settings().title, reading_day()
    cited = "\n".join(write(cite(links, each, site=site, today=day)) for each in found)
    response = Response(cited, content_type=f"{media_type}; charset=utf-8")
    return unlisted(as_file(response, f"reading-list{suffix}", shown=True))


def _read() -> tuple[ParsedReadingList, list[Release], list[Notice]]:
    """What is asked for, the releases of it that are here, each once, and a notice for the rest."""
    language = current_language()
    parsed = read_reading_list(request.query_string, language)
    found: dict[str, Release] = {}
    missing = []
    for each in parsed.releases:
        release = find_release(each)
        if release is None:
            said = N_("We have no release “%(value)s”.")
            missing.append(ignored_notice(language, "release-unknown", "release", each, said))
        else:
            found.setdefault(release.id, release)
    return parsed, list(found.values()), missing
