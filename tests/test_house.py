"""The house rules that a machine can hold: sizes of files and functions, one place for things."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("index", "search", "webapp")
NATIVE_FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.p[yx][xi]"))
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
ONE_MEANING = {
    "opensearch.py": "an index on a cluster: as the builder writes it, as the engine asks it",
    "folder.py": "an index in a folder: as the builder writes it, as the engine searches it",
}
"""Names that stand twice with one meaning, and which one."""
NAMED = re.compile(
    r"`((?:index|search|webapp|tests|bench)(?:(?:\.(?!html`|json`|csv`)[a-z]\w*)+|/[a-z][\w/*.-]*\w))`"
)
"""A module or a file of ours as texts name them."""
STANDS_FOR_MANY = re.compile("NAME|TAG")
"""What CONTRIBUTING has where each adds a name of their own."""


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_small_enough_to_hold_in_the_head(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500
    long = [f.name for f in functions(path) if (f.end_lineno or f.lineno) - f.lineno >= 60]
    assert long == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", NATIVE_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_in_cython_are_small_too(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= 500
    assert max(map(len, lines)) <= 100
    starts = [
        at for at, line in enumerate(lines) if re.match(r" *(cp?def(?! class)|def) .*\(", line)
    ]
    assert [lines[at] for at in starts if function_length(lines[at:]) > 60] == []


def function_length(lines: list[str]) -> int:
    """Lines of the function that the first of these begins, by their indentation."""
    indent = re.compile(" " * (1 + lines[0].index(lines[0].lstrip())) + r"|[ )]*\)|\s*$")
    return next((at for at, line in enumerate(lines[1:], 1) if not indent.match(line)), len(lines))


def test_the_native_source_stays_a_part_that_one_person_can_know() -> None:
    assert sum(len(path.read_text("utf-8").splitlines()) for path in NATIVE_FILES) < 2_500


def test_no_class_name_and_no_file_name_has_two_meanings() -> None:
    places: dict[str, list[str]] = {}
    for path in FILES:
        defined = [node.name for node in ast.parse(path.read_text("utf-8")).body if named(node)]
        for name in [*defined, *([path.name] if path.name != "__init__.py" else [])]:
            places.setdefault(name, []).append(str(path.relative_to(ROOT)))
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in ONE_MEANING} == {}
    assert ONE_MEANING.keys() <= twice.keys(), "strike out what stands once only"


def named(node: ast.stmt) -> TypeGuard[ast.ClassDef]:
    return isinstance(node, ast.ClassDef)


def test_modules_and_files_that_texts_name_are_there() -> None:
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *FILES, *NATIVE_FILES]
    texts.remove(ROOT / "CHANGELOG.md")  # old names beside the new ones
    named = [(path, name) for path in texts for name in NAMED.findall(path.read_text("utf-8"))]
    assert len(named) > 100
    gone = [(path, name) for path, name in named if not is_there(name)]
    assert [each for each in gone if not STANDS_FOR_MANY.search(each[1])] == []


def is_there(name: str) -> bool:
    """Whether a file of the checkout, a module, or what stands in one, has this name."""
    if "/" in name:
        return any(ROOT.glob(name))
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:length])
        for module in (base.with_suffix(".py"), base / "__init__.py"):
            if module.exists():
                text = module.read_text("utf-8")
                return all(re.search(rf"\b{each}\b", text) for each in parts[length : length + 1])
    return False


def test_the_repository_names_no_package_host_and_no_mirror() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted", "registry" + ".npm", "deb" + ".debian"]
    texts = {path: path.read_bytes() for path in repository_files()}
    assert [path for path, text in texts.items() if any(h.encode() in text for h in hosts)] == []


def repository_files() -> list[Path]:
    """Every file of the checkout or of the source distribution, but not what was made there."""
    made = ("var", "build", "dist", "node_modules")
    tops = [top for top in ROOT.iterdir() if top.name not in made and not top.name.startswith(".")]
    paths = [ROOT / ".ci/run", ROOT / ".gitignore"]
    paths += [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return [path for path in paths if path.is_file() and "__pycache__" not in path.parts]


def test_pinned_dependencies_all_carry_hashes() -> None:
    for path in [*ROOT.glob("constraints*.txt"), ROOT / "bench/constraints.txt"]:
        lines = path.read_text().split("\n")
        pins = [line for line in lines if "==" in line]
        assert pins
        assert all(line.rstrip().endswith("\\") for line in pins)
