"""Hong Kong releases that feeds and tables carry: the words of the page, with its footer."""

from __future__ import annotations

from dataclasses import replace

from index.sources.draft import Draft
from index.sources.hongkong.address import parse
from index.sources.hongkong.footer import split_dated_footer
from index.sources.starred_headline import BAR, MAX_HEADLINE_LINES

TAIL = 1_500
"""Characters from the end of a text in which words of a footer are looked for first."""
_WORDS = ("Issued at HKT", "香港時間", "香港时间", "NNNN", "Ends/", "End/", "完")


def as_hong_kong(draft: Draft) -> Draft:
    """A draft as its page would give it: number and address of the release, body without footer.

    A draft that has neither a Hong Kong release's address nor its footer stays as it is.
    """
    own = parse(draft.url) if draft.url else None
    tail = draft.body[-TAIL:]
    if own is None and "Issued at HKT" not in tail and not ("香港時間" in tail and "完" in tail):
        return draft
    body, footer = draft.body, None
    if any(words in tail for words in _WORDS):
        body, footer = split_dated_footer(body)
    return replace(
        draft,
        body=_without_stars(body),
        id=draft.id or (own.id if own else None),
        url=(own.url if own else None) or draft.url,
        dates=(footer, *draft.dates) if footer else draft.dates,
    )


def _without_stars(body: str) -> str:
    """A text without the headline and the stars that may open it."""
    lines = body.split("\n")
    for number, line in enumerate(lines[: 2 * MAX_HEADLINE_LINES]):
        if BAR.match(line):
            return "\n".join(lines[number + 1 :]).strip("\n")
    return body
