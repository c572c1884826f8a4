"""Values of options as typed on the command line: a day, a number, a mapping.

What reads them is slow, and imported when a value comes: `--help` waits for nothing. All raise
`click.BadParameter` for what is none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from index.facet_table import Facet
    from search.cursor import Cursor

_ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes that Python could not decode (PEP 383). A search takes no notice of such characters: of
words of nothing else it would find everything."""


class FileOrFolder(click.Path):
    """A file or folder. An empty text, as an unset variable of a script gives, is none: Python
    takes it for the folder that one stands in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if not os.fspath(value):
            self.fail("an empty text names no file or folder", param, ctx)
        if re.match(r"(?i)https?://", str(value)):
            advice = "give what was saved from it (`dateline fetch` collects from live sites)"
            if param is not None and param.name == "sources":
                advice = "write it into one, as `url` of a [[source]] (docs/collecting.md)"
            self.fail(f"{str(value)!r} is an address, no file or folder; {advice}", param, ctx)
        return super().convert(value, param, ctx)


def index_place(text: str) -> str:
    """A folder of an index, or the address of one on a cluster."""
    if not text:
        raise click.BadParameter("an empty text names no index")
    if re.match(r"(?i)https?://", text):
        raise click.BadParameter(
            f"{text!r} is an address, no folder; that of a cluster begins with opensearch://"
        )
    return text


def day(text: str) -> str:
    """A whole day, in ISO 8601."""
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no day; write it as 2023-12-31") from error


def partial_date(text: str) -> str:
    """A day, a month or a year, in ISO 8601."""
    from index.dates.partial import parse

    read = parse(text)
    if read is None:
        raise click.BadParameter(f"{text!r} is no date; write 2023, 2023-06 or 2023-06-26")
    return read.iso


def word(text: str) -> str:
    """A word of a search, whatever encoding Python took the command line to be in."""
    if not _ESCAPED.search(text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeDecodeError:
        raise click.BadParameter(f"{_ESCAPED.sub('?', text)!r} is no text in UTF-8") from None


def mapping(text: str) -> tuple[str, str]:
    """One of our fields and what records call it."""
    from index.sources.record_fields import FIELDS

    ours, _, theirs = text.partition("=")
    if ours not in FIELDS or not theirs:
        names = ", ".join(FIELDS)
        raise click.BadParameter(f"{text!r} is not OURS=THEIRS with OURS one of {names}")
    return ours, theirs


def web_address(text: str) -> str:
    """An address of the web."""
    from index.addresses import is_web_address

    if not is_web_address(text):
        raise click.BadParameter(
            f"{text!r} is no address; write it as https://www.example.org/news/"
        )
    return text


def facet(text: str) -> Facet:
    """A facet as typed: a name, perhaps with the column that it is of."""
    from index.errors import DatelineError
    from index.facet_table import facet_of_column

    name, _, column = text.partition("=")
    try:
        return facet_of_column(name, column)
    except DatelineError as error:
        raise click.BadParameter(str(error)) from None


def cursor(text: str) -> Cursor:
    """A cursor, as exports have it in each line."""
    from search.cursor import Cursor

    try:
        return Cursor.read(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def facet_named(text: str) -> str:
    """The name of a facet as typed, in the form that an index has it in."""
    from index.facet_table import facet_name

    return facet_name(text)


def facet_value(text: str) -> tuple[str, str]:
    """A value of a facet as typed: `topic=tolls`, or its name in the place of the slug."""
    from index.facet_table import facet_name
    from index.release import slugify

    name, _, value = text.partition("=")
    if not name or not value:
        raise click.BadParameter(f"{text!r} is not NAME=SLUG")
    return facet_name(name), slugify(value)


def number(least: int, most: int) -> Callable[[str | int], int]:
    """A reader of whole numbers between two others."""

    def read(text: str | int) -> int:
        digits = str(text)
        found = int(digits[:12]) if digits.isascii() and digits.isdecimal() else -1
        if not least <= found <= most:
            raise click.BadParameter(f"{digits!r} is no number from {least} to {most:,}")
        return found

    return read
