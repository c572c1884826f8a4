"""Furniture of a page: menus, footers, sharing, cookie banners, taken out by tag, role and name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from index.sources.page.blocks import one_line
from index.sources.page.lines import is_sentence
from index.sources.page.stock_phrases import is_phrase

_PARTS = frozenset(["p", "div", "section", "article"])
_NEVER = frozenset(["html", "body", "main", "article", "p", "td", "tr", "tbody"])
"""Elements that are no furniture, whatever they are called."""
_FURNITURE = frozenset(["nav", "aside", "form", "noscript", "button", "select", "dialog"])
_BY_TAG = _FURNITURE | {"dl", "footer", "header"}
_ROLE_NAMES = "navigation banner contentinfo search complementary dialog alertdialog menu menubar"
_ROLES = frozenset(_ROLE_NAMES.split())
_FURNITURE_VOCABULARY = (
    "nav navigation navbar menu menubar breadcrumb breadcrumbs foot footer sidebar share sharing "
    "shares social addthis sharethis addtoany related cookie cookies consent skip skiplink toolbar "
    "pager pagination comment comments newsletter subscribe subscription print printer popup modal "
    "banner masthead search language languages translate advert advertisement advertising widget "
    "recommend recommended recommendations feedback tags noprint carousel accessibility a11y "
    "topbar "
    "meganav teaser teasers side relacionados relacionadas compartir compartilhar compartilhe "
    "partage partager teilen condividi delen migas verwandte"
)
_NEUTRAL_VOCABULARY = (
    "block region box wrapper wrap container inner outer section area bar left right top bottom "
    "first second third last global site page list lists item items link links icon icons button "
    "buttons group panel pane module mod component view views mobile desktop main primary "
    "secondary "
    "header head footer nav id js row col column columns small large medium default standard tool "
    "tools media form field posts news switcher selector toggle only line level sub up sign follow "
    "most read also see more back to print email whatsapp facebook twitter linkedin service meta "
    "dropdown trail notice bottom overlay layer close open message info legal policy holder title "
    "heading headline label count signup"
)
_FURNITURE_WORDS = frozenset(_FURNITURE_VOCABULARY.split())
_WITHOUT_PROSE = frozenset(
    [
        "share",
        "sharing",
        "shares",
        "addthis",
        "sharethis",
        "tags",
        "search",
        "print",
        "printer",
        "widget",
        "language",
        "languages",
        "translate",
        "pager",
        "pagination",
        "toolbar",
        "skip",
    ]
)
"""Words for furniture that holds tools and links, never sentences alone: where there are such, the
name is wrong. A cookie banner, comments or a sidebar have sentences of their own."""
_TAIL_VOCABULARY = (
    "contact contacts kontakt author authors autor autore autores auteur auteurs firma firmatario "
    "biography licence license licenza copyright "
    "disclaimer kogl satisfaction satisfied rate rating attachment attachments download downloads "
    "files qr qrcode ewm cc privacy discussion responses replies cta optin promo promos signup "
    "consent gdpr shengming lastmod paywall regwall"
)
_TAIL_WORDS = _FURNITURE_WORDS - {"widget"} | frozenset(_TAIL_VOCABULARY.split())
"""Words in the names of boxes that stand below a text and speak of the page."""
_CONTROLS = ("form", "input", "button", "select", "textarea", "iframe")
MAX_LINKED = 0.25
"""Share of an element's text that its links may be where sentences overrule a name such as
`widget`: of 68 releases of the pages of `make accuracy` 67 have at most 0.15."""
_NEUTRAL_WORDS = frozenset(_NEUTRAL_VOCABULARY.split())
_VERDICTS = re.compile(
    r"(?i)(?:^|[\s_-])(?:side-bar|sr-only|visually-?hidden|screen-reader-\w+|cookie-?[^\W_]*|"
    r"addtoany\w*|article-info|breadcrumb[^\W_]*|read-?more|mehr-?zum-?thema|back-?to-?top|report-?a-?problem|"
    r"related-?(?:content|links?|news|posts?|articles?|stories|items?)|"
    r"skip-?(?:link|nav|to)\w*|newsletter[^\W_]*|subscri[^\W_]+|nav-?skip|aural|jp-relatedposts|sharedaddy)"
    r"(?:$|[\s_-])"
)
_OF_TEXT = re.compile(r"(?i)(?:^|[_-])(?:content|text|body|article|story|page|main)(?:$|[_-])")
"""Words that make such a name that of a text (`newsletter-text`, `cookie-law-article`)."""
_OF_STATE = re.compile(
    r"(?i)^(?:has|is|no|without|hide)[_-]|"
    r"[_-](?:enabled|disabled|accepted|active|open|closed|on|off|free|only|target)$"
)
"""Names that say how something is, or what stands elsewhere (`sidebar-right-open`)."""
_METADATA = re.compile(
    r"(?i)from|issued by|published|published (?:on|by|date)|first published|last updated|updated|"
    r"date|"
    r"release date|author|type|organisations?|part of|history|location|category|categories|topics?|"
    r"datum|stand|veröffentlicht(?: am)?|herausgeber|date de publication|publié le|fecha|fuente|"
    r"data|fonte|datum publicatie|publicerad|publisert|julkaistu|opublikowano|дата|発表日|公開日|"
    r"日期|來源"
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def remove_furniture(root: Any, headline: Any | None, running: int) -> None:
    """Takes menus, footers, sharing and the like out of the tree; what holds the headline stays.

    :param running: characters of the page that do not stand in links.
    """
    protected = {headline, *headline.iterancestors()} if headline is not None else set()
    stack = [root]
    while stack:
        element = stack.pop()
        if element not in protected and _may_go(element) and _goes(element, running):
            element.drop_tree()
        else:
            stack.extend([child for child in element if isinstance(child.tag, str)])


def is_called_tail(element: Any, names: set[str]) -> bool:
    """Whether an element below a text is furniture by its tag, or one of its names holds a word for
    what stands there."""
    return element.tag in _BY_TAG or any(map(_holds_tail_word, names))


def _may_go(element: Any) -> bool:
    """Whether an element's tag, or something that it is called, may be that of furniture."""
    tag = element.tag
    return tag not in _NEVER and (tag in _BY_TAG or bool(element.keys()))


