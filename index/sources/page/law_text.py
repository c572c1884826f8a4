"""Texts of laws, no releases: told by articles or sections that are numbered from the first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from index.sources.page.blocks import Block
from index.sources.page.lines import is_sentence

FIRST = frozenset(range(1, 4))
"""Numbers of the articles that a law has; a release that quotes one begins with another or has
fewer."""
_ARTICLE = re.compile(
    r"(?i)(?:art(?:\.|icle|[íi]culo|igo|icolo|ikel|ykuł|icolul|ikla)?|§|section|sec\.|статья|стаття|"
    r"чл(?:\.|ен)|članak|člen|čl\.|άρθρο|madde|סעיף|المادة|ماده|pasal|điều|มาตรา)\s?\(?"
    r"(?P<number>\d{1,3})(?![\d.,]\d|\w)"
)
"""`Article 1`, `§ 2.`, `Sec. 3` at the beginning of a line."""
_SUBSECTION = re.compile(r"(?P<number>\d{1,3})\.?\s?\(1\)\s?\S")
"""`2. (1) Every connection ...`: how laws that follow the English form number."""
_NUMBERED = re.compile(r"(?P<number>\d{1,3})\.\s?\(?\w")


def is_law_text(lines: Iterable[Block], *, dated: bool) -> bool:
    """Whether the lines of a text are those of a law; links may be a menu of sections.

    :param dated: whether the page has a day: with a sentence above its articles it tells of a law.
    """
    texts = [block.text for block in lines if not block.linked]
    above = takewhile(lambda text: not (_ARTICLE.match(text) or _NUMBERED.match(text)), texts)
    if dated and any(map(is_sentence, above)):
        return False
    articles = _numbers(_ARTICLE, texts)
    if articles >= FIRST:
        return True
    return bool(_numbers(_SUBSECTION, texts)) and _numbers(_NUMBERED, texts) >= FIRST


def _numbers(form: re.Pattern[str], texts: list[str]) -> set[int]:
    found = (form.match(text) for text in texts)
    return {int(match["number"]) for match in found if match is not None}
