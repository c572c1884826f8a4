"""Pages of a mapped file that can no longer be read: survived, and counted (SIGBUS).

Where a file is cut short in place or its disk fails, a process ends that reads on in its mapping.
A process that has called `survive_lost_pages` reads zeros there instead, and must look at
`lost_pages` before it believes what it read. Only for processes that never write an index.
"""

from __future__ import annotations

import importlib
from typing import Any


def survive_lost_pages() -> bool:
    """Whether this process survives them from now on: not without the compiled module, nor where
    something else handles SIGBUS (`faulthandler`)."""
    return bool(_module is not None and _module._survive_lost_pages())  # noqa: SLF001


def lost_pages() -> int:
    """How many pages were lost in this process so far."""
    return 0 if _module is None else int(_module._lost_pages())  # noqa: SLF001


def _loaded() -> Any:
    """The compiled module; None where it is not built, or is older than this."""
    try:
        module = importlib.import_module("index._kernel")
    except ImportError:
        return None
    return module if hasattr(module, "_lost_pages") else None


_module = _loaded()
