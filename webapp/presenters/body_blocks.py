"""A body of plain text -> paragraphs, headings, lists, tables, quotations, marked or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby, takewhile

from webapp.presenters.marked import marked

MAX_CELLS = 50
"""Columns of a table; further cells stay with the last one."""
MAX_LEVEL, MAX_NESTED = 3, 20
"""Levels of subheadings, and of lists inside lists, that are shown as such."""
SHORT_LINE = 40
"""Characters up to which a line does not show whether a text is wrapped."""
WRAPPED_AT = 100
"""Characters that lines have at the most in texts wrapped for terminals and paper (72 to 80)."""

MARK_ID = r'<mark id="(m\d+)">'
"""What a mark of a body begins with, and its anchor."""
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_ENDS = (".", "!", "?", ":", ";", "”", '"', ")", "。", "！", "？", "：", "；", "」", "）")


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list, with the lists inside it: of each, whether it is numbered, its items."""

    text: str
    lists: tuple[tuple[bool, tuple[ListItem, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """A piece of a body. `kind`: paragraph, quote, preformatted (lines), heading (lines, with its
    `level` from 1), list, numbered (lines, as a tree in `items`) or table (rows, those of column
    headers in `headers`)."""

    kind: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    items: tuple[ListItem, ...] = ()
    level: int = 0

    @property
    def text(self) -> str:
        """The block as plain text: a line for each line, item or row."""
        lines = self.lines or tuple("\t".join(row) for row in (*self.headers, *self.rows))
        return "\n".join(lines)


def body_blocks(body: str) -> Iterator[BodyBlock]:
    """The blocks of a body, from the white space that `Release` describes.

    Where no blank line parts a text, and its lines are not wrapped, each line is a paragraph.
    """
    return _blocks(body, lines_apart=_lines_apart(body))


def marked_blocks(html: str, body: str) -> Iterator[BodyBlock]:
    """The blocks of a body that is escaped text and `<mark>`, as the engine gives it.

    A mark that spans lines or cells is parted, for each is an element of its own. Marks have
    anchors, `m1`, `m2` and so on.

    :param body: the same without marks, whose blocks these are.
    """
    parted = re.sub(r"<mark>(.*?)</mark>", _parted, html, flags=re.DOTALL)
    numbers = count(1)
    parted = re.sub("<mark>", lambda _: f'<mark id="m{next(numbers)}">', parted)
    for block in _blocks(parted, lines_apart=_lines_apart(body)):
        yield replace(
            block,
            lines=tuple(map(marked, block.lines)),
            rows=tuple(tuple(map(marked, row)) for row in block.rows),
            headers=tuple(tuple(map(marked, row)) for row in block.headers),
            items=tuple(map(_marked_item, block.items)),
        )


def paragraphs_at(body: str, lines: Sequence[int]) -> list[int]:
    """The numbers, from 1 on, of the blocks that some lines of a body are in.

    :param lines: from 0 on, none blank.
    """
    if not lines:
        return []
    looked_at = body.split("\n", max(lines) + 1)[: max(lines) + 1]
    lines_apart = len(looked_at) > 1 and _lines_apart(body)
    number, before, numbers = 0, "", []
    for line in looked_at:
        if line.strip():
            kind = _line_kind(line)
            number += kind != before or (lines_apart and kind == "paragraph")
            before = kind
        elif not line.strip(" \t"):
            before = ""
        numbers.append(number)
    return [numbers[line] for line in lines]


def _blocks(body: str, *, lines_apart: bool) -> Iterator[BodyBlock]:
    """Headings are at most one level below the one before: screen readers miss what is skipped."""
    level = 0
    for block in _blocks_as_marked(body, lines_apart=lines_apart):
        if block.kind == "heading":
            level = min(block.level, level + 1)
            yield replace(block, level=level)
        else:
            yield block


def _blocks_as_marked(body: str, *, lines_apart: bool) -> Iterator[BodyBlock]:
    for block in _BLANK_LINES.split(body.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        for kind, group in groupby(lines, key=_line_kind):
            found = list(group)
            stripped = tuple(line.strip() for line in found)
            if kind == "table":
                yield _table(found)
            elif kind in ("list", "numbered"):
                yield BodyBlock(kind, lines=stripped, items=_items(found, 1))
            elif kind == "heading":
                level = len(found[0]) - len(found[0].lstrip("\f"))
                yield BodyBlock(kind, lines=stripped, level=min(level, MAX_LEVEL))
            elif kind == "preformatted":
                yield BodyBlock(kind, lines=tuple(line[2:].rstrip() for line in found))
            elif lines_apart and kind == "paragraph":
                yield from (BodyBlock(kind, lines=(line,)) for line in stripped)
            else:
                yield BodyBlock(kind, lines=stripped)


def _lines_apart(body: str) -> bool:
    """Whether single line breaks part paragraphs: none is parted otherwise, and none is wrapped."""
    body = body.strip("\n")
    if "\n\n" in body:  # most are parted so, which is seen without a look at each line
        return False
    *before_last, _ = body.split("\n")
    if not before_last or _BLANK_LINES.search(body):
        return False
    if any(len(each) > WRAPPED_AT and len(each.strip()) > WRAPPED_AT for each in before_last):
        return True  # seen at one of the first as a rule
    lines = [line for each in before_last if len(line := each.strip()) > SHORT_LINE]
    if not lines:
        return True
    return sum(line.endswith(_ENDS) for line in lines) * 2 > len(lines)


def _parted(match: re.Match[str]) -> str:
    pieces = re.split(r"(\A\s+|\s+\Z|[ \r]*[\n\t\v\f]\s*)", match[1])
    return "".join(
        piece if index % 2 or not piece else f"<mark>{piece}</mark>"
        for index, piece in enumerate(pieces)
    )


def _line_kind(line: str) -> str:
    if "\t" not in line and line[0] not in "\v\f":
        return "paragraph"  # nearly all, told before the looks at what marks the others
    if line.startswith("\t"):
        return "list"
    if line.startswith("\v"):
        return "numbered"
    if line.startswith("\f"):
        marked = {"\f\t": "quote", "\f\v": "preformatted"}.get(line[:2])
        return marked or ("table" if "\t" in line.strip() else "heading")
    return "table" if "\t" in line.strip() else "paragraph"


def _items(lines: list[str], depth: int) -> tuple[ListItem, ...]:
    """Lines of a list as a tree: what has more marks than `depth` is inside the item before it."""
    found: list[ListItem] = []
    for inside, group in groupby(lines, key=lambda line: len(_marks(line)) > depth):
        if not inside:
            found.extend(ListItem(line.strip()) for line in group)
            continue
        if not found:
            found.append(ListItem(""))
        parts = groupby(group, key=lambda line: _marks(line)[depth] == "\v")
        lists = tuple((numbered, _items(list(part), depth + 1)) for numbered, part in parts)
        found[-1] = replace(found[-1], lists=lists)
    return tuple(found)


def _marks(line: str) -> str:
    return line[: len(line) - len(line.lstrip("\t\v"))][:MAX_NESTED]


def _marked_item(item: ListItem) -> ListItem:
    lists = tuple((numbered, tuple(map(_marked_item, items))) for numbered, items in item.lists)
    return ListItem(marked(item.text), lists)


def _table(lines: list[str]) -> BodyBlock:
    """Rows of equal length; a short one is filled up with empty cells."""
    rows = [tuple(cell.strip() for cell in line.split("\t", MAX_CELLS - 1)) for line in lines]
    width = max(map(len, rows))
    filled = tuple(row + ("",) * (width - len(row)) for row in rows)
    heads = len(list(takewhile(lambda line: line.startswith("\f"), lines)))
    return BodyBlock("table", rows=filled[heads:], headers=filled[:heads])
