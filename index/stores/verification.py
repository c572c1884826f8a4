"""Whether an index in a folder is sound: every file, every record, every number that must agree."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.codec.readers import stored_fields
from index.codec.segment import verify as verify_segments
from index.errors import DatelineError
from index.release import Release, content_hash
from index.stores.folder import open_index

_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error)


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the index in a folder, a sentence each; nothing when it is sound.

    Checksums of our own segments, then every stored record: that it reads, that its hash is its
    content's; that the index finds exactly the records with an id, agency, date or language under
    it; and that ids are unique.

    :raises NoIndexError: when there is no index to check.
    """
    index = open_index(folder)
    try:
        verify_segments(index.storage, index._segments())
        with index.reader() as reader:
            yield from _records(reader)
    except DatelineError as error:
        yield str(error)
    except _DAMAGE as error:
        yield f"the index cannot be read to its end ({type(error).__name__}: {error})"
    finally:
        index.close()


def _records(reader: Any) -> Iterator[str]:
    expected: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in reader.all_doc_ids():
        try:
            release = Release.from_stored(stored_fields(reader, number))
        except _DAMAGE as error:
            yield f"document {number}: its record cannot be read ({error!r})"
            continue
        if content_hash(release.headline, release.body) != release.content_hash:
            yield f"{release.id}: its content does not have the hash that it states"
        for term in _terms(release):
            expected[term].append(number)
    yield from _disagreements(reader, expected)


def _terms(release: Release) -> Iterator[tuple[str, str]]:
    yield "id", release.id
    yield "agency", release.agency.slug
    yield "date", release.date or "none"
    yield "language", release.language


def _disagreements(reader: Any, expected: dict[tuple[str, str], list[int]]) -> Iterator[str]:
    for (field, value), numbers in expected.items():
        found = list(reader.postings(field, value).all_ids()) if (field, value) in reader else []
        if found != numbers:
            yield (
                f"{field} {value!r}: the index finds {len(found):,} releases, "
                f"{len(numbers):,} records say so"
            )
        if field == "id" and len(numbers) > 1:
            yield f"{value}: stands in the index {len(numbers)} times"
