"""SQLite FTS5 with the porter stemmer, as the standard library ships it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import Document
from bench.peers import CannotError
from bench.questions import Question, QuestionClause


class Engine:
    """One file; headline and body in FTS5, the rest in the content table."""

    name = "sqlite-fts5"
    cannot = ("fuzzy words",)

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        db = sqlite3.connect(folder / "releases.db")
        db.executescript(
            "CREATE TABLE release (n INTEGER PRIMARY KEY, id, headline, date, agency, body);"
            "CREATE VIRTUAL TABLE text USING fts5(headline, body, content='release',"
            " content_rowid='n', tokenize='porter unicode61');"
        )
        with db:
            db.executemany(
                "INSERT INTO release (id, headline, date, agency, body) VALUES (?, ?, ?, ?, ?)",
                documents,
            )
            db.execute("INSERT INTO text (text) VALUES ('rebuild')")
            db.execute("INSERT INTO text (text) VALUES ('optimize')")
            db.execute("CREATE INDEX by_agency ON release (agency, date)")
            db.execute("CREATE INDEX by_date ON release (date)")
        db.close()

    def open(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "releases.db")
        self.db.execute("PRAGMA mmap_size = 4000000000")
        self.db.execute("PRAGMA cache_size = -200000")

    def top(self, question: Question) -> tuple[list[str], int]:
        source, values = _source(question)
        order = "text.rank" if question.clauses else "release.date DESC, release.n"
        ids = self.db.execute(f"SELECT release.id {source} ORDER BY {order} LIMIT 10", values)
        found = [row[0] for row in ids]
        return found, self.db.execute(f"SELECT count(*) {source}", values).fetchone()[0]

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        source, values = _source(question, without="agency")
        agencies = self.db.execute(
            f"SELECT agency, count(*) {source} GROUP BY agency", values
        ).fetchall()
        source, values = _source(question, without="date")
        months = self.db.execute(
            f"SELECT substr(date, 1, 7), count(*) {source} GROUP BY 1", values
        ).fetchall()
        return dict(agencies), dict(months)

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        marks = ",".join("?" * len(ids))
        if not question.clauses:
            rows = self.db.execute(
                f"SELECT substr(body, 1, 200) FROM release WHERE id IN ({marks})", ids
            )
            return [row[0] for row in rows]
        rows = self.db.execute(
            "SELECT snippet(text, 1, '<mark>', '</mark>', '…', 30) FROM text"
            " JOIN release ON release.n = text.rowid"
            f" WHERE text MATCH ? AND release.id IN ({marks})",
            [_match(question), *ids],
        )
        return [row[0] for row in rows]

    def close(self) -> None:
        self.db.close()


def _source(question: Question, without: str = "") -> tuple[str, list[str]]:
    tests, values = [], []
    source = "FROM release"
    if question.clauses:
        source = "FROM text JOIN release ON release.n = text.rowid"
        tests.append("text MATCH ?")
        values.append(_match(question))
    if question.agencies and without != "agency":
        tests.append(f"agency IN ({','.join('?' * len(question.agencies))})")
        values.extend(question.agencies)
    if question.date_from and without != "date":
        tests.append("date >= ?")
        values.append(question.date_from)
    if question.date_to and without != "date":
        tests.append("date <= ?")
        values.append(question.date_to + "-99")
    return source + (" WHERE " + " AND ".join(tests) if tests else ""), values


def _match(question: Question) -> str:
    wanted = [_clause(each) for each in question.clauses if each.kind != "not"]
    joined = (" OR " if question.any_of else " AND ").join(wanted)
    for each in question.clauses:
        if each.kind == "not":
            joined = f"({joined}) NOT {_clause(each)}"
    return joined


def _clause(clause: QuestionClause) -> str:
    if clause.kind == "fuzzy":
        raise CannotError("fuzzy words")
    quoted = '"' + " ".join(clause.words).replace('"', "") + '"'
    return quoted + ("*" if clause.kind == "prefix" else "")
