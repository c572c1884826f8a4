"""Releases of a search as a pandas data frame."""

from __future__ import annotations

from itertools import islice
from typing import Any

from index.errors import DatelineError
from index.facet_table import values_of
from search.engine import Engine
from search.request import SearchRequest

COLUMNS = ("id", "day", "date", "agency", "headline", "language", "url", "score")


def to_dataframe(
    engine: Engine, request: SearchRequest, *, body: bool = False, size: int | None = None
) -> Any:
    """The releases of a search in its order, a row each, copies of a text each by itself.

    `day` (datetime64) is there where the day is known; `date` is as much of it as is known. Each
    facet of the index's own columns is a column of lists. With `body` the text is the last column.

    :param size: rows at most.
    :raises DatelineError: where pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise DatelineError(
            "a data frame needs pandas, which is not installed: pip install 'dateline[dataframe]'"
        ) from None
    facets = engine.coverage().columns
    hits = engine.every_hit(request.changed(copies=True), snippets=False)
    rows = [
        {
            **{name: getattr(hit.release, name) for name in ("id", "date", "headline", "url")},
            "day": hit.release.date if hit.release.date_precision == "day" else None,
            "agency": hit.release.agency.name,
            "language": hit.release.language,
            "score": hit.score,
            **{each.name: list(values_of(each, dict(hit.release.extra))) for each in facets},
            **({"body": hit.release.body} if body else {}),
        }
        for hit in islice(hits, size)
    ]
    names = (*COLUMNS, *(each.name for each in facets), *(("body",) if body else ()))
    frame = pandas.DataFrame(rows, columns=list(names))
    frame["day"] = pandas.to_datetime(frame["day"], errors="coerce")
    return frame
