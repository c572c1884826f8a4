"""Dates by today, and quarters, as people type them: `last week`, `past 30 days`, `June`, `-30d`.

A date by today has a short form that stays what it is from day to day: `-30d` is the day thirty
days ago, `-1w` last week, `0m` this month, `-1y` last year. As the first date of a span it is its
first day, as the last its last day, as a partial date is.
"""

from __future__ import annotations

import datetime
import re
import time
from typing import NamedTuple

from index.dates.month_names import month_of
from index.dates.partial import MAX_TYPED, PartialDate, parse
from index.text.folding import fold

_RELATIVE = re.compile(r"(?:0|-([1-9]\d{0,3}))([dwmy])", re.ASCII)
"""Up to 9,999 units back: as far as the calendar of `PartialDate` goes in years."""
_QUARTER = re.compile(
    r"q(?P<q>[1-4])[ /-]?(?P<y>\d{4})|(?P<y2>\d{4})[ /-]?q(?P<q2>[1-4])"
    r"|(?P<y3>\d{4})年第?(?P<q3>[1-4一二三四])季度?",
    re.ASCII,
)
_HAN_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_UNITS = {"day": "d", "week": "w", "month": "m", "year": "y"}
_HAN_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "个月": "m", "月": "m", "年": "y"}
_NOW = {
    "today": "0d", "yesterday": "-1d", "今天": "0d", "今日": "0d", "昨天": "-1d", "昨日": "-1d",
    "前天": "-2d", "本周": "0w", "这周": "0w", "这星期": "0w", "上周": "-1w", "上星期": "-1w",
    "上个星期": "-1w", "本月": "0m", "这个月": "0m", "上月": "-1m", "上个月": "-1m", "今年": "0y",
    "本年": "0y", "去年": "-1y", "上年": "-1y", "前年": "-2y",
}  # fmt: skip
_THIS_OR_LAST = re.compile(r"(?:the )?(this|last|previous) (week|month|year)")
_AGO = re.compile(r"(\d{1,4}|a|an|one) (day|week|month|year)s? ago")
_PAST = re.compile(
    r"(?:(?:in|within) )?(?:the )?(?:past|last|previous) (?:(\d{1,4}) )?(day|week|month|year)s?"
)
_HAN_AGO = re.compile(r"(\d{1,4}) ?(天|日|周|星期|个月|月|年)[之以]?前")
_HAN_PAST = re.compile(r"(?:过去|近|最近) ?(\d{1,4}) ?(天|日|周|星期|个月|月|年)")
_AROUND = " .,;:\"'“”‘’()。，；"
"""What comes with a date that is copied out of a sentence."""
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
"""Days of a unit in `past 3 months`, which counts back from today and not by the calendar."""


class DatePair(NamedTuple):
    """What a date that was typed is as the first date of a span, and as the last."""

    first: str
    last: str


class DateSpan(NamedTuple):
    """The first and the last date of a span; of a partial date both are the date itself."""

    first: PartialDate
    last: PartialDate


def today() -> datetime.date:
    """The day that it is where this program runs."""
    return datetime.date(*time.localtime()[:3])  # 0.6 microseconds; a moment with its zone 2.5


def read_typed(typed: str, now: datetime.date) -> DatePair | None:
    """The date that somebody typed into a box; None where it is none.

    ISO dates stay, and so do relative ones; a quarter is its first and its last month, and a month
    alone the latest that has begun.
    """
    typed = typed.strip(_AROUND)
    if not typed or len(typed) > MAX_TYPED:
        return None
    quarter = read_quarter(typed)
    if quarter is not None:
        return quarter
    date = parse(typed)
    if date is not None:
        return DatePair(date.iso, date.iso)
    text = " ".join(fold(typed).split())
    return _month_alone(text, now) or _relative(text, now)


def read_quarter(typed: str) -> DatePair | None:
    """The first and the last month of `Q1 2006`; None for anything else."""
    match = _QUARTER.fullmatch(" ".join(fold(typed).split()))
    if match is None:
        return None
    year = int(match["y"] or match["y2"] or match["y3"])
    named = match["q"] or match["q2"] or match["q3"]
    last = 3 * (_HAN_QUARTERS.get(named) or int(named))
    if not year:
        return None
    return DatePair(PartialDate(year, last - 2).iso, PartialDate(year, last).iso)


def is_relative(date: str) -> bool:
    """Whether it is a date by today in its short form."""
    return _RELATIVE.fullmatch(date) is not None


def span_of(date: str, now: datetime.date) -> DateSpan:
    """The days of a date, ISO or relative.

    :raises ValueError: for any other text, and for a date before the year 1.
    """
    match = _RELATIVE.fullmatch(date)
    if match is None:
        whole = PartialDate.from_iso(date)
        return DateSpan(whole, whole)
    back, unit = int(match[1] or 0), match[2]
    try:
        return _counted_back(back, unit, now)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{date!r} lies before the calendar begins") from error


def _counted_back(back: int, unit: str, now: datetime.date) -> DateSpan:
    if unit == "y":
        year = PartialDate(datetime.date(now.year - back, 1, 1).year)
        return DateSpan(year, year)
    if unit == "m":
        months = now.year * 12 + now.month - 1 - back
        first = datetime.date(months // 12, months % 12 + 1, 1)
        whole = PartialDate(first.year, first.month)
        return DateSpan(whole, whole)
    if unit == "w":
        monday = now - datetime.timedelta(days=now.weekday() + 7 * back)
        return DateSpan(_day(monday), _day(monday + datetime.timedelta(days=6)))
    day = _day(now - datetime.timedelta(days=back))
    return DateSpan(day, day)


def _day(date: datetime.date) -> PartialDate:
    return PartialDate(date.year, date.month, date.day)


def _month_alone(text: str, now: datetime.date) -> DatePair | None:
    month = month_of(text) or _numbered_month(text)
    if month is None:
        return None
    iso = PartialDate(now.year - (month > now.month), month).iso
    return DatePair(iso, iso)


def _numbered_month(text: str) -> int | None:
    match = re.fullmatch(r"(1[0-2]|[1-9])月份?", text, re.ASCII)
    return int(match[1]) if match else None


def _relative(text: str, now: datetime.date) -> DatePair | None:
    pair = _relative_pair(text)
    try:
        for each in pair or ():
            span_of(each, now)
    except ValueError:
        return None
    return pair


def _relative_pair(text: str) -> DatePair | None:
    if is_relative(text) or text in _NOW:
        date = _NOW.get(text, text)
        return DatePair(date, date)
    if match := _THIS_OR_LAST.fullmatch(text):
        date = ("0" if match[1] == "this" else "-1") + _UNITS[match[2]]
        return DatePair(date, date)
    if match := _AGO.fullmatch(text):
        back = int(match[1]) if match[1].isdecimal() else 1
        return _ago(back, _UNITS[match[2]])
    if match := _HAN_AGO.fullmatch(text):
        return _ago(int(match[1]), _HAN_UNITS[match[2]])
    if match := _PAST.fullmatch(text):
        return _past(int(match[1] or 1), _UNITS[match[2]])
    if match := _HAN_PAST.fullmatch(text):
        return _past(int(match[1]), _HAN_UNITS[match[2]])
    return None


def _ago(back: int, unit: str) -> DatePair:
    date = f"-{back}{unit}" if back else f"0{unit}"
    return DatePair(date, date)


def _past(count: int, unit: str) -> DatePair | None:
    days = count * _DAYS[unit]
    return DatePair(f"-{days}d", "0d") if 0 < days <= 9_999 else None
