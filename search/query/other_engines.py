"""What LexisNexis, Westlaw, ProQuest, EBSCO, Ovid, PubMed and search sites know, and we do not.

What asks for a place or a part of a text can be left out: the words beside it are searched for, and
more is found than was asked for, never less. What is left is said, and searched for as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.text.folding import fold
from search.query.lexemes import Lexeme
from search.query.notices import notice
from search.request import SearchRequest
from search.results import Notice

FIELD = re.compile(r"([A-Za-z][A-Za-z_]{1,19}):(?=[^\s/:)|])")
FIELD_BESIDE = re.compile(
    r"(?:related|link|cache|ext|inurl|intext|inanchor|filetype|define|allin[a-z]+):"
)
"""A field elsewhere, also with a space behind it, where other words with a colon are text."""
FIELD_LEFT_OUT = re.compile(
    r"(?:(?:filetype|ext):\w+|(?:(?:su|kw|ab|au|tx|ft|mh|tw|noft|byline|keywords?|intext|inanchor):"
    r"|allin(?:text|title|anchor|url):\s*)(?=[^\s:/)|]))",
    re.IGNORECASE,
)
"""A field that says where a word is to stand, or who wrote it; a kind of file goes with it."""
FUNCTION = re.compile(
    r"(?:H?LEAD|HLEAD|TI|HD|HL|TITLE|INTITLE|HEADLINE|BODY|TEXT|AB|AU|AUTHOR|BYLINE|PR|PUB|DA|DATE"
    r"|TI,AB|SU|KW|NOFT|EXACT|(?:ALL|NO)?CAPS|PLURAL|SINGULAR|ATL(?:EAST)?\d+)(?=\((?!e?s\)))",
    re.IGNORECASE,
)
"""What LexisNexis, Westlaw and ProQuest ask of the words in brackets: `HEADLINE(customs)`."""
IN_HEADLINE = frozenset(("ti", "hd", "hl", "title", "intitle", "headline"))
"""Those that ask for a headline."""
HEADLINE_IS = re.compile(r"(ti|hd|hl|title|headline)=(?=[^\s=)|])", re.IGNORECASE)
"""`TI=customs` of the Web of Science, `hd=customs` of Factiva."""
COMPARED_DATE = re.compile(r"(?:date|year|pd)([<>]=?\d[\w/-]*)", re.IGNORECASE)
"""`date>2005`, which is `date:>2005` here."""
CONNECTOR = re.compile(r"(?:w|pre)?/(?:s|p|seg|sent|para)|W/PARA", re.IGNORECASE)
"""In one sentence, paragraph or part."""
TAGGED = re.compile(
    r"(?P<word>[^\s\[\].()\"|]*+)"
    r"(?P<tag>\[(?:ti|tiab|title|title/abstract|ab|abstract|au|author|mh|mesh|mesh terms|tw"
    r"|text word|all|all fields|pt|la)\]"
    r"|\.(?:ti|ab|mp|tw|kw|sh)(?:,(?:ti|ab|kw|tw))*\.)(?![^\s()|])",
    re.IGNORECASE,
)
"""`word[ti]` of PubMed, `word.ti,ab.` of Ovid; behind a phrase the tag alone."""
OPERATOR = re.compile(
    r"XOR|ADJ|(?:SAME|WITHIN|NEAR|ONEAR)(?:/.*)?|SENTENCE|PARAGRAPH|(?:ATLEAST|atleast)\d+"
    r"|(?:[Ww]|PRE|pre)?/(?:[SsPp]|seg|sent|para)|(?:date|year|DATE|YEAR)[<>=]+\d.*"
    r"|/(?:\d+|..+/)|~\w.*|\$?\d+\.\.\$?\d+|[^\W\d_]+(?:\^(?!\d).*|(?<![A-Z])\$\d)|[^\W\d_]{1,3}(?<![A-Z])\$"
    r"|[^\W\d_]{2,}[!#$][^\W\d_]+"
)
"""What is an operator elsewhere and is searched for as words; `US$5` is money."""
SAME_SENTENCE = re.compile(r"\+(?:[sp]|\d{1,2})(?![^\s()\"|])")
"""`a +s b` elsewhere wants both in a sentence, `a +3 b` three words apart, in this order."""

MAX_TRUNCATED = 10
"""Words with `!` or `$` of a search that are read as their beginnings."""
BY_RELEASES = re.compile(r"[^\W\d_]{4}[!$](?!\S)|\s[NW]\d{1,2}\s")
"""What may be read by what releases hold."""
_TRUNCATED = re.compile(r"([^\W\d_]{4,})(?:!|(?<![A-Z])\$)")
_WITHIN = re.compile(r"([NW])([1-9]\d?)")
"""In capitals alone: `2006 w4 tax form` asks for the form W-4."""
_SIDES = ("word", "phrase", "open", "close")


def read_as_elsewhere(
    request: SearchRequest,
    text: str,
    lexemes: Sequence[Lexeme],
    holds: Callable[[str], bool],
) -> tuple[list[Lexeme], list[Notice]]:
    """`seizu!` of LexisNexis is `seizu*`, and `a N5 b` of EBSCO `a NEAR/5 b`, where no release has
    `seizu` or `n5` as a word: `Yahoo!` is a name, and the N5 a road."""
    read = list(lexemes)
    notices: list[Notice] = []
    for at, each in enumerate(lexemes):
        if not each.is_plain_word:
            continue
        truncated, within = _TRUNCATED.fullmatch(each.text), _WITHIN.fullmatch(each.text)
        if truncated and len(notices) < MAX_TRUNCATED:
            start = truncated[1]
            if each.text.endswith("$") or not holds(fold(start)):
                undo = request.changed(text=text[: each.start] + start + text[each.end :])
                notices.append(notice("read-truncation", each.text, f"{start}*", undo=undo))
                read[at] = each._replace(text=start, prefix=True)
        elif within and _is_between(lexemes, at) and not holds(fold(each.text)):
            ordered = within[1] == "W"
            read[at] = each._replace(kind="near", slop=int(within[2]), ordered=ordered)
    return read, notices


def _is_between(lexemes: Sequence[Lexeme], at: int) -> bool:
    beside = [*lexemes[max(at - 1, 0) : at], *lexemes[at + 1 : at + 2]]
    return len(beside) == 2 and all(each.kind in _SIDES for each in beside)
