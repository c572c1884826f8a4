"""The tutorial, followed: every command of docs/tutorial.md runs and finds what it should."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.index.collect.press_site import Site, headline, news_site, page
from tests.index.sources.forms import documents
from tests.timing import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow  # each of its commands is a process of its own
TUTORIAL = (ROOT / "docs/tutorial.md").read_text("utf-8")
HOST = "www.island.example"


def blocks(section: str, language: str = "sh") -> list[str]:
    """The blocks of code under a heading."""
    text = TUTORIAL.split(f"## {section}\n")[1].split("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def site() -> Iterator[Site]:
    with news_site() as made:
        yield made


def follow(folder: Path, commands: list[str], **more: str) -> list[str]:
    """What each block prints, run one after the other as a reader types them."""
    (folder / "bin").mkdir(exist_ok=True)
    command = folder / "bin/dateline"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m webapp.cli.main "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}:{os.environ['PATH']}"
    environment = {"PATH": path, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | more
    said = []
    for each in commands:
        done = subprocess.run(
            ["sh", "-eu", "-c", each], cwd=folder, env=environment, capture_output=True, text=True,
            check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, f"{each}\n{done.stderr}"
        said.append(done.stdout)
    return said


def test_a_spreadsheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Date", "Responsible", "Text", "Subject area"])
    for at, (name, area) in enumerate(
        (("Dredging begins", "Harbours"), ("Clinic opens", "Health"))
    ):
        sheet.append(
            [name, f"2023-03-{at + 10}", "Harbour Office", f"{name}: dredging since noon.", area]
        )
    book.save(tmp_path / "releases.xlsx")
    first, second, _ = follow(tmp_path, blocks("A spreadsheet"))
    assert "Responsible (2)" in first
    assert "1 release\n" in second
    assert "Harbour Office" in second
    assert "Dredging begins" in second
    assert (tmp_path / "everything.csv").read_text("utf-8-sig").count("since noon") == 2
    assert (tmp_path / "everything.sqlite").stat().st_size > 10_000


def test_a_folder_saved_by_wget(tmp_path: Path, site: Site) -> None:
    links = "".join(f"<p><a href='{n}.html'>{headline(n)}, a ferry pier</a></p>" for n in (1, 2))
    pages = {"": f"<html><body>{links}</body></html>"}
    pages |= {
        f"{n}.html": page(n).replace("Harbour Office reopens", "Ferry office reopens")
        for n in (1, 2)
    }
    for name, text in pages.items():
        site.put(f"http://{HOST}/news/{name}", text)
    commands = blocks("A folder saved by wget")
    if not shutil.which("wget"):
        commands[0] = "\n".join(line for line in commands[0].split("\n") if "wget" not in line)
        for name, text in pages.items():
            file = tmp_path / HOST / "news" / (name or "index.html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    first, second = follow(tmp_path, commands, http_proxy=site.url)
    assert "2 added" in first
    assert "2 releases\n" in second
    shown = follow(tmp_path, ["dateline search ferry --json"])[0]
    assert f"http://{HOST}/news/1.html" in shown


def test_a_feed(tmp_path: Path, site: Site) -> None:
    (sources,) = blocks("A feed", "toml")
    local = sources.replace(f"https://{HOST}", site.url)
    assert local != sources
    (tmp_path / "sources.toml").write_text(f"delay = 0\n{local}")
    commands = [each.replace("--into", "--allow-private --into") for each in blocks("A feed")]
    (said,) = follow(tmp_path, commands)
    assert "island: 2 new" in said
    assert "2 releases\n" in follow(tmp_path, ["dateline search ferries"])[0]


def test_a_drawer_of_pdfs(tmp_path: Path) -> None:
    (tmp_path / "drawer").mkdir()
    (tmp_path / "drawer/a.pdf").write_bytes(documents.release_pdf())
    (tmp_path / "drawer/b.pdf").write_bytes(documents.scan_pdf())
    first, second = follow(tmp_path, blocks("A drawer of PDFs"))
    assert "ocrmypdf" in first
    assert documents.HEADLINE in second
    assert "1 releases" in second
