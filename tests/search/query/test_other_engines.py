"""What people bring from other engines is done, or it is said that it is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search import Engine, SearchRequest
from tests.search.search_corpus import engine_over, make

STORM = [
    make("a", "Storm relief", "MERA sent aid. The harbour light near the old pier. It fell -0.4%.",
         date="2007-03-05", agency="customs", url="https://press.gov.example/a.html"),
    make("b", "Storm report", "No body here. The light of the harbour.",
         date="2008-06-01", url="https://gov.example/b.html"),
    make("c", "Budget deficit grows", "The budget and its large deficit. Women and woman.",
         date="2009-12-31"),
    make("d", "Do not travel", "Tax cuts. Bill of national security.", date="2005"),
]  # fmt: skip


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("storm") / "index", STORM) as engine:
        yield engine


@pytest.mark.parametrize(
    ("typed", "found", "codes"),
    [
        ("harbour NEAR/5 light", "ab", ["read-near"]),
        ("light NEAR/5 harbour", "ab", ["read-near"]),
        ("light near/5 harbour", "ab", ["read-near"]),
        ("light Near/5 harbour", "ab", ["read-near"]),
        ("harbour AROUND(5) light", "ab", ["read-near"]),
        ("harbour around(5) light", "ab", ["read-near"]),
        ("harbour W/5 light", "ab", ["read-near"]),
        ("harbour PRE/1 light", "a", ["read-near"]),
        ("harbour NEAR/999 light", "ab", ["distance-narrowed", "read-near"]),
        ("har?our", "ab", []),
        ("wom?n", "c", []),
        ("*bour", "ab", []),
        ("h*r", "", ["wildcard-short"]),
        ('"national secur*"', "d", []),
        ('"bill * national"', "d", []),
        ('"* deficit"', "c", ["wildcard-ignored"]),
        ("storm^2", "ab", []),
        ("storm^99", "ab", ["boost-narrowed"]),
        ("title:storm", "ab", []),
        ("intitle:storm", "ab", []),
        ("before:2007", "d", ["read-date"]),
        ("before:June 2007", "ad", ["read-date"]),
        ("after:2007", "bc", ["read-date"]),
        ("year:2007", "a", ["read-date"]),
        ("date:March 2007", "a", ["read-date"]),
        ("date:>2007", "bc", ["read-date"]),
        ("date:03/2007", "a", ["read-date"]),
        ("site:gov.example", "ab", ["read-site"]),
        ("site:press.gov.example", "a", ["read-site"]),
        ("id:b", "b", []),
        ('"budget deficit"~3', "c", []),
        ('"deficit budget"~5', "", []),
        ('"harbour light pier"/3', "a", []),
        ("2 OF (storm mera report)", "ab", []),
        ("2 of (storm mera report)", "ab", []),
        ("9 OF (storm mera)", "a", ["least-narrowed"]),
        ("0 OF (storm mera)", "", ["operator-unknown"]),
        ("storm !mera", "b", ["read-not"]),
        ("storm -mera", "b", ["read-not"]),
        ("!storm", "cd", ["read-not", "only-without"]),
        ("fell -0.4%", "a", ["read-minus"]),
        ("fell - 0.4", "a", []),
        ("DO NOT TRAVEL", "d", ["read-capitals"]),
        ("MERA OR BUDGET", "ac", ["read-or"]),
        ("STORM NOT MERA", "b", ["read-not"]),
        ("STORM AND NOT MERA", "b", ["read-not"]),
        ("STORM BUT NOT MERA", "b", ["read-not"]),
        ("(STORM) NOT (MERA)", "b", ["read-not"]),
        ('"STORM RELIEF" NOT BUDGET', "a", ["read-not"]),
        ("STORM -MERA", "b", ["read-not"]),
        ("NOT TRAVEL", "d", ["read-capitals"]),
        ("STORM OR NOT TRAVEL", "d", ["read-capitals", "read-or"]),
        ("TAX AND CUTS", "d", ["read-capitals", "function-words"]),
        ("tax NOT travel", "", ["read-not"]),
        ("storm headline:-report", "a", ["read-not"]),
        ("storm headline:!report", "a", ["read-not"]),
        ('storm headline:-"storm report"', "a", ["read-not"]),
        ("storm headline:-(report OR budget)", "a", ["read-or", "read-not"]),
        ("storm agency:-customs", "b", ["read-agency", "read-not"]),
        ("storm agency:-Harbour Customs", "b", ["read-agency", "read-not"]),
        ("storm agency:–harbour-customs", "b", ["read-agency", "read-not"]),
        ("storm site:-press.gov.example", "b", ["read-site", "read-not"]),
        ("storm -agency:-customs", "a", ["read-agency"]),
        ("storm language:-en-US", "", ["read-not"]),
        ("storm language:en-US", "ab", []),
        ("storm XOR mera", "", ["operator-unknown"]),
        ("storm /s mera", "a", ["operator-left-out"]),
        ("storm w/para mera", "a", ["operator-left-out"]),
        ("light /5 harbour", "ab", ["read-near"]),
        ('"light" /5 harbour', "ab", ["read-near"]),
        ("light N5 harbour", "ab", ["read-near"]),
        ("harbour W1 light", "a", ["read-near"]),
        ("harbour w1 light", "", []),
        ("ti:storm", "ab", []),
        ("hd:storm", "ab", []),
        ("TI=storm", "ab", []),
        ("HEADLINE(storm mera)", "", ["read-field"]),
        ("HEADLINE(storm)", "ab", ["read-field"]),
        ("hlead(storm) mera", "a", ["operator-left-out"]),
        ("ti,ab(storm AND mera)", "a", ["operator-left-out"]),
        ("atleast2(mera) storm", "a", ["operator-left-out"]),
        ("storm[ti] mera[MeSH Terms]", "a", ["operator-left-out"] * 2),
        ('"budget deficit"[tiab]', "c", ["operator-left-out"]),
        ("mera.ti,ab. storm", "a", ["operator-left-out"]),
        ("filetype:pdf mera", "a", ["field-left-out"]),
        ("su:mera storm", "a", ["field-left-out"]),
        ("allintitle: storm mera", "a", ["field-left-out"]),
        ("storm date>2006", "ab", ["read-date"]),
        ("sto!", "", []),
        ("stor! mera", "a", ["read-truncation"]),
        ("storm! mera", "a", []),
        ("wom!n", "", ["operator-unknown"]),
        ("storm +s mera", "", ["operator-unknown"]),
        ("storm +3 mera", "", ["operator-unknown"]),
        ("stor$", "ab", ["read-truncation"]),
        ("sto$", "", ["operator-unknown"]),
        ("storm^", "ab", ["operator-unknown"]),
        ("inurl:press", "", ["field-unknown"]),
        ("year:abc", "abcd", ["date-unreadable", "nothing-to-search"]),
    ],
)  # fmt: skip
def test_what_people_bring_is_done_or_said(
    storm: Engine, typed: str, found: str, codes: list[str]
) -> None:
    results = storm.search(SearchRequest(typed, match="strict"))
    assert "".join(sorted(hit.release.id for hit in results.hits)) == found
    told = [each.code for each in results.notices]
    assert [code for code in told if code not in _NOTHING_FOUND] == codes


_NOTHING_FOUND = ("words-unknown", "strict", "nothing-found")


@pytest.mark.parametrize(
    ("typed", "undone"),
    [
        ("stor! mera", "stor mera"),
        ("HEADLINE(storm)", "HEADLINE (storm)"),
        ("hlead(storm)", "hlead (storm)"),
        ("storm w/p mera", 'storm "w/p" mera'),
        ("mera[ti]", '"mera[ti]"'),
        ("mera filetype:pdf", 'mera "filetype:pdf"'),
        ("light N5 harbour", "light AND harbour"),
    ],
)
def test_what_is_read_of_other_engines_can_be_taken_back(
    storm: Engine, typed: str, undone: str
) -> None:
    (said,) = storm.search(SearchRequest(typed, match="strict")).notices
    assert said.undo is not None
    assert said.undo.text == undone
    again = {each.code for each in storm.search(said.undo).notices}
    assert said.code not in again


@pytest.mark.parametrize(
    "text",
    [
        *("storm date(s)", "storm text(s)", "storm N/A", "storm and/or", "w/o", "AU: storm mera"),
        *("storm 24/7", "storm (S)", "www.gov.example.", "storm w/ mera", "HEADLINE (storm)"),
    ],
)
def test_what_looks_like_an_operator_of_elsewhere_is_text(storm: Engine, text: str) -> None:
    """A plural in brackets and a slash between letters are as texts have them."""
    codes = {each.code for each in storm.search(SearchRequest(text)).notices}
    said = {"operator-unknown", "field-unknown", "operator-left-out", "field-left-out"}
    assert not codes & {*said, "read-field", "read-near", "read-truncation"}


def test_a_plus_before_a_word_alone_is_no_operator_of_elsewhere(storm: Engine) -> None:
    assert storm.search(SearchRequest("+storm +relief")).notices == ()
    assert storm.search(SearchRequest("storm +3")).notices[0].code != "operator-unknown"
