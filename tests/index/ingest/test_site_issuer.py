"""A line that may be an issuer's name is one where the other pages of its site show it, too."""

from __future__ import annotations

from pathlib import Path

import pytest

import index.ingest.site_issuer
from index.ingest.builder import BuildOptions, build
from index.release import UNATTRIBUTED, slugify
from index.stores.folder import FolderStore, open_index

NAME = "Fisheries and Oceans"


def page(number: int, title: str, host: str | None, above: str = "") -> str:
    address = f"<link rel=canonical href='https://{host}/news/{number}'>" if host else ""
    return (
        f"<title>Pier {number} reopens{title}</title>{address}{above}"
        f"<h1>Pier {number} reopens</h1><p>{number + 1} May 2024</p>"
        f"<p>Pier {number} was reopened on Friday after nine weeks of repairs that cost little.</p>"
        "<p>Ferries call there every twenty minutes, and the last one leaves at eleven.</p>"
    )


def issuers(store: FolderStore, folder: Path, *pages: str) -> list[str]:
    for number, text in enumerate(pages):
        (folder / f"{number}.html").write_text(text)
    build([folder], store, BuildOptions())
    with open_index(store.folder).searcher() as searcher:
        found = {each["headline"]: each for each in searcher.documents()}
    return [found[f"Pier {number} reopens"]["agency"] for number in range(len(pages))]


NONE = UNATTRIBUTED.slug


@pytest.mark.parametrize(
    ("title", "above"),
    [(f" | {NAME}", ""), ("", f"<div>{NAME}</div>"), (" | News", f"<p>{NAME}</p>")],
)
def test_a_name_on_three_pages_of_a_site(
    store: FolderStore, folder: Path, title: str, above: str
) -> None:
    pages = [page(number, title, "port.example", above) for number in range(3)]
    assert issuers(store, folder, *pages) == [slugify(NAME)] * 3


def test_a_name_on_two_pages_is_no_evidence(store: FolderStore, folder: Path) -> None:
    pages = [page(number, f" | {NAME}", "port.example") for number in range(2)]
    assert issuers(store, folder, *pages) == [NONE] * 2


def test_pages_of_other_sites_are_no_evidence(store: FolderStore, folder: Path) -> None:
    pages = [page(number, f" | {NAME}", f"port{number}.example") for number in range(3)]
    assert issuers(store, folder, *pages) == [NONE] * 3


def test_pages_of_no_known_site_are_no_evidence(store: FolderStore, folder: Path) -> None:
    pages = [page(number, f" | {NAME}", None) for number in range(3)]
    assert issuers(store, folder, *pages) == [NONE] * 3


def test_a_line_that_changes_from_page_to_page_is_a_topic(store: FolderStore, folder: Path) -> None:
    names = (NAME, NAME, NAME, "Roads and Bridges")
    pages = [page(number, f" | {name}", "port.example") for number, name in enumerate(names)]
    assert issuers(store, folder, *pages) == [NONE] * 4


@pytest.mark.parametrize(
    "line", ["Latest News", "Share This", "Our Digital Services", "Contact Us"]
)
def test_words_of_a_menu_are_never_a_name(store: FolderStore, folder: Path, line: str) -> None:
    pages = [page(number, f" | {line}", "port.example", f"<p>{line}</p>") for number in range(3)]
    assert issuers(store, folder, *pages) == [NONE] * 3


def test_more_than_the_limit_do_not_wait(
    store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.ingest.site_issuer, "MAX_HELD", 2)
    pages = [page(number, f" | {NAME}", "port.example") for number in range(3)]
    assert issuers(store, folder, *pages) == [NONE] * 3
