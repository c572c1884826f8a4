"""Citations: whatever a headline holds, each format's own reader gives it back."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Agency, Release
from tests.webapp.press_room import write
from webapp import create_app
from webapp.presenters import citations
from webapp.presenters.citations import Citation, citation_of
from webapp.site.languages import ENGLISH

TODAY = date(2026, 11, 22)
HERE = "https://press.example/release/R1"
BRIDGE = Release(
    id="R1",
    headline="R&D: 50% of {roads} & bridges_#1 | done~",
    body="",
    url="https://island.example/a?b=1&c=2#d",
    date="2023-11-05",
    date_precision="day",
    agency=Agency("harbour-office", "Harbour Office"),
    language="en",
)
hostile = st.text(
    st.sampled_from("ab 1{}\\$&#%_~^\"'|[]<>=-,@\n\r\t\0\u2028é中")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)
BIBTEX_NAMES = {
    "backslash": "\\",
    "braceleft": "{",
    "braceright": "}",
    "asciitilde": "~",
    "asciicircum": "^",
}


def cite(release: Release) -> Citation:
    return citation_of(ENGLISH, release, here=HERE, site="Dateline", accessed=TODAY)


def made(headline: str, agency: str) -> Release:
    return Release(id="x", headline=headline, body="", agency=Agency("a", agency), date="2023-06")


def one_line(text: str) -> str:
    """What breaks or controls a line is a blank, by its category in Unicode."""
    blank = ("Cc", "Zl", "Zp")
    return " ".join("".join(" " if category(c) in blank else c for c in text).split())


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of one entry, by counting braces as BibTeX does: backslashes change nothing."""
    head = re.match(r"@misc\{([A-Za-z0-9-]+),\n", text)
    assert head
    found, at = {"key": head[1]}, head.end()
    while match := re.compile(r"\s*(\w+) = ").match(text, at):
        at = match.end()
        if text[at] != "{":
            end = text.index(",", at)
            found[match[1]], at = text[at:end], end + 1
            continue
        depth, start = 0, at
        while True:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
            if not depth:
                break
        found[match[1]] = text[start + 1 : at - 1]
        assert text[at] == ","
        at += 1
    assert text[at:].strip() == "}"
    return found


def without_bibtex(value: str) -> str:
    """What TeX would print."""
    assert value.startswith("{")
    assert value.endswith("}")
    text = re.sub(r"\{\\text(\w+)\}", lambda match: BIBTEX_NAMES[match[1]], value[1:-1])
    return re.sub(r"\\([$&#%_])", r"\1", text)


def read_ris(text: str) -> dict[str, str]:
    lines = text.split("\r\n")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    return {line[:2]: line[6:] for line in lines[:-2]}


def read_wiki(text: str) -> dict[str, str]:
    inside = re.fullmatch(r"\{\{cite press release (.*)\}\}", text)
    assert inside
    assert not set(inside[1]) & set("{}[]<>")
    fields = dict(each.split("=", 1) for each in inside[1].lstrip("|").split(" |"))
    return {name: html.unescape(value) for name, value in fields.items()}


@given(hostile, hostile)
def test_bibtex_gives_every_value_back(headline: str, agency: str) -> None:
    fields = read_bibtex(citations.bibtex(cite(made(headline, agency))))
    assert without_bibtex(fields["title"]) == (one_line(headline) or "Release without a headline")
    assert without_bibtex(fields.get("author", "{}")) == one_line(agency)
    assert (fields["year"], fields["month"], fields["date"]) == ("2023", "jun", "2023-06")


@given(hostile, hostile)
def test_ris_gives_every_value_back(headline: str, agency: str) -> None:
    fields = read_ris(citations.ris(cite(made(headline, agency))))
    assert fields["TI"] == (one_line(headline) or "Release without a headline")
    assert fields.get("AU", "") == one_line(agency)
    assert (fields["PY"], fields["DA"]) == ("2023", "2023/06//")


@given(hostile, hostile)
def test_the_wiki_template_gives_every_value_back(headline: str, agency: str) -> None:
    text = citations.wiki(cite(made(headline, agency)))
    fields = read_wiki(text)
    assert fields["title"] == (one_line(headline) or "Release without a headline")
    assert fields.get("publisher", "") == one_line(agency)
    assert not re.search(r"''|~~~|__", text)


@given(hostile, hostile)
def test_csl_json_gives_every_value_back(headline: str, agency: str) -> None:
    (item,) = json.loads(citations.csl_json(cite(made(headline, agency))))
    assert item["title"] == (one_line(headline) or "Release without a headline")
    assert item.get("author", [{"literal": ""}])[0]["literal"] == one_line(agency)
    assert item["issued"] == {"date-parts": [[2023, 6]]}


