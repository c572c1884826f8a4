"""A quick start, and a quick end, of commands that answer and end."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import ModuleType

from webapp.garbage import expect_a_short_life


def start_quickly() -> None:
    """Called before the engine is imported."""
    expect_a_short_life()
    import_whoosh_alone()


def import_whoosh_alone() -> None:
    """Whoosh imports one function of `urllib.request`, for a name that it never uses, and with it
    e-mail, HTTP and TLS: 15 of the 275 ms of a search. Who wants that module later gets it whole.
    """
    if sys.modules.keys() & {"whoosh", "urllib.request"}:
        return
    stand_in = ModuleType("urllib.request")
    vars(stand_in)["urlretrieve"] = None
    sys.modules[stand_in.__name__] = stand_in
    try:
        with suppress(ModuleNotFoundError):  # its fork may have no such module
            import whoosh.compat  # noqa: F401
    finally:
        del sys.modules[stand_in.__name__]
