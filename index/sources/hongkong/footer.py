"""The last lines of a Hong Kong release: the word that ends it, the date, the time of issue."""

from __future__ import annotations

import re

from index.dates.date_strings import FoundDate, read_date
from index.text.folding import fold

MAX_LINES = 60
"""Lines from the end of a text in which a footer is looked for, empty ones included."""
MAX_LINK = 80
"""Characters of a line after a footer; a longer one is text, so what stood above it was none."""
MAX_TAIL = 500
"""Characters from the end of a text in which a footer may stand inside a line."""

_END = re.compile(r"[\s(（]*(?:ends?|完)[\s)）.。]*(?:[/／∕].*|\d{4}\s*年.*)?\Z", re.IGNORECASE)
_OF_FOOTER = re.compile(
    r"(?:issued at|hkt|.{0,4}时间|nnnn|\d{4}\s?年|零?\w{4}年|\w+day,? \w+ \d|[上下]午|\d\d?\s?[时:]"
    r"|\(?星期.\)?\Z|\(?\w+day\)?\Z)|\Z",
    re.IGNORECASE,
)
_NNNN = re.compile(r"\s*N{4}\s*\Z")
_HOUR = re.compile(
    r"(?:[^\s\d]{0,2}[時时][間间][:：]?\s*)?((?:上午|下午|中午|凌晨|晚上)?\s?\d{1,2}\s?[時时])"
)
"""A time of day in Chinese, with or without a word for whose time it is."""
_INSIDE = re.compile(
    r"(?:\s|(?<=[。.!?”\"」)）\w])(?=[E完]))(?P<footer>"
    r"Ends?\s*[/／]\s*\w+day,? \w+ \d{1,2},? \d{4}(?!\d).*"
    r"|完\s*[/／]?\s*\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s*(?:[(（]?星期.[)）]?)?\s*"
    r"(?:香港時間|香港时间|NNNN|\Z).*)\Z",
    re.DOTALL,
)


def split_footer(text: str) -> tuple[str, FoundDate | None]:
    """A text without its footer, and the date with the time (+08:00) that the footer states.

    Known are `Ends/Sunday, November 5, 2023` with `Issued at HKT 22:23` and `NNNN`, its Chinese
    form `完`, `2023年11月5日（星期日）`, `香港時間22時23分`, and the older `End/...` and `完／...`.
    What stands below it (`Print this page`) goes with it.
    """
    lines = _until_closing(text.rstrip().split("\n"))
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - MAX_LINES), -1):
        if not _END.match(lines[number]):
            continue
        length = _length(lines[number:])
        found = read_footer("\n".join(lines[number : number + length]))
        below = lines[number + length :]
        if not below or (found is not None and all(len(line) <= MAX_LINK for line in below)):
            return "\n".join(lines[:number]).rstrip(), found
    return _split_inside("\n".join(lines))


def split_dated_footer(text: str) -> tuple[str, FoundDate | None]:
    """The same for texts of unknown origin: only a footer that states a whole day is one."""
    body, found = split_footer(text)
    return (body, found) if found is not None and found.precision == "day" else (text, None)


def read_footer(text: str) -> FoundDate | None:
    """The date of a footer; a time without a zone is Hong Kong's."""
    line = re.sub(r"NNNN.*", "", " ".join(text.split()))
    line = _HOUR.sub(r"香港時間\1", re.sub(r"(?<=\d)(?=[A-Z])", " ", line), count=1)
    found = read_date(line, "footer")
    if found is not None and found.issued_at is None:
        return read_date(f"{line} HKT", "footer")
    return found


def _until_closing(lines: list[str]) -> list[str]:
    """The lines before `NNNN`, which is sent where a release ends."""
    first = max(0, len(lines) - MAX_LINES)
    marks = (number for number in range(first, len(lines)) if _NNNN.match(lines[number]))
    closing = next(marks, None)
    kept = lines if closing is None else lines[:closing]
    while kept and not kept[-1].strip():
        kept = kept[:-1]
    return kept


def _length(lines: list[str]) -> int:
    """How many lines, from the one that ends the text, are its footer."""
    length = 1
    while length < len(lines) and _OF_FOOTER.match(fold(lines[length]).strip()):
        length += 1
    return length


def _split_inside(text: str) -> tuple[str, FoundDate | None]:
    """The same where a text has lost its lines."""
    start = max(0, len(text) - MAX_TAIL)
    match = _INSIDE.search(text, start)
    found = read_footer(match["footer"][:160]) if match else None
    if match is None or found is None:
        return re.sub(r"\bNNNN\s*\Z", "", text).rstrip(), None
    return text[: match.start()].rstrip(), found
