"""What items of feeds in any form have: an identity, an address, a title that names the issuer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from index.addresses import is_web_address, join_address
from index.sources.draft import Refusal
from index.sources.html_text import plain_line
from index.sources.issuers import body_name, is_body
from index.sources.page.title_lines import is_generic, title_parts
from index.text.cleaning import clean

MAX_ITEMS = 100_000
"""Items of one feed; it is said that the rest is left out."""
MAX_ITEM = 5_000_000
"""Characters of one item's text; what follows is dropped."""
_NEWS_FROM = re.compile(
    r"(?i)^(?:(?:the|all|latest|recent|new) )*(?:(?:press|news|media) (?:releases?|statements?"
    r"|notes?)|news|announcements|statements|updates|feed|rss)(?: feed| and \w+)?"
    r" (?:from|of|by|for) (?:the )?"
)
_FEED_WORD = re.compile(
    r"(?i) (?:(?:press|news|media) (?:releases?|room|feed)|newsroom|news|rss|feed|updates)$"
)
_NUMBERED_ONLY = re.compile(r"[\W_]*\d{0,6}[\W_]*")


def rest_left_out(where: str) -> Refusal:
    """What is said of the first item that is one too many."""
    return Refusal(where, f"the feed has more than {MAX_ITEMS:,} items; the rest is left out")


def stable_identity(guid: str, link: str) -> str | None:
    """A guid that identifies an item by itself: no address (the address does that), no counter."""
    if (
        not guid
        or guid == link
        or stated_address(guid)
        or ("/" in guid and not guid.startswith(("tag:", "urn:")))
    ):
        return None
    return None if _NUMBERED_ONLY.fullmatch(guid) or re.search(r"\s", guid) else guid


def absolute(link: str, base: str) -> str | None:
    """The address of an item; a relative one is joined to the feed's own."""
    if not link:
        return None
    return stated_address(join_address(base, re.sub(r"\s", "%20", link.strip())))


def stated_address(value: Any) -> str | None:
    """What a feed states, where that is a whole address of the web."""
    text = clean(str(value or "")).strip()
    return text if is_web_address(text) else None


def first_body(names: Iterable[Any]) -> str | None:
    """The first of some names that is one of a body and of no person."""
    stated = (body_name(str(name)) for name in names if name)
    return next((name for name in stated if name and is_body(name)), None)


def named_in_title(title: str) -> str | None:
    """The body, or else the one thing, that a feed's title names beside `News` and the like."""
    line = _NEWS_FROM.sub("", plain_line(re.sub(r"<[^<>]*>", "", title)))
    parts = [part for part in title_parts(line) if not is_generic(part, set())]
    parts = [_without_feed_words(part) for part in parts]
    names = [name for part in parts if (name := body_name(part))]
    bodies = [name for name in names if is_body(name)]
    return bodies[0] if bodies else names[0] if len(names) == 1 else None


def _without_feed_words(part: str) -> str:
    """A part of a title without the `News` or `RSS feed` at its end, one word after the other."""
    while (shorter := _FEED_WORD.sub("", part).rstrip()) != part:
        part = shorter
    return part
