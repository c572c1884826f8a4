"""The headings of a page: elements that are headings, or that are called headline or title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from index.addresses import split_address
from index.sources.page.blocks import Block, one_line
from index.sources.page.stock_phrases import MAX_PHRASE, is_phrase
from index.sources.page.title_lines import MAX_HEADLINE

_HOME = frozenset(["/", "./", "index.html", "/index.html", "index.php", "/index.php"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_LEVELS = frozenset("1234")
"""What `aria-level` says of an element whose role is that of a heading."""
_NAMES = ("class", "id", "itemprop")
_HEADING_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:lbl|lit)?(?:head(?:line|ing)|title|titel|titre|subject|h1)(?:$|[\s_-])"
)


def headings_of(blocks: list[Block]) -> list[Block]:
    """Headings in order of level (h1 first), then elements that are called headline or title."""
    found: list[tuple[int, Block]] = []
    for element, group in _by_heading(blocks):
        text = one_line(" ".join(block.text for block in group))
        if 3 < len(text) <= MAX_HEADLINE:
            found.append((level_of(element), group[0]._replace(text=text, element=element)))
    found.sort(key=lambda each: each[0])
    return [block for _, block in found]


def level_of(element: Any) -> int:
    """The level of a heading, 1 to 4; 0 for what is declared the headline, 5 for other elements."""
    if (element.get("itemprop") or "") == "headline":
        return 0
    if element.tag in _HEADINGS:
        return int(element.tag[1])
    stated = element.get("aria-level") if element.get("role") == "heading" else None
    return int(stated) if stated in _LEVELS else 5


def heading_around(element: Any) -> Any | None:
    """The element itself or one around it that is a heading, or is called headline or title."""
    if is_titled(element):
        return element
    each = element
    for up in range(5):
        if each is None:
            return None
        if each.tag in _HEADINGS or each.get("role") == "heading":
            return each
        if up < 2 and any(map(_is_called_heading, map(each.get, _NAMES))):
            return each
        each = each.getparent()
    return None


def is_titled(cell: Any) -> bool:
    """Whether a cell of a table, as boards show their notices, stands behind the word for title."""
    label = cell.getprevious() if cell.tag in ("td", "dd") else None
    return label is not None and is_phrase("title", one_line(label.text_content())[:MAX_PHRASE])


def leads_home(heading: Block) -> bool:
    """Whether a heading is the link to the home page, with the site's name or logo in it."""
    links = list(heading.element.iter("a")) if 10 * heading.linked > 9 * len(heading.text) else []
    address = split_address(links[0].get("href") or "#") if links else None
    if address is None or address.query or address.fragment:
        return False
    return address.path in _HOME or bool(address.netloc and not address.path)


def _by_heading(blocks: list[Block]) -> Iterator[tuple[Any, list[Block]]]:
    """Runs of lines that stand in one heading element (`<br>` parts a headline into lines)."""
    current: Any = None
    group: list[Block] = []
    for block in blocks:
        heading = heading_around(block.element)
        if heading is not current and group:
            yield current, group
            group = []
        current = heading
        if heading is not None:
            group.append(block)
    if group:
        yield current, group


@lru_cache(maxsize=1 << 13)
def _is_called_heading(name: str | None) -> bool:
    return name is not None and _HEADING_CLASS.search(name) is not None
