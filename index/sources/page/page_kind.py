"""Whether a page is a release at all: lists, error pages and empty ones are not."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.dates.resolution import read_date
from index.sources.page.blocks import Block, east_asian
from index.sources.page.dated_headings import (
    MIN_AT_HOME,
    entries_from,
    is_one_of_several,
    lists_days,
    shows_days_of_many,
)
from index.sources.page.documentation_page import is_documentation, is_written_from_code
from index.sources.page.entry_days import MIN_LISTED, days_of_entries
from index.sources.page.lines import is_sentence, unmarked
from index.sources.page.list_page import (
    FOUND,
    MIN_ENTRIES,
    MIN_OWN,
    SEARCH,
    first_entry,
    is_entry,
    is_list,
    prose_before,
    prose_of,
)
from index.sources.page.metadata import Metadata, says_archive
from index.sources.page.record_page import is_record
from index.sources.page.server_page import (
    ERROR,
    NO_TEXT,
    says_gone,
    server_page_reason,
    tells_its_subject,
)
from index.sources.page.shown_days import whole_day
from index.sources.page.standing import (
    Shown,
    is_dated_release,
    is_home,
    is_titled_home,
    names_home,
    standing_name,
)
from index.sources.page.title_lines import is_bodys_name, is_section, title_parts
from index.sources.page.topic_page import is_called_release, quotes

MIN_TEXT = 40
"""Letters of running text that a release has at least; an East Asian character counts as three."""
HARDLY_ANY = 400
"""Letters of a text that links outdo: twice as many letters in links on the page, or nine tenths of
its own in them. One of 59 releases on pages that `make accuracy` reads has fewer."""
MIN_LINES, MIN_WORDS = 4, 9
"""Blocks from which a text without a line of so many words is none; two East Asian characters
count as one word, and five of a script without spaces."""

MIN_ROWS = 4
"""Rows from which a page without a day is a table."""
MAX_HEADS = 2
"""Rows of a table of whom to call that say what is in its columns."""
_CALLED = re.compile(r"(?<![\d.,])[+(]?0\d[\d() /.-]{5,}\d|\+\d{2,3}[\d() /.-]{6,}\d|\w@\w")
"""A telephone number, or an address for mail."""

MAX_FILE = 120
"""Characters of a line that says what a file is."""
_FILE = re.compile(r"(?i)\.(?:pdf|docx?|epub|xlsx?|zip)(?:$|[?#])")

LIST = "a list of links to other pages, not a release"
NO_HEADLINE = (
    "no headline can be told from the other headings of the page; "
    "save the pages of the releases themselves"
)
HEADLINE_ALONE = "the page has a headline and no text"
DOCUMENTATION = "documentation of software, not a release"
MEDIA_ALONE = "a page of pictures or a film with hardly any text, not a release"
LINKS_ALONE = "a page of links with hardly any text, not a release"
LINES_ALONE = "the page holds lines such as addresses and no running text"
OF_SCRIPTS = (NO_TEXT, NO_HEADLINE, HEADLINE_ALONE, LINES_ALONE)
"""Reasons of pages whose text only their scripts may show."""

RECORD = "labels with their values, as registers have them, not a release"
PUBLICATION = "a page that offers a publication, with hardly any text, not a release"
_PAGES = re.compile(
    r"(?i)(?<!\d)\d{1,4}\s(?:pages?|pagina['’]s|seiten|páginas|pagine|pàgines|sidor|sider|sivua|stron|"
    r"stran|strán|oldal|pagini|lehekülge|lappuses|puslapi(?:ai|ų)|σελίδες|сторінок|страниц|страници|"
    r"sayfa|halaman|صفحة|עמודים)(?!\w)|\d\s?(?:页|頁|ページ|쪽|หน้า)"
)
"""How many pages a publication has."""
_MEDIA = re.compile(
    r"(?i)^(?:videos?|photos?|photo (?:gallery|album)|gallery|album|in pictures|fotos?|bilder|"
    r"bildergalerie|vidéos?|vídeos?|galerie(?: photos?)?|"
    r"galer[ií]a(?: de (?:fotos|imágenes|imagens))?|galleria|"
    r"видео|фото|відео|影片|視頻|视频|图集|動画|写真|동영상|사진|포토|فيديو|صور)\s*[:：|–-]"
)
"""How pages of a film or of pictures begin their headlines."""
_OF_LABEL = re.compile(
    r"(?i)^(?:tags?|category|categor[ií]a|catégorie|kategor\w+|etiqueta|étiquette|mots?[ -]clés?|"
    r"schlagwort|stichwort|archives?|archivos?|archivio|archiv|etichetta|trefwoord|etikett|emneord|"
    r"avainsana|tagg?|метка|тег|рубрика|категория|мітка|категорія|етикет|ετικέτα|κατηγορία|etiket|"
    r"thẻ|chuyên mục|وسم|تصنيف|برچسب|תגית|קטגוריה|श्रेणी|标签|標籤|分类|分類|タグ|カテゴリー?|"
    r"month|year|day|author|monat|jahr|autor|mois|année|auteur|mes|año|mês|ano|mese|autore|maand|"
    r"jaar|måned|månad|kuukausi|miesiąc|měsíc|месяц|місяць|автор|bulan|tháng|월|年|月|作者|"
    r"태그|카테고리|ป้ายกำกับ|หมวดหมู่)\s?[:：]\s*(?:\S+ ?){1,5}$"
)
"""How the pages are headed that list what has a label."""
_OF_TIME = re.compile(
    r"[(（]?(?:[^\W\d_]{3,12}\.?,? )?(?:19|20)\d\d"
    r"(?: ?年(?:度|\d{1,2}月分?)?| ?년(?: ?\d{1,2}월)?)?"
    r"[)）]?$"
)
"""The year, or the month with its year, behind the name of a section."""


class PageText(NamedTuple):
    """What was read of a page, before it is known to be a release.

    `place`: the number of the line that shows the headline, -1 if none does; `confirmed`: whether
    metadata have it too. `blocks`: the lines of the page without menus and footers; `body`: the
    numbers of those of its text.
    """

    headline: str | None
    place: int
    confirmed: bool
    blocks: list[Block]
    body: range
    text: str

    def lines(self) -> list[Block]:
        """The lines of the body."""
        return [self.blocks[each] for each in self.body]


def refusal_reason(metadata: Metadata, page: PageText, shown: Shown) -> str | None:
    """Why a page is not a release, in words, or None for one that is."""
    reason = _other_kind(metadata, page, shown)
    if reason is not None:
        return reason
    if _is_list(metadata, page, shown):
        return LIST
    headline = page.headline
    if headline is None:
        return NO_HEADLINE
    lines = page.lines()
    if _is_section_of_time(headline) and prose_of(lines) < MIN_OWN:
        return LIST
    if all(map(FOUND.search, (headline, *title_parts(metadata.title)[:1]))):
        return LIST
    if shown.shows_day and prose_before(lines) >= MIN_OWN:  # what follows is none of the text
        start = page.body.start
        page = page._replace(body=range(start, start + first_entry(lines)))
    if _is_table_alone(page, dated=shown.dated) and not is_dated_release(metadata, shown):
        return LIST
    reason = _no_text_of_its_own(metadata, page, headline)
    told = shown.dated and any(not each.links and is_sentence(each.text) for each in page.lines())
    return None if reason == PUBLICATION and (told or is_dated_release(metadata, shown)) else reason


def _other_kind(metadata: Metadata, page: PageText, shown: Shown) -> str | None:
    """What a page is that is neither a release nor a list of some."""
    letters = _letters(page.text)
    reason = server_page_reason(metadata, page.headline, page.blocks, page.text, letters)
    told = reason == ERROR and tells_its_subject(metadata, page.headline, page.text)
    if reason is not None and not (told and is_dated_release(metadata, shown)):
        return reason
    if not shown.dated and says_gone(page.text, letters):
        return ERROR
    standing = standing_name(metadata, shown)
    if standing is not None:
        return f"a standing page of its site (“{standing}”), not a release"
    record = is_record(page.headline, shown.page, shown.lines)
    if record and not (is_called_release(shown.page) or is_dated_release(metadata, shown)):
        return RECORD
    with_code = shown.shows_code and not quotes(page.text)
    undated = not shown.dated and (with_code or is_documentation(metadata))
    if undated or is_written_from_code(metadata):
        return DOCUMENTATION
    titled_home = is_titled_home(metadata, page.headline) and (
        not shown.dated or entries_from(page.blocks, page.place + 1) >= MIN_AT_HOME
    )
    if (
        titled_home
        or is_home(metadata, shown.address, page.headline)
        or names_home(page.headline, metadata.title)
    ):
        return "the home page of a site, not a release"
    return None


def _is_list(metadata: Metadata, page: PageText, shown: Shown) -> bool:
    """Whether a page lists others, by their entries and days or by what it is called."""
    unshown = page.place < 0 and (
        sum(map(is_entry, page.blocks)) >= MIN_ENTRIES or _has_dated_links_alone(page)
    )
    if unshown or (not page.confirmed and shows_days_of_many(page.blocks)):
        return True
    if lists_days(page.blocks, page.place) or _is_entry_of(metadata, page):
        return True
    if not page.confirmed and _is_month("".join(title_parts(metadata.title)[:1])):
        return True
    if not shown.dated and _has_days_of_others_alone(page):
        return True
    if says_archive(metadata) or (page.headline is not None and _OF_LABEL.match(page.headline)):
        return True
    heading = shown.headings[0] if shown.headings else page.headline
    named = (heading or "", *title_parts(metadata.title)[:1])
    return len(named) > 1 and all(SEARCH.search(each) or FOUND.search(each) for each in named)


def _has_dated_links_alone(page: PageText) -> bool:
    """Whether a page has several links with a day in the same line, and no text."""
    dated = sum(bool(each.links) and whole_day(each.text) is not None for each in page.blocks)
    return dated >= MIN_LISTED and prose_of(page.lines()) < MIN_OWN


def _is_month(name: str) -> bool:
    """Whether a name is a month and its year, as archives are called."""
    found = read_date(name, "page") if _OF_TIME.match(name) else None
    return found is not None and found.precision == "month"


def _is_entry_of(metadata: Metadata, page: PageText) -> bool:
    """Whether what was taken for a headline, and no metadata have, is one of the entries of a page
    that lists them; two are enough where the title is the name of a body alone."""
    if page.confirmed:
        return False
    least = MIN_AT_HOME if is_bodys_name(metadata.title) else MIN_LISTED
    return is_one_of_several(page.blocks, page.place, least)


def _is_section_of_time(headline: str) -> bool:
    """Whether a headline names a section and the month or year of what it lists
    (`Press releases (March 2024)`, `報道発表資料（2024年3月）`)."""
    time = _OF_TIME.search(headline)
    section = headline[: time.start()].strip(" ,:–-") if time else ""
    return bool(section) and is_section(section)


def _has_days_of_others_alone(page: PageText) -> bool:
    """Whether a page has the days of several others, and no text but theirs."""
    if len(days_of_entries(page.blocks, page.place)) < MIN_LISTED:
        return False
    return prose_of(page.lines()) < MIN_OWN


def _is_table_alone(page: PageText, *, dated: bool) -> bool:
    """Whether a text is rows of a table, on a page without a day or with ways to reach somebody in
    each, with no more than a sentence about them."""
    rows = [line for line in page.text.split("\n") if "\t" in line]
    if len(rows) < (MIN_ENTRIES if dated else MIN_ROWS) or prose_of(page.lines()) >= MIN_OWN:
        return False
    told = sum(_is_running(line) for line in page.text.split("\n") if "\t" not in line)
    calls = sum(_CALLED.search(line) is not None for line in rows)
    return told <= 1 and (not dated or calls >= len(rows) - MAX_HEADS)


def _no_text_of_its_own(metadata: Metadata, page: PageText, headline: str) -> str | None:
    """Why a page is a list, or has a headline and nothing under it."""
    letters = _letters(page.text)
    if is_list(metadata, headline, page.blocks, page.body):
        return LIST
    linked = sum(block.linked for block in page.blocks)
    if not page.confirmed and letters < HARDLY_ANY and linked > 2 * letters:
        return LINKS_ALONE
    lines = page.lines()
    whole = sum(len(block.text) for block in lines) or 1
    if letters < HARDLY_ANY and sum(block.linked for block in lines) > 0.9 * whole:
        return LINKS_ALONE
    if letters < HARDLY_ANY and _offers_publication(lines, page.blocks):
        return PUBLICATION
    if letters < MIN_TEXT:
        return HEADLINE_ALONE
    if any(map(_is_running, page.text.split("\n"))):
        return None
    if _MEDIA.match(headline):
        return MEDIA_ALONE
    return LINES_ALONE if page.text.count("\n\n") >= MIN_LINES else None


def _offers_publication(body: list[Block], blocks: list[Block]) -> bool:
    """Whether a page without paragraphs leads to a file and says how many pages it has."""
    if prose_of(body) >= MIN_OWN:
        return False
    counted = any(len(each.text) <= MAX_FILE and _PAGES.search(each.text) for each in blocks)
    return counted and any(
        _FILE.search(link.get("href") or "")
        for block in blocks
        if block.links
        for link in block.element.iter("a")
    )


def _is_running(line: str) -> bool:
    """Whether a line has the words of a sentence."""
    words = len(line.split()) + east_asian(line) // 2 + unmarked(line) // 5
    return words >= MIN_WORDS


def _letters(text: str) -> int:
    return len(re.findall(r"\w", text)) + 2 * east_asian(text)
