"""`urlsplit` and `urljoin` without an error, whatever a page holds where a URL should be.

The standard library raises for a bracket without its other half, a port that is no number and a
host that normalisation changes, and takes the square of the length of a host of combining marks.
What its `urlsplit` takes may still be nothing that can be asked for: `is_web_address` tells.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from index.text.normal_form import without_long_runs

_NONE = SplitResult("", "", "", "", "")


@lru_cache(maxsize=16)  # an address is looked at from many sides, one after the other
def split_address(address: str | None) -> SplitResult:
    """The parts of an address; all of them empty for what is none."""
    if not address:
        return _NONE
    try:
        parts = urlsplit(without_long_runs(address))
        _ = parts.port
    except ValueError:
        return _NONE
    return parts


def site_of(address: str | None) -> str:
    """The host of an address without `www.`, with and without which it is one site."""
    return (split_address(address).hostname or "").removeprefix("www.")


def origin_of(address: str) -> str:
    """Scheme and host of an address, with its port."""
    parts = split_address(address)
    return f"{parts.scheme}://{parts.netloc}"


def join_address(base: str | None, link: str) -> str:
    """A link as a whole address; empty where it is none, or is relative to a base that is none."""
    try:
        return urljoin(without_long_runs(base or ""), without_long_runs(link))
    except ValueError:
        return link if is_web_address(link) else ""


def is_web_address(address: str) -> bool:
    """Whether a text is a whole address of the web: http or https, a host, no port but a number.

    Lone surrogates, as of bytes that are no UTF-8, stand in none.
    """
    parts = split_address(address)
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and not any("\ud800" <= each <= "\udfff" for each in address)
    )
