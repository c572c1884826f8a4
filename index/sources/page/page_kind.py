"""Whether a page is a release at all: lists, error pages and empty ones are not."""

from __future__ import annotations

import re

from index.sources.issuers import is_institution, is_name
from index.sources.page.blocks import Block, east_asian, width
from index.sources.page.date_lines import is_date_line
from index.sources.page.dated_headings import shows_days_of_many
from index.sources.page.entry_days import MIN_LISTED, days_of_entries
from index.sources.page.lines import may_lead_to_headline, unmarked
from index.sources.page.metadata import Metadata, says_archive, says_list
from index.sources.page.shown_days import MAX_DATE_LINE
from index.sources.page.standing import Shown, is_home, is_titled_home, standing_name
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import title_parts

MIN_TEXT = 40
"""Letters of running text that a release has at least; an East Asian character counts as three."""
MIN_OWN = 200
"""Characters of paragraphs from which a page that lists others has a text of its own; what stands
above the lists that were met has up to 140."""
MIN_ENTRIES = 5
"""Linked headlines from which a page may be a list."""
MIN_LINES, MIN_WORDS = 4, 9
"""Blocks from which a text without a line of so many words is none; two East Asian characters
count as one word, and five of a script without spaces."""

LIST = "a list of links to other pages, not a release"
ERROR = "an error page, not a release; fetch its address again"
NO_TEXT = "the page holds no text without scripts"
NO_HEADLINE = (
    "no headline can be told from the other headings of the page; "
    "save the pages of the releases themselves"
)
HEADLINE_ALONE = "the page has a headline and no text"
MEDIA_ALONE = "a page of pictures or a film with hardly any text, not a release"
LINES_ALONE = "the page holds lines such as addresses and no running text"
OF_SCRIPTS = (NO_TEXT, NO_HEADLINE, HEADLINE_ALONE, LINES_ALONE)
"""Reasons of pages whose text only their scripts may show."""

_ERROR = re.compile(
    r"(?i)\b(?:40[0-9]|50[0-4])\b.{0,30}(?:error|not found|forbidden|unavailable)|"
    r"page (?:was )?not found|"
    r"error 40\d|\bnot found\b|(?:page|content|document) (?:you.{0,40})?(?:cannot|could not|"
    r"can't) be found|"
    r"no longer (?:available|exists)|access (?:is )?denied|forbidden|just a moment|"
    r"attention required|"
    r"are you (?:a )?(?:human|robot)|verify(?:ing)? you are|checking your browser|captcha|"
    r"service (?:temporarily )?unavailable|internal server error|bad gateway|gateway time-?out|"
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|"
    r"pagina non trovata|страница не найдена|找不到|页面不存在|頁面不存在|request rejected|"
    r"under maintenance|site is down"
)
_GONE = re.compile(
    r"(?i)\b(?:(?:web ?)?page|p[áa]gina|seite|sid(?:an?|en)|sivu\w*|stron\w|str[aá]nk\w|strani\w*|"
    r"oldal|pagini\w*|lehek\w+|lap[ae]|puslapi\w+|страниц\w|сторінк\w|σελίδα|sayfa|halaman|laman|"
    r"trang|صفحة|الصفحة|صفحه)\b[^.!?]{0,70}?"
    r"(?:\b(?:does(?: not|n['’]t) exist|no longer exists|has been (?:moved|removed|deleted)|"
    r"(?:could|can)(?:not| not|['’]t) be found|não existe|não foi encontrada|"
    r"no (?:existe|está disponible|se (?:encuentra|ha encontrado|pudo encontrar))|"
    r"n['’]existe (?:pas|plus)|est introuvable|existiert nicht|nicht gefunden|nicht mehr da|"
    r"non (?:esiste|è (?:stata trovata|disponibile))|bestaat niet|niet gevonden|finns (?:inte|ej)|"
    r"hittades inte|finnes ikke|ble ikke funnet|findes ikke|ei (?:löydy|löytynyt|ole)|nie istnieje|"
    r"neexistuje|nebyla nalezena|ne postoji|nije pronađena|ne obstaja|nem (?:található|létezik)|"
    r"nu (?:există|a fost găsită)|nav atrasta|nerastas|ei leitud|не (?:существует|найдена|існує|"
    r"знайдено|найден)|δεν (?:βρέθηκε|υπάρχει)|bulunamadı|tidak (?:ditemukan|dijumpai|tersedia)|"
    r"không tồn tại)\b|غير موجودة|یافت نشد)"
)
"""What the text of an error page says of the page that was asked for."""
MAX_ERROR = 800
"""Letters of an error page with advice on where to look."""
_MEDIA = re.compile(
    r"(?i)^(?:videos?|photos?|photo (?:gallery|album)|gallery|album|in pictures|fotos?|bilder|"
    r"bildergalerie|vidéos?|vídeos?|galerie(?: photos?)?|"
    r"galer[ií]a(?: de (?:fotos|imágenes|imagens))?|galleria|"
    r"видео|фото|відео|影片|視頻|视频|图集|動画|写真|동영상|사진|포토|فيديو|صور)\s*[:：|–-]"
)
"""How pages of a film or of pictures begin their headlines."""
_SCRIPT = re.compile(
    r"(?i)(?:enable|activate|turn on|requires?|aktivieren sie|activer) (?:\w+ ){0,3}java ?script|"
    r"javascript (?:is )?(?:disabled|required)"
)
_LOGIN = re.compile(
    r"(?i)^(?:log ?in|sign ?in|log ?on|anmelden|connexion|iniciar sesión|登录|登入)\b"
)
_SEARCH = re.compile(
    r"(?i)^(?:search(?: results?)?(?: for .*)?|suche|suchergebnisse?|recherche|搜[尋索].*)$|"
    r"(?<![\w,.])\d[\d,.]*+ results? (?:found|for)\b"
)
_OF_LABEL = re.compile(
    r"(?i)^(?:tags?|category|categor[ií]a|catégorie|kategor\w+|etiqueta|étiquette|mots?[ -]clés?|"
    r"schlagwort|stichwort|archives?|archivos?|archivio|archiv|etichetta|trefwoord|etikett|emneord|"
    r"avainsana|tagg?|метка|тег|рубрика|категория|мітка|категорія|етикет|ετικέτα|κατηγορία|etiket|"
    r"thẻ|chuyên mục|وسم|تصنيف|برچسب|תגית|קטגוריה|श्रेणी|标签|標籤|分类|分類|タグ|カテゴリー?|"
    r"태그|카테고리|ป้ายกำกับ|หมวดหมู่)\s?[:：]\s*(?:\S+ ?){1,5}$"
)
"""How the pages are headed that list what has a label."""
_NO_SIBLING = re.compile(
    r"(?i)^(?:#|mailto:|tel:|javascript:)|\.(?:pdf|docx?|xlsx?|pptx?|csv|ods|odt|zip|rtf|jpe?g|"
    r"png|mp[34]|xml)(?:[?#/]|$)"
    r"|/(?:download|attachment|uploads?)s?/"
)
_COOKIE = re.compile(r"(?i)\bcookies?\b")


