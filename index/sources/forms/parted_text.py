"""Plain text of several releases, one below the other: what parts them, and each by itself.

They are parted by rules (`=====`), form feeds, the mark that ends a release (`###`, `-30-`), or
begin with the name of the same field (`Title: ...`). The same marks stand inside single releases,
so a text is only cut where at least two of its parts state a headline and a day of their own; a
part that states none goes on with the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from index.sources.draft import Document, Draft, Refusal
from index.sources.forms import labelled_text, plain_text
from index.sources.page.lines import is_end_mark, is_sentence
from index.sources.reader import DocumentReader, Opened, ReadOptions

MAX_PARTS = 20_000
"""Parts of one text."""
MAX_MARK = 200
"""Characters of a line that may part releases."""
MAX_HEADLINE = 250
"""Characters of the headline of a part."""
_RULE = re.compile(r"([=*_~#%+-])(?:[ \t]?\1){2,}")
_KINDS = "\f=*_~#%+-"
_END, _NAME = "end", "name"
_LABEL = re.compile(r"([^\W\d_][^:：\n]{0,40})[:：]")


def _recognise(opened: Opened) -> bool:
    if not plain_text.READER.recognise(opened):
        return False
    return any(map(_kind_of, opened.text.split("\n"))) or _first_label(opened.text) is not None


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal | Document]:
    releases: list[_Part] = []
    if len(opened.text) <= plain_text.MAX_TEXT:
        releases = _releases(opened, options)
    if not releases:
        yield from _whole(opened, options)
    for each in releases:
        found = each.found or _read_part(each.text, opened.document, options)
        yield from found


def _whole(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal | Document]:
    labelled = labelled_text.READER.recognise(opened)
    reader = labelled_text.READER if labelled else plain_text.READER
    yield from reader.read(opened, options)


class _Part(NamedTuple):
    """A part of a text that opens a release, and what was read of it; nothing where other parts go
    on with it."""

    text: str
    found: tuple[Draft | Refusal | Document, ...] = ()


def _releases(opened: Opened, options: ReadOptions) -> list[_Part]:
    """The releases of a text, by the first kind of mark that parts several; else none."""
    lines = opened.text.replace("\r\n", "\n").replace("\f", "\n\f\n").split("\n")
    found = [_kind_of(line) for line in lines]
    held = set(found)
    ways = [(kind, found) for kind in (*_KINDS, _END) if kind in held]
    label = _first_label(opened.text)
    if label is not None:
        ways.append((_NAME, [_NAME if line.startswith(label) else None for line in lines]))
    for kind, kinds in ways:
        releases = _joined(_cut(lines, kinds, kind), opened.document, options)
        if len(releases) > 1:
            return releases
    return []


@lru_cache(maxsize=4096)
def _kind_of(line: str) -> str | None:
    """What a line that parts releases is: a rule of some character, a form feed, an end mark."""
    line = line[: MAX_MARK + 1].strip(" \t\r")
    if not line or len(line) > MAX_MARK:
        return None
    if line[0] == "\f":
        return "\f"
    rule = _RULE.fullmatch(line)
    if rule is not None and len(line) > 3:
        return rule[1]
    return _END if is_end_mark(line) else rule[1] if rule else None


def _first_label(text: str) -> str | None:
    """The name of the first field of a text under its fields, where it comes again."""
    label = _LABEL.match(text.lstrip("\ufeff\r\n"))
    return label[0] if label and text.count(f"\n{label[0]}") else None


def _cut(lines: list[str], kinds: list[str | None], kind: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line, found in zip(lines, kinds, strict=True):
        if found != kind or kind in (_END, _NAME):
            parts[-1].append(line)
        if found == kind and len(parts) < MAX_PARTS:
            parts.append([parts[-1].pop()] if kind == _NAME else [])
    return ["\n".join(part).strip("\n") for part in parts]


def _joined(parts: list[str], document: Document, options: ReadOptions) -> list[_Part]:
    """The parts, each that opens a release with those that go on with it."""
    releases: list[_Part] = []
    for part in parts:
        found = _read_part(part, document, options)
        if any(isinstance(each, Draft) and _opens(each) for each in found):
            releases.append(_Part(part, found))
        elif releases and part.strip():
            releases[-1] = _Part(f"{releases[-1].text}\n\n{part}")
        elif len(part) > MAX_HEADLINE:
            return []  # a text goes before the first
    return releases


def _read_part(
    part: str, document: Document, options: ReadOptions
) -> tuple[Draft | Refusal | Document, ...]:
    opened = Opened(replace(document, data=part.encode(), content_type=None))
    return tuple(_whole(opened, options)) if plain_text.READER.recognise(opened) else ()


def _opens(draft: Draft) -> bool:
    """Whether a part states a headline and a day above its text."""
    headline = draft.headline
    short = len(headline) <= MAX_HEADLINE and not is_sentence(headline)
    return bool(draft.dates and draft.body and short)


READER = DocumentReader(name="plain text of several releases", recognise=_recognise, read=_read)
