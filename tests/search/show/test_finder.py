"""Spans by the compiled loops equal those of an analysis of the whole text, whatever the text."""

from __future__ import annotations

import os
import random
import re
from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.kernel import loop, switched_off
from index.text.analysis import expand, stem, tokens
from index.text.characters import character_classes
from index.text.folding import fold
from index.text.numerals import chinese_numbers
from index.text.raw_tokens import raw_token
from search.show import finder as finder_module
from search.show.finder import Finder, stem_prefixes
from search.show.multi_token_spans import stands_beside
from search.show.phrase_spans import phrase_spans
from search.show.spans import FieldPhrase, FieldQuery, Span, find_spans
from tests.index.kernel.fuzz_arguments import Always

compiled = pytest.mark.skipif(loop("find_spans") is None, reason="the kernel is not built")

PIECES = st.sampled_from(
    [
        "ferry", "Ferries", "ferrying", "hop", "hoping", "hopped", "Hope", "happy", "happiness",
        "dying", "die", "skies", "sky", "possible", "possibility", "policy", "policies", "as", "a",
        "us", "U.S.", "U.S", "u.s.a.", "N.A.S.A.", "D.Y.I.N.G.", "co-ordinate", "coordinate",
        "co‑ordinated", "O'Brien", "O’Brien’s", "pierʼs", "Board`s", "Qurʾān", "１，８００", "12，300", "OBrien", "Senator's", "R&D", "R＆D", "AT&T",
        "x-ferry-x", "2023", "2023-11-05", "20231105", "1200", "1,200", "1 200", "1 200.50",
        "3.5", "3.5ferry", "1,200ferry", "12 1 200", "covid19", "café", "Cafés", "naïve", "Straße",
        "ＦＥＲＲＹ", "İstanbul", "ſky", "\u212bngstrom", "\u212aelvin", "e\u0301t\u0301e",
        "衞生署", "衛生署", "卫生", "海港", "港", "海", "\uf900", "人人人", "十一月二十六日",
        "か\u3099く", "ไทย", "한국", "москва", "November", "26", "26th",
        "Hawai‘i", "Hawaiʻi", "hawai`i", "C++", "C#", ".NET", "++", "#", "2",
        " ", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u202f", ",", ", ", ".", ". ", "-",
        "'", "’", "—", "(", ")", '"', "/", "_", "&", "＆", "·", "•", "…", "²", "@", "\u3000", "。",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)
LONG = st.builds(
    lambda words, times: "".join(words) * times,
    st.lists(PIECES, min_size=1, max_size=30),
    st.integers(1, 30),
)
LANGUAGES = st.sampled_from(["en", "und", "zh-Hant", "fr", "ja"])


@st.composite
def queries_on(draw: st.DrawFn, text: str, language: str) -> FieldQuery:
    """Terms and phrases from the text itself and from another one."""
    found = [*tokens(text, language), *tokens(draw(TEXTS), language)]
    stems = [token.stem for token in found] or ["ferri"]
    exacts = [token.exact for token in found if token.exact] or ["ferry"]
    query = FieldQuery()
    for name, choice in (("stems", stems), ("exacts", exacts)):
        if choice:
            chosen = draw(st.lists(st.sampled_from(choice), max_size=3))
            setattr(query, name, {each: draw(st.integers(0, 3)) for each in chosen})
    for _ in range(draw(st.integers(0, 2))):
        start, size = draw(st.integers(0, len(stems) - 1)), draw(st.integers(2, 3))
        words = tuple(stems[start : start + size])
        if len(words) > 1:
            query.phrases.append(FieldPhrase(words, draw(st.integers(1, 3)), 4))
    return query


def beyond(text: str) -> bool:
    """Whether a text has characters that the loops leave to the analysis."""
    return any(ord(char) > 0xFFFF for char in text)


def has_phrases_of_many_tokens(query: FieldQuery, text: str) -> bool:
    """Whether a phrase has a word that several raw tokens may give."""
    words = [word for phrase in query.phrases for word in phrase.words]
    numerals = any(chinese_numbers(text)) and any(word.isdecimal() for word in words)
    return numerals or any(map(stands_beside, [*query.exacts, *words]))


@compiled
@settings(max_examples=1500)
@given(st.data(), TEXTS | LONG, LANGUAGES)
def test_equal_to_a_whole_analysis(data: st.DataObject, text: str, language: str) -> None:
    query = data.draw(queries_on(text, language))
    found = Finder(query, language).spans(text)
    if found is None:
        assert beyond(text) or has_phrases_of_many_tokens(query, text)
    else:
        assert found == find_spans(text, query, language)


@compiled
@pytest.mark.parametrize("mark", list("'’‘ʻʼʽʾʿ`´"))
def test_a_possessive_takes_one_position_whatever_its_apostrophe(mark: str) -> None:
    query = FieldQuery(phrases=[FieldPhrase(("ferri", "hop"), 2, 4)])
    text = f"The ferry Board{mark}s hop"
    assert [text[start:end] for start, end, _ in Finder(query, "en").spans(text) or ()] == [
        "ferry",
        "hop",
    ]


@compiled
@settings(max_examples=500)
@given(st.data(), st.text(max_size=60), LANGUAGES)
def test_equal_for_any_characters(data: st.DataObject, text: str, language: str) -> None:
    query = data.draw(queries_on(text, language))
    found = Finder(query, language).spans(text)
    assert found == find_spans(text, query, language) or (
        found is None and (beyond(text) or has_phrases_of_many_tokens(query, text))
    )


ENDINGS = st.sampled_from(["ing", "king", "s", "ries", "é", "2", "g's"])
ENDING_SO = st.sampled_from(
    ["making", "MAKING", "ing", "in", "g", "ferries", "ma-king", "low-ing's", "måking", "making2",
     "2king", "m_king", "makin\u0301g", "Making,", "香港king", "ﬁxing", "kings", "rosé", "b2b",
     "x" * 57 + "ing", "x" * 58 + "ing", "x" * 97 + "ingly", "x" * 97 + "king"]
)  # fmt: skip


@compiled
@given(st.lists(ENDING_SO, max_size=8), st.lists(ENDINGS, min_size=1, max_size=2), LANGUAGES)
def test_words_looked_for_by_their_ending_are_those_of_a_whole_analysis(
    words: list[str], endings: list[str], language: str
) -> None:
    """Of which the loop passes over most, without asking."""
    query = FieldQuery(patterns={f"*{each}": at for at, each in enumerate(endings)})
    text = " ".join(words)
    assert Finder(query, language).spans(text) == find_spans(text, query, language)


@compiled
@pytest.mark.parametrize("slop", [1, 2, 3, 9])
def test_a_phrase_reaches_as_far_as_its_slop_and_no_further(slop: int) -> None:
    query = FieldQuery(phrases=[FieldPhrase(("tax", "coin"), slop, 0)])
    for between in (slop - 1, slop):
        text = "tax " + "on " * between + "coin"
        found = Finder(query, "en").spans(text)
        assert found == find_spans(text, query, "en")
        assert bool(found) == (between < slop)


@compiled
def test_no_more_raw_tokens_are_remembered_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder_module, "MAX_REMEMBERED", 3)
    text = " ".join(f"ferry{number} ferries" for number in range(10))
    query = FieldQuery(stems={"ferri": 0, "ferry7": 1})
    able = Finder(query, "en")
    for _ in range(2):
        assert able.spans(text) == find_spans(text, query, "en")
    assert len(able.remembered) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("十一月二十六日 a co-ordinate", ("--11-26", "a")),
        ("co 十一月二十六日 ordinate", ("co", "--11-26", "ordin")),
        ("co-ordinate十一月二十六日", ("co", "ordin", "--11-26")),
        ("November 26, a ferry", ("--11-26", "ferri")),
    ],
)
def test_a_phrase_with_a_day_in_any_place_is_left_to_the_analysis(
    text: str, words: tuple[str, ...]
) -> None:
    """Days are made of several raw tokens, which one looked at by itself does not show."""
    query = FieldQuery(phrases=[FieldPhrase(words, 9, 0)])
    assert Finder(query, "en").spans(text) is None
    assert len(find_spans(text, query, "en")) == len(words)


