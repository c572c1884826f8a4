"""A headline that is told from its text by a line of stars under it."""

from __future__ import annotations

import re

from index.same_text import letters_of

BAR = re.compile(r"\s*[*＊](?:\s?[*＊]){4,}\s*\Z")
"""A line of stars: five at least."""
MAX_HEADLINE_LINES = 4
"""Lines above the stars that are all of the headline; of more only the last one is."""


def headline_and_body(text: str, title: str) -> tuple[str, str]:
    """Headline and body of a text in blocks, by its first line of stars, else by the page's title.

    Either is empty where the text does not have it.
    """
    lines = text.split("\n")
    bar = next((number for number, line in enumerate(lines) if BAR.match(line)), None)
    if bar is None:
        return title, _after_title(text, title)
    return headline_above(lines[:bar], title), "\n".join(lines[bar + 1 :]).strip()


def headline_above(lines: list[str], title: str = "") -> str:
    """The headline that ends in the last line: as much of it as the title has, where that fits."""
    block: list[str] = []
    for line in reversed(lines):
        if line.strip():
            block.insert(0, line.strip())
        elif block:
            break
    for count in range(1, len(block) + 1):
        if title and letters_of(" ".join(block[-count:])) == letters_of(title):
            return " ".join(block[-count:])
    return " ".join(block if len(block) <= MAX_HEADLINE_LINES else block[-1:])


def _after_title(text: str, title: str) -> str:
    start, _, rest = text.partition("\n")
    return rest.strip() if title and letters_of(start) == letters_of(title) else text.strip()
