"""What a container gives: documents still to be read, and damage."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from index.release import printable
from index.text.cleaning import clean

MAX_NAME = 500
"""Characters of a member's name that reports repeat."""


_HIDDEN = re.compile(r"(?i)\.[^.]|(?:eh)?thumbs\.db$|desktop\.ini$|~\$")
"""Names of files that a system hides: what Windows keeps of a folder, what Office has open."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document before it is read: its bytes as a stream, and what the container states of it.

    `agency`: who issues what its source brings, as its collector was told. `package`: it is a zip
    that is one document of an office program.
    """

    name: str
    stream: io.BufferedReader
    url: str | None = None
    content_type: str | None = None
    fetched_at: str | None = None
    agency: str | None = None
    package: bool = False


def hidden(name: str) -> bool:
    """Whether a member is one that its owner does not see: `.git/x`, `__MACOSX/x`, `Thumbs.db`."""
    return any(part == "__MACOSX" or _HIDDEN.match(part) for part in name.split("/"))


def shown(name: str) -> str:
    """A name fit to print and to store: one line, no control characters, of bounded length."""
    return re.sub(r"\s", " ", clean(printable(name)))[:MAX_NAME]
