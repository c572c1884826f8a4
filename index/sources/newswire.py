"""Newswire text: several releases a file, each under its headline, twice, and a line of stars.

    Country – HEADLINE

    HEADLINE

    ********
    body

The first headline has the place before it. Releases are parted where all three stand together:
a dash alone, or stars alone, are found in bodies too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.same_text import letters_of
from index.sources.draft import Document, Draft, Refusal
from index.sources.hongkong.footer import split_footer
from index.text.cleaning import clean

MAX_HEADLINE = 1_000
"""Characters of a headline; a longer line above stars is text."""
MAX_PLACE = 60
"""Characters before the dash of a headline that may be a place."""
LONGEST_BAR = 90
"""A bar has as many stars as the headline has characters, up to this many."""
FEWEST_STARS = 3
FEWEST_TELLING = 8
"""Stars from which on a bar that is as long as the line above tells that this is a headline."""
MAX_LEAD = 200_000
"""Characters of a text within which its first release starts."""

_BAR = re.compile(rf"[^\S\n]*[*＊](?:[^\S\n]?[*＊]){{{FEWEST_STARS - 1},}}[^\S\n]*\Z")
_DASH = re.compile(r"\s*(?:[–—―─－]|--?|(?<=\s)[-:|](?=\s)|:)\s*")


def recognise(text: str) -> bool:
    """Whether a text is newswire copy: its releases are parted as the module says."""
    if text.lstrip()[:1] in ("<", "{", "["):
        return False
    blocks = _blocks(clean(text[:MAX_LEAD]))
    starts = _starts(blocks)
    return any(start.place for start in starts) or bool(starts and starts[0].first == 0)


def read(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """The releases of a text in their order, and a refusal for every stretch that is none."""
    blocks = _blocks(clean(text))
    starts = _starts(blocks)
    before = blocks[: starts[0].first] if starts else blocks
    if before:
        yield _refusal(
            document, 0, before[0], "stands before the first headline with stars under it"
        )
    ends = [*(start.first for start in starts[1:]), len(blocks)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), 1):
        body, footer = split_footer("\n\n".join(blocks[start.body : end]))
        if not body:
            yield _refusal(document, number, start.headline, "is a headline that no text follows")
            continue
        yield Draft(
            headline=start.headline,
            body=body,
            form="newswire",
            place=start.place,
            dates=(footer,) if footer else (),
            notes=start.notes,
        )


class _Start(NamedTuple):
    """Where a release starts: the numbers of its first block and of the first one of its body."""

    first: int
    body: int
    headline: str
    place: str | None
    notes: tuple[str, ...] = ()


def _blocks(text: str) -> list[str]:
    """Paragraphs: what blank lines, bars or indented lines part. A bar is a block of its own."""
    blocks: list[str] = []
    running = False
    for raw in text.split("\n"):
        line = raw.strip()
        bar = _BAR.match(raw) is not None
        indented = re.match(r"[\u00a0\u3000 ]{2,}|\t", raw) is not None
        if line and running and not bar and not indented:
            blocks[-1] += "\n" + line
        elif line:
            blocks.append(line)
        running = bool(line) and not bar
    return list(_parted(blocks))


def _parted(blocks: list[str]) -> Iterator[str]:
    """The blocks, with a line that has the place apart where no empty line stands before it."""
    for number, block in enumerate(blocks):
        text, _, last = block.rpartition("\n")
        following = blocks[number + 1] if number + 1 < len(blocks) else ""
        if text and len(following) <= MAX_HEADLINE and _place_before(last, _line(following)):
            yield text
            yield last
        else:
            yield block


def _starts(blocks: list[str]) -> list[_Start]:
    found: list[_Start] = []
    for number, block in enumerate(blocks):
        floor = found[-1].body if found else 0
        start = None
        if _BAR.match(block):
            start = _above_bar(blocks, number, floor, {each.place for each in found})
        elif number + 1 < len(blocks) and not _BAR.match(blocks[min(number + 2, len(blocks) - 1)]):
            start = _without_bar(blocks, number)
        if start is not None:
            found.append(start)
    return found


def _above_bar(blocks: list[str], bar: int, floor: int, places: set[str | None]) -> _Start | None:
    """The release that a bar opens, if the blocks above it are its headline."""
    if bar - 1 < floor or len(blocks[bar - 1]) > MAX_HEADLINE:
        return None
    headline = _line(blocks[bar - 1])
    if bar - 2 >= floor and len(blocks[bar - 2]) <= MAX_HEADLINE + MAX_PLACE:
        prefix = _line(blocks[bar - 2])
        place = _place_before(prefix, headline)
        if place:
            return _Start(bar - 2, bar + 1, headline, place)
        place = _split_place(prefix)[0]
        if place in places and place and _fits(blocks[bar], headline):
            note = "The line with the place has another headline than the one over the stars."
            return _Start(bar - 2, bar + 1, headline, place, (note,))
    if not _fits(blocks[bar], headline):
        place, rest = _split_place(headline)
        if not place or not _fits(blocks[bar], rest):
            return None
        note = "The headline stands once, with the place before it."
        return _Start(bar - 1, bar + 1, rest, place, (note,))
    return _Start(bar - 1, bar + 1, headline, None, ("No line with a place stands before it.",))


def _without_bar(blocks: list[str], number: int) -> _Start | None:
    """A release whose stars are lost: a place with a headline, and the same headline again."""
    if len(blocks[number]) > MAX_HEADLINE + MAX_PLACE or len(blocks[number + 1]) > MAX_HEADLINE:
        return None
    prefix, headline = _line(blocks[number]), _line(blocks[number + 1])
    if len(headline) < 10:
        return None
    place = _place_before(prefix, headline)
    if not place:
        return None
    return _Start(number, number + 2, headline, place, ("The line of stars is missing.",))


def _place_before(prefix: str, headline: str) -> str | None:
    """The place of `place – headline`, for a headline that is known; None if it is not that."""
    sought = letters_of(headline)
    if not sought or not 0 < len(prefix) - len(headline) <= MAX_PLACE + 10:
        return None
    for dash in _DASH.finditer(prefix, 0, MAX_PLACE + 10):
        near = abs(len(prefix) - dash.end() - len(headline)) <= 10
        if near and dash.start() and letters_of(prefix[dash.end() :]) == sought:
            return prefix[: dash.start()].strip()[:MAX_PLACE]
    return None


def _split_place(line: str) -> tuple[str | None, str]:
    """A line cut at its first dash, if what stands before it is short enough to be a place."""
    dash = re.search(r"\s+[–—―─-]\s+|[–—―─－]+", line[: MAX_PLACE + 10])
    if (
        dash is None
        or not 1 < dash.start() <= MAX_PLACE
        or any(map(str.isdigit, line[: dash.start()]))
    ):
        return None, line
    return line[: dash.start()].strip(), line[dash.end() :].strip()


def _fits(bar: str, headline: str) -> bool:
    """Whether a bar is as long as bars over this headline are."""
    stars = len(re.findall(r"[*＊]", bar))
    return stars >= FEWEST_TELLING and abs(stars - min(len(headline), LONGEST_BAR)) <= 1


def _line(block: str) -> str:
    return " ".join(block.split())


def _refusal(document: Document, number: int, start: str, reason: str) -> Refusal:
    where = f"{document.name}, release {number}" if number else document.name
    shown = _line(start)
    return Refusal(f"{where} (“{shown[:80]}{'…' if len(shown) > 80 else ''}”)", reason)
