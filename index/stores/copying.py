"""Copies of an index from one store to another, of whatever kinds, compared by their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from index.codec.stored_document import encode
from index.errors import DatelineError, NoIndexError
from index.facet_table import Facet
from index.stores.store import Store
from index.tombstone import Tombstone


class ReplaceableStore(Store, Protocol):
    """A store that can be filled anew beside what it holds."""

    def apply_anew(
        self, added: Iterable[bytes], facets: Sequence[Facet], tombstones: Sequence[Tombstone]
    ) -> None:
        """An index of these releases in the place of the one that is there, in one commit."""


@dataclass
class RecordsDigest:
    """How many records there are, and the sum of their hashes: the same in whatever order."""

    records: int = 0
    total: int = 0

    def noting(self, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """The records, each noted as it goes by."""
        for each in records:
            content = json.dumps(each, sort_keys=True).encode()
            hashed = hashlib.blake2b(content, digest_size=16).digest()
            self.total = (self.total + int.from_bytes(hashed)) % (1 << 128)
            self.records += 1
            yield each


def copy_records(source: Store, target: Store) -> int:
    """Copy every release, with its history, and what is remembered of others; how many there were.

    The target, which must hold none, gets them in one commit and is read back. Its facets are those
    that it was opened with.

    :raises NoIndexError: for a source without any.
    :raises DatelineError: for a target that holds releases, or did not come out as the source is.
    """
    if next(iter(source.records()), None) is None:
        raise NoIndexError("The source of the copy holds no releases; look at how it is spelt.")
    with target.writing():
        if next(iter(target.records()), None) is not None:
            raise DatelineError(
                "The target of the copy holds releases already; give another folder or address."
            )
        copied = RecordsDigest()
        target.apply([], _encoded(source, copied), None, source.tombstones())
        return _checked(target, copied)


def replace_records(source: Store, target: ReplaceableStore, facets: Sequence[Facet]) -> int:
    """Copy every release into an index beside the target's, which takes its place in one commit.

    :param source: may be the target itself, for other facets.
    :raises DatelineError: for a target that did not come out as the source is.
    """
    with target.writing():
        copied = RecordsDigest()
        target.apply_anew(_encoded(source, copied), facets, source.tombstones())
        return _checked(target, copied)


def _encoded(source: Store, copied: RecordsDigest) -> Iterator[bytes]:
    return (encode(dict(each)) for each in copied.noting(source.records()))


def _checked(target: Store, copied: RecordsDigest) -> int:
    """How many were copied, once they were read back; the catalogue is made anew."""
    found = RecordsDigest()
    for _ in found.noting(target.records()):
        pass
    if found != copied:
        raise DatelineError(
            f"The copy is not what was copied: it holds {found.records:,} releases of "
            f"{copied.records:,}, or others. Delete it, and copy again."
        )
    with target.catalogue():
        return copied.records
