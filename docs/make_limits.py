"""Writes docs/limits.md: every limit of the code, what it is and what it bounds.

    make architecture

A limit is a number of a module whose name says so (`MAX_`, `_BYTES`, `_SECONDS`, `AT_ONCE`, ...).
What it bounds is the string behind it, or behind the ones that stand with it.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "limits.md"
NAMED_SO = re.compile(
    r"_?(MAX_\w+|MIN_PASSWORD|MOST_\w+|\w+_BYTES|\w+_SECONDS|\w+_AT_ONCE|WAITING|PATIENCE|REMEMBERED|"
    r"FORMER|LIFETIME|CRAWLED_PAGES|\w+_LINES)"
)
NO_LIMITS = ("_FREQUENCY_BYTES", "_DIGEST_BYTES", "HASH_BYTES")
"""Sizes that formats have."""
_OPERATORS = {
    ast.LShift: operator.lshift,
    ast.Mult: operator.mul,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
}
HEAD = """# Limits

Made by `make architecture` from the code, where each limit stands with what it bounds and, where
that is a measured number, what measured it. Those that an operator may change are settings
([settings.md](settings.md)); those of reading, in one table of their own, are in
[operations.md](operations.md#limits). A test fails where a limit of the code is not in this table.

| limit | value | what it bounds |
| --- | --- | --- |
"""


class Limit(NamedTuple):
    """A limit: where it stands, its name, its value, what it bounds."""

    module: str
    name: str
    value: float
    about: str


def limits() -> Iterator[Limit]:
    """Every limit of the three packages, in the order of their files."""
    for package in ("index", "search", "webapp"):
        for path in sorted((ROOT / package).rglob("*.py")):
            module = str(path.relative_to(ROOT))
            yield from limits_of(module, ast.parse(path.read_text("utf-8")))


def text() -> str:
    """The page."""
    rows = [
        f"| `{each.name}` ({each.module}) | {each.value:,} | {each.about.replace('|', '/')} |"
        for each in limits()
    ]
    return HEAD + "\n".join(rows) + "\n"


def limits_of(module: str, tree: ast.Module) -> Iterator[Limit]:
    """The limits that a module states, with the words behind them."""
    for at, node in enumerate(tree.body):
        for name, value in _assigned(node):
            number = _number(value)
            if number is not None and NAMED_SO.fullmatch(name) and name not in NO_LIMITS:
                yield Limit(module, name, number, _about(tree.body[at + 1 :]))


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for name, value in zip(target.elts, node.value.elts, strict=True):
                if isinstance(name, ast.Name):
                    yield name.id, value


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _number(node.left), _number(node.right)
        if left is not None and right is not None:
            return _OPERATORS[type(node.op)](left, right)
    return None


def _about(following: list[ast.stmt]) -> str:
    """The string behind it, or behind the limits that follow; empty where there is none."""
    for node in following:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return " ".join(str(node.value.value).split())
        if not any(NAMED_SO.fullmatch(name) for name, _ in _assigned(node)):
            break  # what is said there is said of something else
    return ""


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
