"""What can go wrong between a document and an index. Each message says what, where, what to do."""

from __future__ import annotations

import errno
from typing import Self

MEND = "mend it: dateline verify --repair"
"""What to do about a damaged file: indexing again stops at the damage as well."""


class DatelineError(Exception):
    """Base of the errors that a user should read as a sentence, never as a stack trace."""


class UnreadableError(DatelineError):
    """The bytes are not what they claim to be: damaged, truncated, of no known form."""


class NotAReleaseError(DatelineError):
    """A readable document that is no release: a list of links, an error page, an empty text."""


class LimitError(DatelineError):
    """Something is larger, deeper or more numerous than a documented limit."""


class MachineError(DatelineError):
    """The machine lacks room or open files: no document is refused for that, the run ends."""


class IndexLockedError(DatelineError):
    """Another process is writing to this index."""


class NoIndexError(DatelineError):
    """There is no index at that place, or not one that this version reads."""

    @classmethod
    def at(cls, place: object) -> Self:
        """The error of a place where none is, with what makes one."""
        return cls(f"There is no index at {place}. Make one: dateline index PATH...")


class DamagedIndexError(DatelineError):
    """A file of the index is damaged, incomplete or of another version; the message names it."""


_WHAT_TO_DO = {
    errno.EACCES: "let the account that runs this read it (chmod)",
    errno.ENOENT: "look at how it is spelt",
    errno.EISDIR: "name a file in it",
}


def told(error: OSError) -> str:
    """Why the system did not read something, and what to do about it."""
    words = error.strerror or str(error)
    advice = _WHAT_TO_DO.get(error.errno or 0)
    return f"{words}; {advice}" if advice else words
