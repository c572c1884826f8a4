"""Whose site a page is on: its stated name, the end of its titles, its logo, its copyright."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import lxml.etree

from index.addresses import split_address
from index.sources.issuer_lines import names_issuer, names_site_owner
from index.sources.issuers import is_body, is_name
from index.sources.page.blocks import Block, one_line
from index.sources.page.lines import RIGHTS_RESERVED, is_caption, is_sentence
from index.sources.page.metadata import Metadata
from index.sources.page.name_forms import (
    is_none,
    is_press_office,
    is_wide,
    may_be_name,
    owner_name,
    without_site_words,
)
from index.sources.page.title_lines import title_parts
from index.text.folding import fold

AGREED = 2
"""Places of a page that call its site by one name, from which it is that of a body."""
FOOT = 12
"""Lines at the end of a page, the address of whose site is among them."""
MIN_BELOW = 2
"""Sentences below words with a name under `©` that show these to be of a picture above the text."""
MAX_OWNER_LINE = 250
"""Characters of a line at the end of a page that names whose site it is."""
MIN_LINKED = 3
"""Words of a name in a link at the top from which it is the site's: `City Council` is a section."""
MAX_HOUSE = 6
"""Digits of a number of a house, with that of a floor or a town; those to call have more."""
_COPYRIGHT = re.compile(
    r"(?i)(?:(?:©|\(c\)|copyright|版权所有|版權所有|主办单位|主辦單位|主办|"
    r"cơ quan chủ quản|đơn vị chủ quản|"
    r"bản quyền|hak cipta(?: terpelihara)?|(?:کلیه|تمامی) حقوق .{0,20}متعلق به|جميع الحقوق محفوظة|"
    rf"(?:{RIGHTS_RESERVED})\s+\w+)"
    r"[\s\d,–:：.-]*)+(?:by\s+|the\s+|thuộc(?: về)?\s+|لـ\s*)?(.*)"
)
_RESERVED = (
    r"[.|،]|,\s(?:(?:гр|ул|бул|str|ul|tel|тел)\.|(?:calle|rua|via)\s)| - |"
    r"\s(?:[版著][权權]所有|"
    r"技术支持|技術支援|承办|备案|地址|(?:powered|designed|developed|built) by\b)|"
    rf"\b(?:{RIGHTS_RESERVED})| است$| می باشد| می‌باشد"
)
"""What follows the name of who holds a copyright."""
_OF_STATE = re.compile(
    r"(?i)(?:the )?(?:state|government|commonwealth|crown|province|republic)\b[^()]*"
    r"\(([^()]{4,80})\)"
)
"""`© The State of X (Body)`: the part of the state whose page it is."""
_YEARS = re.compile(r"(?<![\s,–-])[\s,–-]*\b(?:19|20)\d\d(?:\s?[–-]\s?\d{2,4})?\s*$")
_PREFIXED = ((re.compile("^لل"), "ال"), (re.compile("^ل(?!جن)"), ""))
"""`Of` as Arabic writes it before a name, one word with it, and what the name is without it."""
_AND = r",? (?:and|und|et|y|e|i|og|och|en|ja|ve|dan|và|и|та|a|și|&) "
"""What joins the parts of a body's name."""
_LOGOS = lxml.etree.XPath(
    '//header//img/@alt | //a[@rel="home"]/@title | //a[@rel="home" or @href="/"]//img/@alt | '
    '//@class[contains(., "logo")]/..//@alt | //@id[contains(., "logo")]/..//@alt | '
    '//@alt[contains(., "logo") or contains(., "Logo")][parent::img] | '
    '//a[@rel="home" or contains(@class, "brand") or contains(@class, "logo") or @href="/" or '
    '@href="./" or '
    '@href="index.html"]//text() | '
    '//@class[contains(., "site-title") or contains(., "site-name") or .="logo"]/..//text() | '
    '//@id[.="site-name" or contains(., "logo")]/..//text() | (//body//img)[1]/@alt'
)
"""By attributes first: half the time of looking at all elements for each part (93 real pages)."""
_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_]{5})\.\s+(?=[^\W\d_])")
"""What ends a name and begins another sentence (`Harbour Agency. Director: A. Quill`)."""
_OFFICIAL = re.compile(
    r"(?i)\bofficial (?:web ?site|site|page|portal) of (?:the )?([^.|]{4,80})\.?$"
)
"""What a site says behind its own name, in one line with it."""
_TAGLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:site-description|site-slogan|tagline|slogan)(?:$|[\s_-])"
)
_OF_TRADE = re.compile(r"\.(?:com|net|biz|info)$")
"""Ends of hosts that anybody has, newspapers for the most part."""
_FIRST = re.compile(r",|\s[|·•–-]\s")
"""What parts the name of whose address stands at the foot from what follows."""
_OF_WHOLE = ("rights", "edge")
"""Where the site of a whole government names no body of its own that a page is of."""
_OF_SITE = ("site", "title", "logo")
_SHORT = re.compile(r"[A-ZÀ-Þ]{2,8}")
"""How a site calls itself that is known by an abbreviation."""
MIN_WORD = 6
"""Letters of a name of one word (`Harbourbanken`), for which one place more must agree: a section
may be called by a word, too."""
_BEFORE_SHORT = re.compile(
    r"((?:[^\W\d_][\w’'.&-]{0,30},? ){2,12})\((?:the )?[“\"']?([A-ZÀ-Þ]{2,8})[”\"']?\)"
)
"""A run of words before an abbreviation in brackets."""
_TRAILS = lxml.etree.XPath(
    '(//@class[contains(., "breadcrumb")]/.. | //@id[contains(., "breadcrumb")]/.. | '
    '//@aria-label[.="breadcrumb" or .="Breadcrumb"]/..)//*[self::a or self::li]'
)


