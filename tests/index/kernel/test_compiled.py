"""When the compiled loops are taken, and when they are left aside."""

from __future__ import annotations

import pytest

from index import compiled


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(compiled.SWITCH, raising=False)


def test_they_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.SWITCH, "off")
    assert compiled.load("index._c_kernel") is None


def test_what_was_not_built_is_none() -> None:
    assert compiled.load("index._no_such_kernel") is None


@pytest.mark.parametrize("name", ["index._c_kernel"])
def test_those_of_another_version_are_left_aside(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(name, reason="no C compiler: there are no compiled loops")
    assert compiled.load(name) is not None
    monkeypatch.setattr(compiled, "VERSION", compiled.VERSION + 1)
    assert compiled.load(name) is None
