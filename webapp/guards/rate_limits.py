"""How often one address may ask: a bucket for each that fills steadily, for pages and for exports.

Each process counts for itself. This machine's own addresses are not counted unless the settings say
how many proxies stand before us: else they are a proxy's, and all readers would be one.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.context import current_settings
from webapp.settings import Settings

MAX_ADDRESSES = 10_000
"""Addresses that are remembered, some 2 MB; those that asked longest ago are forgotten."""
_EXPORTS = (".csv", ".jsonl", ".atom", ".feed.json", ".opml", ".docx", "/sitemap.xml")
_FREE = ("/healthz", "/readyz", "/metrics")


class Buckets:
    """As many requests at once as a minute allows, then one whenever there is room again.

    :param a_minute: requests of one address in a minute; 0 for any number.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, address: str) -> float:
        """0 where the address may ask now, which is counted; else the seconds until it may."""
        if not self._most:
            return 0
        now, a_second = self._clock(), self._most / 60
        with self._lock:
            level, then = self._buckets.pop(address, (float(self._most), now))
            level = min(level + (now - then) * a_second, self._most)
            allowed = level >= 1
            self._buckets[address] = (level - 1 if allowed else level, now)
            while len(self._buckets) > MAX_ADDRESSES:
                self._buckets.popitem(last=False)
        return 0 if allowed else (1 - level) / a_second


def install(app: Flask, settings: Settings) -> None:
    """Count requests; behind proxies, by the address that the outermost of them states."""
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0, x_prefix=0
        )
    pages, exports = Buckets(settings.requests_a_minute), Buckets(settings.exports_a_minute)

    @app.before_request
    def _count() -> None:
        address = counted_address(request.remote_addr or "", proxied=current_settings().proxies > 0)
        if not address or request.path in _FREE or request.path.startswith("/static/"):
            return
        wait = pages.wait(address)
        if not wait and request.path.endswith(_EXPORTS):
            wait = exports.wait(address)
        if wait:
            raise TooManyRequests(retry_after=math.ceil(wait))


@lru_cache(maxsize=1_024)
def counted_address(address: str, *, proxied: bool) -> str:
    """What counts as one asker: an IPv4 address, a network of IPv6; empty where none is counted."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if read.is_loopback and not proxied:
        return ""
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is not None:
            return str(read.ipv4_mapped)
        return str(ipaddress.ip_network((read, 64), strict=False))
    return str(read)
