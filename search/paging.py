"""Paging: which hits a page of results holds, the limits of both, and what is said about them."""

from __future__ import annotations

from typing import NamedTuple

from search.query.notices import notice
from search.results import Notice

MAX_PER_PAGE = 1_000
"""Hits of one page."""
MAX_PAGED = 100_000
"""Hits that can be reached by page numbers; `Engine.every_hit` gives them all."""


class Page(NamedTuple):
    """The page shown: its number, how many there are, and the hits that it holds of all."""

    number: int
    pages: int
    start: int
    size: int
    notices: tuple[Notice, ...] = ()


def page_of(number: int, per_page: int, total: int, most: int = MAX_PAGED) -> Page:
    """The page asked for, else the last one; notices say where it is not as asked.

    :param most: hits that an engine reaches by page numbers.
    """
    size = min(per_page, MAX_PER_PAGE)
    notices = [notice("per-page-cap", MAX_PER_PAGE)] if size < per_page else []
    if size == 0:
        return Page(1, 0, 0, 0, tuple(notices))
    pages = -(-min(total, most) // size)
    shown = min(number, max(pages, 1))
    if shown < number and total > most:
        notices.append(notice("page-cap", pages))
    elif shown < number:
        notices.append(notice("page-beyond-end", number, shown))
    return Page(shown, pages, (shown - 1) * size, size, tuple(notices))
