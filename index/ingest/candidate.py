"""What building needs of a release that was just read; its whole record travels packed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import zstandard

from index.identity import address_path, is_copy
from index.release import Release

if TYPE_CHECKING:  # a search opens an index without loading what reads documents
    from index.ingest.completion import Completed

FUTURE_DAYS = 1
"""Days ahead of ours that a date may be without being listed: it is tomorrow already elsewhere."""
EXCERPTS = ("rss", "atom", "json-feed", "rdf", "feed")
"""Forms that often hold the beginning of a release only: a page is never replaced by one."""

HASH_BYTES = 16
_SETTLED = ("id", "aliases", "source_file", "fetched_at")
"""Fields that merging settles, or in which two readings of the same differ."""
_HASHED = tuple(each.name for each in fields(Release) if each.name not in _SETTLED)


class Marks(NamedTuple):
    """What merging compares beside the words.

    `rank`: what a reading is worth (0 an excerpt or a bare headline, 1 a copy, 2 the page itself).
    `richness`: how much a record states. `by_content`: whether the id comes from the words only.
    `path`: stands for the address without its host, None where there is none.
    """

    rank: int
    richness: int
    by_content: bool
    path: int | None


class Candidate(NamedTuple):
    """A release as read. `record_hash` leaves out its id; `member` is its source without the file.

    `given`: the record states the id. `future`: the headline, where the date is ahead of today.
    `packed`: the record for `unpack`; its body has so many `characters`.
    """

    id: str
    given: bool
    record_hash: bytes
    content_hash: bytes
    date: str | None
    language: str
    marks: Marks
    member: str
    notes: tuple[str, ...]
    future: str | None
    packed: bytes
    characters: int


def candidate_of(completed: Completed) -> Candidate:
    """A completed release, packed."""
    release = completed.release
    text = record_text(release)
    return Candidate(
        id=release.id,
        given=completed.identity_rule == "given",
        record_hash=hash_of(text),
        content_hash=bytes.fromhex(release.content_hash)[:HASH_BYTES],
        date=release.date,
        language=release.language,
        marks=marks_of(release, by_content=completed.identity_rule == "content"),
        member=release.source_file,
        notes=completed.notes,
        future=_future(release),
        packed=_packer.compress(_with_time(text, release.fetched_at)),
        characters=len(release.body),
    )


def record_text(release: Release) -> bytes:
    """The record as JSON, without what merging settles or readings of the same differ in."""
    record: dict[str, Any] = {name: getattr(release, name) for name in _HASHED}
    record["agency"] = release.agency._asdict()
    for name in ("agencies_mentioned", "photos", "translations"):
        record[name] = [each._asdict() for each in record[name]]
    return _encoder.encode(record).encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> dict[str, Any]:
    """The record that a candidate holds: all but `id`, `aliases` and `source_file`."""
    text = zstandard.ZstdDecompressor().decompress(packed)
    record: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    return record


def _with_time(text: bytes, fetched_at: str | None) -> bytes:
    return text[:-1] + b',"fetched_at":' + json.dumps(fetched_at).encode() + b"}"


def hash_of(text: bytes) -> bytes:
    """BLAKE2b of a record's text, to tell whether a release has changed."""
    return hashlib.blake2b(text, digest_size=HASH_BYTES).digest()


def marks_of(release: Release, by_content: bool | None = None) -> Marks:
    """The marks of a release; for one of the index, its id shows what it came from."""
    path = address_path(release.url)
    stated = (
        release.url, release.issued_at, release.photos, release.translations, release.place,
        release.date, release.date_precision == "day", release.agency_rule != "none",
    )  # fmt: skip
    return Marks(
        _rank(release),
        sum(map(bool, stated)),
        _looks_derived(release) if by_content is None else by_content,
        None if path is None else _number(path),
    )


def _rank(release: Release) -> int:
    if release.source in EXCERPTS or not release.body.strip():
        return 0
    return 1 if is_copy(release.url) else 2


def _looks_derived(release: Release) -> bool:
    return release.url is None and len(release.id) == 17 and release.id.startswith("c")


def _number(path: str) -> int:
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _future(release: Release) -> str | None:
    if release.date_precision != "day" or release.date is None:
        return None
    ahead = (date.fromisoformat(release.date) - datetime.now(UTC).date()).days
    return release.headline[:100] if ahead > FUTURE_DAYS else None


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_packer = zstandard.ZstdCompressor(level=1)
