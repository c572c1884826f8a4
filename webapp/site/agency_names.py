"""What agencies are called in the language of the page, as far as the gazetteers know it."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, current_app, has_app_context

from index.agencies.gazetteer import names_by_language
from index.release import UNATTRIBUTED, Agency
from webapp.site.languages import ENGLISH, N_, current_language, gettext

_KEY = "dateline-agency-names"
_UNATTRIBUTED = N_("Unattributed")


def install(app: Flask, gazetteers: str) -> None:
    """Read the names of the shipped gazetteers and of these files.

    :param gazetteers: paths, parted as the system parts paths (a colon, on Windows a semicolon).
    :raises UnreadableError: a file is missing or no gazetteer.
    """
    paths = [Path(path) for path in gazetteers.split(os.pathsep) if path.strip()]
    app.extensions[_KEY] = names_by_language(paths)


def agency_name(agency: Agency) -> str:
    """The agency's name in the language of the page; in the index's own where that is unknown.

    A body is recognised by slug and name together: another government may have the same slug.
    """
    if agency.slug == UNATTRIBUTED.slug:
        return gettext(_UNATTRIBUTED)
    language = current_language()
    if language is ENGLISH or not has_app_context():
        return agency.name
    known: dict[Agency, dict[str, str]] = current_app.extensions.get(_KEY, {})
    return known.get(agency, {}).get(language.tag, agency.name)
