"""How much the torture tests try: little in every run of the tests, more with `make torture`."""

from __future__ import annotations

import os
from typing import Any

_SIZES = {
    # name: (in every run of the tests, in CI, by hand)
    "step": (5, 1, 1),
    "unlucky": (1, 2, 12),
    "runs": (0.1, 0.2, 1.0),
    "faults": (5, 1, 1),
    "kills": (27, 135, 1000),
    "flips": (60, 600, 5000),
    "hostile": (60, 600, 20000),
    "seconds": (3, 20, 180),
    "queries": (60, 600, 20000),
    "examples": (10, 60, 600),
}
LEVELS = ("quick", "ci", "full")


def size(name: str) -> Any:
    """How many of something are tried: as `TORTURE` says, quick, ci or full."""
    return _SIZES[name][LEVELS.index(os.environ.get("TORTURE", "quick"))]
