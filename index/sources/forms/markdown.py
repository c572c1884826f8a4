"""Markdown, with front matter (YAML, TOML, JSON) or under a heading: the release that one holds."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from index.errors import UnreadableError
from index.sources import records
from index.sources.day_of_name import day_of_name
from index.sources.draft import Draft, Refusal
from index.sources.forms.as_page import dated, read_marked
from index.sources.html_text import plain_line
from index.sources.reader import DocumentReader, Opened, ReadOptions, needed
from index.sources.record_fields import place_among

FORM = "a Markdown text"
MAX_FRONT = 50_000
"""Characters of front matter."""
MAX_TEXT = 4_000_000
"""Characters of a Markdown text."""

_FRONT = re.compile(
    r"\ufeff?(?P<fence>---|\+\+\+)(?:json|yaml|toml)?[ \t]*\n"
    rf"(?P<front>.{{1,{MAX_FRONT}}}?)\n(?P=fence)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_FIELD = re.compile(r"""(?m)^[ \t{,]*["']?[\w-]+["']?[ \t]*[:=]""")
_LINE = re.compile(
    r"""(?:(?P<name>[^\W\d_][\w -]{0,60}):[ \t]*(?:(["'])(?P<quoted>.*)\2[ \t]*|(?P<value>.*))"""
    r"""|[ \t]*-[ \t].*|[ \t]+\S.*|\#.*)"""
)
"""A line of front matter: a field with its value, or what belongs to the field above."""
_OPEN = re.compile(r"[\[{|>][^\]}]*")
"""A value that goes on below."""
_ASCIIDOC = re.compile(r"\ufeff?= \S[^\n]*\n")
_ASCIIDOC_MARK = re.compile(r"(?m)^:[\w-]{1,60}:[^\n]*\n|^(={1,5})(?= \S)")
"""A line of its settings, or the mark of a heading."""
_SETTING = re.compile(r"(?m)^:([\w-]{1,60}):[ \t]*(\S[^\n]{0,500})$")
_TAG = re.compile(r"(?m)^[ \t]*\{(?:%[^\n{}]{1,500}%|\{<[^\n{}]{1,500}>\})\}[ \t]*$")
"""A line for what builds the site (`{% include nav.html %}`, `{{< figure >}}`)."""
_HEADING = re.compile(r"\ufeff?\s*#{1,2} \S")
_NAME = re.compile(r"(?i)\.(?:md|markdown|mkd|mdx|qmd)$")


def _recognise(opened: Opened) -> bool:
    text = opened.text[: MAX_FRONT + 100]
    front = _FRONT.match(text)
    if front is not None:
        return bool(_FIELD.search(front["front"]))
    if _ASCIIDOC.match(text):
        return True
    return bool(_NAME.search(opened.document.name) and not text.lstrip().startswith("<!")) or bool(
        _HEADING.match(text)
    )


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    if len(opened.text) > MAX_TEXT:
        yield Refusal(opened.document.name, f"has more than {MAX_TEXT:,} characters; split it")
        return
    text = opened.text.replace("\r\n", "\n")
    record, start = _settings(text), 0
    if not record:
        text = _without_asciidoc(text)
        record, start = _front_matter(text)
    markup = _rendered(_TAG.sub("", text[start:]) if start else _without_asciidoc(text))
    draft = _of_record(record, markup, opened, options) if record else None
    if draft is not None:
        yield draft
        return
    stated = {key.lower(): str(value) for key, value in record.items()}
    found = read_marked(
        markup,
        opened.document,
        "markdown",
        title=stated.get("title", ""),
        author=stated.get("author", ""),
        changed=stated.get("date", ""),
    )
    yield from dated(found, opened.document)


def _settings(text: str) -> dict[str, Any]:
    """The headline of a text in AsciiDoc with its settings, where these state a day."""
    heading = _ASCIIDOC.match(text)
    if heading is None:
        return {}
    head = text[: text.find("\n\n")]
    stated = {name.removeprefix("rev"): value for name, value in _SETTING.findall(head)}
    return {**stated, "title": heading[0].strip(" =\ufeff\n")} if stated.get("date") else {}


def _without_asciidoc(text: str) -> str:
    """A text whose headings are marked as those of AsciiDoc, with marks of Markdown."""
    if not _ASCIIDOC.match(text):
        return text
    return _ASCIIDOC_MARK.sub(lambda mark: "#" * len(mark[1] or ""), text)


def _of_record(
    record: dict[str, Any], markup: str, opened: Opened, options: ReadOptions
) -> Draft | None:
    """The draft where the front matter names the headline."""
    text = json.dumps({**record, "body": markup}, default=str)
    for each in records.read(text, opened.document, options.mapping):
        if isinstance(each, Draft) and each.headline and each.body:
            opening, _, rest = each.body.partition("\n\n")
            body = rest if rest and plain_line(opening) == each.headline else each.body
            dates = each.dates or day_of_name(opened.document.name, "record")
            return replace(each, form="markdown", body=body, dates=dates)
    return None


def _rendered(text: str) -> str:
    markdown = needed("markdown_it", FORM).MarkdownIt("commonmark", {"html": True}).enable("table")
    return str(markdown.render(text))


def _front_matter(text: str) -> tuple[dict[str, Any], int]:
    """What stands above a text, and where the text begins."""
    front = _FRONT.match(text)
    if front is None:
        return _bare_json(text)
    if front["fence"] == "+++":
        wrong: tuple[type[Exception], ...] = (tomllib.TOMLDecodeError,)
        load = tomllib.loads
    else:  # JSON is YAML too
        yaml = needed("yaml", FORM)
        wrong, load = (yaml.YAMLError, ValueError, RecursionError), yaml.safe_load
    try:
        found = load(front["front"])
    except wrong as error:
        by_lines = _by_lines(front["front"]) if front["fence"] == "---" else {}
        if by_lines:
            return by_lines, front.end()
        words = " ".join(str(error).split())[:150]
        raise UnreadableError(f"has front matter that cannot be read ({words}); mend it") from error
    return (found if isinstance(found, dict) else {}), front.end()


def _by_lines(front: str) -> dict[str, str]:
    """The fields of front matter that is no YAML, each on its line: people leave a colon or quotes
    in a title as they are. None where a line is no field or only opens a value, or where none
    names the headline."""
    fields: dict[str, str] = {}
    for line in filter(str.strip, front.split("\n")):
        field = _LINE.fullmatch(line)
        if field is None or _OPEN.fullmatch(field["value"] or ""):
            return {}
        if field["name"]:
            fields[field["name"]] = field["quoted"] or field["value"].strip()
    return fields if any(place_among("headline", name) is not None for name in fields) else {}


def _bare_json(text: str) -> tuple[dict[str, Any], int]:
    """An object of JSON without a fence around it, as Hugo has it."""
    start = 1 if text.startswith("\ufeff") else 0
    if not text.startswith("{", start):
        return {}, 0
    try:
        found, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}, 0
    return (found, end) if not text[end : end + 1].strip() else ({}, 0)


READER = DocumentReader(name="Markdown", recognise=_recognise, read=_read)
