"""A page of results, put together of what an execution found, whatever engine it works for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from index.facet_table import Listed
from search.paging import page_of
from search.query.loosening import Looser
from search.query.notices import filter_notices, folded_notices, notice, zero_notices
from search.query.parsed_query import ParsedQuery
from search.request import Filters, SearchRequest
from search.results import Facets, Hit, Notice, Offer, SearchResults

MAX_PAGE_KEPT = 1 << 18
"""Bytes of a page that is kept to be given again; one of a hundred releases is made anew, for it
would drop ten others."""


class Executed(Protocol):
    """A request on one commit; each step is done when it is first asked for."""

    request: SearchRequest
    filters: Filters

    @property
    def total(self) -> int:
        """The exact number of matches."""

    @property
    def loosened_total(self) -> int | None:
        """How many releases hold most of the words where none holds all; None where one does."""

    @property
    def folded(self) -> int:
        """How many of the releases shown stand under another one of the same text."""

    @property
    def folded_languages(self) -> int:
        """How many of these are so because they stand in another language."""

    @property
    def notices(self) -> Iterator[Notice]:
        """How words and filters were read, and why nothing was found."""

    def hits(self, start: int, size: int | None) -> Iterable[Hit]:
        """What is shown from a place in the order on."""

    def facets(self) -> Facets:
        """The counts by each facet, and by date, without its own filter."""

    def suggestion(self) -> str | None:
        """Another spelling of the words that finds more under the same filters."""

    def new(self) -> int | None:
        """Matches that are new to the reader."""

    def offers(self) -> tuple[Offer, ...]:
        """Agencies that the words name, as filters that find something."""


def results_page(execution: Executed, most_paged: int) -> SearchResults:
    """The page that is asked for, else the last one.

    :param most_paged: hits that the engine reaches by page numbers.
    """
    request = execution.request
    shown = execution.total or execution.loosened_total or 0
    page = page_of(request.page, request.per_page, shown - execution.folded, most_paged)
    return SearchResults(
        request=request,
        total=execution.total,
        page=page.number,
        pages=page.pages,
        hits=tuple(execution.hits(page.start, page.size)),
        facets=execution.facets(),
        notices=(*execution.notices, *page.notices),
        did_you_mean=execution.suggestion(),
        new=execution.new(),
        loosened_total=execution.loosened_total,
        offers=execution.offers(),
        folded=execution.folded,
        took_ms=0,
    )


def notices_of(
    execution: Executed,
    parsed: ParsedQuery,
    expanded: Iterable[Notice],
    facets: Mapping[str, Listed],
    languages: Collection[str],
    looser: Looser | None,
    matches: int,
) -> Iterator[Notice]:
    """What is said of an execution, in order.

    :param expanded: notices of the words that others stand for; `facets`, `languages`: those of the
        index; `matches`: of the words, without filters.
    """
    request = execution.request
    yield from parsed.notices
    yield from expanded
    yield from filter_notices(request, execution.filters, facets, languages)
    if not execution.total:
        yield from zero_notices(
            request, parsed, matches, looser, execution.loosened_total is not None
        )
    if request.explain and not by_relevance(request):
        yield notice("explain-unscored", undo=request.changed(explain=False))
    yield from folded_notices(request, execution.folded, execution.folded_languages)


def may_loosen(request: SearchRequest) -> bool:
    """Whether releases that hold most of the words are shown where nothing holds all."""
    return request.match != "strict" and bool(request.text.strip())


def by_relevance(request: SearchRequest) -> bool:
    """Whether hits have scores, and stand in their order: there are words, and no other order."""
    return request.order == "relevance" and bool(request.text.strip())


def order_shown(request: SearchRequest) -> str:
    """The order that hits stand in: by time where there is nothing to score."""
    return request.order if by_relevance(request) else request.order.replace("relevance", "newest")
