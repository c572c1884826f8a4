"""What all tests share: where the real data lies, and how hypothesis draws its examples."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.browser.chromium"]

SHARED = Path(__file__).resolve().parents[2] / "shared"

# No deadline: an example's time says how busy the machine is, not whether the code is right; what
# must be fast is held by tests/timing.py. Too slow is a matter of the machine in the same way.
settings.register_profile(
    "fixed",  # the same examples in every run, so that a red test is the change's doing
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=100,
    derandomize=True,
)
settings.register_profile(
    "random",  # others in every run; a failure prints what gives its example again
    settings.get_profile("fixed"),
    derandomize=False,
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; tests that need it are skipped without it."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip("real data absent: no ../shared/data beside the checkout")
    return data


def pytest_configure(config: pytest.Config) -> None:
    """A seed given by hand draws by that seed, which fixed examples would leave unread; commands
    that tests start hear Ctrl-C wherever the tests run."""
    if config.getoption("--hypothesis-seed", None) is not None:
        settings.load_profile("random")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # So a shell starts what runs in its background; the commands that tests start, and
        # interrupt, would inherit it.
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> str:
    """Says in every run's head whether the real data takes part."""
    where = "../shared/data" if (SHARED / "data").is_dir() else "absent, tests on it are skipped"
    return f"real data: {where}"
