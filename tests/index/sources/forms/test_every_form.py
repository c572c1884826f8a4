"""A folder with one file of every form and one broken file of every form, as one run reads it."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path

import pytest
import zstandard

from index.ingest.builder import build
from index.ingest.completion import complete
from index.release import Release
from index.sources import ReadOptions
from index.sources.draft import Refusal
from index.sources.reading import read_path
from index.stores.folder import FolderStore
from tests.index.sources.forms import documents
from tests.index.sources.forms.documents import ADDRESS, BODY, DAY, HEADLINE, ISSUER, PAGE, message

RECORD = {"headline": HEADLINE, "date": "2023-03-14", "agency": ISSUER, "body": BODY}
HTML = "".join(f"<p>{part}</p>" for part in documents.TEXT)
RSS_DAY = format_datetime(message()["Date"].datetime)


def table(delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, RECORD, delimiter=delimiter)
    writer.writeheader()
    writer.writerow(RECORD)
    return text.getvalue().encode()


def feed(kind: str) -> bytes:
    if kind == "rss":
        item = (
            f"<item><title>{HEADLINE}</title><link>{ADDRESS}</link><pubDate>{RSS_DAY}</pubDate>"
            f"<author>{ISSUER}</author><description><![CDATA[{HTML}]]></description></item>"
        )
        return f"<rss version='2.0'><channel><title>N</title>{item}</channel></rss>".encode()
    entry = (
        f"<entry><id>{ADDRESS}</id><title>{HEADLINE}</title><link href='{ADDRESS}'/>"
        f"<published>2023-03-14T08:12:00Z</published><author><name>{ISSUER}</name></author>"
        f"<content type='html'><![CDATA[{HTML}]]></content></entry>"
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title>{entry}</feed>".encode()


def json_feed() -> bytes:
    item = {"id": ADDRESS, "url": ADDRESS, "title": HEADLINE, "content_html": HTML}
    item |= {"date_published": "2023-03-14T08:12:00Z", "authors": [{"name": ISSUER}]}  # type: ignore[dict-item]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "N", "items": [item]}).encode()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("news/7.html")
        member.size = len(PAGE.encode())
        archive.addfile(member, io.BytesIO(PAGE.encode()))
    return file.getvalue()


def mailbox() -> bytes:
    return b"From press@brennmoor.example Tue Mar 14 09:12:00 2023\n" + bytes(message())


GOOD: dict[str, Callable[[], bytes]] = documents.GOOD | {
    "page.html": PAGE.encode,
    "a.csv": lambda: table(","),
    "a.tsv": lambda: table("\t"),
    "a.json": lambda: json.dumps([RECORD]).encode(),
    "a.jsonl": lambda: json.dumps(RECORD).encode() + b"\n",
    "rss.xml": lambda: feed("rss"),
    "atom.xml": lambda: feed("atom"),
    "feed.json": json_feed,
    "a.mbox": mailbox,
    "a.zip": lambda: documents.zipped({"news/7.html": PAGE}),
    "a.tar.gz": tarred,
    "page.html.gz": lambda: gzip.compress(PAGE.encode()),
    "page.html.bz2": lambda: bz2.compress(PAGE.encode()),
    "page.html.xz": lambda: lzma.compress(PAGE.encode()),
    "page.html.zst": lambda: zstandard.compress(PAGE.encode()),
}
"""Every form that the README names, each with the same release."""
BROKEN: dict[str, tuple[bytes, str]] = documents.BROKEN | {
    "list.html": (
        b"<html><body><ul>" + b"<li><a href='/1'>Pier reopens</a></li>" * 30,
        "no headline",
    ),
    "error.html": (
        b"<html><title>404 Not Found</title><h1>Not Found</h1><p>No such page.",
        "error",
    ),
    "empty.html": (b"", "is empty"),
    "cut.csv": (b"colour,size\nred,3\n", "--map"),
    "cut.json": (b'[{"headline": "Pier reop', "JSON"),
    "cut.jsonl": (b'{"headline": "Pier reop\n{"headline": \n', "JSON"),
    "rss.xml": (b"<rss version='2.0'><channel><title>N</title></channel></rss>", "no items"),
    "feed.json": (b'{"version": "https://jsonfeed.org/version/1.1"}', "no items"),
    "cut.zip": (documents.zipped({"7.html": PAGE})[:60], "damaged"),
    "cut.tar.gz": (tarred()[:90], "cut short|damaged|ends"),
    "page.html.gz": (gzip.compress(b"")[:9], "cut short|damaged|ends"),
    "page.html.zst": (zstandard.compress(PAGE.encode())[:30], "cut short|damaged|ends"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture|image"),
}
"""A broken one of each, and words that its refusal says."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("every-form")
    for name, make in GOOD.items():
        (made / "good" / name).parent.mkdir(exist_ok=True)
        (made / "good" / name).write_bytes(make())
    for name, (data, _) in BROKEN.items():
        (made / "broken" / name).parent.mkdir(exist_ok=True)
        (made / "broken" / name).write_bytes(data)
    return made


@pytest.fixture(scope="module")
def read(folder: Path) -> tuple[dict[str, list[Release]], dict[str, str]]:
    """By file: the releases that came in, and what was said of those that did not."""
    found: dict[str, list[Release]] = defaultdict(list)
    said: dict[str, str] = defaultdict(str)
    for each in read_path(folder, ReadOptions(), Counter()):
        where = each.where if isinstance(each, Refusal) else each.document.name
        file = where.removeprefix(f"{folder}/").split("!")[0].split(",")[0].split(" ")[0]
        if isinstance(each, Refusal):
            said[file] += f"{each.reason}\n"
        else:
            found[file].append(complete(each.draft, each.document).release)
    return found, said


@pytest.mark.parametrize("name", GOOD)
def test_every_good_one_is_in(
    read: tuple[dict[str, list[Release]], dict[str, str]], name: str
) -> None:
    found, said = read
    (release,) = found[f"good/{name}"]
    assert release.headline == HEADLINE
    assert release.date == "2023-03-14", DAY
    assert release.agency.name == ISSUER
    assert f"good/{name}" not in said


@pytest.mark.parametrize("name", BROKEN)
def test_every_broken_one_is_named(
    read: tuple[dict[str, list[Release]], dict[str, str]], name: str
) -> None:
    found, said = read
    assert found.get(f"broken/{name}", []) == []
    sentence = said[f"broken/{name}"]
    assert re.search(BROKEN[name][1], sentence), said
    advice = r"save|mend|open|fetch|pack|write|give|have its text|leave it out|--map"
    assert re.search(advice, sentence), "it says what to do about it"


def test_the_index_holds_the_release_once_and_the_report_every_refusal(
    folder: Path, tmp_path: Path
) -> None:
    report = build([folder], FolderStore(tmp_path / "index"))
    assert report.read == len(GOOD)
    assert report.total <= 3, "with its address, by its words alone, with the table that Word holds"
    named = {
        line["where"].removeprefix(f"{folder}/broken/").split("!")[0].split(",")[0].split(" ")[0]
        for line in report.to_dict()["refused"]["first"]
    }
    assert set(BROKEN) <= named
