"""Addresses of Hong Kong releases: the release's number, its day, the page in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from index.addresses import join_address
from index.dates.date_strings import FoundDate
from index.identity import canonical_address
from index.release import Translation
from index.sources.draft import Document

HOST = "https://www.info.gov.hk"

_RELEASE = re.compile(
    r"/gia/general/(?P<month>\d{6})/(?P<day>\d\d)(?P<chinese>c?)/"
    r"(?P<number>P\d{12,13}|\d{7,8})(?:p|_print)?\.html?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![A-Za-z0-9])(P\d{12,13})(?!\d)", re.IGNORECASE)
_SELECTED = re.compile(r"""option\[value=["']?(P\d{12,13})""")
_FOLDER = re.compile(r"/general/(\d{6})/(\d\d)(?:c?\.htm|/P\d+_photo)", re.IGNORECASE)
_LANGUAGES = (
    ("zh-Hant", "hdrTCLnk", re.compile(r"Traditional Chinese|繁體|繁体|正體|\A中文(?:版)?\Z")),
    ("en", "hdrENLnk", re.compile(r"\AEnglish\b|英文")),
)


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


def own_address(
    soup: BeautifulSoup, document: Document, footer: FoundDate | None
) -> Address | None:
    """The address of a page, from what it and its document say of it; None if they say nothing.

    Links to other releases do not count. A page that says only its number lies in the folder of
    its day of issue.
    """
    whole = (parse(each) for each in _stated_addresses(soup, document))
    found = next((each for each in whole if each), None)
    if found:
        return found
    number = next(_numbers(soup, document), None)
    if number is None:
        return None
    folder = next(_folders(soup), None)
    if folder is None and footer and footer.date and footer.precision == "day":
        folder = (footer.date[:4] + footer.date[5:7], footer.date[8:])
    return Address(number.upper(), *(folder or ()))


def translations(soup: BeautifulSoup, own: Address | None) -> tuple[Translation, ...]:
    """The same news in the other language, where the page links to it."""
    found = []
    for language, identity, label in _LANGUAGES:
        target = parse(_language_link(soup, identity, label))
        if target and target.url and (own is None or target.number != own.number):
            found.append(Translation(language, target.url))
    return tuple(found)


def _language_link(soup: BeautifulSoup, identity: str, label: re.Pattern[str]) -> str:
    image = soup.find(id=identity)
    link = image.find_parent("a") if isinstance(image, Tag) else None
    if link is None:
        link = next(filter(lambda each: label.search(_label(each)), soup.find_all("a")), None)
    return str(link.get("href") or "") if isinstance(link, Tag) else ""


def _label(link: Tag) -> str:
    image = link.find("img")
    words = image.get("alt") if isinstance(image, Tag) else link.get_text()
    return str(words or "").strip()


def _stated_addresses(soup: BeautifulSoup, document: Document) -> Iterator[str]:
    yield document.url or ""
    for element in soup.select("link[rel=canonical], meta[property='og:url']"):
        yield str(element.get("href") or element.get("content") or "")
    for link in soup.find_all("a", href=re.compile(r"mailto:", re.IGNORECASE)):
        yield unquote(unquote(str(link["href"])))


def _numbers(soup: BeautifulSoup, document: Document) -> Iterator[str]:
    for link in soup.find_all("a", href=re.compile(r"P\d{12,13}(?:p|_print)\.html?\b")):
        yield _NUMBER.findall(re.sub(r"(?:p|_print)\.htm", ".htm", str(link["href"])))[0]
    for script in soup.find_all("script"):
        yield from _SELECTED.findall(script.get_text())
    yield from _NUMBER.findall(re.split(r"[/!\\]", document.name)[-1])


def _folders(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Month and day of the folder: the page's pictures lie in it, its way back leads to it."""
    back = ".resContentBackTop a, .resChiContentBackTop a, a.fancybox"
    for link in soup.select(back):
        match = _FOLDER.search(str(link.get("href") or ""))
        if match:
            yield match[1], match[2]
