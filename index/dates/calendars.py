"""Other calendars: days of the Persian, the Ethiopian and the Nepali one, years of the Buddhist."""

from __future__ import annotations

import datetime
import re

from index.text.folding import fold


def _numbered(names_of_months: tuple[str, ...]) -> dict[str, int]:
    """Folded names to the numbers of their months."""
    return {
        fold(name): number
        for number, names in enumerate(names_of_months, start=1)
        for name in names.split()
    }


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
_PERSIAN_MONTHS = _numbered(_PERSIAN_NAMES)
ETHIOPIAN_YEARS = range(1950, 2060)
"""Years of the Ethiopian calendar that releases are of: seven or eight behind ours."""
_ETHIOPIAN_NAMES = (
    "መስከረም", "ጥቅምት", "ኅዳር ህዳር ሕዳር", "ታኅሣሥ ታህሣሥ ታህሳስ ታኅሳስ", "ጥር", "የካቲት", "መጋቢት",
    "ሚያዝያ ሚያዚያ", "ግንቦት", "ሰኔ", "ሐምሌ ሃምሌ ሀምሌ", "ነሐሴ ነሃሴ ነሀሴ", "ጳጉሜ ጳጉሜን",
)  # fmt: skip
_ETHIOPIAN_MONTHS = _numbered(_ETHIOPIAN_NAMES)
_GREGORIAN_IN_GEEZ = "ti"
"""Eritrea calls months of our calendar by some of these names."""
_AMETE_MIHRET = 1_723_856
"""The Julian day number on which the Ethiopian count of years begins (E. Reingold and N.
Dershowitz, "Calendrical Calculations", chapter 4)."""
_ORDINAL_EPOCH = 1_721_425
"""The Julian day number of the day before 1 January of the year 1, 0 of `datetime`'s ordinals."""

NEPALI_YEARS = range(2040, 2090)
"""Years of Bikram Sambat that are known here: April 1983 to April 2033."""
_NEPALI_FROM = datetime.date(1983, 4, 14)
_NEPALI_LENGTHS = (
    "223222101011223321101011232321110012222322011011223222101011"
    "232321101011232321110012222322101011223222101011232321110011"
    "232321110102222322101011223222101011232321110011232321110102"
    "223222101011223231101011232321110012132321110102223222101011"
    "223321101011232321110012222322010102223222101011223321101011"
    "232321110012222322011002223222101011223321101011232321110012"
    "222322011011223222101011232321101011232321110012222322101011"
    "223222101011232321110011232321110102222322101011223222101011"
    "232321110011232321110102223222101011223222101011223221110111"
    "232312110111132321110111223222101111123312110111132321110111"
)
"""Days of its months beyond 29, five years a line: they follow no rule, a committee of Nepal's
government publishes them (as the package nepali-datetime lists; from 2084 on they are computed)."""
_NEPALI_NAMES = (
    "बैशाख वैशाख बैसाख baisakh baishakh", "जेठ जेष्ठ ज्येष्ठ jestha jeth",
    "असार आषाढ ashadh ashad asar", "साउन श्रावण shrawan saun",
    "भदौ भाद्र bhadra bhadau", "असोज आश्विन ashwin asoj", "कार्तिक कात्तिक kartik kattik",
    "मंसिर मङ्सिर मार्ग mangsir", "पुस पौष पुष poush push", "माघ magh",
    "फागुन फाल्गुन falgun phalgun fagun", "चैत चैत्र chaitra chait",
)  # fmt: skip
_NEPALI_MONTHS = _numbered(_NEPALI_NAMES)
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_KNOWN = (1403, datetime.date(2024, 3, 20))
_THAI = re.compile("[\u0e00-\u0e7f]")
_DEVANAGARI = re.compile("[\u0904-\u096f]")


def day_by_name(name: str, year: int, day: int, language: str | None) -> datetime.date | None:
    """The day in a month of another calendar; None where the folded name is no month of one.

    :param language: the primary subtag of the text's language, if that is known.
    """
    if name in _PERSIAN_MONTHS:
        return persian_day(year, _PERSIAN_MONTHS[name], day)
    if name in _NEPALI_MONTHS:
        return nepali_day(year, _NEPALI_MONTHS[name], day)
    if name in _ETHIOPIAN_MONTHS and language != _GREGORIAN_IN_GEEZ:
        return ethiopian_day(year, _ETHIOPIAN_MONTHS[name], day)
    return None


def ethiopian_day(year: int, month: int, day: int) -> datetime.date | None:
    """The day of our calendar for one of the Ethiopian; None where there is none."""
    longest = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if year not in ETHIOPIAN_YEARS or not 1 <= month <= 13 or not 1 <= day <= longest:
        return None
    days = 365 * year + year // 4 + 30 * (month - 1) + day - 1
    return datetime.date.fromordinal(_AMETE_MIHRET + days - _ORDINAL_EPOCH)


def nepali_day(year: int, month: int, day: int) -> datetime.date | None:
    """The day of our calendar for one of Bikram Sambat; None where there is none."""
    if year not in NEPALI_YEARS or not 1 <= month <= 12:
        return None
    lengths = [29 + int(more) for more in _NEPALI_LENGTHS]
    place = 12 * (year - NEPALI_YEARS.start) + month - 1
    if not 1 <= day <= lengths[place]:
        return None
    return _NEPALI_FROM + datetime.timedelta(sum(lengths[:place]) + day - 1)


def is_nepali(text: str, language: str | None) -> bool:
    """Whether a year far ahead may be one of Nepal: the language says so, or its script."""
    return language == "ne" or _DEVANAGARI.search(text) is not None


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
