"""Addresses of clusters: what they say, and that a password is never shown."""

from __future__ import annotations

import pytest

from index.cluster.cluster_address import PASSWORD, USER, is_cluster, read_address
from index.errors import DatelineError


def test_an_address_names_hosts_and_index() -> None:
    address = read_address("opensearch://one,two:9201,[::1]:9202/press-releases", {})
    assert address.hosts == (("one", 9200), ("two", 9201), ("[::1]", 9202))
    assert (address.name, address.secure, address.user) == ("press-releases", False, None)
    assert str(address) == "opensearch://one:9200,two:9201,[::1]:9202/press-releases"
    assert read_address("opensearch://[::1],one//news/", {}).hosts == (
        ("[::1]", 9200),
        ("one", 9200),
    )


def test_who_we_are_stands_in_the_address_or_in_the_environment() -> None:
    there = {USER: "reader", PASSWORD: "from outside"}
    own = read_address("opensearch+https://me:p%40ss@host/news?ca=ca.pem&verify=0", there)
    assert (own.user, own.password, own.secure) == ("me", "p@ss", True)
    assert (own.ca, own.verify) == ("ca.pem", False)
    other = read_address("opensearch+https://host/news", there)
    assert (other.user, other.password, other.verify) == ("reader", "from outside", True)
    assert "p@ss" not in f"{own} {own!r}"
    assert "from outside" not in f"{other} {other!r}"


@pytest.mark.parametrize(
    "text",
    [
        "opensearch://me:secret@host",
        "opensearch://me:secret@host/",
        "opensearch://me:secret@host/News",
        "opensearch://me:secret@host/a/b",
        "opensearch://me:secret@host/news?pasword=secret",
        "opensearch://me:secret@/news",
        "opensearch://me:secret@host:http/news",
        "opensearch://me:secret@host:99999/news",
        "opensearch://me:secret@[/news",
        "opensearch://me:secret@[::1/news",
        "opensearch://me:secret@\u2100/news",
        "opensearch://me:secret@\udcff/news",
        f"opensearch://me:secret@host:{'9' * 5_000}/news",
        "http://me:secret@host/news",
    ],
)
def test_what_is_no_address_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(DatelineError, match="opensearch://host:9200/name") as caught:
        read_address(text, {})
    assert "secret" not in str(caught.value)


def test_a_folder_is_no_cluster() -> None:
    assert is_cluster("opensearch://host/news")
    assert is_cluster("opensearch+https://host/news")
    assert not is_cluster("var/index")
    assert not is_cluster("opensearch:/host/news")
