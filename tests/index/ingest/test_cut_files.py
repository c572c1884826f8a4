"""A file that was cut short, or emptied, loses nothing that the index holds of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore
from tests.index.sources.forms import documents

PRUNE = BuildOptions(prune=True, workers=1)
ROWS = [
    {"id": str(each), "title": f"Pier {each} closes", "date": "2024-03-05", "body": f"Boat {each}."}
    for each in range(6)
]
XMLNS = "http://www.w3.org/2005/Atom"
ITEMS = "".join(
    f"<{{0}}><title>{each['title']}</title><guid>{each['id']}</guid><pubDate>2024-03-05</pubDate>"
    f"<description>{each['body']}</description></{{0}}>"
    for each in ROWS
)
ATOM = (
    ITEMS.replace("guid>", "id>")
    .replace("description>", "content>")
    .replace("pubDate>", "updated>")
)


def table(cell: str) -> str:
    """The rows as CSV, each of whose cells stands so."""
    lines = [list(ROWS[0]), *(list(each.values()) for each in ROWS)]
    return "".join(",".join(cell.format(each) for each in line) + "\n" for line in lines)


FILES = {
    "a.json": json.dumps(ROWS).encode(),
    "pretty.json": json.dumps({"results": ROWS}, indent=1).encode(),
    "a.jsonl": "".join(json.dumps(each) + "\n" for each in ROWS).encode(),
    "rss.json.xml": f"<rss><channel>{ITEMS}</channel></rss>".format("item").encode(),
    "atom.json.xml": f"<feed xmlns='{XMLNS}'>{ATOM}</feed>".format("entry").encode(),
    "messages.json.xml": f"<!-- <i> --><news>{ITEMS}</news>".format("release").encode(),
    "a.json.csv": table("{}").encode(),
    "quoted.json.csv": table('"{}"').encode(),
    "a.pdf": documents.release_pdf(),
    "a.docx": documents.word(),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", [0.0, 0.6])
def test_what_was_cut_off_is_kept_and_said(tmp_path: Path, name: str, part: float) -> None:
    path, store = tmp_path / "in" / name, FolderStore(tmp_path / "index")
    path.parent.mkdir()
    path.write_bytes(FILES[name])
    held = build([path.parent], store, PRUNE).total
    assert held == (6 if "json" in name else 1)
    path.write_bytes(FILES[name][: int(part * len(FILES[name]))])
    report = build([path.parent], store, PRUNE)
    assert (report.total, report.removed) == (held, 0)
    assert report.refused.total >= 1
    assert report.kept.total + report.unchanged + report.updated >= held


def test_a_list_that_is_cut_short_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(FILES["a.json"][:-40])
    report = build([tmp_path / "a.json"], FolderStore(tmp_path / "index"), PRUNE)
    assert report.read == 5
    (said,) = report.refused.first
    assert "may be cut short, so fetch it anew" in said["reason"]


def test_a_fault_in_the_middle_is_no_end(tmp_path: Path) -> None:
    broken = FILES["a.jsonl"].replace(b'"title": "Pier 3', b'"title" "Pier 3')
    (tmp_path / "a.jsonl").write_bytes(broken)
    report = build([tmp_path / "a.jsonl"], FolderStore(tmp_path / "index"), PRUNE)
    assert (report.read, [each["where"][-6:] for each in report.refused.first]) == (5, ["line 4"])
    assert "at character 21 " in report.refused.first[0]["reason"]


def test_files_that_systems_leave_in_folders_are_left_aside(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(FILES["a.jsonl"])
    for name in ("Thumbs.db", "desktop.ini", "~$letter.docx", ".DS_Store"):
        (folder / name).write_bytes(b"[x]\0\1")
    report = build([folder], FolderStore(tmp_path / "index"), PRUNE)
    assert (report.read, report.refused.total) == (6, 0)
    assert report.skipped == {"hidden file or folder": 4}


@pytest.mark.parametrize("name", ["rss.json.xml", "messages.json.xml", "quoted.json.csv"])
def test_half_a_release_takes_no_place_of_a_whole_one(tmp_path: Path, name: str) -> None:
    place = FILES[name].index(b"Boat 4") + 3
    (tmp_path / name).write_bytes(FILES[name][:place])
    report = build([tmp_path / name], FolderStore(tmp_path / "index"), PRUNE)
    (said,) = report.refused.first
    assert report.total == 4
    assert "may be cut short, so fetch it anew" in said["reason"]


@pytest.mark.parametrize("name", ["rss.json.xml", "messages.json.xml", "a.json.csv"])
def test_a_whole_file_is_not_said_to_be_cut_short(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name].rstrip() + b"<!-- 3 s -->" * ("xml" in name))
    report = build([tmp_path / name], FolderStore(tmp_path / "index"), PRUNE)
    assert (report.total, report.refused.total) == (6, 0)
