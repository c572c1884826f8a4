"""The links of a web page: those to releases on a list, to its next page, to feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag

from lxml import etree, html

from index.addresses import join_address, split_address
from index.collect.listing import MAX_ENTRIES, ListedItem, Listing, web_address
from index.identity import canonical_address
from index.sources.reader import any_like

MIN_WORDS = 4
"""Words of a link to a release where no pattern says which links are: menus have fewer."""
MIN_IDEOGRAPHS = 8
"""The same of scripts without spaces: characters."""
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_FURNITURE = "ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside"
_NEXT = re.compile(
    r"(?:[\W_]*(?:next(?: page)?|older(?: (?:posts|entries|news|releases))?|suivante?s?|"
    r"page suivante|weiter|nächste(?: seite)?|siguientes?|página siguiente|próxim[ao]s?|"
    r"successiv[oaie]|avanti|volgende|nästa|neste|næste|seuraava|następn[aey]|další|"
    r"следующ\w+|далее|наступна|επόμενη|التالي|بعدی|הבא|下一[頁页]|下页|次へ|次のページ|다음)[\W_]*"
    r"|[›»→>]{1,2})",
    re.IGNORECASE,
)
"""What the link to the next page says, in the languages that most lists are in."""
_PAGE_PARAMETER = re.compile(r"p|pg|page\w*|paged|seite|offset|start|from", re.IGNORECASE)


class FeedLink(NamedTuple):
    """A feed that a page names: its address and its title."""

    url: str
    title: str


def link_listing(text: str, url: str, patterns: tuple[str, ...]) -> Listing | None:
    """The releases that a page lists, by patterns of their addresses or else by what links say."""
    page = _page(text, url)
    if page is None:
        return None
    found: dict[str, ListedItem] = {}
    for link, words in _links(page):
        key = canonical_address(link)
        if key is not None and key not in found and _is_release(link, words, url, patterns):
            found[key] = ListedItem(url=link, key=key)
    entries = tuple(found.values())[:MAX_ENTRIES]
    return Listing(entries=entries, more=tuple(_next_pages(page, url)))


def feed_links(text: str, url: str) -> list[FeedLink]:
    """The feeds that a page names in its head, but for those of comments."""
    page = _page(text, url)
    named = [] if page is None else page.xpath("//link[@rel and @href and @type]")
    links = [
        FeedLink(join_address(url, link.get("href")), link.get("title") or "")
        for link in named
        if "alternate" in link.get("rel").lower().split()
        and link.get("type").lower().split(";")[0].strip() in _FEED_TYPES
    ]
    return [link for link in links if not re.search("comment", link.title + link.url, re.I)]


def _page(text: str, url: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        page.make_links_absolute(
            _base(page, url), resolve_base_href=False, handle_failures="discard"
        )
    except (etree.LxmlError, ValueError, RecursionError):
        return None
    return page


def _base(page: html.HtmlElement, url: str) -> str:
    """What links are relative to, taken out of the page: lxml raises at what is no address."""
    bases = [base.attrib.pop("href") for base in page.xpath("//base[@href]")]
    return (web_address(url, bases[0]) if bases else None) or url


def _links(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for anchor in page.xpath(f"//a[@href][not({_FURNITURE})]"):
        link = urldefrag(anchor.get("href").strip()).url
        if link.startswith(("http://", "https://")):
            yield link, " ".join(anchor.text_content().split())


def _is_release(link: str, words: str, page: str, patterns: tuple[str, ...]) -> bool:
    if patterns:
        return any_like([link], patterns)
    here, there = split_address(page), split_address(link)
    if _site(here.hostname) != _site(there.hostname) or _is_above(there.path, here.path):
        return False
    ideographs = len(re.findall(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", words))
    return len(words.split()) >= MIN_WORDS or ideographs >= MIN_IDEOGRAPHS


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _is_above(path: str, page: str) -> bool:
    """Whether a link leads to the page itself, another page of its list, or a folder above it."""
    return f"{page.rstrip('/')}/".startswith(f"{path.rstrip('/')}/")


def _next_pages(page: html.HtmlElement, url: str) -> Iterable[str]:
    marked = page.xpath(
        "//link[@rel='next']/@href | //a[contains(concat(' ',@rel,' '),' next ')]/@href"
    )
    said = (
        anchor.get("href")
        for anchor in page.xpath("//a[@href]")
        if any(_NEXT.fullmatch(words) for words in _labels(anchor)) and _turns(anchor, url)
    )
    last = next(iter(marked), None) or next(said, None)
    return [urldefrag(last).url] if last and last.startswith(("http://", "https://")) else []


def _labels(anchor: html.HtmlElement) -> list[str]:
    said = [" ".join(anchor.text_content().split()), anchor.get("aria-label"), anchor.get("title")]
    return [words for words in said if words and len(words) < 40]


def _turns(anchor: html.HtmlElement, url: str) -> bool:
    """Whether a link that says next turns the pages of this list: same host, path or parameter."""
    here, there = split_address(url), split_address(anchor.get("href"))
    if _site(here.hostname) != _site(there.hostname):
        return False
    names = {name for name, _ in parse_qsl(there.query)}
    beneath = there.path.rstrip("/").startswith(here.path.rpartition("/")[0].rstrip("/"))
    return beneath or any(_PAGE_PARAMETER.fullmatch(name) for name in names)
