"""Which files need not be read again: those that are as they were when all of them was read.

The index must come out as if every file had been read. A release that lies in one file only cannot
be changed by others. Where files have releases in common, which of them wins depends on all of
them; so they are left aside together or not at all, and only if the same run read them all.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.agencies.gazetteer import Gazetteer
from index.ingest.completion import CompletionOptions
from index.stores.origins import Origins, is_gone, lies_under
from index.stores.store import Catalogue, FileState

SETTLED_SECONDS = 2.0
"""Age from which a file's times tell: a change just after could leave younger ones as they are."""
_PROGRAM = (".py", ".json")


class FileMemory:
    """What earlier runs knew of files, and what this one will leave to the next."""

    def __init__(self, catalogue: Catalogue, options: CompletionOptions) -> None:
        self._catalogue = catalogue
        self._options = digest_of(options)
        self._former = catalogue.reader()
        self._states = catalogue.files()
        self._links = set(catalogue.links())
        self._read: dict[str, bytes | None] = {}
        self._refused = set[str]()

    def unchanged(self, files: Iterable[str], reread: Collection[str], prune: bool) -> set[str]:
        """The files of a run that it need not read; `reread`: files that it has to."""
        now = {
            file: signature_of(file, self._options)
            for file in files
            if file in self._states and file not in reread
            if not (prune and self._states[file].vanished)
        }
        return unchanged(now, self._states, self._links)

    def releases(self, files: Iterable[str]) -> int:
        """How many releases of the index lie in files that are not read again."""
        return sum(self._states[file].releases for file in files)

    def is_read_otherwise(self, file: str) -> bool:
        """Whether a file is as it was, but this version or these options read it in another way."""
        state = self._states.get(file)
        if state is None or not self._former or self._former == self._options:
            return False
        return signature_of(file, self._former) == state.signature

    def start(self) -> None:
        """Forget what was read in this run."""
        self._read, self._refused = {}, set()

    def opens(self, file: str) -> None:
        """Note a file as it is before it is read."""
        self._read[file] = signature_of(file, self._options)

    def is_to_be_said_again(self, file: str) -> None:
        """Note that something in a file that was opened is refused: the next run reads it, too."""
        if file in self._read:
            self._read[file] = None
            self._refused.add(file)

    def note(
        self,
        origins: Origins,
        met: Collection[str],
        vanished: Collection[str],
    ) -> int:
        """Put into the catalogue what the next run can go by.

        The catalogue has to hold the releases as they are to be.

        :returns: how many of them the files that were read whole no longer hold.

        :param met: ids of the releases of this run.
        :param vanished: places whose releases went with their files, so that these are news again.
        """
        run = self._catalogue.next_run()
        self._catalogue.note_reader(self._options)
        states = {
            file: self._state(file, signature, (run, place), met)
            for place, (file, signature) in enumerate(self._read.items())
            if signature is not None and file not in origins.unsettled
        }
        ends = {
            end for link in self._links for end in link if not self._read.keys().isdisjoint(link)
        }
        gone = {end for end in ends if is_gone(end)}
        away = {
            file
            for file in self._states.keys() - self._read.keys()
            if vanished and lies_under(file, vanished) and is_gone(file)
        }
        forgotten = (self._read.keys() - states.keys()) | origins.unsettled | gone | away
        settled = self._read.keys() | gone
        unlinked = {link for link in self._links if settled >= set(link)}
        self._catalogue.note_files(forgotten, states, unlinked, origins.linked)
        return sum(self._held(file, met)[1] for file in self._read.keys() - self._refused)

    def _state(
        self, file: str, signature: bytes, run: tuple[int, int], met: Collection[str]
    ) -> FileState:
        return FileState(signature, *run, *self._held(file, met))

    def _held(self, file: str, met: Collection[str]) -> tuple[int, int]:
        """How many releases that the index has from a file were met in it, and how many not."""
        ids = self._catalogue.ids_in(file)
        there = sum(each in met for each in ids)
        return there, len(ids) - there


def signature_of(path: str, options: bytes) -> bytes | None:
    """A hash of a file's size, times and place on the disk, and of how it is read.

    None for a file that is not there, or so young that it may change without showing it.
    """
    try:
        found = os.stat(path)
    except OSError:
        return None
    if time.time() - max(found.st_mtime, found.st_ctime) < SETTLED_SECONDS:
        return None
    values = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
    return hashlib.blake2b(repr(values).encode() + options, digest_size=16).digest()


def digest_of(options: CompletionOptions) -> bytes:
    """A hash over everything but the file that decides what its releases are."""
    read = options.read
    parts = (
        options.as_of, options.day_first, sorted(read.mapping.items()), read.limits,
        read.include, read.exclude, read.bases,
        [_content(each) for each in options.gazetteers],
    )  # fmt: skip
    digest = hashlib.blake2b(program_hash(), digest_size=16)
    digest.update(repr(parts).encode("utf-8", "surrogatepass"))
    return digest.digest()


def unchanged(
    signatures: Mapping[str, bytes | None],
    states: Mapping[str, FileState],
    links: Iterable[tuple[str, str]],
) -> set[str]:
    """The files that are as they were, without those that others may have a say in.

    :param signatures: of the files of this run, in their order, as they are now; `states`: what is
        remembered.
    :param links: pairs of files that have releases in common, of other runs' files too.
    """
    same = {file for file, now in signatures.items() if now == states[file].signature}
    for group in _groups(links):
        if not group <= same or not _as_read(
            [states[file] for file in signatures if file in group]
        ):
            same -= group
    return same


def _as_read(states: Sequence[FileState]) -> bool:
    """Whether one run read these files, in this order."""
    places = [each.place for each in states]
    return len({each.run for each in states}) == 1 and places == sorted(places)


def _groups(links: Iterable[tuple[str, str]]) -> Iterable[set[str]]:
    """Files joined by links, directly or through others."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    left = set(neighbours)
    while left:
        group, waiting = set[str](), {left.pop()}
        while waiting:
            file = waiting.pop()
            group.add(file)
            waiting |= neighbours[file] - group
        left -= group
        yield group


def _content(gazetteer: Gazetteer) -> tuple[object, ...]:
    return (gazetteer, gazetteer.forms, gazetteer.exact)


@cache
def program_hash() -> bytes:
    """A hash over this package: another version may read the same file in another way."""
    digest = hashlib.blake2b(digest_size=16)
    top = Path(__file__).parents[1]
    for path in sorted(each for each in top.rglob("*") if each.suffix in _PROGRAM):
        digest.update(str(path.relative_to(top)).encode() + b"\0" + path.read_bytes())
    return digest.digest()
