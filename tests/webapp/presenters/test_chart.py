"""The drawing of a chart: its axis, its lines and their labels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters import chart
from webapp.site.trend_addresses import MAX_QUERIES


@given(st.just(0.0) | st.floats(0.001, 1e9))
def test_the_axis_holds_the_largest_value_in_few_steps(most: float) -> None:
    step, top = chart.scale(most)
    assert top >= most * (1 - 1e-9)
    assert 1 <= round(top / step) <= chart.MAX_TICKS
    assert top <= max(2 * most + step, 1)


@given(st.lists(st.floats(chart.TOP, chart.HEIGHT - chart.BOTTOM), max_size=MAX_QUERIES))
def test_labels_do_not_cover_one_another(heights: list[float]) -> None:
    placed = sorted(chart.spread(heights))
    gaps = [after - before for before, after in pairwise(placed)]
    assert all(gap >= chart.LABEL_HEIGHT - 0.11 for gap in gaps)
    assert all(0 <= each <= chart.HEIGHT for each in placed)


def test_a_line_breaks_where_there_is_no_value() -> None:
    values = chart.Values("x", (1.0, None, 2.0, 2.0), ("",) * 4, (None,) * 4)
    (line,) = chart.draw([values], ["2020", "2021", "2022", "2023"]).lines
    assert line.path.count("M") == 2
    assert len(line.points) == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("short", "short"), ("x" * 30, "x" * 19 + "…"), ("碼" * 30, "碼" * 9 + "…")],
)
def test_labels_are_cut_to_their_room(text: str, wanted: str) -> None:
    assert chart.shortened(text) == wanted
