"""Standing pages of a site, no releases: about, contact, privacy, vacancies, a minister."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from index.addresses import split_address
from index.sources.issuers import SMALL_WORDS, is_institution, is_name
from index.sources.page.blocks import Block, east_asian
from index.sources.page.labelled_page import heads_of, is_labelled_page, is_office_page
from index.sources.page.law_text import is_law_text
from index.sources.page.metadata import Metadata, says_standing
from index.sources.page.shown_days import full_day
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import is_bodys_name, title_parts
from index.sources.page.topic_page import (
    is_among_releases,
    is_event_page,
    is_topic_page,
    section_apart,
)
from index.text.folding import fold

MIN_QUESTIONS = 4
"""Headings that are questions, from which a page without a date is a list of questions."""
MIN_ASKED = 3
"""The same, where the headline says that questions are answered, of a page with a day, too."""
MIN_SERVICE = 3
"""Headings such as `How to apply`, from which a page without a date is that of a service."""
MIN_VACANCY = 2
"""Headings such as `Your profile`, from which a page is a vacancy, which has a day of its own."""
MAX_NAME_WORDS = 7
"""Words of a headline that can be the name of a person."""
MAX_EAST_ASIAN = 4
"""Characters of an East Asian name, which has no space in it."""
MAX_EAST_ASIAN_TITLED = 12
"""Such characters of a name with an office before it (`環境大臣　山田太郎`)."""
MIN_LIFE, MAX_LIFE = 2, 2_000
"""Things of a life (`was sworn in`, `holds a degree`) from which a page with a day tells one, and
characters of its text, or of a line, in which they are looked for."""
MAX_NAMED = 4
"""Lines of such a text one of which begins with the name, after where and when somebody was born,
or tells one such thing."""

_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "dt", "summary", "strong"])
_LIFE = re.compile(
    r"(?i)\b(?:was born|(?:has )?(?:served|serves) as|was (?:first )?(?:elected|sworn in)|took "
    r"office|"
    r"has been (?:the |an? )?(?:deputy |vice |prime )?(?:minister|secretary|director|member)|"
    r"holds a (?:degree|bachelor|master)|nacid[oa] (?:en|el)|nascid[oa] (?:em|a)|"
    r"absol[wv]ent(?:ka)?\b|żonaty|zamężna|casad[oa] (?:y|e|con|com)\b|sposat[oa] |"
    r"született|născută? |rođena? |rojena? |роден[а]? |рођена? |"
    r"wurde .{0,40}geboren|geboren (?:am|in)|est née?\b|né[e]? (?:le|en|à)\b|nació|nato a|nata a|"
    r"es (?:ingenier|licenciad|abogad|economist|doctor|médic|contador|arquitect)\w*|maestría en|"
    r"se ha desempeñado|asumió el cargo|geboren \d{4}|studium (?:der|des)\b|verheiratet|"
    r"has represented|before entering parliament|educated at|called to the bar|"
    r"nasceu|родил(?:ся|ась)|geboren te|född|født|syntynyt|urodzon[ya]|narozen|"
    r"(?:prior to|before) joining\b|(?:began|started) (?:his|her|their) (?:\w+ ){0,2}career|"
    r"avant (?:de rejoindre|d['’]intégrer)|antes de (?:incorporarse|unirse|assumir|ingressar)|"
    r"prima di (?:entrare|assumere)|"
    r"holds (?:an? )?(?:bachelor|master|ph\.?d|mba|doctorate|diploma)|graduated (?:from|in|with)|"
    r"(?:formad|graduad|licenciad|titulad|egresad|diplomad)[oa] (?:em|en|por|de la|pela)|"
    r"diplômée? (?:de|en)|titulaire d['’]|laureat[oa] in|studierte|promovierte|"
    r"окончил[а]?|закінчи(?:в|ла)|завършва|diplomirao|diplomirala|mezun|lulusan|ukończył|"
    r"vystudoval|absolvoval|végzett|a absolvit|tốt nghiệp|حاصل على|حصل على|تخرج|ولد في|"
    r"תואר ראשון)|"
    r"สำเร็จการศึกษา|का जन्म|জন্মগ্রহণ|出生|生まれ|卒業|毕业|畢業|\d月生|参加工作|년생|졸업"
)
_BORN = re.compile(
    r"(?i)(?:born (?:in|on)|geboren|nacid[oa] (?:en|el)|née? (?:le|en|à)|nascid[oa] (?:em|a)|"
    r"nat[oa] (?:a|il)|född|født|syntynyt|sündinud|urodzon[ya]|narozen[áa]?|született|născută?|"
    r"rođena?|rojena?|gim(?:ė|ęs|usi)|dzim(?:is|usi)|роден[а]?|рођен[а]?|родил(?:ся|ась)|"
    r"народи(?:вся|лася)|γεννήθηκε|من مواليد|ولدت? في|متولد|נולדה?|lahir (?:di|pada)|"
    r"sinh (?:ngày|năm))\b|[^。]{0,40}\d年\d{1,2}月(?:出?生|生まれ)|เกิด(?:เมื่อ|วัน)"
)
"""How a sentence begins that says where or when somebody was born, without the name."""
_OFFICE_HOLDER = re.compile(
    r"(?i)^(?:(?:the )?(?:rt )?hon(?:ourable|orable)?\.? |dr\.? |mr\.? |ms\.? |mrs\.? |prof\.? )*"
    r"(?:minister|secretary|commissioner|director|governor|president|chair(?:man|woman|person)?)"
    r" (?:of|for) [\w ,&]{3,60}$"
)
_TITLE_AFTER = re.compile(r"(?i),? \(?(?:ms|mr|mrs|dr|prof|adv|mp|hon)\.?\)?$")
"""What lists of persons put behind a name (`Quill, Ada, Ms`)."""
_TOOL_LAST = re.compile(r"(?i)\b(?:dashboard|data ?(?:portal|explorer|tool|viewer))$")
_TOOL_FIRST = re.compile(
    r"(?i)^(?:tableau de bord|cuadro de mando|tablero (?:de control|de indicadores)|"
    r"painel (?:de dados|de indicadores|interativo)|cruscotto)\b"
)
"""What pages that show figures to choose from are called, by where it stands in their names."""
_HOME_LAST = re.compile(
    r"^\S{2,16}(?:公式)?(?:ホームページ|ウェブサイト|Webサイト)$|^\S{2,16}(?:全球資訊網|门户网站|官方网站|官方網站)$|"
    r"^\S{2,16} ?(?:공식 ?)?(?:홈페이지|누리집)$"
)
_TITLE_BEFORE = re.compile(r"(?i)(?:(?:the )?hon(?:ou?rable)?|dr|prof|ing|mr|ms|mrs|sir|dame)\b")
_OF_DOCUMENT = re.compile(
    r"(?:通知|通告|公告|公示|决定|決定|意见|意見|批复|批復|通报|通報|报告|報告|"
    r"答复|答復|办法|辦法|规定|規定|方案|安排|函)$"
)
"""How Chinese documents end whose names begin like pages about something (`关于…的通知`)."""
_AND = re.compile(
    r"(?:\s(?:and|und|et|y|e|a|i|och|og|ja|en|&|и|та|και|és|si|și|ve|dan|và)\s|,\s|と|和|及)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do|cfm)$", re.IGNORECASE)
_INDEX = re.compile(r"(?i)^(?:index|default|home|main|start|accueil|inicio|startseite)?$")


class Shown(NamedTuple):
    """What decides whether a page stands: its headings of the first level, its headline, whether it
    states a date, the lines of its text, the address or file that it came from, all its lines,
    whether one of them shows its day, whether it shows code as documentation does."""

    headings: tuple[str, ...]
    headline: str | None
    dated: bool
    lines: list[Block]
    address: str
    page: list[Block]
    shows_day: bool
    shows_code: bool


def standing_name(metadata: Metadata, shown: Shown) -> str | None:
    """What a standing page is called; None for a page that is none.

    A page whose headline is a phrase of standing pages is one. Where the headline only begins like
    one (`About the ...`), or another heading or the address is such a phrase, a date of issue shows
    that the page is a release all the same.
    """
    headline = shown.headline
    if headline is not None and _stands_in_any_case(headline, metadata, shown):
        return headline
    section = section_apart(metadata, shown.page, shown.address)
    if section is not None:
        return section
    if headline is not None and shown.dated:
        return headline if _tells_whole_life(headline, shown.lines) else None
    for name in (*shown.headings[:1], *title_parts(metadata.title)[:1]):
        if _is_standing(name, dated=False) or _names_tool(name):
            return name
    segment = last_segment(shown.address)
    if segment and is_phrase("standing", segment):
        return segment
    undated = headline is not None and _stands_without_day(headline, metadata, shown)
    return headline if undated else None


def is_dated_release(metadata: Metadata, shown: Shown) -> bool:
    """Whether a page has a day and is called a release or news: its text may then be anything."""
    return shown.dated and is_among_releases(metadata, shown.page, shown.address)


def _stands_in_any_case(headline: str, metadata: Metadata, shown: Shown) -> bool:
    """Whether a page stands by what it is or is called, whatever day it shows."""
    return (
        _heads(shown.lines, "vacancy") >= MIN_VACANCY
        or says_standing(metadata)
        or is_labelled_page(headline, shown.lines)
        or (is_law_text(shown.lines, dated=shown.dated) and not is_dated_release(metadata, shown))
        or is_event_page(metadata, shown.page, shown.lines)
        or _is_standing(headline, shown.dated)
        or is_phrase("contact", headline, whole=True)
        or any(is_phrase("reach", part) for part in title_parts(metadata.title)[:1])
        or _joins_standing(headline)
        or _greets(headline, metadata.title)
        or _tells_how_to_reach(headline, metadata)
        or _answers_questions(headline, shown.lines)
    )


def _stands_without_day(headline: str, metadata: Metadata, shown: Shown) -> bool:
    """Whether a page without a day stands by what its text tells."""
    return (
        _is_of_person(headline, shown.lines)
        or _questions(shown.lines) >= MIN_QUESTIONS
        or is_office_page(shown.lines)
        or _heads(shown.lines, "service") >= MIN_SERVICE
        or is_topic_page(metadata, headline, shown.page, shown.lines, shown.address)
    )


def _is_standing(name: str, dated: bool) -> bool:
    """Whether a name is a phrase of standing pages; only one without open words for a page with a
    day, and for a name with a day or of a document, which such a phrase may begin, too."""
    return is_phrase(
        "standing", name, whole=dated or bool(full_day(name) or _OF_DOCUMENT.search(name))
    )


def _joins_standing(headline: str) -> bool:
    """Whether a headline joins what standing pages are called (`Contacts and opening hours`)."""
    parts = _AND.split(headline)
    return len(parts) > 1 and all(
        any(is_phrase(kind, part, whole=True) for kind in ("standing", "contact", "office"))
        for part in parts
    )


def _tells_how_to_reach(headline: str, metadata: Metadata) -> bool:
    """Whether a headline is a phrase such as `Contact` with the name of a body, or with that which
    the page's metadata state."""
    words = headline.split()
    own = {fold(name) for name, _ in metadata.agencies} | set(map(fold, metadata.site_names))
    for place in range(1, len(words)):
        phrase = " ".join(word for word in words[:place] if fold(word) not in SMALL_WORDS)
        name = " ".join(words[place:])
        if is_phrase("contact", phrase, whole=True):
            return fold(name) in own or (is_institution(name) and is_name(name))
    return False


