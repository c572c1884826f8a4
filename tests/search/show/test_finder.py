"""Spans found by searching equal those found by analysing the whole text, whatever the text."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.text.analysis import stem, tokens
from search.show.finder import MAX_BEGINNINGS, MAX_FOREIGN, Finder, few
from search.show.prefixes import beginnings, unspaced_pattern
from search.show.spans import MAX_PHRASE_STARTS, PhraseWanted, Wanted, full_spans

PIECES = st.sampled_from(
    [
        "ferry", "Ferries", "ferrying", "hop", "hoping", "hopped", "Hope", "happy", "happiness",
        "dying", "die", "skies", "sky", "possible", "possibility", "policy", "policies", "as", "a",
        "us", "U.S.", "U.S", "u.s.a.", "N.A.S.A.", "D.Y.I.N.G.", "co-ordinate", "coordinate",
        "co‑ordinated", "O'Brien", "O’Brien’s", "OBrien", "Senator's", "R&D", "R＆D", "AT&T",
        "x-ferry-x", "2023", "2023-11-05", "20231105", "1200", "1,200", "1 200", "1 200.50",
        "3.5", "3.5ferry", "1,200ferry", "12 1 200", "covid19", "café", "Cafés", "naïve", "Straße",
        "ＦＥＲＲＹ", "İstanbul", "ſky", "\u212bngstrom", "\u212aelvin", "e\u0301t\u0301e",
        "衞生署", "衛生署", "卫生", "海港", "港", "海", "\uf900", "人人人", "十一月二十六日",
        "か\u3099く", "ไทย", "한국", "москва", "November", "26",
        " ", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u202f", ",", ", ", ".", ". ", "-",
        "'", "’", "—", "(", ")", '"', "/", "_", "&", "＆", "·", "•", "…", "²", "@", "\u3000", "。",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)
LANGUAGES = st.sampled_from(["en", "und", "zh-Hant", "fr", "ja"])


@st.composite
def wanted_of(draw: st.DrawFn, text: str, language: str) -> Wanted:
    """Terms and phrases from the text itself and from another one."""
    found = [*tokens(text, language), *tokens(draw(TEXTS), language)]
    stems = [token.stem for token in found] or ["ferri"]
    exacts = [token.exact for token in found if token.exact] or ["ferry"]
    pairs = [each for each in stems if len(each) == 2]
    wanted = Wanted()
    for name, choice in (("stems", stems), ("exacts", exacts), ("characters", pairs)):
        if choice:
            chosen = draw(st.lists(st.sampled_from(choice), max_size=3))
            setattr(wanted, name, {each: draw(st.integers(0, 3)) for each in chosen})
    for _ in range(draw(st.integers(0, 2))):
        start, size = draw(st.integers(0, len(stems) - 1)), draw(st.integers(2, 3))
        words = tuple(stems[start : start + size])
        if len(words) > 1:
            wanted.phrases.append(PhraseWanted(words, draw(st.integers(1, 3)), 4))
    return wanted


@settings(max_examples=600)
@given(st.data(), TEXTS, LANGUAGES)
def test_equal_to_a_whole_analysis(data: st.DataObject, text: str, language: str) -> None:
    wanted = data.draw(wanted_of(text, language))
    found = Finder(wanted, language).spans(text)
    assert found is None or found == full_spans(text, wanted, language)


@settings(max_examples=200)
@given(st.data(), st.text(max_size=60))
def test_equal_for_any_characters(data: st.DataObject, text: str) -> None:
    wanted = data.draw(wanted_of(text, "en"))
    found = Finder(wanted, "en").spans(text)
    assert found is None or found == full_spans(text, wanted, "en")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The ferries hop; one hopes — “the possibility”.", ["ferri", "hope", "possibl"]),
        ("衞生署公布 ferry 海港", ["卫生", "ferri"]),
        ("O’Brien’s co-ordinated 1,200 U.S. ferries", ["obrien", "coordin", "1200", "us"]),
        ("A café in Москва", ["cafe", "москв"]),
    ],
)
def test_ordinary_texts_take_the_quick_path(text: str, terms: list[str]) -> None:
    found = Finder(Wanted(stems=dict.fromkeys(terms, 0)), "en").spans(text)
    assert found is not None
    assert len(found) >= len(terms) - ("москв" in terms)


@pytest.mark.parametrize(
    ("text", "stems", "language"),
    [
        ("ferry " + "é " * (MAX_FOREIGN + 1), ["ferri"], "en"),
        ("Les ferries", ["ferry"], "fr"),
        ("On 26 November", ["--11-26"], "en"),
        ("ไทย", ["ไท"], "en"),
    ],
)
def test_what_cannot_be_searched_for_is_left_to_the_analysis(
    text: str, stems: list[str], language: str
) -> None:
    assert Finder(Wanted(stems=dict.fromkeys(stems, 0)), language).spans(text) is None


def test_a_first_word_over_the_limit_is_left_to_the_analysis() -> None:
    wanted = Wanted(phrases=[PhraseWanted(("ferri", "tax"), 1, 0)])
    text = "ferry " * (MAX_PHRASE_STARTS + 1) + "tax"
    assert Finder(wanted, "en").spans(text) is None
    pairs = Wanted(phrases=[PhraseWanted(("海海", "海港"), 1, 0)])
    assert Finder(pairs, "zh").spans("海" * (MAX_PHRASE_STARTS + 2) + "港") is None


ENDINGS = [
    "y",
    "ies",
    "ied",
    "ying",
    "ing",
    "ings",
    "ingly",
    "ed",
    "edly",
    "er",
    "ation",
    "ational",
    "ator",
    "ative",
    "alize",
    "ality",
    "bility",
    "bly",
    "ble",
    "ably",
    "ible",
    "ly",
    "lies",
    "li",
    "ness",
    "ful",
    "fulness",
    "fully",
    "less",
    "lessly",
    "ous",
    "ously",
    "ive",
    "iveness",
    "ivity",
    "ic",
    "ical",
    "icate",
    "iciti",
    "ency",
    "encies",
    "ence",
    "ent",
    "ment",
    "ogy",
    "ogies",
    "ogist",
    "ist",
    "ism",
    "ize",
    "izer",
    "ization",
    "al",
    "s",
    "es",
    "sses",
    "e",
    "ee",
    "eed",
    "eedly",
    "ion",
    "sion",
    "tion",
    "ie",
    "i",
    "ys",
]


def test_every_form_of_an_english_stem_begins_so() -> None:
    """Over all beginnings of up to two letters, and random ones, with every ending."""
    chance = random.Random(5)  # noqa: S311
    letters = "abcdefghijklmnopqrstuvwxyz"
    roots = {"", *letters, *(a + b for a in letters for b in letters)}
    roots |= {"".join(chance.choices(letters, k=chance.randint(3, 7))) for _ in range(700)}
    roots |= {a + b + c for a in ("sk", "bl", "tr", "b", "f") for b in "aeiouy" for c in letters}
    for word in {root + ending for root in roots for ending in ENDINGS}:
        begins = beginnings(stem(word, "en"))
        assert begins is not None
        assert word.startswith(begins), word


def test_han_characters_are_found_in_every_variant() -> None:
    pattern = unspaced_pattern("卫生")
    assert pattern is not None
    for text in ("衞生", "衛生", "卫生"):
        assert pattern.fullmatch(text)
    assert unspaced_pattern("ไท") is None


@given(st.sets(st.text("abc", min_size=1, max_size=12), max_size=60))
def test_few_strings_begin_all(strings: set[str]) -> None:
    begin = few(strings)
    assert all(each.startswith(tuple(begin)) for each in strings)
    assert len(begin) <= MAX_BEGINNINGS
    assert not strings or all(begin)


@example(["ferry"] * 50_000)
@example(["(ferry"] * 30_000)
@example(["ferry-"] * 30_000)
@example(["衞生"] * 60_000)
@settings(max_examples=1, deadline=5_000)
@given(st.just(["x"]))
def test_long_texts_take_time_in_proportion(parts: list[str]) -> None:
    wanted = Wanted(stems={"ferri": 0, "卫生": 1}, exacts={"ferry": 0})
    wanted.phrases.append(PhraseWanted(("ferri", "ferri"), 1, 2))
    text = "".join(parts)[:200_000]
    found = Finder(wanted, "en").spans(text)
    assert found is None or len(found) <= len(text)
