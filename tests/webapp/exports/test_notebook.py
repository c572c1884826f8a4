"""The notebook of the documentation runs, and prints what the releases it indexes say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[3] / "docs" / "python.ipynb"
PRINTED = (
    ("True 25",),
    ("13 ['2024-05-25', '2024-05-23', '2024-05-21']", "[('Ferries', 13), ('Piers', 13)]"),
    ("10 15 n11",),
    ("jsonl 25", "csv 25", "sqlite 25", "parquet 25", "25 ['Ferries', 'Piers'] 2024-05-01"),
    (
        "25 ['id', 'day', 'date', 'agency', 'headline', 'language', 'url', 'score', 'topic', 'body']",
        "{'Ferries': 25, 'Piers': 13}",
    ),
)
"""Of each cell: notices 1 to 25, of which the 13 odd ones are of piers, too."""


def test_every_cell_runs_and_prints_what_is_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(NOTEBOOK.parent)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    programs = ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]
    names: dict[str, Any] = {}
    said = []
    for program in programs:
        exec(compile(program, str(NOTEBOOK), "exec"), names)  # noqa: S102, our own documentation
        said.append(tuple(capsys.readouterr().out.splitlines()))
    assert tuple(said) == PRINTED
