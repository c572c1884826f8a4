"""What the machine lacks is no fault of a document: the run ends, and nothing is refused for it."""

from __future__ import annotations

import errno
import os
import resource
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import MachineError
from index.limits import DEFAULTS
from index.sources.containers.walk import members
from index.sources.draft import Refusal, refused


@contextmanager
def no_more_files() -> Iterator[None]:
    """Meanwhile this process may open no file, as one that has too many open."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_too_many_open_files_are_no_damage_of_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n")
    with no_more_files(), pytest.raises(MachineError, match="Too many open files"):
        list(members(path, DEFAULTS, Counter()))
    (tmp_path / "gone.jsonl").unlink(missing_ok=True)
    (found,) = members(tmp_path / "gone.jsonl", DEFAULTS, Counter())
    assert isinstance(found, Refusal)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE])
def test_no_reader_makes_a_refusal_of_what_the_machine_lacks(number: int) -> None:
    error = OSError(number, os.strerror(number))
    with pytest.raises(MachineError, match=os.strerror(number)) as raised:
        refused("a.html", error)
    with pytest.raises(MachineError):
        refused("a.zip!a.html", raised.value)  # on its way through what the document stood in


def test_other_errors_are_of_the_document() -> None:
    error = OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    assert "Invalid argument" in refused("a.html", error).reason
