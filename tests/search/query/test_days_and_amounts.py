"""Days, amounts and the first of a month, found in every form in which releases say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import SearchRequest
from tests.search.search_corpus import engine_over, ids_found, make


@pytest.mark.parametrize("typed", ["July 4 ferry", "ferry 4th of July", "4 July ferry"])
def test_a_day_comes_before_its_words_apart(tmp_path: Path, typed: str) -> None:
    written = [
        make("apart", "Ferry 4 in July", "Ferry 4 sails in July. In July 2024 the 4 ferries sail."),
        make("day", "Works at the pier", "The works begin on July 4. " + "The ferry waits. " * 9),
        *(make(f"other-{day}", "Ferry", f"The ferry sails on July {day}.") for day in range(5, 15)),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        hits = engine.search(SearchRequest(typed)).hits
    assert next(each.release.id for each in hits) == "day"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("8/29/2005", {"words", "slashes"}),
        ("29.8.2005", {"words", "points"}),
        ("29-08-2005", {"words"}),
        ("3/4/2005", {"april"}),
        ("4/3/2005", {"april"}),
        ("31/31/2005", set()),
    ],
)
def test_a_day_in_numbers_is_found_in_words(tmp_path: Path, typed: str, found: set[str]) -> None:
    written = [
        make("words", "", "The storm came on August 29, 2005."),
        make("slashes", "", "The storm came on 8/29/2005."),
        make("points", "", "The storm came on 29.8.2005."),
        make("april", "", "The storm came on 3 April 2005."),
        make("later", "", "The storm came on August 29, 2006."),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


AMOUNTS = {
    "words": "The bridge costs 1.5 million a year.",
    "figures": "The bridge costs 1,500,000 a year.",
    "short": "The bridge costs 1.5mn a year.",
    "money": "The bridge costs CHF 1.5m a year.",
    "billion": "The bridge costs $3 billion.",
    "bn": "The bridge costs $3bn.",
    "metres": "The bridge is 3m wide, and 5 m high.",
    "wide": "The bridge is 5 million years old.",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1.5 million", {"words", "figures", "short"}),
        ("1.5-million bridge", {"words", "figures", "short"}),
        ("1.5 mln", {"words", "figures", "short"}),
        ("1,500,000", {"words", "figures", "short"}),
        ("CHF 1,500,000", {"money"}),
        ("chf 1.5 million", {"money"}),
        ("$1.5m", {"words", "figures", "short", "money"}),
        ("$3bn", {"billion", "bn"}),
        ("3 billion", {"billion", "bn"}),
        ("5 million", {"wide"}),
        ("3m", {"metres"}),
        ("3 million", set()),
        ('"1.5 million"', {"words"}),
    ],
)
def test_amounts_are_found_in_all_their_forms(tmp_path: Path, typed: str, found: set[str]) -> None:
    written = [make(name, "", text) for name, text in AMOUNTS.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


APART = {
    "together": "The bridge costs $700 billion.",
    "listed": "The bridge costs CHF 500, 700 or 800 billion.",
    "apart": "The 700 workers of the bridge ask for a share of the $3 billion.",
    "smaller": "Costs rise from $700 million to $1.4 billion.",
    "named": "Costs in CHF: 700 billion.",
    "time": "The bridge opens at 2 p.m.",
    "money": "The bridge costs $2m.",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("$700 billion", {"together", "listed", "named"}),
        ("700 billion dollars", {"together", "listed", "named"}),
        ("700 billion dollar bridge", {"together", "listed"}),
        ("CHF 700 billion", {"listed", "named"}),
        ("700 OR billion", {*APART} - {"time", "money"}),
        ("$2m", {"money"}),
    ],
)
def test_a_number_stands_by_its_scale(tmp_path: Path, typed: str, found: set[str]) -> None:
    written = [make(name, "", text) for name, text in APART.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


@pytest.mark.parametrize("typed", ["US$26.1 million", "USD 26.1 million", "US$26,100,000"])
@pytest.mark.parametrize(
    ("others", "found"),
    [
        (["It costs $10 million."], True),
        (["It costs $10 million.", "It costs US$10 million."], False),
    ],
)
def test_dollars_need_no_letters_where_releases_write_none(
    tmp_path: Path, typed: str, others: list[str], found: bool
) -> None:
    texts = ["The lock costs $26.1 million.", *others]
    with engine_over(
        tmp_path / "index", [make(str(n), "", t) for n, t in enumerate(texts)]
    ) as engine:
        assert ids_found(engine, typed, match="strict") == ({"0"} if found else set())


@pytest.mark.parametrize("typed", ["HK$3 billion", "HKD 3 billion", "HKD 3,000,000,000"])
def test_money_is_found_by_its_sign_and_its_code(tmp_path: Path, typed: str) -> None:
    texts = {"sign": "It costs HK$3 billion.", "code": "It costs HKD 3bn.", "other": "NZ$3 billion"}
    with engine_over(tmp_path / "index", [make(n, "", t) for n, t in texts.items()]) as engine:
        assert ids_found(engine, typed, match="strict") == {"sign", "code"}


FIRSTS = {
    "fr": "La porte ouvre le 1er mai dans la ville.",
    "premier": "La porte ouvre le premier mai dans la ville.",
    "es": "La puerta abre el 1º de mayo en la ciudad.",
    "primero": "La puerta abre el primero de mayo en la ciudad.",
    "pt": "A porta abre em 1º de maio na cidade.",
    "it": "La porta apre il 1° maggio nella città.",
    "primo": "La porta apre il primo maggio nella città.",
    "de": "Das Tor öffnet am 1. Mai in der Stadt.",
}


@pytest.mark.parametrize(
    "typed",
    [
        *("1 mai", "1er mai", "May 1", "1º de maio", "1 de mayo", "1° maggio"),
        *("Premier mai", "primero de mayo", "primeiro de maio", "primo maggio"),
    ],
)
def test_the_first_of_a_month_is_found_in_all_its_forms(tmp_path: Path, typed: str) -> None:
    later = make("later", "", "La porte ouvre le 11 mai, le jour de la foire.")
    written = [make(name, "", text) for name, text in FIRSTS.items()]
    with engine_over(tmp_path / "index", [*written, later]) as engine:
        assert ids_found(engine, typed, match="strict") == {*FIRSTS}


@pytest.mark.parametrize(
    "typed",
    [
        *("November 26, 2025", "26 November 2025", "26th of November 2025", "26 de noviembre 2025"),
        *("2025-11-26", "26.11.2025", "2025年11月26日", "二零二五年十一月二十六日"),
    ],
)
def test_a_day_with_its_year_is_found_in_releases_of_that_year(tmp_path: Path, typed: str) -> None:
    """What a release says of its own days has no year."""
    written = [
        make("own", "", "The pier closed today (November 26).", date="2025-11-27"),
        make("zh", "", "碼頭今日（十一月二十六日）關閉。", language="zh-Hant", date="2025-11-26"),
        make("said", "", "The pier closed on 26 November 2025.", date="2026-02-03"),
        make("before", "", "The pier closed today (November 26).", date="2024-11-26"),
        make("undated", "", "The pier closed on November 26."),
        make("other", "", "The pier closed on November 25.", date="2025-11-26"),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == {"own", "zh", "said"}
        (first, *_) = engine.search(SearchRequest(f"{typed} pier", copies=True)).hits
        assert first.release.id == "said"
