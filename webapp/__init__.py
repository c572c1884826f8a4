"""How does an answer come into a browser?

`create_app` is imported when it is first used: the command line's help waits for no web framework.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# Before numpy is imported: its library for matrices, of which there are none here, would start a
# thread for every core, and each spins for a tenth of a second before it sleeps.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from webapp.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from webapp.app import create_app

    return create_app
