"""Term sheets: counts that searches confirm, the published formula, words as texts write them."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Agency, Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import Engine, SearchRequest, open_engine
from search.count.term_sheet import MIN_RELEASES, log_odds
from search.results import TermSheet

HARBOUR, ROADS = Agency("harbour-office", "Harbour Office"), Agency("road-board", "Road Board")
ON_HARBOUR = SearchRequest(agencies=(HARBOUR.slug,))


def release(number: int, agency: Agency, body: str, language: str = "en") -> Release:
    return Release(
        id=f"{agency.slug}-{language}-{number}", headline=f"Notice {number}", body=body,
        date=f"{2020 + number % 2}-06-{1 + number % 28:02}", date_precision="day",
        language=language, agency=agency,
    )  # fmt: skip


def press() -> list[Release]:
    """The Harbour Office speaks of ferries, NOAA and Carrick-Lowe, the Road Board of tarmac."""
    at_sea = (
        "The Harbour Office met on Monday in June. Then ferries of the Kestrel line sail, says NOAA; "
        "a ferry waits. The Carrick-Lowe bill is read."
    )
    on_land = "The Road Board met. Tarmac is laid; lorries wait."
    return [
        *(release(number, HARBOUR, at_sea) for number in range(12)),
        *(release(number, ROADS, on_land) for number in range(30)),
        release(90, ROADS, "A ferry of the Kestrel line waits."),
    ]


def write(folder: Path, *batches: list[Release]) -> Engine:
    store = FolderStore(folder)
    for batch in batches:
        with store.writing():
            store.apply(
                [each.id for each in batch],
                [stored_release(each, "2024-06-01T08:00:00Z") for each in batch],
            )
    return open_engine(str(folder))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return write(tmp_path_factory.mktemp("press") / "index", press())


def words(sheet: TermSheet) -> list[str]:
    return [each.word for each in sheet.terms]


def test_words_of_the_letterhead_are_left_out(tmp_path: Path) -> None:
    headed = [
        release(
            number,
            HARBOUR,
            "Press officer Wexcombe. " + ("Ferries sail." if number % 2 else "Quays."),
        )
        for number in range(60)
    ]
    others = [release(number, ROADS, "Tarmac is laid.") for number in range(90)]
    told = words(write(tmp_path / "index", [*headed, *others]).term_sheet(ON_HARBOUR, 40))
    assert "Wexcombe" not in told
    assert "sail" in told
    few = words(write(tmp_path / "few", [*headed[:40], *others]).term_sheet(ON_HARBOUR, 40))
    assert "Wexcombe" in few  # of so few releases nobody can tell


def test_words_stand_as_texts_write_them_and_no_others(engine: Engine) -> None:
    found = words(engine.term_sheet(ON_HARBOUR, 40))
    assert {"Kestrel", "NOAA", "sail"} <= set(found)
    assert {"ferry", "ferries"} & set(found)
    assert not {each.lower() for each in found} & {
        "harbour", "office", "monday", "june", "the", "of", "tarmac", "ferri", "carricklow",
        "carricklowe",
    }  # fmt: skip


def test_counts_are_those_of_the_search_that_a_word_leads_to(engine: Engine) -> None:
    for asked in (ON_HARBOUR, SearchRequest(agencies=(ROADS.slug,), date_from="2021")):
        sheet = engine.term_sheet(asked, 40)
        assert sheet.releases == engine.count(asked)
        assert sheet.releases + sheet.others == engine.count(SearchRequest())
        assert sheet.terms
        for each in sheet.terms:
            here = engine.count(asked.changed(text=each.word))
            assert each.releases == here, each.word
            assert each.others == engine.count(SearchRequest(each.word)) - here
            assert each.releases / sheet.releases > each.others / sheet.others
        scores = [each.score for each in sheet.terms]
        assert scores == sorted(scores, reverse=True)


def test_segments_and_one_segment_say_the_same(engine: Engine, tmp_path: Path) -> None:
    releases = press()
    parted = write(tmp_path / "parted", releases[::2], releases[1::2], releases[:3])
    for asked in (ON_HARBOUR, SearchRequest(date_from="2021", date_to="2021")):
        one, several = engine.term_sheet(asked, 40), parted.term_sheet(asked, 40)
        assert sorted(several.terms, key=str) == sorted(one.terms, key=str)
    parted.close()


def test_a_word_counts_once_where_headline_and_text_say_it_and_where_one_of_them_does(
    tmp_path: Path,
) -> None:
    """Three releases have it in both, three in the headline alone, six in the text alone."""
    headline = dict.fromkeys(range(6), "A pilot")
    body = dict.fromkeys(range(3, 6), "Nothing else is said of it.")
    at_sea = [
        replace(
            each, headline=headline.get(at, each.headline), body=body.get(at, f"Pilot. {each.body}")
        )
        for at, each in enumerate(press()[:12])
    ]
    engine = write(tmp_path / "index", [*at_sea[::2], *press()[12:]], at_sea[1::2])
    said = {each.word.lower(): each for each in engine.term_sheet(ON_HARBOUR, 40).terms}
    assert said["pilot"].releases == engine.count(ON_HARBOUR.changed(text="pilot")) == 12
    assert said["pilot"].others == 0
    engine.close()


def test_nothing_is_told_of_few_releases_or_without_others(engine: Engine) -> None:
    assert engine.term_sheet(SearchRequest(), 40).terms == ()
    assert engine.term_sheet(SearchRequest("zzzz"), 40) == TermSheet(0, 0, "", ())
    few = SearchRequest(agencies=(HARBOUR.slug,), date_from="2020-06-01", date_to="2020-06-03")
    assert 0 < engine.count(few) < MIN_RELEASES
    assert engine.term_sheet(few, 40).terms == ()
    assert len(engine.term_sheet(ON_HARBOUR, 2).terms) == 2


def test_releases_are_compared_in_their_language_and_chinese_by_words(tmp_path: Path) -> None:
    at_sea = [release(n, HARBOUR, "海港處公布渡輪碼頭的開放時間。", "zh-Hant") for n in range(9)]
    on_land = [release(n, ROADS, "道路局今日公布瀝青工程。", "zh-Hant") for n in range(20)]
    engine = write(tmp_path / "index", [*press(), *at_sea, *on_land])
    sheet = engine.term_sheet(ON_HARBOUR.changed(languages=("zh-Hant",)), 40)
    assert (sheet.releases, sheet.others, sheet.language) == (9, 20, "zh-Hant")
    assert "渡輪" in words(sheet)
    assert not {"輪碼", "公布", "的開"} & set(words(sheet))
    english = engine.term_sheet(ON_HARBOUR, 40)
    assert (english.releases, english.others) == (12, 31)
    engine.close()


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 500)).filter(any), min_size=1, max_size=20
    )
)
def test_scores_are_those_of_the_paper(counts: list[tuple[int, int]]) -> None:
    of, of_others = 50, 500
    scores = log_odds(
        np.array([here for here, _ in counts]), of, np.array([there for _, there in counts]),
        of_others,
    )  # fmt: skip
    whole_prior = of + 1
    for (here, there), score in zip(counts, scores.tolist(), strict=True):
        prior = whole_prior * (here + there) / (of + of_others + 1)
        odds_here = (here + prior) / (of + whole_prior - here - prior)
        odds_there = (there + prior) / (of_others + whole_prior - there - prior)
        variance = 1 / (here + prior) + 1 / (there + prior)
        expected = (math.log(odds_here) - math.log(odds_there)) / math.sqrt(variance)
        assert score == pytest.approx(expected)
