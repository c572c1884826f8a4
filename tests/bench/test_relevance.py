"""`make relevance` itself: what it reads, what it looks for, and how it chooses parameters.

The peer and the measures live in an environment of their own (`bench/requirements.in`), so judged
collections are measured there alone; known releases, and the choice, need nothing of it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import choosing, relevance
from search.match import query_tree
from search.query import ranking

RELEASES = [
    ("a", "Ferry light mended", "The light of the ferry was mended. It shines."),
    ("b", "Harbour closed", "The harbour is closed. Boats stay away."),
    ("c", "School fees", "Fees of the school rise in May. Parents were told."),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    records = [
        {"id": name, "headline": headline, "body": body} for name, headline, body in RELEASES
    ]
    lines = "\n".join(map(json.dumps, records))
    (folder / "town.jsonl.zst").write_bytes(_compressed(lines))
    made = tmp_path / "collections/town"
    made.mkdir(parents=True)
    (made / "corpus.jsonl").write_text(
        "\n".join(json.dumps({"id": n, "title": h, "text": b}) for n, h, b in RELEASES)
    )
    queries = {"q1": "light of a ferry", "q2": "school fees", "q3": "nothing judged"}
    (made / "queries.jsonl").write_text(
        "\n".join(json.dumps({"id": name, "text": text}) for name, text in queries.items())
    )
    (made / "qrels.tsv").write_text("q1\ta\t2\nq2\tc\t1\nq3\tb\t0\n")
    return tmp_path


def _compressed(text: str) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(text.encode())


def test_known_releases_are_found_in_four_ways(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--data", str(data), "--collections", "none", "--known", "town", "--sample", "3"]
    assert relevance.main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[:2]] == ["town headline", "town first sentence"]
    assert all("RR@10 1.0000  first 3 of 3, nothing found 0" in line for line in lines[:2])
    assert [line.split("  ")[0] for line in lines[2:]] == [
        "town lost headline",
        "town lost it alone",
    ]


def test_a_collection_holds_what_was_judged_and_is_asked_for_any_word(data: Path) -> None:
    town = relevance.read_collection(data / "collections/town")
    assert (len(town.documents), set(town.queries)) == (3, {"q1", "q2"})
    requests = relevance.judged_requests(town)
    assert {each.match for each in requests.values()} == {"any"}
    run = relevance.dateline_run(relevance.releases_of(town), requests)
    assert {query: max(found, key=found.__getitem__) for query, found in run.items()} == {
        "q1": "a", "q2": "c"
    }  # fmt: skip


def test_first_sentences_end_where_sentences_do() -> None:
    assert relevance.first_sentence("The U.S. fleet sails. It left.") == "The U.S. fleet sails."
    assert relevance.first_sentence("\nA line\nanother.") == "A line"


def test_nothing_is_chosen_on_the_collection_that_is_reported() -> None:
    low, high = (("PAIR_WEIGHT", 0.0),), (("PAIR_WEIGHT", 1.0),)
    found = {
        low: {"one": {"q": 0.9}, "two": {"q": 0.2}, "three": {"q": 0.2}},
        high: {"one": {"q": 0.1}, "two": {"q": 0.4}, "three": {"q": 0.4}},
    }
    assert choosing.cross_validated(found) == {
        "one": (high, 0.1), "two": (low, 0.2), "three": (low, 0.2)
    }  # fmt: skip


def test_a_report_tries_each_value_and_puts_it_back() -> None:
    before = ranking.PAIR_WEIGHT, ranking.FORM_WEIGHT, query_tree.K1
    tried: list[float] = []

    def measured() -> dict[str, dict[str, float]]:
        tried.append(ranking.PAIR_WEIGHT)
        return {"one": {"q": ranking.PAIR_WEIGHT}, "two": {"q": ranking.PAIR_WEIGHT}}

    lines = list(choosing.report(measured))
    assert len(tried) == 1 + len(choosing.GRID) + len(choosing.PARTS)
    assert lines[0].startswith("PAIR_WEIGHT 0.05, FORM_WEIGHT 0.25, K1 1.2")
    chosen = lines[len(choosing.GRID)]
    assert chosen.startswith("one            cross-validated 0.1000 with PAIR_WEIGHT 0.1")
    assert any(line.startswith("without pairs") and "+0.1000" in line for line in lines)
    assert before == (ranking.PAIR_WEIGHT, ranking.FORM_WEIGHT, query_tree.K1)
