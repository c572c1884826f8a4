"""How often a process looks for garbage: cycles of references that nobody holds."""

from __future__ import annotations

import atexit
import gc

GARBAGE_FROM = 10_000
"""Objects made, more than went, from which on cycles of references among them are looked for. With
Python's 700 that took a twentieth of a search: 113 new questions over 72,623 releases 3.85 ms, so
3.69. Of `dateline search` it took a tenth, by the least of twelve: 0.44 s, so 0.39."""
GARBAGE_WHILE_LOADING = 200_000
"""The same in a command that answers and ends: more than modules and an answer are, 80,000. No look
for garbage among these, and none at the end, took `dateline search` from 0.31 to 0.28 s."""


def expect_a_short_life() -> None:
    """For a command that answers and ends, when all that it holds goes with its process."""
    gc.set_threshold(GARBAGE_WHILE_LOADING)
    atexit.register(gc.freeze)


def expect_little_garbage() -> None:
    """Leave out of every search for garbage what is there by now, and search less often.

    All threads wait for it, and what a process keeps for its life is never garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_FROM)
