"""A date as a feed, a page's metadata or a record writes it -> date, precision, time of issue."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from index.dates.calendar_end import days_later
from index.dates.calendars import (
    BUDDHIST_ERA,
    NEPALI_YEARS,
    PERSIAN_YEARS,
    day_by_name,
    is_buddhist,
    is_nepali,
    is_thai,
    nepali_day,
    persian_day,
)
from index.dates.clock import read_moment
from index.dates.month_names import month_of
from index.dates.weekday_names import weekday_in
from index.text.folding import fold
from index.text.months import FOLDED_NUMERAL, chinese_number, day_of_year

FIRST_YEAR, LAST_YEAR = 1800, 2200
"""A year outside these is not the year of a release."""
MAX_DATE_TEXT = 200
"""Characters of a string that may hold a date; a longer one is prose, not a date."""


class FoundDate(NamedTuple):
    """A date that something states, as `Release` holds it; `issued_at` is ISO 8601 with zone.

    `either`: where the order of day and month is not known, the date by the one (day first) and by
    the other; `date` is then what both have in common, the year.
    """

    date: str | None
    precision: str
    source: str
    issued_at: str | None = None
    either: tuple[FoundDate, ...] = ()

    def ordered(self, day_first: bool | None) -> FoundDate:
        """The date once the order of day and month is known; itself where nothing was open."""
        return self if day_first is None or not self.either else self.either[not day_first]


_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = re.compile(
    rf"(?<![\w.])(\d\d?)\.\s?({'|'.join(reversed(_ROMAN_MONTHS))})\.\s?(\d{{4}})(?!\d)"
)
"""A month as a Roman numeral, as in `7.IX.2021`."""


def read_date(
    text: str, source: str, *, day_first: bool | None = None, language: str | None = None
) -> FoundDate | None:
    """The first date in a string that is known to hold one, or None if it holds none.

    Reads ISO 8601 (whole, partial, basic, week and ordinal dates), RFC 822 and 2822, month names
    of all languages of CLDR in any order with the day, numbers with `/`, `.` or `-`, Chinese,
    Japanese and Korean dates with their numerals and eras, years of Taiwan and Thailand, days of
    the Persian, Ethiopian and Nepali calendars, all in the digits of any script. A number of
    seconds since 1970 is not read: any number would be a date then. The date is the one that the
    string shows, never its UTC shift, and `issued_at` is set only where the string has a time and
    its zone.

    :param source: what the date comes from, for `FoundDate.source`.
    :param day_first: how to read `03/06/2010`. None: day first with dots (`3.6.2010`); else, unless
        a weekday beside it tells, the order stays open, and `FoundDate.either` has both dates.
    :param language: the tag of the text's language, if known, for names that mean several months.
    """
    plain = fold(text)
    line = " ".join((plain if plain.isascii() else plain.translate(_digits())).split())
    if not line or len(line) > MAX_DATE_TEXT or not _NUMBERED.search(line):
        return None
    primary = language.split("-")[0].lower() if language else None
    line = _JUCHE.sub(r"\1", _TWO_NAMES.sub(r"\1", line))
    line = _ROMAN.sub(lambda day: f"{day[1]}.{_ROMAN_MONTHS.index(day[2]) + 1}.{day[3]}", line)
    stated = source not in _SHOWN
    nepali = is_nepali(text, primary)
    for reading in _readings(line, day_first, primary, stated=stated):
        if nepali and reading.year in NEPALI_YEARS:
            reading = _from_nepali(reading)
        if not _is_day(reading.year, reading.month, reading.day):
            return None
        return _found(reading, line, source, open_order=day_first is None)
    return None


def _found(reading: DateReading, line: str, source: str, *, open_order: bool) -> FoundDate:
    date, precision = iso_date(reading.year, reading.month, reading.day)
    issued_at = None
    if precision == "day":
        issued_at = read_moment(date, line[: reading.start], line[reading.end :])
    found = FoundDate(date, precision, source, issued_at)
    if not (open_order and reading.swappable and reading.month != reading.day):
        return found
    other = reading._replace(month=reading.day, day=reading.month)
    swapped = _found(other, line, source, open_order=False)
    weekday = weekday_in(line)
    fits = [_weekday_of(each) == weekday for each in (swapped, found)]
    if weekday is not None and fits[0] != fits[1]:
        return swapped if fits[0] else found
    return FoundDate(f"{reading.year:04}", "year", source, None, (swapped, found))


def _weekday_of(found: FoundDate) -> int | None:
    return datetime.date.fromisoformat(str(found.date)).weekday() if found.date else None


def iso_date(year: int | None, month: int | None, day: int | None) -> tuple[str, str]:
    """ISO 8601 form, as precise as the parts that are known, and the name of that precision."""
    if year is None:
        return f"--{month:02}-{day:02}", "month-day"
    if month is None:
        return f"{year:04}", "year"
    if day is None:
        return f"{year:04}-{month:02}", "month"
    return f"{year:04}-{month:02}-{day:02}", "day"


class DateReading(NamedTuple):
    """Numbers read as a date, and the characters that they were read from.

    `swappable`: written month first or day first, and nothing in the string says which.
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    swappable: bool = False


