"""A disk that may lose what was not synced: what is left of a folder after a power cut.

A storage records every step that changes the folder. From the record any moment can be put
together again as a disk may have kept it: names and contents that were synced are there; of the
rest, some, none, halves or the wrong order. After the idea of ALICE (Pillai and others, OSDI 2014).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.filedb.structfile import StructFile

from index.stores.durable_storage import DurableStorage

BLOCK = 512
"""Bytes that a disk writes whole or not at all."""
PAST_THE_STORAGE = ("dateline-catalogue.sqlite", "dateline.lock", "MAIN_WRITELOCK")
"""Files that are not written through it: SQLite syncs its own, locks hold nothing."""


class Step(NamedTuple):
    """`what` is one of create, write, sync, rename, delete; a sync of "" is one of the folder."""

    what: str
    name: str
    to: str = ""
    data: bytes = b""


class Recording(DurableStorage):
    """The storage of an index, with every step that changes a file noted in `steps`.

    `before` is called with the number and the name of each step before it is done: it may raise.
    """

    def __init__(
        self, path: str, steps: list[Step], before: Callable[[int, Step], None] | None = None
    ) -> None:
        super().__init__(path)
        self.steps = steps
        self._before = before
        self._open: list[_Watched] = []

    def note(self, step: Step) -> None:
        try:
            if self._before is not None:
                self._before(len(self.steps), step)
        except BaseException:
            for file in self._open:
                file.abandon()
            raise
        self.steps.append(step)

    def create_file(self, name: str, **_: Any) -> StructFile:
        self.note(Step("create", name))
        file = _Watched(Path(self.folder, name).open("wb"), name, self)  # noqa: SIM115 - closed by itself
        self._open.append(file)
        return StructFile(file, name=name)

    def sync(self, name: str) -> None:
        self.note(Step("sync", name))
        super().sync(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        self.note(Step("rename", oldname, newname))
        super().rename_file(oldname, newname, safe)

    def delete_file(self, name: str) -> None:
        self.note(Step("delete", name))
        super().delete_file(name)


class _Watched:
    """A file whose writes are noted, all that come together as one."""

    def __init__(self, file: Any, name: str, storage: Recording) -> None:
        self._file = file
        self._name = name
        self._storage = storage
        self._pending: list[bytes] = []

    def write(self, data: Any) -> int:
        self._pending.append(bytes(data))
        return len(self._pending[-1])

    def flush(self) -> None:
        data, self._pending = b"".join(self._pending), []
        if data and not self._file.closed:
            half = len(data) // 2
            for part in (data[:half], data[half:]):
                self._storage.note(Step("write", self._name, data=part))
                self._file.write(part)
                self._file.flush()

    def abandon(self) -> None:
        """Close it as it is, as a process does that ends."""
        self._pending = []
        self._file.close()

    def tell(self) -> int:
        return int(self._file.tell()) + sum(map(len, self._pending))

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._file.close()


class _File:
    """A file's content as programs see it, and as the disk is sure to have it."""

    def __init__(self, data: bytes = b"", *, synced: bool = False) -> None:
        self.data = data
        self.kept = data if synced else b""


class Disk:
    """A folder's names and contents after some of the steps."""

    def __init__(self, before: dict[str, bytes], steps: list[Step]) -> None:
        files = {name: _File(data, synced=True) for name, data in before.items()}
        self._kept_names = dict(files)
        self._names = files
        self._pending: list[Step] = []
        self._made: dict[int, _File] = {}
        for step in steps:
            self._do(step)

    def _do(self, step: Step) -> None:
        if step.what == "create":
            self._names = self._names | {step.name: _File()}
            self._pending.append(step)
            self._made[len(self._pending)] = self._names[step.name]
        elif step.what == "write":
            self._names[step.name].data += step.data
        elif step.what == "sync" and step.name:
            self._names[step.name].kept = self._names[step.name].data
        elif step.what == "sync":
            self._kept_names, self._pending, self._made = dict(self._names), [], {}
        else:
            self._names = _renamed(self._names, step)
            self._pending.append(step)

    def killed(self) -> dict[str, bytes]:
        """All that was done is there: the program ended, the machine went on."""
        return {name: file.data for name, file in self._names.items()}

    def strict(self) -> dict[str, bytes]:
        """Only what was synced is there."""
        return {name: file.kept for name, file in self._kept_names.items()}

    def torn(self) -> dict[str, bytes]:
        """All names are there, and the first half of what was not synced."""
        return {
            name: file.data if file.kept == file.data else file.data[: len(file.data) // 2]
            for name, file in self._names.items()
        }

    def unlucky(self, chance: random.Random) -> dict[str, bytes]:
        """Some of the changes of names are there, whichever came first, and some blocks."""
        names = dict(self._kept_names)
        for number, step in enumerate(self._pending, start=1):
            if chance.random() < 0.5:
                continue
            if step.what == "create":
                names[step.name] = self._made[number]
            elif step.name in names:
                names = _renamed(names, step)
        return {name: _unlucky(file, chance) for name, file in names.items()}


def _renamed(names: dict[str, _File], step: Step) -> dict[str, _File]:
    left = {name: file for name, file in names.items() if name != step.name}
    return left | {step.to: names[step.name]} if step.what == "rename" else left


def _unlucky(file: _File, chance: random.Random) -> bytes:
    if file.kept == file.data:
        return file.data
    size = chance.choice((0, len(file.data) // 3, len(file.data), len(file.data)))
    blocks = [file.data[at : at + BLOCK] for at in range(0, size, BLOCK)]
    return b"".join(each if chance.random() < 0.7 else bytes(len(each)) for each in blocks)[:size]


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder, those left out that are not written through the storage."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(PAST_THE_STORAGE)
    }


def write_contents(folder: Path, files: dict[str, bytes]) -> None:
    """Make a folder with these files."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
