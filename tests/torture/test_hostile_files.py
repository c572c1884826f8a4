"""Hostile files with right checksums meet every loop: an answer or an error of ours, nothing else."""

from __future__ import annotations

from pathlib import Path

from index.stores.verification import problems
from tests.torture.bit_rot import make_index
from tests.torture.hostile_files import meet_many
from tests.torture.torture_size import size


def test_whatever_an_index_says_nothing_crashes(tmp_path: Path) -> None:
    make_index(tmp_path / "index")
    assert list(problems(tmp_path / "index")) == []
    wrong = meet_many(tmp_path, range(size("hostile")))
    assert wrong is None, wrong
