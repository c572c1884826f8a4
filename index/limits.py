"""The limits that reading and building keep, in one table."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

MIB, GIB = 1 << 20, 1 << 30


def _limit(default: int, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large, deep and numerous things may be. Sizes are bytes after unpacking."""

    document_bytes: int = _limit(32 * MIB, "one document; records of a JSONL file are read singly")
    line_bytes: int = _limit(8 * MIB, "one line of a JSONL file")
    depth: int = _limit(4, "containers inside containers (`.tar.gz` counts as two)")
    files: int = _limit(1_000_000, "files of one run, each of which takes some 3 kB of memory")
    members: int = _limit(1_000_000, "members of one file, at all depths together")
    nested_zip_bytes: int = _limit(256 * MIB, "a zip inside a container (kept in memory)")
    package_bytes: int = _limit(64 * MIB, "one office document (.docx, .odt, .xlsx) unpacked")
    expanded_bytes: int = _limit(64 * GIB, "everything that one file of the disk unpacks to")
    expansion_ratio: int = _limit(200, "unpacked size by size on disk, once past `expansion_floor`")
    expansion_floor: int = _limit(64 * MIB, "unpacked size up to which the ratio is not looked at")
    window_bytes: int = _limit(128 * MIB, "memory that a `.zst` or `.xz` stream may ask for")
    body_characters: int = _limit(4_000_000, "text of one release")
    document_seconds: int = _limit(10, "processor time of reading one document")
    seconds_per_mib: int = _limit(10, "and so much more for each MiB of it")
    headline_characters: int = _limit(2_000, "a headline; a longer one is cut and noted")


DEFAULTS = Limits()


def table() -> list[tuple[str, int, str]]:
    """Name, default and meaning of every limit."""
    return [
        (each.name, getattr(DEFAULTS, each.name), each.metadata["about"]) for each in fields(Limits)
    ]
