"""docs/security.md names a test for each row, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LIST = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d[^|]*) \|[^|]*\|[^|]*\| ([^|]*) \|$", LIST, re.MULTILINE)
TEST = re.compile(r"`(tests/[^`]+)`|`make (\w+)`")


@pytest.mark.parametrize(("item", "held_by"), ROWS, ids=[item for item, _ in ROWS])
def test_a_row_names_tests_that_are_there(item: str, held_by: str) -> None:
    named = TEST.findall(held_by)
    assert named, item
    for test, target in named:
        assert is_there(test) if test else f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")


def test_every_test_that_is_named_anywhere_is_there() -> None:
    assert len(ROWS) > 25
    assert [test for test, _ in TEST.findall(LIST) if test and not is_there(test)] == []


RUNS = re.compile(
    r"(?<![.\w])(?:eval|exec|compile|__import__)\(|\b(?:render_template_string|subprocess|marshal|shelve)\b"
    r"|\b(?:os\.system|os\.popen|os\.exec\w*|pickle\.loads?|pickle\.Unpickler)\("
)
"""Evaluation, commands of the system, templates out of text, and what makes objects of others' choice."""


def test_nothing_that_was_read_can_be_run() -> None:
    """Pickles are written, for stock Whoosh, and read by a reader of ours that makes no objects."""
    files = sorted(
        path for room in ("index", "search", "webapp") for path in (ROOT / room).rglob("*.py")
    )
    assert len(files) > 300
    found = [(path.name, each) for path in files for each in RUNS.findall(path.read_text("utf-8"))]
    assert found == [("bulk_writer.py", "pickle.loads(")], (
        "a schema, from our process to its workers"
    )
    for line in ("eval(x)", " exec(x)", "import subprocess", "x = os.system(y)", "pickle.load(f)"):
        assert RUNS.search(line)


def is_there(named: str) -> bool:
    """Whether a file, and a function in it after `::`, is there."""
    path, _, function = named.partition("::")
    if not (ROOT / path).is_file():
        return False
    if not function:
        return True
    found = [
        each
        for each in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(each, ast.FunctionDef) and each.name == function
    ]
    return len(found) == 1
