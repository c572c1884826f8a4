"""The Daily Information Bulletin of July 1997 to March 1998: a day's releases on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dates.date_strings import FoundDate, read_date
from index.sources.draft import Document, Draft, Refusal
from index.sources.starred_headline import BAR, headline_above
from index.text.language_detection import detect

_ADDRESS = re.compile(r"/gia/general/dib/\d{4}", re.IGNORECASE)
_NAME = re.compile(r"Daily\s+Information\s+Bulletin", re.IGNORECASE)
_END = re.compile(r"\s*End(?:s|/.*)?\.?\s*\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\A\s*\d{1,3}\s*[.)]\s*(?=\D)")


def recognise(text: str, document: Document) -> bool:
    """Whether a page is a day's bulletin, by its address or its title."""
    return bool(_ADDRESS.search(document.url or "") or _NAME.search(text[:20_000]))


def read(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """The releases of a bulletin's text. All have the date that stands over the first."""
    lines = text.split("\n")
    bars = [number for number, line in enumerate(lines) if BAR.match(line)]
    items = [bar for bar in bars if headline_above(lines[:bar])]
    if not items:
        yield Refusal(document.name, "is a bulletin in which no headline has stars under it")
        return
    date = _date(lines[: items[0]])
    closing = {bar: _closing(lines, bar, items) for bar in items}
    for number, bar in enumerate(items, 1):
        headline = _NUMBER.sub("", headline_above(lines[:bar]))
        body = "\n".join(lines[bar + 1 : closing[bar]]).strip()
        if not body:
            yield Refusal(f"{document.name}, item {number} (“{headline[:80]}”)", "has no text")
            continue
        yield Draft(
            headline=headline,
            body=body,
            form="hong-kong-bulletin",
            id=f"dib-{date.date}-{number}" if date else None,
            url=f"{document.url}#{number}" if document.url else None,
            language="zh-Hant" if detect(body).startswith("zh") else "en",
            dates=(date,) if date else (),
        )


def _closing(lines: list[str], bar: int, bars: list[int]) -> int:
    """The line that ends an item: its `End`, else the headline of the next one."""
    following = next((each for each in bars if each > bar), None)
    for number in range(bar + 1, following or len(lines)):
        if _END.match(lines[number]):
            return number
    if following is None:
        return len(lines)
    headline = following - 1
    while headline > bar and not lines[headline].strip():
        headline -= 1
    while headline > bar and lines[headline].strip():
        headline -= 1
    return headline


def _date(lines: list[str]) -> FoundDate | None:
    found = (read_date(line, "footer") for line in lines)
    return next((each for each in found if each and each.precision == "day"), None)
