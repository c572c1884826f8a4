"""The pager: previous, next, the pages around the one that is shown, and a box for any other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from search.results import SearchResults
from webapp.presenters.anchor import Anchor
from webapp.presenters.search_box import Field
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.search_addresses import fields


class Jump(NamedTuple):
    """A form that leads to a page by its number: to where, and what goes there besides."""

    action: str
    hidden: tuple[Field, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Pager:
    """Where else in a list one can go; None where there is no further page, or none left out."""

    previous: str | None
    next: str | None
    pages: tuple[Anchor | None, ...]
    text: str
    jump: Jump | None


def page_of_pages(language: Language, page: int, pages: int) -> str:
    """`Page 2 of 15`."""
    return language.gettext(
        "Page %(page)s of %(pages)s", page=wording.number(page), pages=wording.number(pages)
    )


def present_pager(links: Links, results: SearchResults) -> Pager | None:
    """That of a page of results; None for a single page."""
    hidden = fields(links.request, links.per_page, without=("page", "found"))
    jump = Jump(links.page("/search"), tuple(hidden), results.pages)
    return _pager(links.language, results, lambda page: links.changed(page=page), jump)


def pager_of_list(language: Language, address: str, results: SearchResults) -> Pager | None:
    """That of a list with an address of its own, such as an agency's; None for a single page."""
    jump = Jump(address, (), results.pages)
    return _pager(language, results, lambda page: page_address(address, page), jump)


def page_address(address: str, page: int) -> str:
    """A page of such a list; its first page is the address alone."""
    return f"{address}?page={page}" if page > 1 else address


def _pager(
    language: Language, results: SearchResults, address: Callable[[int], str], jump: Jump
) -> Pager | None:
    at, last = results.page, results.pages
    if last < 2:
        return None
    shown = sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)})
    pages: list[Anchor | None] = []
    for index, page in enumerate(shown):
        if index and page > shown[index - 1] + 1:
            pages.append(None)
        pages.append(Anchor(f"{page:,}", address(page), page == at))
    return Pager(
        previous=address(at - 1) if at > 1 else None,
        next=address(at + 1) if at < last else None,
        pages=tuple(pages),
        text=page_of_pages(language, at, last),
        jump=jump if None in pages else None,
    )
