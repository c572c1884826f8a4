"""Nothing holds all of the words: what is shown instead, what each release lacks, what is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from whoosh.query import Term

from search import Engine, SearchRequest
from search.query.at_least import AtLeast
from search.query.loosening import MAX_NEAR_WORDS, MAX_UNITS, SHARE
from search.query.notices import MAX_NAMED, ZERO_CODES
from search.results import SearchResults
from tests.search.search_corpus import Opened, engine_over, make

RELEASES = [
    make("whole", "Night ferry to Gull Rock", "The ferry sails at midnight.", date="2023-05-01"),
    make("ferry", "Ferry painted", "It is green.", agency="customs", date="2022-05-01"),
    make("rock", "Rock falls", "A night of storms.", agency="customs", date="2021-05-01"),
    make("order", "Gull seen by night", "On the rock, a ferry.", date="2020-05-01"),
    make("joined", "A state-of-the-art crane", "Heavy."),
    make("run", "衞生署公布", "流感疫苗接種計劃", language="zh-Hant"),
    *[make(f"filler-{number}", "Notice", "Nothing of note, at all.") for number in range(20)],
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("loosening") / "index", RELEASES) as opened:
        yield opened


def shown(results: SearchResults) -> dict[str, tuple[str, ...]]:
    """What each release shown lacks, by id."""
    return {hit.release.id: hit.lacks for hit in results.hits}


def codes(results: SearchResults) -> list[str]:
    return [notice.code for notice in results.notices]


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ("night ferry gull zebra", {"whole": ("zebra",), "order": ("zebra",)}),
        ("painted ferry walrus", {"ferry": ("walrus",)}),
        ("night AND (ferry walrus) AND gull", {"whole": ("walrus",), "order": ("walrus",)}),
        ('"gull night rock ferry"', {"whole": ('"gull night rock ferry"',),
                                     "order": ('"gull night rock ferry"',)}),
        ('"midnight rock" walrus', {"whole": ("walrus", '"midnight rock"')}),
        ("midnight painted", {"whole": ("painted",), "ferry": ("midnight",)}),
        ("headline:(painted walrus)", {"ferry": ("headline:walrus",)}),
        ("(walrus OR zebra) painted", {"ferry": ("(walrus OR zebra)",)}),
        ("walr* painted", {"ferry": ("walr*",)}),
        ("=paint green painted", {"ferry": ("=paint",)}),
        ("crane state-of-the-walrus", {"joined": ("walrus",)}),
        ("疫苗 海象", {"run": ("海象",)}),
        ("流感疫苗海象", {"run": ("海象",)}),
        ("midnight NEAR/3 rock", {"whole": ("midnight NEAR/3 rock",)}),
        ("midnight NEAR/3 walrus", {"whole": ("walrus",)}),
        ("ferry-99 painted", {"ferry": ("99",)}),
    ],
)  # fmt: skip
def test_what_holds_most_is_shown_with_what_it_lacks(
    engine: Engine, typed: str, lacks: dict[str, tuple[str, ...]]
) -> None:
    results = engine.search(SearchRequest(typed))
    assert results.total == 0
    assert shown(results) == lacks
    assert results.loosened_total == len(lacks)
    assert "loosened" in codes(results)


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("稅務局", "稅務局"),  # of which 務局 is in 公務局
        ("部二零二三年", "二零二三"),
        ("COVID-19", "COVID"),
        ("11/09/2001", "11/09/2001"),
        ("F-35", "F-35"),
        ("F 3217", "3217"),
        ("LCQ 19", "LCQ"),
    ],
)
def test_a_part_that_says_nothing_by_itself_is_not_shown_for_the_whole(
    opened: Opened, typed: str, unknown: str
) -> None:
    engine = opened([
        make("office", "公務局公布", "部門有工作，二零二五年，一年。", language="zh-Hant"),
        make("numbers", "Notice 19", "Of 11 piers 35 stand, F said, in 2001 and 09."),
    ])  # fmt: skip
    results = engine.search(SearchRequest(typed))
    assert (results.total, results.hits) == (0, ())
    assert unknown in [each.values[0] for each in results.notices if each.code == "words-unknown"]


def test_most_pairs_of_a_word_are_shown_as_lacking_it(opened: Opened) -> None:
    texts = {"most": "立法，法會", "one": "立法"}
    engine = opened([make(name, "", text, language="zh-Hant") for name, text in texts.items()])
    assert shown(engine.search(SearchRequest("立法會"))) == {"most": ("立法會",)}


def test_the_most_telling_words_come_first(engine: Engine) -> None:
    results = engine.search(SearchRequest("night ferry midnight walrus"))
    assert results.hits[0].release.id == "whole"
    assert all(hit.score for hit in results.hits)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("ferry walrus -painted", {"whole", "order"}),
        ("ferry walrus -(painted OR seen)", {"whole"}),
        ("agency:customs ferry walrus", {"ferry"}),
        ("ferry walrus date:2023", {"whole"}),
    ],
)
def test_what_is_excluded_and_filters_stay_in_force(
    engine: Engine, typed: str, ids: set[str]
) -> None:
    results = engine.search(SearchRequest(typed))
    assert set(shown(results)) == ids
    assert {"words-filtered", "loosened"} <= set(codes(results))


def test_words_weigh_what_they_weigh_under_the_filters(engine: Engine) -> None:
    """`midnight` is rare, but no release of the agency has it: it cannot be missed there."""
    asked = SearchRequest("midnight ferry painted", agencies=("harbour-customs",))
    assert shown(engine.search(asked)) == {"ferry": ("midnight",)}


def test_matches_that_the_filters_exclude_are_counted(engine: Engine) -> None:
    asked = SearchRequest("midnight ferry", agencies=("harbour-customs",), date_from="2021")
    results = engine.search(asked)
    assert shown(results) == {"ferry": ("midnight",)}
    said = {notice.code: notice for notice in results.notices}
    assert said["filters-exclude"].values == ("1",)
    assert said["filters-exclude"].undo == SearchRequest("midnight ferry")
    assert engine.count(SearchRequest("midnight ferry")) == 1


def test_strict_shows_nothing_and_says_so(engine: Engine) -> None:
    loose = engine.search(SearchRequest("ferry walrus"))
    undo = next(notice.undo for notice in loose.notices if notice.code == "loosened")
    assert undo == SearchRequest("ferry walrus", match="strict")
    strict = engine.search(undo)
    assert (strict.total, strict.hits, strict.loosened_total) == (0, (), None)
    assert codes(strict) == ["strict"]
    assert strict.notices[0].undo == SearchRequest("ferry walrus")
    found = SearchRequest("ferry night", match="strict")
    assert engine.count(found) == engine.count(SearchRequest("ferry night")) == 2


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (SearchRequest("walrus"), {"words-unknown"}),
        (SearchRequest("walrus zebra", match="any"), {"words-unknown"}),
        (SearchRequest("walrus", agencies=("harbour-customs",)), {"words-filtered"}),
        (SearchRequest("painted", date_to="1999"), {"filters-exclude", "filters-empty"}),
        (SearchRequest("walrus", date_to="1999"), {"filters-empty"}),
        (SearchRequest("walrus date:1999"), {"read-date", "filters-empty"}),
        (SearchRequest("", date_to="1999"), {"filters-exclude"}),
        (SearchRequest("painted -ferry"), {"words-filtered"}),
        (SearchRequest("-notice -ferry -rock -gull -crane -疫苗"), {"nothing-found"}),
        (SearchRequest("agency:nobody"), {"agency-unknown", "nothing-found"}),
    ],
)
def test_nothing_shown_is_said_why(engine: Engine, request_: SearchRequest, said: set[str]) -> None:
    results = engine.search(request_)
    assert (results.total, results.hits, results.loosened_total) == (0, (), None)
    assert said <= set(codes(results))
    assert set(codes(results)) & ZERO_CODES


def test_an_empty_index_says_so(opened: Opened) -> None:
    assert codes(opened([]).search(SearchRequest())) == ["index-empty"]


def test_matches_and_counts_stay_as_they_are(engine: Engine) -> None:
    asked = SearchRequest("ferry walrus")
    assert engine.count(asked) == 0
    assert list(engine.every_hit(asked)) == []
    assert len(list(engine.every_hit(asked, loosened=True))) == 3
    assert engine.search(asked).facets.date == ()
    assert engine.search(SearchRequest("ferry")).loosened_total is None
    assert all(not hit.lacks for hit in engine.search(SearchRequest("ferry")).hits)


def test_pages_are_those_of_what_is_shown(engine: Engine) -> None:
    first = engine.search(SearchRequest("ferry walrus", per_page=2))
    second = engine.search(SearchRequest("ferry walrus", per_page=2, page=2))
    assert (first.pages, len(first.hits), len(second.hits)) == (2, 2, 1)
    assert not set(shown(first)) & set(shown(second))


def test_words_side_by_side_come_before_words_apart(opened: Opened) -> None:
    """What is shown instead is ranked as matches are: by pairs of words as well."""
    apart = make("apart", "Notice", "Painted by the lantern.", date="2023-05-01")
    beside = make("beside", "Notice", "The lantern, painted by.", date="2020-05-01")
    filler = [make(f"filler-{number}", "Notice", "Nothing of note.") for number in range(20)]
    engine = opened([apart, beside, *filler])
    for match in ("all", "any"):
        shown_first = engine.search(SearchRequest("lantern painted walrus zebra", match=match)).hits
        assert [hit.release.id for hit in shown_first] == ["beside", "apart"]
    loose = engine.search(SearchRequest("lantern painted walrus zebra", explain=True))
    assert loose.total == 0
    scores = [sum(part.score for part in hit.explanation) for hit in loose.hits]
    assert scores == pytest.approx([hit.score for hit in loose.hits])


def test_the_order_asked_for_is_kept(engine: Engine) -> None:
    newest = engine.search(SearchRequest("ferry walrus", sort="newest"))
    assert [hit.release.id for hit in newest.hits] == ["whole", "ferry", "order"]


def test_a_long_search_is_looked_at_to_a_limit(engine: Engine) -> None:
    typed = " ".join(f"walrus{number}" for number in range(MAX_UNITS)) + " ferry"
    results = engine.search(SearchRequest(typed))
    assert results.loosened_total is None
    assert codes(results).count("words-unknown") == MAX_NAMED
    shorter = " ".join(f"walrus{number}" for number in range(MAX_UNITS - 1)) + " ferry"
    assert engine.search(SearchRequest(shorter)).loosened_total == 3


def test_few_near_words_are_looked_for_apart(engine: Engine) -> None:
    def asked(words: int) -> SearchResults:
        return engine.search(SearchRequest(" NEAR ".join(["ferry", "walrus", *["night"] * words])))

    assert asked(MAX_NEAR_WORDS - 2).loosened_total
    assert asked(MAX_NEAR_WORDS - 1).loosened_total is None


def test_the_looser_query_is_made_of_clauses_with_weights(opened: Opened) -> None:
    """Half of the weight: two words that half of all hold weigh less than one that few hold."""
    releases = [make(f"{n}", "Common plain", "words") for n in range(30)]
    releases += [make("rare", "Rare", ""), make("both", "Common plain", "")]
    found = opened(releases).search(SearchRequest("common plain rare walrus"))
    assert SHARE == 0.5
    assert set(shown(found)) == {"rare"}


def test_clauses_are_equal_where_weights_and_minimum_are() -> None:
    clauses = [Term("body", "ferry")]
    assert AtLeast(clauses, [1], 1) == AtLeast(clauses, [1], 1)
    assert hash(AtLeast(clauses, [1], 1)) == hash(AtLeast(clauses, [1], 1))
    assert AtLeast(clauses, [1], 1) != AtLeast(clauses, [1], 2)
    assert AtLeast(clauses, [1], 1) != AtLeast(clauses, [2], 1)


def test_what_holds_any_is_shown_where_nothing_holds_most(opened: Opened) -> None:
    words = ["harbour", "tax", "flood", "light", "school"]
    engine = opened([make(word, word.capitalize()) for word in words])
    results = engine.search(SearchRequest(" ".join(words)))
    assert (results.total, results.loosened_total) == (0, len(words))
    assert all(len(hit.lacks) == len(words) - 1 for hit in results.hits)