@given(hostile, hostile)
def test_the_plain_citation_is_one_line(headline: str, agency: str) -> None:
    text = citations.plain(cite(made(headline, agency)))
    assert len(text.splitlines()) == 1
    assert one_line(headline) in text


@given(st.text(max_size=60))
def test_an_address_stays_within_its_field(rest: str) -> None:
    release = Release(id="x", headline="h", body="", url="https://e.example/" + rest)
    cited = cite(release)
    bib = read_bibtex(citations.bibtex(cited))
    ris = read_ris(citations.ris(cited))
    wiki = read_wiki(citations.wiki(cited))
    assert bib["url"] == ris["UR"]
    assert unquote(wiki["url"]) == unquote(bib["url"])
    assert not re.search(r"[\s{}\\|<>\"]", bib["url"])


def test_every_format_says_the_whole_of_it() -> None:
    cited = cite(BRIDGE)
    assert citations.plain(cited) == (
        "Harbour Office, “R&D: 50% of {roads} & bridges_#1 | done~”, press release, 5 November 2023, "
        f"https://island.example/a?b=1&c=2#d, archived at Dateline: {HERE}, accessed 22 November 2026."
    )
    bib = read_bibtex(citations.bibtex(cited))
    assert bib["key"].startswith("harbour-office-2023-")
    assert (bib["url"], bib["urldate"]) == (BRIDGE.url, "2026-11-22")
    assert HERE in bib["note"]
    ris = read_ris(citations.ris(cited))
    assert (ris["TY"], ris["DA"], ris["Y2"]) == ("GOVDOC", "2023/11/05/", "2026/11/22/")
    (item,) = json.loads(citations.csl_json(cited))
    assert item["issued"] == {"date-parts": [[2023, 11, 5]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 22]]}
    assert (item["type"], item["genre"], item["URL"]) == ("webpage", "Press release", BRIDGE.url)
    wiki = read_wiki(citations.wiki(cited))
    assert (wiki["date"], wiki["access-date"]) == ("2023-11-05", "2026-11-22")


@pytest.mark.parametrize("day", [None, "--11-05"])
def test_no_year_is_invented(day: str | None) -> None:
    release = Release(id="x", headline="h", body="", date=day, url="javascript:alert(1)")
    cited = cite(release)
    assert not {"year", "date", "month"} & set(read_bibtex(citations.bibtex(cited)))
    assert not {"PY", "DA"} & set(read_ris(citations.ris(cited)))
    assert "issued" not in citations.csl_object(cited)
    assert "date" not in read_wiki(citations.wiki(cited))
    assert cited.url == HERE
    assert "Unattributed" not in citations.plain(cited)


FORGED = "Two lines\r\nAU  - Nobody <b>&amp; co</b>\u2028TI  - Another\x85ER  - "


def test_a_downloaded_record_has_one_headline_whatever_stands_in_it(tmp_path: Path) -> None:
    """By the address itself: no line of a headline becomes a field of its own, no markup is lost."""
    release = Release(
        id="x", headline=FORGED, body="Words.", agency=Agency("a", "Office\nTI  - Third")
    )
    write(tmp_path / "index", [release])
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    ris = client.get("/release/x.ris").get_data(as_text=True)
    assert len(ris.splitlines()) == ris.count("\r\n")
    fields = read_ris(ris)
    assert fields["TI"] == one_line(FORGED)
    assert fields["AU"] == "Office TI - Third"
    bib = read_bibtex(client.get("/release/x.bib").get_data(as_text=True))
    assert without_bibtex(bib["title"]) == one_line(FORGED)
    (item,) = client.get("/release/x.csl.json").get_json(force=True)
    assert item["title"] == one_line(FORGED)
    assert read_wiki(client.get("/release/x.wiki").get_data(as_text=True).strip())[
        "title"
    ] == one_line(FORGED)
    assert one_line(FORGED) in client.get("/release/x.txt").get_data(as_text=True)


def test_a_language_stays_within_its_line() -> None:
    cited = cite(replace(BRIDGE, language="en\r\nER  - \u2028x"))
    lines = citations.ris(cited).split("\r\n")
    assert "LA  - en ER - x" in lines
    assert [line for line in lines if line.startswith("ER")] == ["ER  - "]
    assert "  langid = {en ER - x}," in citations.bibtex(cited).splitlines()
