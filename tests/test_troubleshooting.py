"""docs/troubleshooting.md quotes refusals as the code says them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/troubleshooting.md").read_text("utf-8")
QUOTED = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def sources() -> str:
    """Every module, with texts that go over several lines in one."""
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "index").rglob("*.py")))
    return re.sub(r'"\s*\n?\s*f?"', "", "\n".join(texts))


@pytest.mark.parametrize("words", QUOTED)
def test_the_words_of_a_refusal_are_those_of_the_code(sources: str, words: str) -> None:
    assert len(QUOTED) > 12
    assert words in sources
