"""How much of a page is results, and how its fragments read: what `make page-metrics` measures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import page_metrics
from tests.browser.site_server import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # it indexes the sample: 5 s
WHOLE = {"desk": 3, "phone": 1}
"""Results of a word search that stand whole above the fold, at the least."""
ASKED = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of the sample."""
    return page_metrics.sample_index(Path(tmp_path_factory.mktemp("sample") / "index"))


def test_results_begin_high_on_the_page(browser: Any, folder: str) -> None:
    questions = list(page_metrics.questions_of(folder))[:ASKED]
    assert len(questions) == ASKED
    with served(Path(folder)) as site:
        for name, size in page_metrics.FOLDS.items():
            _, whole = page_metrics.above_the_fold(browser, site, questions, size)
            assert min(whole) >= WHOLE[name], (name, dict(zip(questions, whole, strict=True)))


def test_fragments_read_well(folder: str) -> None:
    seen, faults = page_metrics.fragment_faults(folder, list(page_metrics.questions_of(folder)))
    assert seen > 300
    assert faults.pop("begin inside a clause, though one begins within 80 before") <= seen / 50
    assert faults
    assert set(faults.values()) == {0}
