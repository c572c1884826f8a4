"""Newswire text: every release of a file, whole, and nothing lost without a word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.draft import Document, Draft, Refusal
from index.sources.newswire import read, recognise

FIRST = "Harbour Office opens two new landing steps (with photos)"
SECOND = "Lighthouse keepers’ school takes forty pupils"
BODY = (
    "     The Harbour Office today (May 4) opened two landing steps.\n"
    "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\n"
    "     Boats of up to * * * twelve metres may use them – Monday to Friday."
)


def release(headline: str, body: str = BODY, place: str = "New Avon", star: str = "*") -> str:
    stars = star * min(len(headline), 90)
    return f"{place} – {headline}\n\n{headline}\n\n{stars}\n\n\n{body}\n"


def drafts(text: str) -> list[Draft]:
    found = list(read(text, Document(name="wire.txt", data=b"")))
    assert all(isinstance(each, Draft) for each in found), found
    return [each for each in found if isinstance(each, Draft)]


def test_each_release_of_a_file_is_read_whole() -> None:
    text = release(FIRST) + "\n" + release(SECOND, "     One.\n\n     Two.", place="Port Hale")
    assert recognise(text)
    first, second = drafts(text)
    assert (first.headline, first.place) == (FIRST, "New Avon")
    assert first.body == (
        "The Harbour Office today (May 4) opened two landing steps.\n\n"
        "Boats of up to * * * twelve metres may use them – Monday to Friday."
    )
    assert (second.headline, second.place, second.body) == (SECOND, "Port Hale", "One.\n\nTwo.")
    assert first.notes == second.notes == ()


def test_a_bar_with_nothing_above_opens_no_release() -> None:
    last = "The steps close at dusk on Monday."
    text = f"{'*' * len(last)}\n\n" + release(FIRST, f"{BODY}\n\n{last}")
    refusal, draft = read(text, Document(name="wire.txt", data=b""))
    assert isinstance(refusal, Refusal)
    assert last not in str(refusal)
    assert isinstance(draft, Draft)
    assert draft.headline == FIRST


@pytest.mark.parametrize("dash", ["–", "—", "-", "--", "─", "－", ":", "|"])
def test_any_dash_parts_the_place_from_the_headline(dash: str) -> None:
    text = release(SECOND).replace(" – ", f" {dash} ", 1)
    assert recognise(text)
    assert [(each.headline, each.place) for each in drafts(text)] == [(SECOND, "New Avon")]


@pytest.mark.parametrize(
    "place", ["Guinea-Bissau", "Côte d’Ivoire", "Bosnia and Herzegovina", "大灣", "Ελλάδα"]
)
def test_any_place(place: str) -> None:
    assert drafts(release(SECOND, place=place))[0].place == place


def test_line_ends_marks_and_spacing_do_not_matter() -> None:
    text = release(FIRST) + release(SECOND)
    wanted = drafts(text)
    loose = text.replace("\n\n", "\n \u00a0\n\n\n").replace("**", "* *")
    for other in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, loose):
        assert recognise(other)
        assert drafts(other) == wanted
    assert drafts(text.rstrip()) == wanted


def test_chinese_copy_with_full_width_stars() -> None:
    headline = "海港處今日啟用新碼頭（附圖）"
    body = "　　海港處今日（五月四日）啟用碼頭。\n\n　　碼頭可停泊小船。"
    text = release(headline, body, place="大灣", star="＊")
    assert recognise(text)
    (draft,) = drafts(text)
    assert (draft.headline, draft.place) == (headline, "大灣")
    assert draft.body == "海港處今日（五月四日）啟用碼頭。\n\n碼頭可停泊小船。"


def test_curly_and_straight_quotes_are_one_headline() -> None:
    text = release(SECOND).replace("keepers’", "keepers'", 1)
    assert [each.headline for each in drafts(text)] == [SECOND]


def test_a_release_without_the_line_with_the_place() -> None:
    text = re.sub(r"\ANew Avon.*\n", "", release(FIRST)) + release(SECOND)
    first, second = drafts(text)
    assert (first.headline, first.place) == (FIRST, None)
    assert first.notes
    assert second.headline == SECOND


def test_a_release_whose_stars_are_lost() -> None:
    text = release(FIRST) + re.sub(r"\n\*+\n", "\n", release(SECOND))
    first, second = drafts(text)
    assert "Lighthouse" not in first.body
    assert (second.headline, second.place) == (SECOND, "New Avon")
    assert second.notes


def test_a_release_whose_headline_stands_once() -> None:
    text = release(FIRST) + f"\nNew Avon – {SECOND}\n\n{'*' * len(SECOND)}\n\nText.\n"
    second = drafts(text)[1]
    assert (second.headline, second.place, second.body) == (SECOND, "New Avon", "Text.")


def test_two_headlines_that_differ_open_a_release_with_a_note() -> None:
    damaged = "\n" + release(SECOND).replace(SECOND, SECOND[:-7], 1)
    first, second = drafts(release(FIRST) + damaged)
    assert first.body.endswith("Friday.")
    assert second.headline == SECOND
    assert second.notes


def test_stars_and_dashes_inside_a_body_part_nothing() -> None:
    body = "First part – of two.\n\n*****\n\nSecond part.\n\n* * *\n\nNew Avon – the end of it."
    (draft,) = drafts(release(FIRST, body))
    assert draft.body == body


def test_a_headline_without_text_is_refused_and_named() -> None:
    text = release(FIRST, "") + release(SECOND)
    first, second = read(text, Document(name="wire.txt", data=b""))
    assert isinstance(first, Refusal)
    assert "wire.txt" in first.where
    assert "Harbour Office" in first.where
    assert "no text" in first.reason
    assert isinstance(second, Draft)


def test_text_before_the_first_headline_is_refused_and_named() -> None:
    first, second = read("Stray words.\n\n" + release(SECOND), Document(name="w.txt", data=b""))
    assert isinstance(first, Refusal)
    assert "Stray words" in first.where
    assert isinstance(second, Draft)


def test_a_footer_gives_the_date_and_leaves_the_body() -> None:
    body = "Text.\n\nEnds/Thursday, May 4, 2023\nIssued at HKT 9:05\nNNNN"
    (draft,) = drafts(release(FIRST, body))
    assert draft.body == "Text."
    assert draft.dates[0][:2] == ("2023-05-04", "day")
    assert draft.dates[0].issued_at == "2023-05-04T09:05+08:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text.\n\nOf two paragraphs – no more.",
        "Shopping\n\n***\n\neggs",
        "<html><p>A – B</p><p>B</p>*******</html>",
        '{"headline": "A"}',
        "headline,date\nHarbour,2023-05-04\n",
        "First part – of two.\n\n*****\n\nSecond part.",
    ],
)
def test_other_texts_are_not_taken_for_newswire(text: str) -> None:
    assert not recognise(text)


words = st.text("abcdefgh éñ中文'’-–", min_size=12, max_size=120).map(
    lambda text: text.strip(" -–")
)


@given(st.lists(words.filter(lambda text: len(text) > 10), min_size=1, max_size=4))
def test_what_is_written_is_read_back(headlines: list[str]) -> None:
    text = "\n".join(release(headline, f"Body {n}.") for n, headline in enumerate(headlines))
    found = drafts(text)
    assert [each.headline for each in found] == [" ".join(each.split()) for each in headlines]
    assert [each.body for each in found] == [f"Body {n}." for n in range(len(headlines))]


@given(st.text("ab *＊–\n\u00a0:", max_size=300))
def test_no_word_of_any_text_is_lost(text: str) -> None:
    found = list(read(text, Document(name="w", data=b"")))
    shown = "".join(
        each.where + each.reason if isinstance(each, Refusal) else each.headline + each.body
        for each in found
    )
    assert bool(re.search("[ab]", text)) <= bool(shown)


def test_seeds(shared_data: Path) -> None:
    folder = shared_data / "seeds"
    truth = [
        json.loads(line)
        for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    (file,) = folder.glob("*.txt")
    text = file.read_text(encoding="utf-8")
    assert recognise(text)
    for draft, wanted in zip(drafts(text), truth, strict=True):
        body = " ".join(draft.body.split())
        assert draft.headline == wanted["headline"]
        assert draft.place == "Hong Kong"
        assert body[:40] == wanted["body_first_40_chars"]
        assert body[-40:] == wanted["body_last_40_chars"]
        assert len(body) == wanted["body_chars"]
        assert draft.body.count("\n\n") + 1 == wanted["paragraphs"]
