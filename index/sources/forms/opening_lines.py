"""The headline of a text in which nothing marks it: only its place and its words tell.

Above it stand a letterhead, labels, the date and whom to call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sources.issuers import is_body, is_name
from index.sources.page.date_lines import is_date_line
from index.sources.page.lines import (
    is_contact_line,
    is_furniture_line,
    is_label_line,
    is_sentence,
)
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import is_way_to_call
from index.sources.page.title_lines import is_generic
from index.text.folding import fold

OPENING = 12
"""Paragraphs in which the headline of a text stands: a letterhead and labels come before it."""
MAX_HEADLINE = 300
"""Characters of a paragraph that may be a headline where nothing marks it as one."""
MAX_LINES = 4
"""Lines of a headline."""
_CONTACTS = 5
"""Lines below the word for contacts that may be a name, an office, numbers and addresses."""
_TOLD, _LEAST_TOLD = 0.6, 4
"""Share of the words of a headline that the text below takes up, and how many they are at least. On
the texts of the tests 0.4 to 0.8 tell the same, and so do three words and four."""
_LEAD = 600
"""Characters of the text in which it takes them up."""
_SAME = 5
"""Letters by which two words are taken for forms of one."""
_NOTICES = frozenset(("通告", "公告", "通知", "公示", "通报", "通報", "文件"))
"""What a body issues, which names its release only where nothing else does."""
_KIND_WORDS = 4
"""Words of what a body issues: `for immediate release`."""
_STREET = re.compile(
    r"\d{1,5}[A-Za-z]? (?:[A-Z][\w.'’-]* ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|"
    r"Drive|Square|Plaza|Quay|Court|Way|Parkway|Place|Terrace|Highway|Row|Walk)\b\.?(?:,|$)"
)
"""Where a body sits, in its letterhead (`12 Dock Street, Port Hale`)."""
_ONE_WORD = re.compile(r"[^\W\d_\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]+")


def first_headline(parts: Sequence[str]) -> range | None:
    """Which paragraph of a text is its headline.

    That is the first that can be one above the running text; where none is, the first at all.
    """
    called = whom_to_call(parts)
    opening = [number for number in range(min(OPENING, len(parts))) if number not in called]
    running, text = running_text(parts, opening)
    above = (
        number for number in opening if number < running and is_headline_of(parts[number], text)
    )
    usable = (number for number in opening if may_be_headline(parts[number]))
    found = next(above, next(usable, None))
    return None if found is None else range(found, found + 1)


def running_text(parts: Sequence[str], opening: Sequence[int]) -> tuple[int, str]:
    """Where the sentences of a text begin among the paragraphs of its opening, and the first."""
    running = next((number for number in opening if is_sentence(parts[number])), 0)
    return running, "\n".join(parts[running:])[:_LEAD]


def whom_to_call(parts: Sequence[str]) -> set[int]:
    """The numbers of the paragraphs in the opening of a text that say whom to call."""
    found: set[int] = set()
    for number, part in enumerate(parts[:OPENING]):
        if is_contact_line(part):
            below = range(number + 1, min(number + 1 + _CONTACTS, len(parts)))
            called = [each for each in below if is_way_to_call(parts[each])]
            found.update(range(number, max(called, default=number) + 1))
        elif is_way_to_call(part):
            found.add(number)
    return found


def may_be_headline(line: str) -> bool:
    """Whether a line is no label, date, letterhead, number or long paragraph."""
    if not _is_no_label(line):
        return False
    return not (is_name(line) and is_body(line)) and not _is_body_and_kind(line)


def whole_headline(parts: Sequence[str], found: range, text: str) -> range:
    """A headline with the lines right below that it goes on in: it was broken at a width of its
    own, so a line begins small, or all of both is in capitals."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    place, stop = _line_of(parts[found.start], lines), found.stop
    while place is not None and stop < min(len(parts), found.start + MAX_LINES):
        above, below = parts[stop - 1], parts[stop]
        place += 1
        if lines[place : place + 1] != [below] or not _goes_on(above, below):
            break
        stop += 1
    return range(found.start, stop)


def _line_of(part: str, lines: Sequence[str]) -> int | None:
    return lines.index(part) if part in lines else None


def _goes_on(line: str, below: str) -> bool:
    if is_sentence(below) or not may_be_headline(f"{line} {below}") or is_date_line(below, None):
        return False
    return below[:1].islower() or (line.isupper() and below.isupper() and not is_body(below))


def is_headline_of(line: str, text: str, *, marked: bool = False) -> bool:
    """Whether a line can be the headline of a text that begins so, also one of the form of a
    body's name; `marked`: it has the style of a heading."""
    if _ONE_WORD.fullmatch(line):
        return False  # a department, as a rule
    if may_be_headline(line):
        return True
    return _is_no_label(line) and not _is_body_and_kind(line) and _is_told(line, text, marked)


def _is_no_label(line: str) -> bool:
    if not 4 <= len(line) <= MAX_HEADLINE or is_generic(line, set()):
        return False
    if is_furniture_line(line) or is_label_line(line) or is_date_line(line, None):
        return False
    if _STREET.match(line):
        return False
    return sum(map(str.isalpha, line)) > len(line) // 3


def _is_told(line: str, text: str, marked: bool) -> bool:
    """Whether a line that looks like the name of a body is what the text tells: it takes up the
    words, some as no names (`HARBOUR BOARD CLOSES PIER 4`), and not, as with a name, the line.

    A marked one needs none that is no name, nor one that ends in a small word: German writes all
    nouns like names (`Landesamt stellt Bericht vor`)."""
    told, whole = " ".join(fold(text).split()), " ".join(fold(line).split())
    words = re.findall(r"\w{4,}|\d+", whole)
    below = {word[:_SAME] for word in re.findall(r"\w+", told)}
    if len(words) < _LEAST_TOLD or whole in told:
        return False
    cased = text if any(map(str.islower, text)) else text.lower()  # all of it in capitals
    common = {word[:_SAME] for word in re.findall(r"\w+", cased) if word[0].islower()}
    taken = [word for word in words if word[:_SAME] in below]
    as_no_names = [word for word in taken if word[:_SAME] in common and not is_body(word)]
    marked = marked or line.split()[-1].islower()
    return len(taken) >= _TOLD * len(words) and (marked or bool(as_no_names))


def _is_body_and_kind(line: str) -> bool:
    """Whether a line is the name of a body with what it issues: `Ministry of Tides Press Release`,
    `港务局通告`."""
    words = line.split()
    places = {*range(1, _KIND_WORDS + 1), *range(len(words) - _KIND_WORDS, len(words))}
    parted = [(" ".join(words[:at]), " ".join(words[at:])) for at in places if 0 < at < len(words)]
    parted += [(line[:at], line[at:]) for at in range(len(line) - 4, len(line) - 1) if at > 1]
    return any(
        (is_phrase("kind", kind) or kind in _NOTICES) and is_body(name)
        for a, b in parted
        for name, kind in ((a, b), (b, a))
    )
