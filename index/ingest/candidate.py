"""A release as read: what deduplication compares, what a report says, and its record in bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from index.addresses import split_address
from index.dates.day_numbers import FUTURE_DAYS
from index.ingest.completion import Completed, CompletionOptions, complete
from index.ingest.time_limit import OverdueError, seconds_for, time_limit
from index.release import Release
from index.sources.draft import Damage, Document, Refusal, refused
from index.sources.reading import Piece, ReadDraft, read_piece, size_of
from index.stores.fingerprint import Fingerprint, fingerprint_of
from index.stores.stored_release import record_of, with_time
from index.text.language_detection import UNKNOWN

SHARED, FEW = 0.9, 3
"""Part of a piece's releases, and how many of them, that are in a language which others share."""


class Candidate(NamedTuple):
    """A release as read. `given`: its document states the id. `member` is its source without the
    file. `future`: the headline, where the date is ahead of today. `by_address`: its id is made of
    its address, which may turn out to identify nothing. `either`: the same day first and month
    first, where its date leaves that open. `site`: the host of its address; `day_first`: the order
    that its page shows, for other pages of the site. `columns`: the names of its extra columns.
    `with_issuer`: the same with an issuer, named `issuer`, that other pages of its site must
    confirm.

    `record` is what will be stored of it, but for what deduplication settles.
    """

    id: str
    given: bool
    fingerprint: Fingerprint
    member: str
    notes: tuple[str, ...]
    future: str | None
    record: bytes
    by_address: bool = False
    language: str = UNKNOWN
    either: tuple[Candidate, ...] = ()
    site: str = ""
    day_first: bool | None = None
    columns: tuple[str, ...] = ()
    with_issuer: tuple[Candidate, ...] = ()
    issuer: str = ""


def candidates(
    piece: Piece, options: CompletionOptions, file: str = ""
) -> list[Candidate | Refusal]:
    """Everything that a piece of a file holds, read and completed. Nothing that it holds raises.

    A text too short to tell its language is taken to be in that of its neighbours in the piece.

    :param file: how sources name the file: what they go on with is the `member`.
    """
    found: list[Candidate | Refusal] = []
    untold: dict[int, ReadDraft] = {}
    limit = seconds_for(size_of(piece), options.read.limits)
    try:
        with time_limit(limit):
            for each in read_piece(piece, options.read):
                made = each if isinstance(each, Refusal) else _candidate(each, options, file)
                if isinstance(each, ReadDraft) and getattr(made, "language", "") == UNKNOWN:
                    untold[len(found)] = each
                found.append(made)
            language = _shared_language(found) if untold else None
            if language is not None:
                for at, draft in untold.items():
                    found[at] = _candidate(_in_language(draft, language), options, file)
    except OverdueError:
        found.append(_overdue(piece, limit))
    return found


def _shared_language(found: list[Candidate | Refusal]) -> str | None:
    """The language of nearly all releases of a piece that have one."""
    counts = Counter(each.language for each in found if isinstance(each, Candidate))
    del counts[UNKNOWN]
    if not counts:
        return None
    language, count = counts.most_common(1)[0]
    return language if count >= max(SHARED * counts.total(), FEW) else None


def _in_language(found: ReadDraft, language: str) -> ReadDraft:
    note = f"too short to tell its language, which is taken to be its neighbours', {language}"
    draft = replace(found.draft, language=language, notes=(*found.draft.notes, note))
    return replace(found, draft=draft)


def _overdue(piece: Piece, limit: float) -> Damage:
    where = piece.name if isinstance(piece, Document) else piece.origin.name
    return Damage(
        where,
        f"takes more than {limit:.0f} s of processor time to read (see the limits); "
        "what was read of it by then is kept",
    )


def _candidate(found: ReadDraft, options: CompletionOptions, file: str) -> Candidate | Refusal:
    try:
        completed = complete(found.draft, found.document, options)
        made = candidate_of(completed, file)
        either = tuple([candidate_of(each, file) for each in completed.either])
        issued = tuple([_with_issuer(each, file) for each in completed.with_issuer])
        if not either and not issued and found.draft.day_first is None:
            return made
        return made._replace(
            either=either,
            site=_host(completed.release.url),
            day_first=found.draft.day_first,
            with_issuer=issued,
        )
    except Exception as error:  # noqa: BLE001, no document ends a run
        return refused(found.where, error)


def _with_issuer(completed: Completed, file: str) -> Candidate:
    return candidate_of(completed, file)._replace(issuer=completed.release.agency.name)


def _host(url: str | None) -> str:
    """The host of an address, lower case; empty where there is none."""
    return split_address(url).hostname or ""


def candidate_of(completed: Completed, file: str) -> Candidate:
    """A completed release of a file, encoded."""
    release, rule = completed.release, completed.identity_rule
    record = record_of(release)
    return Candidate(
        id=release.id,
        given=rule == "given",
        fingerprint=fingerprint_of(release, record, by_content=rule == "content"),
        member=release.source_file.removeprefix(file),
        notes=completed.notes,
        future=_future(release),
        record=with_time(record, release.fetched_at),
        by_address=rule == "address",
        language=release.language,
        columns=tuple([each.name for each in release.extra]),
    )


def _future(release: Release) -> str | None:
    if release.date_precision != "day" or release.date is None:
        return None
    ahead = (date.fromisoformat(release.date) - datetime.now(UTC).date()).days
    return release.headline[:100] if ahead > FUTURE_DAYS else None
