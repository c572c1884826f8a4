"""Addresses of Hong Kong releases: the release's number and the folder of its day."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.addresses import join_address
from index.identity import canonical_address

HOST = "https://www.info.gov.hk"

_RELEASE = re.compile(
    r"/gia/general/(?P<month>\d{6})/(?P<day>\d\d)(?P<chinese>c?)/"
    r"(?P<number>P\d{12,13}|\d{7,8})(?:p|_print)?\.html?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


class Address(NamedTuple):
    """Where a release is: `number` as its issuer counts, `month` YYYYMM and `day` DD of its folder.

    `chinese` is `c` for the Chinese folder of a day, which some years had, else empty.
    """

    number: str
    month: str | None = None
    day: str | None = None
    chinese: str = ""

    @property
    def id(self) -> str | None:
        """The number, before which the oldest ones, counted by the day, need their folder."""
        if self.number.startswith("P"):
            return self.number
        return f"{self.month}{self.day}{self.chinese}-{self.number}" if self.month else None

    @property
    def url(self) -> str | None:
        """The one address of all that the release has: no mirror, no print page, no query."""
        if self.month is None:
            return None
        folder = f"{self.month}/{self.day}{self.chinese}"
        return f"{HOST}/gia/general/{folder}/{self.number}.htm"

    @property
    def folder_date(self) -> str | None:
        """The day of the folder, ISO 8601."""
        return f"{self.month[:4]}-{self.month[4:]}-{self.day}" if self.month else None


def is_release(url: str | None) -> bool:
    """Whether an address, on whatever mirror, is that of a release."""
    return parse(url or "") is not None


def parse(url: str) -> Address | None:
    """The release that an address on info.gov.hk or a mirror of it means, else None.

    A relative link counts, as does an address inside the text of a `mailto:` link.
    """
    match = _RELEASE.search(url)
    if match is None or not _is_own(url):
        return None
    number = match["number"].upper()
    return Address(number, match["month"], match["day"], match["chinese"].lower())


def _is_own(url: str) -> bool:
    """Whether the host is Hong Kong's, a known mirror of it, or the page's own."""
    url = url.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    elif url[:7].lower() == "mailto:":
        web = _WEB.search(url)
        url = web[0] if web else ""
    elif not _SCHEME.match(url):
        return True
    host = (canonical_address(url) or "").partition("/")[0].partition(":")[0]
    return host == "gov.hk" or host.endswith(".gov.hk")


def absolute(href: str) -> str:
    """A link of a release page as a whole address."""
    return join_address(f"{HOST}/gia/general/", href.strip())
