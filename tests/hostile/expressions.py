"""Every regular expression of the three packages, and the inputs that cost it most.

An expression backtracks where it repeats something and then fails: so for each repetition of it a
text is made that comes there and goes on repeating, besides fragments of any kind.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined] # the only parser of its language
from re import _parser as sre_parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NamedTuple, TypeGuard

import index
import search
import webapp

FRAGMENTS = (
    " ", "\t", "\n", "\n\n", "a", "a ", "A ", "A", "1", "1 ", "1.", "1,", "1/", "1-", "1:", "-", ".",
    "a.", "a-", "a'", "a@", "a@a.", "(", ")", "<", "<a ", "<a>", "&", "&#", '"', "'", "/", "//", "[",
    "{", "*", "*a", "~", "%", "a=b ", "a:", ":", "May ", "1 May ", "May 1 ", "年", "一", "月", "1月1日",
    "今日(", "A and ", "de ", "of ", "x of the ", "–", "A, ", "http://", "www.", "。", "ا ", "é", "к ",
)  # fmt: skip
MANY = 50
"""Repetitions from which one counts as having no end."""
_CATEGORIES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-",
}  # fmt: skip


class Expression(NamedTuple):
    """An expression over text, and the methods by which the packages use it."""

    pattern: re.Pattern[str]
    methods: tuple[str, ...]

    def search(self, text: str) -> None:
        """Look for it in a text in every way that the packages do."""
        for method in self.methods:
            match method:
                case "match" | "fullmatch" | "search" | "split":
                    getattr(self.pattern, method)(text)
                case _:
                    self.pattern.sub("", text)


METHODS = ("match", "fullmatch", "search", "split", "sub", "subn", "findall", "finditer")


def every_expression() -> dict[str, Expression]:
    """Every expression over text, by the name or the line that it has in its module."""
    modules = list(_modules())
    trees = [ast.parse(Path(str(each.__file__)).read_text("utf-8")) for each in modules]
    used = _used(trees)
    found: dict[str, Expression] = {}
    for module, tree in zip(modules, trees, strict=True):
        for name, pattern in _named(module):
            known = _used([tree]) if name.startswith("_") else used
            methods = known.get(name.partition("[")[0], ("search",))
            found[f"{module.__name__}.{name}"] = Expression(pattern, methods)
        for line, text, method in _inline(module, tree):
            found[f"{module.__name__}:{line} {text}"] = Expression(re.compile(text), (method,))
    return found


def _modules() -> Iterator[ModuleType]:
    for package in (index, search, webapp):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not info.name.endswith(("_kernel", "__main__")):
                yield importlib.import_module(info.name)


def _used(trees: list[ast.Module]) -> dict[str, tuple[str, ...]]:
    """The methods that are called of each name, whichever module it stands in."""
    found: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                of = node.value
                name = getattr(of, "id", None) or getattr(of, "attr", None)
                if name:
                    found.setdefault(name, set()).add(node.attr)
    return {name: tuple(sorted(methods)) for name, methods in found.items()}


def worst_inputs(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts of about so many characters; the last character lets a match fail."""
    attacks = set(_attacks(sre_parser.parse(pattern.pattern, pattern.flags), ""))
    for begin, unit in sorted({*attacks, *(("", each) for each in FRAGMENTS)}):
        for start, repeated in {(begin, unit), ("", begin + unit)}:
            yield start + repeated * (size // len(repeated)) + "\x01"


def _named(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        for place, each in enumerate(_patterns_in(value)):
            if isinstance(each.pattern, str):
                yield name + (f"[{place}]" if place else ""), each


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif _compiles(value):
        yield value()
    elif isinstance(value, tuple | list) and depth < 3:
        for each in value:
            yield from _patterns_in(each, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        yield from _patterns_in(list(value.values()), depth + 1)


def _compiles(value: object) -> TypeGuard[Callable[[], re.Pattern[str]]]:
    """Whether it is a function that compiles one expression when it is first asked for it."""
    asked = getattr(value, "__annotations__", {}) if callable(value) else {}
    return asked == {"return": "re.Pattern[str]"}


def _inline(module: ModuleType, tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Expressions that stand in a call, `re.sub(r"...", ...)`: line, expression, method."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", None) == "re"
            and node.func.attr in METHODS
        ):
            text = _text(node.args[0], module)
            if text is not None:
                yield node.lineno, text, node.func.attr


def _text(node: ast.expr, module: ModuleType) -> str | None:
    """A string as it stands there, with constants of the module put in; None for others."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        value = getattr(module, node.id, None)
        return value if isinstance(value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [
            _text(each.value if isinstance(each, ast.FormattedValue) else each, module)
            for each in node.values
        ]
        return None if None in parts else "".join(map(str, parts))
    return None


def _attacks(items: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """What leads to each repetition without end, and what it repeats."""
    for item in items:
        what, given = item
        if what in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, repeated = given
            if most == sre.MAXREPEAT or most >= MANY:
                yield from ((before, each) for each in _samples(repeated) if each)
        for inner in _inside(item):
            yield from _attacks(inner, before)
        before += _samples([item])[0]


def _inside(item: Any) -> list[Any]:
    what, given = item
    if what in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [given[2]]
    if what is sre.SUBPATTERN:
        return [given[3]]
    if what is sre.BRANCH:
        return list(given[1])
    return []


def _samples(items: Iterable[Any]) -> list[str]:
    """Some short texts that a sequence takes, the first of them the plainest."""
    texts = [""]
    for item in items:
        choices = _choices(*item)
        texts = [text + choice for choice in choices for text in texts][:6]
    return texts


def _choices(what: Any, given: Any) -> list[str]:
    if what is sre.LITERAL:
        return [chr(given)]
    if what in (sre.NOT_LITERAL, sre.ANY):
        return ["a", " "]
    if what is sre.IN:
        return _members(given)
    if what is sre.BRANCH:
        return [text for each in given[1] for text in _samples(each)[:1]]
    if what in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, repeated = given
        return [text * max(least, min(most, 1)) for text in _samples(repeated)]
    if what in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _samples(given[3] if what is sre.SUBPATTERN else given)
    return [""]


def _members(members: list[Any]) -> list[str]:
    """A character for each kind that a set has; for `[^...]` some that it does not exclude."""
    if members[0][0] is sre.NEGATE:
        return ["a", " ", "1", "-", "(", "<"]
    found = []
    for what, given in members:
        if what is sre.LITERAL:
            found.append(chr(given))
        elif what is sre.RANGE:
            found.append(chr(given[0]))
        elif what is sre.CATEGORY:
            found.append(_CATEGORIES.get(str(given), "a"))
    return found[:6] or ["a"]
