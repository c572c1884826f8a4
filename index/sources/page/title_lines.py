"""Lines that are no headline: labels of sections, names of sites, days; and the parts of titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dates.month_names import month_of
from index.dates.resolution import read_date
from index.dates.weekday_names import is_of_weekday
from index.sources.issuer_lines import names_issuer
from index.sources.issuers import is_institution, is_name
from index.sources.page.blocks import one_line
from index.sources.page.stock_phrases import is_phrase
from index.text.folding import fold

MAX_DAY = 60
"""Characters of a line that can be a date with its weekday, its place left out."""
_DATE_VOCABULARY = (
    "de del do da ta eko ko of the den der le la el am um on at em dne du dia di il lo kl uhr h "
    "hrs ora ore klo г год года року р godz st nd rd th a m p pm est edt gmt utc cet hkt bst "
    "yil yili йил жылғы жыл published updated posted date datum fecha data released "
    "ngay thang nam tanggal tarikh "
    "วันที่ дата опубликовано"
)
_DATE_WORDS = frozenset(_DATE_VOCABULARY.split())
MAX_CUTS = 30
"""Parts at the end of a title without which it may be the headline: sites put up to six there, and
all of 40,000 took four minutes."""
MAX_HEADLINE = 500
"""Characters; a longer heading is a paragraph in the wrong element."""
MIN_AGREEING = 12
"""Characters that a heading and a title must share to be one, where they are not equal."""
MAX_NAME_WORDS = 5
"""Words up to which a heading can be the name of a place or body."""

_EAST = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_SEPARATOR = re.compile(
    r"\s+[|»«›‹·•:–—-]\s+|\s*[|｜»›·•：]\s*|\s+>\s+|(?<=\w):\s+|\s(?:-{1,2}|:{2,4}|/{2})\s"
    rf"|(?<={_EAST})\s*[_＿－-]{{1,3}}\s*(?={_EAST})"
)
_SECTION = re.compile(
    r"(?i)^(?:the |our |latest |all |official |recent )*(?:press|media|news|public)[ -]"
    r"(?:room|cent(?:re|er)|office|releases?|notes?|statements?|advisor\w+|articles?|items?|"
    r"stor(?:y|ies)|updates?|and media|& media|information)(?: (?:and|&|und) \w+)?"
    r"(?: n(?:r|o|º|°)?\.? ?\d+)?$"
    r"|^[\u3400-\u9fff]{0,4}(?:新闻|新聞|动态|動態|要闻|要聞|资讯|資訊)$|^[\uac00-\ud7af]{0,4}(?:뉴스|소식|마당|게시판)$"
)
_SECTION_VOCABULARY = (
    "press release releases media news newsroom statement statements speech speeches room centre "
    "center office home homepage portal website web site page main menu search form logo welcome "
    "to the of and all latest recent archive archives publications announcements startseite presse "
    "pressemitteilungen mitteilungen willkommen portada inicio accueil actualites communiques de "
    "noticias index results list twitter facebook feed follow us contact"
)
_SECTION_WORDS = frozenset(_SECTION_VOCABULARY.split())
_PROMPT = re.compile(
    r"(?i)^(?:©|\(c\)|copyright\b)|^(?:tag|category|topic|archives?)\s*:|for immediate release|"
    r"tell us what you think|"
    r"cookies?\b|sie sind hier|you are here|skip to|^(?:about|contact) us$|"
    r"^privacy (?:policy|notice|statement)$|^terms (?:of use|and conditions)$|^site ?map$|"
    r"^accessibility(?: statement)?$|^faqs?$|"
    r"^(?:disclaimer|copyright(?: notice)?|impressum|datenschutz(?:erklärung)?|mentions légales)$|"
    r"^(?:aviso legal|note legali|kontakt|contacto?)$"
)

_NUMBER = re.compile(
    r"(?i)[\s,(]{0,3}(?:(?:\bn[ro]?\.?|\bn[°º]|\bnúm\.?|#):?\s{0,3})?\d[\d/.-]{0,20}\)?$"
)
"""The number of a release, after the word for it."""

_TELLS = re.compile(r" (?!ت\w\wي)[تي](?!\w*ة\b)\w{3,}")
"""A verb of Arabic in the present: in names nouns have the article, or other forms."""


def is_generic(text: str, sites: set[str]) -> bool:
    """Whether a heading names a section, a site or a day rather than a piece of news."""
    line = one_line(text)
    if (len(line) < 4 and not re.search(r"[\u3040-\u9fff]", line)) or len(line) > MAX_HEADLINE:
        return True
    if fold(line) in sites or is_section(line) or names_kind(line) or _PROMPT.search(line):
        return True
    if all(word in _SECTION_WORDS for word in re.findall(r"[^\W\d_]+", fold(line))):
        return True
    return is_day_alone(line)


def names_kind(line: str) -> bool:
    """Whether a line says that it stands over a release, with its number or without one."""
    return is_phrase("kind", _NUMBER.sub("", line))


def is_bodys_name(title: str) -> bool:
    """Whether a heading or a title of one part is no more than the name of a body."""
    named = len(title_parts(title)) == 1 and is_institution(title) and is_name(title)
    if not named or title.lower() != title.upper():
        return named
    # Where letters have no case a verb looks like a name: `وزارة الصحة تطلق حملة` is a headline.
    short = len(title.partition(",")[0].split()) <= MAX_NAME_WORDS
    return names_issuer(title) and short and not _TELLS.search(title)


def is_section(line: str) -> bool:
    """Whether a line, or each of its parts, is a label for a section of a site."""
    parts = title_parts(line) or [line]
    return all(
        is_phrase("section", part) or is_phrase("home", part) or _SECTION.match(part)
        for part in parts
    )


def is_day_alone(line: str) -> bool:
    """Whether a line is a date and, at most, a label such as `Press release`.

    A headline may hold a month, a year or a day (`GDP: May 2024`); a line of a date has no other
    word than those of dates.
    """
    rest = re.sub(r"(?i)\b(?:press|news|media) (?:release|statement|note)s?\b", "", line)
    if len(rest) > MAX_DAY:
        return False
    words = re.findall(r"[^\W\d_]+", fold(rest))
    return all(map(_is_of_date, words)) and read_date(rest.strip(" -–:|"), "text") is not None


def _is_of_date(word: str) -> bool:
    if month_of(word) or word in _DATE_WORDS or is_of_weekday(word):
        return True
    return (
        re.fullmatch(
            "[年月日号時时分秒上下午星期曜週周礼拜一二三四五六七八九十〇○零廿년월일요시분오전후令和平成昭民国國號曜木火水金土]+",
            word,
        )
        is not None
    )


def title_parts(title: str) -> list[str]:
    """`Headline - Press releases | Ministry` -> its parts."""
    return [part.strip() for part in _SEPARATOR.split(title) if part and part.strip()]


def title_runs(title: str) -> Iterator[str]:
    """A title, then without its last part, then without its last two, and so on."""
    yield title
    cuts = [match.start() for match in _SEPARATOR.finditer(title)]
    for cut in reversed(cuts[-MAX_CUTS:]):
        yield title[:cut].strip()
