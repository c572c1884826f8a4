"""What people type and paste into the two boxes for dates, and what they are told where it fails."""

from __future__ import annotations

import pytest

from index.dates.partial import month_of_no_such_day
from webapp.site.languages import ENGLISH
from webapp.site.search_addresses import read_query


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("from=2005-2007", "2005", "2007"),
        ("to=2005-2007", "2005", "2007"),
        ("from=2005+to+2007", "2005", "2007"),
        ("from=2005–2007", "2005", "2007"),
        ("from=March+to+May+2007", "2007-03", "2007-05"),
        ("from=2005..", "2005", None),
        ("from=since+2007", "2007", None),
        ("from=after+2007", "2008", None),
        ("to=until+2007", None, "2007"),
        ("to=before+2007", None, "2006"),
        ("from=before+2007", None, "2006"),
        ("from=since+2005&to=until+2007", "2005", "2007"),
        ("from=2007.", "2007", None),
        ("to=“14+March+2007”,", None, "2007-03-14"),
        ("from=(2007-03)", "2007-03", None),
        ("from=2007-08", "2007-08", None),
    ],
)
def test_spans_and_dates_out_of_a_sentence_are_read(
    query: str, start: str | None, end: str | None
) -> None:
    parsed = read_query(query, 10, ENGLISH, ())
    assert parsed.ignored == ()
    assert (parsed.request.date_from, parsed.request.date_to) == (start, end)


@pytest.mark.parametrize("query", ["from=2005-2007&to=2008", "from=before+2005&to=2007"])
def test_a_span_beside_another_date_is_refused_and_the_other_kept(query: str) -> None:
    parsed = read_query(query, 10, ENGLISH, ())
    assert [(each.code, each.values[0]) for each in parsed.ignored] == [("bad-date", "from")]
    assert parsed.request.date_from is None
    assert parsed.request.date_to == query[-4:]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2007-02-29", 28),
        ("31 April 2007", 30),
        ("30/2/2008", 29),
        ("2007年9月31日", 30),
        ("June 31, 2007", 30),
    ],
)
def test_a_day_that_its_month_does_not_have_is_told_so(typed: str, days: int) -> None:
    (notice,) = read_query(f"from={typed}", 10, ENGLISH, ()).ignored
    assert notice.code == "bad-date"
    assert typed in notice.text
    assert f"{days} days" in notice.text


@pytest.mark.parametrize("typed", ["30 June 2007", "2007", "2007-13", "31", "soon", "", "30 30"])
def test_no_other_text_is_such_a_day(typed: str) -> None:
    assert month_of_no_such_day(typed) is None
