"""Tables that do not name their columns: told by what they hold."""

from __future__ import annotations

import csv
import io

import pytest

from index.sources import records
from index.sources.draft import Refusal
from tests.index.sources.record_reading import DOCUMENT, drafts

ROWS = [
    ["2021-03-04", "Pier 4 reopens after repairs", "Harbour Board", "The pier is open. " * 9],
    ["2021-04-11", "Market moves to the quay", "Town Council", "It opens at six, each day. " * 9],
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_columns_without_names_are_told_by_what_they_hold(
    delimiter: str, order: tuple[int, ...]
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([[row[at] for at in order] for row in ROWS])
    first, second = drafts(text.getvalue())
    assert first.headline == "Pier 4 reopens after repairs"
    assert first.stated_agency == "Harbour Board"
    assert first.dates[0].date == "2021-03-04"
    assert second.body == ROWS[1][3].strip()


def test_bodies_of_japan_in_columns_without_names() -> None:
    rows = [
        ["2021/03/04", "四番桟橋の再開について", "港湾局", "四番桟橋は本日より再開しました。" * 9],
        ["2021/04/11", "市場の移転について", "教育委員会", "市場は毎朝六時に開きます。" * 9],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert [each.stated_agency for each in drafts(text.getvalue())] == ["港湾局", "教育委員会"]


def test_columns_that_do_not_tell_are_asked_for() -> None:
    rows = "red,3,4\nblue,4,5\n"
    (refusal,) = records.read(rows, DOCUMENT)
    assert isinstance(refusal, Refusal)
    assert "--map headline=NAME" in refusal.reason
