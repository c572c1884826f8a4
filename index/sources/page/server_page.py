"""Pages of a server, not of a site: errors, sign-in, questions about cookies, scripts alone."""

from __future__ import annotations

import re

from index.sources.page.blocks import Block
from index.sources.page.metadata import Metadata
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import title_parts

ERROR = "an error page, not a release; fetch its address again"
NO_TEXT = "the page holds no text without scripts"
SIGN_IN = "a page to sign in, not a release"
COOKIES = "a question about cookies, not a release"

TITLED_ERROR = 1_500
"""Letters of an error page by its title. Of 59 releases on pages that `make accuracy` reads 13 have
fewer, so that words for an error in a text of that length tell nothing."""
ADVICE = 800
"""Letters of a page with advice: where to look instead, how to sign in, what cookies are for; six
of those releases have fewer."""
BARE = 600
"""Letters of an error page, or one for browsers with scripts, by its text; three have fewer."""
BARE_TITLED = 300
"""Letters of an error page by any word for one in its title; one has fewer."""
FIRST_WORDS = {"error": 300, "gone": 400, "cookies": 100}
"""Characters of a text in which it says so."""

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
    r"under maintenance|site is down|access from your (?:region|country|location)|"
    r"(?:because of|that|from) your ip(?: address)?\b"
)
_EVERYDAY = re.compile(
    r"(?i)not found|no longer (?:available|exists)|access (?:is )?denied|forbidden|"
    r"just a moment|attention required|service (?:temporarily )?unavailable|"
    r"under maintenance|找不到"
)
"""What releases say as well: `fishing is forbidden`, `the bridge is under maintenance`."""
_OF_A_PAGE = re.compile(
    r"(?i)\b(?:page|(?:web)?site|server|url|link|address|request\w*|resource|file|document|content|"
    r"browser)\b|[页頁址]|文件|[内內]容"
)
"""What such words are said of on a page for an error."""
_SENTENCE = re.compile(r"[.!?。！？|\n]+")
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
_SCRIPT = re.compile(
    r"(?i)(?:enable|activate|turn on|requires?|aktivieren sie|activer) (?:\w+ ){0,3}java ?script|"
    r"javascript (?:is )?(?:disabled|required)"
)
_LOGIN = re.compile(
    r"(?i)^(?:log ?in|sign ?in|log ?on|anmelden|connexion|iniciar sesión|登录|登入)\b"
)
_COOKIE = re.compile(r"(?i)\bcookies?\b")


def server_page_reason(
    metadata: Metadata, headline: str | None, blocks: list[Block], text: str, letters: int
) -> str | None:
    """Why a page is one of its server or of scripts: an error, a question, nothing at all.

    :param letters: how many `text` has.
    """
    named = f"{headline or ''} | {metadata.title}"
    if letters < TITLED_ERROR and _names_error(named):
        return ERROR
    if letters < BARE_TITLED and _says_error(named):
        return ERROR
    if (letters < BARE and _SCRIPT.search(text)) or (not blocks and not text):
        return NO_TEXT
    if letters < ADVICE and _asks_to_sign_in(metadata, headline):
        return SIGN_IN
    if letters < BARE and _says_error(text[: FIRST_WORDS["error"]]):
        return ERROR
    asked = letters < ADVICE and len(_COOKIE.findall(text)) >= 2
    return COOKIES if asked and _COOKIE.search(text[: FIRST_WORDS["cookies"]]) else None


def says_gone(text: str, letters: int) -> bool:
    """Whether a text says that the page that was asked for is not there."""
    return letters < ADVICE and _GONE.search(text[: FIRST_WORDS["gone"]]) is not None


def tells_its_subject(metadata: Metadata, headline: str | None, text: str) -> bool:
    """Whether words for an error may be what a release tells: `Wreck not found`.

    They are everyday ones beside others, and nothing is said of a page or a site.
    """
    first = text[: FIRST_WORDS["gone"]]
    if headline is None or _OF_A_PAGE.search(f"{headline} {metadata.title} {first}"):
        return False
    others = (part for part in title_parts(metadata.title) if part not in headline)
    return not _says_error(first) and not any(map(_is_error_alone, (headline, *others)))


def _is_error_alone(title: str) -> bool:
    """Whether a title is words for an error and no others, or words that only servers use."""
    match = _ERROR.search(title)
    of_servers = match is not None and not _EVERYDAY.fullmatch(match[0])
    whole = match is not None and match[0] == title.strip()
    return of_servers or whole or is_phrase("error", title, whole=True)


def _asks_to_sign_in(metadata: Metadata, headline: str | None) -> bool:
    """Whether a headline, or the first part of a title, is what doors to log in are called."""
    named = (headline or "", *title_parts(metadata.title)[:1])
    if any(is_phrase("login", each) for each in named):
        return True
    return _LOGIN.match(headline or metadata.title) is not None


def _says_error(text: str) -> bool:
    """Whether one of the sentences is that of an error: everyday words for one are half of it, or
    it is about a page."""
    for sentence in _SENTENCE.split(text):
        match = _ERROR.search(sentence)
        if match is None:
            continue
        whole = not _EVERYDAY.fullmatch(match[0]) or len(match[0]) >= 0.5 * len(sentence.strip())
        if whole or _OF_A_PAGE.search(sentence):
            return True
    return False


def _names_error(titles: str) -> bool:
    """Whether an error is what one of the titles is about, not a word in it."""
    parts = [part for part in title_parts(titles) if part]
    if any(is_phrase("error", part) for part in parts):
        return True
    return any((match := _ERROR.search(part)) and len(match[0]) > 0.5 * len(part) for part in parts)
