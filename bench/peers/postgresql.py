"""PostgreSQL full-text search in a cluster of its own under the folder, reached by a local socket."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from bench.corpus import Document
from bench.peers import CannotError
from bench.questions import Question, QuestionClause


class Engine:
    """One table with a generated tsvector and a GIN index; `english` drops its stop words."""

    name = "postgresql"
    cannot = ("fuzzy words",)

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        self._start(folder)
        with psycopg.connect(self.address, autocommit=True) as db:
            db.execute("CREATE TABLE release (n serial PRIMARY KEY, id text, headline text,"
                       " date date, agency text, body text, words tsvector)")  # fmt: skip
            with db.cursor().copy(
                "COPY release (id, headline, date, agency, body) FROM STDIN"
            ) as into:
                for each in documents:
                    into.write_row([value.replace("\x00", "") for value in each])
            db.execute("UPDATE release SET words = setweight(to_tsvector('english', headline), 'A')"
                       " || to_tsvector('english', left(body, 250000))")  # fmt: skip
            db.execute("CREATE INDEX ON release USING gin (words)")
            db.execute("CREATE INDEX ON release (agency)")
            db.execute("CREATE INDEX ON release (date)")
            db.execute("VACUUM FULL ANALYZE release")
        self._stop()

    def open(self, folder: Path) -> None:
        self._start(folder)
        self.db = psycopg.connect(self.address, autocommit=True)

    def top(self, question: Question) -> tuple[list[str], int]:
        tests, values = _tests(question)
        order = (
            "ts_rank(words, to_tsquery('english', %s)) DESC, n"
            if question.clauses
            else "date DESC, n"
        )
        ranked = [*values, _tsquery(question)] if question.clauses else values
        rows = self.db.execute(f"SELECT id FROM release {tests} ORDER BY {order} LIMIT 10", ranked)
        ids = [row[0] for row in rows]
        total = self.db.execute(f"SELECT count(*) FROM release {tests}", values).fetchone()
        return ids, total[0] if total else 0

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        tests, values = _tests(question, without="agency")
        agencies = self.db.execute(
            f"SELECT agency, count(*) FROM release {tests} GROUP BY 1", values
        ).fetchall()
        tests, values = _tests(question, without="date")
        months = self.db.execute(
            f"SELECT to_char(date, 'YYYY-MM'), count(*) FROM release {tests} GROUP BY 1", values
        ).fetchall()
        return dict(agencies), dict(months)

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        if not question.clauses:
            rows = self.db.execute("SELECT left(body, 200) FROM release WHERE id = ANY(%s)", [ids])
        else:
            rows = self.db.execute(
                "SELECT ts_headline('english', body, to_tsquery('english', %s),"
                " 'MaxFragments=2,MaxWords=30,MinWords=15') FROM release WHERE id = ANY(%s)",
                [_tsquery(question), ids],
            )
        return [row[0] for row in rows]

    def close(self) -> None:
        self.db.close()
        self._stop()

    def _start(self, folder: Path) -> None:
        self.folder = folder / "cluster"
        self.address = f"host={folder} dbname=postgres user=postgres"
        if not self.folder.exists():
            if os.getuid() == 0:
                shutil.chown(folder, "postgres")
            self._run("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust")
        options = f"-c listen_addresses='' -k {folder} -c shared_buffers=1GB -c work_mem=64MB"
        self._run(
            "pg_ctl", "-D", str(self.folder), "-w", "-o", options, "-l", f"{folder}/log", "start"
        )

    def _stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> Any:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
        command = [str(found[-1]) if found else program, *arguments]
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _tests(question: Question, without: str = "") -> tuple[str, list[object]]:
    tests: list[str] = []
    values: list[object] = []
    if question.clauses:
        tests.append("words @@ to_tsquery('english', %s)")
        values.append(_tsquery(question))
    if question.agencies and without != "agency":
        tests.append("agency = ANY(%s)")
        values.append(list(question.agencies))
    if question.date_from and question.date_to and without != "date":
        tests.append("to_char(date, 'YYYY-MM') BETWEEN %s AND %s")
        values.extend([(question.date_from + "-01")[:7], (question.date_to + "-12")[:7]])
    return ("WHERE " + " AND ".join(tests) if tests else ""), values


def _tsquery(question: Question) -> str:
    wanted = (" | " if question.any_of else " & ").join(
        _clause(each) for each in question.clauses if each.kind != "not"
    )
    for each in question.clauses:
        if each.kind == "not":
            wanted = f"({wanted}) & !{_clause(each)}"
    return wanted


def _clause(clause: QuestionClause) -> str:
    if clause.kind == "fuzzy":
        raise CannotError("fuzzy words")
    words = ["'" + word.replace("'", "''") + "'" for word in clause.words]
    return (
        "(" + " <-> ".join(words) + ")" + (":*" if clause.kind == "prefix" else "")
        if len(words) > 1
        else words[0] + (":*" if clause.kind == "prefix" else "")
    )
