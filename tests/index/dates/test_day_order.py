"""Day or month first: by evidence, in its order; without any, the year alone."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.date_strings import FoundDate, read_date
from index.dates.day_order import order_in, regional_order
from index.ingest.builder import BuildOptions, build
from index.ingest.candidate import Candidate, candidates
from index.ingest.completion import CompletionOptions, complete
from index.sources import ReadOptions
from index.sources.draft import Document
from index.sources.reading import PIECE_BYTES, ReadDraft, read_document
from index.stores.folder import FolderStore

FEED = "<rss><channel><title>Port</title>{}</channel></rss>"
TEXT = "The Harbour Office reopened the east pier after nine weeks of repairs, it said."


def dates(name: str, content: str, *, day_first: bool | None = None, **about: str) -> list[str]:
    """The dates of all releases in a document."""
    document = Document(name=name, data=content.encode(), **about)
    found = []
    for each in read_document(document, ReadOptions()):
        assert isinstance(each, ReadDraft)
        made = complete(each.draft, each.document, CompletionOptions(day_first=day_first))
        found.append(str(made.release.date))
        assert ("--dates" in " ".join(made.notes)) == (made.release.date_precision == "year")
    return found


def csv(*values: str) -> str:
    return "headline,date,body\n" + "".join(f'A,{each},"{TEXT}"\n' for each in values)


def page(shown: str, *, lang: str = "en", after: str = "") -> str:
    return (
        f"<html lang={lang}><title>Pier reopens</title><h1>Pier reopens</h1><p>{shown}</p>"
        f"<p>{TEXT}</p><p>Ferries call again from Monday, it said.</p>{after}"
    )


class TestByEvidence:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            (("13/09/2021", "07/09/2021"), ["2021-09-13", "2021-09-07"]),
            (("07/09/2021", "09/13/2021"), ["2021-07-09", "2021-09-13"]),
            (("07-09-2021", "31-12-2021"), ["2021-09-07", "2021-12-31"]),
            (("07/09/2021", "08/09/2021"), ["2021", "2021"]),
            (("07/09/2021", "13/09/2021", "09/13/2021"), ["2021", "2021-09-13", "2021-09-13"]),
            (("07/07/2021",), ["2021-07-07"]),
        ],
    )
    def test_other_values_of_a_column(self, values: tuple[str, ...], expected: list[str]) -> None:
        assert dates("r.csv", csv(*values)) == expected
        records = [{"headline": "A", "date": each, "body": TEXT} for each in values]
        assert dates("r.json", json.dumps(records)) == expected
        lines = "\n".join(map(json.dumps, records))
        assert dates("r.jsonl", lines) == expected
        items = "".join(
            f"<item><title>A</title><description>{TEXT}</description><pubDate>{each}</pubDate></item>"
            for each in values
        )
        assert dates("r.xml", FEED.format(items)) == expected

    def test_other_dates_of_a_page(self) -> None:
        assert dates("p.html", page("07/09/2021", after="<p>13/09/2021</p>")) == ["2021-09-07"]

    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            ("HALE, September 7 (Agency)", "2021-09-07"),
            ("It opened on 7 September.", "2021-09-07"),
            ("It opens on 9th July, it said.", "2021-07-09"),
            ("它在9月7日開放。", "2021-09-07"),
            ("It opened on 7 September, not on 9 July.", "2021"),
        ],
    )
    def test_a_day_named_in_the_text(self, named: str, expected: str) -> None:
        assert dates("p.html", page("17:08 07/09/2021", after=f"<p>{named}</p>")) == [expected]

    def test_the_text_goes_before_the_region(self) -> None:
        text = page("07/09/2021", lang="en-GB", after="<p>It opens on 9 July, it said.</p>")
        assert dates("p.html", text) == ["2021-07-09"]

    def test_a_column_goes_before_the_text(self) -> None:
        content = csv("13/09/2021") + "A,07/09/2021,It opens on 9 July.\n"
        assert dates("r.csv", content)[1] == "2021-09-07"

    def test_metadata_that_say_the_whole_day(self) -> None:
        text = page("07/09/2021").replace("<h1>", '<meta name="date" content="2021-07-09"><h1>')
        assert dates("p.html", text) == ["2021-07-09"]

    def test_no_document_is_of_a_day_after_it_was_fetched(self) -> None:
        found = dates("p.html", page("07/09/2021"), fetched_at="2021-08-01T00:00:00Z")
        assert found == ["2021-07-09"]

    @pytest.mark.parametrize(("day_first", "day"), [(True, "2021-09-07"), (False, "2021-07-09")])
    def test_what_the_operator_says(self, day_first: bool, day: str) -> None:
        assert dates("p.html", page("07/09/2021"), day_first=day_first) == [day]
        britain = page("07/09/2021", lang="en-GB")
        assert dates("p.html", britain, day_first=day_first) == ["2021-09-07"], "evidence is better"


@pytest.mark.parametrize(
    ("url", "shown", "after", "day"),
    [
        ("https://sample.senate.gov/n/1", "12.03.2021", "", "2021-12-03"),
        ("https://sample.senate.gov/n/1", "12.03.2021", "<p>13.04.2021</p>", "2021-03-12"),
        ("https://sample.senate.gov/n/1", "12.23.2021", "", "2021-12-23"),
        ("https://port.gov.uk/n/1", "12.03.2021", "", "2021-03-12"),
        (None, "12.03.2021", "", "2021-03-12"),
    ],
)
def test_dots_say_that_the_day_is_first_but_where_the_month_is_by_custom(
    url: str | None, shown: str, after: str, day: str
) -> None:
    assert dates("p.html", page(shown, after=after), url=url) == [day]


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        (None, "en-GB", True),
        (None, "en-US", False),
        (None, "en", None),
        (None, "und", None),
        ("https://port.gov.uk/", None, True),
        ("https://port.gov.uk/", "en-US", True),  # what a publishing system says by default
        ("https://port.gov/", "es", False),
        ("https://port.mil/", None, False),
        ("https://port.gov.ph/", "en", False),
        ("https://port.example/", "en", None),
        ("https://port.io/", "en", None),
        ("https://port.gov.co/", "es", True),
        ("https://port.europa.eu/", "en", True),
        ("https://hafen.ch/", "de", True),
        ("https://hamn.se/", "sv", True),
        ("https://port.go.jp/", "ja", None),
        ("https://[::1/", None, None),
    ],
)
def test_regions(url: str | None, language: str | None, expected: bool | None) -> None:
    assert regional_order(url, language) is expected


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), st.sampled_from("/-"))
def test_an_open_date_has_both_days_and_says_neither(day: datetime.date, mark: str) -> None:
    text = f"{day:%d}{mark}{day:%m}{mark}{day:%Y}"
    found = read_date(text, "x")
    assert found is not None
    if found.either:
        assert found[:3] == (f"{day:%Y}", "year", "x")
        assert found.ordered(True).date == f"{day:%Y-%m-%d}"
        assert found.ordered(False) == read_date(text, "x", day_first=False)
        assert found.ordered(None) == found
    else:
        assert found.date == f"{day:%Y-%m-%d}"
        assert found.ordered(False) == found


def test_values_that_disagree_tell_nothing() -> None:
    assert order_in(["13/09/2021", "1/2/2021"]) is True
    assert order_in(["09/13/2021"]) is False
    assert order_in(["13/09/2021", "09/13/2021"]) is None
    assert order_in(["2021-09-13", "13.9.2021", "1/13", "14/15/2021", ""]) is None


def test_a_later_piece_of_a_long_file_is_read_as_the_first_ones(tmp_path: Path) -> None:
    filler = "The pier is long. " * 2_000
    records = [
        {"headline": f"A {number}", "date": each, "body": filler}
        for number, each in enumerate(["13/09/2021"] * 10 + ["07/09/2021"])
    ]
    lines = "\n".join(map(json.dumps, records)) + "\n"
    assert len(lines) > PIECE_BYTES
    (tmp_path / "r.jsonl").write_text(lines)
    report = build([tmp_path], FolderStore(tmp_path / "index"), BuildOptions(workers=1))
    assert report.notes.total == 0, report.notes.first


def test_an_open_date_is_noted() -> None:
    (found,) = candidates(
        Document(name="r.csv", data=csv("07/09/2021").encode()), CompletionOptions()
    )
    assert isinstance(found, Candidate)
    assert "2021-09-07 or 2021-07-09" in found.notes[0]


def test_a_date_that_is_not_open_stays() -> None:
    found = FoundDate("2021-09-07", "day", "x")
    assert found.ordered(False) is found
