"""What importing the package does to its surroundings: it keeps Whoosh from warning the user."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("folder", "warned"), [("whoosh/analysis", False), ("somewhere/else", True)]
)
@pytest.mark.parametrize("package", ["index", "search", "webapp"])
def test_only_whooshs_sources_are_compiled_without_a_warning(
    package: str, folder: str, warned: bool, tmp_path: Path
) -> None:
    source = tmp_path / folder / "module.py"
    source.parent.mkdir(parents=True)
    source.write_text("assert 1 is 1\n")
    code = f"import {package}; path = {str(source)!r}; compile(open(path).read(), path, 'exec')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ("SyntaxWarning" in done.stderr) is warned
