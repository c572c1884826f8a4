"""Compound files (MS-CFB) as older Microsoft Office writes them, and two documents in them."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from itertools import pairwise

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


class _File:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.next: list[int] = []
        self.mini = b""
        self.mini_next: list[int] = []
        self.entries: list[list[object]] = []

    def put(self, data: bytes) -> int:
        start, count = len(self.sectors), -(-len(data) // SECTOR)
        for number in range(count):
            piece = data[number * SECTOR : (number + 1) * SECTOR]
            self.sectors.append(piece.ljust(SECTOR, b"\0"))
            self.next.append(start + number + 1 if number < count - 1 else END)
        return start if count else END

    def put_small(self, data: bytes) -> int:
        start, count = len(self.mini_next), -(-len(data) // MINI)
        self.mini += data.ljust(count * MINI, b"\0")
        self.mini_next += [start + number + 1 for number in range(count - 1)] + [END] * bool(count)
        return start if count else END

    def entry(self, name: str, kind: int, content: bytes | Tree) -> int:
        number = len(self.entries)
        self.entries.append([name, kind, FREE, FREE, FREE, END, 0])
        if isinstance(content, dict):
            inner = [self.entry(key, 1 if isinstance(each, dict) else 2, each)
                     for key, each in content.items()]  # fmt: skip
            self.entries[number][4] = inner[0] if inner else FREE
            for left, right in pairwise(inner):
                self.entries[left][3] = right  # a tree that leans to one side is one as well
        else:
            put = self.put_small if len(content) < CUTOFF else self.put
            self.entries[number][5:] = [put(content), len(content)]
        return number


def _numbers(values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def compound(tree: Tree) -> bytes:
    """The file with these streams and folders."""
    file = _File()
    file.entry("Root Entry", 5, tree)
    file.entries[0][5:] = [file.put(file.mini), len(file.mini)]
    mini_table = file.put(_numbers(file.mini_next + [FREE] * (-len(file.mini_next) % 128)))
    held = b""
    for name, kind, left, right, child, start, size in file.entries:
        wide = str(name).encode("utf-16-le")
        held += wide.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(wide) + 2, kind, 1, left, right, child
        )
        held += bytes(36) + struct.pack("<IQ", start, size)
    directory = file.put(held)
    count = next(n for n in range(1, 100) if len(file.next) + n <= n * 128)
    table = file.next + [0xFFFFFFFD] * count
    table += [FREE] * (count * 128 - len(table))
    first = len(file.sectors)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += _numbers([0, count, directory, 0, CUTOFF, mini_table, 1, END, 0])
    head += _numbers([first + n if n < count else FREE for n in range(109)])
    return head + b"".join(file.sectors) + _numbers(table)


def word(text: str, *, wide: bool = False, flags: int = 0x0200) -> bytes:
    """A document of Word 97 in two pieces, with a field of properties before their table."""
    body, half = text.encode("utf-16-le" if wide else "cp1252"), len(text) // 2
    places = [0x800, 0x800 + half * (2 if wide else 1)]
    main = bytearray(0x800)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, 0xC1, flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    pieces = struct.pack("<III", 0, half, len(text)) + b"".join(
        struct.pack("<HIH", 0, place if wide else place * 2 | 0x40000000, 0) for place in places
    )
    table = b"\x01\x04\x00abcd\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x1A2, 8, len(table))
    return compound(
        {"WordDocument": bytes(main) + body, "1Table": bytes(8) + table, "x": {"y": b"z"}}
    )


def outlook(subject: str, sender: str, day: datetime, text: str, html: bytes = b"") -> bytes:
    """A message as Outlook saves it, to one person."""
    ticks = int((day - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    properties = bytes(32) + struct.pack("<IIQ", 0x00390040, 6, ticks)
    tree: Tree = {
        "__properties_version1.0": properties,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": sender.encode("utf-16-le"),
        "__substg1.0_1000001F": text.encode("utf-16-le"),
        "__recip_version1.0_#00000000": {"__substg1.0_3001001F": "List".encode("utf-16-le")},
    }
    return compound(tree | ({"__substg1.0_10130102": html} if html else {}))