def refusal_reason(
    metadata: Metadata,
    headline: str | None,
    place: int,
    confirmed: bool,
    blocks: list[Block],
    body: range,
    text: str,
    shown: Shown,
) -> str | None:
    """Why a page is not a release, in words, or None for one that is.

    :param place: the number of the line that shows the headline, -1 if none does;
        `confirmed`: whether metadata have it too.
    :param blocks: the lines of the page without menus and footers; `body`: those of its text.
    """
    length = _length(text)
    reason = _no_page_of_text(metadata, headline, blocks, text, length)
    if reason is None and not shown.dated and length < MAX_ERROR and _GONE.search(text[:400]):
        reason = ERROR
    if reason is not None:
        return reason
    standing = standing_name(metadata, shown)
    if standing is not None:
        return f"a standing page of its site (“{standing}”), not a release"
    titled_home = not shown.dated and is_titled_home(metadata, headline)
    if titled_home or is_home(metadata, shown.address, headline):
        return "the home page of a site, not a release"
    unshown = place < 0 and sum(map(_is_entry, blocks)) >= MIN_ENTRIES
    if unshown or (not confirmed and shows_days_of_many(blocks)):
        return LIST
    if not shown.dated and _has_days_of_others_alone(blocks, place, body):
        return LIST
    if says_archive(metadata) or (headline is not None and _OF_LABEL.match(headline)):
        return LIST
    named = (*shown.headings[:1], *title_parts(metadata.title)[:1])
    if len(named) > 1 and all(map(_SEARCH.search, named)):
        return LIST
    if headline is None:
        return NO_HEADLINE
    lines = [blocks[each] for each in body]
    if shown.shows_day and _prose_before(lines) >= MIN_OWN:  # what follows is none of the text
        body = range(body.start, body.start + _first_entry(lines))
    return _no_text_of_its_own(metadata, headline, confirmed, blocks, body, text)


def _has_days_of_others_alone(blocks: list[Block], headline: int, body: range) -> bool:
    """Whether a page has the days of several others, and no text but theirs."""
    if len(days_of_entries(blocks, headline)) < MIN_LISTED:
        return False
    return _prose([blocks[place] for place in body]) < MIN_OWN


def _no_page_of_text(
    metadata: Metadata, headline: str | None, blocks: list[Block], text: str, length: int
) -> str | None:
    """Why a page is one of its server or of scripts: an error, a question, nothing at all."""
    named = f"{headline or ''} | {metadata.title}"
    if (length < 1_500 and _names_error(named)) or (length < 300 and _ERROR.search(named)):
        return ERROR
    if (length < 600 and _SCRIPT.search(text)) or (not blocks and not text):
        return NO_TEXT
    if length < 800 and _LOGIN.match(headline or metadata.title):
        return "a page to sign in, not a release"
    if length < 600 and _ERROR.search(text[:300]):
        return ERROR
    if length < 800 and len(_COOKIE.findall(text)) >= 2 and _COOKIE.search(text[:100]):
        return "a question about cookies, not a release"
    return None