@pytest.mark.parametrize(
    ("text", "query", "language", "expected"),
    [
        ("The ferries hop; one hopes", {"stems": ["ferri", "hope"]}, "en", ["ferries", "hopes"]),
        ("“the possibility”.", {"stems": ["possibl"]}, "en", ["possibility"]),
        ("衞生署公布 ferry 海港", {"stems": ["卫生"]}, "zh-Hant", ["衞生"]),
        ("衞生署公布", {"stems": ["生"]}, "zh-Hant", ["生"]),
        ("撥款三億，二○二五年", {"stems": ["3", "2025"]}, "zh-Hant", ["三", "二○二五"]),
        ("O’Brien’s co-ordinated", {"stems": ["obrien", "coordin"]}, "en", ["O’Brien’s", "co-ordinated"]),
        ("Of C++, C# (.NET) and C", {"stems": ["c++", ".net"]}, "en", ["C++", ".NET"]),
        ("On 26 November, or Nov. 26th", {"stems": ["--11-26"]}, "en", ["26 November", "Nov. 26th"]),
        ("1,200 of the U.S. fleet", {"stems": ["1200", "us"]}, "en", ["1,200", "U.S."]),
        ("A café in Москва", {"stems": ["cafe", "москва"]}, "und", ["café", "Москва"]),
        ("Les ferrys, le ferry", {"stems": ["ferry@fr"]}, "fr", ["ferrys", "ferry"]),
        ("We can see Canada", {"stems": ["canada", "can@es"]}, "en", ["Canada"]),
        ("Canada y 2024", {"stems": ["canada", "can@es", "2024"]}, "es", ["Canada", "2024"]),
        ("Canada i 2024", {"stems": ["canada@mul", "2024"]}, "uk", ["Canada", "2024"]),
        ("Canada i", {"exacts": ["canada"], "stems": ["i"]}, "uk", ["Canada"]),
        ("Floods, flooded.", {"exacts": ["floods"]}, "en", ["Floods"]),
        ("ไทย", {"stems": ["ไท"]}, "th", ["ไท"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("loops", ["compiled", "plain"])
def test_what_is_found(
    text: str, query: dict[str, list[str]], language: str, expected: list[str], loops: str
) -> None:
    field_query = FieldQuery(**{name: dict.fromkeys(terms, 0) for name, terms in query.items()})  # type: ignore[arg-type]
    if loops == "compiled" and loop("find_spans") is not None:
        found = Finder(field_query, language).spans(text)
    else:
        found = find_spans(text, field_query, language)
    assert found is not None
    assert [text[start:end] for start, end, _ in found] == expected


def test_a_loop_that_is_switched_off_leaves_all_to_the_analysis() -> None:
    query = FieldQuery(stems={"ferri": 0})
    finder = Finder(query, "en")
    for name in ("find_spans", "TokenFilter"):
        with switched_off(name):
            assert Finder(query, "en").spans("A ferry") is None
    with switched_off():
        assert finder.spans("A ferry") is None


PLACES = st.lists(st.sampled_from("abcx"), max_size=14)


@given(PLACES, st.lists(st.sampled_from("abc"), min_size=2, max_size=4), st.data())
def test_every_word_that_takes_part_in_a_phrase_is_marked(
    text: list[str], words: list[str], data: st.DataObject
) -> None:
    gap = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(lambda pair: tuple(sorted(pair)))
    gaps = tuple(data.draw(gap) for _ in words[1:])
    runs = [[at] for at, word in enumerate(text) if word == words[0]]
    for word, (least, most) in zip(words[1:], gaps, strict=True):
        runs = [
            [*run, at]
            for run in runs
            for at in range(run[-1] + least, min(run[-1] + most + 1, len(text)))
            if text[at] == word
        ]
    places = {
        word: [(at, at, at + 1) for at, each in enumerate(text) if each == word] for word in "abc"
    }
    found = set(phrase_spans(FieldPhrase(tuple(words), 1, 7, gaps), places))
    if set(gaps) == {(1, 1)}:
        assert found == {(run[0], run[-1] + 1, 7) for run in runs}
    else:
        assert found == {(at, at + 1, 7) for run in runs for at in run}


def test_a_phrase_is_marked_where_the_nearest_next_word_leads_nowhere() -> None:
    query = FieldQuery(phrases=[FieldPhrase(("alpha", "beta", "gamma"), 3, 0)])
    text = "alpha beta xx beta yy gamma, alpha"
    expected = [(0, 5, 0), (14, 18, 0), (22, 27, 0)]
    assert find_spans(text, query, "en") == expected
    assert Finder(query, "en").spans(text) in (expected, None)


@compiled
def test_any_number_of_prefixes_is_taken() -> None:
    """As a search for a short prefix gives: some thousand words, many the beginning of others."""
    words = [a + b * times for a in "abcdef" for b in "xyz" for times in range(100)]
    query = FieldQuery(exacts=dict.fromkeys(words, 0))
    text = " ".join(["ax", "ay", "fzzz", "g", "ab", "x" * 90])
    assert Finder(query, "en").spans(text) == find_spans(text, query, "en")


ENDINGS = (  # noqa: SIM905
    "y ies ied ying ing ings ingly ed edly er ation ational ator ative alize ality "
    "bility bly ble ably ible ly lies li ness ful fulness fully less lessly ous ously "
    "ive iveness ivity ic ical icate iciti ency encies ence ent ment ogy ogies ogist ist "
    "ism ize izer ization al s es sses e ee eed eedly ion sion tion ie "
    "i ys "
).split()


def test_every_form_of_an_english_stem_begins_so() -> None:
    """Over all beginnings of up to two letters, and random ones, with every ending."""
    chance = random.Random(5)  # noqa: S311
    letters = "abcdefghijklmnopqrstuvwxyz"
    roots = {"", *letters, *(a + b for a in letters for b in letters)}
    roots |= {"".join(chance.choices(letters, k=chance.randint(3, 7))) for _ in range(700)}
    roots |= {a + b + c for a in ("sk", "bl", "tr", "b", "f") for b in "aeiouy" for c in letters}
    for word in {root + ending for root in roots for ending in ENDINGS}:
        begins = stem_prefixes(stem(word, "en"))
        assert begins is not None
        assert word.startswith(begins), word


def test_han_characters_are_found_in_every_variant() -> None:
    """Whatever folds to a searched character is asked for, though it stands first in a bigram."""
    query = FieldQuery(stems={"卫生": 0})
    variants = [chr(code) for code in range(0x3400, 0xFB00) if fold(chr(code)) == "卫"]
    assert {"衛", "衞", "卫"} <= set(variants)
    for first in variants:
        assert find_spans(f"{first}生", query, "zh") == [(0, 2, 0)]
        if loop("find_spans") is not None:
            assert Finder(query, "zh").spans(f"{first}生") == [(0, 2, 0)]


@settings(max_examples=500)
@given(st.text(st.sampled_from("abSs019 .,'&-_/’‐‑＆\u00a0\u2009\u202f"), max_size=30))
def test_without_letters_beyond_ascii_terms_are_plain(text: str) -> None:
    """Why any other term is looked for only where there are such letters."""
    for match in raw_token().finditer(text):
        expansion = expand(match[0], "en")
        for term in (*expansion.extras, *(part.term for part in expansion.parts)):
            assert re.fullmatch(r"[a-z0-9.&]+|--\d\d-\d\d", term.stem)
            assert re.fullmatch(r"[a-z0-9.&]*", term.exact)


def token_filter(*prefixes: bytes, bigrams: bytes = b"") -> Any:
    make = loop("TokenFilter")
    assert make is not None
    return make(prefixes, bigrams, character_classes(), True, b"")


@compiled
@pytest.mark.parametrize("prefixes", [(b"",), (b"a.b",), (b"a", b" "), (b"\xe9",)])
def test_a_prefix_that_is_none_is_refused(prefixes: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="prefix"):
        token_filter(*prefixes)


@compiled
def test_tables_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="65,536"):
        token_filter(bigrams=b"1")
    make = loop("TokenFilter")
    assert make is not None
    with pytest.raises(ValueError, match="65,536"):
        make((), b"", b"1", False, b"")
    with pytest.raises(ValueError, match="of no class"):
        make((), b"", b"\1" * 65_536, False, b"")


NUMBERS = st.one_of(
    st.integers(-3, 9), st.sampled_from([2**31 - 1, 2**31, 2**63 - 1, -(2**63), 2**64])
)
MATCHES = st.tuples(
    NUMBERS,
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=3).map(tuple),
    st.lists(st.tuples(st.sampled_from("ab"), NUMBERS, NUMBERS, NUMBERS), max_size=3).map(tuple),
)


@compiled
@settings(max_examples=int(os.environ.get("KERNEL_INPUTS", "1000")))
@given(TEXTS | st.text(), st.lists(st.sampled_from([b"a", b"fer", b"19"])), MATCHES)
def test_whatever_is_said_of_tokens_is_answered_or_refused(
    text: str, prefixes: list[bytes], matches: Any
) -> None:
    find = loop("find_spans")
    assert find is not None
    try:
        found: tuple[list[Span], dict[str, Any]] | None = find(
            text, token_filter(*prefixes), Always(matches)
        )
    except (ValueError, OverflowError, IndexError):
        return
    spans, places = found or ([], {})
    assert all(len(each) == 3 for each in [*spans, *chain(*places.values())])


@compiled
def test_arguments_of_other_types_are_refused() -> None:
    find = loop("find_spans")
    assert find is not None
    for arguments in (
        (b"abc", token_filter(), {}),
        ("abc", None, {}),
        ("abc", token_filter(b"a"), []),
        ("abc", token_filter(b"a"), {"abc": "abc"}),
        ("abc", token_filter(b"a"), {"abc": (1, [], ())}),
    ):
        with pytest.raises((TypeError, ValueError)):
            find(*arguments)
    with pytest.raises(KeyError):
        find("abc", token_filter(b"a"), {})


@example(["ferry"] * 40_000)
@example(["ferry-"] * 30_000)
@example(["衞生"] * 60_000)
@example(["1 200 "] * 30_000)
@settings(max_examples=1)
@given(st.just(["x"]))
def test_long_texts_give_the_same(parts: list[str]) -> None:
    text = "".join(parts)[:200_000]
    query = FieldQuery(stems={"ferri": 0, "卫生": 1}, exacts={"ferry": 0, "1200": 2})
    query.phrases.append(FieldPhrase(("ferri", "ferri"), 1, 2))
    found = Finder(query, "en").spans(text)
    assert found is None or found == find_spans(text, query, "en")
