"""What passes between reading and indexing: a document in, drafts and refusals out."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from tempfile import gettempdir

from index.dates.resolution import FoundDate
from index.errors import DatelineError, MachineError
from index.release import Column, Photo, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes with what is known of where they came from.

    `name` is for the operator: the path given, then `!` and the member for containers
    (`day.zip!P2023110500602.htm`). `url`, `content_type`, `fetched_at` (UTC, ISO 8601) are set
    where a container such as WARC states them. `agency` is the issuer of its whole source, as who
    collected it was told.
    """

    name: str
    data: bytes
    url: str | None = None
    content_type: str | None = None
    fetched_at: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A release as its document states it, before anything is inferred.

    `form` names the reader (`newswire`, `hong-kong-page`, `web-page`, `rss`, ...). `id` is an
    identifier that the issuer or the record gives. `stated_agency` is an agency named by metadata
    with `stated_agency_rule` saying which (`json`, `json-ld`, `from-line`, `site-name`, ...);
    `weak_agency` is one that the place it was found in only suggests (a site's name): text beats
    it; `possible_agency` one that other documents of its site must confirm. `dates` are the dates
    that the document states outside its prose, most trusted first; `day_first` is the order of day
    and month that the document shows, where it shows one. `extra`: the columns of a record that are
    none of these.
    """

    headline: str
    body: str
    form: str
    id: str | None = None
    url: str | None = None
    language: str | None = None
    dates: tuple[FoundDate, ...] = ()
    stated_agency: str | None = None
    stated_agency_rule: str = ""
    weak_agency: str | None = None
    possible_agency: str | None = None
    place: str | None = None
    photos: tuple[Photo, ...] = ()
    translations: tuple[Translation, ...] = ()
    extra: tuple[Column, ...] = ()
    notes: tuple[str, ...] = field(default=())
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not indexed: where it is and, in a sentence, why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Damage(Refusal):
    """A refusal that leaves it unknown what else is there, so nothing there counts as vanished."""


_LACKS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE))


def check_machine(error: Exception) -> None:
    """Raise a `MachineError` where an error says that the machine lacks room or open files."""
    if isinstance(error, MachineError):
        raise error
    if isinstance(error, OSError) and error.errno in _LACKS:
        raise MachineError(
            f"{error.strerror} while reading (temporary files are in {gettempdir()}). The index "
            "is as it was; make room, and run again."
        ) from error


def refused(where: str, error: Exception) -> Damage:
    """The refusal of a document that a reader could not take; our own errors are sentences.

    :raises MachineError: where the machine, and no document, is the cause.
    """
    check_machine(error)
    if isinstance(error, DatelineError):
        return Damage(where, str(error))
    if isinstance(error, MemoryError):
        return Damage(where, "needs more memory to be read than there is; split it")
    words = " ".join(str(error).split())[:200]
    return Damage(where, f"cannot be read ({type(error).__name__}{words and f': {words}'})")


def attempt(make: Callable[[], Draft | Refusal], where: str) -> Draft | Refusal:
    """One record of many: whatever making its draft raises is the refusal of this record alone."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001, what others wrote may trip any parser
        return refused(where, error)


MAX_REASONS = 100
"""Reasons for refusing parts of one document that are told apart."""


class GroupedRefusals:
    """Refusals of the parts of one document, one for all that have the same reason."""

    def __init__(self) -> None:
        self._first: dict[str, Refusal] = {}
        self._counts: dict[str, int] = {}

    def add(self, refusal: Refusal) -> None:
        """Count a refusal; the first of its reason is kept."""
        reason = re.sub(r"\d+", "0", refusal.reason)
        if reason not in self._first and len(self._first) >= MAX_REASONS:
            reason = f"… {type(refusal).__name__}"
        self._first.setdefault(reason, refusal)
        self._counts[reason] = self._counts.get(reason, 0) + 1

    def refusals(self) -> Iterator[Refusal]:
        """One for each reason: where the first of them is and how many more there are."""
        for reason, first in self._first.items():
            more = self._counts[reason] - 1
            where = f"{first.where} and {more:,} more" if more else first.where
            yield replace(first, where=where)


def group_refusals(found: Iterable[Draft | Refusal]) -> Iterator[Draft | Refusal]:
    """The parts of one document, with one refusal for all that were refused for one reason.

    It stands at the end and says where the first of them is and how many there are.
    """
    refused = GroupedRefusals()
    for each in found:
        if isinstance(each, Draft):
            yield each
        else:
            refused.add(each)
    yield from refused.refusals()
