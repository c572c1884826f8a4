"""Rich Text Format: what other programs than ours write into it."""

from __future__ import annotations

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.reading import read_document
from tests.timing import processor_time

HEADLINE = "Postal Department issues stamps for keepers"
TEXT = "The Postal Department issued three stamps today in honour of the keepers of lighthouses."


def read(source: str | bytes) -> Draft | Refusal:
    data = source if isinstance(source, bytes) else source.encode("ascii")
    (found,) = read_document(Document(name="a.rtf", data=data), ReadOptions())
    return found if isinstance(found, Refusal) else found.draft


def document(inside: str, head: str = r"\ansi\ansicpg1252") -> str:
    return rf"{{\rtf1{head} {inside}}}"


def body_of(text: str, head: str = r"\ansi\ansicpg1252") -> str:
    """The last paragraph of a release that ends in this text."""
    found = read(document(rf"\b {HEADLINE}\b0\par 15 June 2020\par {TEXT}\par {text}\par", head))
    assert isinstance(found, Draft)
    return found.body.rpartition("\n\n")[2]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Six caf\'e9s of the caf\'e9 trade sell them from Monday.", "Six cafés of the café"),
        (r"Le caf\u233? \uc2\u8212 --\uc1  a caf\u233 ? \u-10179?\u-8704? sells.", "Le café — a café"),
        (r"{\f1 \'cf\'ee\'f7\'f2\'e0} of the north sells them, too.", "Почта of the north"),
        (r"{\f2 \'97\'58\'95\'d6} of the north sells them, too.", "郵便 of the north"),
        (r"Of the \ldblquote keepers\rdblquote\~\endash 3\_day.", "Of the “keepers” –3-day"),
        (r"Sold {\v secret }{\*\unknown none }{\field{\*\fldinst HYPERLINK x}{\fldrslt here}}.",
         "Sold here."),
        ("Sold \\bin4 }}}}at {\\pict\\bin3 {{{0a}quays.", "Sold at quays."),
        (r"Sold for 3 \{crowns\} \\ florins.", "Sold for 3 {crowns} \\ florins."),
    ],
)  # fmt: skip
def test_text_as_it_is_written(written: str, meant: str) -> None:
    fonts = r"\ansi\ansicpg1252{\fonttbl{\f0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}"
    assert body_of(written, fonts).startswith(meant)


def test_the_encoding_of_the_whole_document() -> None:
    assert body_of(r"\'cf\'ee\'f7\'f2\'e0 sells.", r"\ansi\ansicpg1251") == "Почта sells."


def test_a_head_of_the_sheets_names_the_issuer() -> None:
    found = read(
        document(
            r"{\header\pard Postal Department\par}"
            rf"\b Three stamps for keepers\b0\par 15 June 2020\par {TEXT}\par"
        )
    )
    assert isinstance(found, Draft)
    assert "Postal Department" in (found.stated_agency or found.weak_agency or "")
    assert found.headline == "Three stamps for keepers"


def test_a_form_of_two_columns_names_its_fields() -> None:
    rows = (("Title", HEADLINE), ("Date", "15 June 2020"), ("Issued by", "Postal Department"),
            ("Text", TEXT))  # fmt: skip
    table = "".join(
        rf"\trowd\pard\intbl {name}\cell\pard\intbl {value}\cell\row" for name, value in rows
    )
    found = read(document(table))
    assert isinstance(found, Draft)
    assert (found.headline, found.body) == (HEADLINE, TEXT)
    assert found.stated_agency == "Postal Department"
    assert [each.date for each in found.dates] == ["2020-06-15"]


@pytest.mark.parametrize(
    "hostile",
    [
        b"{\\rtf1 " + b"{\\b " * 400 + b"x" * 1_000_000,
        b"{\\rtf1 " + b"\\u233 " * 300_000,
        b"{\\rtf1 " + b"\\'e9" * 300_000 + b"}" * 1_000,
        b"{\\rtf1\\ansicpg99999\\bin99999999999 " + b"\\bin-5 " * 1_000,
        b"{\\rtf1\\pard\\intbl " + b"a\\cell\\row " * 50_000,
    ],
)
def test_hostile_ones_end(hostile: bytes) -> None:
    assert processor_time(lambda: list(read_document(
        Document(name="a.rtf", data=hostile), ReadOptions()))) < 10  # fmt: skip
