"""The compiled inner loops of this package, or None where they were not built.

See `index.compiled`. Without them numpy and Python do the same work; tests hold both to the same
results.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search import _kernel as kernel

    assert isinstance(kernel, ModuleType)
else:
    try:
        from search import _kernel as kernel
    except ImportError:
        kernel = None

__all__ = ["kernel"]
