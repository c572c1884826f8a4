"""The compiled loops mark and cut as Python does, whatever the text; damaged input raises."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.text.analysis import RAW_TOKEN, expand
from search import compiled
from search.show import fragments
from search.show.characters import marking_kernel
from search.show.compiled_marks import CompiledFinder, CompiledMarks
from search.show.marks import MAX_ANALYSED, Marks
from search.show.spans import MAX_PHRASE_STARTS, PhraseWanted, Span, Wanted, full_spans
from tests.search.show.test_finder import LANGUAGES, PIECES, TEXTS, wanted_of
from tests.search.show.test_fragments import BLANKS, spans_in

pytestmark = pytest.mark.skipif(compiled.kernel is None, reason="no C compiler: nothing to compare")

MARKUP = st.sampled_from(["<b>", "&amp;", '"', "'", "&", "x < y", "\n\n", "\n", "…", "é", "😀", "ﾞ"])
ANY = st.lists(st.one_of(PIECES, MARKUP, st.sampled_from(BLANKS)), max_size=60).map("".join)
LONG = st.builds(
    lambda words, times: "".join(words) * times,
    st.lists(st.one_of(PIECES, MARKUP), min_size=1, max_size=30),
    st.integers(1, 30),
)


def as_bytes(spans: Iterable[Span]) -> bytes:
    return array("i", chain.from_iterable(spans)).tobytes()


def found_in(text: str, wanted: Wanted, language: str) -> list[Span] | None:
    found = CompiledFinder(marking_kernel(), wanted, language).spans(text)
    if found is None:
        return None
    numbers = iter(array("i", found))
    return list(map(Span, numbers, numbers, numbers))


def beyond(text: str) -> bool:
    return any(ord(char) > 0xFFFF or 0xD800 <= ord(char) < 0xE000 for char in text)


@settings(max_examples=1500)
@given(st.data(), TEXTS | LONG, LANGUAGES)
def test_spans_are_those_of_a_whole_analysis(data: st.DataObject, text: str, language: str) -> None:
    wanted = data.draw(wanted_of(text, language))
    found = found_in(text, wanted, language)
    if found is None:
        days = [*wanted.stems, *wanted.exacts, *(w for each in wanted.phrases for w in each.words)]
        assert beyond(text) or any(each.startswith("--") for each in days)
    else:
        assert found == full_spans(text, wanted, language)


@settings(max_examples=500)
@given(st.data(), st.text(max_size=60))
def test_spans_in_any_characters(data: st.DataObject, text: str) -> None:
    wanted = data.draw(wanted_of(text, "en"))
    found = found_in(text, wanted, "en")
    assert found is None or found == full_spans(text, wanted, "en")


def test_a_phrase_begins_at_a_limited_number_of_places() -> None:
    wanted = Wanted(phrases=[PhraseWanted(("ferri", "tax"), 1, 0)])
    for text in ("ferry " * MAX_PHRASE_STARTS + "tax", "ferry tax " * (MAX_PHRASE_STARTS + 2)):
        assert found_in(text, wanted, "en") == full_spans(text, wanted, "en")


def test_a_language_whose_stems_have_no_beginnings_is_walked_as_well() -> None:
    wanted = Wanted(stems={"ferry": 0})
    assert found_in("Les ferrys, le ferry", wanted, "fr") == [Span(4, 10, 0), Span(15, 20, 0)]


@settings(max_examples=500)
@given(ANY | st.text())
def test_blanks_become_one_space(text: str) -> None:
    spaced = marking_kernel().single_spaced(text)
    if spaced is None:
        assert any(0xD800 <= ord(char) < 0xE000 for char in text)
    else:
        assert spaced == fragments.single_spaced(text)


@settings(max_examples=1000)
@given(st.data(), ANY | LONG)
def test_marked_and_cut_as_in_python(data: st.DataObject, text: str) -> None:
    text = fragments.single_spaced(text)
    spans = sorted({each for each in data.draw(spans_in(text)) if each.start < each.end})
    kernel = marking_kernel()
    assert kernel.marked(text, as_bytes(spans)) == fragments.marked(text, spans)
    limits = fragments.SNIPPET_LENGTH, fragments.MAX_SNIPPETS, fragments.MAX_STARTS
    assert kernel.snippets(text, as_bytes(spans), *limits) == fragments.snippets(text, spans)


@settings(max_examples=600)
@given(st.data(), ANY | LONG, LANGUAGES)
def test_whole_texts_and_snippets_are_the_same(
    data: st.DataObject, text: str, language: str
) -> None:
    wanted = data.draw(wanted_of(text, language))
    ours, plain = CompiledMarks(marking_kernel(), wanted), Marks(wanted)
    assert ours.whole(text, language) == plain.whole(text, language)
    assert ours.snippets(text, language) == plain.snippets(text, language)


@example(clauses=65)
@settings(max_examples=20)
@given(st.integers(1, 130))
def test_many_clauses(clauses: int) -> None:
    wanted = Wanted(exacts={f"w{number}": number for number in range(clauses)})
    text = "and so on it goes " * 12 + "".join(f"w{number} and so on " for number in range(130))
    ours, plain = CompiledMarks(marking_kernel(), wanted), Marks(wanted)
    assert ours.snippets(text, "en") == plain.snippets(text, "en")


def test_long_texts_are_marked_in_their_beginning() -> None:
    wanted = Wanted(stems={"ferri": 0})
    for text in ("ferry " * 40_000, "férry ferry " * 30_000):
        ours, plain = CompiledMarks(marking_kernel(), wanted), Marks(wanted)
        assert len(text) > MAX_ANALYSED
        assert ours.whole(text, "en") == plain.whole(text, "en")
        assert ours.snippets(text, "en") == plain.snippets(text, "en")


def ints(*numbers: int) -> bytes:
    return array("i", numbers).tobytes()


def sought(*, phrases: tuple[int, ...] = (), stems: int = 0) -> Any:
    return marking_kernel().make_sought([b"a"], b"", False, array("i", phrases), stems, 10)


@pytest.mark.parametrize(
    "arguments",
    [
        ([b"b", b"a"], b"", False, array("i"), 0, 1),
        ([b"a", b"ab"], b"", False, array("i"), 0, 1),
        ([b""], b"", False, array("i"), 0, 1),
        ([b"a" * 129], b"", False, array("i"), 0, 1),
        ([b"a.b"], b"", False, array("i"), 0, 1),
        ([], b"1", False, array("i"), 0, 1),
        ([], b"", False, array("i", [1, 0]), 1, 1),
        ([], b"", False, array("i", [1, 0, 2, 0]), 1, 1),
        ([], b"", False, array("i", [1, 0, 1, 1]), 1, 1),
        ([], b"", False, array("i", [1, 0, -1, 0]), 1, 1),
        ([], b"", False, array("i"), -1, 1),
        ([], b"", False, array("b", [1]), 0, 1),
    ],
)
def test_a_wrong_question_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match=r"beginning|bit|phrase|numbers|elements"):
        marking_kernel().make_sought(*arguments)


@pytest.mark.parametrize(
    "numbers",
    [
        b"",
        ints(1),
        ints(-1, 0),
        ints(1, -1),
        ints(1, 1),
        ints(1, 1, 0, 4, 0),
        ints(1, 1, -1, 1, 0),
        ints(1, 1, 1, 1, 0),
        ints(1, 2**31 - 1, 0, 1, 0),
        ints(1, 0, 0, 0, 0),
        ints(1, 0, 1, 0, 0, 1),
        ints(1, 0, 0, -1, 0, 1),
        ints(1, 0, 0, 0, 0, 4),
        ints(2**31 - 1, 0, 0, 2**31 - 1, 0, 1),
    ],
)
def test_wrong_numbers_of_a_token_are_refused(numbers: bytes) -> None:
    asked = sought(phrases=(1, 0, 1, 0), stems=1)
    with pytest.raises(ValueError, match="fit"):
        marking_kernel().find_spans("abc abc", asked, {"abc": numbers})


def test_what_is_no_dictionary_of_bytes_is_refused() -> None:
    kernel = marking_kernel()
    with pytest.raises(TypeError):
        kernel.find_spans("abc", sought(), [])
    with pytest.raises(TypeError):
        kernel.find_spans("abc", sought(), {"abc": "abc"})
    with pytest.raises(KeyError):
        kernel.find_spans("abc", sought(), {})
    with pytest.raises(ValueError, match="Capsule"):
        kernel.find_spans("abc", None, {})
    with pytest.raises(TypeError):
        kernel.find_spans(b"abc", sought(), {})


@pytest.mark.parametrize("spans", [(0, 4, 0), (-1, 1, 0), (1, 1, 0), (2, 3, 0, 1, 2, 0)])
def test_spans_outside_of_a_text_are_refused(spans: tuple[int, ...]) -> None:
    kernel = marking_kernel()
    with pytest.raises(ValueError, match="inside"):
        kernel.marked("abc", ints(*spans))
    with pytest.raises(ValueError, match="inside"):
        kernel.snippets("abc", ints(*spans), 180, 3, 2000)


def test_numbers_out_of_range_are_refused() -> None:
    for limits in ((-1, 3, 2000), (180, 17, 2000), (180, -1, 2000), (180, 3, -1)):
        with pytest.raises(ValueError, match="range"):
            marking_kernel().snippets("abc", b"", *limits)
    with pytest.raises(ValueError, match="65,536"):
        marking_kernel().set_characters(b"", b"")


@settings(max_examples=500)
@given(st.text(st.sampled_from("abSs019 .,'&-_/’‐‑＆\u00a0\u2009\u202f"), max_size=30))
def test_without_letters_beyond_ascii_terms_are_plain(text: str) -> None:
    """Why any other term is looked for only where there are such letters."""
    for match in RAW_TOKEN.finditer(text):
        expansion = expand(match[0], "en")
        for term in (*expansion.extras, *(part.term for part in expansion.parts)):
            assert re.fullmatch(r"[a-z0-9.&]+|--\d\d-\d\d", term.stem)
            assert re.fullmatch(r"[a-z0-9.&]*", term.exact)
