"""A feed in XML as feedparser reads it: without entities of its own, within limits."""

from __future__ import annotations

import html
import re
import sys
from typing import Any

import feedparser

from index.addresses import split_address

MAX_DIGITS = 20
"""Of a reference to a character by its number; Python reads no number of more than 4,300."""
MAX_PERSON = 1_000
"""Characters of a person's or body's name in a feed: feedparser looks for a mail address in it, in
time that grows with the square of its length."""
_DOCTYPE_BEGUN = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)(\w*;?)")
_NUMBERED = re.compile(r"&#([xX][0-9a-fA-F]+|\d+);", re.ASCII)
_BASE = re.compile(r"""(?<=\s)xml:base\s?=\s?(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')""")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_PERSON = re.compile(
    r"(<(?:\w+:)?(?:author|creator|contributor|publisher|owner|name|email|managingeditor|webmaster)"
    rf"\b[^<>]{{0,500}}>\s*(?:<!\[CDATA\[)?[^<\]]{{{MAX_PERSON}}})[^<\]]+",
    re.IGNORECASE,
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def parsed_feed(text: str) -> Any:
    """A feed in XML as feedparser reads it, within our limits; nothing in it is opened."""
    text = _BASE.sub(_real_base, _of_real_characters(text))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _LONG_PERSON.sub(r"\1", without_doctype(text)))
    return feedparser.parse(
        text.encode("utf-8", "replace"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def without_doctype(text: str) -> str:
    """XML without its document type, so that no entity of its own can be expanded.

    The names that HTML has (`&nbsp;`) become their characters, other ones plain text.
    """
    begun = _DOCTYPE_BEGUN.search(text)
    declared = _DOCTYPE.match(text, begun.start()) if begun else None
    if declared is not None:
        text = text[: declared.start()] + text[declared.end() :]
    parts = _CDATA.split(text)
    return "".join(
        part if part.startswith("<![CDATA[") else _NAMED_ENTITY.sub(_entity, part) for part in parts
    )


def _real_base(match: re.Match[str]) -> str:
    """An `xml:base`, if it is an address: with another feedparser takes every link for none."""
    return match[0] if any(split_address(match[1] or match[2])) else ""


def _of_real_characters(text: str) -> str:
    """Text whose references by number are to characters; feedparser raises at others.

    Halves of a character beyond 16 bits (`&#55357;&#56832;`), as some systems write, are joined.
    """
    text = _NUMBERED.sub(_numbered, text)
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _numbered(match: re.Match[str]) -> str:
    digits = match[1].lower()
    if len(digits) > MAX_DIGITS:
        return "\ufffd"
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    if number > sys.maxunicode:
        return "\ufffd"
    return chr(number) if 0xD800 <= number <= 0xDFFF else match[0]


def _entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0]) if match[1].endswith(";") else match[0]
    return character if character != match[0] else "&amp;" + match[1]
