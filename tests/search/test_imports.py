"""What importing the package loads: requests and results are values, cheap to have."""

from __future__ import annotations

import subprocess
import sys

import pytest

import search

HEAVY = {"whoosh", "numpy", "sqlite3"}


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import search", set()),
        ("from search import SearchRequest; SearchRequest('a', date_from='2023-06')", set()),
        ("from search import SearchResults, Hit, Facets, Notice, Engine", set()),
        ("from search import open_engine", set()),
        ("from search.engines.folder import FolderEngine", HEAVY),
    ],
)
def test_only_an_engine_loads_whoosh_and_numpy(code: str, heavy: set[str]) -> None:
    found = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY & set(found.stdout.split()) == heavy


def test_what_an_engine_loads_later_is_loaded_before_processes_are_forked() -> None:
    script = (
        "import sys; from search import load_engine; from search.engines.folder import FolderEngine\n"
        "before = 'search.count.term_sheet' in sys.modules\n"
        "load_engine('index'); print(before, 'search.count.term_sheet' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("name", search.__all__)
def test_every_name_of_the_package_is_there(name: str) -> None:
    assert getattr(search, name).__name__ == name


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute"):
        search.nothing_of_the_kind  # noqa: B018
