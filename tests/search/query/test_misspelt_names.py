"""Names of fields and agencies with letters wrong: what is offered instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.release import Agency
from search import Engine, SearchRequest
from tests.search.search_corpus import engine_over, make

NAMES = {
    "customs": "Department of Customs and Excise",
    "health": "Board of Health",
    "interieur": "Ministère de l’Intérieur",
    "jasper": "Office of Senator Jasper",
    "jaspers": "Office of Senator Quill",
}
RELEASES = [
    make("c1", "Ferry seized", "A ferry at the pier.", agency=Agency("customs", NAMES["customs"])),
    make("c2", "Coins found", "Coins at the pier.", agency=Agency("customs", NAMES["customs"])),
    make("h1", "Flu season", "A ferry for nurses.", agency=Agency("health", NAMES["health"])),
    make("i1", "Rules", "New rules.", agency=Agency("interieur", NAMES["interieur"])),
    make("j1", "Farms", "A farm.", agency=Agency("jasper", NAMES["jasper"])),
    make("q1", "Roads", "A road.", agency=Agency("quill", NAMES["jaspers"])),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("names") / "index", RELEASES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "meant", "ids"),
    [
        ("agency:custms", "agency:Customs", "c1 c2"),
        ("ferry agency:custms", "ferry agency:Customs", "c1"),
        ('agency:"Dept of Custms"', 'agency:"Department of Customs"', "c1 c2"),
        ("agency:“Bord of Health”", "agency:“Board of Health”", "h1"),
        ("agency:boardofhealth", 'agency:"Board of Health"', "h1"),
        ("agency:interiuer", "agency:Intérieur", "i1"),
        ("agency:Jaspar", "agency:Jasper", "j1"),
        ("ferry -agency:custms", "ferry -agency:Customs", "h1"),
        ("ferry agency:-custms", "ferry agency:-Customs", "h1"),
        ("agnecy:health", "agency:health", "h1"),
        ("AGNECY:health", "agency:health", "h1"),
        ("titel:ferry", "title:ferry", "c1"),
        ("heading:ferry", "headline:ferry", "c1"),
        ("department:health", "agency:health", "h1"),
        ("au:health ferry", "agency:health ferry", "h1"),
        ("bdoy:nurses", "body:nurses", "h1"),
        ("langauge:en ferry", "language:en ferry", "c1 h1"),
        ("agnecy:custms", None, ""),  # one thing at a time: the field is offered once it finds
    ],
)
def test_a_misspelt_name_is_offered_as_it_is_called(
    engine: Engine, typed: str, meant: str | None, ids: str
) -> None:
    assert engine.search(SearchRequest(typed)).did_you_mean == meant
    if meant:
        found = engine.search(SearchRequest(meant))
        assert {hit.release.id for hit in found.hits} == set(ids.split())


@pytest.mark.parametrize(
    "typed",
    ["agency:zzyzx", "agency:hea", "agency:quilt-makers", "size:large", "ab:cd", "agency:health"],
)
def test_what_is_like_no_name_gets_no_offer(engine: Engine, typed: str) -> None:
    assert engine.search(SearchRequest(typed)).did_you_mean is None


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Bord of Health", ["health"]),
        ("Board of Helath", ["health"]),
        ("Department of Custom and Exise", ["customs"]),
        ("Boards", []),
        ("Board of Wealthy People", []),
    ],
)
def test_a_search_that_is_nearly_the_name_of_an_agency_is_offered_it(
    engine: Engine, typed: str, offered: list[str]
) -> None:
    found = engine.search(SearchRequest(typed)).offers
    assert [agency.slug for each in found for agency in each.agencies] == offered


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ferry agency:-health", ["Excluding releases that match “agency:health”."]),
        ("ferry NOT agency:health", ["Excluding releases that match “agency:health”."]),
        ("ferry -coins", ["Excluding releases that match “coins”."]),
        ("ferry agency:-zzyzx", []),
        ("ferry -agency:zzyzx", []),
    ],
)
def test_what_is_excluded_is_said_as_it_is_named(
    engine: Engine, typed: str, said: list[str]
) -> None:
    notices = engine.search(SearchRequest(typed)).notices
    assert [each.text for each in notices if each.code == "read-not"] == said
