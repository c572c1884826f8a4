"""The compiled inner loops of this package, or None where there are none.

They come with a wheel, or are built by an installation that finds a C compiler. Without them
numpy and Python do the same work, some times slower; tests hold both to the same results.
"""

from __future__ import annotations

import importlib
import os
from types import ModuleType
from typing import TYPE_CHECKING

VERSION = 2
"""Of what the loops take and give, as `index/kernel/version.h` states it; others are left aside."""
SWITCH = "DATELINE_KERNEL"
"""Variable of the environment: `off` leaves the compiled loops aside."""


def load(name: str) -> ModuleType | None:
    """A module of compiled loops; None where it was not built, or for another version of this."""
    if os.environ.get(SWITCH) == "off":
        return None
    try:
        module = importlib.import_module(name)
    except ImportError:
        return None
    return module if getattr(module, "VERSION", None) == VERSION else None


if TYPE_CHECKING:
    from index import _c_kernel as kernel
else:
    kernel = load("index._c_kernel")

__all__ = ["SWITCH", "VERSION", "kernel", "load"]
