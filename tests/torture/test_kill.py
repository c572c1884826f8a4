"""Real SIGKILLs of the real command, a few in every run of the tests."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.torture.kill import COMMANDS, kill_often
from tests.torture.torture_size import size


@pytest.mark.slow
def test_a_killed_command_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    lines = kill_often(tmp_path, max(size("kills"), len(COMMANDS)), random.Random("kill"))  # noqa: S311
    print("\n".join(lines))
    assert len(lines) == len(COMMANDS)
    assert not all("ended before" in line for line in lines)
