"""What the words of a release say of the day on which it was issued.

Surest first: `today (November 5)` and `今日（十一月五日）`, then `yesterday (...)` and
`tomorrow (...)`, then a dateline (`BERLIN, June 3, 2010 –`), then `announced on 3 June 2010` in
the first paragraph. None of the first kind has a year, as a rule; a text fixes its year only where
it names another one as seen from its own: `next year (2024)`, or `June next year` and `July 2024`
in one sentence. A year that just occurs in a text is that of something else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from index.dates.calendar_end import days_later
from index.dates.date_strings import FoundDate, iso_date, read_date
from index.text.folding import fold
from index.text.months import FOLDED_NUMERAL, MONTHS, chinese_number

MAX_PROSE = 60_000
"""Characters of a body in which dates are looked for."""
MAX_SENTENCE = 1_000
"""Characters of a sentence in which one month is read by another."""
OPENING = 4_000
"""Characters at the start of a body in which a dateline, a label or an announcement may stand."""
DATELINE_LINES = 8
"""Lines at the start of a body that may be datelines."""
LABEL_LINES = 4
"""Lines at the start of a body that may be a date with its label."""
LINE_START = 160
"""Characters at the start of a line in which its dateline, or its date, stands."""
FIRST_PARAGRAPH = 1_500
"""Characters of the first paragraph in which somebody is looked for who said something on a day."""

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_CHINESE_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_ORDINAL = r"(?:st|nd|rd|th|er)?"
_DAY = (
    rf"(?:(?P<w1>{_WEEKDAY}),?\s+)?(?:the\s+)?(?:(?P<m1>{_MONTH})\.?\s+(?:the\s+)?"
    rf"(?P<d1>[0-3]?\d){_ORDINAL}"
    rf"|(?P<d2>[0-3]?\d){_ORDINAL}\.?\s+(?:(?:day\s+)?of\s+|de\s+)?(?P<m2>{_MONTH})\.?)(?!\w)"
    rf"(?:,?\s+(?:de\s+)?(?P<year>\d{{4}})\b)?(?:,?\s*\(?(?P<w2>{_WEEKDAY})\)?)?"
)
_CHINESE_DAY = (
    rf"(?:(?P<year>\d{{4}}|{FOLDED_NUMERAL}{{4}})\s?年)?\s?(?P<m1>\d\d?|{FOLDED_NUMERAL}{{1,2}})\s?月"
    rf"\s?(?P<d1>\d\d?|{FOLDED_NUMERAL}{{1,3}})\s?[日号](?:[,、\s]*\(?(?P<w1>{_CHINESE_WEEKDAY})\)?)?"
)
_NOW = (
    r"(?:today|tonight|this (?:morning|afternoon|evening)|heute|aujourd'hui|hoy|oggi|hoje|vandaag)"
)
_GAP = r"[^().\n\d]{0,20}?"

_DEICTICS = tuple(
    (shift, re.compile(pattern))
    for shift, pattern in (
        (0, rf"\b{_NOW}\b{_GAP}\(\s*{_DAY}\s*\)"),
        (0, rf"\bthis\s*\(\s*{_DAY}\s*\)\s*(?:morning|afternoon|evening)"),
        (0, rf"今[日天晚早晨午][^(),。\n]{{0,8}}\(\s*{_CHINESE_DAY}[^()\d]{{0,8}}\)"),
        (0, rf"\b{_NOW},?\s+(?:on\s+)?{_DAY}(?=[\s,.;:)–-]|\Z)"),
        (-1, rf"\b(?:yesterday|last night)\b{_GAP}\(\s*{_DAY}\s*\)"),
        (-1, rf"昨[日天晚][^(),。\n]{{0,8}}\(\s*{_CHINESE_DAY}[^()\d]{{0,8}}\)"),
        (1, rf"\btomorrow\b{_GAP}\(\s*{_DAY}\s*\)"),
        (1, rf"明[日天早晚][^(),。\n]{{0,8}}\(\s*{_CHINESE_DAY}[^()\d]{{0,8}}\)"),
    )
)
"""Day relative to that of issue, and the folded text that names it; surest first."""

_YEAR = rf"(?P<year>\d{{4}}|{FOLDED_NUMERAL}{{4}})"
_YEARS_SEEN_FROM_NOW = tuple(
    (shift, re.compile(pattern))
    for shift, pattern in (
        (1, rf"\bnext year(?: \(|, (?:i\.e\. |in )?|, that is, )(?:i\.e\. )?{_YEAR}\b(?![-/])"),
        (0, rf"\bthis year(?: \(|, (?:i\.e\. )?)(?:i\.e\. )?{_YEAR}\b(?![-/])"),
        (-1, rf"\blast year(?: \(|, (?:i\.e\. )?)(?:i\.e\. )?{_YEAR}\b(?![-/])"),
        (1, rf"明年\s?\(?即?{_YEAR}年"),
        (0, rf"(?:今年|本年)\s?\(?即?{_YEAR}年"),
        (-1, rf"(?:去年|上年)\s?\(?即?{_YEAR}年"),
    )
)
_MONTH_NEXT_YEAR = re.compile(
    rf"\b(?P<m1>{_MONTH}) (?:of )?next year\b|明年(?P<m2>\d\d?|{FOLDED_NUMERAL}{{1,2}})月"
)
_MONTH_OF_YEAR = re.compile(
    rf"\b(?P<m1>{_MONTH}),? (?P<y1>\d{{4}})\b"
    rf"|(?P<y2>\d{{4}}|{FOLDED_NUMERAL}{{4}})年(?P<m2>\d\d?|{FOLDED_NUMERAL}{{1,2}})月"
)
_FUTURE = re.compile(r"\b(?:will|shall|is to|are to)\b|[将会]")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|[。！？\n]+")
_DAY_WITH_WEEKDAY = re.compile(
    rf"\b(?P<m1>{_MONTH})\s+(?P<d1>[0-3]?\d)\s*\((?P<w1>{_WEEKDAY})\)"
    rf"|\b(?P<w2>{_WEEKDAY})\s*\((?P<m2>{_MONTH})\s+(?P<d2>[0-3]?\d)\)"
    rf"|\b(?P<w3>{_WEEKDAY}),\s(?P<m3>{_MONTH})\s+(?P<d3>[0-3]?\d)(?![\d])"
    rf"|(?P<m4>\d\d?|{FOLDED_NUMERAL}{{1,2}})月(?P<d4>\d\d?|{FOLDED_NUMERAL}{{1,3}})日"
    rf"\s?\((?P<w4>{_CHINESE_WEEKDAY})\)"
)
_WEEKDAY_NOW = re.compile(
    rf"\btoday \((?P<w1>{_WEEKDAY})\)|\bthis \((?P<w2>{_WEEKDAY})\)"
    rf"|今[日天]\((?P<w3>{_CHINESE_WEEKDAY})\)"
)

_NAME = r"[^\W\d_][^\s\d,;:()/]{1,20}?"
"""What may be the name of a month: reading the date tells."""
_WRITTEN = (
    rf"(?:{_NAME}\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:(?:day\s+)?of\s+|de\s+)?{_NAME}\.?"
    r"(?:,?\s+(?:de\s+)?\d{4})?"
    r"|\d{1,2}(?P<mark>[./])\s?\d{1,2}(?P=mark)\s?\d{4}|\d{4}-\d\d-\d\d|\d{4}年\d{1,2}月\d{1,2}日)(?!\w)"
)
_PLACE = (
    r"(?:[A-ZÀ-ÞΑ-ΩА-Я㐀-鿿][^\s,，()（/\d–—]*[\s,，/–—]+"
    r"(?:(?:de|la|le|of|the|an|am|der|del|da|do|y|et) ){0,2}){1,6}"
)
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})?[,\s]*\(?(?:[^\W\d]+day,?\s+)?"
    rf"(?:den|le|el|am|(?:on\s+)?the|on|vom)?\s*(?P<date>{_WRITTEN})"
    r"\)?\s*(?:[-–—―─]|:|/|\.\s*[-–—]|\Z)"
)
_NOT_A_PLACE = re.compile(
    r"(?:Today|Heute|On|In|Since|From|By|At|Until|After|Before|Am|Im|Seit|Vom|Bis|Le|El|Il|Em|Op)[\s:]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:release|posted|published|issued|dated?|pressemitteilung|medienmitteilung|communiqu|"
    r"comunicado|comunicato|nota de prensa|persbericht|press)",
    re.IGNORECASE,
)
MIN_PARAGRAPH = 40
"""Characters from which a line is taken for the first paragraph."""
_SAYING = (
    r"(?:said|says|announced|stated|reported|declared|confirmed|published|released|issued|unveiled"
    r"|warned|urged|condemned|told reporters|mitgeteilt|teilte|erklarte|verkundete|annonce"
    r"|a declare|anuncio|informo|declaro|anunciou|informou|ha annunciato|meddelade)"
)
_SAID_ON = re.compile(
    rf"\b{_SAYING}(?: (?!that\b|to\b|will\b|for\b|of\b|from\b|since\b|dass\b|que\b|che\b)"
    rf"[^\s.,;:()\d]+){{0,5}},? (?:on|am|le|el|il|em|den) (?:[^\W\d]+,? )?{_DAY}"
)
_ON_DAY_SAID = re.compile(
    rf"(?:on|am|le|el|il|em|den) (?:[^\W\d]+,? )?{_DAY},? [^.;:]{{0,160}}?\b{_SAYING}\b"
)
MAX_LABEL_WORDS = 6
"""Words beside the date in a line that is no more than a date with its label."""


class Evidence(NamedTuple):
    """What a text says of its day of issue: parts that it does not say are None.

    `weekday` counts from Monday, 0.
    """

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None


def text_date(
    headline: str, body: str, language: str, day_first: bool | None = None
) -> FoundDate | None:
    """The date of issue as headline and body state it, without a year where they state none.

    :param day_first: how `03/06/2010` is written where the text comes from, if that is known.
    """
    found = text_evidence(headline, body, language, day_first)
    if found is None:
        return None
    date, precision = iso_date(found.year, found.month, found.day)
    return FoundDate(date, precision, "text")


def text_evidence(
    headline: str, body: str, language: str, day_first: bool | None = None
) -> Evidence | None:
    """The same as numbers; None where the text states neither day nor year."""
    prose = fold(f"{headline}\n{body[:MAX_PROSE]}")
    found = _by_deictics(prose) or _by_dateline(body, language, day_first) or _by_attribution(body)
    year = _own_year(prose)
    if found is None:
        return Evidence(year, None, None) if year else None
    if found.year is None and year and found.month and found.day:
        dated = _calendar_day(year, found.month, found.day)
        return found._replace(year=year) if dated and not _is_future(dated) else found
    return found


def weekdays(headline: str, body: str) -> tuple[set[tuple[int, int, int]], int | None]:
    """Days that the text names with their weekday (month, day, weekday), and today's weekday."""
    prose = fold(f"{headline}\n{body[:MAX_PROSE]}")
    named = set()
    for match in _DAY_WITH_WEEKDAY.finditer(prose):
        month, day = _month(_group(match, "m")), chinese_number(_group(match, "d"))
        if month and day and day <= 31:
            named.add((month, day, _weekday(_group(match, "w"))))
    now = _WEEKDAY_NOW.search(prose)
    return named, _weekday(_group(now, "w")) if now else None


