"""Links of the operator's at the foot of every page: an imprint, a statement on accessibility."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.addresses import is_web_address

MAX_LINKS = 8
"""More would be a menu, not a line."""
_MAIL = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+")


class FooterLink(NamedTuple):
    """What a link says, and where it leads."""

    text: str
    href: str


def read_footer_links(typed: str) -> tuple[FooterLink, ...]:
    """The links of `Imprint=https://example.org/imprint; Contact=mailto:press@example.org`.

    :raises ValueError: with a sentence, for a link without a text, of another kind, or too many.
    """
    pieces = [piece.partition("=") for piece in typed.split(";") if piece.strip()]
    links = tuple(FooterLink(text.strip(), href.strip()) for text, _, href in pieces)
    for link in links:
        if not link.text or not (is_web_address(link.href) or _MAIL.fullmatch(link.href)):
            raise ValueError(
                f"{link.text}={link.href} is no link; write Name=https://example.org/page, or "
                "Name=mailto:somebody@example.org, and a semicolon between two"
            )
    if len(links) > MAX_LINKS:
        raise ValueError(f"these are {len(links)} links; give at most {MAX_LINKS}")
    return links
