"""XML of single messages, one or several a file, whose elements say by their names what they hold.

Such a file is no feed: a ministry's publishing system exports it. The names are those of
`record_fields`, and where an element stands once for each language, the language of the message's
own text decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree

from index.dates.resolution import FoundDate, read_date
from index.sources.draft import Document, Draft, Refusal
from index.sources.html_text import plain, plain_line
from index.sources.issuers import body_name
from index.sources.records import language_tag

MAX_MESSAGES = 100_000
"""Messages of one file."""

_HEADLINE = ("headline", "title", "titel", "subject", "heading", "titre", "titolo", "titulo")
_LEAD = ("lead", "teaser", "abstract", "summary", "description", "subtitle", "kicker")
_TEXT = ("text", "body", "content", "fulltext", "bodytext", "message", "html", "article")
_DATE = ("pubdate", "publicationdate", "published", "datepublished", "issued", "dateissued",
         "releasedate", "publishdate", "date", "datum", "created")  # fmt: skip
_AGENCY = ("agency", "originator", "issuer", "publisher", "organisation", "organization",
           "office", "ministry", "department", "source")  # fmt: skip
_LINK = ("url", "link", "permalink", "www", "address")
_RECORDS = ("message", "release", "pressrelease", "news", "newsitem", "article", "document", "item",
            "record", "entry", "doc", "communique", "statement", "row")  # fmt: skip
_NAMED = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(_HEADLINE)})\b", re.IGNORECASE)
_TEXTUAL = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(_TEXT + _LEAD)})\b", re.IGNORECASE)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_message_xml(text: str) -> bool:
    """Whether XML (no HTML) has an element for a headline and one for a text."""
    head = text[:200_000]
    if re.search(r"<html\b|<!DOCTYPE html", head, re.IGNORECASE):
        return False
    return bool(_NAMED.search(head) and _TEXTUAL.search(head))


def read_messages(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """Every message of the file in every language that it has; drafts carry the language."""
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (lxml.etree.LxmlError, ValueError):
        root = None
    if root is None:
        yield Refusal(document.name, "the file cannot be read as XML")
        return
    count = 0
    for message in _messages(root):
        for content in _contents(message):
            draft = _draft(message, content)
            if draft is not None:
                count += 1
                yield draft
            if count >= MAX_MESSAGES:
                yield Refusal(document.name, f"more than {MAX_MESSAGES:,} messages; rest left out")
                return
    if not count:
        yield Refusal(document.name, "no element of this XML holds a headline with a text")


def _messages(root: Any) -> list[Any]:
    """The outermost elements that are messages by their name; else the root itself."""
    found = [
        each
        for each in root.iter()
        if _name(each) in _RECORDS and _find(each, _HEADLINE) is not None
    ]
    inner = set(found)
    return [each for each in found if not any(up in inner for up in each.iterancestors())] or [root]


def _contents(message: Any) -> list[Any]:
    """The parts of a message that hold a headline of their own: one for each language."""
    holders = [each.getparent() for each in message.iter() if _name(each) in _HEADLINE]
    known = {each for each in holders if each is not None}
    holders = [
        each  # a title further inside is that of an attachment
        for each in dict.fromkeys(holders)
        if each in known and not known.intersection(each.iterancestors())
    ]
    languages = {_language(each) for each in holders}
    several = len(holders) > 1 and None not in languages and len(languages) == len(holders)
    return holders if several else holders[:1]


def _draft(message: Any, content: Any) -> Draft | None:
    headline = plain_line(_text(_find(content, _HEADLINE)))
    if not headline:
        return None
    language = _language(content) or _language(message)
    agency = _agency(message, language)
    identity = message.get("id") or message.get("guid") or _text(_find(message, ("id", "guid")))
    return Draft(
        headline=headline,
        body=_body(content),
        form="message-xml",
        id=_identity(identity, language, len(_contents(message))),
        url=_link(message, content),
        language=language_tag(language),
        dates=_dates(message),
        stated_agency=agency,
        stated_agency_rule="xml" if agency else "",
        place=plain_line(_text(_find(content, ("city", "place", "location", "ort")))) or None,
    )


def _body(content: Any) -> str:
    lead = plain(_text(_find(content, _LEAD)))
    text = plain(_text(_find(content, _TEXT)))
    if not lead or lead in text[: len(lead) + 200]:
        return text
    return f"{lead}\n\n{text}".strip()


def _identity(identity: str | None, language: str | None, languages: int) -> str | None:
    identity = (identity or "").strip()
    if not identity:
        return None
    return f"{identity}-{language}" if languages > 1 else identity


def _agency(message: Any, language: str | None) -> str | None:
    """The first body that leads (`lead="yes"`) or stands first, in the message's language."""
    holders = [each for name in _AGENCY for each in _all(message, name)]
    holders.sort(key=lambda each: each.get("lead") not in ("yes", "true", "1"))
    for holder in holders:
        names = _all(holder, "name") or _all(holder, "title") or [holder]
        names.sort(key=lambda each: each.get("lang") != language)
        for each in names:
            stated = body_name(_text(each))
            if stated:
                return stated
    return None


def _dates(message: Any) -> tuple[FoundDate, ...]:
    for name in _DATE:
        for element in _all(message, name):
            found = read_date(_text(element).strip(), "feed")
            if found is not None:
                return (found,)
    return ()


def _link(message: Any, content: Any) -> str | None:
    own = [child for part in (content, message) for child in part if _name(child) in _LINK]
    links = (_text(each).strip() or each.get("href", "") for each in own)
    return next((link for link in links if re.match(r"https?://\S+$", link)), None)


def _find(element: Any, names: tuple[str, ...]) -> Any:
    """The first descendant that has the best of these names and a text; None without one."""
    for name in names:
        for each in _all(element, name):
            if each is not element and _text(each).strip():
                return each
    return None


def _all(element: Any, name: str) -> list[Any]:
    return [each for each in element.iter() if _name(each) == name]


def _text(element: Any) -> str:
    if element is None:
        return ""
    if len(element) == 0:
        return element.text or ""
    return str(lxml.etree.tostring(element, encoding="unicode", with_tail=False))


def _language(element: Any) -> str | None:
    for each in (element, *element.iterancestors()):
        found = each.get("lang") or each.get(_XML_LANG) or each.get("language")
        if found:
            return str(found)
    return None


def _name(element: Any) -> str:
    """`{namespace}Pub-Date` -> `pubdate`; comments and instructions have no name."""
    if not isinstance(element.tag, str):
        return ""
    return re.sub(r"[\W_]+", "", element.tag.rsplit("}", 1)[-1].lower())
