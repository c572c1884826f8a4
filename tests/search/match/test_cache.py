"""A cache that is bounded in bytes, whoever asks it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bounded_cache import ENTRY_BYTES, Cache
from tests.timing import PATIENCE


@dataclass(frozen=True)
class Value:
    nbytes: int


def test_what_is_held_is_not_made_again() -> None:
    cache, made = Cache(10 * ENTRY_BYTES), []

    def make() -> Value:
        made.append(1)
        return Value(10)

    assert cache.get("a") is None
    first = cache.get_or_make("a", make)
    assert cache.get_or_make("a", make) is first
    assert cache.get("a") is first
    assert made == [1]
    assert cache.nbytes == 10 + ENTRY_BYTES
    cache.clear()
    assert (cache.get("a"), cache.nbytes) == (None, 0)


def test_the_least_recently_used_go_first() -> None:
    cache = Cache(3 * ENTRY_BYTES)
    for key in "abc":
        cache.get_or_make(key, lambda: Value(0))
    cache.get("a")
    cache.get_or_make("d", lambda: Value(0))
    assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]


def test_what_is_larger_than_the_bound_drops_nothing() -> None:
    cache = Cache(2 * ENTRY_BYTES)
    cache.get_or_make("a", lambda: Value(1))
    large = cache.get_or_make("b", lambda: Value(ENTRY_BYTES + 1))
    assert large.nbytes == ENTRY_BYTES + 1
    assert cache.get("a") is not None
    assert cache.get("b") is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5 * ENTRY_BYTES))))
def test_bytes_never_exceed_the_bound(asked: list[tuple[int, int]]) -> None:
    bound = 6 * ENTRY_BYTES
    cache = Cache(bound)
    for key, size in asked:
        cache.get_or_make(key, lambda size=size: Value(size))
        held = [cache.get(each) for each in range(10)]
        assert cache.nbytes == sum(each.nbytes + ENTRY_BYTES for each in held if each) <= bound


def test_threads_that_make_one_value_count_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", pytest.fail)
    cache, together = Cache(100 * ENTRY_BYTES), threading.Barrier(4)

    def make() -> Value:
        together.wait(timeout=PATIENCE)
        return Value(7)

    threads = [threading.Thread(target=cache.get_or_make, args=("a", make)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.nbytes == 7 + ENTRY_BYTES
