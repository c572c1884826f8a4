"""What the catalogue beside an index says of the words of releases, read without writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from index.stores.catalogue import FORMAT, NAME, is_sound, read_text


def words_in(folder: Path, stamp: str) -> dict[str, bytes] | None:
    """The hash of each release's words, by its id; None without a catalogue that has the stamp.

    A run that is writing, a damaged file or one of another version count as none.
    """
    path = (folder / NAME).absolute()
    if not is_sound(folder, stamp):
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as database:
            database.execute("begin")
            about = dict(database.execute("select name, value from about").fetchall())
            if about.get("format") != FORMAT or not stamp or about.get("stamp") != stamp:
                return None
            rows = database.execute("select id, content from release").fetchall()
    except sqlite3.Error:
        return None
    return {read_text(each): content for each, content in rows}
