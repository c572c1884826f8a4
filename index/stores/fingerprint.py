"""What deduplication compares of a release: hashes of record and words, and what it is worth."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from index.identity import address_path, id_of_address, is_copy
from index.release import Release
from index.stores.stored_release import HASH_BYTES, record_hash, record_of

EXCERPTS = ("rss", "atom", "json-feed", "rdf", "feed")
"""Forms that often hold the beginning of a release only: a page is never replaced by one."""
_BOTH_SCRIPTS = {"zh-Hant", "zh-Hans"}


class Fingerprint(NamedTuple):
    """A release in some hundred bytes.

    `record_hash` leaves out its id and what two readings of the same differ in. `rank`: what a
    reading is worth (0 an excerpt or a bare headline, 1 a copy, 2 the page itself). `richness`: how
    much a record states. `by_content`: whether the id comes from the words only. `path`: stands for
    the address without its host, None where there is none; with `by_content` for the whole address,
    which several releases claim (`contested_address`).
    """

    record_hash: bytes
    content_hash: bytes
    date: str | None
    language: str
    rank: int
    richness: int
    by_content: bool
    path: int | None


def fingerprint_of(
    release: Release, record: bytes | None = None, *, by_content: bool | None = None
) -> Fingerprint:
    """The fingerprint of a release.

    :param record: its record, if that is at hand.
    :param by_content: for a release of the index it is left out: its id shows what it came from.
    """
    derived = _looks_derived(release) if by_content is None else by_content
    path = address_path(release.url)
    stated = (
        release.url, release.issued_at, release.photos, release.translations, release.place,
        release.date, release.date_precision == "day", release.agency_rule != "none",
    )  # fmt: skip
    return Fingerprint(
        record_hash=record_hash(record or record_of(release)),
        content_hash=bytes.fromhex(release.content_hash)[:HASH_BYTES],
        date=release.date,
        language=release.language,
        rank=_rank(release),
        richness=sum(map(bool, stated)),
        by_content=derived,
        path=_path(release.url, path, derived=derived),
    )


def contested_address(release_id: str) -> int:
    """What stands for an address that several releases claim, by the id that it would give."""
    return _number(release_id)


def _path(url: str | None, path: str | None, *, derived: bool) -> int | None:
    if url is None or path is None:
        return None
    return contested_address(id_of_address(url)) if derived else _number(path)


def same_release(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two releases with different ids are one: the same words, of days that agree.

    If both ids come from addresses, these must be the same path on two hosts. In Traditional and in
    Simplified characters it is two releases, whose words compare as the same.
    """
    if one.content_hash != other.content_hash or {one.language, other.language} == _BOTH_SCRIPTS:
        return False
    mirrored = one.path is not None and one.path == other.path
    alike = one.by_content or other.by_content or mirrored
    return alike and _dates_agree(one.date, other.date)


def _rank(release: Release) -> int:
    if release.source in EXCERPTS or not release.body.strip():
        return 0
    return 1 if is_copy(release.url) else 2


def _looks_derived(release: Release) -> bool:
    return re.fullmatch("c[a-z2-7]{16}", release.id) is not None


def _number(path: str) -> int:
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _dates_agree(one: str | None, other: str | None) -> bool:
    """Whether two dates may mean the same day, as far as each is known."""
    if one is None or other is None:
        return True
    if one.startswith("--") and other.startswith("--"):
        return one == other
    if one.startswith("--") or other.startswith("--"):
        one, other = sorted((one, other))
        return len(other) < 10 or other.endswith(one[2:])
    return one.startswith(other) or other.startswith(one)