def is_titled_standing(metadata: Metadata) -> bool:
    """Whether the first part of a page's title is what standing pages are called."""
    return any(is_phrase("standing", part) for part in title_parts(metadata.title)[:1])


def _greets(headline: str, title: str) -> bool:
    """Whether a headline welcomes to what another part of the page's title names."""
    last = "".join(_WORD.findall(fold(headline))[-1:])
    others = [fold(part) for part in title_parts(title) if fold(part) != fold(headline)]
    return is_phrase("greeting", headline) and any(last in _WORD.findall(part) for part in others)


def is_titled_home(metadata: Metadata, headline: str | None) -> bool:
    """Whether a title says that its page is the first of the site, and does not hold its headline:
    some sites have one title for all their pages."""
    parts = title_parts(metadata.title)
    pieces = [piece.strip() for piece in metadata.title.split(":")]
    if headline is None or not any(is_phrase("home", part) for part in (*parts, *pieces)):
        return False
    others = [fold(piece) for piece in pieces if not is_phrase("home", piece)]
    if is_bodys_name(headline) or others == [fold(headline)]:
        return True
    return all(fold(headline) not in fold(part) for part in parts)


def names_home(headline: str | None, title: str) -> bool:
    """Whether a headline is the whole title and ends with the word for a home page of languages in
    which no space parts it from the name (`緑丘町公式ホームページ`)."""
    named = headline is not None and fold(headline) == fold(title)
    return named and _HOME_LAST.search(headline or "") is not None


