"""What a reader is: a form of documents that it recognises, and what it makes of them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from index.errors import UnreadableError
from index.limits import DEFAULTS, Limits
from index.sources.draft import Document, Draft, Refusal
from index.sources.encoding.decoding import Decoded, decode
from index.sources.html_text import without_crowded_tags

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)

_OTHER_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]")
"""Those of old Macintoshes, of mainframes (NEL), and of Unicode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """`mapping`: our field -> the name that records give it, ahead of the names we know.

    `bases`: names of files and folders, each with the address that it was saved from.
    `include`, `exclude`: patterns (`fnmatch`) of paths and addresses to read, and not to read.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = DEFAULTS
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    bases: tuple[tuple[str, str], ...] = ()

    def wants(self, *names: str | None) -> bool:
        """Whether a document with this path and address is to be read."""
        known = [name for name in names if name]
        included = not self.include or any_like(known, self.include)
        return included and not any_like(known, self.exclude)


@dataclass(frozen=True)
class Opened:
    """A document as readers see it: its bytes, and its text once somebody asks for that."""

    document: Document

    @property
    def data(self) -> bytes:
        """The bytes."""
        return self.document.data

    @cached_property
    def decoded(self) -> Decoded:
        """The text, decoded by what the document and its bytes say, with what was doubted."""
        decoded = decode(self.data, declared_charset(self.document.content_type))
        return decoded._replace(text=_in_lines(without_crowded_tags(decoded.text)))

    @property
    def text(self) -> str:
        """The text."""
        return self.decoded.text


Read = Callable[[Opened, ReadOptions], Iterable[Draft | Refusal | Document]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReader:
    """A form of documents.

    :param name: what the form is called, as reports say it.
    :param recognise: whether a document is of this form, by its first bytes and its name.
    :param read: its releases, refusals of what is none, and documents inside it that are still to
        be read. What it raises becomes the refusal of the document.
    :param binary: whether its documents are something else than text.
    """

    name: str
    recognise: Callable[[Opened], bool]
    read: Read
    binary: bool = False


def _in_lines(text: str) -> str:
    """A text whose lines end otherwise than with a line feed, with those; no page and no JSON."""
    if "\n" in text.rstrip() or text.lstrip("\ufeff \t")[:1] in ("<", "{", "["):
        return text
    return _OTHER_LINE_ENDS.sub("\n", text)


def needed(module: str, form: str) -> Any:
    """A module of the extra `documents`, which reading a form needs.

    :raises UnreadableError: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UnreadableError(
            f"is {form}, which cannot be read without the Python package {module.split('.')[0]!r}; "
            "install it with: pip install 'dateline[documents]'"
        ) from error


def any_like(names: Iterable[str], patterns: Iterable[str]) -> bool:
    """Whether one of the names is like one of the patterns (`fnmatch`)."""
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def declared_charset(content_type: str | None) -> str | None:
    """The encoding that a `Content-Type` states."""
    match = _CHARSET.search(content_type or "")
    return match[1] if match else None
