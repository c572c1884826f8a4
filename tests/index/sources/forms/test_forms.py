"""One release in every form is read with the same headline, day, agency and text."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.ingest.candidate import candidates
from index.ingest.completion import CompletionOptions
from index.limits import Limits
from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms.pdf import as_letters
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


@pytest.mark.parametrize("name", documents.BROKEN)
def test_what_is_broken_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    data, words = documents.BROKEN[name]
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


@pytest.mark.parametrize(
    ("shapes", "letters"),
    [
        ("停⽤⼀⽇", "停用一日"),
        ("a ﬁrst ﬂoor, oﬃce", "a first floor, office"),
        ("５ km², ½, ①", "５ km², ½, ①"),
        ("한국 日本 Ⅳ", "한국 日本 Ⅳ"),
    ],
)
def test_shapes_of_a_pdf_are_the_letters_that_they_show(shapes: str, letters: str) -> None:
    assert as_letters(shapes) == letters


def test_a_body_at_the_head_of_the_sheets_of_a_word_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(documents.word())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace(documents.ISSUER, "Media release").encode()
    line = "<w:p><w:r><w:t>Lighthouse Department</w:t></w:r></w:p>"
    parts["word/header1.xml"] = f"<w:hdr {documents.WORD_NAMESPACE}>{line}</w:hdr>".encode()
    (draft,), _ = read_bytes(tmp_path, "a.docx", documents.zipped({**parts}))
    assert "Lighthouse Department" in (draft.stated_agency, draft.weak_agency)


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029", "\r\n"])
def test_lines_that_end_in_other_ways(tmp_path: Path, end: str) -> None:
    lines = ["Pier 4 closes", "", "5 March 2024", "", "The Harbour Board will close Pier 4.", "",
             "Ferries use Pier 6 until the work ends, and nobody pays for that."]  # fmt: skip
    found, refused = read_bytes(tmp_path, "pier.txt", end.join(lines).encode())
    assert refused == []
    assert [(each.headline, each.dates[0].date) for each in found] == [
        ("Pier 4 closes", "2024-03-05")
    ]
    assert found[0].body == "\n\n".join(lines[4::2])


def test_an_end_of_line_inside_json_stays(tmp_path: Path) -> None:
    record = '{"title": "Pier 4 closes", "date": "2024-03-05", "body": "One.\u2028Two."}'
    found, refused = read_bytes(tmp_path, "pier.json", record.encode())
    assert (refused, [each.headline for each in found]) == ([], ["Pier 4 closes"])
