"""Backup and restore: a commit of an index, copied while it is searched and written; checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.codec.files import Component
from index.errors import MEND, DamagedIndexError, DatelineError, NoIndexError
from index.schema import make_schema
from index.stores import catalogue
from index.stores.commit_record import MAX_TRIES, CommitRecord, newest_commit, read_commit
from index.stores.copying import ReplaceableStore, copy_records, replace_records
from index.stores.durable_storage import DurableStorage
from index.stores.folder import (
    FORMAT_FILE,
    FolderStore,
    about_format,
    open_index,
    stamp_of,
    stated_format,
)
from index.stores.folder_index import FolderIndex, commit, segment_of, table_name
from index.stores.old_tables import newest_table
from index.stores.store import Store
from index.stores.verification import problems


def backup(folder: Path, target: Path) -> CommitRecord:
    """Copy the newest commit of an index to a new folder, which is an index of its own.

    It may be searched and written meanwhile. The copy has its name only once it is whole, checked
    byte for byte and record for record, and on the disk.

    :raises NoIndexError: when there is no index.
    :raises DatelineError: when the target is there already, or the copy is not sound.
    """
    open_index(folder).close()
    with _checked_first(target) as beside:
        return _copied(folder, beside)


def backup_of_store(source: Store, target: Path) -> int:
    """Copy the releases of another kind of store into a new folder; how many there were.

    :raises DatelineError: when the target is there already, or the copy is not sound.
    """
    with _checked_first(target) as beside:
        return copy_records(source, FolderStore(beside, facets=source.facets()))


@contextmanager
def _checked_first(target: Path) -> Iterator[Path]:
    """Gives a new folder, which has the name of the target once it holds a sound index."""
    if target.exists():
        raise DatelineError(f"{target} is there already; give a backup a new name")
    beside = target.with_name(f".{target.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        try:  # inside: an interruption right behind it removes it too
            beside.mkdir(parents=True)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(target)) from error
        yield beside
        _check(beside)
        storage = DurableStorage(str(beside))
        for name in [*os.listdir(beside), ""]:
            storage.sync(name)
        beside.rename(target)
        DurableStorage(str(target.parent)).sync("")
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def restore_to_store(source: Path, target: ReplaceableStore) -> int:
    """Make a backup the index of another kind of store, in one commit; how many releases it holds.

    :raises NoIndexError: when the backup is no index.
    :raises DatelineError: when it is not sound; nothing is changed then.
    :raises IndexLockedError: when another process is writing.
    """
    backed_up = FolderStore(source)
    _opened(source).close()
    _check(source)
    return replace_records(backed_up, target, backed_up.facets())


def _opened(source: Path) -> FolderIndex:
    try:
        return open_index(source)
    except NoIndexError as error:
        if stated_format(source) is not None:
            raise  # one of another format
        raise NoIndexError(
            f"There is no backup at {source}. Give a folder that `dateline backup` made."
        ) from error


def restore(source: Path, folder: Path) -> CommitRecord:
    """Make a backup the index of a folder, in one commit; searches see the old one until then.

    What the folder held is replaced, whatever state it is in.

    :raises NoIndexError: when the backup is no index.
    :raises DatelineError: when it is not sound; nothing is changed then.
    :raises IndexLockedError: when another process is writing.
    """
    record = _opened(source).record()
    _check(source)
    store = FolderStore(folder)
    with store.locked():
        storage = DurableStorage(str(folder))
        for name in _segment_files(record):
            shutil.copyfile(source / name, folder / f".{name}.new")
            storage.sync(f".{name}.new")
            storage.rename_file(f".{name}.new", name)
        storage.write_whole(FORMAT_FILE, about_format())
        table = newest_table(folder)
        newest = max(
            newest_commit(os.listdir(folder)) or 0, table[0] if table else 0, record.generation
        )
        segments = [segment_of(each) for each in record.segments]
        commit(storage, make_schema(record.facets), segments, newest + 1, record.tombstones)
        with store.catalogue():
            pass  # is made anew
    return record


def _copied(folder: Path, target: Path) -> CommitRecord:
    for _ in range(MAX_TRIES):
        found = read_commit(folder)
        if found is None:
            break
        try:
            of_commit = (found.path.name, table_name(found.record.generation))
            for name in (*_segment_files(found.record), *of_commit):
                if not (target / name).exists():
                    shutil.copyfile(folder / name, target / name)
        except FileNotFoundError as error:
            if newest_commit(os.listdir(folder)) == found.record.generation:
                raise DamagedIndexError(f"{error.filename}: is missing; {MEND}") from error
            continue  # a commit came, and its segments are others
        _drop_others(target, {*_segment_files(found.record), *of_commit})
        (target / FORMAT_FILE).write_bytes(about_format(found.format))
        _copy_catalogue(folder, target)
        return found.record
    raise DamagedIndexError(f"The index at {folder} changes too often to be read.")


def _segment_files(record: CommitRecord) -> list[str]:
    return [f"{each.name}{part.value}" for each in record.segments for part in Component]


def _drop_others(target: Path, names: Iterable[str]) -> None:
    for name in set(os.listdir(target)).difference(names):
        (target / name).unlink()


def _copy_catalogue(folder: Path, target: Path) -> None:
    """The catalogue, where it is whole and of this commit; without it the next run reads all files
    again."""
    names = (catalogue.CHECK, catalogue.NAME)
    try:
        for name in names:
            shutil.copyfile(folder / name, target / name)
    except FileNotFoundError:
        pass
    if not catalogue.is_sound(target, stamp_of(target)):
        for name in names:
            (target / name).unlink(missing_ok=True)


def _check(folder: Path) -> None:
    for problem in problems(folder):
        raise DamagedIndexError(f"The copy is not sound: {problem}")
