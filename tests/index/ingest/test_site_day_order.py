"""`03/06/2010` on one page, read as other pages of its site in the run must be read."""

from __future__ import annotations

from pathlib import Path

import pytest

import index.ingest.site_day_order
from index.ingest.builder import BuildOptions, build
from index.ingest.report import Report
from index.stores.folder import FolderStore, open_index


def page(number: int, date: str, host: str | None) -> str:
    address = f"<link rel=canonical href='https://{host}/news/{number}'>" if host else ""
    return (
        f"<title>Pier {number} reopens</title>{address}<h1>Pier {number} reopens</h1>"
        f"<p>{date}</p><p>The Harbour Office reopened pier {number} after nine weeks of repairs.</p>"
        "<p>Ferries call there every twenty minutes, and the last one leaves at eleven.</p>"
    )


def dates(
    store: FolderStore, folder: Path, *pages: tuple[str, str | None]
) -> tuple[Report, list[str]]:
    for number, (date, host) in enumerate(pages):
        (folder / f"{number}.html").write_text(page(number, date, host))
    report = build([folder], store, BuildOptions())
    with open_index(store.folder).searcher() as searcher:
        found = {each["headline"]: each["date"] for each in searcher.documents()}
    return report, [found[f"Pier {number} reopens"] for number in range(len(pages))]


@pytest.mark.parametrize(
    ("told", "read"), [("13/06/2010", "2010-06-03"), ("06/13/2010", "2010-03-06")]
)
def test_a_page_of_the_site_tells_wherever_it_stands(
    store: FolderStore, folder: Path, told: str, read: str
) -> None:
    site = "port.example"
    report, found = dates(store, folder, ("03/06/2010", site), (told, site), ("03/06/2010", site))
    assert found == [read, "2010-06-13", read]
    assert report.notes.total == 0


def test_another_site_tells_nothing(store: FolderStore, folder: Path) -> None:
    report, found = dates(
        store, folder, ("03/06/2010", "port.example"), ("13/06/2010", "harbour.example")
    )
    assert found == ["2010", "2010-06-13"]
    assert report.notes.total == 1


def test_pages_of_no_known_site_tell_nothing_of_each_other(
    store: FolderStore, folder: Path
) -> None:
    _, found = dates(store, folder, ("03/06/2010", None), ("13/06/2010", None))
    assert found == ["2010", "2010-06-13"]


def test_pages_that_disagree_tell_nothing(store: FolderStore, folder: Path) -> None:
    site = "port.example"
    _, found = dates(
        store, folder, ("03/06/2010", site), ("13/06/2010", site), ("06/13/2010", site)
    )
    assert found[0] == "2010"


def test_more_than_may_wait_are_taken_as_they_are(
    store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.ingest.site_day_order, "MAX_HELD", 1)
    site = "port.example"
    _, found = dates(
        store, folder, ("03/06/2010", site), ("03/07/2010", site), ("13/06/2010", site)
    )
    assert found == ["2010-06-03", "2010", "2010-06-13"]
