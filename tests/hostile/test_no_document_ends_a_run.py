"""Nothing that a document holds ends a run: it is refused, with its reason, or read."""

from __future__ import annotations

import json
import pkgutil
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ingest.builder import BuildOptions, build
from index.ingest.candidate import Candidate, candidates
from index.ingest.completion import CompletionOptions
from index.ingest.read_files import read_files
from index.ingest.report import Report
from index.limits import DEFAULTS, Limits
from index.sources import ReadOptions
from index.sources.draft import Damage, Document, Refusal
from index.stores.folder import FolderStore
from search import SearchRequest, open_engine
from tests.index.sources.forms import documents

SAMPLE = Path(__file__).parents[2] / "sample" / "releases"
PAGE = (
    "<title>Pier reopens</title><h1>Pier reopens</h1>"
    "<p>The Harbour Office reopened the pier on Friday after nine weeks of repairs.</p>"
)
SLOW = Limits(document_seconds=1, seconds_per_mib=0)
FORMS = {
    path.name: path.read_bytes()
    for folder in ("feeds", "newswire", "pages", "records", "web")
    for path in sorted((SAMPLE / folder).rglob("*"))
    if path.is_file()
} | {name: make() for name, make in documents.GOOD.items()}


def read(name: str, data: bytes, limits: Limits = DEFAULTS) -> list[Candidate | Refusal]:
    options = CompletionOptions(read=ReadOptions(limits=limits))
    return candidates(Document(name=name, data=data), options)


def indexed(folder: Path, *names: str) -> Report:
    paths = [folder / name for name in names] or [folder]
    return build(paths, FolderStore(folder / "index"), BuildOptions(workers=1))


@given(st.data())
@settings(max_examples=300)
def test_damaged_documents_of_every_form(data: st.DataObject) -> None:
    """Pieces taken out, doubled and put in from other forms: text that no author wrote."""
    name = data.draw(st.sampled_from([*FORMS]))
    content = FORMS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        other = FORMS[data.draw(st.sampled_from([*FORMS]))]
        at = data.draw(st.integers(0, len(other)))
        put = data.draw(
            st.one_of(
                st.binary(max_size=40),
                st.sampled_from((content[start:end] * 2, other[at : at + 200], b"\0", b"<figure>")),
            )
        )
        content = content[:start] + put + content[end:]
    found = read(name, content)
    assert found, "neither a release nor a refusal"
    for each in found:
        if isinstance(each, Refusal):
            assert each.reason
        else:
            json.dumps(each.id).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("figures.html", PAGE + "<figure><figure><img src=a><figcaption>A</figcaption></figure>"),
        ("charset.html", f"<meta charset=undefined>{PAGE}\udcff"),
        ("idna.html", f"<meta charset=idna>{PAGE}\udcff"),
        ("deep.html", PAGE + "<div>" * 100_000),
        ("deep.json", "[" * 100_000),
        ("deeper.json", '{"headline":' * 100_000 + "1" + "}" * 100_000),
        ("number.json", '{"headline": "A", "body": "B", "date": ' + "9" * 5_000 + "}"),
        ("float.json", '{"headline": "A", "body": "B", "date": 1e999}'),
        ("bracket.json", '{"headline": "A", "body": "B", "url": "http://[::1"}'),
        ("null.csv", "headline,body\n\0,\0\n"),
        ("deep.xml", "<rss><channel><item><title>A</title><description>" + "<b>" * 50_000),
        ("port.xml", "<rss><channel><item><title>A</title><link>http://a:b/</link></item>"),
    ],
)
def test_documents_that_stopped_a_parser(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    (tmp_path / "z.html").write_text(PAGE.replace("Pier", "Dock"))
    report = indexed(tmp_path, name, "z.html")
    assert report.read >= 1, "the page beside it is read"
    assert report.read + report.refused.total >= 2


@pytest.mark.parametrize(
    "error", [StopIteration, RecursionError, AssertionError, KeyError, OSError, ValueError("no")]
)
@pytest.mark.parametrize(
    "place",
    ["sources.feeds.recognise", "sources.record_draft.plain", "ingest.candidate.complete"],
)
def test_whatever_reading_raises_is_a_refusal_in_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, error: type[Exception]
) -> None:
    """Recognising, reading and completing: the document that trips one is named, no other lost."""
    true = pkgutil.resolve_name(f"index.{place}")

    def trips(given: object, *rest: object, **named: object) -> object:
        if "trap" in repr(given):
            raise error
        return true(given, *rest, **named)

    monkeypatch.setattr(f"index.{place}", trips)
    for name in ("trap", "pier"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"headline": name, "body": name}))
    report = indexed(tmp_path, "trap.json", "pier.json")
    assert (report.read, report.refused.total) == (1, 1)
    (line,) = report.refused.first
    assert "trap.json" in line["where"]
    assert line["reason"]


