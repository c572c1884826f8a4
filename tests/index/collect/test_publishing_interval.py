"""A source that died quietly is told from one that is as it always was."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.collect.publishing_interval import silence
from index.collect.sources_file import PressSource
from tests.index.collect.press_site import DAY, START, Clock, Site, run

DAILY = [n * DAY for n in range(30)]
WEEKLY = [n * 7 * DAY for n in range(30)]
WORKDAYS = [n * DAY for n in range(35) if n % 7 < 5]


@pytest.mark.parametrize(
    ("times", "after_days", "silent"),
    [
        (DAILY, 1, False),
        (DAILY, 2, False),
        (DAILY, 3, True),
        (WEEKLY, 8, False),
        (WEEKLY, 15, True),
        (WORKDAYS, 3, False),
        (WORKDAYS, 5, False),
        (WORKDAYS, 7, True),
        ([*WEEKLY, *[WEEKLY[-1] + n for n in range(50)]], 8, False),
        ([n / 50 * DAY for n in range(200)], 1.5, False),
        (DAILY[:4], 90, False),
        ([], 90, False),
    ],
)
def test_silence(times: list[float], after_days: float, silent: bool) -> None:
    now = (times[-1] if times else 0.0) + after_days * DAY
    assert (silence(times, now) is not None) is silent


def test_a_feed_that_dies_quietly_is_reported(site: Site, clock: Clock, tmp_path: Path) -> None:
    source = PressSource(name="port", url=f"{site.url}/feed", kind="feed", recheck=0.0)
    items: list[tuple[int, str]] = []
    for day in range(7):
        items.append((day, site.release(day)))
        site.feed("/feed", items)
        (report,) = run(tmp_path, clock, source)
        assert report.silent_days is None
        clock.time = START + (day + 1) * DAY
    clock.time += 9 * DAY
    (report,) = run(tmp_path, clock, source)
    assert report.silent_days == pytest.approx(10, abs=0.1)
    assert report.habit_days == pytest.approx(1, abs=0.1)
    assert "silent for 10 days; its longest pause before was 1.0" in "\n".join(report.lines())
