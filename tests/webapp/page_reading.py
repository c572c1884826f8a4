"""What tests read from a page: where it leads, the scripts it runs, the count it announces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag


def hrefs(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(["a", "link"], href=True):
        yield str(tag["href"])


def foreign_scripts(soup: BeautifulSoup) -> list[Tag]:
    """Scripts but for our own modules, and data that holds nothing that HTML would read."""
    return [
        tag
        for tag in soup.find_all("script")
        if not (
            re.match(r"/static/\w+\.js\?v=", str(tag.get("src", "")))
            if tag.get("type") == "module"
            else tag.get("type") == "application/ld+json" and not re.search("[<>&]", tag.get_text())
        )
    ]


def announced(soup: BeautifulSoup) -> int:
    status = soup.find(attrs={"role": "status"})
    assert isinstance(status, Tag)
    if status.get_text(" ", strip=True).startswith("No results"):
        return 0
    found = re.match(r"([\d,]+) releases?\b", status.get_text(" ", strip=True))
    assert found
    return int(found[1].replace(",", ""))


def sent_by(soup: BeautifulSoup, form: str) -> list[tuple[str, str]]:
    """What a browser sends of a form, by its id: its own inputs and those that name it."""
    inputs = [*soup.select(f"#{form} input[name]"), *soup.select(f"input[name][form={form}]")]
    return [
        (str(each["name"]), str(each.get("value", "")))
        for each in inputs
        if each.get("type") != "checkbox" or each.has_attr("checked")
    ]
