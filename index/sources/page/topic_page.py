"""Topic pages and events, no releases: what explains a subject in parts and tells no day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.addresses import split_address
from index.dates.prose import text_evidence, weekdays
from index.sources.page.blocks import Block
from index.sources.page.date_lines import tells_change
from index.sources.page.labelled_page import heads_of, tells_occasion
from index.sources.page.metadata import Metadata, says_article
from index.sources.page.shown_days import whole_day
from index.sources.page.site_owner import is_of_trail
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import title_parts

MIN_PARTS, MIN_CHANGED_PARTS = 2, 1
"""Headings of parts from which a page that tells no day explains a topic, and from which one does
that says when it was changed; a release that tells no day has one or none of them."""
MAX_OFFER = 80
"""Characters of a line of buttons."""
MAX_YEARS = 1
"""Years between a release and the last change of its page."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MAX_TRAIL, MIN_STEPS = 300, 2
"""Characters of a line that is a trail of links, and signs in it that lead from one to another."""
_STEP = re.compile(r"\s(?:[>»›/→＞]|::)\s|[＞»›]")
_CALENDAR = re.compile(
    r"(?i)\b(?:add|save|export) (?:this )?(?:event )?to (?:my |your |google |outlook )?calendar|"
    r"\b(?:zum|in(?: den| meinen)?) kalender (?:hinzufügen|eintragen|übernehmen|speichern)|"
    r"\bajouter (?:à|au|dans) (?:mon |l['’])?(?:calendrier|agenda)|"
    r"\b(?:añadir|agregar|guardar) (?:a(?:l| mi)|en (?:el|mi)) (?:calendario|agenda)|"
    r"\badicionar (?:ao|à) (?:meu |minha )?(?:calendário|agenda)|"
    r"\baggiungi al(?: tuo)? calendario|\btoevoegen aan (?:mijn )?agenda|"
    r"\blägg till i (?:min )?kalender|\blegg til i (?:min )?kalender|\bføj til (?:min )?kalender|"
    r"\blisää kalenteriin|\bdodaj do kalendarza|\bpřidat do kalendáře|добавить в календарь|"
    r"加入(?:行事曆|日曆|日历)|カレンダーに追加"
)
"""What a page offers for the calendar of who reads it."""
MIN_EVENT = 2
"""Labels of a list, such as `Venue`, or headings, such as `Event details`, from which a page that
nothing calls news is an event's."""
_PART = re.compile("h[2-5]|dt|summary")
_APART = ("notes", "contact", "related", "sharing", "end", "own")
"""Kinds of headings that stand below releases."""
_QUOTED = re.compile(r"[“„«»「『‘\"][^“”„«»「」『』\"]{25,400}[”“»«」』’\"]")
"""What somebody said: releases quote, topic pages do not."""
_OF_RELEASES = re.compile(
    r"(?i)(?:^|[^a-z])(?:press|news|newsroom|media|releases?|presse|pressemitteilung\w*|medien\w*|"
    r"aktuell\w*|actualit\w+|communiques?|comunicad\w+|comunicati|noticias?|notizie|notas?|prensa|"
    r"sala-de-prensa|nieuws|nyheter|nyheder|tiedotteet|uutiset|aktualnosci|novosti|vesti|haber\w*|"
    r"berita|siaran|houdou|kisha|hodo)(?:[^a-z]|$)|"
    r"新聞|新闻|報道|报道|公告|通知|お知らせ|ニュース|뉴스|보도|공지|новост|пресс|новини|вести|أخبار|"
    r"اخبار|ข่าว|समाचार"
)
"""What sites call their releases, in addresses, titles and trails."""


