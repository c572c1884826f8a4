"""Fragments begin and end where a reader would begin and end them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.kernel import loop, switched_off
from search.show.cutting import (
    ATOM,
    CLAUSE_BREAK,
    MAY_END_CLAUSE,
    NEAR_ATOM,
    atom_around,
    fragment_end,
    sentence_breaks,
)
from search.show.fragments import cut_fragments, opening
from search.show.repeated_headline import after_headline
from search.show.spans import Span
from tests.search.search_corpus import bare

FILLER = "The pier of the old town is long and the sea is wide on most days of the year. "
UNBROKEN = "and the sea was wide and the pier was long and so it went on for a while "
ATOMS = [
    "26 June 2023", "June 26, 2023", "26 de junio de 2023", "26. Juni 2023", "$1,250.75 million",
    "12.5 per cent", "1 234 567 tonnes", "3,000 km", "(the third of its kind)", "No. 47",
    "Chapter 19", "HK$3.5 billion", "[see the annex]",
]  # fmt: skip
CHINESE_ATOMS = [
    "二零二六年十一月二十七日",
    "2026年11月27日",
    "三億二千萬元",
    "1,200名",
    "（第三期）",
    "「海港之星」",
]


def shown(text: str, word: str) -> list[str]:
    """The fragments that show each place of a word, as text."""
    spans: list[Span] = [(each.start(), each.end(), 0) for each in re.finditer(word, text)]
    return [bare(each.html) for each in cut_fragments(text, spans).shown]


@pytest.mark.parametrize("before", range(0, 78, 7))
def test_a_fragment_begins_with_the_sentence_that_begins_within_reach(before: int) -> None:
    sentence = ("Nothing was said of that " + UNBROKEN)[:before].rpartition(" ")[0] + " ferry "
    text = FILLER * 4 + sentence.strip().capitalize() + " " + UNBROKEN * 4
    assert shown(text, "(?i)ferry")[0].startswith(sentence.strip().capitalize())


@pytest.mark.parametrize("mark", [", ", "; ", ": ", " – ", " — "])
def test_or_with_the_clause_where_no_sentence_begins(mark: str) -> None:
    text = (
        FILLER + UNBROKEN * 4 + "it was" + mark + "so they said when the ferry came " + UNBROKEN * 4
    )
    assert shown(text, "ferry")[0].startswith("… so they said when the ferry came")


@pytest.mark.parametrize("title", ["Mr.", "Sen.", "Dr.", "J.", "U.S.", "No.", "St.", "Messrs."])
def test_a_full_stop_behind_an_abbreviation_ends_no_sentence(title: str) -> None:
    text = FILLER + f"Yesterday {title} Harbour met the ferry crew. " + FILLER * 4
    assert shown(text, "ferry")[0].startswith("Yesterday")
    assert [text[start:][:9] for _, start in sentence_breaks(text, 0, 140)] == [
        "Yesterday",
        "The pier ",
    ]


@pytest.mark.parametrize("atom", ATOMS)
@pytest.mark.parametrize("length", range(0, 60, 3))
def test_no_number_date_or_bracket_is_cut(atom: str, length: int) -> None:
    """Wherever the cut falls before and behind the match."""
    words = (UNBROKEN * 3)[:length]
    behind = f"{words} {UNBROKEN}{words}"
    text = " ".join(f"{UNBROKEN * 3}{atom} {words} ferry {behind} {atom} {UNBROKEN * 3}".split())
    places = [match.span() for match in re.finditer(re.escape(atom), text)]
    fragment = shown(text, "ferry")[0].removeprefix("… ").removesuffix(" …")
    start = text.index(fragment)
    for low, high in places:
        assert not low < start < high
        assert not low < start + len(fragment) < high


@pytest.mark.parametrize("atom", CHINESE_ATOMS)
@pytest.mark.parametrize("length", range(0, 60, 2))
def test_nor_a_chinese_one(atom: str, length: int) -> None:
    words = ("海邊的碼頭很長而且天氣一直都好" * 6)[:length]
    text = "海邊的碼頭很長" * 9 + f"{atom}{words}渡輪{words}{atom}" + "海邊的碼頭很長" * 20
    fragment = shown(text, "渡輪")[0].removeprefix("… ").removesuffix(" …")
    start = text.index(fragment)
    for low, high in [match.span() for match in re.finditer(re.escape(atom), text)]:
        assert not low < start < high
        assert not low < start + len(fragment) < high


@given(st.text("ab .,()[]0123456789年月日一二，。\n“”", max_size=600), st.integers(0, 599))
def test_any_text_is_cut_into_parts_of_itself(text: str, at: int) -> None:
    at = min(at, max(len(text) - 1, 0))
    spans: list[Span] = [(at, at + 1, 0)] if text[at : at + 1].strip() else []
    for html, line in cut_fragments(text, spans).shown:
        assert bare(html).removeprefix("… ").removesuffix(" …") in " ".join(text.split())
        assert html.count("<mark>") == 1
        assert line == text.count("\n", 0, at)


def test_an_ellipsis_stands_where_a_sentence_was_cut_and_nowhere_else() -> None:
    text = FILLER * 3 + "The ferry came. " + FILLER * 3
    assert shown(text, "The ferry") == [f"The ferry came. {FILLER}".strip()]
    (cut,) = shown(UNBROKEN * 3 + "ferry " + UNBROKEN * 5, "ferry")
    assert cut.startswith("… ")
    assert cut.endswith(" …")


def test_how_many_places_are_not_shown_is_counted() -> None:
    text = (FILLER * 4 + "The ferry came. ") * 5
    spans: list[Span] = [(each.start(), each.end(), 0) for each in re.finditer("ferry", text)]
    assert (len(cut_fragments(text, spans).shown), cut_fragments(text, spans).more) == (2, 3)


@pytest.mark.parametrize(("before", "headline", "as_repeated", "after"), [
    ("", "Ferry fares are to rise", "FERRY FARES ARE TO RISE", "\n\nThe text."),
    ("", "“Ferry” fares – to rise", '"Ferry" fares - to\nrise', "\nThe text."),
    ("For immediate release\n26 June\n", "Ferry fares are to rise", "Ferry fares are to rise", "."),
    ("", "Ferry fares are to rise on all lines from summer", "Ferry fares are to rise on all lines from summer", " The text."),
    ("", "渡輪票價將於下月調整的公布詳情", "渡輪票價將於下月調整的公布詳情", "\n本文。"),
])  # fmt: skip
def test_a_repeated_headline_is_no_fragment(
    before: str, headline: str, as_repeated: str, after: str
) -> None:
    body = before + as_repeated + after
    assert after_headline(body, headline) == len(before + as_repeated)


@pytest.mark.parametrize(("body", "headline"), [
    ("Ferry fares are to rise, said the council.", "Ferry fares are to rise"),
    ("The council said ferry fares are to rise\nThe text.", "Ferry fares are to rise"),
    ("News\nThe text.", "News"),
    ("İİİİ Ferry fares are to rise\nText", "Ferry fares are to rise"),
    ("The text, which is short.\n\nFerry fares are to rise.", "Ferry fares are to rise"),
    ("本文很短。\n渡輪票價將於下月調整的公布\n\n***", "渡輪票價將於下月調整的公布"),
    ("", "Ferry fares are to rise"),
    ("Text.", ""),
])  # fmt: skip
def test_what_only_begins_like_the_headline_is_text(body: str, headline: str) -> None:
    assert after_headline(body, headline) == 0


@pytest.mark.parametrize(("lead", "after"), [
    # Whole headlines that a text without line breaks says again, with who issued it in between.
    ("Council opens the new harbour tunnel to all drivers Office of the Mayor", " Monday FOR"),
    ("Council opens the new harbour tunnel to all drivers Office of the May", "or Monday FOR"),
    ("Council opens the tunnel", " Press Release"),
])  # fmt: skip
def test_a_headline_said_again_is_passed_over_with_what_stands_between(
    lead: str, after: str
) -> None:
    said = lead.partition(" Office")[0]
    rest = " in a ceremony that everybody may attend from nine to five."
    body = f"{lead}{after} {said}{rest}"
    assert body[after_headline(body, lead) :].strip() == rest.strip()


@pytest.mark.parametrize("stop", [".", "!", '."', "。", ":"])
@pytest.mark.parametrize("blank", [" ", "\n\n"])
def test_a_text_goes_on_behind_the_stop_of_its_headline(stop: str, blank: str) -> None:
    """No fragment and no opening begins with a full stop."""
    headline = "Council opens the new harbour tunnel to all drivers"
    body = f"{headline}{stop}{blank}The ferry goes on."
    begin = after_headline(body, headline)
    assert opening(body, begin).shown[0].html == "The ferry goes on."
    at = body.index("ferry")
    (fragment,) = cut_fragments(body, [(at, at + 5, 0)], begin).shown
    assert fragment.html == "The <mark>ferry</mark> goes on."


@pytest.mark.parametrize("between", [" He said so for a reason." * 9, "\n\nHe said so. "])
def test_text_before_a_sentence_that_is_the_headline_is_shown(between: str) -> None:
    """It is no headline said again, behind much text or in another line."""
    lead = "Council opens the new harbour tunnel to all drivers."
    body = f"{lead} The ferry goes on.{between}{lead} All may come."
    assert body[after_headline(body, lead) :].startswith(" The ferry goes on.")


def test_a_headline_that_ends_inside_a_word_ends_with_the_word() -> None:
    headline = "Council opens the new harbour tunnel to all drivers and cyc"
    body = f"{headline}lists on Monday, says the Mayor."
    assert body[after_headline(body, headline) :] == " on Monday, says the Mayor."


@pytest.mark.parametrize("before", range(90, 131, 10))
def test_with_room_a_fragment_begins_with_a_clause_further_before(before: int) -> None:
    """Beyond 80 characters no word would do as a beginning while a clause does."""
    clause = (UNBROKEN * 4)[:before].rpartition(" ")[0]
    text = f"{UNBROKEN * 3}at sea, {clause} ferry {UNBROKEN * 3}"
    (shown_text,) = shown(text, "ferry")
    assert shown_text.removeprefix("… ").startswith(clause)


@pytest.mark.parametrize("end", ["", " ", "."])
def test_a_body_that_is_its_headline_alone_ends_there(end: str) -> None:
    headline = (
        "The old pier of the town is open again from Monday on for all ferries of the harbour"
    )
    assert after_headline(headline + end, headline) == len(headline)


def test_the_opening_comes_after_the_repeated_headline() -> None:
    body = "Ferry fares are to rise\n\n" + FILLER * 5
    begin = after_headline(body, "Ferry fares are to rise")
    assert opening(body, begin).shown[0].html.startswith("The pier of")


PIECES = [*ATOMS, *CHINESE_ATOMS, "Septembers 11th, 2001", "word", "Abc", "(", "）", "第", "一", "USD$ 5",
          "pp. 3-4", "٣٤", "–", "%", "[", "「", "\n", "x"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.booleans(), st.integers(0, 300))
def test_what_is_not_parted_is_found_as_by_a_look_at_every_place(
    pieces: list[str], apart: bool, at: int
) -> None:
    text = (" " if apart else "").join(pieces)
    matches = ATOM.finditer(text, max(at - NEAR_ATOM, 0), at + NEAR_ATOM)
    expected = next((each.span() for each in matches if each.start() < at < each.end()), None)
    assert atom_around(text, at) == expected


SIGNS = [
    "ferry ",
    "Ferry",
    "Mr",
    ".",
    "...",
    "?!”",
    ".) ",
    " ",
    "\n",
    "\n\n",
    "。」",
    "渡輪",
    "26",
    ", ",
    " – ",
    "-",
    "（",
]


@given(st.lists(st.sampled_from(SIGNS), min_size=30, max_size=90), st.data())
def test_a_fragment_ends_with_the_last_of_all_sentences_that_end_within_reach(
    pieces: list[str], data: st.DataObject
) -> None:
    text, length = "".join(pieces), 20
    start = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(start, len(text)))
    furthest = max(start + length + length // 8, last)
    breaks = sentence_breaks(text, last - 1, min(furthest + 8, len(text)))
    within = range(max(last, start + length // 2), furthest + 1)
    ends = [end for end, _ in breaks if end in within and end <= len(text)]
    end, whole = fragment_end(text, start, last, len(text), length)
    if len(text) - start <= length:
        assert (end, whole) == (len(text), True)
    else:
        assert whole == bool(ends)
        assert not ends or end == ends[-1]


@given(st.lists(st.sampled_from(SIGNS), max_size=30))
def test_no_clause_ends_before_what_tells_of_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    clause, telling = CLAUSE_BREAK.search(text), MAY_END_CLAUSE.search(text)
    assert clause is None or (telling is not None and telling.start() <= clause.start() + 1)


LITTLE = [
    *SIGNS, *ATOMS, "a", "the ", "Sen. ", "J. ", "X.Y.Z. ", "sept. ", "ſt. ", "5 ", "km²", "½ ", "٣. ",
    "(", ") ", "「", "」", "！", "：", "、", "）", "二零", "年", "… ", "; ", "—", "[", "]", "\u2028",
    "internationalisation ", "\U0001f600", "\U00020000", "ǅ ", "«", "“q ", "'", "•", "*",
]  # fmt: skip


@pytest.mark.skipif(loop("cut_fragments") is None, reason="no compiled loops")
@settings(max_examples=500)
@given(st.lists(st.sampled_from(LITTLE), min_size=1, max_size=160), st.data())
def test_fragments_are_cut_as_in_the_plain_form(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    places = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=4))
    begin = data.draw(st.sampled_from([0, 0, min(places)]))
    spans = [(at, min(at + 4, len(text)), clause) for clause, at in enumerate(sorted(places))]
    with switched_off():
        plain = cut_fragments(text, spans, begin)
    assert cut_fragments(text, spans, begin) == plain
