"""Where a fragment begins and ends: at sentences and clauses, never inside a number or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

REACH = 80
"""Characters before a match within which a fragment begins where a sentence or a clause does."""
FAR_REACH = 140
"""The same where a fragment has room for so much before its match."""
MAX_BRACKET = 80
"""Characters of a bracket that is not cut in two."""
SHIFT = 40
"""Characters that a cut moves at the most to stand between words."""

WIDE = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]+")
"""Characters that take twice the room of a letter. One alone takes twice as long to compile."""

_SENTENCE_BREAK = re.compile(
    r"(?P<stop>[.!?…]+)[\"”’')\]»]*\s+|[。！？][」』”）)]*\s*|(?P<line>[^\S\n]*\n\s*)"
)
_STOP = re.compile("[.!?…。！？\n]")
"""What every end of a sentence holds: looked for alone, it is found ten times as fast."""
CLAUSE_BREAK = re.compile(
    r"[,;:–—][\"”’')\]»]*\s+|\s[–—-]+\s+|[，；：、][」』”）]*\s*|(?=[(（「『《【])"
)
_ABBREVIATION = (
    "mrs?|ms|mx|drs?|prof|rev|hon|messrs|mme|mlle|sens?|reps?|govs?|gens?|cols?|lts?|maj|capt|cmdr"
    "|sgts?|pres|jr|sr|st|mt|ft|nos?|nr|vol|art|sec|arts|secs|fig|pp?|approx|est|inc|corp|co|ltd"
    "|bros|vs?|etc|al|cf|dept|univ|assn|ave|blvd|rd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“‘'])(?:[^\W\d_]|[^\W\d_](?:\.[^\W\d_])+|"
    rf"{_ABBREVIATION})\Z",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATED = 6
"""Letters of the longest of these, those with stops inside left aside."""
MAY_END_CLAUSE = re.compile("[-,;:–—，；：、（(「『《【]")
"""What every end of a clause holds: most fragments begin where there is none, or at a sentence."""
_SPACE = re.compile(r"\s")
_HAN_DIGIT = "\\d〇○零一二三四五六七八九十廿卅百千萬万億亿兆兩两點点"
ATOM = re.compile(
    # A date, a number with its unit, a name with its number, a bracket, as a text may write them.
    r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?(?: (?:de|of))? [^\W\d_]{3,12}\.?,?(?: de)? \d{4}\b"
    r"|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
    rf"|(?:第?(?:[{_HAN_DIGIT}][,.，]?)+ ?[\u3400-\u9fff\uac00-\ud7af](?: (?=\d\d? ?[月日월일]))?)+"
    rf"|[{_HAN_DIGIT[3:]}]{{2,}}"
    r"|(?:[A-Z]{0,3}[$£€¥₹]\s?)?\d+(?:[.,:/\u2019'-]\d+)*(?:[ \u00a0\u202f]\d{3}\b)*"
    r"(?:\s?[%‰°]|[ \u00a0-](?:per cent\b|[^\W\d_]+))?"
    r"|(?:[A-Z][a-z]{2,11}|[A-Z][a-z]?|Nos?|pp?\.)\.? \d+(?:[.,:/-]\d+)*"
    rf"|\([^()\n]{{1,{MAX_BRACKET}}}\)|\[[^\[\]\n]{{1,{MAX_BRACKET}}}\]"
    rf"|（[^（）\n]{{1,{MAX_BRACKET}}}）|「[^「」\n]{{1,{MAX_BRACKET}}}」|《[^《》\n]{{1,{MAX_BRACKET}}}》"
)
_TELLING = re.compile(rf"[{_HAN_DIGIT}(\[（「《]")
_LEAD = 16
"""Characters from the beginning of what is no bracket to its first digit, at the most: 14."""
NEAR_ATOM = MAX_BRACKET + 2
"""Characters on both sides of a cut in which what it may not part is looked for."""


def fragment_start(text: str, first: int, low: int, spare: int) -> tuple[int, bool]:
    """Where a fragment begins whose first match stands at `first`, and whether a sentence does.

    The nearest sentence, else the furthest clause within `REACH`, else the nearest one beyond that
    for which there is room, else a word.

    :param low: where it may begin at the earliest.
    :param spare: characters of a fragment that its matches leave.
    """
    near, far = _reaches(text, first)
    reach = max(near, min(spare, far))
    breaks = sentence_breaks(text, max(low, first - reach) - 3, first)
    sentences = [start for _, start in breaks if start >= max(low, first - reach)]
    if sentences or first <= reach > low == 0:
        return (sentences[-1] if sentences else 0), True
    clause = _clause_start(text, first, max(low, first - reach), first - near)
    if clause is not None:
        return clause, False
    start = _word_start(text, max(low, first - spare // 3), first)
    return _outside(text, start, low, first, forward=False), False


def _clause_start(text: str, first: int, lowest: int, near: int) -> int | None:
    """The first clause that begins at `near` or behind it, else the last one before that."""
    clause, telling = None, MAY_END_CLAUSE.search(text, lowest, first)
    if telling:
        for match in CLAUSE_BREAK.finditer(text, max(telling.start() - 1, lowest), first):
            if atom_around(text, match.end()) is None:
                clause = match.end()
                if clause >= near:
                    break
    return clause


def fragment_end(text: str, start: int, last: int, high: int, length: int) -> tuple[int, bool]:
    """Where a fragment ends whose last match ends at `last`, and whether a sentence does.

    :param high: where it may end at the latest.
    """
    if high - start <= length and high == len(text):
        return high, True
    furthest = min(max(start + length + length // 8, last), high)
    earliest = max(last, start + length // 2)
    low = _inside_word(text, last - 1, earliest - 1)
    ends = [end for end, _ in sentence_breaks(text, low, min(furthest + 8, len(text)))]
    for end in reversed(ends):
        if earliest <= end <= furthest:
            return end, True
    end = _word_end(text, min(max(start + length, last), high), last)
    return _outside(text, end, last, high, forward=True), False


def sentence_breaks(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Ends of sentences between two places of a text, each with where the next one begins."""
    for match in _breaks(text, max(low, 0), high):
        end, start = match.end(), match.end()
        if match["line"] is not None:
            end = match.start()
            if not _ends_line(text, match):
                continue
        elif match["stop"] is not None:
            end = match.start() + len(match[0].rstrip())
            if not _ends_sentence(text, match):
                continue
        else:
            end = match.start() + len(match[0].rstrip())
        if start <= high:
            yield end, start


