"""XML that was cut short: whether it was, and what of it is whole."""

from __future__ import annotations

import re

CUT_SHORT = (
    "ends before the end of its XML; it may be cut short, so fetch it anew; what is whole was kept"
)
"""What is said of it."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,100})[^<>]{0,5000}>?")
_ITEM_END = re.compile(r"</(?:\w{1,50}:)?(?:item|entry)\s*>", re.IGNORECASE)


def is_cut_short(text: str) -> bool:
    """Whether the first element of XML is nowhere closed, nor what holds all items of RSS 2.0."""
    root = _ROOT.search(_COMMENT.sub("", text[:20_000]))
    if root is None or root[0].endswith("/>"):
        return False
    closing = rf"</(?:{re.escape(root[1])}|{'channel' if root[1].lower() == 'rss' else '-'})\b"
    return re.search(closing, text, re.IGNORECASE) is None


def of_whole_items(text: str) -> str:
    """A feed that is cut short up to the end of its last whole item: the rest of one would pass for
    all of it, and take the place of what was read before."""
    return text[: max((found.end() for found in _ITEM_END.finditer(text)), default=0)]
