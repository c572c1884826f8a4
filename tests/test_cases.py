"""Every small input after a public bug report gives what is right; `make cases` prints the rest."""

from __future__ import annotations

from pathlib import Path

from tests import cases

NOT_YET: set[str] = set()
"""Cases that are still wrong. Whoever mends one takes it out: the list says no more than is true."""


def test_cases_that_are_not_right_are_known(shared_data: Path) -> None:
    wrong = {name: got for name, (_, got) in cases.faults(shared_data).items()}
    assert wrong.keys() == NOT_YET, {name: wrong.get(name) for name in wrong.keys() ^ NOT_YET}