def wide_characters(text: str) -> int:
    """How many characters of a text take twice the room of a letter."""
    return 0 if text.isascii() else sum(map(len, WIDE.findall(text)))


def _inside_word(text: str, low: int, at: int) -> int:
    """The last letter or digit up to `at`, which no end of a sentence can hold; else `low`."""
    at = min(at, len(text) - 1)
    while at > low and not text[at].isalnum():
        at -= 1
    return max(at, low)


def _breaks(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """What `_SENTENCE_BREAK.finditer` finds."""
    while stop := _STOP.search(text, low, high):
        begin = stop.start()
        if stop[0] == "\n":
            begin -= len(text[low:begin]) - len(text[low:begin].rstrip())
        match = _SENTENCE_BREAK.match(text, begin, high)
        if match:
            yield match
        low = match.end() if match else stop.end()


def _ends_line(text: str, match: re.Match[str]) -> bool:
    """Whether a line break parts sentences: not where a text wraps its lines within paragraphs."""
    if match[0].count("\n") > 1:
        return True
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not before or before in '.!?:;。！？：；…”"」' or "\n\n" not in text or after in "•*-·"


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 2].lstrip("\"“‘'([«")[:1]
    if after.islower():
        return False
    if match["stop"] != ".":
        return True
    if text[match.start() - 1 : match.start()].isdecimal():  # `26. Juni 2026`
        return atom_around(text, match.end()) is None
    before = text[max(match.start() - _LONGEST_ABBREVIATED - 1, 0) : match.start()]
    if len(before) > _LONGEST_ABBREVIATED and before.isalpha():
        return True
    return not _is_abbreviated(text, match.start())


def _abbreviations() -> frozenset[str]:
    """The abbreviations of more than one letter, without stops inside."""
    words = _ABBREVIATION.split("|")
    return frozenset([each.replace("?", "") for each in words]).union(
        re.sub(r".\?", "", each) for each in words
    )


def _is_abbreviated(text: str, end: int) -> bool:
    return bool(_ABBREVIATED.search(text, max(end - 12, 0), end))


def _outside(text: str, at: int, low: int, high: int, *, forward: bool) -> int:
    """The cut moved out of what may not be parted: away from the match if there is room."""
    around = atom_around(text, at)
    if around is None:
        return at
    before, after = around
    order = (after, before) if forward else (before, after)
    return next((place for place in order if low <= place <= high), at)


def atom_around(text: str, at: int) -> tuple[int, int] | None:
    """The number, date or bracket that a cut would part.

    Looked for only around the digits and brackets that each has at its beginning: at every place
    it cost 2.5 ms of a page of ten hits.
    """
    place, end = max(at - NEAR_ATOM, 0), at + NEAR_ATOM
    while telling := _TELLING.search(text, place, at + _LEAD):
        match = ATOM.search(text, max(place, telling.start() - _LEAD), end)
        if match is None or match.start() >= at:
            return None
        if match.end() > at:
            return match.span()
        place = match.end()
    return None


def _reaches(text: str, first: int) -> tuple[int, int]:
    """How far a fragment may begin before its match: half as far where characters are wide."""
    around = text[max(first - REACH, 0) : first + 20]
    wide = wide_characters(around) * 3 > REACH
    return (REACH // 2, FAR_REACH // 2) if wide else (REACH, FAR_REACH)


def _word_start(text: str, at: int, limit: int) -> int:
    """The first start of a word from `at` on, at the latest `limit`."""
    if at == 0 or text[at - 1].isspace() or WIDE.match(text[at]):
        return at
    space = _SPACE.search(text, at, min(at + SHIFT, limit))
    return space.end() if space else at if limit - at > SHIFT else limit


def _word_end(text: str, at: int, limit: int) -> int:
    """The last end of a word up to `at`, at the earliest `limit`."""
    if at >= len(text) or text[at].isspace() or WIDE.match(text[at]):
        return at
    lowest = max(limit, at - SHIFT)
    space = max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at))
    if space >= 0:
        return space
    return at if at - limit > SHIFT else limit


RULES = (_abbreviations(), _is_abbreviated, atom_around)
"""What the compiled loops ask: all that needs a regular expression."""
