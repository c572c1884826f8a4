"""Which compiled loops are in use, and what is said where they are not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from index import kernel

needs_kernel = pytest.mark.skipif(not kernel.names(), reason="the compiled loops are not built")


def status(switch: str) -> str:
    """What another process says with that value of the switch."""
    environment = {**os.environ, kernel.SWITCH: switch}
    command = [sys.executable, "-m", "index.kernel"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return (made.stdout + made.stderr).strip()


@needs_kernel
def test_the_switch_of_the_environment() -> None:
    assert status("auto") == "The compiled loops are in use."
    assert "DATELINE_KERNEL switches them off" in status("off")
    assert status("-merge_terms") != status("auto")


@needs_kernel
@pytest.mark.parametrize("switch", ["on", "-no_such_loop", "merge_terms"])
def test_a_switch_that_means_nothing_is_an_error(switch: str) -> None:
    assert f"DatelineError: DATELINE_KERNEL={switch}: say auto, off, or -name" in status(switch)


@needs_kernel
def test_loops_are_switched_off_by_name_and_come_back() -> None:
    before = kernel.loop("merge_terms")
    with kernel.switched_off("merge_terms"):
        assert kernel.loop("merge_terms") is None
        assert kernel.names()
    with kernel.switched_off():
        assert kernel.loop("merge_terms") is None
        assert "not in use" in kernel.status()
    assert kernel.loop("merge_terms") is before


def test_without_compiled_loops_it_says_how_to_get_them() -> None:
    script = "import sys; sys.modules['index._kernel'] = None; from index import kernel as k"
    command = [sys.executable, "-c", f"{script}; print(k.names(), k.loop('unite'), k.status())"]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    assert made.stdout.startswith("[] None ")
    assert "were not built" in made.stdout
    assert "apt install gcc python3-dev" in made.stdout


@needs_kernel
def test_loops_of_another_version_are_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "VERSION", kernel.VERSION + 1)
    built, reason = kernel.load_loops()
    assert not built
    assert reason == "they were built for another version"
