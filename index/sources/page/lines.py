"""What a single line of a page is: a sentence, a label, a caption, a byline, a link to share."""

from __future__ import annotations

import re
from typing import Any

from index.sources.page.blocks import HEADING_TAGS, Block, east_asian, width
from index.sources.page.stock_phrases import MAX_PHRASE, is_phrase

MIN_PROSE = 60
"""Characters of a line that ends as a sentence from which it is prose; an East Asian one counts as
three. The shortest paragraph of the small inputs after bug reports that must stay has 95."""
MAX_LABEL = 90
"""Characters of a line that can be a label with its value (`Category: Ports`)."""
MAX_NAMED = 180
"""Characters of the same, where a word for it stands before the colon (`Source: Office of ...`)."""
MIN_LINK = 20
"""Characters of a link that may be a headline, an East Asian one counting as three."""
MAX_CONTACT_LINE = 160
"""Characters of a line that can be a contact with the words for it."""
MAX_CAPTION = 300
"""Characters of a block that can be the caption of a picture."""

SENTENCE_END = re.compile(r"[.!?。！？।॥؟۔።။។։다:：][\"”’»」)）]*$")
"""How a sentence ends, in the scripts that governments write."""
_UNMARKED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_JUNK = re.compile(
    r"(?i)^(?:share\b[^.!?]{0,60}|(?:view|read) (?:this )?(?:e-?mail|message|newsletter) in "
    r"(?:your|a|the) (?:web )?browser\b.{0,120}|e-?mail this.*|tell us what you think of .{0,30}|"
    r"(?:you are here|sie sind hier):?.{0,100}|for immediate release.{0,60}|"
    r"(?:press|news|media) releases?(?: (?:no|nr|number)\b.{0,20})?|"
    r"(?:presse|medien)mitteilung(?: (?:nr|vom)\b.{0,30})?|[*＊_=~.•·–—-]{3,}|"
    r"©.*|copyright .*|\W*\d{1,3}(?:[.,\s]?\d{3})?(?: ?(?:views?|shares?|comments?|likes?|"
    r"reads?|hits|kali (?:dilihat|dibaca)|просмотр\w*|перегляд\w*|lượt xem|visualiza\w+|vues?|"
    r"kez okundu|ครั้ง))?\W*|"
    r"(?:reading|read) time\b.{0,30}|\d{1,3} (?:min(?:ute)?s?) read|.{0,20}\b\d{1,3} min\.?|"
    r"(?:rss|subscribe)(?: .{0,40})?)$"
)
_LABEL = re.compile(
    r"(?i)^[\[(（【<]?\s*(?:issued by|published by|released by|from|source|publisher|posted|date|"
    r"original-content von|author|authors|by|provenance|categor(?:y|ies)|topics?|tag(?:s|ged)?|"
    r"filed under|posted in|keywords?|type|content type|document type|location|place|subjects?|"
    r"reference|ref|release|release (?:no|number|id)|press release (?:no|number)|number|no|"
    r"languages?|region|sector|series|photos?|schlagw[oö]rter?|schlagworte|themen?|rubrik|kategorien?|ausgabejahr|"
    r"erscheinungsdatum|datum|autor(?:in)?|nr|stand|ressort|quelle|bildquelle|ort|"
    r"mots[- ]cl[eé]s|cat[eé]gories?|rubriques?|auteurs?|th[eè]mes?|etiquetas|temas?|"
    r"categor[ií]as?|secci[oó]n|autor(?:es)?|en este art[ií]culo|argomenti|categoria|tag|autore|"
    r"redazione|izvor|zdroj|źródło|vir|forrás|kaynak|sursa|šaltinis|avots|allikas|джерело|извор|"
    r"πηγή|fonte|källa|kilde|lähde|heimild|bron|nguồn|sumber|المصدر|منبع|מקור|출처|स्रोत|ที่มา|assuntos?|marcadores|tópicos|trefwoorden|categorie|etiketter|emneord|kategorier?|"
    r"avainsanat|tagi|kategoria|słowa kluczowe|štítky|рубрик[аи]|теги?|тем[аы]|категори[яи]|"
    r"автор|источник|количество просмотров|просмотров|мітки|категорія|ετικέτες|κατηγορία|"
    r"etiketler|kategori|الوسوم|التصنيف|topik|chuyên mục|từ khóa)\s*[:：#№]"
    r"|^[\[(（【]?\s*(?:来源|來源|稿源|资料来源|資料來源|信息来源|文章来源|发布时间|發布時間|發布日期|发布日期|"
    r"发布机构|发布单位|發布單位|时间|時間|日期|作者|编辑|編輯|责任编辑|責任編輯|责编|审核|校对|记者|浏览|浏览次数|"
    r"浏览量|点击|点击数|点击量|点击率|阅读|阅读次数|访问量|字号|字体|字體|索引号|主题分类|发文机构|成文日期|标题|文号|更新日期|更新時間|"
    r"上版日期|點閱數?|點擊數|瀏覽人次|發稿單位|聯絡人|公開日|掲載日|更新日|最終更新日?|ページ番号|ページID|登録日|"
    r"작성일|등록일|게시일|작성자|등록자|담당자|담당부서|부서|조회수?|첨부파일|첨부|수정일|최종수정일)(?:于|於)?\s*[:：/｜|]?"
    r"(?=\s|[:：/｜|]|\d|$|.{1,40}$)"
)
RIGHTS_RESERVED = (
    r"all rights|tous droits|todos l?os d[ei]re\w+|tutti i diritti|alle rechte|všechna práva|"
    r"všetky práva|sva prava|vse pravice|wszelkie prawa|все права|всички права|усі права|сва права|"
    r"minden jog|toate drepturile|visos teisės|visas tiesības|kõik õigused|kaikki oikeudet|"
    r"alla rättigheter|tüm hakları|bütün hüquqlar|hak cipta|bản quyền|สงวนลิขสิทธิ์|כל הזכויות|"
    r"جميع الحقوق|(?:کلیه|تمامی) حقوق|ყველა უფლება|με (?:την )?επιφύλαξη"
)
"""How the words begin that say whose the rights are."""
_BRACKETS = re.compile(r"(?:【[^】]{1,30}】\s*)+|(?:\[[^\]]{1,20}\]\s*)+")
"""Labels each in brackets of its own (`【责任编辑：…】`)."""
_FROM = re.compile(
    r"(?i)^(?:press|media|medien|presse|news|pers|tiedote|nieuws)\w* ?\w*,? "
    r"(?:from|by|von|vom|från|fra|van|du|de la|del?|da|di) [^.!?]{3,90}$|"
    r"^[^.!?]{3,80} sent this (?:bulletin|message|email)\b[^.!?]{0,40}$"
)
"""`Press release from the Ministry of Ports`, `Harbour Office sent this bulletin at 9:15 AM`."""
_BARE_LABEL = re.compile(r"^[^.!?]{2,30}[:：]$")
_YEAR_LABEL = re.compile(
    r"(?i)^(?:ausgabejahr|jahr|year|année|año|nr\.?|no\.?|n°|ref\.?)\s*[\d/.-]+$"
)
_CAPTION_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:wp-caption\w*|(?:fig)?caption|bildunterschrift|credits?|picture|legend[ae]?|"
    r"pie-?de-?foto|image-?(?:caption|credit|copyright|source)|photo-?(?:caption|credit)|copyright)"
    r"(?:$|[\s_-])"
)
_LABEL_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:cat|categor(?:y|ies|ia)|kicker|eyebrow|overline|dachzeile|topics?|tagline|"
    r"rubrik|rubrique|releasetype|content-?type|field__label|views?-count|hits|by-?line|author|autor|"
    r"post-author|dept|department|ministry|organi[sz]ation|issuer|subtitle|subtitulo|entradilla|sottotitolo|sous-titre|documentdescription)(?:$|[\s_-])"
)
_LABELLED = re.compile(r"^[^\W\d_][^\s:：]*(?: [^\W\d_][^\s:：]*){0,2} ?\s?[:：]\s?\S")
"""Up to three words, a colon and a value."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ROW_OF_MARKS = re.compile(
    r"[*＊]{4,}|[-–—*\s]*[oO0]{3,9}[-–—*\s]*|[-–—\s]*(?:x{3,6}|X{3,6}|3 ?0)[-–—\s]+|"
    r"[-–—*]\s?[^\W\d_]{3,12}\s?[-–—*]|/{1,3}\s?[^\W\d_]{3,12}\s?/{1,3}|[(（](?i:fin|ende?|fim|schluss|konec|koniec)/[\w/]{1,20}[)）]|"
    r"[A-Z]\w{1,9}/(?:Fin|End|Ende|Fim|Fine|Konec|Koniec)"
)
"""`-oOo-`, one word between two dashes (`- TAMAT -`) or strokes (`// End //`), which is that for
the end, and that word with who wrote the text (`(Fin/JLP)`, `ANR/Fim`)."""
_CAPTION = re.compile(
    r"(?i)^\[?(?:photos?|foto|fotos|bild|bilder|image|images|picture|quelle|bildquelle|fotografie|"
    r"crédits? photos?|photo credits?|credits?|fotoğraf|fotografía|nuotrauka|"
    r"фото|снимка|zdjęcie|kuva|fotó|صورة|ภาพ|ảnh|写真|사진|图片?)"
    r"\s*[:：©/]|^图为|^圖為|[（(][^（）()]{2,12}[摄攝]影?[）)]$|(?:Foto|Photo|photo|Bild|Фото)s?\s*[:：]\s*"
    r"[^.]{2,60}\.?$|^©|^(?:fot|zdj)\. ?[^.!?]{2,60}$|^[^.!?]{2,60} nuotr\.$"
)
_PICTURES = ("img", "picture", "figure", "video", "iframe", "object", "svg")
_BYLINE = re.compile(
    r"^(?:By|BY|by|Por|por|POR|Par|par|PAR|Von|von|VON|Di|di|DI|Da|Door|door|DOOR|Av|av|AV|Af|af|"
    r"Text|Autor|Auteur|Автор|Od|Piše|Napisał|Írta|Автори?):?\s+(?:[A-ZÀ-ÞŁŚŽČŠĐА-ЯΑ-Ω][\w.'’-]*"
    r"(?:,| and| und| et| y| e| en| och| og|(?= )|$) ?){1,8}(?:[|•·,–-].{0,60})?$|"
    r"^[\uac00-\ud7af]{2,4} (?:\w{0,4}기자|특파원|논설위원)$"
)


def is_sentence(line: str) -> bool:
    """Whether a line is long enough for a sentence of running text and ends as one, if those who
    write its script end sentences with a mark."""
    if width(line) < MIN_PROSE:
        return False
    return SENTENCE_END.search(line) is not None or unmarked(line) >= MIN_PROSE


def unmarked(line: str) -> int:
    """How many of the characters of a line are of scripts without a mark at the end of sentences
    and without space between words: Thai, Lao, Burmese, Khmer."""
    return 0 if line.isascii() else len(_UNMARKED.findall(line))


def is_furniture_line(line: str) -> bool:
    """Whether a line is no text: a link to share, a label such as `Press release`, a star line."""
    return bool(_JUNK.match(line)) or is_phrase("sharing", line) or is_end_mark(line)


def is_end_mark(line: str) -> bool:
    """Whether a line says that the release ends there (`###`, `- Ends -`, `// End //`); a word for
    advertising between dashes stands inside a text."""
    if is_phrase("end", line):
        return True
    word = line.strip("-–—*/ ")
    return _ROW_OF_MARKS.fullmatch(line) is not None and not is_phrase("advertisement", word)


def is_contact_line(line: str) -> bool:
    """Whether a line heads contacts, or names one after such words (`For enquiries: ...`)."""
    head, colon, rest = re.sub("：", ":", line).partition(":")
    if not colon or not rest.strip():
        return is_phrase("contact", line)
    return len(line) <= MAX_CONTACT_LINE and is_phrase("contact", head)


def is_labelled(block: Block) -> bool:
    """Whether a line that stands above the text is a label with its value, by its form alone or by
    what its element is called: `Audience: General public`, a line of class `kicker`."""
    text = block.text.strip("（()）[]【】 ")
    if len(text) > MAX_LABEL or is_sentence(text) or block.element.tag in HEADING_TAGS:
        return False
    if _LABELLED.match(text) and SENTENCE_END.search(text) is None:
        return True
    return is_called_label(block)


def is_called_label(block: Block) -> bool:
    """Whether the element of a short line, or the one around it, is called a label, a category."""
    if len(block.text) > MAX_LABEL or SENTENCE_END.search(block.text):
        return False
    around = (block.element, block.element.getparent())
    names = (
        f"{each.get('class') or ''} {each.get('id') or ''}" for each in around if each is not None
    )
    return any(_LABEL_CLASS.search(name) for name in names)


def is_label_line(line: str) -> bool:
    """Whether a line is a label, with or without its value: category, source, number, byline."""
    if len(line) > MAX_LABEL:  # a ministry may be called after all that it is for
        return len(line) <= MAX_NAMED and bool(_LABEL.match(line)) and not is_sentence(line)
    if is_sentence(line):
        return False
    if _LABEL.match(line) or _BARE_LABEL.match(line) or _YEAR_LABEL.match(line):
        return True
    return any(each.fullmatch(line) for each in (_BYLINE, _BRACKETS, _FROM))


def is_bare_label(line: str) -> bool:
    """Whether a line is a label by the colon at its end alone: no word for one, nor a phrase."""
    if _BARE_LABEL.match(line) is None or _LABEL.match(line) or _JUNK.match(line):
        return False
    known = ("contact", "related", "sharing", "section", "kind", "page", "tags", "notes")
    return not any(is_phrase(kind, line) for kind in known)


def is_caption(block: Block) -> bool:
    """Whether a line belongs to a picture, by the name of its element or by what it says."""
    if len(block.text) > MAX_CAPTION:
        return False
    for element in (block.element, block.element.getparent()):
        if element is None:
            continue
        if element.tag == "figcaption":
            return True
        if _CAPTION_CLASS.search(element.get("class") or ""):
            return not is_sentence(block.text) or _shows_picture(element)
    return len(block.text) < 200 and _CAPTION.search(block.text) is not None


def _shows_picture(caption: Any) -> bool:
    """Whether there is a picture in what stands around a caption, or right before that."""
    around = caption.getparent()
    places = (around, around.getprevious() if around is not None else None, caption.getprevious())
    return any(next(each.iter(*_PICTURES), None) is not None for each in places if each is not None)


def may_lead_to_headline(block: Block) -> bool:
    """Whether the links of a line are long enough to be a headline's, one of which may have another
    beside it (`Read more`): many short ones are places or topics."""
    linked = block.linked + 2 * east_asian(block.text)
    return linked >= MIN_LINK * max(1, block.links - 1)


def is_mostly_links(block: Block) -> bool:
    """Whether nearly all of a line leads elsewhere."""
    return block.linked * 10 > len(block.text) * 9


def related_from(blocks: list[Block], after: int) -> int:
    """The number of the first line after one that heads related news; where none does, the end."""
    places = range(max(0, after + 1), len(blocks))
    return next((place for place in places if heads_related(blocks[place])), len(blocks))


def heads_related(block: Block) -> bool:
    """Whether a line is a heading over related news, or over those of a body (`More news: Harbour
    Office`); one with a year beside a count of comments is none."""
    heading = block.element.tag in HEADING_TAGS
    if block.linked or (len(block.text) > MAX_PHRASE and not heading):
        return False
    head, colon, _ = block.text.partition(":")
    if is_phrase("related", block.text) or (
        colon and heading and is_phrase("related", head, whole=True)
    ):
        return _YEAR.search(block.text) is None
    return False
