"""What people type is read as the query language says; nothing is left out without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import And, AndMaybe, AndNot, Every, NullQuery, Or, Phrase, Query

from index.release import Agency
from index.text.analysis import MAX_TERM
from search.paging import MAX_PAGED, MAX_PER_PAGE
from search.query.at_least import AtLeast
from search.query.combined_fields import CombinedFields
from search.query.expansion import MAX_FUZZY_TERMS
from search.query.lexer import MAX_NEAR, MAX_QUERY, MAX_SLOP
from search.query.modifiers import MIN_PREFIX
from search.query.neighbours import MAX_DEPTH, MAX_INEXACT, MAX_WORDS
from search.query.notices import SENTENCES
from search.query.parsed_query import ParsedQuery
from search.query.parser import parse_query
from search.query.positional import MAX_ALTERNATIVES, MAX_PHRASES
from search.query.ranked_by import RankedBy
from search.query.segmentation import words_of_run
from search.request import SearchRequest
from tests.search.search_corpus import AGENCIES
from tests.timing import HOSTILE_RATIO, processor_time

LANGUAGES = ("en", "zh-Hant", "zh-Hans", "de")
SYNTAX = st.text(
    alphabet=st.one_of(
        st.sampled_from('ab OR AND NOT -"()|*~=:.,“”「」（）：年月日十一26&'), st.characters()
    ),
    max_size=120,
)
PIECES = st.lists(
    st.sampled_from(
        ["OR", "AND", "NOT", "-", "(", ")", '"', "ferry", "tax*", "tax~", "=tax", "headline:",
         "date:", "date:2023", "agency:", "agency:health", "|", "November", "26", "海關", "~2", "*",
         "十一月二十六日", "11月26日", "language:en", "[2011 to", "2023-11-05", "R&D", " ", "a/b"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


def read(text: str, match: str = "all") -> ParsedQuery:
    return parse_query(SearchRequest(text, match=match), ("en",), tuple(AGENCIES.values()))


def shape(text: str, match: str = "all") -> str:
    """What must match, in short: words over headline and body as the words alone."""
    query = str(matching(read(text, match).query))
    for word in ("a", "b", "c", "d", "x", "y", "or"):
        query = query.replace(f"(headline:{word} OR body:{word})", word)
    return query


def matching(query: Query) -> Query:
    """A query without what only ranks."""
    if isinstance(query, RankedBy):
        return matching(query.a)
    if isinstance(query, AndMaybe | AndNot):
        return type(query)(matching(query.a), matching(query.b))
    if isinstance(query, CombinedFields):
        terms = query.subqueries
        return terms[0] if len(terms) == 1 else Or(terms, boost=query.boost)
    if isinstance(query, AtLeast):
        return query.apply(matching)
    if type(query) in (And, Or):
        return type(query)([matching(each) for each in query.subqueries], boost=query.boost)
    if type(query) is Phrase:
        return Phrase(query.fieldname, query.words, query.slop)
    return query


def codes(text: str) -> list[str]:
    return [notice.code for notice in read(text).notices]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a b", "(a AND b)"),
        ("a OR b", "(a OR b)"),
        ("a | b", "(a OR b)"),
        ("a||b", "(a OR b)"),
        ("a｜b", "(a OR b)"),
        ("a OR b c", "((a OR b) AND c)"),
        ("a b OR c", "(a AND (b OR c))"),
        ("a AND b OR c AND d", "((a AND b) OR (c AND d))"),
        ("a && b", "(a AND b)"),
        ("a -b", "(a ANDNOT b)"),
        ("a !b", "(a ANDNOT b)"),
        ("a ANDNOT b", "(a ANDNOT b)"),
        ("A OR b", "(a OR b)"),
        ("A OR B", "(a OR b)"),
        ("a NOT B", "(a ANDNOT b)"),
        ("title:a", "headline:a"),
        ("text:a", "body:a"),
        ("‘a b’", '(headline:"a b" OR body:"a b")'),
        ("‘a’s b’ c", '((headline:"a b" OR body:"a b") AND c)'),
        ("id:x.1", "(id:x.1 OR alias:x.1)"),
        ("a NOT b", "(a ANDNOT b)"),
        ("a −b", "(a ANDNOT b)"),
        ("a —b", "(a ANDNOT b)"),
        ("a AND NOT b", "(a ANDNOT b)"),
        ("a BUT NOT b", "(a ANDNOT b)"),
        ("a AND BUT NOT b", "(a ANDNOT b)"),
        ("a -(b OR c)", "(a ANDNOT (b OR c))"),
        ("a NOT NOT b", "(a AND b)"),
        ("-a", "(None:* ANDNOT a)"),
        ("a OR -b", "(a OR (None:* ANDNOT b))"),
        ("(a b) OR (c d)", "((a AND b) OR (c AND d))"),
        ("（a b）OR（c d）", "((a AND b) OR (c AND d))"),
        ("headline:(a OR b)", "(headline:a OR headline:b)"),
        ("HEADLINE:a", "headline:a"),
        ("headline：a", "headline:a"),
        ("body:a", "body:a"),
        ('headline:"a b"', 'headline:"a b"'),
        ("a - b", "(a AND b)"),
        ("+a -b", "(a ANDNOT b)"),
        ("a/b", '(headline:"a b" OR body:"a b")'),
        ("a,b", "(a AND b)"),
        ("agency:Board of Health a", "(a AND agency:board-of-health)"),
        ("agency:Agency 1", "agency:agency-1"),
        ("agency:agency-1", "agency:agency-1"),
        ('agency:"Board of Health"', "agency:board-of-health"),
        ("agency:health", "agency:board-of-health"),
        ("-agency:health a", "(a ANDNOT agency:board-of-health)"),
        ("date:none", "first_day:[0 TO 0]"),
        ("date:2023", "(first_day:[20230101 TO 99991231] AND last_day:[1 TO 20231231])"),
        ("date:2023-06", "(first_day:[20230601 TO 99991231] AND last_day:[1 TO 20230631])"),
        ("date:202306", "(first_day:[20230601 TO 99991231] AND last_day:[1 TO 20230631])"),
        ("date:2023/6", "(first_day:[20230601 TO 99991231] AND last_day:[1 TO 20230631])"),
        ("date:2023-06-30", "(first_day:[20230630 TO 99991231] AND last_day:[1 TO 20230631])"),
        ('date:"June 2023"', "(first_day:[20230601 TO 99991231] AND last_day:[1 TO 20230631])"),
        ("date:June-2023", "(first_day:[20230601 TO 99991231] AND last_day:[1 TO 20230631])"),
        ("date:5.6.2023", "(first_day:[20230605 TO 99991231] AND last_day:[1 TO 20230605])"),
        (
            'date:"January 2022 to 5 June 2023"',
            "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 20230605])",
        ),
        ("date:June 2023", "(first_day:[20230601 TO 99991231] AND last_day:[1 TO 20230631])"),
        ("date:>2022", "(first_day:[20230101 TO 99991231] AND last_day:[1 TO 99991231])"),
        ("after:2022", "(first_day:[20230101 TO 99991231] AND last_day:[1 TO 99991231])"),
        ("date:<2023-03", "(first_day:[1 TO 99991231] AND last_day:[1 TO 20230231])"),
        ("before:2023-03", "(first_day:[1 TO 99991231] AND last_day:[1 TO 20230231])"),
        ("since:2022", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 99991231])"),
        ("until:2022", "(first_day:[1 TO 99991231] AND last_day:[1 TO 20221231])"),
        ("year:2023", "(first_day:[20230101 TO 99991231] AND last_day:[1 TO 20231231])"),
        ("date:2022-2023", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 20231231])"),
        ("date:2022 - 2023", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 20231231])"),
        ("date:{2021 TO 2023}", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 20221231])"),
        ("date:[2022 TO *]", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 99991231])"),
        (
            "date:5 March 2022 to June 2023 a",
            "(a AND (first_day:[20220305 TO 99991231] AND last_day:[1 TO 20230631]))",
        ),
        ("date:2022..2023-02", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 20230231])"),
        ("date:2022..", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 99991231])"),
        ("date:..2022", "(first_day:[1 TO 99991231] AND last_day:[1 TO 20221231])"),
        ("date:>=2022", "(first_day:[20220101 TO 99991231] AND last_day:[1 TO 99991231])"),
        ("date:[2011 to 2012]", "(first_day:[20110101 TO 99991231] AND last_day:[1 TO 20121231])"),
        ("language:en a", "(a AND language:en)"),
        ("=tax", "(headline_exact:tax OR body_exact:tax)"),
    ],
)
def test_reads_as_documented(typed: str, expected: str) -> None:
    assert shape(typed) == expected


@pytest.mark.parametrize(
    ("apart", "joined"),
    [("r & d", "r&d"), ("U S", "U.S."), ("U.S", "U.S."), ("U. S. A.", "U.S.A."), ("R ＆ D", "R&D")],
)
def test_initials_may_stand_apart(apart: str, joined: str) -> None:
    assert read(apart).query == read(joined).query


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a b", "(a OR b)"),
        ("+a b c", "(a ANDMAYBE (b OR c))"),
        ("a b -c", "((a OR b) ANDNOT c)"),
        ("a b agency:health", "((a OR b) AND agency:board-of-health)"),
    ],
)
def test_any_of_the_words_still_excludes_and_filters(typed: str, expected: str) -> None:
    assert shape(typed, match="any") == expected


@pytest.mark.parametrize(
    "quoted",
    [
        '"a b"',
        "“a b”",
        "„a b“",
        "«a b»",
        "「a b」",
        "『a b』",
        "＂a b＂",
        "'a b'",
        '""a b""',
        "''a b''",
    ],
)
def test_every_kind_of_quotation_mark_makes_a_phrase(quoted: str) -> None:
    assert shape(quoted) == '(headline:"a b" OR body:"a b")'


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a -", "ignored"),
        ("a - ", "ignored"),
        ("* a", "ignored"),
        ("(a", "bracket-unmatched"),
        ("a)", "bracket-unmatched"),
        ('"a b', "quote-closed"),
        ('a "', "quote-unmatched"),
        ('a 12" b', "quote-unmatched"),
        ("a OR", "operator-unused"),
        ("OR a", "operator-unused"),
        ("a NOT", "operator-unused"),
        ("a AND", "operator-unused"),
        ("a OR b", "read-or"),
        ("a -b", "read-not"),
        ("-a", "only-without"),
        ("November 26", "read-day"),
        ("agency:health", "read-agency"),
        ("agency:nobody", "agency-unknown"),
        ("date:2023", "read-date"),
        ("date:[2011 to", "date-unreadable"),
        ("date:'last month'", "date-unreadable"),
        ("date:2023-13", "date-unreadable"),
        ("date:2024..2023", "date-unreadable"),
        ("date:2006-02-31", "date-unreadable"),
        ("date:2006..2006-02-31", "date-unreadable"),
        ("date:..", "date-unreadable"),
        ("date:>9999", "date-unreadable"),
        ("date:>=9999..", "date-unreadable"),
        ("language:tlh a", "language-unknown"),
        ("headline: a", "field-spaced"),
        ("a headline:", "field-empty"),
        ("(headline: ) a", "field-empty"),
        ("a NEAR(5) b", "read-near"),
        ("a NEAR(n=5) b", "read-near"),
        ("a adj5 b", "read-near"),
        ("a w/s b", "operator-left-out"),
        ("a PRE/S b", "operator-left-out"),
        ("HEADLINE(ferry)", "read-field"),
        ("ti(ferry)", "read-field"),
        ("atleast5(ferry)", "operator-left-out"),
        ("ferry date>2005", "read-date"),
        ("*on", "wildcard-short"),
        ("w*n", "wildcard-short"),
        ("a?b", "wildcard-short"),
        ("a*", "wildcard-short"),
        ("海*關", "wildcard-ignored"),
        ('"* ferry"', "wildcard-ignored"),
        ('"ferry *"', "wildcard-ignored"),
        ("a NEAR/5 b", "read-near"),
        ("-a NEAR b", "near-unread"),
        ("(a b) NEAR c", "near-unread"),
        ("a NEAR", "operator-unused"),
        ("NEAR a", "operator-unused"),
        ("a NEAR/101 b", "distance-narrowed"),
        ('"a b"~21', "distance-narrowed"),
        ("inflation -0.4%", "read-minus"),
        ("covid -19", "read-minus"),
        ("Ministerinnen und -minister", "read-hyphen"),
        ("inn- og -utland", "read-hyphen"),
        ("und -minister", "read-not"),
        ("cats and -dogs", "read-not"),
        ("site:nobody.example.", "read-site"),
        ("paid 91 000", "read-number"),
        ("DO NOT TRAVEL", "read-capitals"),
        ("TAX AND CUTS", "function-words"),
        ("a XOR b", "operator-unknown"),
        ("a ADJ b", "operator-unknown"),
        ("a SAME/3 b", "operator-unknown"),
        ("a NEAR/x b", "operator-unknown"),
        ("a /s b", "operator-left-out"),
        ("a /3 b", "read-near"),
        ("ferry^", "operator-unknown"),
        ("ferry^x", "operator-unknown"),
        ("a N/5 b", "read-near"),
        ("a NEAR5 b", "read-near"),
        ("a ONEAR/5 b", "read-near"),
        ("/reg.x/", "operator-unknown"),
        ("2003..2005", "operator-unknown"),
        ("filetype:pdf", "field-left-out"),
        ("related: x", "field-unknown"),
        ("0 OF (a b)", "operator-unknown"),
        ('"ferry light"/0', "operator-unknown"),
        ("ferry ! light", "ignored"),
        ("ferry + light", "ignored"),
        ("a^99", "boost-narrowed"),
        ("3 OF (a b)", "least-narrowed"),
        ("e~2", "fuzzy-narrowed"),
        ("*", "nothing-to-search"),
        ("(", "nothing-to-search"),
        ('"', "nothing-to-search"),
        ("-", "nothing-to-search"),
        ("a " * (MAX_WORDS + 1), "words-cut"),
        ("a" * (MAX_QUERY + 1), "query-cut"),
        ("ferry* " * (MAX_INEXACT + 1), "inexact-cut"),
        ("a" * 101, "word-cut"),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), "brackets-too-deep"),
    ],
)
def test_says_what_it_ignored_or_read_as_an_operator(typed: str, code: str) -> None:
    assert code in codes(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "ferry",
        "to be or not to be",
        "R&D",
        "U.S.",
        "COVID-19",
        '"a b"',
        "",
        "  ",
        "a/b",
        "R & D",
        "health & safety",
        "paper - 2",
        "who is it?",
        "why? because",
        "10:30",
        "http://a.b/c?d",
        "wom?n",
        "wom*n",
        "*phobia",
        '"ferry ta* light"',
        '"ferry * light"',
        "ferry^2",
        "10^6",
        "2 OF (a b c)",
        '"a b c"/2',
        "C++",
        "‘a b’",
        "Hawai‘i",
    ],
)
def test_is_silent_where_there_is_nothing_to_say(typed: str) -> None:
    assert codes(typed) == []


def test_an_open_phrase_ends_before_a_filter_or_at_the_end() -> None:
    assert shape('fair "a b') == shape('fair "a b"')
    assert shape('"a b agency:health') == shape('"a b" agency:health')
    assert shape("fair “a b") == shape('fair "a b"')


@pytest.mark.parametrize(
    ("typed", "code", "undone"),
    [
        ("covid -19", "read-minus", "covid NOT 19"),
        ("Wege oder -straßen", "read-hyphen", "Wege oder NOT straßen"),
        ("flood -2007", "read-not", "flood 2007"),
        ("katrina !fema", "read-not", "katrina fema"),
        ("DO NOT TRAVEL", "read-capitals", "do NOT travel"),
        ("paid 12 345 678", "read-number", "paid 12 AND 345 AND 678"),
        ("harbour NEAR/3 ferry", "read-near", "harbour AND ferry"),
        ("date:March 2007 fair", "read-date", "fair"),
        ("now OR never", "read-or", "now or never"),
        ("fair date:soon", "date-unreadable", "fair"),
        ("agency:nobody fair", "agency-unknown", "nobody fair"),
        ("November 26 fair", "read-day", '"November 26" fair'),
        ('fair "ferry pier', "quote-closed", "fair ferry pier"),
        ('fair "ferry OR pier"', "operator-quoted", "fair (ferry OR pier)"),
        ('headline:"ferry NOT pier"', "operator-quoted", "headline:(ferry NOT pier)"),
    ],
)
def test_undo_takes_the_reading_back(typed: str, code: str, undone: str) -> None:
    notice = next(each for each in read(typed).notices if each.code == code)
    assert notice.undo is not None
    assert notice.undo.text == undone
    assert code not in codes(undone)


@pytest.mark.parametrize("typed", ['"ferry or pier"', '"FERRY OR PIER"', '"OR"', 'OR "ferry"'])
def test_words_in_quotation_marks_that_are_no_operator_elsewhere(typed: str) -> None:
    assert "operator-quoted" not in codes(typed)


def test_undo_keeps_the_filters_and_drops_the_page() -> None:
    request = SearchRequest("a -b", agencies=("x",), page=7)
    undo = parse_query(request).notices[0].undo
    assert undo == SearchRequest("a b", agencies=("x",), page=1)


@given(st.one_of(SYNTAX, PIECES, st.text()))
def test_never_raises_and_always_gives_a_query_and_known_notices(text: str) -> None:
    for match in ("all", "any"):
        reading = parse_query(SearchRequest(text, match=match), LANGUAGES)
        assert isinstance(reading.query, Query) or reading.query == NullQuery
        assert {each.code for each in reading.notices} <= set(SENTENCES)
        for word in reading.words:
            assert 0 <= word.start < word.end <= len(reading.text)


@given(SYNTAX)
def test_every_release_is_shown_only_with_a_notice_or_for_no_text(text: str) -> None:
    reading = parse_query(SearchRequest(text), LANGUAGES)
    if reading.query == Every() and text.strip():
        assert reading.notices or not reading.text.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 200_000,
        "(" * 1_000,
        "(" * 500 + "a" + ")" * 500,
        "NOT " * 250,
        "- " * 500,
        '"' * 999,
        "a OR " * 250,
        "海" * 200_000,
        "11月26日" * 200,
        "1/" * 500,
        "agency:a " * 120,
        "~2 " * 300,
        "date:" * 200,
    ],
)
def test_hostile_searches_cost_about_what_ordinary_ones_do(typed: str) -> None:
    def read(text: str) -> ParsedQuery:
        return parse_query(SearchRequest(text), LANGUAGES, tuple(AGENCIES.values()))

    usual = processor_time(lambda: read("harbour ferry " * 70), runs=3)
    assert processor_time(lambda: read(typed)) < HOSTILE_RATIO * usual
    reading = read(typed)
    assert len(list(reading.query.leaves())) < 2_000


@pytest.mark.parametrize(
    ("typed", "ignored"),
    [
        ("WHO report malaria", []),
        ("who report malaria", ["who"]),
        ("WHO REPORT MALARIA", ["WHO"]),
        ("us troops iraq", []),
        ("I saw A ferry", ["I, A"]),
        ("3 per cent rise", []),
        ("bill on pier fees", ["on"]),
        ("bill on line fees", []),
    ],
)
def test_acronyms_and_halves_of_a_word_are_no_function_words(
    typed: str, ignored: list[str]
) -> None:
    notices = read(typed).notices
    assert [said.values[0] for said in notices if said.code == "function-words"] == ignored


@pytest.mark.parametrize(
    ("typed", "ignored"), [("O Connor visits", []), ("o porto e cidade", ["o, e"])]
)
def test_initials_are_no_words_of_another_language(typed: str, ignored: list[str]) -> None:
    notices = parse_query(SearchRequest(typed), ("en", "pt")).notices
    assert [said.values[0] for said in notices if said.code == "function-words"] == ignored


def test_limits_hold_at_their_edges() -> None:
    assert "words-cut" not in codes("a " * MAX_WORDS)
    assert "inexact-cut" not in codes("ferry~ " * MAX_INEXACT)
    assert "brackets-too-deep" not in codes("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    assert "wildcard-short" not in codes("a" * MIN_PREFIX + "*")
    assert "query-cut" not in codes(("a" * 9 + " ") * (MAX_QUERY // 10))


def test_names_of_agencies_are_words() -> None:
    agency = Agency("harbour-office", "北岸海港處")
    assert [word.text for word in words_of_run("北岸海港处公布", (agency,))] == [
        "北岸海港处",
        "公布",
    ]


def test_the_page_on_the_query_language_names_every_code_and_limit() -> None:
    page = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text(encoding="utf-8")
    assert {code for code in SENTENCES if f"`{code}`" not in page} == set()
    for limit in (MAX_QUERY, MAX_WORDS, MAX_INEXACT, MAX_TERM, MAX_DEPTH, MAX_SLOP, MAX_NEAR, MAX_PAGED, MAX_PER_PAGE,
                  MAX_ALTERNATIVES, MAX_PHRASES, MAX_FUZZY_TERMS):  # fmt: skip
        assert f"{limit:,}" in page
