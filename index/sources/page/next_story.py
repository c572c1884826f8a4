"""Where a page goes on with another whole story below its own, as pages that never end do."""

from __future__ import annotations

import re

from index.sources.page.blocks import Block
from index.sources.page.date_lines import is_date_line
from index.sources.page.edge_lines import is_prose

MAX_ABOVE_DAY = 4
"""Lines below the headline of another story among which its day of issue stands."""
_HEADLINE = re.compile("h[1-4]")


def up_to_next_story(blocks: list[Block], headline: int) -> list[Block]:
    """The lines up to the headline of another story: a heading called like the headline, in an
    article of its own or over a day of its own.

    :param headline: the number of the line with the headline, which metadata confirm.
    """
    own = blocks[headline].element
    if _HEADLINE.fullmatch(str(own.tag)) is None:
        return blocks
    told = False
    for place in range(headline + 1, len(blocks)):
        if told and _is_like(blocks[place], blocks[headline]):
            below = blocks[place + 1 : place + 1 + MAX_ABOVE_DAY]
            dated = any(is_date_line(each.text, None) for each in below)
            if dated or _stands_in_article_alone(blocks[place], blocks[headline]):
                return blocks[:place]
        told = told or is_prose(blocks[place])
    return blocks


def _is_like(block: Block, headline: Block) -> bool:
    """Whether a line is a heading with the tag and the names of the headline, and another's."""
    one, other = block.element, headline.element
    alike = one.tag == other.tag and (one.get("class") or "") == (other.get("class") or "")
    return alike and not block.linked and block.text != headline.text


def _stands_in_article_alone(block: Block, headline: Block) -> bool:
    """Whether both lines stand in articles, and in no one article together."""
    articles = [set(each.element.iterancestors("article")) for each in (block, headline)]
    return all(articles) and articles[0].isdisjoint(articles[1])