def site_name(
    root: Any, metadata: Metadata, others: list[Block], titles: tuple[str, ...], headline: str
) -> str | None:
    """A body that the site is named after: its stated name, the end of its titles, its logo, or
    who holds its copyright.

    :param others: the lines of the page without its headline.
    """
    said: dict[str, list[str]] = {}
    places: dict[str, Callable[[], list[str]]] = {
        "site": lambda: metadata.site_names,
        "title": lambda: list(titles[::-1]),
        "trail": lambda: _trail(root),
        "rights": lambda: copyright_owners(others),
        "logo": lambda: logos(root),
        "edge": lambda: _edges(others),
    }
    beaten: list[str] = []
    for place, look in places.items():  # each only where those before it name nobody
        if beaten and place in _OF_WHOLE and is_wide(beaten[0]):
            continue
        said[place] = look()
        for name in filter(None, map(_body, said[place])):
            if not (is_wide(name) or is_press_office(name) or is_foreign(name, headline)):
                return _whole(name, others) if place == "title" else name
            beaten.append(name)
    return (
        next(filter(is_wide, beaten), beaten[0] if beaten else None)
        or _agreed_name(metadata, said, others)
        or _spelled_out(said, others)
    )


def _whole(name: str, others: list[Block]) -> str:
    """A name as the line about copyright says it, where this goes on with an `and`."""
    longer = [block for block in others if f"{name} " in block.text]  # else all are looked at anew
    held = (owner_name(each) or "" for each in copyright_owners(longer))
    goes_on = re.compile(rf"{re.escape(name)}(?:{_AND})\S.*", re.IGNORECASE)
    return next((each for each in held if goes_on.fullmatch(each)), name)


def _body(candidate: str) -> str | None:
    """The name of a body in what a site says of itself."""
    line = _NEXT_SENTENCE.split(one_line(candidate), maxsplit=1)[0]
    parts = title_parts(line)
    named = [part for part in parts if is_body(part)]
    if not named and len(parts) > 1:
        named = [part for part in parts if names_site_owner(part)]
    named = [part for part in named if not is_wide(part)] or named
    name = owner_name(named[-1] if len(named) == 1 else line)
    if name is not None and len(set(title_parts(name))) == 1:
        name = title_parts(name)[0]
    if name is None or is_none(name):
        return None
    return name if names_site_owner(name) or (is_body(name) and is_name(name)) else None


def is_foreign(name: str, headline: str) -> bool:
    """Whether a name is in Latin letters on a page in others (`City of X` under `X市`)."""
    return name.isascii() and sum(each > "\u036f" for each in headline) * 2 > len(headline)


def _agreed_name(metadata: Metadata, said: dict[str, list[str]], blocks: list[Block]) -> str | None:
    """What several places of a page call its site, its foot among them: the name of a body without
    a word for one (`National Coast Survey`)."""
    said["stated"] = [name for name, _ in metadata.agencies]
    named = {
        place: [name for line in lines if (name := owner_name(one_line(line)))]
        for place, lines in said.items()
    }
    places = [{fold(name) for name in names} for names in named.values()]
    foot = [fold(block.text) for block in blocks[-FOOT:]]
    host = split_address(metadata.url).hostname or ""
    needed = AGREED + 1 if _OF_TRADE.search(host) else AGREED
    for place in ("site", "title", "logo"):
        for name in named[place]:
            word = len(name) >= MIN_WORD and name[0].isupper() and name[1:].islower()
            word = word and name.isalpha()
            if name.isupper() or not (may_be_name(name) or word):  # an abbreviation
                continue
            folded = fold(name)
            at_foot = any(_FIRST.split(line.strip(" ©"), maxsplit=1)[0] == folded for line in foot)
            if sum(folded in each for each in places) + at_foot >= needed + word:
                return name
    return None


