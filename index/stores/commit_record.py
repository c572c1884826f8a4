"""The commit record: the segments of an index after a commit, as checked JSON, written twice.

`dateline-<generation>.commit` is the only file that says what an index holds. It is read as data,
never run, and either of its two copies is enough.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from index.codec.files import Component, Seal
from index.errors import MEND, DamagedIndexError, DatelineError, NoIndexError
from index.facet_table import Facet, facet_of_column
from index.tombstone import Tombstone, read_tombstone

FORMAT = 6
"""Raised whenever an older program could not read what we write, or we what it wrote."""
READ = (FORMAT, 5, 4)
"""Formats that are read. Up to 5 fewer languages were stemmed, so an index that holds one of the
others is made anew. In 4 heads of documents lay with their texts, which a segment says."""
MAX_BYTES = 1 << 28
"""Bytes of a commit record: some twenty million deleted documents."""
MAX_TRIES = 20
"""Commits that may come while a record is read, before a reader gives up."""
_NAME = re.compile(r"dateline-(\d{1,18})\.commit")
_SEGMENT = re.compile(r"dateline_[0-9a-z]{1,64}")
_DIGEST_BYTES = 16


class SegmentRecord(NamedTuple):
    """A segment: `documents` in it, the numbers of those that are `deleted`, and what each of its
    files is (`index.codec.files.Seal`), so that no other file can take its place."""

    name: str
    documents: int
    deleted: tuple[int, ...]
    files: Mapping[Component, Seal]


class CommitRecord(NamedTuple):
    """One commit. `fields`: those of the schema, sorted. `table`: a hash of the table of contents
    that stands beside it for Whoosh, which nothing of ours reads. `facets` are of its columns.
    `tombstones`: what is remembered of releases that were removed."""

    generation: int
    fields: tuple[str, ...]
    segments: tuple[SegmentRecord, ...] = ()
    table: str = ""
    facets: tuple[Facet, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()


class StoredCommit(NamedTuple):
    """A record as it lies in a folder: in which format, and how many of its copies are whole."""

    record: CommitRecord
    path: Path
    digest: str
    copies: int
    format: int


def commit_name(generation: int) -> str:
    """The name of a commit's file."""
    return f"dateline-{generation}.commit"


def generation_of(name: str) -> int | None:
    """The generation that a file is the commit of; None for other files."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else None


def newest_commit(names: Iterable[str]) -> int | None:
    """The newest generation among the names of a folder's files; None where there is no commit."""
    generations = (generation_of(name) for name in names)
    return max((each for each in generations if each is not None), default=None)


def encode(record: CommitRecord, written: int = FORMAT) -> bytes:
    """A record as the bytes of its file: a line of JSON and a line with its hash, twice."""
    body = json.dumps(
        {
            "format": written,
            "generation": record.generation,
            "fields": record.fields,
            "table": record.table,
            **(
                {"facets": [(each.name, each.column) for each in record.facets]}
                if record.facets
                else {}
            ),
            **({"removed": record.tombstones} if record.tombstones else {}),
            "segments": [
                {
                    "name": each.name,
                    "documents": each.documents,
                    "deleted": each.deleted,
                    "files": {part.name.lower(): seal for part, seal in each.files.items()},
                }
                for each in record.segments
            ],
        },
        separators=(",", ":"),
    ).encode()
    return 2 * (body + b"\n" + digest_of(body).encode() + b"\n")


def digest_of(data: bytes) -> str:
    """BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def read_commit(folder: Path) -> StoredCommit | None:
    """The newest commit in a folder; None where there is none.

    :raises NoIndexError: if it is of another format.
    :raises DamagedIndexError: if it cannot be read.
    """
    for _ in range(MAX_TRIES):
        newest = newest_commit(each.name for each in folder.iterdir())
        if newest is None:
            return None
        path = folder / commit_name(newest)
        try:
            with path.open("rb") as file:
                data = file.read(2 * MAX_BYTES)
        except FileNotFoundError:
            continue  # a newer one took its place
        except OSError as error:
            raise DamagedIndexError(f"{path}: cannot be read ({error.strerror})") from error
        return decode(data, path)
    raise DamagedIndexError(f"The index at {folder} changes too often to be read.")


def decode(data: bytes, path: Path) -> StoredCommit:
    """The record in the bytes of a commit's file.

    :raises NoIndexError: if it is of another format.
    :raises DamagedIndexError: if neither copy is whole, or what it says cannot be.
    """
    lines = data.split(b"\n")
    pairs = zip(lines[0:4:2], lines[1:4:2], strict=False)
    whole = [body for body, digest in pairs if digest_of(body).encode() == digest]
    if not whole:
        raise DamagedIndexError(f"{path}: both copies of the commit record are damaged; {MEND}")
    try:
        said = json.loads(whole[0])
        written = said["format"]
        if written not in READ:
            raise NoIndexError(
                f"The index in {path.parent} has format {written}; this version reads "
                f"format {FORMAT}. Use the other version."
            )
        record = _record(said)
    except NoIndexError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError, DatelineError) as error:
        raise DamagedIndexError(f"{path}: says what cannot be ({error})") from error
    if record.generation != generation_of(path.name):
        raise DamagedIndexError(f"{path}: is the record of commit {record.generation}")
    copies = len(whole) if data == encode(record, written) else 1
    return StoredCommit(record, path, digest_of(whole[0]), copies, written)


def _record(said: Any) -> CommitRecord:
    return CommitRecord(
        generation=_count(said["generation"]),
        fields=tuple(map(str, said["fields"])),
        segments=tuple(map(_segment, said["segments"])),
        table=str(said["table"]),
        facets=tuple(_facet(name, column) for name, column in said.get("facets", ())),
        tombstones=tuple(map(read_tombstone, said.get("removed", ()))),
    )


def _segment(said: Any) -> SegmentRecord:
    name, documents = said["name"], _count(said["documents"])
    deleted = tuple(map(_count, said["deleted"]))
    if not _SEGMENT.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a segment")
    if list(deleted) != sorted(set(deleted)) or (deleted and deleted[-1] >= documents):
        raise ValueError(f"{name}: its deleted documents are not in order, or not its own")
    files = {part: said["files"][part.name.lower()] for part in Component}
    seals = {part: Seal(_count(size), _count(check)) for part, (size, check) in files.items()}
    return SegmentRecord(name, documents, deleted, seals)


def _facet(name: Any, column: Any) -> Facet:
    facet = facet_of_column(str(name), str(column))
    if facet.name != name:
        raise ValueError(f"{name!r} is no name of a facet")
    return facet


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 62:
        raise ValueError(f"{value!r} is no count")
    return value
