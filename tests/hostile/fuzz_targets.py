"""What is given arbitrary bytes: every reader of documents, of queries, of addresses, of our files.

Each target raises for what must not happen; `fuzz.py` looks for bytes that make one do so.
"""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl

from index.codec.files import Component, open_file
from index.dates.date_strings import read_date
from index.errors import DatelineError
from index.identity import canonical_address
from index.ingest.candidate import candidates
from index.ingest.completion import CompletionOptions
from index.limits import Limits
from index.sources import ReadOptions
from index.sources.draft import Document, Refusal
from index.sources.encoding.decoding import decode
from index.sources.reading import pieces, read_piece
from index.stores.commit_record import decode as decode_commit
from index.stores.commit_record import digest_of, encode
from index.text.language_detection import detect
from search.query.parser import parse_query
from search.request import SearchRequest
from tests.index.sources.forms import documents
from tests.torture.bit_rot import make_index
from webapp.site.search_addresses import read_pairs

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample" / "releases"
LIMITS = Limits(document_seconds=20, expanded_bytes=1 << 26, members=1_000)
OPTIONS = CompletionOptions(read=ReadOptions(limits=LIMITS))


def read_document(name: str, data: bytes) -> None:
    """A document is read, or refused with a reason; what is read can be encoded."""
    for each in candidates(Document(name=name, data=data), OPTIONS):
        if isinstance(each, Refusal):
            assert each.reason.strip()
            assert "processor time" not in each.reason, each.reason
        else:
            each.id.encode("utf-8")
            assert each.record


def read_container(data: bytes) -> None:
    """A file is opened, whatever it is; damage is said."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for piece in pieces(Path(file.name), OPTIONS.read, Counter()):
            if not isinstance(piece, Refusal):
                list(read_piece(piece, OPTIONS.read))


def read_dates(data: bytes) -> None:
    """A date is a day of a calendar."""
    text = data.decode("utf-8", "surrogateescape")
    for language in (None, "en", "th", "fa"):
        found = read_date(text, "x", language=language)
        for each in found.either or (found,) if found else ():
            assert each.date
            assert len(each.date) in (4, 7, 10)


def read_encoding(data: bytes) -> None:
    """Bytes become text; that text is in some language, or in none that is known."""
    text = decode(data).text
    text.encode("utf-8")
    assert detect(text)
    address = canonical_address(text)
    assert address is None or canonical_address(f"http://{address}") == address


def read_query(data: bytes) -> None:
    """A query is read without an error."""
    text = data.decode("utf-8", "replace")
    for match in ("all", "any"):
        parse_query(SearchRequest(text=text, match=match), ("en", "zh-Hant"))


def read_address(data: bytes) -> None:
    """The query of an address is read, and what is wrong in it is said."""
    text = data.decode("utf-8", "surrogateescape")
    read_pairs(parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=None))


def open_index_file(data: bytes) -> None:
    """A file of a segment, whose first byte says which, is opened and read, or called damaged."""
    component = list(Component)[data[0] % len(Component)] if data else Component.TERMS
    with tempfile.NamedTemporaryFile(suffix=".fuzz") as file:
        file.write(data[1:])
        file.flush()
        try:
            reader = open_file(file.name, component)
            for name in reader.names():
                reader.array(name)
        except DatelineError as error:
            assert str(error).strip()  # noqa: PT017, either outcome is right


def read_commit(data: bytes) -> None:
    """The record of a commit is read and stays what it was, or is called damaged."""
    path = Path("dateline-2.commit")
    for content in (data, data + b"\n" + digest_of(data).encode() + b"\n"):
        try:
            record = decode_commit(content, path).record
        except DatelineError as error:
            assert str(error).strip()  # noqa: PT017, either outcome is right
        else:
            assert decode_commit(encode(record), path).record == record


TARGETS: dict[str, Callable[[bytes], None]] = {
    "page": partial(read_document, "a.html"),
    "feed": partial(read_document, "a.xml"),
    "json": partial(read_document, "a.json"),
    "lines": partial(read_document, "a.jsonl"),
    "table": partial(read_document, "a.csv"),
    "text": partial(read_document, "a.txt"),
    "pdf": partial(read_document, "a.pdf"),
    "word": partial(read_document, "a.docx"),
    "open-document": partial(read_document, "a.odt"),
    "workbook": partial(read_document, "a.xlsx"),
    "mail": partial(read_document, "a.eml"),
    "markdown": partial(read_document, "a.md"),
    "container": read_container,
    "date": read_dates,
    "encoding": read_encoding,
    "query": read_query,
    "address": read_address,
    "index-file": open_index_file,
    "commit": read_commit,
}
_SEEDS = {
    "page": ("pages", "web"), "feed": ("feeds",), "json": ("records",), "lines": ("records",),
    "table": ("records",), "text": ("newswire",),
}  # fmt: skip
_FORMS = {
    "pdf": ("a.pdf",), "word": ("bold.docx",), "open-document": ("a.odt",), "workbook": ("a.xlsx",),
    "mail": ("a.eml", "html.eml", "a.mhtml"), "markdown": ("a.md",),
}  # fmt: skip
_STATE = (
    '{"title": "Pier Two reopens", "date": "2024-05-03", "body": "' + "It said so. " * 12 + '"}'
)
_TYPED = {
    "page": (
        f'<title>A</title><div></div><script type="application/json">[["Ref",1],{_STATE}]</script>',
        f"<title>A</title><div></div><script>window.a={_STATE};window['b']=[[[]]]</script>",
    ),
    "date": (
        "Tue, 07 Sep 2021 14:20:00 GMT",
        "2021-W36-2",
        "二〇二一年九月七日",
        "۱۴۰۲/۱۲/۱۵",
        "9999-366",
    ),
    "encoding": ("Käse", "https://www.port.example:80/a/../b?utm_x=1#c"),
    "query": ('"customs officers" OR (date:2023-06 -agency:"x y"~3)', "1月6日*", "a^2 NEAR/3 b"),
    "address": (
        "q=customs&agency=a&from=2023-06&to=-30d&sort=newest&page=2&per_page=50",
        "from=9999-366&to=2021-W36-2&seen=2024-05-03",
    ),
}


def seeds(target: str) -> list[bytes]:
    """What a target is given at first: documents of the sample, and what people type."""
    if target == "container":
        return _containers()
    if target in ("index-file", "commit"):
        return _index_files(target)
    if target in _FORMS:
        return [documents.GOOD[name]() for name in _FORMS[target]]
    folders = [SAMPLE / name for name in _SEEDS.get(target, ())]
    files = [each for folder in folders for each in folder.rglob("*") if each.is_file()]
    typed = [each.encode() for each in _TYPED.get(target, ())]
    return [*typed, *(file.read_bytes() for file in sorted(files))] or [b""]


def _index_files(target: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        make_index(Path(folder), releases=12)
        if target == "commit":
            (path,) = Path(folder).glob("*.commit")
            return [path.read_bytes().split(b"\n")[0]]
        return [
            bytes([number]) + path.read_bytes()
            for number, component in enumerate(Component)
            for path in Path(folder).glob(f"*{component.value}")
        ]


def _containers() -> list[bytes]:
    zipped, tarred = BytesIO(), BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", "<title>A</title><h1>A</h1><p>B")
    with tarfile.open(fileobj=tarred, mode="w:gz") as tar:
        tar.add(SAMPLE / "newswire")
    archives = sorted((ROOT / "tests" / "sample" / "archives").iterdir())
    return [
        zipped.getvalue(),
        tarred.getvalue(),
        *(each.read_bytes() for each in archives if each.is_file()),
    ]
