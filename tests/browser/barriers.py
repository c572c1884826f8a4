"""What axe finds on a page that keeps somebody from using it."""

from __future__ import annotations

from typing import Any

import pytest

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Any) -> list[tuple[str, str]]:
    """Each rule that an open page breaks, with the element that breaks it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    report = axe.Axe().run(page, options={"runOnly": RULES}).response
    assert len(report["passes"]) > 10, "axe looked at nothing"
    return [(each["id"], each["nodes"][0]["html"]) for each in report["violations"]]
