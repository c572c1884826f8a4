"""Lines of a text that was broken to a width -> paragraphs, with words joined over line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

MIN_WIDTH, MAX_WIDTH = 45, 110
"""Characters of lines that are broken to a width: plain mails have 60 to 78, A4 in print to 110."""
WIDEST = 0.98
"""Part of the lines that are no wider than the width: a few hold an address that nobody breaks."""
FULL = 0.75
"""Part of that width from which a line goes on in the next one: the next word did not fit."""
MIN_BROKEN = 30
"""Characters of a line that goes on in one that begins small, whatever the width: items of a list
without marks are shorter."""

_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_BULLET = re.compile(r"\s*(?:[•‣◦▪●○■□·*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-\u00ad\u2010]$")
_LOWER = re.compile(r"[^\W\d_]{2,}")
_INDENTED = re.compile(r"\t|\s{4,}\S|\u3000")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what empty lines part, and full lines join."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    width = _width([line for group in groups for line in group])
    return [part for group in groups for part in _parts(group, width, text)]


def join_lines(lines: Sequence[str], text: str = "") -> str:
    """Lines of one paragraph as one; a word cut by a hyphen is whole unless `text` has it so."""
    joined = ""
    for line in (" ".join(each.split()) for each in lines):
        joined = _joined(joined, line, text) if joined else line
    return joined


def _joined(before: str, line: str, text: str) -> str:
    cut = _HYPHEN.search(before)
    rest = _LOWER.match(line)
    if cut and rest and rest[0].islower():
        compound = f"{cut[1]}-{rest[0]}"
        return before + line if compound in text else before[: cut.end(1)] + line
    if _WIDE.match(line[:1]) and _WIDE.match(before[-1:]):
        return before + line
    return f"{before} {line}"


def _width(lines: list[str]) -> int:
    """The width that lines are broken to, 0 where they are not."""
    lengths = sorted(map(_length, lines))
    widest = lengths[ceil((len(lengths) - 1) * WIDEST)] if lengths else 0
    return widest if MIN_WIDTH <= widest <= MAX_WIDTH else 0


def _length(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


def _parts(lines: list[str], width: int, text: str) -> list[str]:
    parts: list[list[str]] = []
    for number, line in enumerate(lines):
        new = number == 0 or _BULLET.match(line) or _INDENTED.match(line)
        if new or not (_is_full(lines[number - 1], width) or _goes_on(lines[number - 1], line)):
            parts.append([])
        parts[-1].append(line)
    return [join_lines(part, text) for part in parts]


def _is_full(line: str, width: int) -> bool:
    return bool(width) and _length(line.strip()) >= FULL * width


def _goes_on(line: str, below: str) -> bool:
    """Whether a sentence that is not at its end goes on in a line that begins small."""
    line = line.strip()
    if not below[:1].islower() or not MIN_BROKEN <= len(line) <= MAX_WIDTH:
        return False
    return line[-1].isalnum() or line[-1] == ","
