"""Other calendars: years and days of the Buddhist and the Persian one as days of ours."""

from __future__ import annotations

import datetime
import re

from index.text.analysis import fold

BUDDHIST_ERA = 543
"""Years by which Thailand's calendar is ahead."""
PERSIAN_YEARS = range(1280, 1420)
"""Years of the Persian calendar that releases are of: 1901 to 2041. Those that follow are years of
the Islamic one, whose months begin when the moon is seen: `1446/08/03` is of 2025."""

_PERSIAN_NAMES = (
    "فروردین حمل وری", "اردیبهشت ثور غویی", "خرداد جوزا غبرګولی", "تیر سرطان چنګاښ",
    "مرداد امرداد اسد زمری", "شهریور سنبله وږی", "مهر میزان تله", "ابان عقرب لړم",
    "اذر قوس لیندۍ", "دی جدی مرغومی", "بهمن دلو سلواغه", "اسفند حوت کب",
)  # fmt: skip
"""Month names in Iran and, in Dari and Pashto, in Afghanistan."""
PERSIAN_MONTHS = {
    fold(name): number
    for number, names in enumerate(_PERSIAN_NAMES, start=1)
    for name in names.split()
}
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_KNOWN = (1403, datetime.date(2024, 3, 20))
_THAI = re.compile("[\u0e00-\u0e7f]")


def persian_day(year: int, month: int, day: int) -> datetime.date | None:
    """The day of our calendar for one of the Solar Hijri calendar; None where there is none.

    Leap years by the cycle of 33 years, which agrees with the equinox from 1206 to 1498 (K.
    Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996).
    """
    longest = 31 if month <= 6 else 30 if month <= 11 or _is_leap(year) else 29
    if year not in PERSIAN_YEARS or not 1 <= month <= 12 or not 1 <= day <= longest:
        return None
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _new_year(year) + datetime.timedelta(before + day - 1)


def is_buddhist(year: int, line: str) -> bool:
    """Whether a year counts from the Buddha: it would be far ahead, and Thai stands beside it."""
    return 2400 <= year <= 2700 and is_thai(line)


def is_thai(text: str) -> bool:
    """Whether a text holds Thai letters."""
    return _THAI.search(text) is not None


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP


def _new_year(year: int) -> datetime.date:
    known, day = _KNOWN
    first, last = sorted((known, year))
    days = sum(366 if _is_leap(each) else 365 for each in range(first, last))
    return day + datetime.timedelta(days if year >= known else -days)
