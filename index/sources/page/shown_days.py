"""A day as a line of a page shows it: where in the line it stands, and the dateline of a text."""

from __future__ import annotations

import re
from functools import lru_cache

from index.dates.resolution import FoundDate, read_date
from index.dates.weekday_names import is_of_weekday
from index.sources.page.title_lines import is_day_alone
from index.text.folding import fold

MAX_DATE_LINE = 140
"""Characters of a line that can be a date with what goes with it (place, time, label)."""
LAST_YEAR = 2060
"""Later years that a page shows in our digits are of Nepal's calendar, or wrong."""
_NAME = r"[^\s\d!-/:-@\[-`{-~،؛、。，·«»“”„–—()（）]{2,20}"
"""What may be the name of a month, in any script: reading the date tells."""
_WHOLE_DAY = (
    rf"(?<![\w/])\d{{1,2}}(?:st|nd|rd|th|\.|er|º|η|ই|শে|লা|রা|ঠা|-[iu]?nj[iy])?[\s,-]*(?:(?:de|of|di|do|ng)\s+|d['’])?"
    rf"{_NAME}(?:\s[^\W\d_]{{4,8}})?\.?[\s,،-]*(?:de\s+|соли\s+|พ\.ศ\.\s*|')?(?:\d{{4}}|\d\d)(?![\d:])"
    r"|\b\d{1,2}\s+(?:[ก-ฮ]{1,2}\.|เม\.|มี\.|มิ\.)[ก-ฮ]\.\s*(?:\d{4}|\d\d)\b|\d{1,2}\s?ខែ\S{2,12}\sឆ្នាំ\s?\d{4}"
    r"|\b\d{1,2} tháng \d{1,2}(?:,| năm)? \d{4}\b"
    r"|(?<![A-Za-z\d])1[0-4]\d(?P<roc>[-/.])\d{1,2}(?P=roc)\d{1,2}(?![A-Za-z\d])"
    rf"|(?<!\w){_NAME}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\s*[,፣]?\s+(?:del? |ቀን )?\d{{4}}(?!\d)"
    rf"|(?:juche|주체)\s?\d{{1,3}}\s?\(\d{{4}}\)(?:\s{_NAME}\s\d{{1,2}}\b|[년.]\s?\d{{1,2}}[월.]\s?\d{{1,2}}(?!\d)일?)"
    r"|(?<![\w-])[^\W\d_]{3,12}(?P<joint>[-/.])\d{1,2}(?P=joint)\d{4}(?!\d)"
    r"|(?<![\w'’])['’]\d\d(?P<short>[-/.])\s?\d{1,2}(?P=short)\s?\d{1,2}(?![\d-])"
    rf"|(?<!\d)\d{{4}} ခုနှစ်[\s၊]*{_NAME}\s\d{{1,2}}(?!\d)"
    r"|(?<!\d)\d{4} (?:оны )?\d{1,2}(?:-?р|[- ]?[дт][уү]г(?:аа|ээ)р)? сарын \d{1,2}(?!\d)"
    r"|(?<!\d )\b(?:19|20)\d\d (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])\b(?! ?\d)"
    r"|\b[RHS]\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.])"
    rf"|(?<!\d)\d{{4}}(?:-\w{{1,8}})?\.?\s(?:[^\W\d_]{{1,7}}\.?\s)?(?:\d{{1,2}}[. -]\s?)?{_NAME}"
    r"(?:\.?\s\d{1,2}\b\.?)?"
    r"|(?<![\d./-])\d{1,2}(?:[./-]\d{1,2}[./-]|\.\s\d{1,2}\.\s)\d{2,4}(?!\d)|(?<![\d=])\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}(?!\d)"
    r"|(?:令和|平成|昭和|民國|民国)\s*(?:\d{1,3}|元)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|\d{2,4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年\w{1,3}月\w{1,3}日"
    r"|\d{4}\s*년\s*\d{1,2}\s*월\s*\d{1,2}\s*일"
)
"""What may be a whole date, in letters of either case; reading it tells."""
_FULL_DAY = re.compile(rf"(?i){_WHOLE_DAY}")
_SPACE = re.compile(r"\s+")
NUMERAL = re.compile(r"\d|[〇○零一二三四五六七八九十]")
_TO = re.compile(
    r"(?i)(?:\s{0,3}(?:г\.|r\.|\([^()]{1,5}\))?\s{0,3}[-–—~～〜]\s{0,3}|"
    r"\s(?:to|until|till|through|bis(?: zum)?|au|al|a|até(?: o)?|tot(?: en met)?|til|do|до|по|έως|"
    r"إلى|تا)\s)"
)
"""What stands between the first and the last day of a period."""
_DATELINE = re.compile(
    r"(?i)^(?:\w*(?:mitteilung|meldung|release|statement|communiqu|comunicad|comunicat|tiedote|"
    r"meddelelse|meddelande|bericht)\w*(?: (?:de prensa|stampa|de presse|de imprensa|vom|of|du|"
    r"del?|"
    r"di|from|dated|van|no\.? \S+|nr\.? \S+))*,? )?"
    rf"(?:[^\W\d_][\w .'’()-]{{0,40}},\s*)?(?:[^\W\d_]{{2,12}},?\s+)?"
    rf"(?:{_WHOLE_DAY})"
    r"(?=\s*(?:[-–—:|/(]|\.\s|$))"
)
_BRACKETED_DATELINE = re.compile(
    r"(?i)^[^.!?\d]{0,60}?\((?:[^()]{1,40}, |(?P<weekday>[^\W\d_]{3,14})\.? )?"
    rf"(?P<day>{_WHOLE_DAY})\)"
    r"(?=[.:]?\s*[–—-]|[.:]\s|\s[^\W\d_][\w/ ]{0,40}\s[–—-])"
)
"""`(1 August 2024) Bern –`, `Bern, (3 May 2024). `, `BERN (Friday 3 May 2024). `"""
_AFTER_PLACE = re.compile(rf"(?i)^[^\W\d_][\w .'’-]{{1,30}}:\s*(?P<day>{_WHOLE_DAY})(?=\s)")
"""`Bern: 3 May 2024 The Minister ...`"""


