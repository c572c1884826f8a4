"""Where a list goes on: a link that is marked as next or says so, or the next number of a pager."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urldefrag

from lxml import html

from index.addresses import site_of, split_address
from index.sources.html_text import element_line

_NEXT = re.compile(
    r"(?:[\W_]*(?:next(?: page)?|older(?: (?:posts|entries|news|releases))?|suivante?s?|"
    r"page suivante|weiter|nächste(?: seite)?|siguientes?|página siguiente|próxim[ao]s?|"
    r"successiv[oaie]|avanti|volgende|nästa|neste|næste|seuraava|następn[aey]|další|"
    r"следующ\w+|далее|наступна|επόμενη|التالي|بعدی|הבא|下一[頁页]|下页|次へ|次のページ|다음)[\W_]*"
    r"|[›»→>]{1,2})",
    re.IGNORECASE,
)
"""What the link to the next page says, in the languages that most lists are in."""
_MORE = re.compile(
    r"[\W_]*(?:(?:load|show|view|see) more(?: \w+)?|more (?:news|releases|results)|"
    r"mehr (?:anzeigen|laden)|(?:voir|afficher|charger) plus|(?:ver|cargar|mostrar) más|"
    r"(?:carregar|ver) mais|(?:carica|mostra) altri|meer (?:laden|tonen)|vis(?:a fler| flere)|"
    r"показать ещё|загрузить ещё|もっと見る|さらに表示|加载更多|載入更多|查看更多|더보기)[\W_]*",
    re.IGNORECASE,
)
"""What the link to the rest says; it leads to the list itself with another number."""
_NUMBER = re.compile(r"\d{1,3}")
"""What a pager calls its pages: a year is none."""
_PAGE_PARAMETER = re.compile(r"p|pg|page\w*|paged|seite|offset|start|from", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-zñ]+|[A-Z]+")
_CALENDAR = {
    *("year", "month", "day", "date", "jahr", "monat", "tag"),
    *("ano", "año", "mes", "dia", "mois", "jour"),
}
"""Words of parameters of a calendar, whose numbers lead to a day, not to a page of the list."""
_CHECKSUM = "cHash"
"""TYPO3 adds it to the parameters, another one for each page."""
_NUMBERED = re.compile(r"[/_-]?(?:page|pag|p|seite)?[/_=-]?\d{1,4}$", re.IGNORECASE)
"""What the path of another page has where that of the first has nothing: `/page/2`, `_2`."""
_PAGER = 4
"""How far above a number the element may be that holds the whole pager."""


def next_page(page: html.HtmlElement, url: str) -> str | None:
    """The address of the page on which a list goes on; None where nothing says that it does.

    :param page: the page, with absolute links; `url` is its address.
    """
    for found in (_marked(page), _said(page, url), _numbered(page, url)):
        link = next(found, None)
        if link is not None:
            return urldefrag(link).url if link.startswith(("http://", "https://")) else None
    return None


def goes_on_by_script(page: html.HtmlElement, url: str) -> bool:
    """Whether a list says that it goes on, and only a script would know where.

    A "next" that leads nowhere is none: pictures that follow one another have it, too.
    """
    numbers = set[str]()
    for element in page.xpath("//a | //button"):
        link = element.get("href", "")
        if link.startswith(("http://", "https://")) and urldefrag(link).url != urldefrag(url).url:
            continue
        if any(map(_MORE.fullmatch, _labels(element))):
            return True
        if link.lower().startswith("javascript:"):
            numbers |= {words for words in _labels(element) if _NUMBER.fullmatch(words)}
    return {"2", "3"} <= numbers and not {"27", "28"} <= numbers  # days of a month


def _marked(page: html.HtmlElement) -> Iterator[str]:
    yield from page.xpath(
        "//link[@rel='next']/@href | //a[contains(concat(' ',@rel,' '),' next ')]/@href"
    )


def _said(page: html.HtmlElement, url: str) -> Iterator[str]:
    for anchor in page.xpath("//a[@href]"):
        link, labels = anchor.get("href"), _labels(anchor)
        is_next = any(map(_NEXT.fullmatch, labels)) and _turns(link, url)
        if is_next or (any(map(_MORE.fullmatch, labels)) and _is_another_page(link, url)):
            yield link


def _labels(anchor: html.HtmlElement) -> list[str]:
    said = [element_line(anchor), anchor.get("aria-label"), anchor.get("title")]
    return [words for words in said if words and len(words) < 40]


def _turns(link: str, url: str) -> bool:
    """Whether a link that says next turns the pages of this list: same host, path or parameter."""
    if site_of(url) != site_of(link):
        return False
    here, there = split_address(url), split_address(link)
    names = {name for name, _ in parse_qsl(there.query)}
    beneath = there.path.rstrip("/").startswith(here.path.rpartition("/")[0].rstrip("/"))
    return beneath or any(_PAGE_PARAMETER.fullmatch(name) for name in names)


def _numbered(page: html.HtmlElement, url: str) -> Iterator[str]:
    """The number after that of this page, in a pager of numbers alone."""
    pages: dict[int, html.HtmlElement] = {}
    for anchor in page.xpath("//a[@href]"):
        words = element_line(anchor)
        if _NUMBER.fullmatch(words) and _is_another_page(anchor.get("href"), url):
            pages.setdefault(int(words), anchor)
    following = pages.get(_number_of_this(pages) + 1)
    if following is not None:
        yield following.get("href")


def _number_of_this(pages: dict[int, html.HtmlElement]) -> int:
    """The number in the pager that leads to no other page; 1 where there is none."""
    pager = next(iter(pages.values()), None)
    for _ in range(_PAGER):
        pager = None if pager is None else pager.getparent()
        if pager is None:
            break
        for words in map(str.strip, pager.itertext()):
            if _NUMBER.fullmatch(words) and int(words) not in pages:
                return int(words)
    return 1


def _is_another_page(link: str, url: str) -> bool:
    """Whether two addresses differ in one number, which is no day: of the path, or a parameter."""
    if site_of(url) != site_of(link):
        return False
    here, there = split_address(url), split_address(link)
    if here.path.rstrip("/") == there.path.rstrip("/"):
        return _by_parameter(here, there)
    return _without_number(here.path) == _without_number(there.path)


def _by_parameter(here: SplitResult, there: SplitResult) -> bool:
    differ = set(parse_qsl(here.query)) ^ set(parse_qsl(there.query))
    names = {name for name, _ in differ} - {_CHECKSUM}
    numbers = [value.isdecimal() for name, value in differ if name != _CHECKSUM]
    words = {word.lower() for name in names for word in _WORD.findall(name)}
    return len(names) == 1 and all(numbers) and not words & _CALENDAR


def _without_number(path: str) -> str:
    """A path without its ending and the number before that."""
    stem, dot, _ = path.rpartition(".")
    stem = (stem if dot and "/" not in path[len(stem) :] else path).rstrip("/")
    return _NUMBERED.sub("", stem).rstrip("/")
