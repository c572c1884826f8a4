"""The questions to ask: the query file, taken apart once so that every peer translates the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/queries/senate.jsonl"


@dataclass(frozen=True, slots=True)
class QuestionClause:
    """One word (`kind` word, prefix, fuzzy, not) or one phrase of several words."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A search: all clauses, or any of them (`any_of`), within agencies and months."""

    type: str
    text: str
    clauses: tuple[QuestionClause, ...]
    any_of: bool = False
    agencies: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    words: tuple[str, ...] = field(default=())


_CLAUSE = re.compile(r'"([^"]+)"|(-?)([^\s"~*]+)(\*|~\d?)?')


def read(path: Path = DEFAULT) -> list[Question]:
    """The questions of a JSONL file with `type`, `q` and optional `agency`, `from`, `to`."""
    return [_question(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def _question(record: dict[str, object]) -> Question:
    text = str(record["q"])
    clauses = tuple(_clauses(text))
    agencies = record.get("agency") or ()
    return Question(
        type=str(record["type"]),
        text=text,
        clauses=clauses,
        any_of=" OR " in text,
        agencies=(agencies,) if isinstance(agencies, str) else tuple(agencies),  # type: ignore[arg-type]
        date_from=record.get("from"),  # type: ignore[arg-type]
        date_to=record.get("to"),  # type: ignore[arg-type]
        words=tuple(word for each in clauses if each.kind != "not" for word in each.words),
    )


def _clauses(text: str) -> list[QuestionClause]:
    found = []
    for match in _CLAUSE.finditer(text):
        phrase, minus, word, suffix = match.groups()
        if phrase:
            found.append(QuestionClause("phrase", tuple(phrase.split())))
        elif word != "OR":
            kind = {"*": "prefix", "~": "fuzzy"}.get((suffix or " ")[0], "word")
            found.append(QuestionClause("not" if minus else kind, (word,)))
    return found
