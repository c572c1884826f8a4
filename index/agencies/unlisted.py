"""Bodies of no gazetteer: named in a formula so clear that the name can be taken as it stands."""

from __future__ import annotations

import re

MAX_NAME = 120
"""Characters of a name taken from a text."""
ON_BEHALF_OF = (
    r"\A\W*(?:the )?following [\w ]{0,40}?is (?:being )?(?:issued|released)(?: today)?"
    r"(?: \([^)]*\))? on behalf of (?:the )?"
)
"""How a text begins that is issued for another body, up to its name."""


def on_behalf_unlisted(opening: str) -> str | None:
    """The X of `The following is issued on behalf of the X:` or `下稿代X發出：`.

    :param opening: the first characters of a body, white space folded.
    """
    match = _ON_BEHALF.match(opening) or _ON_BEHALF_CHINESE.match(opening)
    return match[1].strip() if match is not None else None


def unlisted_speaker(headline: str, opening: str) -> str | None:
    """The body to which an English lead attributes the news, if its name is clearly a body's.

    It must be capitalised, of several words, and hold a word such as Ministry or Department;
    `headline` is looked at where it is such a body's own statement.
    """
    first = _SENTENCE_END.split(opening, maxsplit=2)[:2]
    for pattern, text in (
        (_SPOKESMAN_FOR, " ".join(first)),
        (_ANNOUNCED, first[0]),
        (_STATEMENT, headline),
    ):
        match = pattern.search(text)
        name = match[1].strip() if match is not None else ""
        if name and len(name) <= MAX_NAME and _is_body(name):
            return name
    return None


def _is_body(name: str) -> bool:
    return " " in name and _KIND.search(name) is not None and not _A_PART.search(name)


_WORD = r"[A-Z][^\W_]*(?:['’&.-][^\W_]+)*"
_NAME = rf"{_WORD}(?:(?:,? (?:and|of|for|on|the|in|&)){{0,3}},? {_WORD}){{0,10}}"
_KIND = re.compile(
    r"\b(?:Ministry|Department|Office|Agency|Commission|Bureau|Authority|Council|Services?"
    r"|Board|Administration|Directorate|Secretariat|Inspectorate|Registry|Treasury)\b"
)
_A_PART = re.compile(r" [A-Z]$|^\S+ (?:of|for) [^'’]*['’]s ")  # `Department of X's Division`
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_ABBREVIATION = r"(?: \([A-Z][\w&.-]{1,12}\))?"
_WHEN = r"(?: (?:today|yesterday|tonight|on \w+(?: \d{1,2})?)(?: \([^)]{1,30}\))?,?)?"
_SAID = (
    r"(?: has| have)?(?: today)? (?:said|announced|announces|issued|released|published|launched"
    r"|confirmed|urged|reminded|warned|unveiled|stated|reported)\b"
)
_SPOKESMAN_FOR = re.compile(
    rf"^(?:[^.]{{0,200}}\b)?[Ss]pokes(?:man|person|woman) (?:for|of) the ({_NAME}){_ABBREVIATION}"
)
_ANNOUNCED = re.compile(
    rf"^(?:[\w ,–—-]{{0,60}}[–—-] ?)?The ({_NAME}){_ABBREVIATION}{_WHEN}{_SAID}"
)
_STATEMENT = re.compile(rf"^(?:[Ss]tatement|[Cc]omment|[Mm]essage) (?:of|by|from) the ({_NAME})")
_ON_BEHALF = re.compile(rf"(?i:{ON_BEHALF_OF})({_NAME}){_ABBREVIATION}\s*[:.]")
_ON_BEHALF_CHINESE = re.compile(
    r"\A\W*(?:以?下|兹)(?:稿|文|新聞稿|新闻稿|列[^代]{0,6})代表?([\u3400-\u9fff·「」]{3,30}?)"
    r"(?:發出|发出|發放|发放|發表|发表|公布)"
)
