"""Pages that their labels show to be no releases: tenders, vacancies, data sets, publications."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.sources.page.blocks import Block
from index.sources.page.lines import is_sentence
from index.sources.page.stock_phrases import is_phrase

MAX_LABEL = 60
"""Characters of a label; the longest of those that are known has 57."""
MIN_LABELS = {"tender": 3, "post": 3, "publication": 3, "dataset": 2, "consultation": 2}
"""Labels of a kind from which a page is of it: releases may have one (`Closing date: 3 May`). Of 69
real pages of other governments that come so far none has any of them."""
MIN_OCCASION = 2
"""Labels such as `When:` above the text from which a page that also says what it costs, or who
organises it, tells of an event."""
MIN_OFFICE = 3
"""Labels such as `Opening hours:` above the text from which a page without a day is an office's."""
_LABELLING = frozenset(["h2", "h3", "h4", "h5", "dt", "th", "summary", "strong"])
_BEFORE_VALUE = re.compile(rf"(?:\d{{1,2}}[.)]\s*)?([^:：]{{2,{MAX_LABEL}}})[:：]")
"""`Closing date: 3 May`, with the number of its line."""
_ADVISORY = frozenset(["who", "what", "why", "qui", "quoi", "quién", "qué", "wer", "was"])
"""Labels of an invitation of the press, which is a release."""
_FOR_ANY_SEX = re.compile(r"[(\[](?:[mwfdhvkžnx]\s?[/|*]\s?){1,3}[mwfdhvkžnx][)\]]", re.IGNORECASE)
"""`Engineer (f/m/d)`: what vacancies put behind a profession."""
_NOTICE = re.compile(
    r"(?i)^(?:(?:open |restricted |international |national )?(?:invitation (?:to|for) (?:tenders?|"
    r"bids?|quotations?|quotes?|proposals?)\b|"
    r"request for (?:proposals?|quotations?|tenders?|bids|expressions? of interest)\b|"
    r"call for tenders?\b|tender notice|notice inviting|bid notice|rf[pqi] )|"
    r"avis d['’]appel(?: d['’]offres)?|appel d['’]offres (?:ouvert|restreint|n)|"
    r"avis de (?:marché|consultation)\b|"
    r"(?:aviso de )?licitación (?:pública|privada|abreviada)?\s*(?:n[°ºro.]|nac|int)|"
    r"aviso de licitaci|(?:edital|aviso) de licitação|pregão (?:eletrônico|presencial)|"
    r"bando di gara|avviso di gara|(?:öffentliche|beschränkte) ausschreibung\b|"
    r"(?:объявление|извещение) о (?:проведении|закупке)|оголошення про (?:проведення|закупівл)|"
    r"оглас за (?:јавн|отворен)|ihale ilanı|pengumuman (?:lelang|tender|pengadaan)|"
    r"[\w ]{0,40}\b(?:council|committee|board|commission)(?: \w+)? meeting (?:agenda|minutes)$|"
    r"(?:agenda|minutes) (?:of|for) (?:the )?(?:[\w ]{0,40} )?(?:meeting|session)\b|"
    r"thông báo mời thầu|(?:مناقصة|منافسة) (?:عامة|محدودة)? ?رقم|निविदा सूचना)|"
    r"(?:招标|采购|磋商|谈判|中标|成交|招標)(?:公告|公示)$|入札公告$|入札の?公告について$|"
    r"입찰 ?공고|"
    r"^ประกาศ(?:ประกวดราคา|จัดซื้อจัดจ้าง|ร่างประกาศประกวดราคา|เชิญชวน|ผู้ชนะการเสนอราคา|ราคากลาง)"
)
"""How the headlines of tender notices begin, or end, and those of agendas."""
_VACANCY = re.compile(
    r"(?i)^(?:(?:job |internal |external )?vacancy(?: announcement| notice)?\s*(?:[:–#(]|- |no\b)|"
    r"stellen(?:ausschreibung|angebot)\s*(?:[:–]|- |$)|(?:offre d['’]emploi|avis de recrutement|"
    r"avis de vacance(?: de poste)?)\s*(?:[:–]|- |$)|(?:oferta de empleo|vacante)\s*[:–]|"
    r"(?:nabór|ogłoszenie o naborze|konkurs) na (?:wolne )?stanowisk|"
    r"(?:volné pracovní místo|výběrové řízení na (?:obsazení|pozici|místo))|вакансия\s*[:–]|"
    r"оголошення про конкурс на зайняття|lowongan kerja\b|thông báo tuyển dụng\b|"
    r"إعلان (?:توظيف|وظائف|عن وظيفة))|"
    r"\b(?:personel|işçi|memur|uzman) alımı? (?:ilanı|duyurusu)$|"
    r"職員(?:[（(][^（）()]{1,20}[)）])?の?(?:募集|採用試験)(?:について|案内)?$|"
    r"(?:직원|근로자|공무원|연구원|기간제).{0,20}(?:채용|모집) ?공고|招聘(?:公告|启事|简章|簡章)"
)
"""What vacancies are headed; `Recruitment of 500 nurses approved` is a release."""
_ITS_SUBJECT = re.compile(r"\s*(?:$|[:：,–—#(]|- |n[°ºro.]|\d)", re.IGNORECASE)
"""What comes behind such a beginning in a notice; `Call for tenders launched` is a release."""


