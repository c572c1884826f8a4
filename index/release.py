"""The one record that every part of Dateline speaks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple
from unicodedata import category

from index.text.cleaning import clean
from index.text.folding import fold

DATE_PRECISIONS = ("day", "month-day", "month", "year", "none")


class Agency(NamedTuple):
    """A body that issues releases: the slug that stands in addresses and its English name."""

    slug: str
    name: str


UNATTRIBUTED = Agency("unattributed", "Unattributed")


class Photo(NamedTuple):
    """A picture that came with a release."""

    url: str
    caption: str


class Translation(NamedTuple):
    """The same news in another language, at its own address."""

    language: str
    url: str


class Column(NamedTuple):
    """What a record held beside the fields of a release: a column's name there, and its values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One press release as its issuer published it.

    `body` is plain text whose blocks are parted by an empty line. Inside a block a line that
    starts with a tab is an item of a list, one that starts with a vertical tab an item of a
    numbered list (an item of a list inside a list starts with a mark for each), and a tab inside a
    line parts the cells of a table row. A line that starts with one to three form feeds is a
    subheading of that level or, with cells, a row of column headers; with a form feed and a tab
    it is quoted, with a form feed and a vertical tab preformatted. So the marks are white space
    alone: whoever folds white space sees the words and nothing else.

    `date` is ISO 8601 as precise as it is known: `2023-11-05`, `2023-11`, `2023`, `--11-05` where
    no year is stated, or None; `date_precision` names which. It is a date of the issuer's zone.
    `extra` are the columns of its record that are none of the other fields, in their order.
    """

    id: str
    headline: str
    body: str
    url: str | None = None
    date: str | None = None
    date_precision: str = "none"
    date_source: str = "none"
    issued_at: str | None = None
    agency: Agency = UNATTRIBUTED
    agency_rule: str = "none"
    agencies_mentioned: tuple[Agency, ...] = ()
    language: str = "und"
    place: str | None = None
    photos: tuple[Photo, ...] = ()
    translations: tuple[Translation, ...] = ()
    source: str = ""
    source_file: str = ""
    fetched_at: str | None = None
    aliases: tuple[str, ...] = ()
    extra: tuple[Column, ...] = ()
    content_hash: str = field(default="")

    STORED_FIELDS: ClassVar[tuple[str, ...]]
    """The names of all fields that `to_stored` may give."""

    def __post_init__(self) -> None:
        if not self.content_hash:
            object.__setattr__(self, "content_hash", content_hash(self.headline, self.body))

    def to_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready values: what `/release/ID.json` gives."""
        record: dict[str, Any] = dict(zip(_FIELD_NAMES, _values_of(self), strict=True))
        record["source_file"] = printable(self.source_file)
        record["agency"] = self.agency._asdict()
        record["agencies_mentioned"] = [agency._asdict() for agency in self.agencies_mentioned]
        record["photos"] = [photo._asdict() for photo in self.photos]
        record["translations"] = [each._asdict() for each in self.translations]
        record["aliases"] = list(self.aliases)
        record["extra"] = {name: list(values) for name, values in self.extra}
        return record

    def to_stored(self) -> dict[str, Any]:
        """The fields that an index stores: `agency` is the slug, `agency_name` the name beside it.

        Headline, body, agency and language are always there, the others if they say something.
        """
        stored = {
            name: value
            for name, value, default in zip(_FIELD_NAMES, _values_of(self), _DEFAULTS, strict=True)
            if value != default
        }
        stored["agency"], stored["agency_name"] = self.agency
        stored["language"] = self.language
        for name, _ in _LISTS:
            if name in stored:
                stored[name] = [each._asdict() for each in stored[name]]
        if self.aliases:
            stored["aliases"] = list(self.aliases)
        if self.extra:
            stored["extra"] = {name: list(values) for name, values in self.extra}
        return stored

    def __reduce__(self) -> tuple[Any, ...]:
        """For other processes: all values in order, which is quicker than what dataclasses do."""
        return _from_values, _values_of(self)

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Release:
        """The release that `to_stored` described; fields it does not know are left aside.

        A page of results makes ten: values are set one by one, without a call for all of them.
        """
        release = object.__new__(cls)
        for name, put in _REQUIRED:
            put(release, stored[name])
        for name, default, put in _MEMBERS:
            put(release, stored.get(name, default))
        _put_agency(release, Agency(stored["agency"], stored["agency_name"]))
        for name, kind, put in _LIST_MEMBERS:
            given = stored.get(name)
            put(release, tuple([kind(**each) for each in given]) if given else ())
        _put_aliases(release, tuple(stored.get("aliases", ())))
        extra = stored.get("extra")
        _put_extra(release, columns_of(extra) if extra else ())
        release.__post_init__()
        return release


