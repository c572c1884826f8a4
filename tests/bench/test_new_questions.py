"""`python -m bench.new_questions`: what warms is not what is asked, and each question is asked once."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from bench import new_questions
from bench.new_questions import Asked, Runner
from bench.peers.dateline import Engine
from bench.questions import Question, QuestionClause, read
from index.release import Agency
from tests.search.search_corpus import make, write

OFFICE = Agency("office", "Office")
RELEASES = [
    *(make(f"f{n}", "Ferries", "A ferry.", agency=OFFICE, date=f"2023-0{n}-01") for n in (1, 2, 3)),
    make("p", "Pier", "The ferry and its pier.", date="2024-06-01"),
]
LINES = [
    {"type": "word", "q": "ferry"},
    {"type": "word", "q": "pier"},
    {"type": "word", "q": "boats"},
    {"type": "phrase", "q": '"a ferry"'},
    {"type": "phrase", "q": '"its pier"'},
    {"type": "year", "q": "ferry", "from": "2023", "to": "2023"},
    {"type": "agency", "q": "ferry", "agency": "Office"},
]


def test_every_question_warms_or_is_asked_and_each_type_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)), "utf-8")
    warming, asked = new_questions.apart(read(path))
    assert Counter([*warming, *asked]) == Counter(read(path))
    assert [each.text for each in warming] == ["pier", '"its pier"']
    assert {each.type for each in asked} == {"word", "phrase", "year", "agency"}


def test_a_process_gives_what_the_engine_finds_and_what_it_took(tmp_path: Path) -> None:
    folder = tmp_path / "peer/index"
    write(folder, RELEASES)
    words = [
        Question("word", "ferry", (QuestionClause("word", ("ferry",)),)),
        Question("agency", "ferry", (QuestionClause("word", ("ferry",)),), agencies=("Office",)),
        Question("year", "", (), date_from="2023", date_to="2023"),
    ]
    runner = Runner([sys.executable, "-m", "bench.asked_once", "dateline", str(folder.parent)], 1)
    found = new_questions.ask_once(runner, words[:1], words)
    engine = Engine()
    engine.open(folder.parent)
    assert found.totals == [engine.answer(each).total for each in words] == [4, 3, 3]
    engine.close()
    assert all(len(part) == len(words) and min(part) > 0 for part in found[:3])


def test_days_of_a_question_go_as_numbers() -> None:
    month = Question("month", "", (), date_from="2023-06", date_to="2023-06")
    none = Question("word", "", ())
    assert new_questions.record_of(month)["day_from"] == 20230601
    assert new_questions.record_of(month)["day_to"] == 20230699
    assert new_questions.record_of(none)["day_from"] is None


def test_the_tables_are_ratios_by_type_then_over_types() -> None:
    asked = [Question(kind, "", ()) for kind in ("one", "one", "two")]
    ours = Asked([1.0, 4.0, 30.0], [1.0] * 3, [1.0] * 3, [1, 2, 3])
    peer = Asked([2.0, 2.0, 10.0], [2.0] * 3, [4.0] * 3, [1, 2, 4])
    text = new_questions.text(asked, {"dateline": ours, "peer": peer}, rounds=1)
    lines = [line.split() for line in text.splitlines()]
    assert ["one", "2", "1.00"] in lines  # sqrt(1/2 * 4/2)
    assert ["two", "30", "3.00"] in lines
    assert ["all", "types", "5", "1.732"] in lines
    assert ["worst", "type", "3.00"] in lines
    assert "totals equal to Dateline's, of 3: peer 2" in text