def is_labelled_page(headline: str, lines: list[Block]) -> bool:
    """Whether a headline, or the labels of a text beside or above values, are those of a page of
    another kind, which has a day of its own."""
    notice, labels = _NOTICE.search(headline), set(_labels(lines))
    if notice and (_ITS_SUBJECT.match(headline, notice.end()) or _count("tender", labels)):
        return True
    if _FOR_ANY_SEX.search(headline) or _VACANCY.search(headline):
        return True
    if len(labels) < min(MIN_LABELS.values()):
        return False
    if _count("post", labels) and not _count("vacancy", labels):
        labels -= {label for label in labels if is_phrase("post", label)}
    return any(_count(kind, labels) >= needed for kind, needed in MIN_LABELS.items())


def tells_occasion(lines: list[Block]) -> bool:
    """Whether labels above a text say when and where something takes place, and what it costs or
    who organises it."""
    labels = _above_text(lines)
    if not _count("admission", labels) or any(label.lower() in _ADVISORY for label in labels):
        return False
    told = sum(is_phrase("occasion", label) or is_phrase("event", label) for label in labels)
    return told >= MIN_OCCASION


def is_office_page(lines: list[Block]) -> bool:
    """Whether a text begins with where an office is, and when it is open."""
    return _count("office", _above_text(lines)) >= MIN_OFFICE


def heads_of(kind: str, lines: list[Block]) -> int:
    """How many labels of a text are of a kind."""
    return _count(kind, set(_labels(lines)))


def _above_text(lines: list[Block]) -> set[str]:
    """The labels above the first sentence of a text."""
    prose = (place for place, block in enumerate(lines) if is_sentence(block.text))
    return set(_labels(lines[: next(prose, len(lines))]))


def _count(kind: str, labels: Iterable[str]) -> int:
    return sum(is_phrase(kind, label, whole=True) for label in labels)


def _labels(lines: Iterable[Block]) -> Iterator[str]:
    for block in lines:
        tag = block.element.tag
        first_cell = tag == "td" and block.element.getprevious() is None
        if len(block.text) <= MAX_LABEL and (tag in _LABELLING or first_cell or _is_button(block)):
            yield block.text.rstrip(" :：")
        elif (match := _BEFORE_VALUE.match(block.text)) is not None:
            yield match[1]


def _is_button(block: Block) -> bool:
    return block.links == 1 and block.linked == len(block.text)
