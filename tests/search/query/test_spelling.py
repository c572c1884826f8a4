"""Did-you-mean with its protected words, completion, and releases alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Engine, SearchRequest, open_engine
from search.query.vocabulary import edit_distance
from tests.search.search_corpus import Opened, engine_over, make, write

NEWS = [
    *[make(f"i{n}", "Immigration rules", "New immigration rules for the harbour.") for n in range(15)],
    *[make(f"n{n}", "Nurses wanted", "The national hospital wants nurses.") for n in range(12)],
    make("name", "Doctor Nashional speaks", "A speech.", agency="customs"),
    make("acronym", "HKPF report", "The HKPF reports."),
    make("rare", "Immigrant", "An imigrant came."),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("suggest") / "index", NEWS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("imigration", "immigration"),
        ("Imigration", "Immigration"),
        ("immigratoin", "immigration"),
        ("nurces wanted", "nurses wanted"),
        ("imigration OR nurces", "immigration OR nurses"),
        ("imigration -nurses", "immigration -nurses"),
        ("imigration -nurces", "immigration -nurces"),
        ("imigration NOT nurces", "immigration NOT nurces"),
        ("imigration -(nurces OR hospitall)", "immigration -(nurces OR hospitall)"),
        ('imigration "the harbour"', 'immigration "the harbour"'),
        ('"imigration rules"', '"immigration rules"'),
        ("“New Imigration rules” harbour", "“New Immigration rules” harbour"),
        ('harbour -"imigration rules"', None),
        ('="imigration rules"', None),
        ("immigration", None),
        ("nurses imm1gration", None),
        ("NURCES", None),
        ("Nashional", None),
        ("Custons", None),
        ("customs", None),
        ("-imigration", None),
        ("=imigration", None),
        ("zzyzx", None),
        ("nur", None),
        ("imigration tram", None),
        ("", None),
    ],
)
def test_did_you_mean(engine: Engine, typed: str, suggested: str | None) -> None:
    assert engine.search(SearchRequest(typed)).did_you_mean == suggested


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Words that others are near to: erection, place, far, tune, merry; and some to be meant."""
    folder: Path = tmp_path_factory.mktemp("island") / "index"
    text = "The erection of a place far away. A tune, a merry one. The labor council met in the homeland. "
    text += "The ferry pier has a tax cut. The berry fair opens. Harbour police."
    releases = [make(f"x{n}", "Notice", text) for n in range(30)]
    releases += [make(f"y{n}", "Notice", "The ferry leaves the pier.") for n in range(5)]
    releases += [make("shared", "Notice", "The goverment met.") for n in range(1)]
    releases += [make(f"g{n}", "Notice", "The government met.") for n in range(40)]
    write(folder, releases)
    opened = open_engine(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "word",
    ["election", "plane", "farm", "thune", "kerry", "Thune", "perry", "recipe", "berri", "laborer",
     "plaice", "fakir", "glace", "omens", "loaves", "heaves"],
)  # fmt: skip
def test_a_word_or_a_name_is_not_corrected_because_the_index_lacks_it(
    island: Engine, word: str
) -> None:
    assert island.search(SearchRequest(word)).did_you_mean is None


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Hillery Westport", "Hillary Westport"),
        ("hillery westport speaks", "hillary westport speaks"),
        ("Hillery", None),
        ("Hillery Harbour", None),
        ("Westport Hillery", None),
        ("Ellery Westport", None),
        ("Hilary Westport", None),
    ],
)
def test_a_name_is_corrected_to_one_that_stands_beside_its_neighbour(
    tmp_path: Path, typed: str, suggested: str | None
) -> None:
    news = [make(f"h{n}", "A speech", "Hillary Westport speaks.") for n in range(12)]
    news.append(make("other", "A speech", "Hilary Westport met Hillary at the harbour."))
    with engine_over(tmp_path / "index", news) as names:
        assert names.search(SearchRequest(typed)).did_you_mean == suggested


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("zerry pier", "ferry pier"),
        ("zerry fair", "berry fair"),
        ("qpier", "pier"),
        ("ier leaves ferry", None),
        ("aplce", None),
        ("palce far", "place far"),
        ("goverment", "government"),
        ("hxarbour polixe", "harbour police"),
        ("metin homeland", "met in homeland"),
        ("merrytune", None),
        ("home land council", "homeland council"),
        ("Home land", "Homeland"),
    ],
)
def test_first_letters_neighbours_and_spaces(
    island: Engine, typed: str, suggested: str | None
) -> None:
    assert island.search(SearchRequest(typed)).did_you_mean == suggested


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("nreasonable", "unreasonable"),
        ("mports", "imports"),
        ("uaction", "auction"),
        ("decadse", "decades"),
        ("xports", "ports"),
    ],
)
def test_a_letter_left_out_or_swapped_is_likelier_than_another_letter(
    opened: Opened, typed: str, suggested: str
) -> None:
    """Though the word with another letter, or with one less, is in four times as many releases."""
    often, seldom = "reasonable ports port action decade", "unreasonable imports auction decades"
    releases = [make(f"o{number}", "Notice", often) for number in range(40)]
    releases += [make(f"s{number}", "Notice", seldom) for number in range(10)]
    assert opened(releases).search(SearchRequest(typed)).did_you_mean == suggested


def test_a_word_parted_at_the_wrong_letter_is_joined(opened: Opened) -> None:
    """Though what is left of it is near another word, which stands beside the first one too."""
    text = "The lamplighter met. A lamp is lighter, and the lamp lights up."
    releases = [make(f"x{number}", "Notice", text) for number in range(20)]
    engine = opened(releases)
    assert engine.search(SearchRequest("lam plighter met")).did_you_mean == "lamplighter met"
    assert engine.search(SearchRequest("lamp llighter")).did_you_mean == "lamp lighter"


