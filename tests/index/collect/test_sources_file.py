"""SOURCES.toml is read as documented, and what is wrong in it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.collect.sources_file import PressSource, read_sources
from index.errors import DatelineError

GOOD = """
contact = "mailto:desk@press.example"
delay = 2
[[source]]
name = "port"
url = "https://port.example/news.rss"
kind = "feed"
agency = "Harbour Office"
interval = "30m"
links = "*/news/*"
recheck = "0"
[[source]]
name = "town"
url = "https://town.example/"
"""


def test_a_file_of_sources(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(GOOD)
    file = read_sources(tmp_path / "sources.toml")
    assert (file.contact, file.delay) == ("mailto:desk@press.example", 2.0)
    assert file.sources == (
        PressSource(
            name="port", url="https://port.example/news.rss", kind="feed", agency="Harbour Office",
            interval=1_800.0, links=("*/news/*",), recheck=0.0,
        ),
        PressSource(name="town", url="https://town.example/"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "port"', "", "source 1 needs a name"),
        ('name = "port"', 'name = "../port"', "source 1 needs a name"),
        ('name = "town"', 'name = "port"', "two sources of the name 'port'"),
        ('"https://town.example/"', '"town.example"', "begins with http"),
        ('"https://town.example/"', '"https://me:secret@town.example/"', "begins with http"),
        ('"https://town.example/"', '"http://[x/"', "begins with http"),
        ('kind = "feed"', 'kind = "rss"', "kind is one of site, feed, sitemap, list, not 'rss'"),
        ('interval = "30m"', 'interval = "30"', "interval is a time such as '30m'"),
        ('interval = "30m"', "interval = true", "interval cannot be True"),
        ('"Harbour Office"', '"Harbour\\nOffice"', "agency is a name of one line"),
        ("agency =", "agancy =", "'agancy' is not known; did you mean 'agency'"),
        ("delay = 2", "delay = -1", "delay is seconds"),
        ("delay = 2", "[source]", "Cannot mutate|Cannot declare|Cannot overwrite|no TOML"),
        ('links = "*/news/*"', "links = [1]", "links is a text such as"),
        ('links = "*/news/*"', "pages = 0", "pages is a number"),
        ('contact = "mailto:desk@press.example"', 'contact = "a\\nb"', "contact is sent in a header"),
        (GOOD, "", "names no source"),
        (GOOD, "source = 3", "names no source"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "sources.toml").write_text(GOOD.replace(old, new))
    with pytest.raises(DatelineError, match=words):
        read_sources(tmp_path / "sources.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="cannot be read: No such file"):
        read_sources(tmp_path / "sources.toml")
