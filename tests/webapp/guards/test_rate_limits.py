"""How often one address may ask, and whose address that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from webapp import create_app
from webapp.guards import rate_limits
from webapp.guards.rate_limits import Buckets, counted_address

READER = {"REMOTE_ADDR": "203.0.113.7"}
OTHER = {"REMOTE_ADDR": "203.0.113.8"}


def limited(index: Path, **settings: int) -> FlaskClient:
    return create_app({"index": str(index), **settings}).test_client(use_cookies=False)


def statuses(client: FlaskClient, count: int, address: str = "/", **more: object) -> list[int]:
    return [client.get(address, buffered=True, **more).status_code for _ in range(count)]  # type: ignore[arg-type]


def test_who_asks_too_often_waits_and_others_do_not(index_folder: Path) -> None:
    client = limited(index_folder, requests_a_minute=5)
    assert statuses(client, 7, environ_overrides=READER) == [200] * 5 + [429] * 2
    refused = client.get("/search.json", environ_overrides=READER)
    assert 1 <= int(refused.headers["Retry-After"]) <= 12
    assert refused.get_json(force=True)["type"].endswith("/api#too-many-requests")
    assert statuses(client, 5, environ_overrides=OTHER) == [200] * 5
    for free in ("/healthz", "/readyz", "/static/dateline.css"):
        assert statuses(client, 9, free, environ_overrides=READER) == [200] * 9


def test_exports_are_counted_for_themselves(index_folder: Path) -> None:
    client = limited(index_folder, exports_a_minute=2)
    for _ in range(2):
        assert client.get("/search.csv", environ_overrides=READER, buffered=True).status_code == 200
    for export in ("/search.csv", "/zh-hant/search.csv", "/search.atom", "/search.feed.json"):
        assert client.get(export, environ_overrides=READER).status_code == 429
    assert client.get("/search", environ_overrides=READER).status_code == 200


def test_what_readers_claim_of_their_address_counts_only_as_far_as_proxies_say_it(
    index_folder: Path,
) -> None:
    """The proxy appends the address that it sees; what stands before it anybody may have made up."""
    client = limited(index_folder, requests_a_minute=3)
    for number in range(3):
        claimed = {"X-Forwarded-For": f"198.51.100.{number}"}
        assert client.get("/", headers=claimed, environ_overrides=READER).status_code == 200
    assert client.get("/", headers=claimed, environ_overrides=READER).status_code == 429

    behind = limited(index_folder, requests_a_minute=3, proxies=1)
    seen = [
        behind.get(
            "/", headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}
        ).status_code
        for number in range(4)
    ]
    assert seen == [200, 200, 200, 429]
    other = behind.get("/", headers={"X-Forwarded-For": "203.0.113.7, 203.0.113.8"})
    assert other.status_code == 200

    twice = limited(index_folder, requests_a_minute=1, proxies=2)
    two = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7, 192.0.2.1"}
    assert twice.get("/", headers=two).status_code == 200
    assert (
        twice.get(
            "/", headers=two | {"X-Forwarded-For": "9.9.9.9, 203.0.113.7, 192.0.2.9"}
        ).status_code
        == 429
    )


def test_this_machine_is_counted_behind_proxies_only(index_folder: Path) -> None:
    assert statuses(limited(index_folder, requests_a_minute=1), 5) == [200] * 5
    assert statuses(limited(index_folder, requests_a_minute=1, proxies=1), 2) == [200, 429]
    assert (
        statuses(limited(index_folder, requests_a_minute=0), 5, environ_overrides=READER)
        == [200] * 5
    )


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_one_asker_is_one_address(address: str, counted: str) -> None:
    assert counted_address(address, proxied=False) == counted


@given(st.lists(st.floats(0, 200), max_size=60), st.integers(1, 20))
def test_in_no_minute_more_are_let_in_than_a_minute_and_a_bucket_allow(
    waits: list[float], most: int
) -> None:
    now, allowed = [0.0], []
    buckets = Buckets(most, lambda: now[0])
    for wait in waits:
        now[0] += wait
        left = buckets.wait("a")
        if not left:
            allowed.append(now[0])
        else:
            now[0] += left + 1e-6
            assert buckets.wait("a") == 0
            allowed.append(now[0])
    for first in allowed:
        assert sum(first <= at < first + 60 for at in allowed) <= 2 * most + 1


def test_addresses_that_are_remembered_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "MAX_ADDRESSES", 10)
    buckets = Buckets(1, lambda: 0.0)
    for number in range(1_000):
        assert buckets.wait(str(number)) == 0
    assert len(buckets) == 10
    assert buckets.wait("999") > 0