_FIELD_NAMES = tuple(each.name for each in fields(Release))
_values_of: Callable[[Release], tuple[Any, ...]] = attrgetter(*_FIELD_NAMES)
_DEFAULTS = tuple(each.default for each in fields(Release))
Release.STORED_FIELDS = (*_FIELD_NAMES, "agency_name")
_LISTS: tuple[tuple[str, type[Any]], ...] = (
    ("agencies_mentioned", Agency),
    ("photos", Photo),
    ("translations", Translation),
)


def _member(name: str) -> Callable[[Release, Any], None]:
    """What sets a field of a release, which is frozen for everybody else."""
    return getattr(Release, name).__set__  # type: ignore[no-any-return]


_LIST_MEMBERS = tuple((name, kind, _member(name)) for name, kind in _LISTS)
_put_agency, _put_aliases, _put_extra = map(_member, ("agency", "aliases", "extra"))
_REQUIRED = tuple(
    (each.name, _member(each.name)) for each in fields(Release) if each.default is MISSING
)
_MADE = ("agency", "aliases", "extra", *(name for name, _ in _LISTS))
_MEMBERS = tuple(
    (each.name, each.default, _member(each.name))
    for each in fields(Release)
    if each.default is not MISSING and each.name not in _MADE
)
_SETTERS = tuple(map(_member, _FIELD_NAMES))


def _from_values(*values: Any) -> Release:
    release = object.__new__(Release)
    for put, value in zip(_SETTERS, values, strict=True):
        put(release, value)
    return release


def columns_of(extra: Mapping[str, Iterable[str]]) -> tuple[Column, ...]:
    """Extra columns from their names and values, as an index stores them."""
    return tuple([Column(name, tuple(values)) for name, values in extra.items()])


def printable(name: str) -> str:
    """A file's name without bytes that are no Unicode, each shown as U+FFFD.

    Python keeps such bytes as lone surrogates, which lead back to the file and cannot be encoded.
    """
    return name if name.isascii() else _SURROGATE.sub("\ufffd", name)


_SURROGATE = re.compile("[\ud800-\udfff]")


def content_hash(headline: str, body: str) -> str:
    """SHA-256 (hex) over headline and body with case, width, quotes and white space folded away.

    Copies of a release differ in those (a feed curls the quotes, a page indents), its words not.
    """
    return hashlib.sha256(_compared(headline) + b"\0" + _compared(body)).hexdigest()


def hash_fault(release: Release) -> str:
    """What is wrong of a release whose text has not the hash that it states; else empty."""
    if content_hash(release.headline, release.body) == release.content_hash:
        return ""
    return f"{release.id}: its content does not have the hash it states"


def _compared(text: str) -> bytes:
    """The folded text without its white space, in UTF-8."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_FOLDED, _ASCII_SPACE)
    return "".join(fold(text).split()).encode("utf-8", "surrogatepass")


_ASCII_FOLDED = bytes(ord(fold(chr(code))) if code < 128 else code for code in range(256))
_ASCII_SPACE = bytes(code for code in range(128) if chr(code).isspace())


_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 12)
def slugify(name: str) -> str:
    """`Customs and Excise Department` -> `customs-and-excise-department`.

    Letters of every script stay (folded), with the vowels that Indian and Thai ones bear as marks;
    a name without any gives `unnamed`.
    """
    plain = fold(clean(name)).replace("'", "").replace("’", "")
    words = _WORDS.findall(plain) if plain.isascii() else _words_with_marks(plain)
    return "-".join(words) or "unnamed"


def _words_with_marks(text: str) -> list[str]:
    held = (char if char.isalnum() or category(char) in ("Mn", "Mc") else " " for char in text)
    words = "".join(held).translate(_PICTURE_SELECTORS).split()
    return [word for word in words if _WORDS.search(word)]


_PICTURE_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))
"""Marks that say how a sign is drawn."""
