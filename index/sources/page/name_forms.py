"""What a line adds to the name of a body, and lines that are written like names and name none."""

from __future__ import annotations

import re

from index.sources.issuer_lines import is_kind_alone, names_site_owner
from index.sources.issuers import SMALL_WORDS, body_name, is_body, is_name
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import is_generic

MAX_LETTERHEAD = 100
"""Characters of a line that can be a name at the head of a page, or a site's."""
MAX_AGREED = 7
"""Words of a name that only agreement tells to be a body's."""

_NO_ISSUER = re.compile(
    r"(?i)\d|®|\bweb ?sites? by\b|^(?:built|powered|designed|hosted|developed) by\b|"
    r"^(?:\w+ ){0,2}(?:departments|"
    r"agencies|ministries|services|offices|governments|boards)\b(?! (?:of|de)\b)"
)
_BARE_KIND = re.compile(
    r"(?i)(?:the )?(?:minist\w+|department|d[eé]partement|departamento|office|agency|agence|bureau|"
    r"government|gouvernement|gobierno|governo|regierung|authority|council|commission|services?|"
    r"administration|secretary|secretariat|secretar[ií]a|court|board|committee|division)"
)
"""A word for a kind of body is no body's name."""
_COMPANY = re.compile(
    r"(?i)\b(?:gmbh|ltd|limited|inc|llc|corp|s\.?a\.?|s\.?r\.?l|s\.?p\.?a|n\.?v|b\.?v|ag|plc|pty|oy|ab|"
    r"a/s|kft|sp\. z o\.o|ооо|оао|зао|пао)\.?$|公司$|株式会社|㈱|주식회사"
)
_WIDE = re.compile(
    r"(?i)^(?:the )?(?:government|gouvernement|gobierno|governo|regierung|bundesregierung|state|"
    r"republic|commonwealth|[ivx]+ governo|rijksoverheid|regering(?:en|skansliet)|regjeringen|"
    r"guvernul|vlada|vláda|rząd|qeveria|влада|правительство|уряд|κυβέρνηση|الحكومة|ממשלת|"
    r"valtioneuvosto|vyriausybė|valitsus)\b|kormánya?$|hükümeti$|"
    r"^\S+ (?:सरकार|সরকার)$|^حکومت(?:ِ|\s)\S+$|portal|"
    r"\bpress\b(?! information department)|gov\.|政府$"
)
"""Names of whole governments and of portals: a body of theirs may head a page."""
_OF_SITES = re.compile(
    r"(?i)\b(?:news\w*|media|online|digital\w*|services?|information|newsroom|plataforma|home|gov\w*|"
    r"official|public|blog|gateway|hub|centre|center)\b|[.\d]"
)
"""Words of a site's name that say what the site is, not whose."""
_NO_NAMES = ("related", "sharing", "contact", "standing", "vendor", "error")
_NOT_IN_NAMES = re.compile(r"[/›»©|:;!?。、，「」]|\.$|…")
_BRACKETED = re.compile(r"\s*\((?![A-ZÄÖÜ]{2,}\))[^()]*\)$")
"""Words in brackets after a name that are no abbreviation of it (`(link to the home page)`)."""
_PRESS_BEFORE = re.compile(
    r"(?i)^(?:(?:media|press|communications?) (?:office|service|team|relations)|pressestelle|"
    r"(?:presse-?service|presseamt|pressebüro)|service (?:de )?presse|ufficio stampa|"
    r"(?:oficina|gabinete) de prensa|assessoria de imprensa|пресс-служба|прес-служба)"
    r"(?:\s*[,|:–-]\s+|\s+(?:of (?:the )?|der |de (?:la )?|del |della |do |da ))|"
    r"^(?:דוברות|דוברת|דובר) (?=משרד|עיריית|רשות|משטרת|מועצת)"
)
_PRESS_AFTER = re.compile(
    r"(?i)\s*[,|–-]?\s+(?:news(?:room)?|(?:media|press) (?:office|cent(?:re|er)|room|service|"
    r"relations|team)|pressestelle|medienstelle|presse|service (?:de )?presse|ufficio stampa|"
    r"(?:oficina|gabinete) de prensa|assessoria de imprensa|пресс-служба|прес-служба)$"
)
"""An office for the press beside the name of the body that it speaks for."""
_PRESS_OFFICE = re.compile(
    r"(?i)\b(?:media|press|public) relations\b|^(?:press|media) (?:office|service|cent(?:re|er))\b|"
    r"^(?:(?:office|department|division|directorate) of )?(?:corporate |public |external )?"
    r"(?:communications?|public (?:affairs|information))"
    r"(?: (?:office|unit|team|division|department|branch))?$|"
    r"^(?:service|direction|unité|cellule|bureau) (?:des? (?:la )?)?communications?$|"
    r"^(?:unidad|direcci[oó]n|oficina|gabinete|departamento|secretar[ií]a|diretoria|coordena\w+) "
    r"(?:geral |general )?de (?:la )?comunica\w+(?: (?:social|institucional))?$|"
    r"медиjима|медијима|^(?:service|bureau) (?:de )?presse\b|"
    r"^pressestelle\b|^medienstelle\b|^ufficio stampa\b|"
    r"^新[聞闻](?:傳播|宣传|發言人)?(?:[處处科組组办]|办公室|辦公室)$"
)
_SLOGAN = re.compile(
    r"(?i)^an? |\bvisit\b|\b(?:remarks|statement|speech) by\b|\bweb ?site\b|\bportal\b|портал|"
    r"^(?:официальн\w+ (?:интернет-)?(?:сайт|страниц|ресурс)|офіційн\w+ (?:веб-?)?(?:сайт|сторінк)|"
    r"официал\w+ (?:уеб ?)?(?:сайт|страниц)|званичн\w+ (?:интернет )?(?:сајт|презентациј|страниц)|"
    r"služben\w+ (?:web )?(?:stranic|stran)|zvaničn\w+ (?:internet )?(?:sajt|prezentacij|stranic)|"
    r"oficjaln\w+ (?:stron|serwis)|oficiální (?:web|strán)|oficiálne (?:web|strán))"
)
_SITE_WORDS = re.compile(
    r"(?i)(?:全球資訊網|门户网站|官方网站|官网|網站|网站|(?:公式)?(?:ホームページ|(?:ウェブ|Web)?サイト)|홈페이지|누리집)$|"
    r"^(?:(?:home(?: ?page)?|accueil|retour à l['’]accueil|startseite|zur startseite|inicio|início|"
    r"página inicial|forside|etusivu|strona główna|domů|naslovna|главная|головна)\s*[-–|:]\s*|"
    r"t\.c\. ?(?=\w{3})|cổng thông tin điện tử |trang thông tin điện tử |"
    r"portal (?:rasmi|resmi|oficial|officiel) (?:d[aeou]s? |del |de la )?|"
    r"portal (?:d[aeo]|del|de la|of the) (?=gob|gov)|"
    r"(?:the )?logo (?:of |der |des )?|welcome to |"
    r"(?:پورتال|درگاه|وب‌?\s?سایت|پایگاه اطلاع\s?رسانی|بوابة|موقع)\s+|"
    r"(?:the )?official (?:web ?site|site|page|portal) of (?:the )?)|"
    r"\s*(?:[-|]\s*)?\b(?:(?:official )?(?:logo|seal)|home(?: ?page)?|web ?site|official site|"
    r"portal|(?:internet|web)(?:auftritt|seite|präsenz|portal))$|"
    r"(?<=\S) điện tử$|,\s*(?:startsida|startside|forside|etusivu|startseite|accueil)$|"
    r"^[.:~*=|\s]{2,}|[.:~*=|\s]{2,}$|:\s(?-i:[A-Z]{2,8})$"
)


