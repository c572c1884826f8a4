"""A file that is cut short while a request reads it is damage, not the end of the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.codec.files import Component
from index.kernel import loop
from tests.search.search_corpus import CORPUS, write

SCRIPT = """
import sys
from pathlib import Path
from index.errors import DamagedIndexError
from index.kernel.lost_pages import lost_pages, survive_lost_pages
from search import SearchRequest
from search.engines.folder import FolderEngine

folder, path = Path(sys.argv[1]), Path(sys.argv[2])
if sys.argv[3] == "guarded":
    assert survive_lost_pages()
    assert not survive_lost_pages(), "ours handles it already"
engine = FolderEngine(folder)
asked = SearchRequest("harbour", per_page=100)
before = [hit.release for hit in engine.search(asked).hits]
whole = path.read_bytes()
engine.clear_cache()
from search.match.cache import postings_cache
postings_cache.clear()


def within_a_request():
    with engine._executing(asked) as execution:
        execution.hits(0, 1)
        with path.open("r+b") as file:
            file.truncate(0)
        files = execution._snapshot._files[0]
        sum(bytes(files._opened[component]._buffer)[-1] for component in files._opened)


for what in (within_a_request, lambda: engine.search(asked)):
    try:
        what()
    except DamagedIndexError as error:
        print(error)
assert lost_pages() > 0
path.write_bytes(whole)  # in place, as it was cut
assert [hit.release for hit in engine.search(asked).hits] == before
print("recovered")
"""


def run(tmp_path: Path, component: Component, how: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: pytest has a handler of SIGBUS itself."""
    write(tmp_path / "index", CORPUS)
    (path,) = (tmp_path / "index").glob(f"*{component.value}")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "index"), str(path), how]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(loop("unite") is None, reason="the compiled module is not built")
@pytest.mark.parametrize("component", [Component.STORED, Component.POSTINGS])
def test_what_is_cut_short_within_a_request_is_damage_until_it_is_whole_again(
    tmp_path: Path, component: Component
) -> None:
    done = run(tmp_path, component, "guarded")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert len(said) == 3
    assert component.value in said[0]
    assert component.value in said[1]
    assert said[2] == "recovered"


def test_without_the_guard_it_would_end_the_process(tmp_path: Path) -> None:
    assert run(tmp_path, Component.STORED, "alone").returncode < 0
