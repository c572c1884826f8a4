"""Cookies that a redirect sets, given back to the same host until the page is there."""

from __future__ import annotations

import re

from index.addresses import origin_of
from index.collect.http_client import HttpAnswer

MOST_COOKIES, MOST_CHARACTERS = 20, 4_000
"""Cookies of a host and characters of one that are given back; servers refuse longer headers."""
_PAIR = re.compile(r"[!#$%&'*+.^_`|~\w-]{1,200}=[\x21-\x3a\x3c-\x7e]*", re.ASCII)


class Cookies:
    """Those of one page on its way through redirects; nothing is kept beyond it.

    Some sites answer every first request with a cookie and the same address.
    """

    def __init__(self) -> None:
        self._of_hosts: dict[str, dict[str, str]] = {}

    def of(self, url: str) -> str:
        """The header `Cookie` for an address; empty where its host has set none."""
        return "; ".join(self._of_hosts.get(origin_of(url), {}).values())

    def take(self, answer: HttpAnswer) -> None:
        """Note what an answer sets."""
        for name, value in answer.headers:
            pair = value.partition(";")[0].strip() if name.lower() == "set-cookie" else ""
            if _PAIR.fullmatch(pair) and len(pair) <= MOST_CHARACTERS:
                held = self._of_hosts.setdefault(origin_of(answer.url), {})
                if len(held) < MOST_COOKIES:
                    held[pair.partition("=")[0]] = pair
