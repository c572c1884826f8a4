"""The house rules that a machine can hold: sizes of files and functions, one place for things."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("index", "search", "webapp")
C_FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.[ch]"))
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


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


@pytest.mark.parametrize("path", C_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_in_c_are_small_too(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= 500
    assert max(map(len, lines)) <= 100
    starts = [at for at, line in enumerate(lines) if line == "{"]
    ends = [at for at, line in enumerate(lines) if line == "}"]
    assert all(end - start < 60 for start, end in zip(starts, ends, strict=True))


def test_every_file_in_c_is_built_and_goes_with_the_source() -> None:
    listed = {
        name
        for module in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
            "setuptools"
        ]["ext-modules"]
        for name in [*module["sources"], *module["depends"]]
    }
    assert {str(path.relative_to(ROOT)) for path in C_FILES} == listed


def test_the_repository_names_no_package_host_and_no_mirror() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted", "registry" + ".npm", "deb" + ".debian"]
    pattern = "|".join(host.replace(".", "[.]") for host in hosts)
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout == ""


def test_pinned_dependencies_all_carry_hashes() -> None:
    for name in ("constraints.txt", "constraints-test.txt"):
        lines = (ROOT / name).read_text().split("\n")
        pins = [line for line in lines if "==" in line]
        assert pins
        assert all(line.rstrip().endswith("\\") for line in pins)
