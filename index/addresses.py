"""`urlsplit` and `urljoin` without an error, whatever a page holds where a URL should be.

The standard library raises for a bracket without its other half, a port that is no number and a
host that normalisation changes, and takes the square of the length of a host of combining marks.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from index.text.normal_form import without_long_runs

_NONE = SplitResult("", "", "", "", "")


def split_address(address: str | None) -> SplitResult:
    """The parts of an address; all of them empty for what is none."""
    try:
        parts = urlsplit(without_long_runs(address or ""))
        _ = parts.port
    except ValueError:
        return _NONE
    return parts


def join_address(base: str | None, link: str) -> str:
    """A link as a whole address; empty where link or base is no address."""
    try:
        return urljoin(without_long_runs(base or ""), without_long_runs(link))
    except ValueError:
        return ""
