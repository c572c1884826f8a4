"""Every container gives the same releases, and hostile or damaged ones cost only themselves."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.limits import MIB, Limits, table
from index.sources import ReadDraft, ReadOptions, read_path
from index.sources.containers.members import shown
from index.sources.containers.signatures import binary_form, container
from index.sources.draft import Damage, Refusal

HEADLINES = ("Pier Two reopens to walkers", "Salt price fixed for the winter")
LINES = "".join(
    json.dumps({"headline": headline, "body": f"{headline}. The Board said so.", "id": f"n-{n}"})
    + "\n"
    for n, headline in enumerate(HEADLINES)
).encode()


def page(headline: str) -> bytes:
    paragraphs = "".join(
        f"<p>The Water Board said in statement {n} that the sluice at Fennel Lock stays open for "
        f"barges until the autumn survey of the banks is complete.</p>"
        for n in range(4)
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline}</title>"
        f"<meta property='og:type' content='article'><meta property='og:title' content='{headline}'>"
        f"<meta property='article:published_time' content='2024-03-05'></head>"
        f"<body><main><article><h1>{headline}</h1><time datetime='2024-03-05'>5 March 2024</time>"
        f"{paragraphs}</article></main></body></html>"
    ).encode()


def read(
    path: Path, limits: Limits | None = None
) -> tuple[list[ReadDraft], list[Refusal], Counter[str]]:
    skipped: Counter[str] = Counter()
    options = ReadOptions(limits=limits or Limits())
    every = list(read_path(path, options, skipped))
    found = [each for each in every if isinstance(each, ReadDraft)]
    return found, [each for each in every if isinstance(each, Refusal)], skipped


def headlines(found: list[ReadDraft]) -> list[str]:
    return [each.draft.headline for each in found]


def in_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def in_tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "two gzip members": lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstandard": zstandard.compress,
    "two zstandard frames": lambda data: (
        zstandard.compress(data[:50]) + zstandard.compress(data[50:])
    ),
    "zip": lambda data: in_zip({"a.jsonl": data}),
    "tar": lambda data: in_tar({"a.jsonl": data}),
    "tar.gz": lambda data: gzip.compress(in_tar({"a.jsonl": data})),
    "tar.bz2": lambda data: bz2.compress(in_tar({"a.jsonl": data})),
    "tar.xz": lambda data: lzma.compress(in_tar({"a.jsonl": data})),
    "tar.zst": lambda data: zstandard.compress(in_tar({"a.jsonl": data})),
    "zip in tar": lambda data: in_tar({"in.zip": in_zip({"a.jsonl": data})}),
    "gzip in zip": lambda data: in_zip({"a.jsonl.gz": gzip.compress(data)}),
    "tar.gz in zip": lambda data: in_zip({"a.tgz": gzip.compress(in_tar({"a.jsonl": data}))}),
}


@pytest.mark.parametrize("form", PACKED)
def test_a_container_is_known_by_content_whatever_its_name(tmp_path: Path, form: str) -> None:
    path = tmp_path / "download"
    path.write_bytes(PACKED[form](LINES))
    found, refused, _ = read(path)
    assert headlines(found) == list(HEADLINES)
    assert refused == []
    assert found[0].document.name.startswith(str(path))


def test_members_are_named_after_their_way_in(tmp_path: Path) -> None:
    path = tmp_path / "day.zip"
    path.write_bytes(in_zip({"x/in.tar": in_tar({"a.jsonl": LINES})}))
    found, _, _ = read(path)
    assert found[0].document.name == f"{path}!x/in.tar!a.jsonl"


def test_a_folder_is_read_in_order_without_hidden_files_and_links(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    outside = tmp_path / "outside.jsonl"
    outside.write_bytes(LINES)
    for name, headline in (("b/one", "Second"), ("a", "First"), (".hidden", "Never")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"headline": headline, "body": "Text of it."}))
    (folder / "z-inside").symlink_to(folder / "a")
    (folder / "z-outside").symlink_to(outside)
    (folder / "z-loop").symlink_to(folder)
    found, refused, skipped = read(folder)
    assert headlines(found) == ["First", "Second"]
    assert [each.where for each in refused] == [str(folder / "z-outside")]
    assert "leads out" in refused[0].reason
    assert skipped == {"hidden file or folder": 1, "link": 3}


def test_links_in_a_ring_end_no_run(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    found, refused, skipped = read(tmp_path)
    assert (headlines(found), refused, skipped) == (list(HEADLINES), [], {"link": 3})


def test_a_path_that_is_missing_or_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "No such file" in read(tmp_path / "missing")[1][0].reason
    assert "neither" in read(tmp_path / "pipe")[1][0].reason


@pytest.mark.parametrize("form", ["gzip", "bzip2", "xz", "zstandard", "tar", "tar.gz", "zip"])
def test_a_cut_container_gives_what_came_before_and_says_so(tmp_path: Path, form: str) -> None:
    rows = [{"headline": f"Notice {n}", "body": os.urandom(200_000).hex()} for n in range(12)]
    lines = [(json.dumps(row) + "\n").encode() for row in rows]
    members = {f"{n}.json": line for n, line in enumerate(lines)}
    whole = {
        "tar": lambda: in_tar(members),
        "tar.gz": lambda: gzip.compress(in_tar(members)),
        "zip": lambda: in_zip(members),
    }.get(form, lambda: PACKED[form](b"".join(lines)))()
    path = tmp_path / "cut"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    found, refused, _ = read(path)
    assert 1 <= len(found) <= 9
    assert headlines(found) == [f"Notice {n}" for n in range(len(found))]
    assert any(isinstance(each, Damage) for each in refused)


def test_a_damaged_member_does_not_cost_the_others(tmp_path: Path) -> None:
    data = bytearray(in_zip({"bad.jsonl": LINES, "good.jsonl": LINES}))
    data[45] ^= 0xFF
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    found, refused, _ = read(path)
    assert {each.document.name for each in found} >= {f"{path}!good.jsonl"}
    assert any("bad.jsonl" in each.where and isinstance(each, Damage) for each in refused)


def test_an_encrypted_member_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    data = bytearray(in_zip({"secret.jsonl": LINES, "open.jsonl": LINES}))
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    found, refused, _ = read(path)
    assert len(found) == 2
    assert "encrypted" in refused[0].reason


class TestBombs:
    """Each limit is passed by a document that an unlimited reader would swallow."""

    def test_ratio(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.gz"
        path.write_bytes(gzip.compress(b"{" + b" " * 8 * MIB))
        _, refused, _ = read(path, Limits(expansion_floor=MIB))
        assert "times its size" in refused[0].reason

    def test_ratio_counts_all_levels(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.zst"
        path.write_bytes(zstandard.compress(gzip.compress(b"{" + b" " * 8 * MIB)))
        _, refused, _ = read(path, Limits(expansion_floor=MIB))
        assert "times its size" in refused[0].reason

    def test_total(self, tmp_path: Path) -> None:
        path = tmp_path / "big.zip"
        path.write_bytes(in_zip({f"{n}": os.urandom(MIB).hex().encode() for n in range(4)}))
        _, refused, _ = read(path, Limits(expanded_bytes=2 * MIB))
        assert any("unpacks to more than 2,097,152 bytes" in each.reason for each in refused)

    def test_document(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(in_zip({"big.htm": b"<html>" + b"x" * MIB, "a.jsonl": LINES}))
        found, refused, _ = read(path, Limits(document_bytes=MIB))
        assert headlines(found) == list(HEADLINES)
        assert "one document of more than" in refused[0].reason

    def test_members(self, tmp_path: Path) -> None:
        path = tmp_path / "many.tar"
        path.write_bytes(in_tar({f"{n}.jsonl": LINES for n in range(30)}))
        found, refused, _ = read(path, Limits(members=10))
        assert len(found) == 20
        assert "more than 10 members" in refused[-1].reason

    def test_depth(self, tmp_path: Path) -> None:
        data = LINES
        for _ in range(8):
            data = gzip.compress(data)
        path = tmp_path / "deep.gz"
        path.write_bytes(data)
        found, refused, _ = read(path)
        assert found == []
        assert "deeper than 4 containers" in refused[0].reason

    def test_line(self, tmp_path: Path) -> None:
        long = b'{"headline": "Long", "body": "' + b"x" * MIB + b'"}\n'
        first, second = LINES.splitlines(keepends=True)
        path = tmp_path / "a.jsonl"
        path.write_bytes(first + second + long + first)
        found, refused, _ = read(path, Limits(line_bytes=1000))
        assert headlines(found) == [*HEADLINES, HEADLINES[0]]
        assert len(refused) == 1

    def test_zstandard_window(self, tmp_path: Path) -> None:
        parameters = zstandard.ZstdCompressionParameters(window_log=27, compression_level=1)
        data = LINES + b" " * (1 << 21)
        path = tmp_path / "a.zst"
        compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
        path.write_bytes(compressor.compress(data) + compressor.flush())
        found, refused, _ = read(path, Limits(window_bytes=MIB))
        assert found == []
        assert isinstance(refused[0], Damage)

    def test_nested_zip(self, tmp_path: Path) -> None:
        path = tmp_path / "a.tar"
        path.write_bytes(in_tar({"a.zip": in_zip({"x": os.urandom(5000)}), "b.jsonl": LINES}))
        found, refused, _ = read(path, Limits(nested_zip_bytes=4000))
        assert headlines(found) == list(HEADLINES)
        assert "is a zip of more than 4,000 bytes" in refused[0].reason


def warc(
    records: list[tuple[str, str, str, str, bytes]], *, packed: bool, encoding: str = ""
) -> bytes:
    """Records of (type, address, status line, content type, payload), as ISO 28500 writes them."""
    out = b""
    for kind, url, status, content_type, payload in records:
        block, block_type = payload, content_type
        if kind not in ("resource", "conversion"):
            extra = f"{encoding}: {'chunked' if 'Transfer' in encoding else 'gzip'}\r\n"
            http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n"
            block = f"{http}{extra if encoding else ''}\r\n".encode() + payload
            block_type = "application/http; msgtype=response"
        header = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2024-03-06T10:00:00Z\r\nContent-Type: {block_type}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        record = header.encode() + block + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


HTML = "text/html; charset=utf-8"
CAPTURE = [
    ("response", "https://water.example/news/1", "200 OK", HTML, page("Fennel Lock stays open")),
    ("response", "https://water.example/gone", "404 Not ReadDraft", HTML, page("Not found")),
    ("response", "https://water.example/a.css", "200 OK", "text/css", b"p {}"),
    ("response", "https://water.example/a.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("revisit", "https://water.example/news/1", "200 OK", HTML, b""),
    ("resource", "https://water.example/news/2", "", HTML, page("Bank survey begins")),
]


@pytest.mark.parametrize("packed", [False, True])
def test_a_capture_gives_its_pages_with_address_and_time(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "capture"
    path.write_bytes(warc(CAPTURE, packed=packed))
    found, refused, skipped = read(path)
    assert headlines(found) == ["Fennel Lock stays open", "Bank survey begins"]
    assert found[0].document.url == "https://water.example/news/1"
    assert found[0].document.fetched_at == "2024-03-06T10:00:00Z"
    assert found[0].document.content_type == HTML
    assert refused == []
    assert sum(skipped.values()) == 4


def test_a_text_that_was_made_of_a_page_is_read(tmp_path: Path) -> None:
    text = "Bank survey begins\n5 March 2024\nThe Water Board looks at the banks of Fennel Lock.\n"
    record = ("conversion", "https://water.example/news/2", "", "text/plain", text.encode())
    (tmp_path / "a.warc.wet").write_bytes(warc([record], packed=False))
    (found,) = read(tmp_path / "a.warc.wet")[0]
    assert found.draft.headline == "Bank survey begins"
    assert found.document.url == "https://water.example/news/2"
    assert [each.date for each in found.draft.dates] == ["2024-03-05"]


@pytest.mark.parametrize("encoding", ["Content-Encoding", "Transfer-Encoding"])
def test_a_captured_payload_is_unpacked(tmp_path: Path, encoding: str) -> None:
    body = page("Fennel Lock stays open")
    chunked = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    payload = chunked if "Transfer" in encoding else gzip.compress(body)
    record = ("response", "https://water.example/news/1", "200 OK", HTML, payload)
    path = tmp_path / "capture.warc"
    path.write_bytes(warc([record], packed=False, encoding=encoding))
    found, _, _ = read(path)
    assert headlines(found) == ["Fennel Lock stays open"]


def test_a_captured_payload_of_several_gzip_members_is_read_to_its_end(tmp_path: Path) -> None:
    body = page("Fennel Lock stays open")
    members = [gzip.compress(part) for part in (b"", body[:40], body[40:])]
    record = ("response", "https://water.example/news/1", "200 OK", HTML, b"".join(members))
    path = tmp_path / "capture.warc"
    path.write_bytes(warc([record], packed=False, encoding="Content-Encoding"))
    found, refused, _ = read(path)
    assert [each.draft.body.count("The Water Board said") for each in found] == [4]
    assert refused == []


def test_a_captured_payload_that_is_said_to_be_gzip_and_is_plain_is_read(tmp_path: Path) -> None:
    record = ("response", "https://water.example/news/1", "200 OK", HTML, CAPTURE[0][4])
    path = tmp_path / "capture.warc"
    path.write_bytes(warc([record], packed=False, encoding="Content-Encoding"))
    found, refused, _ = read(path)
    assert headlines(found) == ["Fennel Lock stays open"]
    assert refused == []


def test_a_wacz_gives_its_captures_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "site.wacz"
    members = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"id": "pages"}\n{"title": "A page", "text": "No release"}\n',
        "archive/data.warc.gz": warc(CAPTURE, packed=True),
    }
    path.write_bytes(in_zip(members))
    found, refused, _ = read(path)
    assert headlines(found) == ["Fennel Lock stays open", "Bank survey begins"]
    assert refused == []


def test_a_cut_capture_gives_what_came_before(tmp_path: Path) -> None:
    data = warc(CAPTURE[:1] * 6, packed=True)
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(data[: len(data) * 3 // 4])
    found, refused, _ = read(path)
    assert 1 <= len(found) < 6
    assert any(isinstance(each, Damage) for each in refused)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><title>Logo</title><text>a</text></svg>", "SVG"),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made - by hand -->\n<!DOCTYPE svg PUBLIC 'x'>\n<svg>",
            "SVG",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_other_forms_are_refused_by_name(tmp_path: Path, head: bytes, words: str) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(head)
    found, refused, _ = read(path)
    assert found == []
    assert words in refused[0].reason


def test_what_to_make_of_a_form_that_is_not_read_stands_last(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(b"7z\xbc\xaf\x27\x1c A stamp for keepers")
    _, refused, _ = read(path)
    assert [each.reason for each in refused] == [
        "is a 7-Zip archive, which is not read; unpack it (7z x) and index the folder"
    ]


def test_office_documents_are_not_taken_for_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(in_zip({"[Content_Types].xml": b"<x/>", "ppt/document.xml": b"<x/>"}))
    _, refused, _ = read(path)
    assert [each.reason for each in refused] == [
        "is a PowerPoint presentation, which is not read; save it as PDF"
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "big5", "shift-jis"]
)
def test_texts_of_all_encodings_are_no_binary_data(encoding: str) -> None:
    assert binary_form("<p>November 2024 年十一月 release</p>".encode(encoding)) is None


def test_text_with_a_mark_of_its_encoding_is_no_binary_data_whatever_its_bytes() -> None:
    """Half of the bytes of these characters are those of control codes."""
    assert binary_form(("丁七丄丅丆万" * 40).encode("utf-16")) is None


def test_names_cannot_play_tricks(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(in_zip({"../../etc/evil\x1b[31m\n.jsonl": LINES}))
    found, _, _ = read(path)
    assert headlines(found) == list(HEADLINES)
    assert not any(ord(char) < 32 for char in found[0].document.name)
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_scripts_and_styles_are_counted_not_listed(tmp_path: Path) -> None:
    for name in ("a.css", "b.js", "c.woff2"):
        (tmp_path / name).write_bytes(b"body{}")
    assert read(tmp_path) == ([], [], Counter({"script, style or font": 3}))


@settings(max_examples=150)
@given(data=st.binary(max_size=400), form=st.sampled_from([*PACKED]), place=st.integers(0, 600))
def test_no_bytes_stop_the_reading(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str, place: int
) -> None:
    whole = PACKED[form](LINES)
    path = tmp_path_factory.getbasetemp() / "any-bytes"
    path.write_bytes(whole[: place % (len(whole) + 1)] + data + whole[place + len(data) :])
    found, refused, _ = read(path)
    assert all(each.draft.headline or each.draft.body for each in found)
    assert all(each.where.startswith(str(path)) and each.reason for each in refused)


@given(st.text(max_size=700))
@example("a\u2028b\x85c\x7fd\x1b[31me\rf")
def test_shown_names_are_one_clean_line(name: str) -> None:
    assert len(shown(name)) <= 500
    assert len(shown(name).splitlines()) <= 1
    assert "Cc" not in map(unicodedata.category, shown(name))


def test_old_tar_without_a_magic_number_is_recognised() -> None:
    data = bytearray(in_tar({"a": b"x"}))
    data[257:265] = bytes(8)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert container(bytes(data[:512])) == "tar"
    assert container(b"x" * 512) is None


def test_the_documentation_has_every_limit() -> None:
    text = (Path(__file__).parents[4] / "docs" / "operations.md").read_text("utf-8")
    for name, default, about in table():
        assert f"| `{name}` | {default:,} | {about} |" in text


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"ARROW1\0\0", "save it as CSV or JSON Lines"),
        (b"Obj\x01\x04", "save it as JSON Lines"),
        (b"!BDN\0", "export its messages as .eml or .mbox"),
    ],
)
def test_data_of_other_programs_is_named_with_what_to_make_of_it(
    tmp_path: Path, head: bytes, said: str
) -> None:
    (tmp_path / "a").write_bytes(head + bytes(600))
    (refusal,) = read(tmp_path / "a")[1]
    assert said in refusal.reason
