"""Real SIGKILLs of the real command, of each of its kinds in each of its stages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.torture.kill import TRIALS, kill_often
from tests.torture.torture_size import size


@pytest.mark.slow
def test_a_killed_command_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    lines = kill_often(tmp_path, size("kills"), random.Random("kill"))  # noqa: S311
    print("\n".join(lines))
    assert len(lines) == len(TRIALS) + 1
    for line in lines[:-1]:
        assert line.count(" left ") == 2, f"old and new were both to be met: {line}"