def without_site_words(line: str) -> str:
    """A line without what says that it stands for a site (`Logo of X`, `X - home page`)."""
    return _SITE_WORDS.sub("", line)


def is_word_alone(name: str) -> bool:
    """Whether a line is a word for a kind of body, which names none (`Department`)."""
    return _BARE_KIND.fullmatch(name) is not None


def is_slogan(line: str) -> bool:
    """Whether a line says what a site is or is for, or who speaks, rather than whose it is."""
    return _SLOGAN.search(line) is not None


def is_wide(name: str) -> bool:
    """Whether a name is that of a whole government or of a portal, on whose pages others speak."""
    return _WIDE.search(name) is not None


def is_none(name: str) -> bool:
    """Whether a name is no body's: of a company, of a section, of several, a word alone."""
    if len(name) > MAX_LETTERHEAD or _NO_ISSUER.search(name) or _COMPANY.search(name):
        return True
    if is_word_alone(name) or is_kind_alone(name) or is_slogan(name):
        return True
    return any(is_phrase(kind, name) for kind in ("vendor", "section", "contact"))


def owner_name(line: str) -> str | None:
    """The name of a body in a line that a site shows as its own, or in a place for issuers."""
    name = body_name(_BRACKETED.sub("", without_site_words(line)))
    return None if name is None else _without_press(name)


def _without_press(name: str) -> str:
    """`Town Council News`, `Media Office, Town Council`: the council, whose office it is."""
    rest = _PRESS_AFTER.sub("", _PRESS_BEFORE.sub("", name))
    if rest == name or " " not in rest or rest.split()[-1].lower() in SMALL_WORDS:
        return name
    return rest if is_body(rest) or names_site_owner(rest) else name


def is_press_office(name: str) -> bool:
    """Whether a name is that of an office for the press, which speaks for another body."""
    return _PRESS_OFFICE.search(name) is not None


def may_be_name(line: str) -> bool:
    """Whether a line is written like the name of a body and is none by its words."""
    if len(line) > MAX_LETTERHEAD or not 2 <= len(line.split()) <= MAX_AGREED or not is_name(line):
        return False
    if body_name(line) is None or is_generic(line, set()) or is_kind_alone(line):
        return False
    if any(is_phrase(kind, line) for kind in _NO_NAMES):
        return False
    marks = (_NO_ISSUER, _SLOGAN, _COMPANY, _WIDE, _OF_SITES, _NOT_IN_NAMES)
    return not any(each.search(line) for each in marks)
