"""The analysis path: what must meet does, positions and offsets hold, nothing raises."""

from __future__ import annotations

import threading

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text import stemming
from index.text.analysis import MAX_TERM, Term, expand, plain_words, raw_tokens, stem, tokens
from index.text.raw_tokens import PLAIN_JOINTS
from index.text.terms_beside import SIGNED_WORD, signed_words
from tests.index.text.mixed_text import MIXED


def stems(text: str, language: str = "en") -> list[str]:
    return [token.stem for token in tokens(text, language)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("co-ordinate", "coordinated"),
        ("full-width", "full‑width"),
        ("O’Brien", "O'Brien"),
        ("Hawai‘i", "Hawai'i"),
        ("Hawaiʻi", "Hawaii"),
        ("Hawai`i", "Hawaii"),
        ("C++", "c++"),
        ("the .NET runtime", "(.net)"),
        ("Ａ＆Ｅ", "A&E"),
        ("U.S.", "US"),
        ("COVID-19", "covid19"),
        ("1 200", "1,200"),
        ("1 200", "1200"),
        ("café", "CAFE"),
        ("Straße", "STRASSE"),
        ("government’s", "governments"),
        ("November 26", "26 November"),
        ("Nov. 26", "26th November"),
        ("November 26", "十一月二十六日"),
        ("11月26日", "十一月廿六日"),
        ("１１月２６日", "十一月廿六日"),
        ("2025-11-26", "11月26日"),
        ("衞生署", "衛生署"),
        ("衞生署", "卫生署"),
        ("啟德", "啓德"),
        ("二○二五", "二〇二五"),
        ("二○二五", "二零二五"),
        ("Qurʾān", "Quran"),
        ("Qurʿān", "qur'an"),
        ("Qurʽan", "Qur’an"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("廣島", "広島"),
        ("經濟", "経済"),
        ("橫濱", "横浜"),
        ("１，８００個", "1,800"),
        ("１．５億", "1.5"),
        ("３．５％", "3.5%"),
        ("１，２３４．５", "1234.5"),
        ("Ｕ．Ｓ．", "US"),
    ],
)
def test_spellings_of_one_thing_share_a_term(one: str, other: str) -> None:
    assert set(stems(one)) & set(stems(other))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("running", "run"),
        ("planning", "plan"),
        ("committed", "commit"),
        ("stopped", "stop"),
        ("agencies", "agency"),
    ],
)
def test_doubled_consonants_stem_as_snowball_says(word: str, other: str) -> None:
    assert stems(word) == stems(other)


@pytest.mark.parametrize("name", ["R&D", "A&E", "NHS", "C&ED", "AT&T"])
def test_short_names_stay_whole(name: str) -> None:
    assert name.lower() in stems(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ and C", ["c++", "c", "and", "c"]),
        ("in F#, or C++17", ["in", "f#", "f", "or", "c++", "c", "17"]),
        (".NET", [".net", "net"]),
        ("a\t.NET", ["a", ".net", "net"]),
        ("built on .NET. And so on", ["built", "on", ".net", "net", "and", "so", "on"]),
        ("under .gov.example", ["under", "gov", "exampl"]),
        ("asp.net is #1, end.Next", ["asp", "net", "is", "1", "end", "next"]),
        ("A# of C#s", ["a#", "a", "of", "c", "s"]),
    ],
)
def test_a_sign_makes_another_word_that_stands_beside_the_plain_one(
    text: str, expected: list[str]
) -> None:
    assert stems(text) == expected


def test_possessive_is_dropped_and_parts_of_a_compound_keep_their_places() -> None:
    found = [(t.exact, t.position) for t in tokens("The Secretary’s state-of-the-art R&D")]
    assert found == [
        ("the", 0),
        ("secretary", 1),
        ("stateoftheart", 2),
        ("state", 2),
        ("of", 3),
        ("the", 4),
        ("art", 5),
        ("r&d", 6),
        ("r", 6),
        ("d", 7),
    ]