def _by_deictics(prose: str) -> Evidence | None:
    for shift, pattern in _DEICTICS:
        for match in pattern.finditer(prose):
            found = _shifted(match, shift)
            if found is not None:
                return found
    return None


def _shifted(match: re.Match[str], shift: int) -> Evidence | None:
    month, day = _month(_group(match, "m")), chinese_number(_group(match, "d"))
    year = chinese_number(match["year"]) if match["year"] else None
    name = match.groupdict().get("w1") or match.groupdict().get("w2")
    if month is None or day is None:
        return None
    # A year that has 29 February and one that has not: where they disagree, the text does not tell.
    days = [_calendar_day(each, month, day) for each in ([year] if year else [2000, 2001])]
    moved = {days_later(each, -shift) for each in days if each}
    if len({each and (each.month, each.day) for each in moved}) != 1:
        return None
    there = moved.pop()
    if there is None:
        return None
    if year and _is_future(there):
        return None
    weekday = (_weekday(name) - shift) % 7 if name else None
    return Evidence(there.year if year else None, there.month, there.day, weekday)


def _by_dateline(body: str, language: str, day_first: bool | None) -> Evidence | None:
    lines = [line.strip() for line in body[:OPENING].split("\n") if line.strip()]
    for number, line in enumerate(lines[:DATELINE_LINES]):
        match = _DATELINE.match(line[:LINE_START])
        if match is not None and not _NOT_A_PLACE.match(line) and (match["place"] or number < 3):
            found = _dateline(match["date"], language, day_first)
            if found is not None:
                return found
        written = re.search(_WRITTEN, line[:LINE_START])
        if written is not None and number < LABEL_LINES and _is_label(line, written):
            found = _dateline(written[0], language, day_first)
            if found is not None:
                return found
    return None