@cache
def _digits() -> dict[int, str]:
    """The digits of all scripts as ours."""
    return {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(0x80, 0x20000)
        if chr(code).isdecimal()
    }


_NUMBERED = re.compile("[0-9年년]")
"""What each form of a date has: a digit, or the sign for a year after Chinese numerals."""
_TWO_NAMES = re.compile(r"[\u0620-\u064a]{3,12}/([\u0620-\u064a]{3,12})(?![\u0620-\u064a])")
"""`أيلول/سبتمبر`, the names of one month in east and west."""
_JUCHE = re.compile(r"(?:juche|주체) ?\d{1,3} ?\((\d{4})\)")
"""The year of North Korea's count, before ours."""
_WORD = (
    r"(?:[\u0e00-\u0eff]+\.[\u0e00-\u0eff]+"  # Thai and Lao abbreviations
    r"|[^\s\d!-/:-@\[-`{-~،؛、。，·፣«»“”„–—()（）]{2,20}(?:'[^\W\d_]{1,3}(?!\w))?)"
)
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}}?)\.?"
"""What may be the name of a month: `month_of` knows."""
_ORDINAL_MARK = (
    r"(?:st|nd|rd|th|er|ere|[aou]|\.[oa]?|η|ই|শে|লা|রা|ঠা|-(?:a|an|as|e|o|i|[iu]?nj[iy]))(?![^\W\d_])"
)
_DAY = rf"(?<![\d.:/-])(?P<day>[0-3]?\d)(?:\s?{_ORDINAL_MARK})?"
_OF = (
    r"(?:day of|of|the|in the year(?: of)?|de|del|den|do|da|di|ng|ta'|ta|os|ur|соли|พ\.ศ\.|ค\.ศ\.)"
    r"(?!\w)|d'|เดือน|ខែ|ឆ្នាំ|ቀን"
)
_JOINERS = frozenset(("de", "del", "den", "do", "da", "di", "ng", "ta", "os", "ur", "of", "the"))
"""Words between a day, a month and a year; `de` stands for December in a language of CLDR."""
_JOIN = rf"[\s,،፣./-]*(?:{_OF})?[\s,،]*"
_YEAR = r"(?P<year>\d{4})(?!\d|[:]\d)"
_SHORT_YEAR = r"'?(?P<year>\d{4}|\d\d)(?!\d|[:.h]\d|\s?[ap]\.?m\b)"
_OF_YEAR = (
    r"(?:gada|m|г|-?ж|-?жылы|жылғы|жылгы|-?жылдын|оны|он|-?йил|-?yil|-?il|ko|eko|\(e\)ko|"
    r"წლის|թ|թվականի|साल)\b\.?|ခုနှစ်"
)
_YEAR_FIRST = rf"(?<!\d)(?P<year>\d{{4}})(?:\.? ?(?:{_OF_YEAR}))?[\s,၊./-]*"
"""A year with the word that Baltic, Turkic and Mongolian languages, Georgian, Armenian and Basque
put behind it."""
_CLOCK = r"\d\d?:\d\d(?::\d\d)?"
_LABEL = r"(?:[^\d:]*:)?[\s,]*(?:[^\W\d]{2,12}, )?"

