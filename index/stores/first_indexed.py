"""When releases first came into a folder's index, from the catalogue beside it, if that fits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.stores.catalogue import FORMAT, NAME, is_sound

MAX_MOMENTS = 900
"""Times that one question may name."""


def moments(folder: Path, stamp: str) -> dict[str, int] | None:
    """How many releases first came at each time; None without a catalogue that has the stamp.

    A run that is writing, a damaged file or one of another version count as none.
    """
    question = "select first_indexed, count(*) from release group by first_indexed"
    rows = _ask(folder, stamp, question, ())
    return None if rows is None else {str(moment): int(count) for moment, count in rows}


def ids_of(folder: Path, stamp: str, wanted: Iterable[str]) -> list[str] | None:
    """Ids of the releases that first came at these times; None as above, or for too many times."""
    times = tuple(wanted)
    if len(times) > MAX_MOMENTS:
        return None
    marks = ", ".join("?" * len(times))
    question = f"select id from release where first_indexed in ({marks})"  # noqa: S608 - only marks
    rows = _ask(folder, stamp, question, times)
    if rows is None:
        return None
    return [_text(each) for (each,) in rows]


def described(folder: Path, stamp: str) -> dict[str, bytes] | None:
    """The hash of each release's words, by its id; None as above."""
    rows = _ask(folder, stamp, "select id, content from release", ())
    return None if rows is None else {_text(each): content for each, content in rows}


def _text(value: Any) -> str:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else str(value)


def _ask(
    folder: Path, stamp: str, question: str, values: tuple[str, ...]
) -> list[tuple[Any, ...]] | None:
    path = (folder / NAME).absolute()
    try:
        state = path.stat()
        if not _is_sound(folder, stamp, state.st_mtime_ns, state.st_ino):
            return None
    except OSError:
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as database:
            database.execute("begin")
            about = dict(database.execute("select name, value from about").fetchall())
            if about.get("format") != FORMAT or not stamp or about.get("stamp") != stamp:
                return None
            return database.execute(question, values).fetchall()
    except sqlite3.Error:
        return None


@lru_cache(maxsize=4)
def _is_sound(folder: Path, stamp: str, modified_ns: int, inode: int) -> bool:  # noqa: ARG001
    """Whether the catalogue is as it was written; its bytes are read once for each state of it."""
    return is_sound(folder, stamp) is True
