"""Which hosts this site goes by: its own, this machine, and names of the network around it.

A request may state any host, so whole addresses are made from it only where no stranger can own it.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import lru_cache
from urllib.parse import urlsplit

_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_INTERNAL = (".localhost", ".local", ".internal", ".home.arpa", ".lan")
"""Names that no public registry gives away (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`), and
the one that routers for homes use."""


@lru_cache(maxsize=256)
def is_own_host(host: str, base_url: str = "") -> bool:
    """Whether a request for this host (with its port) is meant for us.

    :param base_url: the site's address as readers see it; empty where none is set.
    """
    read = _HOST.fullmatch(host.lower())
    if read is None:
        return False
    name = read["name"].strip("[]")
    return name == urlsplit(base_url).hostname or name == _machine() or _is_around_us(name)


def mount_of(base_url: str) -> str:
    """The path that a site lies under at its address, without a slash at the end."""
    return urlsplit(base_url).path.rstrip("/")


def _is_around_us(name: str) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_INTERNAL)
    return address.is_private or address.is_loopback or address.is_link_local


def _machine() -> str:
    return socket.gethostname().lower()
