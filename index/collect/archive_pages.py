"""The archive of a list: its pages of years, or of months, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urldefrag, urlencode

from lxml import html

from index.addresses import join_address, site_of, split_address
from index.dates.date_strings import read_date
from index.dates.month_names import month_of

MAX_PERIODS = 300
"""Years, or months, of one archive: 25 years of months."""
_PERIODS = 2
"""Years or months that make an archive: one alone may be the year of a report."""
_COUNT = re.compile(r"\(\d+\)$")
"""How many releases a year has, where its link says so."""
_NAMED_YEAR = re.compile(
    r"(?:(?:archiv\w*|press\w*|news\w*|media|releases?|statements?|speeches|mitteilungen|notas?|"
    r"comunicados?|comunicati|communiqués?|nouvelles|noticias?|notícias|nieuws|berichten|uutiset|"
    r"year|jahr|année|años?|anos?|anno|jaar|år|rok|lata|godina|год|рік|yıl|tahun|des?|da|di|"
    r"of|from|in|vom|aus|the|all|för|fra|uit|van|dell[ao])\W+)*"
    r"((?:19|20)\d\d)\W*(?:archiv\w*|press\w*|news\w*|releases|year|год|рік|yılı)?",
    re.IGNORECASE,
)
"""A year with the words of an archive: `Archive 2021`, `Jahr 2022`; `Budget 2022` is a release."""
_DIGITS, _WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_LONGEST = 60
"""Letters of a label."""
_Named = tuple[str, str]
"""What leads to a page says, and the address of the page."""


def archive_pages(page: html.HtmlElement, url: str) -> tuple[str, ...]:
    """The addresses of the other years of a list, else of its months.

    They are links, or what a menu leads to: as an address, or by a form that gets it. All that
    differ only in the year belong together; of several such groups the largest is the archive.

    :param page: the page, with absolute links; `url` is its address.
    """
    groups: dict[tuple[bool, str], dict[str, str]] = {}
    for label, link in chain(_links(page), _menus(page, url)):
        period, address = _period(label), urldefrag(link).url
        if period and period[:4] in address and _is_beside(address, url):
            group = groups.setdefault((len(period) == len("2023"), _shape(address)), {})
            group.setdefault(period, address)
    archives = [(key[0], len(group), group) for key, group in groups.items()]
    found = [each for each in archives if each[1] >= _PERIODS]
    if not found:
        return ()
    group = max(found, key=lambda each: each[:2])[2]
    newest = sorted(group, reverse=True)[:MAX_PERIODS]
    return tuple(group[period] for period in newest if group[period] != urldefrag(url).url)


def _links(page: html.HtmlElement) -> Iterator[_Named]:
    for anchor in page.xpath("//a[@href][not(ancestor::footer)]"):
        yield anchor.text_content(), anchor.get("href").strip()


def _menus(page: html.HtmlElement, url: str) -> Iterator[_Named]:
    for menu in page.xpath("//select"):
        for option in menu.iter("option"):
            link = _chosen(menu, option.get("value", option.text_content()).strip(), url)
            if link:
                yield option.text_content(), link


def _chosen(menu: html.HtmlElement, value: str, url: str) -> str | None:
    """Where the choice of a value leads; None where only a script would know."""
    if value.startswith(("/", "?", "http://", "https://")):
        return join_address(url, value)
    form = next(menu.iterancestors("form"), None)
    name = menu.get("name")
    if form is None or not name or form.get("method", "get").lower() != "get" or not value:
        return None
    fields = [(key, said) for key, said in form.form_values() if key != name]
    place = split_address(form.get("action") or url)
    return place._replace(query=urlencode([*fields, (name, value)]), fragment="").geturl()


def _period(label: str) -> str | None:
    """The year or month that a label says and little else, as `2023` or `2023-11`."""
    words = " ".join(label.split())
    if not words or len(words) > _LONGEST:
        return None
    words = _COUNT.sub("", words).strip()
    named = _NAMED_YEAR.fullmatch(words)
    found = read_date(words, "list")
    if found is not None and found.precision in ("year", "month"):
        return found.date
    return named[1] if named and found is None else None


def _is_beside(link: str, url: str) -> bool:
    """Whether a link leads beneath the folder of a list or the list itself, or to an archive."""
    if not link.startswith(("http://", "https://")) or site_of(link) != site_of(url):
        return False
    here, there = split_address(url).path.rstrip("/"), split_address(link).path
    folder = here.rpartition("/")[0] or here
    return f"{there}/".startswith(f"{folder}/") or "archiv" in there.lower()


def _shape(address: str) -> str:
    """An address without numbers and names of months."""
    return _WORD.sub(lambda word: "" if month_of(word[0]) else word[0], _DIGITS.sub("", address))
