"""A body of plain text -> paragraphs, lists and tables, with or without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

MAX_CELLS = 50
"""Columns of a table; further cells stay with the last one."""


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """A piece of a body. `kind`: paragraph (lines), list, numbered (items) or table (rows)."""

    kind: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The block as plain text: a line for each line, item or row."""
        lines = self.lines or tuple("\t".join(row) for row in self.rows)
        return "\n".join(lines)


def body_blocks(body: str) -> Iterator[BodyBlock]:
    """The blocks of a body, from the white space that `Release` describes."""
    for block in re.split(r"\n(?:[ \t]*\n)+", body.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        for kind, group in groupby(lines, key=_line_kind):
            found = list(group)
            if kind == "table":
                yield BodyBlock(kind, rows=_table(found))
            else:
                yield BodyBlock(kind, lines=tuple(line.strip() for line in found))


def marked_blocks(html: str) -> Iterator[BodyBlock]:
    """The blocks of a body that is escaped text and `<mark>`, as the engine gives it.

    A mark that spans lines or cells is parted, for each is an element of its own.
    """
    parted = re.sub(r"<mark>(.*?)</mark>", _parted, html, flags=re.DOTALL)
    for block in body_blocks(parted):
        yield BodyBlock(
            block.kind,
            tuple(map(_safe, block.lines)),
            tuple(tuple(map(_safe, row)) for row in block.rows),
        )


def _parted(match: re.Match[str]) -> str:
    pieces = re.split(r"(\A\s+|\s+\Z|[ \r]*[\n\t\v]\s*)", match[1])
    return "".join(
        piece if index % 2 or not piece else f"<mark>{piece}</mark>"
        for index, piece in enumerate(pieces)
    )


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - escaped text and <mark> by contract


def _line_kind(line: str) -> str:
    if line.startswith("\t"):
        return "list"
    if line.startswith("\v"):
        return "numbered"
    return "table" if "\t" in line.strip() else "paragraph"


def _table(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    """Rows of equal length; a short one is filled up with empty cells."""
    rows = [tuple(cell.strip() for cell in line.split("\t", MAX_CELLS - 1)) for line in lines]
    width = max(map(len, rows))
    return tuple(row + ("",) * (width - len(row)) for row in rows)
