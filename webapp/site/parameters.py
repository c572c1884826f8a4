"""Query strings -> values by name, each of its kind; what cannot be read becomes a notice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import unquote_plus

from index.text.cleaning import clean_line
from search.results import Notice
from webapp.site.languages import ENGLISH, N_, Language

MAX_QUERY_BYTES = 16_384
"""Bytes of a query string that are read; requests with twice as many are refused."""
MAX_PAIRS = 200
"""Names and values in a query string; a search has at most 110, one of trends 60."""
MAX_TEXT = 500
"""Characters of the words searched for."""
MAX_VALUES = 50
"""Values of a repeated name."""
MAX_VALUE = 200
"""Characters of a repeated value, such as an agency's slug."""

Pairs = list[tuple[str, str]]
"""Names and values in their order."""
Asked = TypeVar("Asked")
CUT = N_("This link is too long; only its first part counts.")
UNKNOWN = N_("This link contains “%(about)s”, which we don’t use.")
_NO_OPTION = N_("“%(about)s” is not an option. Try: %(choices)s.")
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|msclkid|mc_[ce]id)\Z")


def query_pairs(query: bytes | str) -> Pairs:
    """Names and values of a query string as they stand, decoded."""
    text = query.decode("utf-8", "replace") if isinstance(query, bytes) else query
    pairs = []
    for piece in text[:MAX_QUERY_BYTES].split("&"):
        if piece:
            name, _, value = piece.partition("=")
            pairs.append((unquote_plus(name), unquote_plus(value)))
    return pairs


def unknown_parameters(
    query: bytes | str, known: Iterable[str] = (), language: Language = ENGLISH
) -> tuple[Notice, ...]:
    """A notice for each name in a query string that is none of these, tracking left aside."""
    others = dict.fromkeys(name for name, value in query_pairs(query) if value.strip())
    return tuple(
        ignored_notice(language, "unknown-parameter", name, "", UNKNOWN)
        for name in others
        if name not in set(known) and not _TRACKING.match(name)
    )


def ignored_notice(
    language: Language, code: str, name: str, value: str, sentence: str, **more: object
) -> Notice:
    """A notice that says what of an address was not used.

    :param sentence: not translated yet; `%(name)s`, `%(value)s` and `%(about)s` (`name=value`) in
        it are filled in, and `more`.
    """
    shown = value if len(value) <= 60 else value[:59] + "…"
    about = f"{name[:40]}={shown}" if shown else name[:40]
    text = language.gettext(sentence, about=about, name=name[:40], value=shown, **more)
    return Notice(code, text, (name[:40], shown))


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Asked]):
    """What an address asks for, what of it could not be read, and whether it is its one form."""

    asked: Asked
    ignored: tuple[Notice, ...]
    canonical: bool


class ParameterReader:
    """The values of an address by name, one line each; empty ones and tracking are left out.

    What cannot be read is added to `ignored`, a notice each, in `language`.
    """

    def __init__(self, pairs: Pairs, language: Language) -> None:
        self.language = language
        self.ignored: list[Notice] = []
        self.given: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip() and not _TRACKING.match(name):
                self.given.setdefault(name, []).append(clean_line(value))

    def ignore(self, code: str, name: str, value: str, sentence: str, **more: object) -> None:
        """Say that a value was not used; the sentence is that of `ignored_notice`."""
        self.ignored.append(ignored_notice(self.language, code, name, value, sentence, **more))

    def ignore_all_but(self, known: Iterable[str]) -> None:
        """Say of every other name that it is not known."""
        for name, values in self.given.items():
            if name not in known:
                self.ignore("unknown-parameter", name, values[0], UNKNOWN)

    def ignore_end(self, query: bytes | str, name: str) -> None:
        """Say of a query string that is too long that its end, more of that name, was not read."""
        if len(query) > MAX_QUERY_BYTES:
            self.ignore("address-cut", name, "", CUT)

    def text(self, name: str) -> str:
        """Words, cut where they are too long."""
        return self.cut(self.first(name))

    def cut(self, text: str) -> str:
        """The first `MAX_TEXT` characters."""
        if len(text) <= MAX_TEXT:
            return text
        said = self.language.gettext(
            "Only the first %(num)s characters of a search count.", num=MAX_TEXT
        )
        self.ignored.append(Notice("text-cut", said, ("q", "")))
        return clean_line(text[:MAX_TEXT])

    def first(self, name: str) -> str:
        """The first value; empty where there is none. Other values are said to be too much."""
        values = self.given.get(name)
        if values is None:
            return ""
        if len(set(values)) > 1:
            said = N_("This link gives “%(name)s” more than once; only the first counts.")
            self.ignore("repeated-parameter", name, values[1], said)
        return values[0]

    def several(self, name: str) -> list[str]:
        """All values, as far as their number and their lengths are in bounds."""
        values = list(dict.fromkeys(self.given.get(name, ())))
        if len(values) > MAX_VALUES:
            self.ignore_rest(name, MAX_VALUES)
        return [value[:MAX_VALUE].strip() for value in values[:MAX_VALUES]]

    def ignore_rest(self, name: str, most: int) -> None:
        """Say that only so many values of a name were used."""
        said = N_("This link has too many values of “%(name)s”; only the first %(num)s count.")
        self.ignore("too-many-values", name, "", said, num=most)

    def choice(self, name: str, choices: tuple[str, ...]) -> str | None:
        """One of a few words, in small letters; None for none of them."""
        value = self.first(name).lower()
        if value in choices:
            return value
        if name in self.given:
            self.ignore("bad-value", name, value, _NO_OPTION, choices=", ".join(choices))
        return None

    def flag(self, name: str) -> bool:
        """Yes or no; no where it is not given."""
        value = self.first(name).lower() if name in self.given else "0"
        if value not in ("0", "1", "no", "yes", "false", "true", "off", "on"):
            self.ignore("bad-value", name, value, _NO_OPTION, choices="1")
        return value in ("1", "yes", "true", "on")
