"""Pieces of files to candidates: read and completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.agencies.gazetteer import Gazetteer
from index.errors import DatelineError
from index.ingest.candidate import Candidate, candidate_of
from index.ingest.completion import complete
from index.sources.draft import Refusal
from index.sources.reading import Piece, ReadDraft, ReadOptions, read_piece


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOptions:
    """What goes into every release: `as_of`, an ISO day by when the documents were collected."""

    gazetteers: Sequence[Gazetteer] = ()
    as_of: str | None = None
    read: ReadOptions = field(default_factory=ReadOptions)


def candidates(piece: Piece, options: CompletionOptions) -> list[Candidate | Refusal]:
    """Everything that a piece of a file holds, read and completed. Nothing that it holds raises."""
    return [
        each if isinstance(each, Refusal) else _candidate(each, options)
        for each in read_piece(piece, options.read)
    ]


def _candidate(found: ReadDraft, options: CompletionOptions) -> Candidate | Refusal:
    try:
        completed = complete(
            found.draft,
            found.document,
            gazetteers=options.gazetteers,
            as_of=options.as_of,
            limits=options.read.limits,
        )
    except DatelineError as error:
        return Refusal(found.where, str(error))
    return candidate_of(completed)
