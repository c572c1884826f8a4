"""What importing the package does to its surroundings: it keeps Whoosh from warning the user."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


WATCH = """
import sys
class Watch:
    def find_spec(self, name, *more):
        if name == "whoosh":
            print("index" in sys.modules)
sys.meta_path.insert(0, Watch())
"""


@pytest.mark.parametrize(
    ("folder", "warned"), [("whoosh/analysis", False), ("somewhere/else", True)]
)
def test_only_whooshs_sources_are_compiled_without_a_warning(
    folder: str, warned: bool, tmp_path: Path
) -> None:
    source = tmp_path / folder / "module.py"
    source.parent.mkdir(parents=True)
    source.write_text("assert 1 is 1\n")
    done = run(f"import index; path = {str(source)!r}; compile(open(path).read(), path, 'exec')")
    assert ("SyntaxWarning" in done.stderr) is warned


@pytest.mark.parametrize(
    "module", ["index.schema", "search.engines.folder", "search.query.parser", "webapp.cli.main"]
)
def test_whichever_module_comes_first_the_package_is_there_before_whoosh(module: str) -> None:
    done = run(f"{WATCH}\nimport {module}, whoosh")
    assert done.stdout.startswith("True\n"), done.stdout


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
