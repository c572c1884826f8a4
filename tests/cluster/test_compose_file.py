"""The compose file of docs/scaling.md: it can be read, and its nodes find each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from index.cluster.cluster_address import read_address

PAGE = (Path(__file__).parents[2] / "docs/scaling.md").read_text("utf-8")


@pytest.fixture
def compose() -> Any:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return yaml.safe_load(block)


def test_every_node_is_named_looks_for_all_and_keeps_its_own_data(compose: Any) -> None:
    services = compose["services"]
    assert len(services) == 3, "a majority is left when one fails"
    for name, about in services.items():
        environment = about["environment"]
        assert (about["hostname"], environment["node.name"]) == (name, name)
        for found in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert environment[found].split(",") == list(services)
    kept = [each.partition(":")[0] for about in services.values() for each in about["volumes"]]
    assert sorted(kept) == sorted(compose["volumes"]), "none shares a folder with another"


def test_nobody_else_reaches_it_and_no_password_stands_there(compose: Any) -> None:
    for about in compose["services"].values():
        assert all(each.startswith("127.0.0.1:") for each in about.get("ports", []))
        assert about["environment"]["OPENSEARCH_INITIAL_ADMIN_PASSWORD"].startswith("${")


def test_the_address_beside_it_names_all_its_nodes(compose: Any) -> None:
    (written,) = set(re.findall(r"opensearch\+https://node1\S+?(?=`)", PAGE))
    assert [host for host, _ in read_address(written, {}).hosts] == list(compose["services"])
