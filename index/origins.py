"""Where releases came from: the file of the disk that a source names, and what lies under what."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def absolute_source(path: Path, shown_path: str, source: str) -> str:
    """The source with its file's absolute path: what `source_file` holds.

    `shown_path` is the path as it stands at the front of `source`.
    """
    return os.path.abspath(path) + source.removeprefix(shown_path)


def gone(source: str) -> bool:
    """Whether the file that a source lies in is no longer on the disk."""
    return not any(os.path.exists(each) for each in _possible_files(source))


def lies_under(source: str, places: Iterable[str]) -> bool:
    """Whether a source is one of the places or in one: a folder, an archive, a member of one."""
    return any(
        source == place or source.startswith((place.rstrip("/") + "/", place + "!"))
        for place in places
    )


def _possible_files(source: str) -> Iterable[str]:
    """`a.zip!b!c` lies in `a.zip`, unless a file is really called `a.zip!b`."""
    pieces = source.split("!")
    return ("!".join(pieces[: count + 1]) for count in range(min(len(pieces), 8)))
