"""What agencies are called in the languages of the interface, as far as the gazetteers know it."""

from __future__ import annotations

import os
from pathlib import Path

from index.agencies.gazetteer import names_by_language
from index.release import Agency
from webapp.site.languages import ENGLISH, LANGUAGES


def gazetteer_paths(gazetteers: str) -> list[Path]:
    """The files of a setting, parted as the system parts paths."""
    return [Path(path) for path in gazetteers.split(os.pathsep) if path.strip()]


def read_agency_names(gazetteers: str) -> dict[str, dict[Agency, str]]:
    """The names in the shipped gazetteers and in these files, by the tag of a language.

    In English an agency is called what it is called in the index.

    :param gazetteers: paths, parted as the system parts paths (a colon, on Windows a semicolon).
    :raises UnreadableError: a file is missing or no gazetteer.
    """
    known = names_by_language(gazetteer_paths(gazetteers))
    return {
        language.tag: {
            agency: names[language.tag] for agency, names in known.items() if language.tag in names
        }
        for language in LANGUAGES
        if language is not ENGLISH
    }