_ISO = re.compile(
    r"(?<![\d.])(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<month>\d\d?)(?P=mark)\s?(?P<day>\d\d?)(?!\d)"
)
_SPACED = re.compile(
    r"(?<![\d+().-])(?<!\d )(?P<year>(?:19|20)\d\d) (?P<month>0[1-9]|1[0-2]) "
    r"(?P<day>0[1-9]|[12]\d|3[01])(?! ?\d)"
)
"""`2023 06 14`, as Lithuanian sites have it."""
_BASIC = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=\D|\d{4}(?:\d\d)?\b|$)")
_ISO_WEEK = re.compile(r"(?<!\d)(?P<year>\d{4})-?w(?P<week>\d\d)-?(?P<day>[1-7])(?!\d)")
_ORDINAL = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<day>\d{3})(?![\d-])")
_NUMBERS = re.compile(
    r"(?<![\d.:/-])(?P<first>\d\d?)\s?(?P<mark>[-/.])\s?(?P<second>\d\d?)\s?(?P=mark)\s?"
    r"(?P<year>\d{4}|\d\d)(?![\d:/]|\.\d)"
)
_SHOWN = frozenset(("page", "text"))
"""Sources in which `2019-277` is the number of a release, not a day of its year."""
_OF_THE_REPUBLIC = re.compile(
    r"(?<![\d./-])(?P<year>1[0-4]\d)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?![\d./-])"
)
"""`112-03-15`: years of three digits are those that Taiwan counts, from 1912."""
_SHORT_FIRST = re.compile(
    r"(?<![\w'])'(?P<year>\d\d)(?P<mark>[-/.])\s?(?P<month>\d\d?)(?P=mark)\s?(?P<day>\d\d?)(?![\d-])"
)
"""`’21. 9. 7.`, as Korean offices write it, folded."""
_OF_AN_ERA = re.compile(
    r"(?<![a-z\d.])(?P<era>[rhs])\.?\s?(?P<year>\d\d?)(?P<mark>[./])(?P<month>\d\d?)(?P=mark)"
    r"(?P<day>\d\d?)(?![\d./])"
)
"""`R6.3.12`: the eras of Japan by their Latin initials."""
_INITIALS = {"r": "令和", "h": "平成", "s": "昭和"}
_NUMBERED_MONTHS = (
    re.compile(r"(?<!\d)(?P<day>\d\d?) thang (?P<month>\d\d?)(?:,| nam)? (?P<year>\d{4})(?!\d)"),
    re.compile(
        rf"{_YEAR_FIRST}(?P<month>\d\d?)(?:-?р|[- ]?[дт][уү]г(?:аа|ээ)р)? сарын "
        r"(?P<day>\d\d?)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<day>\d\d?) (?P<month>\d\d?)\s?[月월] (?P<year>\d{4})(?!\d)"),
)
"""Vietnamese and Mongolian, folded; East Asian months in the order of e-mail (`07 9월 2021`)."""
_NAMED = (
    re.compile(rf"{_DAY}{_JOIN}{_NAME}{_JOIN}{_SHORT_YEAR}"),
    re.compile(rf"{_YEAR_FIRST}{_NAME}[\s,./-]*(?P<day>[0-3]?\d)(?![\d:])"),
    re.compile(rf"{_YEAR_FIRST}(?P<day>[0-3]?\d)\.?[\s,/-]*{_NAME}(?![^\W\d_])"),
    re.compile(rf"{_NAME}{_JOIN}{_DAY}{_JOIN}{_YEAR}"),
    re.compile(
        rf"(?<![\w-]){_NAME}(?P<mark>[-/.])(?P<day>[0-3]?\d)(?P=mark){_YEAR}"  # `Sep-07-2021`
    ),
    re.compile(rf"{_NAME} {_DAY} (?={_CLOCK}(?: [a-z]+| [+-]\d+)? {_YEAR})"),
)
_PARTIAL = (
    re.compile(r"--(?P<month>\d\d)-?(?P<day>\d\d)"),
    re.compile(rf"{_LABEL}{_NAME}{_JOIN}'?{_YEAR}"),
    re.compile(rf"{_LABEL}{_YEAR_FIRST}{_NAME}"),
    re.compile(rf"{_LABEL}(?P<year>\d{{4}})(?:[-/.](?P<month>\d\d?))?"),
    re.compile(rf"{_LABEL}{_NAME}[\s,-]*(?:the )?{_DAY}"),
    re.compile(rf"{_LABEL}(?:the )?{_DAY}[\s,-]*(?:(?:day of|of|de) )?{_NAME}"),
    re.compile(
        r"(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]"
        r"(?:\s?\d\d?\s?[時时시:]\s?\d\d?\s?[分분]?)?"
    ),
)