def date_in_line(line: str, day_first: bool | None) -> FoundDate | None:
    """The whole date in a line that is short enough to be about it; None for one that is not.

    Where the order of day and month is open, so is that of the date.
    """
    if len(line) > MAX_DATE_LINE:
        return None
    match = full_day(line)
    if match is None:
        return None
    clock = re.search(
        r"(?i)\b\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,5}\b)?", line[match.end() :]
    )
    text = f"{match[0]} {clock[0]}" if clock else match[0]
    found = read_date(text, "page", day_first=day_first) or read_date(
        match[0], "page", day_first=day_first
    )
    return found if found is not None and _is_whole(found) and _is_of_ours(found) else None


def _is_of_ours(found: FoundDate) -> bool:
    return (found.date or "") < str(LAST_YEAR + 1)


@lru_cache(maxsize=1 << 10)
def full_day(line: str) -> re.Match[str] | None:
    """The first part of a line that is a whole date."""
    if not NUMERAL.search(line):
        return None
    match = _FULL_DAY.search(line)
    while match is not None:
        found = read_date(match[0], "page", day_first=True)
        if found is not None and found.precision == "day":
            return match
        within = _SPACE.search(line, match.start(), match.end())  # `No. 31/2020 of 12.11.2020`
        match = _FULL_DAY.search(line, within.end() if within else match.end())
    return re.fullmatch(".+", line) if is_day_alone(line) else None


def is_period(line: str) -> bool:
    """Whether a line tells of the days from one to another (`11.03.2024 - 15.03.2024`)."""
    first = full_day(line) if len(line) <= MAX_DATE_LINE else None
    between = _TO.match(line, first.end()) if first is not None else None
    return between is not None and _FULL_DAY.match(line, between.end()) is not None


def _is_whole(found: FoundDate) -> bool:
    return found.precision == "day" or bool(found.either)


def whole_day(line: str) -> str | None:
    """The first whole date in a line, as it stands there."""
    match = full_day(line)
    return match[0] if match else None


def dateline_day(text: str, day_first: bool | None) -> FoundDate | None:
    """The day of the dateline that a text begins with."""
    text = text.lstrip("\u200b\ufeff ")
    opening = _DATELINE.match(text)
    if opening is not None:
        return date_in_line(opening[0], day_first)
    bracketed = _BRACKETED_DATELINE.match(text)
    if bracketed is not None and bracketed["weekday"]:
        bracketed = bracketed if is_of_weekday(fold(bracketed["weekday"])) else None
    other = bracketed or _AFTER_PLACE.match(text)
    return date_in_line(other["day"], day_first) if other else None
