"""Bit rot: a flipped bit in any file is never a wrong answer, and `verify` names the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.stores.repair import repair
from index.stores.verification import problems
from tests.torture.bit_rot import QUESTIONS, answers, make_index, rot
from tests.torture.torture_size import size


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_index(tmp_path / "index")
    return tmp_path / "index"


def test_a_flipped_bit_is_an_error_or_no_harm_and_is_named(folder: Path) -> None:
    seen = rot(folder, size("flips"), random.Random("rot"))  # noqa: S311
    print(dict(seen))
    assert seen["answers that were right"]
    assert seen["answers that were errors"]


def test_what_is_undamaged_stays_searchable(folder: Path) -> None:
    """Damage to positions is an error for phrases only."""
    path = max(folder.glob("*.positions"), key=lambda each: each.stat().st_size)
    data = bytearray(path.read_bytes())
    data[64] ^= 1
    before = answers(folder)
    path.write_bytes(data)
    now = answers(folder)
    kinds = {
        question.text: isinstance(found, str)
        for question, found in zip(QUESTIONS, now, strict=True)
    }
    assert kinds['"leaves at noon"']
    assert not kinds["ferry"]
    assert [found for found in now if not isinstance(found, str)] == [
        want for want, found in zip(before, now, strict=True) if not isinstance(found, str)
    ]
    repair(folder, 1)
    assert list(problems(folder)) == []
    assert not any(isinstance(found, str) for found in answers(folder))
