"""docs/architecture.md leads to the code: it is what the modules say, and what it says is found."""

from __future__ import annotations

from docs.make_architecture import DOCUMENT, document, rooms

ROOMS = rooms()
MODULES = [module for room in ROOMS for module in room.modules]


def test_the_document_is_what_the_modules_say() -> None:
    assert DOCUMENT.read_text("utf-8") == document(), "say: make architecture"


def test_every_room_has_a_question() -> None:
    assert [str(room.path) for room in ROOMS if not room.question.endswith("?")] == []


def test_every_module_has_a_sentence() -> None:
    assert [str(module.path) for module in MODULES if not module.sentence.endswith(".")] == []


def test_no_two_sentences_are_the_same() -> None:
    said = [module.sentence for module in MODULES] + [room.question for room in ROOMS]
    assert sorted(said) == sorted(set(said))
