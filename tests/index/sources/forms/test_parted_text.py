"""Several releases in one plain text, and one release that holds the same marks."""

from __future__ import annotations

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.reading import read_document
from tests.timing import HOSTILE_RATIO, processor_time

HEADLINES = ("Harbour Board closes pier 4", "Two new buses for Lowmoor", "Library opens on Sundays")
DAYS = ("14 March 1997", "2 April 1997", "30 May 1997")
TEXT = (
    "The work takes nine weeks, and was planned together with those who live nearby for a year.\n"
    "\n"
    "Questions are answered by the town hall on all working days from eight to four."
)


def release(number: int) -> str:
    return f"TOWN COUNCIL\n{DAYS[number]}\n\n{HEADLINES[number]}\n\n{TEXT}"


def read(text: str) -> list[Draft]:
    found = list(read_document(Document(name="a.txt", data=text.encode()), ReadOptions()))
    assert not any(isinstance(each, Refusal) for each in found)
    return [each.draft for each in found if not isinstance(each, Refusal)]


@pytest.mark.parametrize(
    "between",
    [
        "\n\n==========================\n\n", "\n\n* * * * * * * * *\n\n", "\n___________________\n",
        "\n\f", "\n\n          ###\n\n\n", "\n\n-30-\n\n", "\n\n- ENDS -\n\n",
    ],
)  # fmt: skip
def test_each_release_of_a_text_by_itself(between: str) -> None:
    drafts = read(between.join(map(release, range(3))))
    assert [each.headline for each in drafts] == list(HEADLINES)
    assert [each.dates[0].date for each in drafts] == ["1997-03-14", "1997-04-02", "1997-05-30"]
    assert [each.body for each in drafts] == [TEXT] * 3


def test_each_under_its_own_fields() -> None:
    text = "\n".join(
        f"Title: {line}\nDate: {day}\nAgency: Town Council\n\n{TEXT}\n"
        for line, day in zip(HEADLINES, DAYS, strict=True)
    )
    drafts = read(text)
    assert [each.headline for each in drafts] == list(HEADLINES)
    assert [each.body for each in drafts] == [TEXT] * 3


@pytest.mark.parametrize("mark", ["==============", "\f", "----------", "* * *", "###"])
def test_marks_inside_a_release_part_none(mark: str) -> None:
    later = "The piers of the harbour were built in 1902 and were last repaired thirty years ago."
    (draft,) = read(f"{release(0)}\n\n{mark}\n\n{later}\n\n{mark}\n\nPage 3\n")
    assert draft.headline == HEADLINES[0]
    assert TEXT in draft.body


def test_a_part_without_a_day_goes_on_with_the_one_before() -> None:
    later = "The piers of the harbour were built in 1902 and were last repaired thirty years ago."
    first, second = read(f"{release(0)}\n\n====\n\n{later}\n\n====\n\n{release(1)}")
    assert first.body == f"{TEXT}\n\n{later}"
    assert second.headline == HEADLINES[1]


def test_many_marks_cost_no_more_than_text() -> None:
    marked, plain = (f"{release(0)}\n\n" + f"{line}\n\n" * 3_000 for line in ("====", "aaaa"))
    ordinary = processor_time(lambda: read(plain))
    assert processor_time(lambda: read(marked)) < HOSTILE_RATIO * ordinary
