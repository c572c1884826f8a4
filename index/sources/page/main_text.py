"""The text of a release inside its page: what is left without menus, sharing, related news."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from index.release import Photo
from index.sources.page.blocks import Block, one_line, width
from index.sources.page.lines import heads_related, is_mostly_links, may_lead_to_headline
from index.sources.page.metadata import tidy_url
from index.text.folding import fold

COVERAGE = 0.9
"""Share of the running text that the element holds in which the release is looked for."""
MAX_ELSEWHERE = 2
"""Lines of links that may be headlines which the links of a text are; `make accuracy` is the same
with advice for all pages."""
MIN_ONE_TEXT = 1_000
"""Width of a text in one element from which nobody is asked for another: of the pages of `make
accuracy` a list has 585, the shortest release that is long enough 1,314."""
BESIDE = 0.75
"""Share of such a text that stands in children of the element."""
MIN_LINE = 20
"""Width of running text from which a line counts for where the text is."""
MAX_PHOTOS = 100
"""Pictures with captions of a page that are kept."""
_CAPTIONED = ("img", "figcaption")

_INNER = frozenset(
    ["p", "li", "ul", "ol", "tr", "tbody", "dd", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "center",
     "blockquote", "pre"]
)  # fmt: skip
"""Elements that are a part of a text, never the whole of it."""


def needs_advice(blocks: list[Block], headline: int) -> bool:
    """Whether something besides the text follows the headline: lines that lead elsewhere, or
    headings over related news. Else the text is all that there is, and nobody need be asked."""
    after = blocks[headline + 1 :]
    elsewhere = sum(may_lead_to_headline(block) and is_mostly_links(block) for block in after)
    return headline < 0 or elsewhere > MAX_ELSEWHERE or any(map(heads_related, after))


def is_one_text(main: Any, lines: list[Block]) -> bool:
    """Whether the lines of an element are a long text, one paragraph beside the other in it, and
    next to no lines that lead elsewhere: nobody would find another text in it."""
    if needs_advice(lines, 0):
        return False
    weights = [(running_width(block), block.element) for block in lines]
    whole = sum(weight for weight, _ in weights)
    own = sum(weight for weight, each in weights if each is main or each.getparent() is main)
    return whole >= MIN_ONE_TEXT and own >= BESIDE * whole


def find_main(root: Any, blocks: list[Block], headline: int, likely: str | None) -> Any:
    """The deepest element that holds nearly all of the running text after the headline.

    :param likely: the text that another extractor found; where there is one, only lines that it
        has too count, so a long box beside the text does not pull the choice up.
    """
    found = fold(re.sub(r"\s+", "", likely or ""))
    weights: dict[Any, int] = defaultdict(int)
    total = 0
    for place, block in enumerate(blocks):
        weight = running_width(block)
        if place <= headline or not weight:
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


def around_all(elements: list[Any]) -> Any | None:
    """The innermost element around all of some, itself no part of a text."""
    if not elements:
        return None
    around = [*reversed(list(elements[0].iterancestors())), elements[0]]
    for each in elements[1:]:
        inside = {each, *each.iterancestors()}
        while around and around[-1] not in inside:
            around.pop()
    while len(around) > 1 and around[-1].tag in _INNER:
        around.pop()
    return around[-1] if around else None


def running_width(block: Block) -> int:
    """Width of the running text of a line; of a short one 0."""
    weight = width(block.text) - block.linked
    return weight if weight >= MIN_LINE else 0


def content_range(blocks: list[Block], main: Any, headline: int) -> range:
    """The lines of the main element that come after the headline; all where it is not inside."""
    inside = set(main.iter())
    places = [place for place, block in enumerate(blocks) if block.element in inside]
    places = [place for place in places if place > headline] or places
    return range(places[0], places[-1] + 1) if places else range(0)


def take_figures(root: Any) -> list[tuple[Any, Any]]:
    """Takes pictures with captions out of the tree, as (what held it, figure), in page order.

    A caption is no part of the running text: a searcher would find it twice.
    """
    found = []
    for figure in list(root.iter("figure")):
        if next(figure.iterancestors("figure"), None) is not None:
            continue  # goes with the one around it
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