def is_topic_page(
    metadata: Metadata, headline: str, every_block: list[Block], lines: list[Block], address: str
) -> bool:
    """Whether a page that states no day of issue explains a topic.

    It has headings of parts, no day in its text, no quotation, and nothing on it, in its title, its
    trail or its address calls it a release or news.
    """
    parts = {block.text for block in lines if _PART.fullmatch(block.element.tag)}
    parts -= {headline, *(part for part in parts if any(is_phrase(kind, part) for kind in _APART))}
    if len(parts) < MIN_CHANGED_PARTS or is_among_releases(metadata, every_block, address):
        return False
    if len(parts) < MIN_PARTS and not any(tells_change(block.text) for block in every_block):
        return False
    changed = max(map(_last_year, filter(tells_change, (b.text for b in every_block))), default=0)
    text = "\n".join(
        block.text
        for block in lines
        if not tells_change(block.text) and not _tells_long_before(block.text, changed)
    )
    return not _tells_a_day(headline, text, metadata.language) and not quotes(text)


def is_event_page(metadata: Metadata, every_block: list[Block], lines: list[Block]) -> bool:
    """Whether a page offers what it tells of for a calendar, has a list of when and where it takes
    place or headings that call it an event, and is no release about it."""
    offered = any(len(block.text) <= MAX_OFFER and _CALENDAR.search(block.text) for block in lines)
    labels = {block.text for block in lines if block.element.tag == "dt"}
    told = sum(is_phrase("event", label) for label in labels) >= MIN_EVENT
    told = told or tells_occasion(lines) or heads_of("event heading", lines) >= MIN_EVENT
    if told and any(map(_OF_RELEASES.search, _names(metadata, every_block, metadata.url or ""))):
        return False
    return (offered or told) and not says_article(metadata) and not is_called_release(every_block)


def quotes(text: str) -> bool:
    """Whether somebody is quoted in a text."""
    return _QUOTED.search(text) is not None


def section_apart(metadata: Metadata, every_block: list[Block], address: str) -> str | None:
    """The section of a site that a page stands in, as its title or trail has it, where releases do
    not (`Careers`, `Tenders`, `Help Centre`); None where something calls the page one of those."""
    trails = (block.text for block in every_block if _is_trail(block, MIN_STEPS))
    steps = (part for trail in trails for part in _STEP.split(trail)[1:])
    named = (part.strip() for part in (*title_parts(metadata.title)[1:], *steps))
    section = next((part for part in named if is_phrase("apart section", part)), None)
    if section is None or is_among_releases(metadata, every_block, address):
        return None
    return section


def is_among_releases(metadata: Metadata, every_block: list[Block], address: str) -> bool:
    """Whether metadata, a line, the title, the trail or the address call a page a release or news.

    With a day of its own such a page is one, though its text be a table, a law or a few labels.
    """
    if says_article(metadata) or is_called_release(every_block):
        return True
    return any(map(_OF_RELEASES.search, _names(metadata, every_block, address)))


def is_called_release(every_block: list[Block]) -> bool:
    """Whether a line of the page is a word for releases; in a menu such words are links."""
    return any(not block.links and is_phrase("kind", block.text) for block in every_block)


def _tells_a_day(headline: str, text: str, language: str | None) -> bool:
    if any(whole_day(line) for line in (headline, *text.split("\n"))):
        return True
    named, today = weekdays(headline, text)
    told = text_evidence(headline, text, language or "und")
    return bool(named) or today is not None or (told is not None and told.day is not None)


def _last_year(line: str) -> int:
    return max(map(int, _YEAR.findall(line)), default=0)


def _tells_long_before(line: str, changed: int) -> bool:
    """Whether the only years in a line are long before that of the last change, as those of the
    laws are that a page rests on."""
    year = _last_year(line)
    return 0 < year < changed - MAX_YEARS


def _names(metadata: Metadata, every_block: list[Block], address: str) -> Iterator[str]:
    """What may say that a page is one of the releases of its site."""
    yield split_address(address).path
    yield from title_parts(metadata.title)[1:]
    yield from (
        block.text for block in every_block if is_of_trail(block.element) or _is_trail(block)
    )


def _is_trail(block: Block, least: int = 1) -> bool:
    """Whether a line is a trail by its signs (`Home > News > ...`), whatever it is called; one that
    begins at home has so many of them at least."""
    steps = _STEP.split(block.text) if block.links and len(block.text) <= MAX_TRAIL else []
    from_home = len(steps) > least and is_phrase("home", steps[0].strip())
    return from_home or len(steps) > MIN_STEPS
