"""`dateline stats` names the months from which releases may be missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.release import Agency, Release
from tests.webapp.press_room import write
from webapp.cli.main import main


def test_an_operator_sees_which_months_of_which_agency_to_collect_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    releases = [
        Release(id=f"{slug}-{month}-{day}", headline="A toll", body="Of the bridge.",
                date=f"2021-{month:02}-{day:02}", date_precision="day", language="en",
                agency=Agency(slug, slug.title()))
        for slug, silent in (("harbour", (5, 6)), ("market", ()))
        for month in range(1, 13)
        if month not in silent
        for day in range(1, 16)
    ]  # fmt: skip
    write(tmp_path, releases)
    assert main(["stats", "--index", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if " to 2021-" in line and line.startswith(" ")] == [
        ["2021-05", "to", "2021-06", "harbour"]
    ]
    assert main(["stats", "--json", "--index", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["gaps"] == [
        {"agency": "harbour", "first": "2021-05", "last": "2021-06"}
    ]
