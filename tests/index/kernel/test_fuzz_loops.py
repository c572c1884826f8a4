"""A few hundred calls of every loop by `fuzz_loops.py`: what cannot be answered is refused."""

from __future__ import annotations

import pytest

from index import kernel
from tests.index.kernel.fuzz_arguments import GENERATORS
from tests.index.kernel.fuzz_loops import fuzz

pytestmark = pytest.mark.skipif(not kernel.status().endswith("in use."), reason=kernel.status())
CALLS = 400


def test_every_loop_has_its_arguments_made_up() -> None:
    assert sorted(GENERATORS) == kernel.names()


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_any_buffers_are_answered_or_refused(name: str) -> None:
    answered, _, _ = fuzz(name, CALLS, seed=1)
    assert answered > CALLS // 5, "hardly a call is answered: most arguments should fit together"
