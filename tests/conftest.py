"""What all tests share: where the real data lies, and one line about it in the summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; tests that need it are skipped without it."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip("real data absent: no ../shared/data beside the checkout")
    return data


def pytest_report_header() -> str:
    """Says in every run's head whether the real data takes part."""
    where = "../shared/data" if (SHARED / "data").is_dir() else "absent, tests on it are skipped"
    return f"real data: {where}"
