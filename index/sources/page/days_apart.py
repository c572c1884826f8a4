"""Days that a style sets apart from the text that they touch in the source: lines of their own."""

from __future__ import annotations

from typing import Any

import lxml.etree

from index.sources.page.blocks import one_line
from index.sources.page.date_lines import is_date_line

MAX_DAY = 60
"""Characters of a day with its time of issue in an element of its own."""
MIN_AFTER = 200
"""Characters of the text that goes on after such a day: a line of several values is shorter."""
_CALLED_DAY = lxml.etree.XPath(
    "//span[contains(@class, 'date') or contains(@class, 'time')] | //time"
)
_AROUND = frozenset(["article", "div", "section", "td"])
_GOES_ON = (",", "-", "–", "—", ":", "|", "·", "•")


def set_days_apart(root: Any) -> None:
    """Makes a day a line of its own where it begins a text that is no paragraph:
    `<div><span class="news-date">3.05.2024</span>The pier ...<br>`."""
    for element in _CALLED_DAY(root):
        text = one_line(element.text_content())
        if len(text) <= MAX_DAY and _begins_text(element) and is_date_line(text, None):
            element.tag = "div"


def _begins_text(element: Any) -> bool:
    """Whether an element stands before everything else of a long text, which no mark joins to it
    as it joins a dateline."""
    around = element.getparent()
    if around is None or around.tag not in _AROUND or (around.text or "").strip():
        return False
    if any(map(_holds_text, element.itersiblings(preceding=True))):
        return False
    tails = (each.tail or "" for each in (element, *element.itersiblings()))
    after = one_line(" ".join(tails))
    return len(after) >= MIN_AFTER and not after.startswith(_GOES_ON)


def _holds_text(sibling: Any) -> bool:
    return bool(sibling.text_content().strip() or (sibling.tail or "").strip())
