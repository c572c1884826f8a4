"""Which newspaper, broadcaster or news agency a page is of, that is no body by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from index.addresses import site_of
from index.sources.issuers import body_name
from index.sources.page.blocks import Block, one_line
from index.sources.page.metadata import Metadata, says_article
from index.sources.page.name_forms import is_wide, without_site_words
from index.sources.page.site_owner import copyright_owners, logos
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import is_day_alone, is_section, names_kind, title_parts
from index.text.folding import fold

MAX_OUTLET, MAX_WORDS = 60, 8
"""Characters and words of a name: those of 24 real outlets have up to 26 and four."""
AGREED = 2
"""Places of a page (the site's name, an end of its title, its logo, a label for the source; an
end of its title and its host) that call the site by one name, from which that is the outlet; one
more, for which its copyright counts too, of a page that does not call itself an article."""
MAX_LABELLED = 120
"""Characters of a line in which a label for the source stands with the day of issue."""
BESIDE = 6
"""Lines on both sides of the headline in which such a line stands."""
_NO_NAME = re.compile(r"[!?！？。…]|\.\s|\d{3}|^\W*$|://|^(?:www\.|@)")
_NO_OUTLETS = ("section", "related", "sharing", "contact", "standing", "vendor", "error", "home",
               "page", "own", "tags")  # fmt: skip
_EDITION = re.compile(
    r"(?i)(?<=新聞|時報|时报|日報|日报|晚报|晚報|新報|新报)(?:デジタル|電子版|电子版|オンライン)$"
)
"""How newspapers call what they have on the web."""
_PAPER = re.compile(r"\w{2}(?:新聞|时报|時報|뉴스|신문)$")
"""How newspapers are called that a section of news could be called, too."""
_SOURCE = re.compile(
    r"(?i)(?:来源|來源|稿源|출처|nguồn)\s*[:：]\s*([^:：|｜\d]{2,40}?)(?=\s{2}|$|[|｜]| [^ ]+[:：])"
)


def sure_outlet(metadata: Metadata) -> str | None:
    """The publisher of an article which structured data call a medium of news."""
    return next(_outlets(name for name, medium in metadata.publishers if medium), None)


def outlet_name(root: Any, metadata: Metadata, blocks: list[Block], headline: int) -> str | None:
    """The publisher that structured data name, what places of an article agree to call its site,
    or what it says its source is."""
    title = fold(blocks[headline].text) if headline >= 0 else ""
    sources = list(_sources(blocks, headline))
    named = list(_outlets(name for name, _ in metadata.publishers))
    article = bool(sources or metadata.dates) or says_article(metadata)
    holders = [] if article else list(_outlets(copyright_owners(blocks)))
    named.extend(_agreed(root, metadata, sources, holders, AGREED if article else AGREED + 1))
    named.extend(sources)
    return next((name for name in named if fold(name) != title), None)


def _agreed(
    root: Any, metadata: Metadata, sources: list[str], holders: list[str], needed: int
) -> Iterator[str]:
    """Names of the site that several places of the page have."""
    own = list(_outlets(metadata.site_names))
    ends = list(_outlets(title_parts(metadata.title)[1:][::-1]))
    if not own and not ends:
        return
    others = [{fold(name) for name in names} for names in (own, ends, sources, holders)]
    logo = {fold(name) for name in _outlets(logos(root))}
    sites = (site_of(metadata.url), *metadata.site_names)
    hosts = {label for site in sites for label in _labels(site)}
    for name in chain(own, ends):
        folded = fold(name)
        said = sum(folded in place for place in (*others, logo))
        of_host = folded in others[1] and re.sub(r"\W", "", folded) in hosts
        if said + of_host >= needed:
            yield name


def _labels(site: str) -> list[str]:
    """The parts of a host's name; none for a name that is none of a host."""
    labels = site.split(".")[:-1] if " " not in site else []
    return [fold(label).replace("-", "") for label in labels]


def _sources(blocks: list[Block], headline: int) -> Iterator[str]:
    """What labels beside the headline say is the source."""
    for block in blocks[max(0, headline - BESIDE) : headline + 1 + BESIDE] if headline >= 0 else ():
        match = _SOURCE.search(block.text) if len(block.text) <= MAX_LABELLED else None
        if match is not None:
            yield from _outlets([match[1]])


def _outlets(names: Iterable[Any]) -> Iterator[str]:
    """Names that may be an outlet's: no address, no section and no whole government."""
    for each in names:
        name = body_name(_EDITION.sub("", without_site_words(one_line(str(each)))))
        if name is not None and _may_be_outlet(name):
            yield name


def _may_be_outlet(name: str) -> bool:
    if len(name) > MAX_OUTLET or len(name.split()) > MAX_WORDS or _NO_NAME.search(name):
        return False
    if is_wide(name) or names_kind(name) or is_day_alone(name):
        return False
    if is_section(name) and _PAPER.search(name) is None:
        return False
    return len(name) > 1 and not any(is_phrase(kind, name) for kind in _NO_OUTLETS)