def test_unspaced_script_gives_overlapping_pairs_and_single_characters() -> None:
    found = [(token.stem, token.position, token.start, token.end) for token in tokens("香港海關")]
    assert [each for each in found if len(each[0]) == 2] == [
        ("香港", 0, 0, 2), ("港海", 1, 1, 3), ("海关", 2, 2, 4),
    ]  # fmt: skip
    assert [each for each in found if len(each[0]) == 1] == [
        ("香", 0, 0, 1), ("港", 1, 1, 2), ("海", 2, 2, 3), ("关", 3, 3, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二零二五年", "2025"),
        ("二○二五年", "2025"),
        ("二〇二五", "2025"),
        ("撥款三億元", "3"),
        ("兩萬人", "2"),
        ("三千五百萬", "3500"),
        ("一百二十三名", "123"),
        ("一千零一夜", "1001"),
        ("三十五", "35"),
        ("廿六日", "26"),
        ("十年", "10"),
    ],
)
def test_chinese_numerals_are_numbers_too(text: str, number: str) -> None:
    assert number in stems(text, "zh-Hant")


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("٢٠٢٣", "2023", "ar"),
        ("۱۴۰۲", "1402", "fa"),
        ("๒๕๖๖", "2566", "th"),
        ("२०२४", "2024", "hi"),
        ("١٬٢٠٠", "1,200", "ar"),
        ("کتاب", "كتاب", "ar"),
        ("علی", "علي", "fa"),
        ("مدرسة", "مدرسه", "fa"),
        ("مُحَمَّد", "محمد", "ar"),
        ("أحمد", "احمد", "fa"),
        ("العـــربية", "العربية", "ar"),
        ("تل‌آویو", "تلآویو", "fa"),
        ("फ़ाइल", "फाइल", "hi"),
        ("כתב־יד", "כתב יד", "he"),
        ("צה״ל", "צהל", "he"),
        ("שָׁלוֹם", "שלום", "he"),
        ("Þórshöfn", "Thorshofn", "is"),
        ("Ħamrun", "Hamrun", "mt"),
        ("Azərbaycan", "Azerbaycan", "az"),
        ("col·laboració", "collaboracio", "ca"),
        ("coŀlaboració", "collaboracio", "ca"),
        ("ἄνθρωπος", "ανθρωπος", "el"),
        ("ἄνθρωπος", "άνθρωπος", "el"),
        ("Артём", "Артем", "ru"),
    ],
)
def test_what_other_scripts_write_otherwise_meets(one: str, other: str, language: str) -> None:
    assert set(stems(one, language)) & set(stems(other, language))


def test_marks_on_no_letter_are_no_word() -> None:
    assert stems("harbour \u064b ferry \u0301") == stems("harbour ferry")
    assert [t.position for t in tokens("harbour \u064b ferry")] == [0, 1]
    assert stems("harbour \u05b3\u02bf\u0361 ferry") == stems("harbour ferry")


@pytest.mark.parametrize("text", ["一個", "統一", "萬一", "十分"])
def test_a_single_numeral_in_a_word_is_no_number(text: str) -> None:
    assert not any(stem.isdecimal() for stem in stems(text, "zh-Hant"))


def test_a_wide_comma_between_narrow_digits_is_that_of_a_list() -> None:
    assert stems("分別為12，300，450") == ["分", "分别", "别", "别为", "为", "12", "300", "450"]
    assert stems("１２，３４５６") == ["12", "3456"]


def test_a_character_that_chinese_has_too_is_not_what_japanese_makes_of_it() -> None:
    assert not set(stems("芸")) & set(stems("藝"))


def test_a_middle_dot_parts_what_it_stands_between() -> None:
    assert "ンス" not in stems("ジョン・スミス")


def test_a_number_with_a_decimal_point_is_one_term_and_a_time_leaves_its_suffix() -> None:
    assert stems("3.5 at 2.51pm") == ["3.5", "at", "2.51", "pm"]


@pytest.mark.parametrize("short", ["I'll", "we’ll", "WE'RE", "i`d"])
def test_a_contraction_is_no_other_word(short: str) -> None:
    joined = expand(short, "en").parts[0].term.exact + short[-2:].strip("'`").lower()
    words = {word for word, _ in plain_words(short.lower()).words} if short.isascii() else set()
    assert expand(short, "en").extras == ()
    assert joined not in words
    assert expand("don't", "en").extras[0].exact == "dont"


@pytest.mark.parametrize("cited", ["D-RI", "(R-ID)", "I-CT's", "d-ri", "R‑ID"])
def test_the_party_and_state_of_a_senator_are_no_word(cited: str) -> None:
    assert len(stems(cited)) == 2
    assert stems(cited)[1] in ("ri", "id", "ct")
    if cited.isascii():
        assert len(plain_words(cited.strip("()").lower()).words) == 2
    assert stems("e-ID")[0] == "eid"


