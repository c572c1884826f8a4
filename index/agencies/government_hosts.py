"""Hosts of national governments, and the bodies that publish there: a second gazetteer, by host."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from index.addresses import site_of


class GovernmentHosts(NamedTuple):
    """`issuers`: host -> the name of the body that it belongs to; `suffixes`: names under which
    whole governments have their hosts."""

    issuers: dict[str, str]
    suffixes: frozenset[str]


@lru_cache(maxsize=1)
def government_hosts() -> GovernmentHosts:
    """The hosts that come with Dateline, of all countries in `government_hosts.json`."""
    file = Path(__file__).with_name("government_hosts.json")
    countries = json.loads(file.read_text("utf-8"))["countries"]
    return GovernmentHosts(
        {host: name for each in countries for host, name in each["issuers"].items()},
        frozenset(suffix for each in countries for suffix in each["suffixes"]),
    )


def issuer_of_host(address: str | None) -> str | None:
    """The body to which the host of an address, or the host above it, belongs.

    A host of which a whole government has others below it speaks for itself alone: `gov.za` is not
    the issuer of what `ports.gov.za` publishes.
    """
    if not address:
        return None
    host = site_of(address)
    issuers, suffixes = government_hosts()
    at = host
    while at:
        if at in issuers and (at == host or at not in suffixes):
            return issuers[at]
        at = at.partition(".")[2]
    return None
