"""XML of single messages, one or several a file, whose elements say by their names what they hold.

Such a file is no feed: a ministry's publishing system exports it. The names are those of
`record_fields`, and where an element stands once for each language, the language of the message's
own text decides.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import lxml.etree

from index.dates.resolution import FoundDate, read_date
from index.sources.cut_xml import CUT_SHORT, is_cut_short
from index.sources.draft import Damage, Document, Draft, Refusal
from index.sources.html_text import BLOCKS, plain, plain_line
from index.sources.issuers import body_name, is_body
from index.sources.record_draft import language_tag
from index.sources.record_fields import WEAK_AGENCY, bare, place_among

MAX_MESSAGES = 100_000
"""Messages of one file."""

_LEAD = ("lead", "teaser", "abstract", "summary", "description", "subtitle", "kicker")
_RECORDS = frozenset(
    ("message", "release", "pressrelease", "news", "newsitem", "article", "document", "item",
     "record", "entry", "doc", "communique", "statement", "row", "node", "meldung", "mitteilung",
     "pressemitteilung", "comunicado", "noticia", "comunicato", "notizia", "actualite")
)  # fmt: skip
_PARAGRAPHS = frozenset(("para", "simpara"))
"""Parts of a text that stand by themselves beside its headline (DocBook)."""
_NO_HEADLINE = frozenset(("name", "label"))
"""Names of a headline in records that are those of anything in XML."""
_MAY_BE_PERSONS = frozenset(WEAK_AGENCY) - {"publisher", "source", "sourcename", "provider"}
_DATE_ATTRIBUTES = ("norm", "iso", "datetime", "when", "date", "value", "content")
_INLINE = frozenset(("a", "b", "br", "em", "i", "span", "strong", "sub", "sup", "u"))
_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_message_xml(text: str) -> bool:
    """Whether XML has an element for a headline and one for a text; a page of HTML is none."""
    head = text[:200_000]
    if re.search(r"<!DOCTYPE html", head, re.IGNORECASE):
        return False
    if re.search(r"<html\b", head, re.IGNORECASE) and not re.match(r"\s*<\?xml\b", head):
        return False
    names = set(_TAG.findall(head))
    told = any(_place("body", name) is not None or bare(name) in _PARAGRAPHS for name in names)
    return told and any(map(_is_headline, names))


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
    messages = _messages(root)
    if is_cut_short(text):
        yield Damage(document.name, CUT_SHORT)
        messages = _without_cut(messages, text)
    count = 0
    for message in messages:
        for content in _contents(message):
            draft = _draft(message, content)
            if draft is not None:
                count += 1
                yield draft
            if count >= MAX_MESSAGES:
                yield Refusal(document.name, f"more than {MAX_MESSAGES:,} messages; rest left out")
                return
    if not count and messages:
        yield Refusal(document.name, "no element of this XML holds a headline with a text")


def _messages(root: Any) -> list[Any]:
    """The outermost elements that are messages by their name; else the root itself.

    One that holds others and has a headline of its own, but no text, is their list.
    """
    owners: dict[Any, None] = {}
    with_text = set()
    for each in root.iter():
        if _is_headline(_local(each)):
            owner = _record_above(each)
            if owner is not None:
                owners[owner] = None
        elif _place("body", _local(each)) is not None:
            with_text.add(_record_above(each))
    lists = {up for each in owners for up in each.iterancestors() if up not in with_text}
    found = [each for each in owners if each not in lists]
    kept = set(found)
    return [each for each in found if not kept.intersection(each.iterancestors())] or [root]


def _without_cut(messages: list[Any], text: str) -> list[Any]:
    """The messages of a text that is cut short without its last, where that is open at its end."""
    name = _local(messages[-1])
    opened = [found.start() for found in re.finditer(rf"<(?:[\w.-]+:)?{re.escape(name)}\b", text)]
    closed = [found.start() for found in re.finditer(rf"</(?:[\w.-]+:)?{re.escape(name)}\b", text)]
    return messages if max(closed, default=0) > max(opened, default=0) else messages[:-1]


def _record_above(element: Any) -> Any:
    """The nearest element around that is a message by its name."""
    return next((up for up in element.iterancestors() if bare(_local(up)) in _RECORDS), None)


def _contents(message: Any) -> list[Any]:
    """The parts of a message that hold a headline of their own: one for each language."""
    holders = [each.getparent() for each in message.iter() if _is_headline(_local(each))]
    known = {each for each in holders if each is not None}
    holders = [
        each  # a title further inside is that of an attachment
        for each in dict.fromkeys(holders)
        if each in known and not known.intersection(each.iterancestors())
    ]
    languages = {_language(each) for each in holders}
    several = len(holders) > 1 and None not in languages and len(languages) == len(holders)
    return holders if several else sorted(holders, key=_headline_place)[:1]


def _headline_place(holder: Any) -> int:
    """How well the best of the headlines that an element holds itself is named."""
    places = (_place("headline", _local(each)) for each in holder)
    return min(place for place in places if place is not None)


def _draft(message: Any, content: Any) -> Draft | None:
    """The release that a part of a message holds: a headline, a text, a day or a name for it."""
    titled = next((each for each in _named(content, "headline") if _text(each).strip()), None)
    headline = plain_line(_text(titled))
    if not headline:
        return None
    languages = len(_contents(message))
    body = _body(content, titled)
    if not body and languages == 1:
        body = _body(message, titled) or _paragraphs(message)
    dates = _dates(message)
    if not body or not (dates or bare(_local(message)) in _RECORDS):
        return None  # a list of feeds, settings of a program
    language = _language(content) or _language(message)
    agency = _agency(message, language)
    return Draft(
        headline=headline,
        body=body,
        form="message-xml",
        id=_identity(_id(message), language, languages),
        url=_link(message, content),
        language=language_tag(language),
        dates=dates,
        stated_agency=agency,
        stated_agency_rule="xml" if agency else "",
        place=plain_line(_first_text(content, ("city", "place", "location", "ort"))) or None,
    )


def _body(content: Any, titled: Any) -> str:
    """The text of a message, behind its lead; what the headline stands in is no text."""
    around = set(titled.iterancestors())
    lead = plain(_first_text(content, _LEAD))
    texts = (
        plain(_text(each))
        for each in _named(content, "body")
        if bare(_local(each)) not in _LEAD and each not in around
    )
    text = next((each for each in texts if each.strip()), "")
    first, _, rest = text.partition("\n\n")
    if rest and first == plain_line(_text(titled)):
        text = rest
    if not lead or lead in text[: len(lead) + 200]:
        return text
    return f"{lead}\n\n{text}".strip()


def _paragraphs(message: Any) -> str:
    """The paragraphs of a message that has no element for its text."""
    shown = (plain(_text(each)) for each in message.iter() if bare(_local(each)) in _PARAGRAPHS)
    return "\n\n".join(filter(None, shown))


def _id(message: Any) -> str:
    stated = message.get("id") or message.get("guid")
    return stated or next((text for each in _named(message, "id") if (text := _text(each))), "")


def _identity(identity: str, language: str | None, languages: int) -> str | None:
    identity = identity.strip()
    if not identity:
        return None
    return f"{identity}-{language}" if languages > 1 else identity


def _agency(message: Any, language: str | None) -> str | None:
    """The first body that leads (`lead="yes"`) or stands first, in the message's language."""
    holders = _named(message, "agency")
    holders.sort(key=lambda each: each.get("lead") not in ("yes", "true", "1"))
    for holder in holders:
        names = _all(holder, "name") or _all(holder, "title") or [holder]
        names.sort(key=lambda each: each.get("lang") != language)
        for each in names:
            stated = body_name(_text(each) or each.get("literal", ""))
            if stated and (bare(_local(holder)) not in _MAY_BE_PERSONS or is_body(stated)):
                return stated
    return None


