"""The boxes for a first and a last day: what they hold, what is wrong with it, how far they go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.dates.partial import PartialDate
from search.engine import Coverage
from search.results import Notice
from webapp.site import wording
from webapp.site.languages import Language


@dataclass(frozen=True, slots=True)
class DateBox:
    """One box: its text, and what is wrong with it; empty where nothing is."""

    text: str
    wrong: str


@dataclass(frozen=True, slots=True)
class DateBoxes:
    """Both boxes, and the days between which the index holds releases; empty where it has none."""

    start: DateBox
    end: DateBox
    first_day: str
    last_day: str


def present_date_boxes(
    language: Language,
    coverage: Coverage,
    start: str | None = None,
    end: str | None = None,
    ignored: Iterable[Notice] = (),
) -> DateBoxes:
    """The boxes of a form.

    :param start: the first day that is asked for, as an address has it; so `end`.
    :param ignored: what could not be read of the address: a wrong date stays in its box.
    """
    wrong = {each.values[0]: each.values[1] for each in ignored if each.code == "bad-date"}
    first, last = coverage.first_date, coverage.last_date
    return DateBoxes(
        start=_box(language, start, wrong.get("from")),
        end=_box(language, end, wrong.get("to")),
        first_day=PartialDate.from_iso(first).first_day.iso if first else "",
        last_day=PartialDate.from_iso(last).last_day.iso if last else "",
    )


def _box(language: Language, date: str | None, wrong: str | None) -> DateBox:
    if wrong is None:
        return DateBox(wording.date_in_box(language, date), "")
    return DateBox(wrong, language.gettext("“%(text)s” is not a date.", text=wrong))
