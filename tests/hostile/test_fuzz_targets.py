"""The targets of `make fuzz` take their seeds, and what hypothesis makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.fuzz_targets import TARGETS, seeds


@pytest.mark.parametrize("target", TARGETS)
def test_seeds(target: str) -> None:
    for seed in seeds(target)[:6]:
        TARGETS[target](seed)
        TARGETS[target](seed[: len(seed) // 2])


@pytest.mark.parametrize("target", TARGETS)
@given(st.binary(max_size=300))
@settings(max_examples=20)
def test_anything(target: str, data: bytes) -> None:
    TARGETS[target](data)
