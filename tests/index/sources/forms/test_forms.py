"""One release in every form is read with the same headline, day, agency and text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.ingest.candidate import candidates
from index.ingest.completion import CompletionOptions
from index.limits import Limits
from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.reader import Opened, needed
from index.sources.reading import read_path
from tests.index.sources.forms import documents


def read(path: Path, **options: Limits) -> tuple[list[Draft], list[Refusal]]:
    found = list(read_path(path, ReadOptions(**options), Counter()))  # type: ignore[arg-type]
    refused = [each for each in found if isinstance(each, Refusal)]
    return [each.draft for each in found if not isinstance(each, Refusal)], refused


def read_bytes(tmp_path: Path, name: str, data: bytes, **options: Limits):  # type: ignore[no-untyped-def]
    (tmp_path / name).write_bytes(data)
    return read(tmp_path / name, **options)


@pytest.mark.parametrize("name", documents.GOOD)
def test_the_release_of_every_form(tmp_path: Path, name: str) -> None:
    found, refused = read_bytes(tmp_path, name, documents.GOOD[name]())
    assert refused == []
    (draft,) = found
    assert draft.headline == documents.HEADLINE
    assert draft.dates[0].date == "2023-03-14"
    text, _, table = draft.body.partition("\n\nPier\t")
    assert text == documents.BODY
    assert bool(table) == name.endswith(".docx")
    (release,) = candidates(
        Document(name=name, data=documents.GOOD[name]()), CompletionOptions()
    ) if name[-3:] not in ("arc",) else [None]  # fmt: skip
    if release is not None:
        assert not isinstance(release, Refusal)
        assert b'"ministry-of-harbours"' in release.record


@pytest.mark.parametrize("name", ["a.mhtml", "a.arc", "a.warc"])
def test_saved_pages_keep_their_address(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(documents.GOOD[name]())
    (found,) = read_path(tmp_path / name, ReadOptions(), Counter())
    assert not isinstance(found, Refusal)
    assert found.document.url == documents.ADDRESS
    assert (found.document.fetched_at or "").startswith("2023-03-16T07:00:00")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("scan.pdf", documents.scan_pdf(), "ocrmypdf"),
        ("cut.pdf", documents.release_pdf()[:40], "print it to a new PDF"),
        ("cut.docx", documents.word()[:-30], "save it anew"),
        ("bad.docx", documents.zipped({"[Content_Types].xml": "<", "word/x.xml": "<"}), "save it anew"),
        ("cut.odt", documents.open_document()[:-30], "save it anew"),
        ("bad.odt", documents.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<"}), "save it anew"),
        ("none.odt", documents.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "save it anew"),
        ("table.ods", documents.open_document("spreadsheet"), "save a table as .xlsx"),
        ("cut.xlsx", documents.workbook()[:-30], "save it anew"),
        ("bad.xlsx", documents.zipped({"[Content_Types].xml": "<", "xl/x.xml": "<"}), "or as CSV"),
        ("empty.eml", b"From: a@b.example\nDate: x\nSubject: y\n\n\n", "save what it shows"),
        ("bad.md", b"---\ntitle: [\n---\n\ntext\n", "front matter that cannot be read"),
        ("bad.toml.md", b"+++\ntitle = \n+++\n\ntext\n", "front matter that cannot be read"),
        ("note.md", b"# Notes on the pier\n\n" + documents.BODY.encode(), "states no date"),
        ("note.txt", b"Notes on the pier\n\n" + documents.BODY.encode(), "states no date"),
        ("long.txt", b"word " * 100, "write the headline on its first line"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        ("bad.warc", documents.warc(content=b"\xff\xff nothing"), "damaged"),
        ("bad.mhtml", documents.mhtml()[:200], "save what it shows"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    found, refused = read_bytes(tmp_path, name, data)
    assert found == []
    assert words in " ".join(each.reason for each in refused), refused


@pytest.mark.parametrize("name", ["bold.docx", "a.odt", "a.xlsx"])
def test_office_documents_keep_the_limits(tmp_path: Path, name: str) -> None:
    data = documents.GOOD[name]()
    found, refused = read_bytes(tmp_path, name, data, limits=Limits(package_bytes=500))
    assert found == []
    assert "unpacks to more than 500 bytes" in refused[0].reason


def test_brotli_keeps_the_limits(tmp_path: Path) -> None:
    import brotli

    data = documents.warc(content=brotli.compress(b"<p>a</p>" * (1 << 22)))
    limits = Limits(expansion_floor=1 << 20)
    found, refused = read_bytes(tmp_path, "a.warc", data, limits=limits)
    assert found == []
    assert "unpacks to more than 200 times its size" in refused[0].reason


def test_a_missing_package_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"'nowhere'.*pip install 'dateline\[documents\]'"):
        needed("nowhere.inside", "a form")


@pytest.mark.parametrize(
    "name", ["bold.docx", "a.odt", "a.xlsx", "a.pdf", "a.eml", "a.md", "a.txt", "a.mhtml"]
)
def test_the_form_is_known_whatever_it_is_called(name: str) -> None:
    from index.sources.registry import OURS, reader_of

    reader = reader_of(Opened(Document(name="nameless", data=documents.GOOD[name]())))
    assert reader in OURS
    assert reader is not None
    assert reader.name == {
        "bold.docx": "Word document", "a.odt": "OpenDocument text", "a.xlsx": "Excel workbook",
        "a.pdf": "PDF document", "a.eml": "e-mail", "a.md": "Markdown", "a.txt": "plain text",
        "a.mhtml": "e-mail",
    }[name]  # fmt: skip
