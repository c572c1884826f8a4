"""A text too short to tell its language is in that of the releases that it came with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.ingest.builder import build
from index.stores.folder import FolderStore
from search import SearchRequest, open_engine

SPANISH = "El puerto del norte abre de nuevo y los barcos salen cada hora para las islas."
GERMAN = "Der Hafen im Norden ist wieder offen, und die Schiffe fahren jede Stunde zu den Inseln."


@pytest.mark.parametrize(
    ("bodies", "language"),
    [
        ([SPANISH] * 3, "es"),
        ([SPANISH] * 2, "und"),
        ([SPANISH] * 3 + [GERMAN] * 3, "und"),
        ([SPANISH] * 9 + [GERMAN], "es"),
        ([SPANISH] * 8 + [GERMAN], "und"),
        ([], "und"),
    ],
)
def test_neighbours_that_share_a_language_share_it_with_a_short_text(
    tmp_path: Path, bodies: list[str], language: str
) -> None:
    rows = [{"id": f"n{n}", "headline": f"{n}", "body": body} for n, body in enumerate(bodies)]
    rows.append({"id": "short", "headline": "Canceladas", "body": ""})
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = build([path], FolderStore(tmp_path / "index"))
    engine = open_engine(tmp_path / "index")
    release = engine.release("short")
    assert release is not None
    assert release.language == language
    notes = [line["note"] for line in report.notes.first]
    assert any("neighbours" in note for note in notes) == (language != "und")
    assert engine.count(SearchRequest("cancelado")) == (1 if language == "es" else 0)
    engine.close()


def test_what_a_short_text_states_is_not_overruled(tmp_path: Path) -> None:
    rows = [{"id": f"n{n}", "headline": f"{n}", "body": SPANISH} for n in range(5)]
    rows.append({"id": "short", "headline": "Nota", "body": "", "language": "pt"})
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    build([path], FolderStore(tmp_path / "index"))
    release = open_engine(tmp_path / "index").release("short")
    assert release is not None
    assert release.language == "pt"
