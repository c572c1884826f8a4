"""The pager: previous, next, and the pages of results around the one that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from search.results import SearchResults
from webapp.presenters.anchor import Anchor
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class Pager:
    """Where else in the results one can go; None where there is no further page."""

    previous: str | None
    next: str | None
    pages: tuple[Anchor | None, ...]
    text: str


def page_of_pages(language: Language, page: int, pages: int) -> str:
    """`Page 2 of 15`."""
    return language.gettext(
        "Page %(page)s of %(pages)s", page=wording.number(page), pages=wording.number(pages)
    )


def present_pager(links: Links, results: SearchResults) -> Pager | None:
    """Previous, next and the pages around this one, with None for a gap; None for a single page."""
    if results.pages < 2:
        return None
    at, last = results.page, results.pages
    shown = sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)})
    pages: list[Anchor | None] = []
    for index, page in enumerate(shown):
        if index and page > shown[index - 1] + 1:
            pages.append(None)
        pages.append(Anchor(f"{page:,}", links.changed(page=page), page == at))
    return Pager(
        previous=links.changed(page=at - 1) if at > 1 else None,
        next=links.changed(page=at + 1) if at < last else None,
        pages=tuple(pages),
        text=page_of_pages(links.language, at, last),
    )
