"""Dates, numbers and searches in English words: what the pages say outside their templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from search.request import SearchRequest
from webapp.typed_dates import first_and_last_day

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
LANGUAGE_NAMES = {
    "ar": "Arabic", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "hi": "Hindi", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "rm": "Romansh", "ru": "Russian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "und": "Language not known", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese", "zh-hans": "Simplified Chinese", "zh-hant": "Traditional Chinese",
    "zh-cn": "Simplified Chinese", "zh-hk": "Traditional Chinese", "zh-tw": "Traditional Chinese",
}  # fmt: skip
ORDER_NAMES = {
    "relevance": "Most relevant first",
    "newest": "Newest first",
    "oldest": "Oldest first",
}
_NOT_STATED = {
    "month-day": "year not stated",
    "month": "day not stated",
    "year": "month and day not stated",
}


def counted(count: int, one: str = "release", many: str = "releases") -> str:
    """`1 release`, `1,234 releases`."""
    return f"{count:,} {one if count == 1 else many}"


def date_in_words(date: str | None) -> str:
    """`5 November 2023` for an ISO date, whole, partial or without a year."""
    if not date:
        return "Date not stated"
    if date.startswith("--"):
        month, day = date[2:].split("-")
        return f"{int(day)} {MONTH_NAMES[int(month) - 1]}"
    year, month, day = (*date.split("-"), "", "")[:3]
    words = [str(int(day)) if day else "", MONTH_NAMES[int(month) - 1] if month else "", year]
    return " ".join(word for word in words if word)


def moment_in_words(iso: str | None) -> str:
    """`22 November 2026, 18:22 UTC` for an ISO time in UTC; what is none stays as it is."""
    match = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", iso or "")
    return f"{date_in_words(match[1])}, {match[2]} UTC" if match else iso or ""


def date_without_year(date: str) -> str:
    """`26 June` or `June` where the year is said elsewhere; a year alone stays."""
    year, _, rest = date.partition("-")
    return date_in_words(date).removesuffix(year).strip() if rest else year


def what_is_not_stated(precision: str) -> str:
    """What a date of this precision leaves open, in words; empty for a whole day."""
    return _NOT_STATED.get(precision, "")


def language_in_words(tag: str) -> str:
    """The English name of a language, else its tag."""
    folded = tag.lower()
    return LANGUAGE_NAMES.get(folded) or LANGUAGE_NAMES.get(folded.split("-")[0]) or tag


def dates_in_words(request: SearchRequest) -> str:
    """The dates asked for as they are understood: `from 1 March 2020 to 31 March 2020`."""
    start, end = request.date_from, request.date_to
    if start and start == end and len(start) == 10:
        return f"on {date_in_words(start)}"
    pieces = []
    if start:
        pieces.append(f"from {date_in_words(first_and_last_day(start)[0])}")
    if end:
        pieces.append(f"to {date_in_words(first_and_last_day(end)[1])}")
    return " ".join(pieces)


def search_in_words(request: SearchRequest, names: Mapping[str, str]) -> str:
    """The whole search but its order, restated; empty when nothing was asked for.

    :param names: agency slug -> name, for the agencies of the request.
    """
    pieces = []
    if request.text.strip():
        any_of = "any of " if request.match == "any" else ""
        pieces.append(f"for {any_of}{in_quotes(request.text)}")
    if request.agencies:
        pieces.append("by " + either(names.get(slug, slug) for slug in request.agencies))
    dated = dates_in_words(request)
    if dated:
        pieces.append("dated " + dated + (", or without a year" if request.undated else ""))
    elif request.undated:
        pieces.append("whose year is not known")
    if request.languages:
        pieces.append("in " + either(map(language_in_words, request.languages)))
    return " ".join(pieces)


def in_quotes(text: str) -> str:
    """Words in quotation marks, unless they bring some of their own."""
    return text if '"' in text or "“" in text else f"“{text}”"


def either(values: Iterable[str]) -> str:
    """`a, b or c`."""
    several = list(values)
    return " or ".join(filter(None, [", ".join(several[:-1]), several[-1] if several else ""]))
