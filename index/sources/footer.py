"""The last lines of a Hong Kong release: the word that ends it, the date, the time of issue."""

from __future__ import annotations

import re

from index.date_strings import FoundDate, read_date
from index.text import fold

MAX_LINES = 14
"""Lines from the end of a text in which a footer is looked for, empty ones included."""

_END = re.compile(r"[\s(（]*(?:ends?|完)[\s)）]*(?:[/／∕].*|\d{4}\s*年.*)?\Z", re.IGNORECASE)
_OF_FOOTER = re.compile(
    r"(?:issued at|hkt|香港时间|nnnn|\d{4}\s?年|零?\w{4}年|\w+day,? \w+ \d)|\Z", re.IGNORECASE
)


def split_footer(text: str) -> tuple[str, FoundDate | None]:
    """A text without its footer, and the date with the time (+08:00) that the footer states.

    Known are `Ends/Sunday, November 5, 2023` with `Issued at HKT 22:23` and `NNNN`, its Chinese
    form `完`, `2023年11月5日（星期日）`, `香港時間22時23分`, and the older `End/...` and `完／...`.
    """
    lines = text.rstrip().split("\n")
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - MAX_LINES), -1):
        rest = lines[number + 1 :]
        if _END.match(lines[number]) and all(_OF_FOOTER.match(fold(line).strip()) for line in rest):
            return "\n".join(lines[:number]).rstrip(), read_footer("\n".join(lines[number:]))
    return re.sub(r"\s*\bNNNN\s*\Z", "", text).rstrip(), None


def read_footer(text: str) -> FoundDate | None:
    """The date of a footer; a time without a zone is Hong Kong's."""
    line = re.sub(r"\bNNNN\b", "", " ".join(text.split()))
    found = read_date(line, "footer")
    if found is not None and found.issued_at is None:
        return read_date(f"{line} HKT", "footer")
    return found
