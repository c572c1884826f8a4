"""A quick start, and a quick end, of commands that answer and end."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from webapp.garbage_collection import expect_a_short_life

_UNASKED = {"urllib.request": "urlretrieve", "whoosh.lang.morph_en": "variations"}
"""Modules that Whoosh imports for one function each."""


def start_quickly() -> None:
    """Called before the engine is imported."""
    expect_a_short_life()
    import_whoosh_alone()


def import_whoosh_alone() -> None:
    """Whoosh imports a function that it never uses, and with it e-mail, HTTP and TLS: 15 of the 275
    ms of a search; and one that only a kind of query uses which no words mean, with patterns of all
    English endings: 8 of 250. Who wants such a module later gets it whole.
    """
    if sys.modules.keys() & {"whoosh", *_UNASKED}:
        return
    for name, function in _UNASKED.items():
        sys.modules[name] = _stand_in(name, function)
    try:
        with suppress(ModuleNotFoundError):  # its fork may have no such modules
            import whoosh.compat
            import whoosh.query  # noqa: F401
    finally:
        for name in _UNASKED:
            del sys.modules[name]


def _stand_in(name: str, function: str) -> ModuleType:
    """A module of one function, which imports the module whose name it has when it is called."""

    def called(*values: Any) -> Any:
        return getattr(import_module(name), function)(*values)

    module = ModuleType(name)
    vars(module)[function] = called
    return module
