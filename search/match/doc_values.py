"""Doc values: what sorting, filters and facets know of every document, as arrays by its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.codec.readers import stored_fields
from index.dates.day_numbers import last_moment
from index.dates.partial import LAST_YEAR
from index.errors import MEND, DamagedIndexError
from index.facet_table import AGENCY, LANGUAGE, Facet, FacetValue
from index.release import Agency
from index.schema import CHANGED, TEXT_FIELDS, facets_of
from search.match.copies import Copies, copies_of
from search.match.facet_column import FacetColumn, facet_column
from search.request import is_after


class TimeOrder(NamedTuple):
    """Document numbers in an order, and each document's place in it."""

    first: NDArray[np.int32]
    places: NDArray[np.int32]


@dataclass(frozen=True)
class DocValues:
    """Columns of one commit of an index, each with a value for every document number.

    `live` is False for deleted documents. `id_order` is a number of the same order as the ids.
    `agency` and `language` are places in `agencies` (in order of slug) and `languages`.
    `first_day`, `last_day` are numbers like 20231105, 0 where undated; `moment` is yyyymmddhhmm.
    `text_key` is what copies of a text have in common (`index.same_text`). `arrived` is a place in
    `arrivals`, when texts came here (UTC, ISO 8601, ascending); `changed` are the numbers of those
    that changed. `of_columns`: the facets of the index's own columns, by name.
    """

    live: NDArray[np.bool_]
    id_order: NDArray[np.integer[Any]]
    agency: NDArray[np.int32]
    agencies: tuple[Agency, ...]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]
    moment: NDArray[np.int64]
    language: NDArray[np.int32]
    languages: tuple[str, ...]
    text_key: NDArray[np.int64]
    arrived: NDArray[np.int32]
    arrivals: tuple[str, ...]
    changed: NDArray[np.uint32]
    of_columns: Mapping[str, FacetColumn] = field(default_factory=dict)

    @cached_property
    def facets(self) -> dict[str, FacetColumn]:
        """Name -> column of each facet whose values are listed, the agency first.

        The language is one where there are several.
        """
        spoken = {LANGUAGE.name: self.of_language} if len(self.languages) > 1 else {}
        return {AGENCY.name: FacetColumn(self.agency, self.agencies), **spoken, **self.of_columns}

    @cached_property
    def of_language(self) -> FacetColumn:
        """The language of every document."""
        tags = tuple(FacetValue(tag, tag) for tag in self.languages)
        return FacetColumn(self.language, tags, tags=True)

    @cached_property
    def copies(self) -> Copies:
        """The documents whose text others have too."""
        return copies_of(self.text_key)

    def order(self, name: str) -> TimeOrder:
        """An order by time, `newest`, `oldest` or `arrived`: the undated last, then by id.

        So are those dated ahead of today, which would head the list until their day.
        """
        ahead, found = self.ahead, self._orders.get(name)
        if found is None or found[0] != ahead:
            found = self._orders[name] = (ahead, self._sorted(name))
        return found[1]

    @property
    def order_moment(self) -> NDArray[np.int64]:
        """`moment`, with 0 for those dated ahead of today: what the orders go by."""
        if not self.ahead:
            return self.moment
        return np.where(self.moment > last_moment(), 0, self.moment)

    @property
    def ahead(self) -> int:
        """How many are dated ahead of today; the orders by time change when one of them comes."""
        if not len(self._ahead):
            return 0
        return int(len(self._ahead) - np.searchsorted(self._ahead, last_moment(), "right"))

    @cached_property
    def _ahead(self) -> NDArray[np.int64]:
        """Moments, ascending, that were ahead of the day on which they were first asked for."""
        return np.sort(self.moment[self.moment > last_moment()])

    @cached_property
    def _orders(self) -> dict[str, tuple[int, TimeOrder]]:
        return {}

    def _sorted(self, name: str) -> TimeOrder:
        moment = self.order_moment
        keys: dict[str, tuple[NDArray[Any], ...]] = {
            "newest": (-moment,),
            "oldest": (moment, moment == 0),
            "arrived": (-moment, -self.arrived),
        }
        first = np.lexsort((self.id_order, *keys[name])).astype(np.int32)
        return TimeOrder(first, _places(first))

    def new_after(self, until: str) -> NDArray[np.bool_]:
        """Documents that came, or changed, after a time, as `search.request.is_after` reads it."""
        new = np.array([is_after(each, until) for each in self.arrivals] or [False])
        return np.asarray(new[self.arrived])


def read_doc_values(reader: IndexReader) -> DocValues:
    """Read the doc values of an index once; the arrays may be shared between threads.

    An agency bears the name that its newest release gives it.

    :raises DamagedIndexError: if what stands in a column of days is none.
    """
    slugs, agency = _ordinals(reader, "agency")
    tags, language = _ordinals(reader, "language")
    arrivals, arrived = _ordinals(reader, "arrived")
    moment = _numbers(reader, "moment", np.int64)
    live = _live(reader)
    return DocValues(
        live=live,
        id_order=_id_order(reader),
        agency=agency,
        agencies=_names(reader, slugs, agency, np.where(live, moment, -1)),
        first_day=_days(reader, "first_day"),
        last_day=_days(reader, "last_day"),
        moment=moment,
        language=language,
        languages=tags,
        text_key=_numbers(reader, "text_key", np.int64),
        arrived=arrived,
        arrivals=arrivals,
        changed=_holding(reader, "state", CHANGED),
        of_columns={
            facet.name: _facet(reader, facet, np.where(live, moment, -1))
            for facet in facets_of(reader.schema)
            if facet.column
        },
    )


