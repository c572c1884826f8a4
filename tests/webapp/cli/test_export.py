"""`dateline export`: every form holds what the index holds, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import SearchRequest
from search.engine import Engine
from tests.webapp.cli.commands import run
from webapp.exports import sqlite

QUERIES = [([], ""), (["flood", "-drill"], "q=flood+-drill"), (["--from", "2022"], "from=2022")]


def asked(words: list[str]) -> SearchRequest:
    if words[:1] == ["--from"]:
        return SearchRequest(date_from=words[1], copies=True)
    return SearchRequest(" ".join(words), copies=True, sort="newest")


@pytest.mark.parametrize(("words", "query"), QUERIES)
def test_lines_are_those_of_the_index_and_of_the_address(
    client: FlaskClient, engine: Engine, index_folder: Path, words: list[str], query: str
) -> None:
    wanted = {each.release.id: each.release for each in engine.every_hit(asked(words))}
    done = run("export", *words, "--index", index_folder)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == list(wanted)
    for row in rows:
        assert row.items() >= json.loads(json.dumps(wanted[row["id"]].to_dict())).items()
    over = [json.loads(line) for line in client.get(f"/export.jsonl?{query}").text.splitlines()]
    for row in (*rows, *over):
        row.pop("page_url")
    assert over == rows


def test_an_export_that_broke_off_goes_on_behind_its_last_line(
    client: FlaskClient, index_folder: Path
) -> None:
    whole = run("export", "flood", "--index", index_folder).stdout.splitlines()
    for kept in (1, 3, len(whole)):
        cursor = json.loads(whole[kept - 1])["cursor"]
        rest = run("export", "flood", "--after", cursor, "--index", index_folder)
        assert rest.stdout.splitlines() == whole[kept:]
        over = client.get("/export.jsonl", query_string={"q": "flood", "after": cursor})
        ids = [json.loads(line)["id"] for line in over.text.splitlines()]
        assert ids == [json.loads(line)["id"] for line in whole[kept:]]
    table = client.get("/export.csv?q=flood").data.decode("utf-8-sig")
    cursors = [row["cursor"] for row in csv.DictReader(io.StringIO(table))]
    assert cursors == [json.loads(line)["cursor"] for line in whole]
    assert run("export", "--after", "x", "--index", index_folder).returncode == 2
    by_score = ("export", "flood", "--sort", "relevance", "--after", cursors[0])
    assert "--sort newest" in run(*by_score, "--index", index_folder).stderr


def test_pages_of_json_go_on_by_cursor_to_the_end(client: FlaskClient, engine: Engine) -> None:
    whole = [hit.release.id for hit in engine.every_hit(SearchRequest(sort="newest"))]
    found: list[str] = []
    address: dict[str, str] = {"per_page": "20", "sort": "newest"}
    for _ in range(10):
        page = client.get("/search.json", query_string=address).get_json()
        found += [hit["id"] for hit in page["hits"]]
        if page["next"] is None:
            break
        assert page["total"] == engine.count(SearchRequest())
        address["after"] = page["next"]
    assert found == whole
    assert client.get("/search.json?q=flood").get_json()["next"] is None
    wrong = client.get("/search.json?after=x")
    assert wrong.status_code == 400
    assert [each["parameter"] for each in wrong.get_json(force=True)["errors"]] == ["after"]


def test_csv_has_the_texts(client: FlaskClient, engine: Engine, index_folder: Path) -> None:
    done = run("export", "--format", "csv", "--index", index_folder)
    over = client.get("/export.csv").text.removeprefix("\ufeff")
    for text in (done.stdout, over):
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        hits = list(engine.every_hit(SearchRequest(copies=True)))
        assert len(rows) == len(hits)
        for row, hit in zip(rows, hits, strict=True):
            assert row["body"].removeprefix("'") == hit.release.body.removeprefix("'")


def test_sqlite_is_a_table_with_its_words(
    engine: Engine, index_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "all.sqlite"
    done = run("export", "--format", "sqlite", "--output", path, "--index", index_folder)
    assert done.returncode == 0, done.stderr
    assert f"{path}: {engine.count(SearchRequest(copies=True))} releases" in done.stderr
    hits = {each.release.id: each.release for each in engine.every_hit(SearchRequest(copies=True))}
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT id, headline, date, agency, body FROM releases").fetchall()
        assert {row[0] for row in rows} == hits.keys()
        for number, headline, date, agency, body in rows:
            release = hits[number]
            assert (headline, date, agency, body) == (
                release.headline, release.date, release.agency.name, release.body
            )  # fmt: skip
        found = database.execute(
            "SELECT count(*) FROM releases_fts WHERE releases_fts MATCH 'body:flood'"
        ).fetchone()
        words = [set(re.findall(r"\w+", each.body.lower())) for each in hits.values()]
        assert found == (sum("flood" in each for each in words),)
    told = json.loads((tmp_path / "all.metadata.json").read_text())
    assert told["databases"]["all"]["tables"]["releases"]["facets"] == list(sqlite.FACETS)


def test_a_file_is_whole_or_as_it_was(
    index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("before")

    def broken(*_: object) -> object:
        yield "{}"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webapp.exports.export_files.LINES", {"jsonl": broken})
    done = run("export", "--output", path, "--index", index_folder)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["all.jsonl"]
    assert path.read_text() == "before"


def test_what_is_no_text_needs_a_file(index_folder: Path) -> None:
    done = run("export", "--format", "sqlite", "--index", index_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name a file with --output" in done.stderr
