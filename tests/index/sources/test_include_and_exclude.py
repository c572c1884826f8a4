"""What `--include` and `--exclude` leave aside, by path and by address."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from index.sources import ReadOptions
from index.sources.draft import Refusal
from index.sources.reading import read_path

PAGE = (
    "<title>Pier {0} reopens</title>{1}<h1>Pier {0} reopens</h1>"
    "<p>The Harbour Office reopened the pier on Friday after nine weeks of repairs.</p>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "about").mkdir()
    (tmp_path / "news" / "1.html").write_text(PAGE.format(1, ""))
    (tmp_path / "about" / "2.html").write_text(PAGE.format(2, ""))
    link = '<link rel="canonical" href="https://port.example/news/3">'
    (tmp_path / "3.html").write_text(PAGE.format(3, link))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("about/4.html", PAGE.format(4, ""))
        archive.writestr("news/5.html", PAGE.format(5, ""))
    records = [
        {"headline": f"Pier {number}", "body": "It opens.", "url": f"https://port.example/{path}/6"}
        for number, path in ((6, "news"), (7, "about"))
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, records)))
    return tmp_path


def read(folder: Path, **patterns: tuple[str, ...]) -> tuple[str, int]:
    """The numbers of the piers whose releases were read, and what was left aside or refused."""
    skipped = Counter[str]()
    found = list(read_path(folder, ReadOptions(**patterns), skipped))  # type: ignore[arg-type]
    drafts = [each for each in found if not isinstance(each, Refusal)]
    numbers = "".join(sorted(each.draft.headline.split()[1] for each in drafts))
    return numbers, skipped.total() + len(found) - len(drafts)


@pytest.mark.parametrize(
    ("include", "exclude", "numbers", "left"),
    [
        ((), (), "1234567", 0),
        ((), ("*/about/*",), "13456", 2),
        ((), ("*!about/*", "*/about/*"), "1356", 3),
        (("*/news/*", "*!news/*"), (), "15", 4),
        (("https://port.example/news/*",), (), "36", 5),
        (("*/news/*",), ("*.zip!*",), "1", 5),
        (("*",), ("*",), "", 6),
        ((), ("*/?.html",), "67", 5),
    ],
)
def test_patterns(
    folder: Path, include: tuple[str, ...], exclude: tuple[str, ...], numbers: str, left: int
) -> None:
    got, aside = read(folder, include=include, exclude=exclude)
    assert got == numbers
    assert aside >= left > 0 or aside == left == 0, "what is left aside is counted"