def _by_attribution(body: str) -> Evidence | None:
    """`The Ministry announced on 6 June 2023`: the only whole date of the first paragraph, and
    one of saying something, not of what is said."""
    paragraphs = (each.strip() for each in re.split(r"\n\s*\n|\n", body[:OPENING]))
    first = next((each for each in paragraphs if len(each) >= MIN_PARAGRAPH), "")
    first = fold(first)[:FIRST_PARAGRAPH]
    dated = [match for match in re.finditer(_DAY, first) if match["year"]]
    named = {(_group(match, "m"), _group(match, "d"), match["year"]) for match in dated}
    match = _SAID_ON.search(first) or _ON_DAY_SAID.match(first)
    if len(named) != 1 or match is None or not match["year"]:
        return None
    found = _shifted(match, 0)
    return found if found and found.year else None


def _is_label(line: str, written: re.Match[str]) -> bool:
    """Whether a line is a date with its label: `FOR IMMEDIATE RELEASE June 3, 2010`."""
    beside = re.findall(r"[^\W\d_]+", line[: written.start()] + " " + line[written.end() :])
    return (
        re.search(r"\d{4}", written[0]) is not None
        and _LABEL.search(line[: written.start()][:30]) is not None
        and len(beside) <= MAX_LABEL_WORDS
        and not line.endswith(tuple(".。;?!"))
    )


