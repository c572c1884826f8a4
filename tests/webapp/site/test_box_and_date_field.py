"""The box for dates and `date:` of the query language take the same dates and refuse the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial import parse
from index.text.cleaning import clean_line
from search.query.date_queries import days_query
from search.query.parser import parse_query
from search.request import SearchRequest
from webapp.site.search_addresses import read_pairs

FORMS = [
    "%Y", "%Y-%m", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%m/%Y", "%B %Y", "%d %B %Y", "%b %d, %Y",
    "%Y年%m月%d日", "%B", "%d %B", "%Y-%m-31", "31 %B %Y", "%Y-W05-1", "%y-%m-%d", "%Y%m%d", "%A",
]  # fmt: skip
WRITTEN = st.builds(lambda day, form: day.strftime(form), st.dates(), st.sampled_from(FORMS))
PIECES = st.lists(
    st.sampled_from(
        ["2023", "31", "2", "-", "/", ".", "..", " ", "March", "of", "th", "年", "月", "to"]
    ),
    max_size=7,
).map("".join)
QUOTES = re.compile('["“”„‟«»「」『』﹁﹂﹃﹄＂〝〞〟]')
TYPED = (
    st.one_of(WRITTEN, PIECES, st.text(max_size=45))
    .map(clean_line)
    .filter(lambda typed: not QUOTES.search(typed))
)


def in_the_box(typed: str) -> SearchRequest | None:
    parsed = read_pairs([("from", typed), ("to", typed)])
    return None if parsed.request.date_from is None else parsed.request


def behind_date(typed: str) -> str | None:
    """The dates that `date:"..."` was read as; None where a notice says that it is none."""
    reading = parse_query(SearchRequest(f'date:"{typed}"'))
    said = {notice.code: notice for notice in reading.notices}
    assert ("read-date" in said) != bool({"date-unreadable", "ignored"} & said.keys()), said
    return said["read-date"].values[1] if "read-date" in said else None


@given(TYPED)
def test_both_take_the_same_dates(typed: str) -> None:
    box, field = in_the_box(typed), behind_date(typed)
    if parse(typed) is None and field is None:
        return  # a month alone, or a date by today: those are for boxes
    if box is not None:
        ends = "..".join(dict.fromkeys((box.date_from or "", box.date_to or "")))
        # a span with an open end is one to the field; each box takes the end that it has
        open_span = {f"{ends}..", f"..{ends}"} if ".." in typed or " to" in typed else set()
        assert field in {ends, *open_span}
    elif field is not None:
        assert field == "none" or ".." in field, "a date that the box refuses"


@pytest.mark.parametrize("form", FORMS[:9])
@given(day=st.dates())
def test_the_days_are_those_of_the_filter(form: str, day: object) -> None:
    typed = format(day, form)
    box = in_the_box(typed)
    if box is not None and parse(typed):
        query = parse_query(SearchRequest(f'date:"{typed}"')).query
        assert box.filters.days is not None
        assert query == days_query(box.filters.days)