def test_british_and_american_spellings_find_each_other(island: Engine) -> None:
    british = island.search(SearchRequest("labour"))
    assert (british.total, british.did_you_mean) == (30, None)
    said = [notice for notice in british.notices if notice.code == "read-spelling"]
    assert [(notice.values, notice.undo) for notice in said] == [
        (("labour", "labor"), SearchRequest("=labour"))
    ]
    assert island.count(SearchRequest("=labour")) == 0
    assert island.count(SearchRequest("headline:labour")) == 0
    assert island.count(SearchRequest('"labour"')) == 0
    every, with_either = (island.count(SearchRequest(f"notice{each}")) for each in ("", " labour"))
    without = island.search(SearchRequest("notice -labour"))
    assert without.total == every - with_either < every
    told = [notice.undo for notice in without.notices if notice.code == "read-spelling"]
    assert told == [SearchRequest("notice -=labour")]
    assert all("read-spelling" not in n.code for n in island.search(SearchRequest("labor")).notices)
    named = island.search(SearchRequest("body:labour"))
    assert named.total == 30
    assert named.notices[0].undo == SearchRequest("body:=labour")


def test_a_suggestion_finds_something_under_the_same_filters(engine: Engine) -> None:
    under = SearchRequest("imigration", agencies=("harbour-customs",))
    assert engine.search(under).did_you_mean is None
    suggested = engine.search(SearchRequest("imigration")).did_you_mean
    assert suggested is not None
    assert engine.count(SearchRequest(suggested)) > engine.count(SearchRequest("imigration"))


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("imm", ("immigration",)),
        ("IMM", ("immigration",)),
        ("new imm", ("new immigration",)),
        ("zzz", ()),
        ("", ()),
        ("new ", ()),
        ("(", ()),
        ("a" * 100_000, ()),
    ],
)
def test_completes_the_last_word(engine: Engine, typed: str, completed: tuple[str, ...]) -> None:
    assert engine.complete(typed) == completed


def test_one_word_of_each_stem_is_completed_and_none_that_hyphens_made(opened: Opened) -> None:
    often = "The Cooper-Lugar act on nuclear treaties and the treaty, an understanding of standing."
    releases = [make(f"c{number}", "Notice", often) for number in range(5)]
    engine = opened([*releases, make("u", "Notice", "Under it, standing alone.")])
    assert engine.complete("coop") == ("cooper",)
    assert engine.complete("treat") in (("treaties",), ("treaty",))
    assert engine.complete("underst") == ("understanding",)


def test_a_word_that_nothing_completes_is_corrected(engine: Engine) -> None:
    assert engine.complete("nursse") == ("nurses",)
    assert engine.complete("new harbuor") == ("new harbour",)


def test_rare_tokens_beside_a_frequent_word_are_not_offered(opened: Opened) -> None:
    often = [make(f"s{number}", "Storm", "A storm, the stormy season.") for number in range(200)]
    cut = make("cut", "Notice", "stor")
    grown = [make(f"g{number}", "Notice", "The stormas the stormrelated") for number in range(2)]
    engine = opened([*often, cut, *grown])
    assert engine.complete("sto") == ("storm", "stormy")
    assert engine.complete("stormr") == ("stormrelated",)


@pytest.mark.parametrize(
    "typed", ["recei", "recie", "receve", "recceiv", "rceiv", "raceiv", "new recie"]
)
def test_a_slip_is_righted_though_some_rare_word_begins_so(opened: Opened, typed: str) -> None:
    often = [make(f"r{number}", "Notice", "We receive it.") for number in range(150)]
    engine = opened([*often, make("slip", "Notice", "We recieved, recceived, recevent it.")])
    before = typed.rpartition(" ")
    assert engine.complete(typed)[0] == before[0] + before[1] + "receive"


def test_completion_is_bounded(engine: Engine) -> None:
    assert len(engine.complete("n", limit=2)) == 2
    assert engine.complete("n", limit=0) == ()


@pytest.mark.parametrize(
    ("one", "other", "most", "distance"),
    [
        ("flood", "flood", 2, 0),
        ("flod", "flood", 2, 1),
        ("fldo", "flod", 2, 1),
        ("flood", "blood", 1, 1),
        ("flood", "bloom", 1, None),
        ("flood", "bloom", 2, 2),
        ("ca", "abc", 2, None),
        ("", "ab", 2, 2),
        ("", "abc", 2, None),
        ("ab", "", 1, None),
    ],
)
def test_distance(one: str, other: str, most: int, distance: int | None) -> None:
    assert edit_distance(one, other, most) == distance
    assert edit_distance(other, one, most) == distance


def test_similar_releases_share_telling_words_and_language(opened: Opened) -> None:
    common = "The council met today about many things. "
    engine = opened(
        [
            make("ferry-1", "Night ferry", common + "A night ferry crosses to Gull Rock."),
            make("ferry-2", "Gull Rock", common + "The ferry to Gull Rock sails by night."),
            make("ferry-3", "Boats", common + "A ferry was painted."),
            make("tax", "Levy", common + "A levy on coins."),
            make("other-language", "Ferry", "Night ferry Gull Rock", language="zh-Hant"),
            *[make(f"x{n}", "Meeting", common) for n in range(20)],
        ]
    )
    assert [release.id for release in engine.similar("ferry-1")] == ["ferry-2", "ferry-3"]
    assert [release.id for release in engine.similar("ferry-1", limit=1)] == ["ferry-2"]
    assert engine.similar("nobody") == ()
    assert engine.similar("ferry-1", limit=0) == ()