_ERAS = {"民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
EAST_ASIAN_DATE = re.compile(
    rf"(?P<era>{'|'.join(_ERAS)})?\s?(?P<year>\d{{1,4}}|{FOLDED_NUMERAL}{{1,4}}|元)\s?[年년]\s?"
    rf"(?:(?P<month>\d\d?|{FOLDED_NUMERAL}{{1,2}})\s?[月월]\s?"
    rf"(?:(?P<day>\d\d?|{FOLDED_NUMERAL}{{1,3}})\s?[日号일])?)?"
)
"""A year, with month and day where they follow, as Chinese, Japanese, Korean write it; folded."""


def _readings(
    line: str, day_first: bool | None, language: str | None, *, stated: bool
) -> Iterator[DateReading]:
    """What the line may say, surest form first."""
    for pattern in (_ISO, _SPACED, _ISO_WEEK, *((_ORDINAL,) if stated else ()), _BASIC):
        yield from map(_from_numbers, pattern.finditer(line))
    yield from filter(None, map(east_asian_reading, EAST_ASIAN_DATE.finditer(line)))
    for pattern in _NAMED:
        for match in _every(pattern, line):
            yield from filter(None, (_from_names(match, language),))
    for pattern in _NUMBERED_MONTHS:
        yield from map(_from_numbers, pattern.finditer(line))
    for match in _OF_THE_REPUBLIC.finditer(line):
        reading = _from_numbers(match)
        yield reading._replace(year=(reading.year or 0) + _ERAS["民国"])
    for match in _SHORT_FIRST.finditer(line):
        reading = _from_numbers(match)
        yield reading._replace(year=_full_year(match["year"]))
    for match in _OF_AN_ERA.finditer(line):
        reading = _from_numbers(match)
        yield reading._replace(year=(reading.year or 0) + _ERAS[_INITIALS[match["era"]]])
    for match in _NUMBERS.finditer(line):
        yield _from_two_numbers(match, day_first)
    for pattern in _PARTIAL:
        whole = pattern.fullmatch(line)
        if whole is not None:
            yield from filter(None, (_from_names(whole, language),))


def _every(pattern: re.Pattern[str], line: str) -> Iterator[re.Match[str]]:
    """All matches, overlapping ones too: a word before the name is no part of it."""
    match = pattern.search(line)
    while match is not None:
        yield match
        match = pattern.search(line, match.start() + 1)


def _from_numbers(match: re.Match[str]) -> DateReading:
    parts = match.groupdict()
    year, day = int(parts["year"]), int(parts["day"])
    if "month" in parts:
        return _in_our_calendar(year, int(parts["month"]), day, match)
    try:
        if "week" in parts:
            found = datetime.date.fromisocalendar(year, int(parts["week"]), day)
        else:
            later = days_later(datetime.date(year, 1, 1), day - 1)
            if later is None or later.year != year:
                return DateReading(0, 0, 0, *match.span())
            found = later
    except ValueError:
        return DateReading(0, 0, 0, *match.span())
    return DateReading(found.year, found.month, found.day, *match.span())


def _from_names(match: re.Match[str], language: str | None) -> DateReading | None:
    """The date that a match with a word says; None if the word is no month."""
    parts = match.groupdict()
    name, day, stated = parts.get("name"), parts.get("day"), parts.get("year")
    year = _year_beside(name, stated) if stated else None
    if name in _JOINERS:
        return None
    other = day_by_name(name, year, int(day), language) if name and year and day else None
    if other is not None:
        return DateReading(other.year, other.month, other.day, *match.span())
    month = (
        month_of(name, language) if name else int(parts["month"]) if parts.get("month") else None
    )
    if name and month is None:
        return None
    if year and is_buddhist(year, match.string):
        year -= BUDDHIST_ERA
    return DateReading(year, month, int(day) if day else None, *match.span())


def _in_our_calendar(year: int, month: int, day: int, match: re.Match[str]) -> DateReading:
    """Three numbers as a day of ours: years of other calendars lie where ours cannot be."""
    if is_buddhist(year, match.string):
        year -= BUDDHIST_ERA
    persian = persian_day(year, month, day) if year in PERSIAN_YEARS else None
    if persian is not None:
        return DateReading(persian.year, persian.month, persian.day, *match.span())
    return DateReading(year, month, day, *match.span())


def _from_nepali(reading: DateReading) -> DateReading:
    """Numbers of Bikram Sambat as a day of ours; 0 for what is no day of it."""
    found = nepali_day(reading.year or 0, reading.month or 0, reading.day or 0)
    if found is None:
        return reading._replace(year=0)
    return DateReading(found.year, found.month, found.day, reading.start, reading.end)


def _from_two_numbers(match: re.Match[str], day_first: bool | None) -> DateReading:
    first, second, year = int(match["first"]), int(match["second"]), _full_year(match["year"])
    if is_buddhist(year, match.string):
        year -= BUDDHIST_ERA
    swappable = day_first is None and match["mark"] != "." and first <= 12 and second <= 12
    if day_first is None:
        day_first = match["mark"] == "."
    if first > 12 or (day_first and second <= 12):
        return DateReading(year, second, first, *match.span())
    return DateReading(year, first, second, *match.span(), swappable)


def east_asian_reading(match: re.Match[str]) -> DateReading | None:
    """Numbers of a match of `EAST_ASIAN_DATE`; None where they are no date (`三年`)."""
    era, stated = match["era"], match["year"]
    number = 1 if stated == "元" else chinese_number(stated)
    if number is None or not (era or len(stated) == 4 or _is_of_republic(match, number)):
        return None
    year = number + (_ERAS[era] if era else 0 if len(stated) == 4 else _ERAS["民国"])
    month, day = (chinese_number(match[part]) if match[part] else None for part in ("month", "day"))
    return DateReading(year, month, day, *match.span())


def _is_of_republic(match: re.Match[str], year: int) -> bool:
    """Whether `110年9月7日` counts from 1912, as offices of Taiwan do; `100年` is a duration."""
    return 100 <= year < 150 and match["year"].isdecimal() and match["day"] is not None


def _year_beside(name: str | None, digits: str) -> int:
    """A year beside the name of a month; of two digits beside a Thai name it counts from the
    Buddha."""
    if len(digits) == 2 and name is not None and is_thai(name):
        return 2500 + int(digits)
    return _full_year(digits)


def _full_year(digits: str) -> int:
    """A year of two digits is between 1950 and 2049, as RFC 2822 (4.3) has it."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _is_day(year: int | None, month: int | None, day: int | None) -> bool:
    if year is None:
        return month is not None and day is not None and day_of_year(month, day) is not None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True
