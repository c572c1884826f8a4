"""How often a source brings something, and whether its silence is much longer than that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

PAUSES = 20
"""Last pauses between releases that make the habit."""
FEWEST = 4
"""Pauses before there is a habit at all."""
TIMES_LONGER = 2.0
"""Silence is so many times the longest pause: one holiday more than any before is no alarm."""
LEAST_SECONDS = 2 * 86_400.0
"""Silence of less is none: a weekend."""
TOGETHER_SECONDS = 3_600.0
"""Releases that came within an hour came together."""


class Silence(NamedTuple):
    """How long a source was silent, and the longest pause of its habit, in seconds."""

    silent: float
    longest_pause: float


def silence(times: Sequence[float], now: float) -> Silence | None:
    """Whether a source is silent for much longer than its habit.

    :param times: when its releases came, in order, in seconds since 1970.
    """
    pauses = [
        later - earlier for earlier, later in pairwise(times) if later - earlier > TOGETHER_SECONDS
    ][-PAUSES:]
    if len(pauses) < FEWEST:
        return None
    longest, silent = max(pauses), now - times[-1]
    if silent <= max(TIMES_LONGER * longest, LEAST_SECONDS):
        return None
    return Silence(silent, longest)
