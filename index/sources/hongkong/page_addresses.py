"""What a page of a Hong Kong release says of its own address, and of other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from index.dates.date_strings import FoundDate
from index.release import Translation
from index.sources.draft import Document
from index.sources.hongkong.address import Address, parse

_NUMBER = re.compile(r"(?<![A-Za-z0-9])(P\d{12,13})(?!\d)", re.IGNORECASE)
_SELECTED = re.compile(r"""option\[value=["']?(P\d{12,13})""")
_FOLDER = re.compile(r"/general/(\d{6})/(\d\d)(?:c?\.htm|/P\d+_photo)", re.IGNORECASE)
_LANGUAGES = (
    ("zh-Hant", "hdrTCLnk", re.compile(r"Traditional Chinese|繁體|繁体|正體|\A中文(?:版)?\Z")),
    ("en", "hdrENLnk", re.compile(r"\AEnglish\b|英文")),
)


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