def _goes(element: Any, running: int) -> bool:
    """Whether an element is furniture by its tag, its role or its name.

    What holds most of the page's text stays whatever it is (`content-with-sidebar`); a name that
    is not furniture alone (`share-article-body`) is no verdict on prose, and neither is one that
    never stands for prose (`widget`).
    """
    by_tag = _is_furniture_tag(element)
    if not by_tag and element.tag in ("footer", "header"):
        return False
    called = "" if by_tag else f"{element.get('class') or ''} {element.get('id') or ''}"
    verdict = by_tag or _is_called_furniture(called)
    if not verdict and not _holds_furniture_word(called):
        return False
    if element.tag in ("nav", "footer") or element.get("role") == "navigation":
        return True
    if not by_tag and _is_overruled(element, called, verdict) and _is_prose(element):
        return False
    return _running(element) <= 0.5 * running


def _is_overruled(element: Any, called: str, verdict: bool) -> bool:
    """Whether prose in an element would be text whatever its name: one that holds a word for
    furniture among others, one that never stands for prose, or any with text on both sides."""
    if not verdict:
        return True
    return _is_text_alone(element) and (not _may_hold_prose(called) or _stands_in_text(element))


def _stands_in_text(element: Any) -> bool:
    """Whether a headline or prose stands before an element, beside it, and prose right after it."""
    after = element.getnext()
    if after is None or after.tag not in _PARTS or not _has_sentence(after):
        return False
    return any(
        before.tag in ("h1", "h2") or next(before.iter("h1"), None) is not None
        or _has_sentence(before)
        for before in element.itersiblings(preceding=True)
    )  # fmt: skip


def _has_sentence(element: Any) -> bool:
    return any(is_sentence(one_line(each.text_content())) for each in element.iter("p"))


def _is_furniture_tag(element: Any) -> bool:
    tag = element.tag
    if tag == "dl":
        return _states_metadata(element)
    if tag in _FURNITURE or element.get("role") in _ROLES:
        return not (tag == "form" and _running(element) > 1_000)
    if tag in ("footer", "header"):
        inside = any(up.tag in ("article", "main", "section") for up in element.iterancestors())
        small = tag == "footer" and _running(element) < 200 and not _begins_notes(element)
        return not inside or small
    return False


def _begins_notes(element: Any) -> bool:
    """Whether the first words of an element head notes to editors, which are of the text."""
    first = next((each for each in map(one_line, element.itertext()) if each), "")
    return is_phrase("notes", first)


def _states_metadata(terms: Any) -> bool:
    """Whether a list of terms says when and by whom the page was published, and no more."""
    labels = [one_line(each.text_content()).rstrip(" :：") for each in terms.iter("dt")]
    return bool(labels) and all(_METADATA.fullmatch(label) for label in labels)


@lru_cache(maxsize=1 << 14)
def _is_called_furniture(called: str) -> bool:
    """Whether one of the names is made of words for furniture alone (`site-footer`)."""
    for name in called.split():
        if _OF_STATE.search(name):
            continue
        verdict = _VERDICTS.search(name)
        if verdict and not _OF_TEXT.search(name, verdict.end() - 1):
            return True
        words = [word.lower() for word in _WORDS.findall(name)]
        named = sum(word in _FURNITURE_WORDS for word in words)
        if named and all(word in _FURNITURE_WORDS or word in _NEUTRAL_WORDS for word in words):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def _holds_furniture_word(called: str) -> bool:
    return any(word.lower() in _FURNITURE_WORDS for word in _WORDS.findall(called))


@lru_cache(maxsize=1 << 14)
def _holds_tail_word(called: str) -> bool:
    words = {word.lower() for word in _WORDS.findall(called)}
    return not words.isdisjoint(_TAIL_WORDS) and not _OF_TEXT.search(called)


@lru_cache(maxsize=1 << 14)
def _may_hold_prose(called: str) -> bool:
    """Whether furniture of such a name has sentences of its own."""
    words = {word.lower() for word in _WORDS.findall(called)} & _FURNITURE_WORDS
    return not words or not words <= _WITHOUT_PROSE


def _is_text_alone(element: Any) -> bool:
    """Whether an element has nothing to click or fill in and few links."""
    if next(element.iter(*_CONTROLS), None) is not None:
        return False
    length = len(element.text_content())
    return length - _running(element) <= MAX_LINKED * length


def _is_prose(element: Any) -> bool:
    """Whether an element holds sentences, and not as teasers under headings that lead elsewhere."""
    teasers = sum(
        1
        for tag in ("h2", "h3", "h4")
        for each in element.iter(tag)
        if each.find(".//a") is not None
    )
    return teasers < 2 and any(
        is_sentence(one_line(each.text_content())) for each in element.iter("p", "div", "td", "li")
    )


def _running(element: Any) -> int:
    """Characters of text that do not stand in links."""
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return len(element.text_content()) - linked
