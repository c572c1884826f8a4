"""Where releases came from: the file of the disk that a source names, and what lies under what."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable

_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


def split(source: str) -> tuple[str, str]:
    """A whole source as its file and the rest: `a.zip!b!c` lies in `a.zip`, unless a file is
    really called `a.zip!b`."""
    pieces = source.split("!")
    for count in range(1, min(len(pieces), 8) + 1):
        file = "!".join(pieces[:count])
        if not is_gone(file):
            return file, source[len(file) :]
    return pieces[0], source[len(pieces[0]) :]


def is_gone(path: str) -> bool:
    """Whether there is nothing at a path; where a disk fails to say so, there may be something."""
    try:
        os.stat(path)
    except OSError as error:
        return error.errno in _GONE
    except ValueError:  # a NUL, which no name has
        return True
    return False


def lies_under(source: str, places: Iterable[str]) -> bool:
    """Whether a source is one of the places or in one: a folder, an archive, a member of one."""
    return any(
        source == place or source.startswith((place.rstrip("/") + "/", place + "!"))
        for place in places
    )


class Origins:
    """Files that have releases in common, as they come to light in one run.

    `linked`: pairs of files, each in order. `touched`: files with a release that another file was
    found to have, too. `unsettled`: files no longer on the disk of which that is true, and those
    that were found to have their releases.
    """

    def __init__(self) -> None:
        self.linked: set[tuple[str, str]] = set()
        self.touched: set[str] = set()
        self.unsettled: set[str] = set()
        self._gone: dict[str, bool] = {}

    def meet(self, file: str, other: str) -> None:
        """Note that a release of the other file was found in this one."""
        if self.is_gone(other):
            self.unsettled |= {file, other}
            return
        self.touched.add(other)
        self.linked.add((file, other) if file < other else (other, file))

    def is_gone(self, file: str) -> bool:
        """Whether a file is no longer on the disk."""
        if file not in self._gone:
            self._gone[file] = is_gone(file)
        return self._gone[file]
