"""Where the text of a release begins and ends among the lines of its page."""

from __future__ import annotations

import re
from typing import Any

from index.sources.issuer_lines import names_issuer
from index.sources.issuers import is_name
from index.sources.page.blocks import Block, one_line, width
from index.sources.page.date_lines import MAX_DATE_LINE, is_date_line, tells_a_day, whole_day
from index.sources.page.lines import (
    MAX_CONTACT_LINE,
    RIGHTS_RESERVED,
    SENTENCE_END,
    heads_related,
    is_called_label,
    is_caption,
    is_contact_line,
    is_end_mark,
    is_furniture_line,
    is_label_line,
    is_labelled,
    is_mostly_links,
    is_sentence,
)
from index.sources.page.stock_phrases import is_phrase

MAX_AFTER = 0.15
"""Share of the running text that may stand below a heading over related news, as their teasers; the
small inputs after bug reports have such headings inside a text, too."""
MAX_CONTACT = 800
"""Characters below a heading over contacts that are contacts; more is text."""
MAX_LEADING = 15
"""Lines below the headline among which dates, labels and tools may stand."""
MAX_SHORT = 90
"""Width of a line that can be a name, a number or a question rather than text."""
MAX_CALLED = 40
"""Characters of the name of somebody to call."""
MAX_RIGHTS = 300
"""Characters of a sentence that says under which licence the text stands, or how to open a file."""
MIN_WORDS = 5
"""Words from which a line that ends as a sentence may be one, however short."""
MAX_NETWORK = 45
"""Characters of a line that says no more than to share or follow on a network."""
LINKED_TAIL = 0.6
"""Share of a short line below the text, no sentence, that a link has which leads elsewhere from
there (`Next: Ferry fares rise`): those of invented pages have 0.73 and more."""
MAX_BESIDE_LINK = 12
"""Characters that a link and a date may leave of a line that is no more than both."""

