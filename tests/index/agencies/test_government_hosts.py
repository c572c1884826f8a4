"""The second gazetteer: hosts of national governments, and the rule that uses them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import index.agencies
from index.agencies.attribution import Hints, attribute
from index.agencies.government_hosts import government_hosts, issuer_of_host

FILE = Path(index.agencies.__file__).with_name("government_hosts.json")
COUNTRIES = json.loads(FILE.read_text("utf-8"))["countries"]
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")


def test_thirty_countries_at_least_each_with_its_source() -> None:
    assert len({each["country"] for each in COUNTRIES}) == len(COUNTRIES) >= 30
    for each in COUNTRIES:
        assert each["source"].startswith("https://") or each["source"].startswith("http://")
        assert re.fullmatch("[A-Z]{2}", each["country"]), each["name"]
        assert each["suffixes"], each["name"]
        for host, name in each["issuers"].items():
            assert HOST.fullmatch(host), host
            assert name == " ".join(name.split()) != "", host


def test_no_host_is_listed_twice() -> None:
    hosts = [host for each in COUNTRIES for host in each["issuers"]]
    assert len(hosts) == len(set(hosts)) == len(government_hosts().issuers) >= 400


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.bka.de/presse/1.html", "Bundeskriminalamt"),
        ("https://BKA.de:443/x", "Bundeskriminalamt"),
        ("http://news.fda.gov/a", "Food and Drug Administration"),
        ("https://www.gov.za/speeches/1", "South African Government"),
        ("https://ports.gov.za/speeches/1", None),
        ("https://notbka.de/x", None),
        ("https://bka.de.example/x", None),
        ("https://[", None),
        (None, None),
    ],
)
def test_the_body_of_a_host(address: str | None, name: str | None) -> None:
    assert issuer_of_host(address) == name


@pytest.mark.parametrize(
    ("stated", "stated_rule", "weak", "name", "rule"),
    [
        (None, "", None, "Food and Drug Administration", "host"),
        (None, "", "Office of Piers", "Office of Piers", "site-name"),
        ("Office of Piers", "json-ld", None, "Office of Piers", "json-ld"),
        ("Office of Piers", "letterhead", None, "Food and Drug Administration", "host"),
    ],
)
def test_what_the_site_states_comes_before_the_host_and_a_guessed_line_after_it(
    stated: str | None, stated_rule: str, weak: str | None, name: str, rule: str
) -> None:
    body = "The Ministry of Ports announced today that piers are safe."
    hints = Hints(stated, stated_rule, weak, url="https://www.fda.gov/n/1")
    found = attribute("Piers are safe", body, "en", hints, gazetteers=())
    assert (found.agency.name, found.rule) == (name, rule)