def is_home(metadata: Metadata, address: str, headline: str | None) -> bool:
    """Whether a page is the first of its site: its address has no path and its headline is the
    site's or nobody's."""
    if not address.startswith(("http:", "https:")):
        return False
    path = [part for part in split_address(address).path.split("/") if part]
    if len(path) > 1 or not _INDEX.match(_EXTENSION.sub("", path[0] if path else "")):
        return False
    if split_address(address).query:
        return False
    sites = {fold(name) for name in metadata.site_names}
    return headline is None or fold(headline) in sites or is_institution(headline)


def last_segment(address: str) -> str:
    """The last part of an address or path as words, without an ending or a name for an index."""
    parts = [part for part in re.split(r"[/\\!]", split_address(address).path or address) if part]
    words = [_EXTENSION.sub("", unquote(part)) for part in parts]
    words = [word for word in words if not _INDEX.match(word)]
    return re.sub(r"[-_+]+", " ", words[-1]) if words else ""


def _is_of_person(headline: str, lines: list[Block]) -> bool:
    """Whether a page tells the life of whom its headline names."""
    if _OFFICE_HOLDER.match(headline) and is_name(headline):
        return True
    headline = _TITLE_AFTER.sub("", headline)
    words = headline.split()
    if len(words) > MAX_NAME_WORDS or not is_name(headline):
        return False
    if east_asian(headline) > MAX_EAST_ASIAN_TITLED:
        return False
    told = any(_LIFE.search(block.text[:MAX_LIFE]) for block in lines[:MAX_NAMED])
    return told or bool(heads_of("life", lines))