def _spelled_out(said: dict[str, list[str]], blocks: list[Block]) -> str | None:
    """The name of a body that a text gives in full before the abbreviation in brackets by which the
    site calls itself."""
    names = (without_site_words(one_line(name)) for place in _OF_SITE for name in said[place])
    shorts = {name for name in names if _SHORT.fullmatch(name)}
    for block in blocks if shorts else ():
        for match in _BEFORE_SHORT.finditer(block.text):
            if match[2] not in shorts:
                continue
            words = match[1].split()
            tails = (" ".join(words[start:]) for start in range(len(words) - 1))
            full = (name for name in tails if name[0] == match[2][0] and names_site_owner(name))
            if (found := next(full, None)) is not None:
                return found
    return None


def logos(root: Any) -> list[str]:
    """Names in the logo and in the link to the home page."""
    return [str(each) for each in _LOGOS(root)]


def _trail(root: Any) -> list[str]:
    """Names of bodies in the trail of links to a page, the nearest first: on the site of a whole
    government it leads over the body that the page is of."""
    links = [one_line(link.text_content()) for link in _TRAILS(root)]
    return [name for name in reversed(links) if names_site_owner(name)]


def rights_holder(line: str) -> str | None:
    """Who holds the copyright that a line states; None for a line that states none."""
    match = _COPYRIGHT.search(line)
    if match is None:
        return None
    name: str = re.split(_RESERVED, match[1], flags=re.IGNORECASE)[0]
    return _unprefixed(_YEARS.sub("", name.strip(" ©")).strip(" ©"))


def is_of_trail(element: Any) -> bool:
    """Whether an element stands in a trail of links to a page."""
    around = (element, *element.iterancestors())
    called = (f"{each.get('class') or ''} {each.get('id') or ''}".lower() for each in around)
    return any("breadcrumb" in each for each in called)


def copyright_owners(blocks: list[Block]) -> list[str]:
    """Who holds the copyright, as the last lines of the page say."""
    last = blocks[-60:]
    told = [place for place, block in enumerate(last) if is_sentence(block.text)]
    text = told[-MIN_BELOW] if len(told) >= MIN_BELOW else 0
    lines = (
        block.text
        for place, block in enumerate(last)
        if len(block.text) < MAX_OWNER_LINE and not (place < text and _is_credit(block.text))
    )
    names = [name for line in lines if (name := rights_holder(line)) is not None]
    parts = [match[1] for name in names if (match := _OF_STATE.fullmatch(name))]
    return [*filter(names_site_owner, parts), *names]


def _is_credit(line: str) -> bool:
    """Whether words stand before the sign of a copyright (`The east pier © Harbour Office`)."""
    words, sign, _ = line.partition("©")
    return bool(sign) and re.search(r"[^\W\d_]{3}", words) is not None


def _unprefixed(name: str) -> str:
    for prefix, instead in _PREFIXED:
        name = prefix.sub(instead, name)
    return name


def _edges(blocks: list[Block]) -> list[str]:
    """Lines at the top and the foot of the page that are a body's name; else the one name of a body
    among the links at its top: a menu has several, or words alone; else the name of a body before
    its address at the foot."""
    near = [
        block
        for block in (*blocks[:12], *blocks[-12:])
        if not is_caption(block) and names_issuer(without_site_words(block.text))
    ]
    official = [match[1] for block in blocks[:12] if (match := _OFFICIAL.search(block.text))]
    stated = [block.text for block in near if not block.linked and not _is_tagline(block)]
    stated += filter(names_issuer, official)
    linked = {block.text for block in near if block.linked and block in blocks[:12]}
    whole = [name for name in linked if len(name.split()) >= MIN_LINKED]
    return stated or (whole if len(linked) == 1 else []) or _before_address(blocks[-FOOT:])


def _is_tagline(block: Block) -> bool:
    """Whether a line is what a site says below its name, such as whom the body answers to."""
    return _TAGLINE.search(block.element.get("class") or "") is not None


def _before_address(foot: list[Block]) -> list[str]:
    """`Harbour Office, Quay 3, Easthaven`: a body's name that the number of a house follows."""
    lines = (block.text for block in foot if len(block.text) < MAX_OWNER_LINE)
    heads = (line.partition(",") for line in lines if not is_sentence(line))
    return [name for name, _, rest in heads if names_issuer(name) and _begins_as_address(rest)]


def _begins_as_address(rest: str) -> bool:
    """Whether the first number of a line is too short to be called."""
    first = next((part for part in rest.split(",") if re.search(r"\d", part)), "")
    return 0 < sum(map(str.isdigit, first)) <= MAX_HOUSE
