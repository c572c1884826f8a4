"""`dateline verify`, `dateline backup`, `dateline restore` and `dateline copy`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from index.cluster.cluster_address import is_cluster, read_address
from index.errors import NoIndexError
from index.ingest.report import KEPT, counted
from index.stores import open_cluster_store, open_store
from index.stores.backup import backup as copy_index
from index.stores.backup import backup_of_store, restore_to_store
from index.stores.backup import restore as copy_back
from index.stores.commit_record import CommitRecord
from index.stores.copying import copy_records
from index.stores.repair import Repaired, repair, told
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
        found = _checked(problems(folder), folder, arguments)
    except NoIndexError as error:
        if not arguments.repair or not folder.is_dir():
            raise
        found = _checked([str(error)], folder, arguments)
    if not found["total"] or not arguments.repair:
        return _told(arguments, found, found, None)
    repaired = repair(folder)
    for sentence in () if arguments.json else told(repaired):
        print(sentence)
    return _told(arguments, found, _checked(problems(folder), folder, arguments), repaired)


def backup(arguments: Arguments) -> None:
    """Copy the index and print what was copied."""
    if is_cluster(arguments.index):
        count = backup_of_store(open_cluster_store(arguments.index), arguments.target)
        of, commit = _named(arguments), None
    else:
        record = copy_index(Path(arguments.index), arguments.target)
        count, commit = _releases_of(record), record.generation
        of = f"commit {commit}"
    if arguments.json:
        told = {"backup": str(arguments.target), "index": _named(arguments), "releases": count,
                "commit": commit}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"{arguments.target}: {counted(count, 'release')} of {of}, checked")


def restore(arguments: Arguments) -> None:
    """Make a backup the index and print what it holds."""
    if is_cluster(arguments.index):
        count = restore_to_store(arguments.source, open_cluster_store(arguments.index))
        print(f"{_named(arguments)}: {counted(count, 'release')}, from {arguments.source}")
        return
    record = copy_back(arguments.source, Path(arguments.index))
    print(f"{arguments.index}: {_described(record)}, from {arguments.source}")


def copy(arguments: Arguments) -> None:
    """Copy every release from one index to another, which holds none, and print how many."""
    source = open_store(arguments.source)
    count = copy_records(source, open_store(arguments.target, source.facets()))
    print(f"{_without_password(arguments.target)}: {counted(count, 'release')}, checked")


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
    found = _checked(problems_on_cluster(client), client.address, arguments)
    return _told(arguments, found, found, None)


class _FoundProblems(TypedDict):
    """How many problems there are, and the first of them."""

    total: int
    first: list[str]


def _checked(problems: Iterable[str], where: object, arguments: Arguments) -> _FoundProblems:
    """The problems, which are printed as they are found unless data is wanted."""
    found = _FoundProblems(total=0, first=[])
    for problem in problems:
        found["total"] += 1
        if found["total"] <= KEPT:
            found["first"].append(problem)
        if found["total"] <= MAX_PROBLEMS and not arguments.json:
            print(problem)
    if arguments.json:
        return found
    if found["total"] > MAX_PROBLEMS:
        print(f"and {found['total'] - MAX_PROBLEMS:,} more")
    print(f"{where}: " + (counted(found["total"], "problem") if found["total"] else "sound"))
    return found


def _told(
    arguments: Arguments, found: _FoundProblems, left: _FoundProblems, repaired: Repaired | None
) -> bool:
    """Whether an index is sound, which is printed with the rest where data is wanted."""
    lost = repaired is not None and bool(repaired.lost or repaired.nameless)
    sound = not left["total"] and not lost
    if arguments.json:
        report = {"index": _named(arguments), "sound": sound, "problems": found, "left": left,
                  "repaired": repaired and repaired._asdict()}  # fmt: skip
        print(json.dumps(report, ensure_ascii=False, indent=2))
    return sound


def _described(record: CommitRecord) -> str:
    return f"{counted(_releases_of(record), 'release')} of commit {record.generation}"


def _releases_of(record: CommitRecord) -> int:
    return sum(each.documents - len(each.deleted) for each in record.segments)
