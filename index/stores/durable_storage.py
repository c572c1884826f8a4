"""A folder as Whoosh's storage, whose commits survive a power cut."""

from __future__ import annotations

import os

from whoosh.filedb.filestore import FileStorage


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder whose table of contents only ever names files that are safely on the disk.

    Whoosh commits by renaming, and syncs nothing: after a power cut the new name may point to
    missing data. So everything is synced before the rename, and the folder after it. What was there
    when the storage was opened was synced when it was committed.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._synced = frozenset(os.listdir(path))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        if newname.endswith(".toc"):
            for name in os.listdir(self.folder):
                if (name.startswith("MAIN_") and name not in self._synced) or name == oldname:
                    _sync(os.path.join(self.folder, name))
        super().rename_file(oldname, newname, safe=safe)
        _sync(self.folder)


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
