"""The links of a web page: those to releases on a list, those to feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urldefrag

from lxml import etree, html

from index.addresses import join_address, site_of, split_address
from index.collect.archive_pages import archive_pages
from index.collect.listing import MAX_ENTRIES, ListedItem, Listing, web_address
from index.collect.next_page import goes_on_by_script, next_page
from index.identity import canonical_address
from index.sources.html_text import element_line
from index.sources.reader import any_like

MIN_WORDS = 4
"""Words of a link to a release where no pattern says which links are: menus have fewer."""
MIN_IDEOGRAPHS = 8
"""The same of scripts without spaces: characters."""
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_OF_PAGE = "[not(ancestor::article or ancestor::li or ancestor::main)]"
_FURNITURE = (
    f"ancestor::nav or ancestor::aside or ancestor::header{_OF_PAGE} or ancestor::footer{_OF_PAGE}"
)
"""Where the links of a site are, not of this page. An item has a header and a footer of its own."""
_ITEMS, _HEADINGS = ("li", "tr", "article", "dd"), ("h2", "h3", "h4")
"""What an item of a list is, else whatever has a heading."""
_ITEM_LEVELS = 6
"""How far above a link its item may be: `li > div > div > p > span > a` is five."""
_LIST_FROM = 3
"""Headlines that make a list."""
_LETTER, _DIGITS = re.compile(r"[^\W\d_]"), re.compile(r"\d+")
_MOST_FRAMES = 5
"""Frames of a page that are looked into: a set of them has a head, a menu and the page."""
_ITEM_LINKS = 12
"""Links of an item that are looked at: picture, heading, "read more" and some to share it."""


class _Link(NamedTuple):
    """A link of a page, and what it says."""

    anchor: html.HtmlElement
    url: str
    words: str


class FeedLink(NamedTuple):
    """A feed that a page names: its address and its title."""

    url: str
    title: str


def link_listing(text: str, url: str, patterns: tuple[str, ...]) -> Listing | None:
    """The releases that a page lists, by patterns of their addresses or else by what links say."""
    page = _page(text, url)
    if page is None:
        return None
    links = [link for link in _links(page) if _may_be_release(link.url, url, patterns)]
    if not patterns:
        links = _with_siblings(links)
    found: dict[str, ListedItem] = {}
    for link in links:
        key = canonical_address(link.url)
        if key is not None:
            found.setdefault(key, ListedItem(url=link.url, key=key))
    entries = tuple(found.values())[:MAX_ENTRIES]
    archive, following = archive_pages(page, url), next_page(page, url)
    if not (entries or archive or following):
        return Listing(entries=(), more=_frames(page, url), scripted=goes_on_by_script(page, url))
    if following is not None:
        return Listing(entries=entries, more=(following,), archive=archive)
    scripted = not archive and goes_on_by_script(page, url)
    return Listing(entries=entries, archive=archive, scripted=scripted)


def _frames(page: html.HtmlElement, url: str) -> tuple[str, ...]:
    """The pages of the same site that a page without a list of its own shows in frames."""
    shown = (urldefrag(place.strip()).url for place in page.xpath("//frame/@src | //iframe/@src"))
    own = [place for place in shown if site_of(place) == site_of(url) and place != url]
    return tuple(dict.fromkeys(own))[:_MOST_FRAMES]


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


def _links(page: html.HtmlElement) -> Iterator[_Link]:
    for anchor in page.xpath(f"//a[@href][not({_FURNITURE})]"):
        link = urldefrag(anchor.get("href").strip()).url
        if link.startswith(("http://", "https://")):
            yield _Link(anchor, link, _words(anchor, link))


def _with_siblings(links: list[_Link]) -> list[_Link]:
    """Those that say as much as a headline; and short ones in a list of these, which stand there
    and lead as these do: a headline may have two words, and a menu has its own place."""
    long = [link for link in links if _is_long(link.words)]
    held = Counter(chain.from_iterable(link.anchor.iterancestors() for link in long))
    headlines = Counter(_place(link, held) for link in long)
    here = Counter(_place(link, held) for link in links)
    return [
        link
        for link in links
        if _is_long(link.words)
        or (_LETTER.search(link.words) and _is_list(_place(link, held), headlines, here))
    ]


_Place = tuple[html.HtmlElement | None, tuple[str, ...], str]


def _is_list(place: _Place, headlines: Counter[_Place], here: Counter[_Place]) -> bool:
    return headlines[place] >= _LIST_FROM and 2 * headlines[place] >= here[place]


def _place(link: _Link, held: Counter[html.HtmlElement]) -> _Place:
    """The list in which a link stands, the nearest element with some headlines; how it stands
    there, and the folder of its address without the numbers.

    :param held: how many headlines each element holds.
    """
    folder = _DIGITS.sub("", split_address(link.url).path.rpartition("/")[0])
    tags = list[str]()
    for element in link.anchor.iterancestors():
        if held[element] >= _LIST_FROM:
            return element, tuple(tags), folder
        tags.append(element.tag)
    return None, tuple(tags), folder


def _words(anchor: html.HtmlElement, link: str) -> str:
    """What a link says; one that says little ("Read more"): what its item says beside it."""
    own = element_line(anchor)
    if _is_long(own):
        return own
    for label in (anchor.get("aria-label"), anchor.get("title")):
        if label and _is_long(label):
            return str(label)
    item = _item(anchor, link)
    beside = "" if item is None else element_line(item).replace(own, "", 1)
    return beside if _is_long(beside) else own


def _item(anchor: html.HtmlElement, link: str) -> html.HtmlElement | None:
    """The item of a list that leads to one page of the site; None where the link stands in none."""
    found = None
    for element in islice(anchor.iterancestors(), _ITEM_LEVELS):
        if any(other != link for other in _first_links(element, site_of(link))):
            break
        if element.tag in _ITEMS or any(element.find(f".//{tag}") is not None for tag in _HEADINGS):
            found = element
    return found


def _first_links(element: html.HtmlElement, site: str) -> Iterator[str]:
    """The addresses of one site to which the first links in an element lead."""
    for anchor in islice(element.iter("a"), _ITEM_LINKS):
        link = urldefrag(anchor.get("href", "").strip()).url
        if site_of(link) == site:
            yield link


def _may_be_release(link: str, page: str, patterns: tuple[str, ...]) -> bool:
    """Whether a link leads to a page beneath or beside the list; or is as the patterns say."""
    if patterns:
        return any_like([link], patterns)
    here, there = split_address(page), split_address(link)
    return site_of(page) == site_of(link) and not _is_above(there.path, here.path)


def _is_long(words: str) -> bool:
    ideographs = len(re.findall(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", words))
    return len(words.split()) >= MIN_WORDS or ideographs >= MIN_IDEOGRAPHS


def _is_above(path: str, page: str) -> bool:
    """Whether a link leads to the page itself, another page of its list, or a folder above it."""
    return f"{page.rstrip('/')}/".startswith(f"{path.rstrip('/')}/")
