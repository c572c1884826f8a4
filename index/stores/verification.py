"""Whether an index in a folder is sound: every file, every record, every number that must agree."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.codec.consistency import ODD, contradictions
from index.codec.readers import stored_fields
from index.codec.segment import damage, open_segment
from index.errors import DatelineError, NoIndexError
from index.history import history_of, versions_of
from index.release import Release, content_hash, hash_fault
from index.stores.catalogue import CHECK, NAME, is_sound
from index.stores.catalogue_words import words_in
from index.stores.commit_record import (
    FORMAT,
    MAX_TRIES,
    StoredCommit,
    digest_of,
    newest_commit,
    read_commit,
)
from index.stores.folder import FORMAT_FILE, about_format, open_index
from index.stores.folder_index import table_name
from index.stores.stored_release import HASH_BYTES

DAMAGE = (DatelineError, OSError, *ODD)
"""What reading raises where files hold what was never written: by chance, or by somebody's hand."""

Expected = dict[tuple[str, str], list[int]]


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the index in a folder, a sentence each; nothing when it is sound.

    The commit record and what stands beside it; checksums of all files; then every stored record:
    that it reads, that its hash is its content's; that the index finds exactly the records with an
    id, agency, date or language under it; that ids are unique; and that the catalogue knows the
    same releases. One damage does not hide another.

    :raises NoIndexError: when there is no index to check.
    """
    for _ in range(MAX_TRIES):
        before = newest_commit(os.listdir(folder)) if folder.is_dir() else None
        found = list(dict.fromkeys(_problems(folder)))
        # What a commit replaced meanwhile was deleted, and is no damage.
        if not found or newest_commit(os.listdir(folder)) == before:
            break
    yield from found


def _problems(folder: Path) -> Iterator[str]:
    try:
        index = open_index(folder)
        found = read_commit(folder)
    except NoIndexError:
        raise
    except DatelineError as error:
        yield str(error)
        return
    assert found is not None, "an index that opens has a commit"  # noqa: S101
    yield from _beside(folder, found)
    damaged = list(damage(index.storage, index.segments()))
    yield from damaged
    for segment in index.segments() if not damaged else ():
        yield from contradictions(open_segment(index.storage, segment))
    known: dict[str, bytes] = {}
    try:
        with index.reader() as reader:
            yield from _records(reader, known)
    except DAMAGE as error:
        yield said(error, "the index cannot be read to its end")
    yield from _catalogue(folder, f"{found.record.generation} {found.digest}", known)
    index.close()


def said(error: BaseException, what: str) -> str:
    """An error of reading as a sentence: our own as it is, another one after `what`."""
    if isinstance(error, DatelineError):
        return str(error)
    return f"{what} ({type(error).__name__}: {error})"


def _beside(folder: Path, found: StoredCommit) -> Iterator[str]:
    """The commit record itself, and the two files that it can be checked against."""
    if found.copies < 2:
        yield f"{found.path}: one of its two copies is damaged; the other was read"
    about = folder / FORMAT_FILE
    # A writer that was stopped leaves that of its commit beside the one before.
    written = [about_format(each) for each in (found.format, FORMAT)]
    if not about.is_file() or about.read_bytes() not in written:
        yield f"{about}: is not as it was written; it states the format, {found.format}"
    table = folder / table_name(found.record.generation)
    try:
        if digest_of(table.read_bytes()) != found.record.table:
            yield f"{table}: is damaged; stock Whoosh would read it, nothing of ours does"
    except OSError as error:
        yield f"{table}: cannot be read ({error.strerror}); stock Whoosh needs it, nothing of ours"


def _records(reader: Any, known: dict[str, bytes]) -> Iterator[str]:
    expected: Expected = defaultdict(list)
    unread = 0
    for number in reader.all_doc_ids():
        try:
            stored = stored_fields(reader, number)
            release = Release.from_stored(stored)
            versions_of(history_of(stored).versions)
        except DAMAGE as error:
            unread += 1
            yield said(error, f"document {number}: its record cannot be read")
            continue
        content = content_hash(release.headline, release.body)
        if content != release.content_hash:
            yield hash_fault(release)
        known[release.id] = bytes.fromhex(content)[:HASH_BYTES]
        for term in _terms(release):
            expected[term].append(number)
    if unread:
        yield f"{unread:,} of {reader.doc_count():,} records cannot be read"
        known.clear()
    else:
        yield from _disagreements(reader, expected)


def _terms(release: Release) -> Iterator[tuple[str, str]]:
    yield "id", release.id
    yield "agency", release.agency.slug
    yield "date", release.date or "none"
    yield "language", release.language


def _disagreements(reader: Any, expected: Expected) -> Iterator[str]:
    for (field, value), numbers in expected.items():
        try:
            there = (field, value) in reader
            found = list(reader.postings(field, value).all_ids()) if there else []
        except DAMAGE as error:
            yield said(error, f"{field} {value!r}: its postings cannot be read")
            continue
        if found != numbers:
            yield (
                f"{field} {value!r}: the index finds {len(found):,} releases, "
                f"{len(numbers):,} records say so"
            )
        if field == "id" and len(numbers) > 1:
            yield f"{value}: stands in the index {len(numbers)} times"


def _catalogue(folder: Path, stamp: str, known: dict[str, bytes]) -> Iterator[str]:
    """What the catalogue says otherwise than the records; one of another commit says nothing."""
    path = folder / NAME
    sound = is_sound(folder, stamp)
    if sound is False:
        yield f"{path}: is damaged, or {CHECK} beside it is; the next run makes it anew"
    if not sound or not known:
        return
    listed = words_in(folder, stamp)
    if listed is not None and listed != known:
        wrong = {key for key, _ in listed.items() ^ known.items()}
        yield (
            f"{path}: of {len(wrong):,} releases it says otherwise than the index "
            f"({min(wrong)}); remove it, the next run makes it anew"
        )
