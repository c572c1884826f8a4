"""The text of a release inside its page: what is left without menus, sharing, related news."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from index.release import Photo
from index.sources.page.blocks import Block, one_line
from index.sources.page.metadata import tidy_url
from index.text.analysis import fold

COVERAGE = 0.9
"""Share of the running text that the element holds in which the release is looked for."""
MAX_PHOTOS = 100
_CAPTIONED = ("img", "figcaption")

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_INNER = frozenset(["p", "li", "ul", "ol", "tr", "tbody", "dd", "dl", "h2", "h3", "h4", "center"])
"""Elements that are a part of a text, never the whole of it."""
_FURNITURE = frozenset(["nav", "aside", "form", "noscript", "button", "select", "dialog"])
_ROLE_NAMES = "navigation banner contentinfo search complementary dialog alertdialog menu menubar"
_ROLES = frozenset(_ROLE_NAMES.split())
_CALLED = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav(?:igation|bar)?|menu|breadcrumbs?|foot(?:er)?|side-?bar|share|sharing|"
    r"social(?:-?(?:media|links?|share))?|addthis\w*|related(?:-?(?:content|links?|news|posts?))?|"
    r"cookies?(?:-?\w+)?|consent|skip(?:-?(?:link|nav|to)\w*)?|sr-only|visually-?hidden|"
    r"screen-reader-\w+|"
    r"toolbar|pager|pagination|comments?|newsletter|subscri\w+|print(?:er|-?link|-?only)?|popup|"
    r"modal|"
    r"banner|masthead|search(?:-?(?:form|box|block))?|language-?\w*|translate|back-?to-?top|"
    r"advert\w*|widget|recommend\w*|feedback|report-?a-?problem|tags|noprint|service-?menu|"
    r"carousel|"
    r"accessibility|a11y|topbar|meganav|most-?read|see-?also|read-?more|mehr-?zum-?thema)(?:$|"
    r"[\s_-])"
)
_CONTENT = re.compile(
    r"(?i)(?:^|[\s_-])(?:article-?body|entry-?content|post-?content|field-name-body|"
    r"field--name-body|"
    r"news-?body|press-?release(?:-?(?:body|text|content))?|body-?text|main-?content|content-?main|"
    r"govspeak|rich-?text|story)(?:$|[\s_-])"
)
_JUNK_LINE = re.compile(
    r"(?i)^(?:share(?: (?:this|on|via)\b.{0,60})?:?|print(?: (?:this )?(?:page|article|version))?|"
    r"e-?mail(?: this.*)?|"
    r"tweet|facebook|twitter|linkedin|whatsapp|instagram|youtube|x|pdf|download pdf|"
    r"back(?: to .{0,40})?|top|"
    r"back to top|next|previous|prev|drucken|seite drucken|zum seitenanfang|nach oben|teilen|"
    r"zurück(?: .{0,40})?|"
    r"imprimer|partager|weitersagen|facebook twitter.*|listen|copy link|permalink|"
    r"return to .{0,40}|"
    r"skip to .{0,40}|\[?text size.*|a-? ?a\+?|related (?:content|links?|news|topics|documents?|"
    r"articles?).{0,40}|"
    r"###|# # #|-30-|NNNN|[*＊_=~-]{4,}|you are here:?.{0,100}|sie sind hier:?.{0,100}|"
    r"for immediate release:?|(?:press|news|media) releases?|pressemitteilung|medienmitteilung|"
    r"tell us what you think of .{0,30}|is this page useful\??|"
    r"(?:rss|subscribe)(?: .{0,40})?|©.*|copyright .*)$"
)

_RELATED = re.compile(
    r"(?i)^(?:related (?:news|content|links?|stories|articles|topics|information|press releases|"
    r"posts|documents)|"
    r"(?:more|other|latest|recent) (?:news|stories|press releases|releases|from .{3,60})|"
    r"you may also (?:like|be interested.*)|"
    r"das könnte sie auch interessieren|weitere (?:meldungen|informationen zum thema|artikel)|"
    r"mehr zum thema|"
    r"verwandte themen|à lire aussi|sur le même sujet|noticias relacionadas|相關新聞|相关新闻|"
    r"(?:previous|next) (?:article|release|story|post))\s*:?$"
)


def remove_furniture(root: Any, headline: Any | None) -> None:
    """Takes menus, footers, sharing and the like out of the tree; what holds the headline stays."""
    protected = {headline, *headline.iterancestors()} if headline is not None else set()
    whole = len(root.text_content()) or 1
    for element in list(root.iter()):
        if (
            not isinstance(element.tag, str)
            or element in protected
            or element.tag in ("html", "body")
        ):
            continue
        if not _is_furniture(element) or element.getparent() is None:
            continue
        if element.tag not in ("nav", "footer") and _running(element) > whole * 0.5:
            continue  # a wrapper whose name misleads (`content-with-sidebar`)
        element.drop_tree()


def _is_furniture(element: Any) -> bool:
    tag = element.tag
    if tag in _FURNITURE or element.get("role") in _ROLES:
        return not (tag == "form" and _running(element) > 1_000)
    if tag in ("footer", "header"):
        inside = any(up.tag in ("article", "main", "section") for up in element.iterancestors())
        return not inside or (tag == "footer" and _running(element) < 200)
    if tag in ("main", "article", "p", "td", "tr", "tbody", "body"):
        return False
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(len(called) > 1 and _CALLED.search(called) and not _CONTENT.search(called))


def _running(element: Any) -> int:
    """Characters of text that do not stand in links."""
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return len(element.text_content()) - linked


def find_main(root: Any, blocks: list[Block], headline: int, likely: str | None) -> Any:
    """The deepest element that holds nearly all of the running text after the headline.

    :param likely: the text that another extractor found; where there is one, only lines that it
        has too count, so a long box beside the text does not pull the choice up.
    """
    found = fold(re.sub(r"\s+", "", likely or ""))
    weights: dict[Any, int] = defaultdict(int)
    total = 0
    for place, block in enumerate(blocks):
        weight = len(block.text) - block.linked + 2 * len(_WIDE.findall(block.text))
        if place <= headline or weight < 20:
            continue
        if found and fold(re.sub(r"\s+", "", block.text))[:50] not in found:
            continue
        total += weight
        for element in (block.element, *block.element.iterancestors()):
            weights[element] += weight
    if not total:
        return root
    enough = [element for element, weight in weights.items() if weight >= COVERAGE * total]
    main = max(enough, key=lambda element: len(list(element.iterancestors())), default=root)
    while main.tag in _INNER and main.getparent() is not None:
        main = main.getparent()
    return main


def body_range(blocks: list[Block], main: Any, headline: int) -> range:
    """The lines of the main element that come after the headline (all of them where it is not
    inside), without sharing links and labels at both ends."""
    inside = set(main.iter())
    places = [place for place, block in enumerate(blocks) if block.element in inside]
    after = [place for place in places if place > headline]
    places = after or places
    if places:
        end = related_from(blocks, places[0])
        places = [place for place in places if place < end]
    while places and _is_edge(blocks[places[0]]):
        places.pop(0)
    while places and _is_edge(blocks[places[-1]]):
        places.pop()
    return range(places[0], places[-1] + 1) if places else range(0)


def related_from(blocks: list[Block], after: int) -> int:
    """The number of the first line after one that heads related news; where none does, the end."""
    places = range(max(0, after + 1), len(blocks))
    return next((place for place in places if _RELATED.match(blocks[place].text)), len(blocks))


def is_furniture_line(text: str) -> bool:
    """Whether a line is no text: a link to share, a label such as `Press release`, a star line."""
    return bool(_JUNK_LINE.match(text))


def _is_edge(block: Block) -> bool:
    if is_furniture_line(block.text):
        return True
    return (
        block.linked * 10 > len(block.text) * 9
        and len(block.text) < 60
        and block.element.tag not in ("p", "td")
    )


def take_figures(root: Any) -> list[tuple[Any, Any]]:
    """Takes pictures with captions out of the tree, as (what held it, figure), in page order.

    A caption is no part of the running text: a searcher would find it twice.
    """
    found = []
    for figure in list(root.iter("figure")):
        parent = figure.getparent()
        captioned_picture = all(next(figure.iter(tag), None) is not None for tag in _CAPTIONED)
        if captioned_picture and parent is not None and next(figure.iter("table"), None) is None:
            found.append((parent, figure))
            figure.drop_tree()
    return found


def photos(figures: list[tuple[Any, Any]], main: Any, base: str | None) -> tuple[Photo, ...]:
    """The pictures that stood in the main element, or in the article around it."""
    article = next(main.iterancestors("article", "main"), main)
    found: dict[str, Photo] = {}
    for parent, figure in figures:
        if article is not parent and article not in parent.iterancestors():
            continue
        caption = one_line(next(figure.iter("figcaption")).text_content())
        for image in figure.iter("img"):
            address = tidy_url(image.get("data-src") or image.get("src"), base)
            if address and caption and len(found) < MAX_PHOTOS:
                found.setdefault(address, Photo(address, caption))
    return tuple(found.values())