def _holding(reader: IndexReader, field: str, term: str) -> NDArray[np.uint32]:
    """Numbers of the documents with a term."""
    if (field, term) not in reader:
        return np.empty(0, np.uint32)
    return np.fromiter(reader.postings(field, term).all_ids(), np.uint32)


def _facet(reader: IndexReader, facet: Facet, moment: NDArray[np.int64]) -> FacetColumn:
    texts, ordinals = _ordinals(reader, facet.field)
    newest = np.full(len(texts), -1, np.int64)
    np.maximum.at(newest, ordinals, moment)
    return facet_column(texts, ordinals, newest.tolist(), facet.column)


def _places(order: NDArray[np.int32]) -> NDArray[np.int32]:
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _live(reader: IndexReader) -> NDArray[np.bool_]:
    """Asking for each document whether it is deleted took 40 ms of 73,000 after every commit."""
    live = np.ones(reader.doc_count_all(), np.bool_)
    for leaf, offset in reader.leaf_readers():
        if leaf.has_deletions():
            live[[offset + number for number in leaf.segment().deleted_docs()]] = False
    return live


def _columns(reader: IndexReader, field: str) -> Iterator[tuple[Any, int]]:
    """A column by segment: Whoosh's reader of several mixes them up where one lacks a column."""
    for leaf, _ in reader.leaf_readers():
        if leaf.doc_count_all():  # Whoosh's reader of nothing has no columns
            yield leaf.column_reader(field, translate=False), leaf.doc_count_all()


def _numbers(reader: IndexReader, field: str, dtype: type[Any]) -> NDArray[Any]:
    """A column of numbers; our codec has it as an array."""
    translate = reader.schema[field].from_column_value
    parts = [
        _signed(column.array)
        if hasattr(column, "array")
        else np.array([translate(column[number]) for number in range(count)])
        for column, count in _columns(reader, field)
    ]
    return np.concatenate([np.empty(0, dtype), *(part.astype(dtype) for part in parts)])


def _days(reader: IndexReader, field: str) -> NDArray[np.int32]:
    """A column of days, each 0 or a number like 20231105 with 31 at most for its day."""
    days = _numbers(reader, field, np.int32)
    year, month, day = days // 10_000, days // 100 % 100, days % 100
    right = (
        (year >= 1) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    )
    if not np.all(right | (days == 0)):
        raise DamagedIndexError(f"column {field} holds what is no day; {MEND}")
    return days


def _signed(sortable: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers from the unsigned ones, of the same order, that Whoosh keeps for them."""
    size = sortable.dtype.itemsize
    top = np.array(1 << (8 * size - 1), sortable.dtype)
    signed: NDArray[Any] = (sortable ^ top).view(f"i{size}")
    return signed


def _ordinals(reader: IndexReader, field: str) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The sorted distinct values of a column of texts, and every document's place among them."""
    parts = [_leaf_ordinals(column, count) for column, count in _columns(reader, field)]
    # Sorted runs are merged: of 73,000 ids a set of all would take four times as long.
    names = list(dict.fromkeys(sorted(chain.from_iterable(values for values, _ in parts))))
    places = {name: place for place, name in enumerate(names)}
    ordinals = [
        np.fromiter(map(places.__getitem__, values), np.int32, len(values))[own]
        for values, own in parts
    ]
    texts = tuple(name.decode("utf-8") for name in names)
    return texts, np.concatenate([np.empty(0, np.int32), *ordinals])


def _leaf_ordinals(column: Any, count: int) -> tuple[list[bytes], NDArray[Any]]:
    """The same for one segment; our codec has it so."""
    if hasattr(column, "ordinals"):
        return column.values, column.ordinals
    values = [column[number] for number in range(count)]
    names = sorted(set(values))
    places = {name: place for place, name in enumerate(names)}
    return names, np.fromiter(map(places.__getitem__, values), np.int64, count)


def _id_order(reader: IndexReader) -> NDArray[np.integer[Any]]:
    """A number for each document, of the same order as its id; one segment of ours has them."""
    leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
    if len(leaves) == 1:
        column = leaves[0].column_reader("id", translate=False)
        if hasattr(column, "ordinals"):
            order: NDArray[np.integer[Any]] = column.ordinals
            return order
    return _ordinals(reader, "id")[1]


def _names(
    reader: IndexReader,
    slugs: tuple[str, ...],
    agency: NDArray[np.int32],
    moment: NDArray[np.int64],
) -> tuple[Agency, ...]:
    latest = np.full(len(slugs), -1, np.int64)
    np.maximum.at(latest, agency, moment)
    newest = np.zeros(len(slugs), np.int64)
    last = np.flatnonzero(moment == latest[agency])  # of several on one day the last one counts
    newest[agency[last]] = last
    return tuple(
        Agency(slug, stored_fields(reader, int(number), TEXT_FIELDS)["agency_name"])
        for slug, number in zip(slugs, newest, strict=True)
    )