def _names_tool(name: str) -> bool:
    """Whether a page is called a tool that shows figures, in a name and not in a sentence."""
    return _TOOL_FIRST.match(name) is not None or (
        _TOOL_LAST.search(name) is not None and is_name(name)
    )


def _tells_whole_life(headline: str, lines: list[Block]) -> bool:
    """Whether a page with a day, such as that of a portrait, has a person's name for its headline
    and says several things of a life under it, in sentences that begin with the name, or with the
    birth (`Nacida en ...`)."""
    headline = _TITLE_AFTER.sub("", headline)
    words = headline.split()
    if not words or len(words) > MAX_NAME_WORDS or any(word[0].islower() for word in words):
        return False
    if len(words) == 1 and not 1 < east_asian(headline) == len(headline) <= MAX_EAST_ASIAN:
        return False
    text = " ".join(block.text for block in lines)[:MAX_LIFE]
    told = {match[0].lower() for match in _LIFE.finditer(text)}
    if len(told) + heads_of("life", lines) < MIN_LIFE or not is_name(headline):
        return False
    subject = re.compile(rf"(?:[^,]{{3,60}}, )?(?:[\w.]+ ){{0,3}}{re.escape(words[-1])}\b")
    named = any(subject.match(each.text) or _BORN.match(each.text) for each in lines[:MAX_NAMED])
    return named or _TITLE_BEFORE.match(headline) is not None


def _heads(lines: list[Block], kind: str) -> int:
    """How many headings are those of pages of a kind: of a service (who may ask for it, how, what
    it costs), of a vacancy (duties, profile, what is offered)."""
    headings = {block.text for block in lines if block.element.tag in _HEADINGS}
    return sum(is_phrase(kind, each) for each in headings)


def _answers_questions(headline: str, lines: list[Block]) -> bool:
    """Whether a headline says so, a part of it before or after a colon too, and questions follow
    (`Frequently asked questions: heat pumps`)."""
    asked = any(is_phrase("questions", part) for part in (headline, *title_parts(headline)))
    return asked and _questions(lines) >= MIN_ASKED


def _questions(lines: list[Block]) -> int:
    """How many headings are questions."""
    return sum(
        re.search(r"(?:[?？؟]|[\u0370-\u03ff][^;]*;)$", block.text) is not None
        and len(block.text) < 200
        and (block.element.tag in _HEADINGS or block.element.find(".//strong") is not None)
        for block in lines
    )
