"""The history of a release in an index: when it first came, when its text changed, former texts.

It stands in the stored record, in front of what the document says, so it lives as that does: in one
commit with the rest, merged, copied, checked and repaired with it. A release that never changed
has the time of its arrival alone.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from index.errors import DamagedIndexError

MAX_VERSIONS = 50
"""Former texts that are kept of a release: a page with a counter in it differs in every run."""
MAX_TEXT = 2_000_000
"""Characters of all former texts of a release together; 97 of 72,623 releases have over 20,000."""
_MAX_BYTES = 16 * MAX_TEXT
"""Bytes that former texts may unpack to: JSON has up to twelve for a character."""


class FormerText(NamedTuple):
    """A text that a release had, and from when to when it was here (UTC, ISO 8601).

    `last_seen` is when another text was found in its place.
    """

    headline: str
    body: str
    first_seen: str
    last_seen: str


class History(NamedTuple):
    """When a release first came, and when its text last changed, both UTC in ISO 8601.

    `changed` is empty for one that never did; `changes`: how often. `versions` holds its former
    texts, packed (`versions_of`).
    """

    first_indexed: str
    changed: str = ""
    changes: int = 0
    versions: str = ""

    @property
    def arrived(self) -> str:
        """When its text, as it is now, came here."""
        return self.changed or self.first_indexed

    def to_stored(self) -> dict[str, Any]:
        """The stored fields: the time of arrival, and the others if they say something."""
        if not any(self[1:]):  # as of nearly all
            return {"first_indexed": self.first_indexed}
        said = {name: value for name, value in self._asdict().items() if value}
        return {"first_indexed": self.first_indexed, **said}


def history_of(stored: Mapping[str, Any]) -> History:
    """The history in the stored fields of a release."""
    return History(
        stored["first_indexed"],
        stored.get("changed", ""),
        stored.get("changes", 0),
        stored.get("versions", ""),
    )


def changed_at(stored: Mapping[str, Any], now: str) -> History:
    """The history of a release whose stored text has another one in its place from now on.

    Of too many former texts the first one and the newest stay.
    """
    before = history_of(stored)
    former = FormerText(stored["headline"], stored["body"], before.arrived, now)
    versions = _bounded([*versions_of(before.versions), former])
    return History(before.first_indexed, now, before.changes + 1, _packed(versions))


def versions_of(packed: str) -> tuple[FormerText, ...]:
    """Former texts, the oldest first.

    :raises DamagedIndexError: for what was not packed here.
    """
    if not packed:
        return ()
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(base64.b64decode(packed, validate=True), _MAX_BYTES)
        versions = tuple(FormerText(*map(str, each)) for each in json.loads(text))
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError) as error:
        raise DamagedIndexError(f"former texts cannot be read ({error})") from error
    return versions


def _bounded(versions: Sequence[FormerText]) -> list[FormerText]:
    first, *others = versions
    room = MAX_TEXT - len(first.headline) - len(first.body)
    kept: list[FormerText] = []
    for each in reversed(others[1 - MAX_VERSIONS :]):
        room -= len(each.headline) + len(each.body)
        if room < 0:
            break
        kept.append(each)
    return [first, *reversed(kept)]


def _packed(versions: Sequence[FormerText]) -> str:
    data = json.dumps(versions, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return base64.b64encode(zlib.compress(data, 6)).decode("ascii")
