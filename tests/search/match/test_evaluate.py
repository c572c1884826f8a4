"""Every match of stock Whoosh's, with the score of the formula, in any segments and deletions."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from whoosh.query import Every, FuzzyTerm, NullQuery, Term

from index.release import Release
from index.stores.folder import open_index
from search import SearchRequest
from search.match.doc_values import read_doc_values
from search.match.evaluate import evaluate
from search.match.fallback import match_by_whoosh
from search.match.rescore import parts_of
from search.match.top_k import first_in_order
from search.query.at_least import AtLeast
from search.query.date_queries import undated_query
from search.query.expansion import MAX_FUZZY_TERMS, expand_query
from search.query.parser import parse_query
from search.query.positional import MAX_ALTERNATIVES
from search.query.vocabulary import ReaderWords
from tests.search.engines.list_documents import WEIGHTS, Document
from tests.search.formula import Formula
from tests.search.search_corpus import make, write

WORDS = [f"w{letter}" for letter in "abcdefghij"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where: Path = tmp_path_factory.mktemp("execute") / "index"
    write(where, releases()[:200])
    write(where, releases()[200:], removed=["r000", "r007", "r199"])
    return where


@cache
def releases() -> list[Release]:
    chance = random.Random(3)  # noqa: S311
    return [
        make(
            f"r{n:03}", " ".join(chance.choices(WORDS, k=3)), " ".join(chance.choices(WORDS, k=30))
        )
        for n in range(300)
    ]


@pytest.mark.parametrize(
    "typed",
    ["wa", "wa wb", "wa OR wb OR wc OR wd OR we OR wf", "wa wb wc wd we", '"wa wb"', '"wa wb"~3',
     "headline:wa", "=wa", "wa -wb", "(wa OR wb) wc", "date:none wa", "agency:unattributed wa"],
)  # fmt: skip
def test_equals_the_exhaustive_answer_of_stock_whoosh(folder: Path, typed: str) -> None:
    index = open_index(folder)
    with index.searcher() as searcher:
        query, _ = expand_query(
            parse_query(SearchRequest(typed)).query, ReaderWords(searcher.reader())
        )
        stock = {hit.docnum for hit in searcher.search(query, limit=None)}
        undated = set(searcher.docs_for_query(undated_query()))
        scored = evaluate(searcher, query, scored=True)
        unscored = evaluate(searcher, query, scored=False)
    index.close()
    assert scored.doc_ids.dtype == np.uint32
    assert scored.doc_ids.tolist() == sorted(stock) == unscored.doc_ids.tolist()
    assert unscored.scores is None
    documents = [Document(each, "").terms for each in releases()]
    formula = Formula(documents, WEIGHTS, lambda _: undated.__contains__)
    expected = [formula.score(query, number) for number in scored.doc_ids.tolist()]
    assert scored.scores is not None
    assert scored.scores.tolist() == pytest.approx(expected, rel=1e-12)


def test_everything_and_nothing(folder: Path) -> None:
    index = open_index(folder)
    with index.searcher() as searcher:
        assert len(evaluate(searcher, Every(), scored=True).doc_ids) == 297
        assert len(evaluate(searcher, Every(), scored=False).doc_ids) == 297
        assert len(evaluate(searcher, NullQuery, scored=True).doc_ids) == 0
    index.close()


def test_exclusion_checks_the_first_document_of_a_segment(tmp_path: Path) -> None:
    write(tmp_path / "index", [make("0", "coin"), make("1", "ferry coin"), make("2", "ferry")])
    index = open_index(tmp_path / "index")
    with index.searcher() as searcher:
        query = parse_query(SearchRequest("ferry -coin")).query
        assert evaluate(searcher, query, scored=True).doc_ids.tolist() == [2]
    index.close()


def test_the_first_of_an_order_are_those_of_the_whole_order(folder: Path) -> None:
    index = open_index(folder)
    with index.searcher() as searcher:
        values = read_doc_values(searcher.reader())
        matches = evaluate(searcher, parse_query(SearchRequest("wa")).query, scored=True)
    index.close()
    rough = None if matches.scores is None else np.round(matches.scores)
    for order in ("relevance", "newest", "oldest"):
        whole = first_in_order(values, order, matches.doc_ids, rough)
        for stop in (0, 1, 2, 10, 57, 10_000):
            first = first_in_order(values, order, matches.doc_ids, rough, stop)
            assert first.tolist() == whole[:stop].tolist()


def test_values_mask_the_deleted(folder: Path) -> None:
    index = open_index(folder)
    with index.reader() as reader:
        values = read_doc_values(reader)
        stored = {fields["id"]: number for number, fields in reader.iter_docs()}
    index.close()
    assert int(values.live.sum()) == 297
    by_id = [number for _, number in sorted(stored.items())]
    assert np.all(np.diff(values.id_order[by_id].astype(int)) > 0)


def test_expansion_stops_at_its_limits(tmp_path: Path) -> None:
    near = [f"near{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MAX_FUZZY_TERMS + 1)]
    places = [f"tax{n}" for n in range(MAX_ALTERNATIVES + 1)]
    twice = [f"tax{MAX_ALTERNATIVES} ferry"]
    write(tmp_path / "index", [make("1", "Words", " ".join(near + places + twice)),
                               make("2", "Words", f"tax{MAX_ALTERNATIVES} ferry")])  # fmt: skip
    index = open_index(tmp_path / "index")
    with index.reader() as reader:
        for typed, code, most in (
            ("body:nearzz~2", "fuzzy-cut", MAX_FUZZY_TERMS),
            ('body:"tax* ferry"', "phrases-cut", MAX_ALTERNATIVES),
        ):
            query, notices = expand_query(
                parse_query(SearchRequest(typed)).query, ReaderWords(reader)
            )
            assert [notice.code for notice in notices] == [code]
            assert len(list(parts_of(query).matching.leaves())) == most
        found = [list(leaf.words) for leaf in parts_of(query).matching.leaves()]
        assert [f"tax{MAX_ALTERNATIVES}", "ferri"] in found  # the most frequent word stays
        query, notices = expand_query(
            parse_query(SearchRequest("body:near*")).query, ReaderWords(reader)
        )
        assert notices == []
        looks: list[int] = []
        places = parse_query(SearchRequest('body:"a* b* c*"')).query
        expand_query(places, ReaderWords(reader), lambda: looks.append(1))
        assert len(looks) > 3
    index.close()


def test_what_only_ranks_is_expanded_too(tmp_path: Path) -> None:
    """All of a few words, which come first where any will do, may be near-words themselves."""
    write(tmp_path / "index", [make("1", "Ferry", "The harbour ferry."), make("2", "Ferries", "")])
    request = SearchRequest("harbor~1 ferry", match="any")
    index = open_index(tmp_path / "index")
    with index.reader() as reader:
        query, _ = expand_query(parse_query(request).query, ReaderWords(reader))
    index.close()
    ranking = parts_of(query).ranking
    assert ranking is not None
    for part in parts_of(query):
        kinds = {type(leaf) for leaf in part.leaves()}
        assert FuzzyTerm not in kinds
        assert ("body_exact", "harbour") in {(e.fieldname, e.text) for e in part.leaves()}


def test_clauses_of_enough_weight_are_found_alike_by_arrays_and_by_whoosh(tmp_path: Path) -> None:
    """A plain sum of weights over the releases that hold each clause says which are enough."""
    releases = [
        make(f"{n}", " ".join(w for w in "abcd" if n & 1 << "abcd".index(w))) for n in range(16)
    ]
    weights, clauses = (1, 2, 3, 0), [Term("headline", word) for word in "abcd"]
    write(tmp_path / "index", releases)
    index = open_index(tmp_path / "index")
    with index.searcher() as searcher:
        for minimum in range(1, 7):
            query = AtLeast(clauses, weights, minimum)
            held = [(n & 1) + (n & 2) + 3 * (n >> 2 & 1) for n in range(16)]
            enough = {str(n) for n in range(16) if held[n] >= minimum}
            ours = evaluate(searcher, query, scored=False)
            theirs = match_by_whoosh(searcher, query, False)
            ids = [searcher.stored_fields(int(number))["id"] for number in ours.doc_ids]
            assert set(ids) == enough
            assert ours.doc_ids.tolist() == theirs.doc_ids.tolist()
    index.close()
