"""What sorting, filters and facets know of every document, as arrays by document number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.release import Agency
from search.dates_typed import day_bounds
from search.language import languages_like
from search.request import SearchRequest


@dataclass(frozen=True)
class Columns:
    """One index generation's columns, each with a value for every document number.

    `live` is False for deleted documents. `agency` and `language` are places in `agencies` (in
    order of slug) and `languages`. `first_day`, `last_day` are numbers like 20231105, 0 where
    undated; `moment` is yyyymmddhhmm.
    """

    live: NDArray[np.bool_]
    ids: NDArray[np.object_]
    agency: NDArray[np.int32]
    agencies: tuple[Agency, ...]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]
    moment: NDArray[np.int64]
    language: NDArray[np.int32]
    languages: tuple[str, ...]

    @cached_property
    def newest(self) -> NDArray[np.int32]:
        """Each document's place when the newest come first: undated last, then by id."""
        return _places(np.lexsort((self._id_order, -self.moment)))

    @cached_property
    def oldest(self) -> NDArray[np.int32]:
        """Each document's place when the oldest come first: undated last, then by id."""
        undated = self.first_day == 0
        return _places(np.lexsort((self._id_order, self.moment, undated)))

    @cached_property
    def _id_order(self) -> NDArray[np.int32]:
        return _places(np.argsort(self.ids, kind="stable"))

    def of_agencies(self, slugs: Sequence[str]) -> NDArray[np.bool_]:
        """Documents of any of these agencies; of all if none is named."""
        if not slugs:
            return self.live
        chosen = np.array([agency.slug in set(slugs) for agency in self.agencies] or [False])
        return np.asarray(self.live & chosen[self.agency])

    def in_languages(self, wanted: Sequence[str]) -> NDArray[np.bool_]:
        """Documents in any of these languages (`zh` is also `zh-Hant`); in all if none is named."""
        if not wanted:
            return self.live
        tags = {tag for each in wanted for tag in languages_like(each, self.languages)}
        chosen = np.array([tag in tags for tag in self.languages] or [False])
        return np.asarray(self.live & chosen[self.language])

    def in_dates(self, request: SearchRequest) -> NDArray[np.bool_]:
        """Documents whose date lies within the request's, as far as it is known."""
        span = request_days(request)
        if span is None:
            return self.live & (self.first_day == 0) if request.undated else self.live
        within = (self.first_day >= span[0]) & (self.last_day <= span[1])
        if request.undated:
            within |= self.first_day == 0
        return np.asarray(self.live & within)


def request_days(request: SearchRequest) -> tuple[int, int] | None:
    """First and last day that the request's date filter covers, as numbers; None without one."""
    if request.date_from is None and request.date_to is None:
        return None
    return day_bounds(request.date_from, request.date_to)


def read_columns(reader: IndexReader) -> Columns:
    """Read the columns of an index once; the arrays may be shared between threads.

    An agency bears the name that its newest release gives it.
    """
    live = np.ones(reader.doc_count_all(), np.bool_)
    for number in _deleted(reader):
        live[number] = False
    slugs, agency = _ordinals(_texts(reader, "agency"))
    tags, language = _ordinals(_texts(reader, "language"))
    moment = _numbers(reader, "moment", np.int64)
    return Columns(
        live=live,
        ids=np.array(_texts(reader, "id"), dtype=object),
        agency=agency,
        agencies=_names(reader, slugs, agency, np.where(live, moment, -1)),
        first_day=_numbers(reader, "first_day", np.int32),
        last_day=_numbers(reader, "last_day", np.int32),
        moment=moment,
        language=language,
        languages=tags,
    )


def _places(order: NDArray[np.intp]) -> NDArray[np.int32]:
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _deleted(reader: IndexReader) -> list[int]:
    return [
        offset + number
        for leaf, offset in reader.leaf_readers()
        for number in range(leaf.doc_count_all())
        if leaf.has_deletions() and leaf.is_deleted(number)
    ]


def _values(reader: IndexReader, field: str) -> list[Any]:
    """A column by segment: Whoosh's reader of several mixes them up where one lacks a column."""
    values: list[Any] = []
    for leaf, _ in reader.leaf_readers():
        if not leaf.doc_count_all():  # Whoosh's reader of nothing has no columns
            continue
        column = leaf.column_reader(field)
        values.extend(column[number] for number in range(leaf.doc_count_all()))
    return values


def _texts(reader: IndexReader, field: str) -> list[str]:
    values = _values(reader, field)
    return [each.decode("utf-8") if isinstance(each, bytes) else each for each in values]


def _numbers(reader: IndexReader, field: str, dtype: type[Any]) -> NDArray[Any]:
    return np.array(_values(reader, field), dtype=dtype)


def _ordinals(texts: list[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    names = sorted(set(texts))
    places = {name: place for place, name in enumerate(names)}
    return tuple(names), np.fromiter((places[text] for text in texts), np.int32, len(texts))


def _names(
    reader: IndexReader,
    slugs: tuple[str, ...],
    agency: NDArray[np.int32],
    moment: NDArray[np.int64],
) -> tuple[Agency, ...]:
    order = np.argsort(moment, kind="stable")
    newest = np.zeros(len(slugs), np.int64)
    newest[agency[order]] = order
    return tuple(
        Agency(slug, reader.stored_fields(int(number))["release"]["agency"]["name"])
        for slug, number in zip(slugs, newest, strict=True)
    )
