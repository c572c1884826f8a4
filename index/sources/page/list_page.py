"""Lists of other pages: told by the links, days and teasers of their entries and by their prose."""

from __future__ import annotations

import re
from collections import Counter

from index.sources.issuers import is_institution, is_name
from index.sources.page.blocks import Block, width
from index.sources.page.date_lines import is_date_line
from index.sources.page.lines import may_lead_to_headline
from index.sources.page.metadata import Metadata, says_list
from index.sources.page.shown_days import MAX_DATE_LINE

MIN_OWN = 200
"""Characters of paragraphs from which a page that lists others has a text of its own; what stands
above the lists that were met has up to 140."""
MIN_ENTRIES, FEW_ENTRIES = 5, 3
"""Linked headlines from which a page may be a list, and where something else says that it is one.
Of 59 releases on pages that `make accuracy` reads three have three or more, of 13 lists eleven more
than five."""
MIN_PARAGRAPH = 100
"""Characters of a line that is a paragraph, not a headline or a teaser."""

SEARCH = re.compile(
    r"(?i)^(?:search(?: results?(?: for .*)?| for [\"“”‘’'«„].*)?|suche|suchergebnisse?|recherche|"
    r"搜[尋索].*|"
    r"søgning|søg|søk|sök(?:ning)?|haku|zoeken|búsqueda|buscar|buscador|busca|pesquisa|ricerca|cerca|"
    r"wyszukiwanie|wyszukiwarka|szukaj|vyhledávání|hledání|hledat|vyhľadávanie|keresés|căutare|caută|"
    r"pretraga|pretraživanje|iskanje|otsing|meklēšana|paieška|поиск|пошук|търсене|претрага|αναζήτηση|"
    r"arama|بحث|البحث|جستجو|חיפוש|tìm kiếm|pencarian|carian|tafuta|ค้นหา|खोज|検索|검색|pesquisar|"
    r"rechercher|suchen|search the site|cercar|zoek|szukaj w serwisie)"
    r"(?:(?: (?:for|nach|por|pour|per|voor|efter|etter|dla|по|за))?\s?[:：]\s?.{1,60})?$|"
    r"(?<![\w,.])\d[\d,.]*+ results? (?:found|for)\b"
)
FOUND = re.compile(
    r"(?i)^(?:search results|suchergebnisse?|résultats? de (?:la |votre )?recherche|"
    r"resultados? de (?:la |su )?(?:búsqueda|busca|pesquisa)|risultati (?:della |di )?ricerca|"
    r"zoekresultaten|wyniki wyszukiwania|výsledky (?:vyhledávání|hledání|vyhľadávania)|"
    r"sökresultat|søge?resultat\w*|hakutulokset|keresési eredmények|"
    r"rezultate(?:le)? (?:de )?căut\w+|rezultati (?:pretrage|pretraživanja|iskanja)|"
    r"otsingutulemused|meklēšanas rezultāti|paieškos rezultatai|результаты поиска|"
    r"результати пошуку|резултати от търсенето|αποτελέσματα αναζήτησης|arama sonuçları|"
    r"نتائج البحث|نتایج جستجو|תוצאות חיפוש|kết quả tìm kiếm|hasil pencarian|ผลการค้นหา|"
    r"खोज परिणाम|検索結果|검색 ?결과|搜索结果|搜尋結果)"
    r"\s*(?:[:：(（\[“”„«‘'\"–-].*|(?:for|für|zu|pour|para|per|voor|dla|pro|för|for|по запросу|"
    r"за запитом)\b.*)?$|^.{0,40}(?:の検索結果|검색 ?결과)$"
)
"""A heading over what a search of the site has found; what was found of missing people is news."""
_NO_SIBLING = re.compile(
    r"(?i)^(?:#|mailto:|tel:|javascript:)|\.(?:pdf|docx?|xlsx?|pptx?|csv|ods|odt|zip|rtf|jpe?g|"
    r"png|mp[34]|xml)(?:[?#/]|$)"
    r"|/(?:download|attachment|uploads?)s?/"
)

MIN_LABELS = 3
"""Labels that each of several records has (`Charge:`, `Height:`, `Issued:`)."""
_LABEL = re.compile(r"([^\W\d_][^:：.!?\n]{1,25})[:：]\s?\S")


def is_list(metadata: Metadata, headline: str, blocks: list[Block], body: range) -> bool:
    """Whether the page shows many linked headlines, dated or with teasers,
    and no text of its own."""
    lines = [blocks[place] for place in body]
    entries = [block for block in lines if is_entry(block)]
    short = (block.text for block in lines if len(block.text) <= MAX_DATE_LINE)
    dates = sum(1 for text in short if is_date_line(text, None))
    linked = sum(block.linked for block in lines)
    whole = sum(len(block.text) for block in lines) or 1
    prose = prose_of(lines)
    if is_body_alone(headline) and len(entries) >= FEW_ENTRIES and prose < 1_000:  # a home page
        return True
    if _linked_headings(lines) >= FEW_ENTRIES and prose_before(lines) < MIN_OWN:
        return True
    if SEARCH.search(headline) and len(entries) >= FEW_ENTRIES:
        return True
    if says_list(metadata) and len(entries) >= FEW_ENTRIES:
        return True
    if prose < MIN_OWN and _repeats_labels(lines):
        return True
    if len(entries) >= MIN_ENTRIES and dates >= MIN_ENTRIES and dates >= 0.5 * len(entries):
        return prose < 400 * len(entries)
    if len(entries) >= MIN_ENTRIES and linked > 0.4 * whole:
        return prose < 1_200 or linked > 0.6 * whole
    return len(entries) >= 2 * MIN_ENTRIES and prose < 150 * len(entries)


def _repeats_labels(lines: list[Block]) -> bool:
    """Whether the lines are records, one like the other: each has the same labels again."""
    labels = Counter(match[1] for block in lines if (match := _LABEL.match(block.text)))
    return sum(1 for count in labels.values() if count >= FEW_ENTRIES) >= MIN_LABELS


def is_body_alone(headline: str) -> bool:
    """Whether a headline is the name of a body and nothing else."""
    named = len(headline) < 60 and is_institution(headline) and is_name(headline)
    return named and ":" not in headline


def is_entry(block: Block) -> bool:
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
        1 for block in lines if re.fullmatch("h[1-4]", block.element.tag) and is_entry(block)
    )


def prose_before(lines: list[Block]) -> int:
    """Characters of paragraphs before the first entry."""
    above = (width(block.text) for block in lines[: first_entry(lines)])
    return sum(each for each in above if each > MIN_PARAGRAPH)


def first_entry(lines: list[Block]) -> int:
    """How many lines stand before the first entry."""
    return next((place for place, block in enumerate(lines) if is_entry(block)), len(lines))


def prose_of(lines: list[Block]) -> int:
    """Characters in paragraphs, without the first one after each entry, which is its teaser."""
    total, after_entry = 0, False
    for block in lines:
        if is_entry(block):
            after_entry = True
        elif width(block.text) > MIN_PARAGRAPH and block.linked < 0.3 * len(block.text):
            total += 0 if after_entry else width(block.text)
            after_entry = False
    return total