def _no_text_of_its_own(
    metadata: Metadata,
    headline: str,
    confirmed: bool,
    blocks: list[Block],
    body: range,
    text: str,
) -> str | None:
    """Why a page is a list, or has a headline and nothing under it."""
    length = _length(text)
    if is_list(metadata, headline, blocks, body):
        return LIST
    linked = sum(block.linked for block in blocks)
    if not confirmed and length < 400 and linked > 2 * length:
        return "a page of links with hardly any text, not a release"
    whole = sum(len(blocks[each].text) for each in body) or 1
    if length < 400 and sum(blocks[each].linked for each in body) > 0.9 * whole:
        return "a page of links with hardly any text, not a release"
    if length < MIN_TEXT:
        return HEADLINE_ALONE
    if _MEDIA.match(headline) and not any(map(_is_running, text.split("\n"))):
        return MEDIA_ALONE
    if text.count("\n\n") >= MIN_LINES and not any(map(_is_running, text.split("\n"))):
        return LINES_ALONE
    return None


def _is_running(line: str) -> bool:
    """Whether a line has the words of a sentence."""
    words = len(line.split()) + east_asian(line) // 2 + unmarked(line) // 5
    return words >= MIN_WORDS


def _names_error(titles: str) -> bool:
    """Whether an error is what one of the titles is about, not a word in it."""
    parts = [part for part in title_parts(titles) if part]
    if any(is_phrase("error", part) for part in parts):
        return True
    return any((match := _ERROR.search(part)) and len(match[0]) > 0.5 * len(part) for part in parts)


def is_list(metadata: Metadata, headline: str, blocks: list[Block], body: range) -> bool:
    """Whether the page shows many linked headlines, dated or with teasers,
    and no text of its own."""
    lines = [blocks[place] for place in body]
    entries = [block for block in lines if _is_entry(block)]
    short = (block.text for block in lines if len(block.text) <= MAX_DATE_LINE)
    dates = sum(1 for text in short if is_date_line(text, None))
    linked = sum(block.linked for block in lines)
    whole = sum(len(block.text) for block in lines) or 1
    prose = _prose(lines)
    if is_body_alone(headline) and len(entries) >= 3 and prose < 1_000:  # a home page
        return True
    if _linked_headings(lines) >= 3 and _prose_before(lines) < MIN_OWN:
        return True
    if _SEARCH.search(headline) and len(entries) >= 3:
        return True
    if says_list(metadata) and len(entries) >= 3:
        return True
    if len(entries) >= MIN_ENTRIES and dates >= MIN_ENTRIES and dates >= 0.5 * len(entries):
        return prose < 400 * len(entries)
    if len(entries) >= MIN_ENTRIES and linked > 0.4 * whole:
        return prose < 1_200 or linked > 0.6 * whole
    return len(entries) >= 2 * MIN_ENTRIES and prose < 150 * len(entries)


def is_body_alone(headline: str) -> bool:
    """Whether a headline is the name of a body and nothing else."""
    named = len(headline) < 60 and is_institution(headline) and is_name(headline)
    return named and ":" not in headline


def _is_entry(block: Block) -> bool:
    """A line that is little but one link as long as a headline."""
    if block.links < 1 or not may_lead_to_headline(block):
        return False
    if block.linked <= 0.6 * len(block.text):
        return False
    targets = [link.get("href") or "" for link in block.element.iter("a")]
    around = block.element.getparent() if block.element.tag == "span" else None
    targets.extend(
        link.get("href") or "" for link in (around.iter("a") if around is not None else ())
    )
    return any(not _NO_SIBLING.search(target) for target in targets) if targets else True


def _linked_headings(lines: list[Block]) -> int:
    return sum(
        1 for block in lines if re.fullmatch("h[1-4]", block.element.tag) and _is_entry(block)
    )


def _prose_before(lines: list[Block]) -> int:
    """Characters of paragraphs before the first entry."""
    above = (width(block.text) for block in lines[: _first_entry(lines)])
    return sum(each for each in above if each > 100)


def _first_entry(lines: list[Block]) -> int:
    """How many lines stand before the first entry."""
    return next((place for place, block in enumerate(lines) if _is_entry(block)), len(lines))


def _prose(lines: list[Block]) -> int:
    """Characters in paragraphs, without the first one after each entry, which is its teaser."""
    total, after_entry = 0, False
    for block in lines:
        if _is_entry(block):
            after_entry = True
        elif width(block.text) > 100 and block.linked < 0.3 * len(block.text):
            total += 0 if after_entry else width(block.text)
            after_entry = False
    return total


def _length(text: str) -> int:
    return len(re.findall(r"\w", text)) + 2 * east_asian(text)
