"""Files in TOML that an operator writes: read, with a sentence for what is not understood."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from index.errors import DatelineError, told


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a file.

    :raises DatelineError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DatelineError(f"{path} cannot be read: {told(error)}") from error
    except ValueError as error:
        raise DatelineError(f'{path} is no TOML: {error}; a line of it is NAME = "TEXT"') from error


def only(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    """Nothing but what is known may stand in a table.

    :raises DatelineError: something else does; it names what may be meant.
    """
    names = tuple(known)
    for name in table:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(names)}"
            raise DatelineError(f"{where}: {name!r} is not known{hint}")


def rows_of(table: Mapping[str, Any], name: str, where: str, needs: str) -> list[dict[str, Any]]:
    """The tables of a list such as `[[source]]`.

    :raises DatelineError: there is none.
    """
    rows = table.get(name)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise DatelineError(f"{where} names no {name}; write [[{name}]], {needs} under it")
    return rows


def is_one_line(text: str, most: int) -> bool:
    """Whether a text is one line of so many characters at most, and not empty."""
    return re.fullmatch(rf"[^\x00-\x1f\x7f]{{1,{most}}}", text) is not None


def value_of(row: Mapping[str, Any], name: str, kind: Any, default: Any, where: str) -> Any:
    """A value of some type (or one of several), or the default where there is none.

    :raises DatelineError: it is of another type.
    """
    value = row.get(name, default)
    if value is not default and (isinstance(value, bool) or not isinstance(value, kind)):
        raise DatelineError(f"{where}: {name} cannot be {value!r}")
    return value


def texts_of(row: Mapping[str, Any], name: str, example: str, where: str) -> tuple[str, ...]:
    """One text or a list of them.

    :raises DatelineError: it is neither.
    """
    value = value_of(row, name, (str, list), [], where)
    texts = [value] if isinstance(value, str) else value
    if not all(isinstance(text, str) for text in texts):
        raise DatelineError(f"{where}: {name} is a text such as {example!r}, or a list of them")
    return tuple(texts)


def not_twice(names: Iterable[str], what: str, where: str) -> None:
    """Every name stands once.

    :raises DatelineError: one stands twice.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DatelineError(f"{where} has two {what} of the name {name!r}")
        seen.add(name)