def _dateline(text: str, language: str, day_first: bool | None) -> Evidence | None:
    if day_first is None and not language.startswith("en"):
        day_first = True
    found = read_date(text, "text", day_first=day_first, language=language)
    match = re.fullmatch(r"(?:(\d{4})|-)-(\d\d)-(\d\d)", (found and found.date) or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year and month and day and _is_future(datetime.date(year, month, day)):
        return None
    return Evidence(year, month, day)


def _own_year(prose: str) -> int | None:
    """The year of issue, if the text fixes it and does not contradict itself."""
    years = {*_glossed_years(prose), *_years_by_months(prose)}
    year = years.pop() if len(years) == 1 else None
    return year if year and 1900 <= year <= _latest().year else None


def _glossed_years(prose: str) -> Iterator[int]:
    for shift, pattern in _YEARS_SEEN_FROM_NOW:
        for match in pattern.finditer(prose):
            year = chinese_number(match["year"])
            if year:
                yield year - shift


def _years_by_months(prose: str) -> Iterator[int]:
    """The year before that of a month which will follow, in one sentence, a month of next year.

    After a session in June next year somebody will take office in July 2024: that is one summer.
    Months further apart, or one that is past, may lie in other years.
    """
    for sentence in _SENTENCE.split(prose) if _MONTH_NEXT_YEAR.search(prose) else ():
        for coming in _MONTH_NEXT_YEAR.finditer(sentence[:MAX_SENTENCE]):
            for dated in _MONTH_OF_YEAR.finditer(sentence, coming.end(), MAX_SENTENCE):
                first, second = _month(_group(coming, "m")), _month(_group(dated, "m"))
                year = chinese_number(_group(dated, "y"))
                ahead = _FUTURE.search(sentence, coming.end(), dated.start())
                if ahead and first and second and year and second == first + 1:
                    yield year - 1


def _group(match: re.Match[str], name: str) -> str:
    """The alternative of a numbered group (`m1`, `m2`, ...) that took part in the match."""
    found = (value for key, value in match.groupdict().items() if key[:1] == name and value)
    return next((each for each in found), "")


def _month(name: str) -> int | None:
    return MONTHS.get(name) or chinese_number(name)


def _weekday(name: str) -> int:
    if name in _WEEKDAYS:
        return _WEEKDAYS.index(name)
    return min("一二三四五六日天".index(name[-1]), 6)  # `天` is Sunday too


def _calendar_day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _is_future(day: datetime.date) -> bool:
    return day > _latest()


def _latest() -> datetime.date:
    """Tomorrow: somewhere on earth it has begun. No text has been issued later."""
    return datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(1)
