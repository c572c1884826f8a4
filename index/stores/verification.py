"""Whether an index in a folder is sound: every file, every record, every number that must agree."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex

from index.codec.segment import verify as verify_segments
from index.errors import DatelineError
from index.release import Release, content_hash
from index.schema import document
from index.stores.folder import open_index

_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error)
_ONE_TERM = ("id", "agency", "date", "language", "content_hash", "source_file")


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the index in a folder, a sentence each; nothing when it is sound.

    Checksums of our own segments, then every stored record: that it reads, that its hash is its
    content's, that it is found under its id, agency, date and language, and that ids are unique.

    :raises NoIndexError: when there is no index to check.
    """
    index = open_index(folder)
    try:
        yield from _damaged_segments(index)
        with index.reader() as reader:
            yield from _records(reader)
    except _DAMAGE as error:
        yield f"the index cannot be read to its end ({type(error).__name__}: {error})"
    finally:
        index.close()


def _damaged_segments(index: FileIndex) -> Iterator[str]:
    try:
        verify_segments(index.storage, index._segments())
    except DatelineError as error:
        yield str(error)


def _records(reader: Any) -> Iterator[str]:
    seen: set[str] = set()
    for number, stored in reader.iter_docs():
        try:
            release = Release.from_dict(stored["release"])
        except _DAMAGE as error:
            yield f"document {number}: its record cannot be read ({error!r})"
            continue
        if release.id in seen:
            yield f"{release.id}: stands in the index twice"
        seen.add(release.id)
        if content_hash(release.headline, release.body) != release.content_hash:
            yield f"{release.id}: its content does not have the hash that it states"
        yield from _terms(reader, number, release, stored["first_indexed"])


def _terms(reader: Any, number: int, release: Release, first_indexed: str) -> Iterator[str]:
    values = document(release, first_indexed)
    for field in _ONE_TERM:
        value = values[field]
        if (field, value) not in reader:
            yield f"{release.id}: the index has no {field} {value!r}"
            continue
        matcher = reader.postings(field, value)
        matcher.skip_to(number)
        if not matcher.is_active() or matcher.id() != number:
            yield f"{release.id}: is not found by its {field} {value!r}"
