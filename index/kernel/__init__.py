"""Which inner loops are compiled, are they in use, and if not, how does one get them?

A call site asks `loop("name")` each time and does the work in its plain form where it gets None.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from index.errors import DatelineError

VERSION = 11
"""Of what the loops take and give, as `index/_kernel.pyx` states it; others are left aside."""
SWITCH = "DATELINE_KERNEL"
"""Variable of the environment: `auto`, `off`, or `-name,-name` for loops to be left aside."""
HOW = (
    "To have them, install a C compiler and Python's headers (Debian, Ubuntu: apt install gcc "
    "python3-dev), then install Dateline again."
)
SLOWER = "indexing takes several times as long, and answers over large indexes too"

Loop = Callable[..., Any]


def loop(name: str) -> Loop | None:
    """The compiled loop of that name; None where it was not built or is switched off."""
    return _loops.get(name)


def names() -> list[str]:
    """All loops that were built for this version, switched off or not."""
    return sorted(_built)


@contextmanager
def switched_off(*off: str) -> Iterator[None]:
    """Leaves the loops of these names aside, all of them if none is named, in this process."""
    global _loops
    before = _loops
    _loops = {name: each for name, each in before.items() if off and name not in off}
    try:
        yield
    finally:
        _loops = before


def status() -> str:
    """Whether the compiled loops are in use; where they are not, why and how to get them."""
    off = sorted(_built.keys() - _loops.keys())
    if not _built:
        return f"The compiled loops are not in use: {_REASON}; {SLOWER}. {HOW}"
    if not _loops:
        return f"The compiled loops are not in use, {SWITCH} switches them off: {SLOWER}."
    if off:
        return f"The compiled loops are in use, except {', '.join(off)} ({SWITCH})."
    return "The compiled loops are in use."


def load_loops() -> tuple[dict[str, Loop], str]:
    """All loops by name; or none, and why."""
    try:
        module = importlib.import_module("index._kernel")
    except ImportError:
        return {}, "they were not built"
    if getattr(module, "VERSION", None) != VERSION:
        return {}, "they were built for another version"
    public = {name: each for name, each in vars(module).items() if not name.startswith("_")}
    return {name: each for name, each in public.items() if callable(each)}, ""


def _chosen(switch: str) -> dict[str, Loop]:
    """The loops that the environment leaves on.

    :raises DatelineError: if the switch is none of what `SWITCH` says, or names an unknown loop.
    """
    if switch in ("auto", "required", ""):
        return dict(_built)
    if switch == "off":
        return {}
    parts = switch.split(",")
    off = {part[1:] for part in parts if part.startswith("-")}
    if len(off) < len(parts) or (_built and not off <= _built.keys()):
        raise DatelineError(
            f"{SWITCH}={switch}: say auto, off, or -name,-name for any of {', '.join(names())}"
        )
    return {name: each for name, each in _built.items() if name not in off}


_built, _REASON = load_loops()
_loops = _chosen(os.environ.get(SWITCH, "auto"))
