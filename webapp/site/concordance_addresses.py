"""The address of a concordance: `/concordance?q=…&by=left&quoted=1`, with filters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from search.request import SearchRequest
from search.results import Notice
from webapp.site.languages import ENGLISH, Language
from webapp.site.links import Links
from webapp.site.parameters import Pairs, ParameterReader, query_pairs
from webapp.site.paths import with_query
from webapp.site.search_addresses import HOW_SHOWN, fields, read_pairs

SORTS = ("date", "left", "right")
"""What the lines are sorted by: the newest first, or the words on one side."""
MAX_LINES_PAGE = 10_000
"""The highest number of a page of lines."""


@dataclass(frozen=True, slots=True)
class ConcordanceAddress:
    """A search, how its lines are sorted, whether only those in quotation marks are, the page."""

    request: SearchRequest
    by: str = "date"
    quoted: bool = False
    page: int = 1

    def changed(self, **values: Any) -> ConcordanceAddress:
        """A copy with other values, at page 1 unless that is among them."""
        return replace(self, **{"page": 1, **values})


def read_concordance(
    query: bytes | str, language: Language = ENGLISH, facets: Collection[str] = ()
) -> tuple[ConcordanceAddress, tuple[Notice, ...]]:
    """What the query string asks for, and what of it was not used. Never raises.

    :param facets: those of the index's own columns, by name.
    """
    pairs = query_pairs(query)
    own = ("by", "quoted", "page")
    reader = ParameterReader([pair for pair in pairs if pair[0] in own], language)
    typed = reader.first("page")
    page = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
    rest = [pair for pair in pairs if pair[0] not in own and pair[0] not in HOW_SHOWN]
    parsed = read_pairs(rest, language=language, facets=facets)
    asked = ConcordanceAddress(
        parsed.request,
        reader.choice("by", SORTS) or "date",
        reader.flag("quoted"),
        min(max(page, 1), MAX_LINES_PAGE),
    )
    return asked, (*reader.ignored, *parsed.ignored)


def concordance_address(links: Links, asked: ConcordanceAddress, suffix: str = "") -> str:
    """The address of a concordance, or of its CSV (`.csv`), which has no pages."""
    pairs = concordance_fields(asked if not suffix else asked.changed())
    return with_query(links.page("/concordance" + suffix), pairs)


def concordance_fields(asked: ConcordanceAddress) -> Pairs:
    """Names and values of a concordance in their one order: those of its address and its form."""
    own: Pairs = [
        ("by", asked.by if asked.by != "date" else ""),
        ("quoted", "1" if asked.quoted else ""),
        ("page", str(asked.page) if asked.page > 1 else ""),
    ]
    return fields(asked.request, without=HOW_SHOWN) + [pair for pair in own if pair[1]]