_ISSUED_BY = re.compile(r"(?i)^(?:issued|released|published) by:? (?:the )?[^.!?]{3,120}$")
_REACHED = re.compile(
    r"(?<![\w.+-])[\w.+-]++(?:@|\[at\]|\(at\))[\w-]+\.\w|(?:\+|\b00|\(0)\d[\d\s()/.-]{5,30}\d|"
    r"(?i:\b(?:tel|phone|fax|mob|telefon|tél|teléfono|telefone|telefono|тел|τηλ|هاتف|تلفن|โทร|電話|电话|전화|"
    r"sími|puh|tlf|tālr|ტელ|հեռ|điện thoại|दूरभाष|ফোন)"
    r"\w*)[.:：\s(]*\+?\d"
)
"""A mail address or a number to call."""
_ATTACHMENT = re.compile(
    r"(?i)(?:^|[\s(\[.,（【-])(?:pdf|docx?|xlsx?|pptx?|od[ts]|rtf|zip|jpe?g|png|hwpx?)\b[^.!?。]{0,30}$"
)
_FOR_PRESS = re.compile(
    r"(?i)\b(?:press (?:officer|secretary)|spokes(?:person|man|woman)|pressesprecher(?:in)?|"
    r"attachée? de presse|porte-parole|portavoz|porta-voz|portavoce|woordvoerder|persvoorlichter|"
    r"pressekonsulent|pressesjef|presschef|pressekreterare|tiskov[áýé] mluvčí|hovor(?:ca|kyňa)|"
    r"rzeczni(?:k|czka) prasow[ya]|sajtófőnök|szóvivő|purtător(?:ul)? de cuvânt|"
    r"glasnogovorni[kc]a?|пресс-секретарь|прес-секретар|говорител|портпарол|"
    r"spaudos atstovas|pressiesindaja|sözcüsü|"
    r"(?:press|media|communications) (?:office|service|unit|cent(?:er|re))|presse(?:stelle|"
    r"tjeneste\w*|avdeling\w*)|presstjänst\w*|presseamt|service (?:de )?presse|ufficio stampa|"
    r"(?:oficina|gabinete|departamento) de (?:prensa|imprensa|comunicaci[óo]n|comunicação)|"
    r"assessoria de (?:imprensa|comunicação)|persdienst|прес+-?служб\w*|прес+-?цент\w*|"
    r"γραφείο(?:υ)? τύπου|sajtó(?:osztály|iroda|szolgálat)\w*|birou(?:l)? de presă|biuro prasowe|"
    r"tiskové oddělení|tlačov\w+ (?:odbor|oddelenie)|humas|basın (?:merkezi|bürosu|müşavirliği)|"
    r"ban biên tập|pressi(?:osakond|teenistus)|viestintäyksikkö|روابط عمومی|المكتب الإعلامي|"
    r"المركز الإعلامي)"
)
"""What those are called who speak to the press, and their offices: beside a name, in a short line
that is no sentence, such a word is no text."""
_SHARES = re.compile(
    r"(?i)^(?:share|compart[aei]\w*|partag\w+|teilen|condivid\w+|podel\w*|podijeli|"
    r"sdíl\w+|zdieľa\w+|udostępni\w*|megoszt\w*|distribui\w*|сподел\w+|подел\w+|поділи\w+|κοινοποί\w+|"
    r"paylaş\w*|bagikan|kongsi|chia sẻ|แชร์|dalīties|dalintis|бөлісу|გაზიარება|شارك|"
    r"اشتراک|שיתוף|გააზიარ\w*)\b[^.!?:]{0,30}$"
)
"""A line that begins with a word for sharing and is no sentence."""
_COUNTED = re.compile(
    r"(?i)^(?=[^:：]{0,30}(?:view|visit|hits|read|shar|download|просмотр|показ|прочит|زيار|قراء|перегляд|преглед|lượt|xem|dibaca|paparan|"
    r"přečten|zobrazen|odsłon|wyświetl|megtek|prikaz|pregled|vizualiz|accesări|peržiūr|skatīj|okunma|"
    r"görüntül|προβολ|εμφανίσ|visning|visits|צפי|شاهده|"
    r"dilihat|visualiza|visita|vues|lectures|aufrufe|浏览|瀏覽|点击|點擊|点阅|閱覽|閲覧|조회|مشاهد|بازدید|ครั้ง))"
    r"[^.!?:：]{2,30}[:：]\s*[\d.,\s]+$"
)
"""A label and a number (`Views: 1,204`)."""
_PAGE = re.compile(
    r"(?i)\b(?:(?:web)?page|website|seite|p[áa]gina|sivu\w*|stron\w+|strán\w+|stran\w*|site|sitio|sida\w*|"
    r"siden|lehekül\w+|lap[au]\w*|puslap\w+|pagină|oldal\w*|страниц\w*|сторінк\w*|страница\w*|σελίδα|"
    r"sayfa\w*|halaman|laman|information|informaci[óo]n|informazion\w+|contenido|contenu|artikel\w*|"
    r"article|conte[úu]do|helpful|hilfreich|gob\.\w+|efni\w*)\b|trang|本页|頁面|页面|ページ|페이지|الصفحة|"
    r"صفحه|הדף|העמוד|पृष्ठ|หน้า"
)
_NETWORK = re.compile(
    r"(?i)\b(?:facebook|twitter|linkedin|whatsapp|telegram|instagram|youtube|viber|vkontakte|pinterest|"
    r"reddit|messenger|mastodon|bluesky|xing|wechat|weibo)\b|微信|微博|페이스북"
)
_RIGHTS = re.compile(
    r"(?i)[©ⓒ]|copyright ?(?:\(c\)|\d)|[版著]权所有|版權所有|all rights reserved|ICP备|공공누리|"
    r"\bcreative commons\b|\blicen[cs]ed under (?:an?|the|cc|open)\b|"
    rf"^(?:{RIGHTS_RESERVED})"
)
_READER = re.compile(
    r"(?i)(?<![a-z])(?:adobe (?:acrobat )?|acrobat )reader(?![a-z])|get\.adobe\.com"
)
"""What says how to open a file."""
_STARS = re.compile(r"[*＊\s]+")
_TEXT_HEADING = re.compile("h[1-6]|dt|legend")
_LABELLING = frozenset(["div", "dt", "th", "td", "span", "label", "small"])
_PICTURES = frozenset(["img", "picture", "figure"])


