"""A folder as Whoosh's storage, whose commits survive a power cut."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from whoosh.filedb.filestore import FileStorage


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder in which a commit only ever names files that are safely on the disk.

    Whoosh commits by renaming, and syncs nothing: after a power cut the new name may point to
    missing data. So files are synced, then the folder that lists them, before the commit takes its
    name. All that changes a file of the index goes through the methods of this class, which the
    crash tests put their faults into (`tests/torture`).
    """

    def sync(self, name: str) -> None:
        """Wait until a file is on the disk; "" is the folder itself, the list of its names."""
        handle = os.open(os.path.join(self.folder, name) if name else self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: ARG002
        """Give a file a name in one step; what had that name is gone."""
        os.replace(self._fpath(oldname), self._fpath(newname))

    def write_whole(self, name: str, data: bytes) -> None:
        """Write a file that has its name only once it is whole, and on the disk."""
        beside = f".{name}.new"
        file = self.create_file(beside)
        try:
            file.write(data)
        finally:
            file.close()
        self.sync(beside)
        self.rename_file(beside, name)
        self.sync("")

    def remove(self, names: Iterable[str]) -> None:
        """Delete files that nothing names any more; one that will not go is tried again later."""
        for name in names:
            try:
                self.delete_file(name)
            except OSError:  # it does no harm there, and every commit tries again
                continue


OpenStorage = Callable[[str], DurableStorage]
"""Makes the storage of a folder: the class above, or one of a test."""
