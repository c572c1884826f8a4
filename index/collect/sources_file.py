"""The file of sources, SOURCES.toml: which feeds, sitemaps, lists and sites are collected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.addresses import is_web_address, split_address
from index.errors import DatelineError
from index.toml_table import is_one_line, not_twice, only, read_toml, rows_of, texts_of, value_of

KINDS = ("site", "feed", "sitemap", "list")
MOST_PAGES = 50
"""Pages of a list, feed or sitemap that a run follows, unless the source says otherwise."""
RECHECK = 86_400.0
"""Seconds from when a release was first fetched to when it is looked at again."""
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_NAME = re.compile(r"[\w][\w.-]{0,79}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSource:
    """One source, as the file names it.

    `interval`: seconds from one visit to the next, 0 for every run. `links`: patterns (`fnmatch`)
    of addresses of releases; without any, what looks like one is taken. `recheck`: seconds after
    which a release is first looked at again, 0 for never.
    """

    name: str
    url: str
    kind: str = "site"
    agency: str | None = None
    interval: float = 0.0
    links: tuple[str, ...] = ()
    pages: int = MOST_PAGES
    recheck: float = RECHECK


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """All sources, and how we show ourselves to them.

    `contact`: an address, of mail or a page, for those who find us in their logs. `delay`: seconds
    between two requests to a host that asks for no other pace.
    """

    sources: tuple[PressSource, ...]
    contact: str | None = None
    delay: float = 1.0


def read_sources(path: Path) -> SourcesFile:
    """The sources of a file.

    :raises DatelineError: it cannot be read, or something in it is not understood.
    """
    return _file(read_toml(path), str(path))


def _file(table: Mapping[str, Any], where: str) -> SourcesFile:
    only(table, ("source", "contact", "delay"), where)
    rows = rows_of(table, "source", where, "name and url")
    sources = tuple(_source(row, f"{where}, source {at}") for at, row in enumerate(rows, 1))
    not_twice((source.name for source in sources), "sources", where)
    contact = value_of(table, "contact", str, None, where)
    if contact is not None and not re.fullmatch(r"[\x20-\x7e]{1,200}", contact):
        raise DatelineError(f"{where}: contact is sent in a header; write it in ASCII")
    delay = value_of(table, "delay", (int, float), 1.0, where)
    if not 0 <= delay <= 3_600:
        raise DatelineError(f"{where}: delay is seconds from 0 to 3,600")
    return SourcesFile(sources=sources, contact=contact, delay=float(delay))


def _source(row: Mapping[str, Any], where: str) -> PressSource:
    only(row, PressSource.__slots__, where)
    name = value_of(row, "name", str, None, where)
    if name is None or not _NAME.fullmatch(name):
        raise DatelineError(f"{where} needs a name of letters, digits, dots and hyphens")
    where = f"{where} ({name})"
    kind = value_of(row, "kind", str, "site", where)
    if kind not in KINDS:
        raise DatelineError(f"{where}: kind is one of {', '.join(KINDS)}, not {kind!r}")
    pages = value_of(row, "pages", int, MOST_PAGES, where)
    if not 1 <= pages <= 100_000:
        raise DatelineError(f"{where}: pages is a number from 1 to 100,000")
    agency = value_of(row, "agency", str, None, where)
    if agency is not None and not is_one_line(agency, 200):
        raise DatelineError(f"{where}: agency is a name of one line")
    return PressSource(
        name=name,
        url=_address(row, where),
        kind=kind,
        agency=agency,
        interval=_seconds(row, "interval", 0.0, where),
        links=texts_of(row, "links", "*/news/*", where),
        pages=pages,
        recheck=_seconds(row, "recheck", RECHECK, where),
    )


def _address(row: Mapping[str, Any], where: str) -> str:
    url = value_of(row, "url", str, "", where)
    if not is_web_address(url) or split_address(url).username is not None:
        raise DatelineError(f"{where} needs a url that begins with http:// or https://")
    return str(url)


def _seconds(row: Mapping[str, Any], name: str, default: float, where: str) -> float:
    text = value_of(row, name, (str, int), None, where)
    if text is None:
        return default
    found = re.fullmatch(r"(\d{1,6})\s*([smhdw]?)", str(text))
    if found is None or (not found[2] and found[1] != "0"):
        raise DatelineError(f"{where}: {name} is a time such as '30m', '6h' or '1d', not {text!r}")
    return float(int(found[1]) * _UNITS.get(found[2], 0))
