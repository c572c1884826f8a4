"""Tables of contents in Whoosh's form, of earlier formats, read without running what they say."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.filedb.structfile import BufferFile

from index.errors import DamagedIndexError

_TABLE = re.compile(r"_MAIN_(\d{1,18})\.toc")
_SEGMENT = re.compile(r"(MAIN|dateline)_[0-9a-z]{1,64}")
MAX_BYTES = 1 << 28
"""Bytes of a table."""


class OldSegment(NamedTuple):
    """A segment of an earlier format: its name, and the numbers of its deleted documents."""

    name: str
    deleted: frozenset[int]


def newest_table(folder: Path) -> tuple[int, Path] | None:
    """Generation and path of the newest table of contents of Whoosh's form; None without one."""
    found = ((_TABLE.fullmatch(path.name), path) for path in folder.iterdir())
    return max(((int(match[1]), path) for match, path in found if match), default=None)


def old_segments(path: Path) -> list[OldSegment]:
    """The segments that a table lists: one of format 3, or the one for stock Whoosh.

    It is a pickle. Of what it names only the segment's own class and sets are made, as plain
    records; everything else is refused, so nothing is run.

    :raises DamagedIndexError: if it cannot be read, or names anything else.
    """
    try:
        data = path.read_bytes()[:MAX_BYTES]
        segments = _HarmlessUnpickler(io.BytesIO(_pickled_segments(data))).load()
        return [_segment(each) for each in segments]
    except Exception as error:
        raise DamagedIndexError(f"{path}: cannot be read ({error})") from error


def _pickled_segments(data: bytes) -> bytes:
    """The last part of a table: sizes of numbers, versions and the schema stand before it."""
    file = BufferFile(memoryview(data))
    for _ in range(3):
        file.read_varint()
    file.read_int()
    file.read_int()
    for _ in range(3):
        file.read_varint()
    size = file.read_varint()
    at = file.tell() + size + 8
    return data[at:]


class _Record:
    """Stands for a segment, and for its codec: it takes attributes and does nothing."""


class _HarmlessUnpickler(pickle.Unpickler):
    """Makes plain records and sets, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        known: dict[tuple[str, str], Any] = {
            ("index.codec.segment", "DatelineSegment"): _Record,
            ("index.codec.whoosh_codec", "DatelineCodec"): _Record,
            ("copy_reg", "_reconstructor"): _reconstructed,
            ("copyreg", "_reconstructor"): _reconstructed,
            ("__builtin__", "object"): object,
            ("builtins", "object"): object,
            ("__builtin__", "set"): set,
            ("builtins", "set"): set,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"it names {module}.{name}, which no index of ours does")
        return known[module, name]


def _reconstructed(kind: Any, base: Any, state: Any) -> _Record:  # noqa: ARG001, as pickle calls it
    if kind is not _Record:
        raise pickle.UnpicklingError(f"it makes a {kind}")
    return _Record()


def _segment(record: Any) -> OldSegment:
    about = vars(record)
    name, deleted = f"{about['indexname']}_{about['segid']}", about["_deleted"]
    if not _SEGMENT.fullmatch(name) or not all(type(each) is int for each in deleted):
        raise ValueError("a segment is not described as one")
    return OldSegment(name, frozenset(deleted))
