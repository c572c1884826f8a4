"""Which network addresses are public, and a connection that is made to no other."""

from __future__ import annotations

import ipaddress
import socket

from index.collect.fetch_error import FetchError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of IPv6 that stand for those of IPv4 (RFC 6052)."""


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public Internet, also where it wraps another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def connected(host: str, port: int, seconds: float, *, allow_private: bool) -> socket.socket:
    """A connection to a host: names are resolved once, and only to what was looked at is connected.

    :raises FetchError: nothing public has that name, or nothing answers there.
    """
    why = FetchError(f"{host} has no address", temporary=True)
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} is not known ({error})", temporary=True) from error
    for family, kind, protocol, _, place in places:
        if not allow_private and not is_public(str(place[0])):
            why = FetchError(
                f"{host} is at the private address {place[0]}; --allow-private lets us go there"
            )
            continue
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(seconds)
        try:
            connection.connect(place)
        except OSError as error:
            connection.close()
            why = FetchError(f"{host} does not answer ({error})", temporary=True)
            continue
        return connection
    raise why
