"""The compiled inner loops of this package, or None where there are none; see `index.compiled`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.compiled import load

if TYPE_CHECKING:
    from search import _c_kernel as kernel
else:
    kernel = load("search._c_kernel")

__all__ = ["kernel"]
