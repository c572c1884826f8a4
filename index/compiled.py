"""The compiled inner loops of this package, or None where they were not built.

They come with a wheel, or are built by an installation that finds a C compiler. Without them
numpy does the same work, some times slower; tests hold both to the same results.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import _kernel as kernel

    assert isinstance(kernel, ModuleType)
else:
    try:
        from index import _kernel as kernel
    except ImportError:
        kernel = None

__all__ = ["kernel"]
