"""A press office on loopback and its clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.index.collect.press_site import Clock, Site, press_site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(clock: Clock) -> Iterator[Site]:
    with press_site(clock) as made:
        yield made
