"""docs/architecture.md leads to the code: it is what the modules say, and what it says is found."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from docs.make_architecture import DOCUMENT, ROOT, document, rooms
from index.text.analysis import stem

ROOMS = rooms()
MODULES = [module for room in ROOMS for module in room.modules]

BEHAVIOURS = [
    ("where is the paging limit", "MAX_PAGED"),
    ("where are segments merged", "merge_segments"),
    ("where is the merge policy, which segments are merged when", "to_merge"),
    ("where are the dates of a query read", "parse_span"),
    ("where are partial dates parsed, as precise as they are", "PartialDate"),
    ("who writes addresses", "Links"),
    ("where are snippets cut from a text", "cut_fragments"),
    ("where are duplicates found", "Deduplicator"),
    ("where does a release get its id", "identify"),
    ("where is the headline of a page chosen", "find_headline"),
    ("where is did-you-mean", "corrections"),
    ("who counts the matches by agency and year", "FacetCounter"),
    ("which rows of a facet do pages list", "value_rows"),
    ("where is the formula of BM25", "Scorer"),
    ("how do phrases match, by positions", "PhraseWords"),
    ("which matches pass the filters by agency and language", "filtered"),
    ("where are words stemmed", "stem_of"),
    ("which language is a text in", "detect"),
    ("where are archives opened", "members"),
    ("which columns has the CSV", "csv_lines"),
    ("where is the Atom feed", "atom_feed"),
    ("which headers protect a response", "CONTENT_SECURITY_POLICY"),
    ("which settings are read from the environment", "read_settings"),
    ("where is an agency found in a text", "names_in"),
    ("which files are not read again", "unchanged"),
    ("what is offered when nothing is found", "ways_out"),
    ("where are the top k of the matches", "first_in_order"),
    ("where is the schema with its fields", "make_schema"),
]
"""What somebody looks for, and a name that the code which does it defines."""
NOT_SOUGHT = (
    "a an and are as at by do does each for from get how in is it its of on or that the them "
    "there they to was what when where which who why with"
)


def test_the_document_is_what_the_modules_say() -> None:
    assert DOCUMENT.read_text("utf-8") == document(), "say: make architecture"


def test_every_room_has_a_question() -> None:
    assert [str(room.path) for room in ROOMS if not room.question.endswith("?")] == []


def test_every_module_has_a_sentence() -> None:
    assert [str(module.path) for module in MODULES if not module.sentence.endswith(".")] == []


def test_no_two_sentences_are_the_same() -> None:
    said = [module.sentence for module in MODULES] + [room.question for room in ROOMS]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize(("question", "name"), BEHAVIOURS)
def test_the_words_of_a_question_lead_to_the_module_that_has_it(question: str, name: str) -> None:
    found = best(question)
    assert len(found) == 1, f"{[str(path) for path in found]} answer alike"
    assert name in defined(ROOT / found[0]), f"{found[0]} does not define {name}"


def best(question: str) -> list[Path]:
    """The modules whose names and sentences share most with a question: rare words count more.

    Of those that share the same the one with the shortest sentence is best.
    """
    texts = {module.path: words(f"{module.path} {module.sentence}") for module in MODULES}
    spread = Counter(word for text in texts.values() for word in text)
    scores = {
        path: (sum(1 / spread[word] for word in words(question) & text), -len(text))
        for path, text in texts.items()
    }
    return [path for path, score in scores.items() if score == max(scores.values())]


def words(text: str) -> set[str]:
    """The stems of what is said, without the words that every sentence has."""
    said = set(re.findall(r"\w+", text.lower().replace("_", " "))) - set(NOT_SOUGHT.split())
    return {stem(word, "en") for word in said}


def defined(path: Path) -> set[str]:
    """The names that a module defines at its top: functions, classes, constants."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