def body_range(blocks: list[Block], content: range) -> range:
    """The lines of the text, without what stands around it at both ends."""
    start, stop = _after_labels(blocks, content), content.stop
    while start < stop and _stands_before_text(blocks[start]):
        start += 1
    while stop > start and _stands_after_text(blocks[stop - 1]):
        stop -= 1
    return range(start, stop)


def text_end(blocks: list[Block], content: range) -> int:
    """The number of the line before which the text ends: by a mark, a heading over related news or
    over contacts, where no running text of its own follows."""
    start, stop = content.start, content.stop
    prose = [
        place
        for place in content
        if _is_prose(blocks[place]) and not (place and is_mostly_links(blocks[place - 1]))
    ]  # below a linked headline stands its teaser
    for place in content:
        text = blocks[place].text
        below = bool(prose) and prose[0] < place
        if is_end_mark(text) and below:
            if not _goes_on(blocks, prose, range(place, stop)):
                return place
        elif heads_related(blocks[place]) and place > start:
            if _length(blocks, prose, place) <= MAX_AFTER * _length(blocks, prose, -1):
                return place
        elif is_contact_line(text) and below:
            rest = range(place + 1, stop)
            if sum(len(blocks[each].text) for each in rest) <= MAX_CONTACT:
                return _before_name(blocks, place, start)
        elif below and prose[-1] < place and _heads_rest(blocks, place, stop):
            return place
    return stop


def _goes_on(blocks: list[Block], prose: list[int], rest: range) -> bool:
    """Whether notes follow a mark for the end, or, where it is a row of stars that may part
    chapters, much text."""
    if any(is_phrase("notes", blocks[each].text) for each in rest):
        return True
    stars = _STARS.fullmatch(blocks[rest.start].text) is not None
    return stars and _length(blocks, prose, rest.start) > MAX_AFTER * _length(blocks, prose, -1)


def _before_name(blocks: list[Block], place: int, start: int) -> int:
    """The number of the line with the name of whom to call, where one stands right above."""
    above, contact = blocks[place - 1], blocks[place]
    parents = {each.element.getparent() for each in (above, contact)}
    if place - 1 <= start or len(parents) > 1 or _is_heading(contact) or _is_heading(above):
        return place
    named = len(above.text) <= MAX_CALLED and is_name(above.text)
    return place - 1 if named and not SENTENCE_END.search(above.text) else place


def _length(blocks: list[Block], prose: list[int], after: int) -> int:
    return sum(len(blocks[place].text) for place in prose if place > after)


def _is_prose(block: Block) -> bool:
    text = block.text
    if block.linked * 3 >= len(text) or not is_sentence(text) or _asks_of_page(text):
        return False
    return len(text) > MAX_RIGHTS or not (_RIGHTS.search(text) or _READER.search(text))


def _heads_rest(blocks: list[Block], place: int, stop: int) -> bool:
    """Whether a line below the last sentence says whose the page is, or is a heading and under it
    are, up to the end, links, days, files or ways to reach somebody: most of the lines, and none
    that is a sentence."""
    if _RIGHTS.search(blocks[place].text):
        return True
    if not _is_heading(blocks[place]) or place + 1 == stop:
        return False
    under = blocks[place + 1 : stop]
    listed = sum(_is_listed(block) for block in under)
    return 2 * listed >= len(under) and not any(map(_may_be_text, under))


def _may_be_text(block: Block) -> bool:
    """Whether a line, which may be short, ends as a sentence and has the words of one."""
    if is_mostly_links(block) or SENTENCE_END.search(block.text) is None:
        return False
    return is_sentence(block.text) or len(block.text.split()) >= MIN_WORDS


def _is_listed(block: Block) -> bool:
    return _leads_elsewhere(block) or _reaches(block.text) or _stands_after_text(block)