class TestTime:
    @pytest.fixture(autouse=True)
    def tables(self) -> None:
        """What is made at the first reading, 0.6 s of processor time, is no document's."""
        assert isinstance(read("first.html", PAGE.encode())[0], Candidate)
        assert isinstance(read("first.json", b'{"headline": "A", "body": "B"}')[0], Candidate)

    def test_a_document_that_takes_too_long_is_refused_and_named(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def for_ever(text: str) -> bool:
            while text:
                pass
            return False

        monkeypatch.setattr("index.sources.registry.feeds.recognise", for_ever)
        started = time.process_time()
        (found,) = read("slow.html", PAGE.encode(), SLOW)
        assert time.process_time() - started < 5
        assert isinstance(found, Damage), "what it held before is not taken for gone"
        assert found.where == "slow.html"
        assert "more than 1 s of processor time" in found.reason

    def test_what_was_read_before_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def slow_fourth(text: str) -> str:
            while text == "four":
                pass
            return text

        monkeypatch.setattr("index.sources.record_draft.plain", slow_fourth)
        records = [{"headline": f"Pier {body}", "body": body} for body in ("one", "two", "four")]
        found = read("a.json", json.dumps(records).encode(), SLOW)
        assert [isinstance(each, Candidate) for each in found] == [True, True, False]

    @pytest.mark.slow
    def test_a_worker_that_hangs_in_compiled_code_is_ended(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Signals are no matter to it, as to a parser in C that does not return."""

        def deaf(text: str) -> bool:
            if "Deaf" not in text:
                return False
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])
            while True:
                pass

        # Workers see it where they are forked, which a thread that a browser left would prevent.
        monkeypatch.setattr("threading.active_count", lambda: 1)
        monkeypatch.setattr("index.sources.registry.feeds.recognise", deaf)
        monkeypatch.setattr("index.ingest.read_files.POOL_FROM_BYTES", 0)
        (tmp_path / "a.html").write_text(PAGE.replace("Pier", "Deaf"))
        (tmp_path / "b.html").write_text(PAGE)
        options = CompletionOptions(read=ReadOptions(limits=SLOW))
        taken = list(
            read_files(
                [tmp_path / "a.html", tmp_path / "b.html"],
                options,
                Counter(),
                lambda _path: None,
                lambda _done: None,
                workers=2,
            )
        )
        assert "SIGXCPU" in getattr(taken[0].found, "reason", "")
        assert isinstance(taken[1].found, Candidate)

    @pytest.mark.parametrize("count", [1_500, 40_000])
    def test_a_tag_of_many_attributes_is_read_without_them(self, count: int) -> None:
        """libxml2 needs the square of their number: 40,000 took 9 s of processor time."""
        crowded = (
            "<p " + " ".join(f"a{number}='{number} 3'" for number in range(count)) + ">More.</p>"
        )
        started = time.process_time()
        (found,) = read("a.html", (PAGE + crowded).encode(), SLOW)
        assert isinstance(found, Candidate)
        assert time.process_time() - started < 2
        assert b"More." in found.record

    @pytest.mark.parametrize("text", ["a@", "x", "-", "1.", "a@a.", "(", "A and "])
    def test_names_of_issuers_without_end(self, text: str) -> None:
        long = text * (200_000 // len(text))
        started = time.process_time()
        record = {"headline": "A", "body": "B", "agency": long}
        assert isinstance(read("a.json", json.dumps(record).encode())[0], Candidate)
        for name in ("author", "dc:creator", "managingEditor", "webMaster"):
            feed = (
                '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>A</title>'
                f"<{name}>{long}</{name}><description>B</description></item></channel></rss>"
            )
            assert isinstance(read("a.xml", feed.encode())[0], Candidate)
        assert time.process_time() - started < 2


SURROGATES = {
    "id": "n\ud8001",
    "headline": "Pier\ud800 reopens",
    "body": "It is\udcff open.",
    "url": "https://port.example/\ud800/1",
    "agency": "Harbour\udfff Office",
    "language": "e\ud800n",
    "date": "2024-03-05\ud800",
}


class TestEncodable:
    def test_lone_surrogates_in_every_field(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text(json.dumps(SURROGATES))
        indexed(tmp_path, "a.json")
        engine = open_engine(tmp_path / "index")
        release = engine.release("n1")
        assert release is not None
        json.dumps(release.to_dict(), ensure_ascii=False).encode("utf-8")
        assert release.url == "https://port.example//1"
        assert release.agency.name == "Harbour Office"
        engine.close()

    def test_a_file_whose_name_is_no_unicode(self, tmp_path: Path) -> None:
        folder = tmp_path / "releases"
        folder.mkdir()
        (folder / "page-\udcff.html").write_text(PAGE)
        store = FolderStore(tmp_path / "index")
        report = build([folder], store, BuildOptions(workers=1))
        assert (report.added, report.refused.total) == (1, 0)
        report.to_text().encode("utf-8")
        engine = open_engine(tmp_path / "index")
        (hit,) = engine.search(SearchRequest(text="pier")).hits
        release = engine.release(hit.release.id)
        assert release is not None
        json.dumps(release.to_dict(), ensure_ascii=False).encode("utf-8")
        engine.close()
        (folder / "page-\udcff.html").unlink()
        assert build([folder], store, BuildOptions(workers=1, prune=True)).removed == 1
