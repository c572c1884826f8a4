"""`dateline verify`, `dateline backup`, `dateline restore` and `dateline copy`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from index.cluster.cluster_address import is_cluster, read_address
from index.errors import NoIndexError
from index.stores import open_cluster_store, open_store
from index.stores.backup import backup as copy_index
from index.stores.backup import backup_of_store, restore_to_store
from index.stores.backup import restore as copy_back
from index.stores.commit_record import CommitRecord
from index.stores.copying import copy_records
from index.stores.repair import repair, told
from index.stores.verification import problems
from webapp.cli.arguments import Arguments

MAX_PROBLEMS = 50
"""Problems that are printed one by one."""


def verify(arguments: Arguments) -> bool:
    """Check the index and print what is wrong with it; whether nothing is, or all was mended."""
    if is_cluster(arguments.index):
        return _verify_cluster(arguments)
    folder = Path(arguments.index)
    try:
        found = _print_problems(problems(folder), folder)
    except NoIndexError as error:
        if not arguments.repair or not folder.is_dir():
            raise
        print(error)
        found = 1
    if not found or not arguments.repair:
        return not found
    repaired = repair(folder)
    for sentence in told(repaired):
        print(sentence)
    return (
        not _print_problems(problems(folder), folder)
        and not repaired.lost
        and not repaired.nameless
    )


def backup(arguments: Arguments) -> None:
    """Copy the index and print what was copied."""
    if is_cluster(arguments.index):
        count = backup_of_store(open_cluster_store(arguments.index), arguments.target)
        print(f"{arguments.target}: {count:,} releases of {_named(arguments)}, checked")
        return
    record = copy_index(Path(arguments.index), arguments.target)
    print(f"{arguments.target}: {_described(record)}, checked")


def restore(arguments: Arguments) -> None:
    """Make a backup the index and print what it holds."""
    if is_cluster(arguments.index):
        count = restore_to_store(arguments.source, open_cluster_store(arguments.index))
        print(f"{_named(arguments)}: {count:,} releases, from {arguments.source}")
        return
    record = copy_back(arguments.source, Path(arguments.index))
    print(f"{arguments.index}: {_described(record)}, from {arguments.source}")


def copy(arguments: Arguments) -> None:
    """Copy every release from one index to another, which holds none, and print how many."""
    source = open_store(arguments.source)
    count = copy_records(source, open_store(arguments.target, source.facets()))
    print(f"{_without_password(arguments.target)}: {count:,} releases, checked")


def _without_password(address: str) -> str:
    return str(read_address(address)) if is_cluster(address) else address


def _named(arguments: Arguments) -> str:
    return _without_password(arguments.index)


def _verify_cluster(arguments: Arguments) -> bool:
    from index.cluster.client import Client
    from index.stores.cluster_verification import problems_on_cluster

    if arguments.repair:
        raise NoIndexError(
            "An index on a cluster is not repaired: restore a backup, or index again."
        )
    client = Client(read_address(arguments.index))
    return not _print_problems(problems_on_cluster(client), client.address)


def _print_problems(problems: Iterable[str], where: object) -> int:
    found = 0
    for problem in problems:
        found += 1
        if found <= MAX_PROBLEMS:
            print(problem)
    if found > MAX_PROBLEMS:
        print(f"and {found - MAX_PROBLEMS:,} more")
    print(f"{where}: " + (f"{found:,} problems" if found else "sound"))
    return found


def _described(record: CommitRecord) -> str:
    releases = sum(each.documents - len(each.deleted) for each in record.segments)
    return f"{releases:,} releases of commit {record.generation}"