def _is_heading(block: Block) -> bool:
    """Whether a line is a heading, by its element or as a short line all in bold."""
    element = block.element
    if _TEXT_HEADING.fullmatch(str(element.tag)) is not None:
        return True
    if width(block.text) > MAX_SHORT or re.search(r"[.!?。！？।]$", block.text):
        return False
    bold = "".join(each.text_content() for each in element.iter("b", "strong"))
    return bool(bold) and one_line(bold) == one_line(element.text_content())


def _after_labels(blocks: list[Block], content: range) -> int:
    """The line after the last date, label or tool above the first sentence: what stands over those
    is a subtitle, a value or points of the text, not the text."""
    near = range(content.start, min(content.stop, content.start + MAX_LEADING))
    first = next((place for place in near if _is_prose(blocks[place])), content.start)
    above = range(first - 1, content.start - 1, -1)
    return next(
        (
            place + 1
            for place in above
            if _is_surely_none(blocks[place]) or _is_value(blocks[place], blocks[place - 1])
        ),
        content.start,
    )


def _is_value(block: Block, before: Block) -> bool:
    """Whether a short line follows a label that stands in an element of its own."""
    label = before.text
    return (
        label.endswith((":", "："))
        and width(label) <= MAX_CALLED
        and before.element.tag in _LABELLING
        and width(block.text) <= MAX_SHORT
        and not is_sentence(block.text)
    )


def _is_surely_none(block: Block) -> bool:
    text = block.text
    if is_date_line(text, None) and not tells_a_day(text):
        return True
    if _is_of_tools(block) or is_called_label(block) or block.element.tag in ("dt", "dd"):
        return True
    if _begins_in_bold(block) or _reaches(text) or is_phrase("sharing", text):
        return True
    return is_label_line(text) and not text.endswith((":", "："))


def _begins_in_bold(block: Block) -> bool:
    """Whether a short line that is no sentence is a label in bold with its value after it."""
    element = block.element
    if width(block.text) > MAX_SHORT or SENTENCE_END.search(block.text) or len(element) == 0:
        return False
    label = element[0]
    if label.tag not in ("b", "strong") or (element.text or "").strip():
        return False
    tail = (label.tail or "").strip()
    return bool(tail) and tail[0] not in "–—-,."


def _stands_before_text(block: Block) -> bool:
    """Whether a line above the first sentence is no text: date, byline, label, caption, links."""
    text = block.text
    if is_furniture_line(text) or is_label_line(text) or _is_caption(block):
        return True
    if (is_date_line(text, None) and not tells_a_day(text)) or _is_of_tools(block):
        return True
    if is_mostly_links(block) or is_labelled(block) or _begins_in_bold(block):
        return True
    if _reaches(text) or _is_issuer(text):
        return True
    return is_phrase("section", text) or is_phrase("related", text)


def _is_issuer(line: str) -> bool:
    """Whether a line is the name of a body and nothing else."""
    return width(line) <= MAX_SHORT and SENTENCE_END.search(line) is None and names_issuer(line)


def _stands_after_text(block: Block) -> bool:
    """Whether a line below the last sentence is no text: date, label, links, a heading alone."""
    text = block.text
    if is_furniture_line(text) or is_label_line(text) or _is_caption(block):
        return True
    if (is_date_line(text, None) and not tells_a_day(text)) or _leads_elsewhere(block):
        return True
    if is_contact_line(text) or is_called_label(block) or _is_of_tools(block):
        return True
    if _says_whom_to_call(text):
        return True
    if _RIGHTS.search(text) or _READER.search(text) or _is_way_to_call(text):
        return True
    if _ISSUED_BY.match(text) or _COUNTED.match(text) or _asks_of_page(text):
        return True
    if _SHARES.match(text) or _announces(text) or _is_for_press(text):
        return True
    return _is_tail_phrase(text) or _is_heading(block)


def _announces(line: str) -> bool:
    """Whether a line announces what does not follow (`Documents listed in this article:`)."""
    return width(line) <= MAX_SHORT and line.endswith((":", "："))


