"""Files in, releases out: read and completed on all cores, in the order of the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from index.ingest.candidate import Candidate, candidates
from index.ingest.completion import CompletionOptions
from index.sources.containers.members import shown
from index.sources.draft import Damage, Document, Refusal
from index.sources.reading import Piece, joined, load_readers, pieces, where
from index.sources.reading import size_of as piece_bytes
from index.workers import LostWorkerError, alone, in_order, worker_count

POOL_FROM_BYTES = 2 << 20
"""Bytes of documents from which worker processes pay for their start."""
POOL_FROM_PIECES = 2_048
"""Documents from which they do, however small: more would wait in memory, some 3 kB each."""
BATCH_BYTES = 1 << 18
"""Bytes of documents that a worker is given at a time."""
BATCH_PIECES = 64
_KILLED = "could not be read: the process that read it {}; what it holds was left out"


class Taken(NamedTuple):
    """A release, or a refusal, of a file; `where` it stood is for a report."""

    path: Path
    where: str
    found: Candidate | Refusal


class _Unit(NamedTuple):
    path: Path
    piece: Piece | Refusal


_Results = list[list[Candidate | Refusal]]


def read_files(
    files: Iterable[Path],
    options: CompletionOptions,
    skipped: Counter[str],
    opened: Callable[[Path], None],
    watch: Callable[[int], None],
    workers: int | None = None,
) -> Generator[Taken, None, None]:
    """Every release in the files and every refusal, as one process would find them.

    :param opened: called with each file before it is read.
    :param watch: called with the bytes, of all files together, that were taken from the disk.
    :param workers: see `index.workers.worker_count`; none are started for little work.
    """
    batches = _batches(_units(files, options, skipped, opened, watch))
    first, some = _beginning(batches)
    workers = worker_count(workers) if some else 1
    if any(isinstance(unit.piece, Document) for unit in chain.from_iterable(first)):
        load_readers()
    work = partial(_read_batch, options)
    with closing(in_order(work, chain(first, batches), workers)) as read:
        pairs = chain.from_iterable(_paired(batch, results, work) for batch, results in read)
        for path, every in groupby(pairs, key=lambda pair: pair[0].path):
            file = shown(str(path))
            for each in joined((unit.piece, results) for unit, results in every):
                yield _taken(path, file, each)


def _units(
    files: Iterable[Path],
    options: CompletionOptions,
    skipped: Counter[str],
    opened: Callable[[Path], None],
    watch: Callable[[int], None],
) -> Iterator[_Unit]:
    done = 0
    for path in files:
        opened(path)
        at = partial(_watch_file, watch, done)
        for piece in pieces(path, options.read, skipped, at):
            yield _Unit(path, piece)
        done += size_of(path)
        watch(done)


def _watch_file(watch: Callable[[int], None], before: int, position: int) -> None:
    watch(before + position)


def size_of(path: Path) -> int:
    """Bytes of a file; 0 where it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _batches(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    batch, size = list[_Unit](), 0
    for unit in units:
        batch.append(unit)
        size += _bytes(unit.piece)
        if size >= BATCH_BYTES or len(batch) >= BATCH_PIECES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _beginning(batches: Iterator[list[_Unit]]) -> tuple[list[list[_Unit]], bool]:
    """The batches up to where worker processes pay, and whether that was reached."""
    first, number, size = list[list[_Unit]](), 0, 0
    for batch in batches:
        first.append(batch)
        number += len(batch)
        size += sum(_bytes(unit.piece) for unit in batch)
        if size >= POOL_FROM_BYTES or number >= POOL_FROM_PIECES:
            return first, True
    return first, False


def _bytes(piece: Piece | Refusal) -> int:
    return 0 if isinstance(piece, Refusal) else piece_bytes(piece)


def _read_batch(options: CompletionOptions, batch: list[_Unit]) -> _Results:
    return [
        []
        if isinstance(unit.piece, Refusal)
        else candidates(unit.piece, options, shown(str(unit.path)))
        for unit in batch
    ]


def _paired(
    batch: list[_Unit], results: _Results | LostWorkerError, work: Callable[[list[_Unit]], _Results]
) -> Iterator[tuple[_Unit, list[Candidate | Refusal]]]:
    if isinstance(results, LostWorkerError):
        results = [_singly(unit, work) for unit in batch]
    return zip(batch, results, strict=True)


def _singly(unit: _Unit, work: Callable[[list[_Unit]], _Results]) -> list[Candidate | Refusal]:
    """One piece of a batch that brought its process down: which of them was it?"""
    results = alone(work, [unit])
    if not isinstance(results, LostWorkerError):
        return results[0]
    piece = unit.piece
    name = piece.name if isinstance(piece, Document) else shown(str(unit.path))
    return [Damage(name, _KILLED.format(results))]


def _taken(path: Path, file: str, found: tuple[Candidate, int] | Refusal) -> Taken:
    if isinstance(found, Refusal):
        return Taken(path, found.where, found)
    candidate, record = found
    return Taken(path, where(file + candidate.member, record), candidate)