def _dates(message: Any) -> tuple[FoundDate, ...]:
    stated = [
        *(text for each in _named(message, "date") for text in _date_texts(each)),
        *(str(value) for name, value in message.items() if _place("date", name) is not None),
    ]
    read = (read_date(text.strip(), "feed") for text in stated)
    found = [each for each in read if each is not None]
    days = (each for each in found if each.precision == "day")
    return tuple(found and [next(days, found[0])])


def _date_texts(element: Any) -> list[str]:
    """What a date may stand in: its element, or an attribute of it."""
    attributes = (element.get(name) for name in _DATE_ATTRIBUTES)
    return [
        *([_text(element)] if len(element) == 0 else []),
        *(text for text in attributes if text),
    ]


def _link(message: Any, content: Any) -> str | None:
    """The address that a message states, or has for its name."""
    own = [child for part in (content, message) for child in part]
    links = [
        _text(each).strip() or each.get("href", "")
        for field in ("url", "id")
        for each in own
        if _place(field, _local(each)) is not None
    ]
    return next((link for link in links if re.match(r"https?://\S+$", link)), None)


def _first_text(element: Any, names: tuple[str, ...]) -> str:
    """The text of the first descendant that has the best of these names and a text."""
    texts = (_text(each) for name in names for each in _all(element, name) if each is not element)
    return next((text for text in texts if text.strip()), "")


def _named(element: Any, field: str) -> list[Any]:
    """The descendants that are named as a field is, the best names first."""
    placed = [(_place(field, _local(each)), each) for each in element.iterdescendants()]
    known = [(place, each) for place, each in placed if place is not None]
    return [each for _, each in sorted(known, key=lambda pair: pair[0])]


@lru_cache(maxsize=4096)
def _place(field: str, name: str) -> int | None:
    """Where the name of an element stands among those of a field; None for none of them."""
    if field == "headline" and bare(name) in _NO_HEADLINE:
        return None
    return place_among(field, name) if name else None


def _is_headline(name: str) -> bool:
    return _place("headline", name) is not None


def _all(element: Any, name: str) -> list[Any]:
    return [each for each in element.iter() if bare(_local(each)) == name]


def _text(element: Any) -> str:
    """What an element holds: its text, or HTML where it has elements inside."""
    if element is None:
        return ""
    return _markup(element) if len(element) else element.text or ""


def _markup(element: Any) -> str:
    """The inside of an element as HTML: others' names for paragraphs and marks are made such."""
    in_line = any(text and text.strip() for text in (element.text, *(c.tail for c in element)))
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        name = bare(_local(child))
        if name and name not in ("script", "style"):
            tag = name if name in BLOCKS or name in _INLINE else "span" if in_line else "p"
            parts.append("<br>" if tag == "br" else f"<{tag}>{_markup(child)}</{tag}>")
        parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


def _language(element: Any) -> str | None:
    for each in (element, *element.iterancestors()):
        found = each.get("lang") or each.get(_XML_LANG) or each.get("language")
        if found:
            return str(found)
    return None


def _local(element: Any) -> str:
    """`{namespace}pub-date` -> `pub-date`; comments and instructions have no name."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