def _is_for_press(line: str) -> bool:
    """Whether a line is the name of somebody, or of an office, that speaks to the press."""
    if len(line) > MAX_SHORT or SENTENCE_END.search(line) or _FOR_PRESS.search(line) is None:
        return False
    return not line.lstrip("(（[—–- ")[:1].islower()


def _leads_elsewhere(block: Block) -> bool:
    """Whether a line is links, a link with its day, or the name of a file."""
    text = block.text
    if is_mostly_links(block):
        return True
    if width(text) < 2 * MAX_SHORT and not is_sentence(text) and _ATTACHMENT.search(text):
        return True
    if not block.linked or len(text) > 2 * MAX_DATE_LINE:
        return False
    if block.linked >= LINKED_TAIL * len(text) and SENTENCE_END.search(text) is None:
        return True
    day = whole_day(text)
    return day is not None and len(text) - block.linked - len(day) <= MAX_BESIDE_LINK


def _reaches(line: str) -> bool:
    """Whether a line that is no sentence names a mail address or a number to call."""
    short = len(line) <= 2 * MAX_DATE_LINE
    return short and _REACHED.search(line) is not None and not is_sentence(line)


def _is_way_to_call(line: str) -> bool:
    """Whether a line is little more than a mail address or a number to call, or an address in the
    street with what is said to be one."""
    if len(line) > MAX_SHORT or SENTENCE_END.search(line):
        return False
    found = _REACHED.search(line)
    if found is None:
        return False
    near = found.start() <= MAX_CALLED // 2 and not line[0].isdigit()
    return near or found[0][0].isalpha()


def _says_whom_to_call(line: str) -> bool:
    """Whether a line says where to learn more, with an address or a number (`For more information,
    call 555 0100.`)."""
    head, mark, rest = line.replace("，", ",").replace("、", ",").partition(",")
    if not mark or len(line) > MAX_CONTACT_LINE or _REACHED.search(rest) is None:
        return False
    return is_phrase("contact", head)


def _is_tail_phrase(line: str) -> bool:
    """Whether a line is a phrase for related news or sharing, alone or before a colon."""
    head, _, rest = line.replace("：", ":").partition(":")
    if is_phrase("related", line):
        return True
    found = is_phrase("related", head) or is_phrase("sharing", head)
    return bool(rest) and found and not is_sentence(line)


def _asks_of_page(line: str) -> bool:
    """Whether a line asks what the reader thinks of the page (`Was this page helpful?`)."""
    asks = width(line) <= MAX_SHORT and line.rstrip().endswith(("?", "？", "؟"))
    return asks and not re.search(r"[.!。:：]\s", line) and _PAGE.search(line) is not None


def _is_of_tools(block: Block) -> bool:
    """Whether each of the words of a line that stands in an element of its own is a tool's name:
    `A+ A-`, `Listen Print`."""
    if len(block.text) > MAX_SHORT:
        return False
    parts = [one_line(each) for each in block.element.itertext()]
    parts = [each for each in parts if each]
    if len(block.text) <= MAX_NETWORK and _NETWORK.search(block.text):
        return re.search(r"^\d|@|[.!?。]$", block.text) is None
    return len(parts) > 1 and all(map(_is_tool, parts))


def _is_tool(part: str) -> bool:
    return is_phrase("sharing", part) or re.search(r"\w\w", part) is None


def _is_caption(block: Block) -> bool:
    """Whether a line belongs to a picture: by its words, or as a short one right below it."""
    if is_caption(block):
        return True
    if width(block.text) > 2 * MAX_SHORT or is_sentence(block.text):
        return False
    element = block.element
    before = element.getprevious()
    if before is not None and _is_picture(before) and not (before.tail or "").strip():
        return True
    alone = one_line(element.text_content()) == block.text
    return alone and next(element.iter("img"), None) is not None


def _is_picture(element: Any) -> bool:
    """Whether an element is a picture and holds no words."""
    if element.tag in _PICTURES:
        return not element.text_content().strip()
    picture = len(element) > 0 and next(element.iter("img"), None) is not None
    return picture and not element.text_content().strip()
