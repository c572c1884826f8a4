"""Which of a page's headings is its headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, takewhile
from typing import Any, NamedTuple

from index.addresses import split_address
from index.same_text import letters_of
from index.sources.issuer_lines import names_issuer
from index.sources.issuers import is_institution, is_name
from index.sources.page.blocks import Block, one_line, width
from index.sources.page.line_above_day import line_above_day
from index.sources.page.lines import SENTENCE_END, is_sentence
from index.sources.page.metadata import Metadata
from index.sources.page.stock_phrases import MAX_PHRASE, is_phrase
from index.sources.page.title_lines import (
    MAX_HEADLINE,
    is_day_alone,
    is_generic,
    is_section,
    names_kind,
    title_parts,
    title_runs,
)
from index.text.analysis import fold

MIN_PARAGRAPH, MIN_SENTENCE = 120, 80
"""Characters from which a line is a paragraph of the text, and where none is, from which a line
that ends as a sentence does may be one; an East Asian character counts as three."""
MAX_NAME_WORDS, MIN_SENTENCE_WORDS = 5, 4
"""Words up to which a heading can be the name of a place or body, and from which the one below it
is a headline."""
_TELLS = re.compile(r" (?!ت\w\wي)[تي](?!\w*ة\b)\w{3,}")
"""A verb of Arabic in the present: in names nouns have the article, or other forms."""
MIN_CAPITAL_WORDS = 3
"""Words in capitals from which a line may be a headline; two may be a kind or a place."""
MIN_AGREEING = 12
"""Characters that a heading and a title must share to be one, where they are not equal."""

MIN_SHORT = 6
"""Width of a headline below a kicker where it is what the title begins with; names are shorter."""

_HOME = frozenset(["/", "./", "index.html", "/index.html", "index.php", "/index.php"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_LEVELS = frozenset("1234")
"""What `aria-level` says of an element whose role is that of a heading."""
_NAMES = ("class", "id", "itemprop")
_HEADING_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:lbl|lit)?(?:head(?:line|ing)|title|titel|titre|subject|h1)(?:$|[\s_-])"
)

_AFTER_KIND = re.compile(r"\s*(\S[^:：|–—]{2,49}?)(?:\s*[:：|–—]|\s+-\s)\s*(\S.*)", re.DOTALL)
_BOLD = frozenset(["b", "strong", "font"])
_BOLD_BY_STYLE = re.compile(
    r"(?i)font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)|font-size\s{0,9}:\s{0,9}"
    r"(?:x{0,2}-?large|(?:2\d|[3-6]\d)(?:\.\d{1,3})?px|(?:1[5-9]|[2-4]\d)(?:\.\d{1,3})?pt)"
)
"""How a page without headings sets a line off by its style."""


class Headline(NamedTuple):
    """The headline, the element that shows it (None: only metadata have it), other titles, and
    whether both a heading and the metadata have it."""

    text: str
    element: Any | None
    other_titles: tuple[str, ...]
    confirmed: bool


def find_headline(metadata: Metadata, blocks: list[Block]) -> Headline | None:
    """The heading that metadata confirm, else the only real one, else what metadata claim.

    A page shows several headings (its logo, its menus, boxes) and claims several titles (with the
    name of the site, cut off, in capitals); the headline is where the two meet.
    """
    sites = {fold(name) for name in metadata.site_names}
    parts = title_parts(metadata.title)
    sites |= {fold(part) for part in parts[1:] if _is_bodys_name(part)}
    claims = [text for text in _claims(metadata) if not is_generic(text, sites)]
    shown = [each for each in _headings(blocks) if not is_generic(each.text, sites)]
    headings = [each for each in shown if not _leads_home(each)]
    shown = _below_mastheads(headings)
    titled = fold(metadata.title)
    below = [each for each in shown if not _is_named_in(titled, each.text)]
    letterhead = _is_bodys_name(metadata.title) and (
        _may_be_headline(below, shown) if below else _above_text([], blocks, sites) is not None
    )
    if letterhead:
        shown = below
    best = _agreeing(shown, claims, "" if letterhead else metadata.title)
    confirmed = best is not None
    if best is None:  # a heading that is a link leads to another page
        shown = [each for each in shown if each.linked < 0.9 * len(each.text)]
        alone = shown[0] if len(shown) == 1 < len(headings) else None
        best = _only_main_heading(shown) or alone or _only_titled(shown)
        if best is None and not letterhead:
            best = _shown_title_part(blocks, metadata.title, sites)
    best = _below_a_name(best, shown, metadata, blocks) or best
    text = best.text if best is not None else next(iter(claims), None)
    if text is None:
        usable = (part for part in parts if not is_generic(part, sites))
        named = next((part for part in usable if not _is_bodys_name(part)), None)
        best = _above_text(shown, blocks, sites)
        if best is None and len((named or "").split()) < MIN_SENTENCE_WORDS:
            best = line_above_day(blocks, sites)
        text = best.text if best is not None else _spelled_out(named, shown)
    if text is None:
        best = _day_that_heads(blocks, parts)
        text = best.text if best is not None else None
    if text is None:
        return None
    sure = [*claims, *parts[:1]]
    claims = [*claims, *title_runs(metadata.title), *parts]
    text = _without_kicker(text, best.element if best is not None else None, claims, sure)
    text = _without_kind(text)
    others = tuple(part for part in parts if not _is_part(fold(part), text))
    return Headline(one_line(text), best.element if best is not None else None, others, confirmed)


def _day_that_heads(blocks: list[Block], parts: list[str]) -> Block | None:
    """The one heading of the first level, where it and the title's first part are the same day:
    daily reports have no other headline."""
    first = [each for each in _headings(blocks) if _level(each.element) <= 1]
    titled = len(first) == 1 and parts and fold(first[0].text) == fold(parts[0])
    return first[0] if titled and is_day_alone(first[0].text) else None


def _is_named_in(title: str, heading: str) -> bool:
    """Whether a heading is a page's title (folded), or a body's name that this joins to another."""
    name = fold(heading)
    return name == title or (name in title.split(", ") and _is_bodys_name(heading))


def _spelled_out(part: str | None, shown: list[Block]) -> str | None:
    """A part of a title, or the heading that begins with it and says more."""
    begins = (each.text for each in shown if part and fold(each.text).startswith(fold(part)))
    return next(begins, part)


def first_headings(metadata: Metadata, blocks: list[Block]) -> tuple[str, ...]:
    """The headings of the first level in page order, without those that name the site."""
    sites = {fold(name) for name in metadata.site_names}
    found = [each for each in _headings(blocks) if _level(each.element) <= 1]
    named = (each.text for each in found if not each.linked and fold(each.text) not in sites)
    return tuple(name for name in named if not _is_bodys_name(name))


def _below_a_name(
    best: Block | None, shown: list[Block], metadata: Metadata, blocks: list[Block]
) -> Block | None:
    """The second heading, where the first is the page's whole title, a proper name (`Fire Island
    National Seashore`), and stands right above it, with the date below the second."""
    if best is None or metadata.headlines or letters_of(best.text) != letters_of(metadata.title):
        return None
    places = [place for place, block in enumerate(blocks) if block.element is best.element]
    under = blocks[places[-1] + 1 : places[-1] + 4] if places else []
    below = next((each for each in shown if under and each.element is under[0].element), None)
    if below is None or _level(below.element) <= _level(best.element) or below.linked:
        return None
    dated = any(is_day_alone(block.text) for block in under[1:])
    return below if dated and _is_proper_name(best.text, below.text) else None


def _is_proper_name(name: str, beside: str) -> bool:
    """Whether a heading is written as a name and the one beside it as a sentence."""
    words = [re.findall(r"[^\W\d_]{3,}", text) for text in (name, beside)]
    if not all(words) or len(words[0]) > MAX_NAME_WORDS:
        return False
    capital = [sum(word[0].isupper() for word in each) / len(each) for each in words]
    return capital[0] == 1 and capital[1] <= 0.5 and len(words[1]) >= MIN_SENTENCE_WORDS


def _leads_home(heading: Block) -> bool:
    """Whether a heading is the link to the home page, with the site's name or logo in it."""
    links = list(heading.element.iter("a")) if 10 * heading.linked > 9 * len(heading.text) else []
    address = split_address(links[0].get("href") or "#") if links else None
    if address is None or address.query or address.fragment:
        return False
    return address.path in _HOME or bool(address.netloc and not address.path)


def _is_part(part: str, headline: str) -> bool:
    """Whether a part of a title is the headline, or one of its parts; a name in it is not."""
    if part in {fold(each) for each in (headline, *title_parts(headline))}:
        return True
    if len(letters_of(headline)) >= MIN_AGREEING // 2 and letters_of(headline) in letters_of(part):
        return True
    return part in fold(headline) and 2 * len(part) > len(headline)


def _below_mastheads(shown: list[Block]) -> list[Block]:
    """Headings without those in the head of a page that are no more than names of bodies."""
    kept = [each for each in shown if not (_is_of_head(each.element) and _is_bodys_name(each.text))]
    return kept or shown


def _is_of_head(element: Any) -> bool:
    """Whether an element stands in the head of a page, not in that of a text."""
    around = [each.tag for each in element.iterancestors()]
    return "header" in around and "article" not in around and "main" not in around


def _may_be_headline(below: list[Block], shown: list[Block]) -> bool:
    """Whether a heading besides those that are the title is one that a headline may have."""
    deepest = _level(shown[0].element) + 2 if shown else 0
    return any(_level(e.element) <= deepest and not is_phrase("related", e.text) for e in below)


def _is_bodys_name(title: str) -> bool:
    named = len(title_parts(title)) == 1 and is_institution(title) and is_name(title)
    if not named or title.lower() != title.upper():
        return named
    # Where letters have no case a verb looks like a name: `وزارة الصحة تطلق حملة` is a headline.
    short = len(title.partition(",")[0].split()) <= MAX_NAME_WORDS
    return names_issuer(title) and short and not _TELLS.search(title)


def _without_kicker(text: str, element: Any | None, claims: list[str], sure: list[str]) -> str:
    """A heading without the words above the headline that stand in the same element, where they
    have an element of their own and a claimed title lacks them; a short one only if it is `sure`
    to be the page's own."""
    if element is None:
        return text
    above = {
        letters_of(child.text_content()) for child in element.iter("*") if child is not element
    }
    for claim in claims:
        core, whole = letters_of(claim), letters_of(text)
        before = whole.removesuffix(core) if whole.endswith(core) else ""
        long = len(core) >= MIN_AGREEING or (claim in sure and width(core) >= MIN_SHORT)
        if before and long and before in above:
            return claim
    return text


def _without_kind(text: str) -> str:
    """A headline without the label before it (`Press release: ...`, `News release No. 5 - ...`)."""
    match = _AFTER_KIND.match(text)
    if match is None or not names_kind(match[1]):
        return text
    return match[2] if len(letters_of(match[2])) >= MIN_AGREEING else text


def _claims(metadata: Metadata) -> list[str]:
    """Titles that metadata claim, without parts that are in all of them the site's name."""
    sites = {fold(name) for name in metadata.site_names}
    found = []
    for text in metadata.headlines:
        runs = list(title_runs(text))
        text = next((run for run in runs if fold(run) and not _ends_in_site(run, sites)), text)
        found.append(text)
    return found


def _ends_in_site(text: str, sites: set[str]) -> bool:
    parts = title_parts(text)
    return len(parts) > 1 and (fold(parts[-1]) in sites or is_section(parts[-1]))


def _headings(blocks: list[Block]) -> list[Block]:
    """Headings in order of level (h1 first), then elements that are called headline or title."""
    found: list[tuple[int, Block]] = []
    for element, group in _by_heading(blocks):
        text = one_line(" ".join(block.text for block in group))
        if 3 < len(text) <= MAX_HEADLINE:
            found.append((_level(element), group[0]._replace(text=text, element=element)))
    found.sort(key=lambda each: each[0])
    return [block for _, block in found]


def _by_heading(blocks: list[Block]) -> Iterator[tuple[Any, list[Block]]]:
    """Runs of lines that stand in one heading element (`<br>` parts a headline into lines)."""
    current: Any = None
    group: list[Block] = []
    for block in blocks:
        heading = _heading_around(block.element)
        if heading is not current and group:
            yield current, group
            group = []
        current = heading
        if heading is not None:
            group.append(block)
    if group:
        yield current, group


def _heading_around(element: Any) -> Any | None:
    if _is_titled(element):
        return element
    each = element
    for up in range(5):
        if each is None:
            return None
        if each.tag in _HEADINGS or each.get("role") == "heading":
            return each
        if up < 2 and any(map(_is_called_heading, map(each.get, _NAMES))):
            return each
        each = each.getparent()
    return None


@lru_cache(maxsize=1 << 13)
def _is_called_heading(name: str | None) -> bool:
    return name is not None and _HEADING_CLASS.search(name) is not None


def _is_titled(cell: Any) -> bool:
    """Whether a cell of a table, as boards show their notices, stands behind the word for title."""
    label = cell.getprevious() if cell.tag in ("td", "dd") else None
    return label is not None and is_phrase("title", one_line(label.text_content())[:MAX_PHRASE])


def _only_titled(shown: list[Block]) -> Block | None:
    """The one cell behind the word for title, on a board without a heading of its own."""
    titled = [each for each in shown if _is_titled(each.element)]
    return titled[0] if len(titled) == 1 else None


def _level(element: Any) -> int:
    if (element.get("itemprop") or "") == "headline":
        return 0
    if element.tag in _HEADINGS:
        return int(element.tag[1])
    stated = element.get("aria-level") if element.get("role") == "heading" else None
    return int(stated) if stated in _LEVELS else 5


def _agreeing(shown: list[Block], claims: list[str], title: str) -> Block | None:
    """The shown heading that most claims confirm; of equals the longest, then the highest."""
    best: tuple[float, Block] | None = None
    counts = Counter(fold(each.text) for each in shown)
    claimed, titled = list(map(letters_of, claims)), letters_of(title)
    for place, heading in enumerate(shown):
        folded = letters_of(heading.text)
        score = sum(_agreement(folded, claim) for claim in claimed)
        score += _agreement(folded, titled) if len(folded) >= MIN_AGREEING else 0
        if score <= 0 or counts[fold(heading.text)] > 3:
            continue
        score += min(len(folded), 200) / 1_000 - place / 10_000
        score += 0.5 if _level(heading.element) <= 1 else 0
        if best is None or score > best[0]:
            best = (score, heading)
    return best[1] if best is not None else None


def _agreement(heading: str, claim: str) -> float:
    if heading == claim:
        return 2.0
    shorter, longer = sorted((heading, claim), key=len)
    if len(shorter) < MIN_AGREEING:
        return 0.0
    if longer.startswith(shorter):
        return 1.0 + len(shorter) / len(longer) / 2
    return len(shorter) / len(longer) if shorter in longer else 0.0


def _only_main_heading(shown: list[Block]) -> Block | None:
    main = [each for each in shown if _level(each.element) <= 1]
    inside = [each for each in main if _in_main(each.element)]
    if len(inside) == 1:
        return inside[0]
    return main[0] if len(main) == 1 else None


def _above_text(shown: list[Block], blocks: list[Block], sites: set[str]) -> Block | None:
    """The last heading, or line in bold, before the first paragraph: old pages have no more.

    A sentence in bold is a lead where another line in bold stands above it.
    """
    likely = chain(_paragraphs(blocks, MIN_PARAGRAPH), _paragraphs(blocks, MIN_SENTENCE))
    text = next(likely, 0)
    headings = {each.element: each for each in shown}
    before = [block for block in reversed(blocks[max(0, text - 12) : text]) if not block.linked]
    around = [headings.get(_heading_around(block.element)) for block in before]
    for place, heading in enumerate(around):
        if heading is not None:
            return _over_subtitle(heading, around[place + 1 :]) or heading
    lines = (block for block in before if _is_bold(block) or _is_in_capitals(block.text))
    usable = [
        each
        for each in lines
        if not is_generic(each.text, sites)
        and (not _may_be_letterhead(each.text) or _goes_on(each, before))
    ]
    lines_of_a_title = (each for each in usable if not is_sentence(each.text))
    found = next(lines_of_a_title, usable[0] if usable else None)
    return _with_lines_above(found, before) if found is not None else None


def _goes_on(line: Block, before: list[Block]) -> bool:
    """Whether a break alone parts a line from one above it that is no letterhead."""
    place = next(place for place, block in enumerate(before) if block is line)
    above = before[place + 1 : place + 2]
    return any(
        each.element is line.element and _is_in_capitals(each.text) == _is_in_capitals(line.text)
        and not is_generic(each.text, set()) and not _may_be_letterhead(each.text)
        for each in above
    )  # fmt: skip


def _with_lines_above(line: Block, before: list[Block]) -> Block:
    """A line in bold or capitals after those like it that `<br>` parts from it.

    :param before: the lines above the text, the nearest first.
    """
    places = [place for place, block in enumerate(before) if block is line]
    rest = takewhile(lambda each: each.element is line.element, before[places[0] + 1 :])
    alike = [*takewhile(lambda each: _is_bold(each) or _is_in_capitals(each.text), rest)]
    if any(is_generic(each.text, set()) or SENTENCE_END.search(each.text) for each in alike):
        return line
    text = " ".join(each.text for each in (*reversed(alike), line))
    return line._replace(text=text) if len(text) <= MAX_HEADLINE else line


def _over_subtitle(heading: Block, above: list[Block | None]) -> Block | None:
    """The heading right above one of a lower level, which then is its subtitle."""
    other = next((each for each in above[:2] if each is not heading), None)
    if other is None or not 1 < _level(other.element) < _level(heading.element):
        return None
    return None if _is_bodys_name(other.text) else other


def _may_be_letterhead(line: str) -> bool:
    """Whether a line in bold or capitals is short enough for the name of the body in it."""
    return is_institution(line) and len(line.split()) <= MAX_NAME_WORDS


def _paragraphs(blocks: list[Block], least: int) -> Iterator[int]:
    """The numbers of the lines that are paragraphs of running text."""
    for place, block in enumerate(blocks):
        if width(block.text) <= least or block.linked * 2 >= len(block.text):
            continue
        if least >= MIN_PARAGRAPH or SENTENCE_END.search(block.text):
            yield place


def _is_bold(block: Block) -> bool:
    bold = "".join(
        each.text_content()
        for each in block.element.iter()
        if each.tag in _BOLD or _BOLD_BY_STYLE.search(each.get("style") or "")
    )
    return len(block.text) >= MIN_AGREEING and letters_of(block.text) in letters_of(bold)


def _is_in_capitals(line: str) -> bool:
    """Whether a line is written in capitals, as headlines of plain pages are."""
    if not line.isupper() or len(line.split()) < MIN_CAPITAL_WORDS:
        return False
    letters = [char for char in line if char.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)  # `IST` among letters without case


def _in_main(element: Any) -> bool:
    return any(
        each.tag in ("main", "article") or each.get("role") == "main"
        for each in element.iterancestors()
    )


def _shown_title_part(blocks: list[Block], title: str, sites: set[str]) -> Block | None:
    """A line of the page that is a part of its title: pages without headings show it so."""
    parts = title_parts(title)
    runs = [run for run in (*title_runs(title), *parts) if not is_generic(run, sites)]
    runs = [run for run in runs if len(parts) == 1 or not _is_bodys_name(run)]
    lines: dict[str, Block] = {}
    for block in blocks:
        if block.linked < len(block.text):
            lines.setdefault(letters_of(block.text), block)
    found = (lines.get(letters_of(run)) for run in runs if len(letters_of(run)) >= MIN_AGREEING)
    best = next((each for each in found if each and not is_generic(each.text, sites)), None)
    if best is None or letters_of(parts[0]) in letters_of(best.text):
        return best
    words, shown = len(parts[0].split()), len(best.text.split())
    return None if words >= max(MIN_SENTENCE_WORDS, shown + 1) else best  # the site's name alone