def test_a_telephone_number_is_not_joined() -> None:
    assert stems("1878 999") == ["1878", "999"]


def test_language_picks_the_stemmer() -> None:
    assert stems("Häuser", "de") == stems("Haus", "de")
    assert stems("running", "xx") == ["running@mul"]


def test_a_stem_is_of_one_language_unless_no_language_would_change_the_word() -> None:
    assert stems("canada") == stems("canada", "und") == stems("canada", "zh-Hant") == ["canada"]
    assert stems("canada", "es") == ["can@es"]
    assert (
        stems("2024 covid19 香港", "es")
        == stems("2024 covid19 香港")
        == ["2024", "covid19", "香", "香港", "港"]
    )
    assert stems("skip", "nb") == stems("skip", "no-NO")
    assert stems("skip", "uk") == stems("skip", "ja") != stems("skip")


def test_a_very_long_word_is_cut() -> None:
    (token,) = tokens("a" * 200_000)
    assert len(token.stem) == MAX_TERM


@given(MIXED, st.sampled_from(["en", "de", "zh-Hant", "und", "xx"]))
def test_tokens_lie_in_the_text_and_positions_ascend(text: str, language: str) -> None:
    position = 0
    for token in tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert token.stem
        # A day term points back to the first of its two words; nothing else goes back.
        assert token.position >= position or token.stem.startswith("--")
        position = max(position, token.position)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_case_never_matters(word: str) -> None:
    assert stems(word) == stems(word.upper()) == stems(word.title())


def test_threads_stem_alike() -> None:
    words = [f"{root}ing" for root in ("plann", "stopp", "work", "vot", "hous")] * 200
    expected = [stem(word, "en") for word in words]
    wrong: list[int] = []

    def check() -> None:
        wrong.extend(i for i, word in enumerate(words) if stem(word, "en") != expected[i])

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@given(st.text("aZ9.,'&- sx0", min_size=1, max_size=12), st.sampled_from(["en", "fr", "xx"]))
@example("2023-11-26's", "en")
@example("x" * 120 + "-" + "y" * 120, "en")
def test_plain_words_are_the_terms_of_the_expansion(text: str, language: str) -> None:
    for raw in raw_tokens(text)[0]:
        expansion, plain = expand(raw, language), plain_words(raw.lower())
        terms = [(extra, 0) for extra in expansion.extras]
        terms += [(part.term, at) for at, part in enumerate(expansion.parts)]
        assert list(plain.words) == [(term.exact, at) for term, at in terms if term.exact]
        stemmed = stemming.stems([word for word, _ in plain.words], language)
        assert stemmed == [term.stem for term, _ in terms if term.exact]
        assert plain.parts == len(expansion.parts)
        assert ([plain.day] if plain.day else []) == [t.stem for t, _ in terms if not t.exact]


JOINED = "aZé9., sS0dlLrReI-&'" + "".join(map(chr, PLAIN_JOINTS))


@given(st.text(JOINED, min_size=1, max_size=12), st.sampled_from(["en", "fr", "xx"]))
@example("the board´s", "en")
@example("we´ll", "en")
@example("D·RI", "en")
def test_joints_may_be_written_in_ascii(text: str, language: str) -> None:
    def terms(raw: str) -> tuple[list[Term], tuple[Term, ...]]:
        expansion = expand(raw, language)
        return [part.term for part in expansion.parts], expansion.extras

    for raw in raw_tokens(text)[0]:
        assert terms(raw.translate(PLAIN_JOINTS)) == terms(raw)


class TestJoiners:
    @pytest.mark.parametrize("typed", ["می\u200cخواهم", "میخواهم", "می خواهم"])
    def test_a_word_is_found_however_it_is_typed(self, typed: str) -> None:
        held = {each.stem for each in tokens("می\u200cخواهم", "fa")}
        assert {each.stem for each in tokens(typed, "fa")} <= held

    def test_a_joiner_alone_is_no_word(self) -> None:
        assert list(tokens("\u200d \U0001f469\u200d\U0001f4bb \u200c", "en")) == []


@given(st.text(alphabet='CcNet7_é#+. \n\t(/"“', max_size=16))
@example("C++ or Cc#")
@example("(F#/.net")
def test_words_with_signs_are_what_their_pattern_matches_anywhere(text: str) -> None:
    found = sorted(match.span() for match in signed_words(text))
    assert found == [match.span() for match in SIGNED_WORD.finditer(text)]
