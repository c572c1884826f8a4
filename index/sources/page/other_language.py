"""Where a page goes on with the same release in another language."""

from __future__ import annotations

import re

from index.sources.page.blocks import Block

MIN_BEFORE = 3
"""Lines of a text above the heading from which on it is told again in another language."""
_HEADING = re.compile("h[1-6]")


def up_to_other_language(blocks: list[Block], content: range) -> range:
    """The lines of a text above the first heading that the page itself says to be in another
    language than they: what stands below it is a translation, and its headline."""
    own = _language(blocks[content.start]) if content else None
    if own is None:
        return content
    for place in content[MIN_BEFORE:]:
        if _HEADING.fullmatch(str(blocks[place].element.tag)):
            other = _language(blocks[place])
            if other is not None and other != own:
                return range(content.start, place)
    return content


def _language(block: Block) -> str | None:
    """The language that a line is said to be in, without its region or script."""
    for element in (block.element, *block.element.iterancestors()):
        stated = (element.get("lang") or element.get("xml:lang") or "").strip().lower()
        if stated:
            return re.split("[-_]", stated)[0]
    return None
