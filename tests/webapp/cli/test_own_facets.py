"""`dateline index --facet` and `--no-facet`: a column of the records becomes a facet, or none."""

from __future__ import annotations

import json
from pathlib import Path

from tests.webapp.cli.commands import run

ROWS = ("Pier closed,Monday's tide was high.,2024-03-01,Harbour Office,Piers|Tides",
        "Toll raised,The toll is two crowns.,2024-03-02,Roads Board,Tolls")  # fmt: skip


def test_a_facet_is_made_and_taken_away(tmp_path: Path) -> None:
    table, folder = tmp_path / "notices.csv", tmp_path / "index"
    table.write_text("headline,body,date,agency,topic\n" + "\n".join(ROWS) + "\n", "utf-8")
    where = ("--index", folder)
    assert run("index", table, "--facet", "topic", "--quiet", *where).returncode == 0
    found = json.loads(run("search", "--facet", "topic=piers", "--json", *where).stdout)
    assert [hit["headline"] for hit in found["hits"]] == ["Pier closed"]
    taken = run("index", table, "--no-facet", "Topic", "--quiet", *where)
    assert taken.returncode == 0
    assert "made anew from its releases, without topic" in taken.stderr
    every = json.loads(run("search", "--json", *where).stdout)
    assert (every["total"], set(every["facets"])) == (2, {"agency", "date"})
    again = run("index", table, "--no-facet", "topic", "--quiet", *where)
    assert again.returncode == 1
    assert "has no facet 'topic' to take away; it has: none beside the agency." in again.stderr
    release = every["hits"][0]["id"]
    assert json.loads(run("show", release, "--json", *where).stdout)["extra"]
