"""Which of a page's headings is its headline."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from index.same_text import letters_of
from index.sources.page.blocks import Block, one_line, width
from index.sources.page.headings import headings_of, is_titled, leads_home, level_of
from index.sources.page.line_above_day import line_above_day
from index.sources.page.line_above_text import line_above_text
from index.sources.page.metadata import Metadata
from index.sources.page.name_forms import without_site_words
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import (
    MAX_NAME_WORDS,
    MIN_AGREEING,
    is_bodys_name,
    is_day_alone,
    is_generic,
    is_section,
    names_kind,
    title_parts,
    title_runs,
)
from index.text.folding import fold

MIN_SENTENCE_WORDS = 4
"""Words from which the heading below the name of a place or body is a headline."""
MIN_SHORT = 6
"""Width of a headline below a kicker where it is what the title begins with; names are shorter."""

_AFTER_KIND = re.compile(r"\s*(\S[^:：|–—]{2,49}?)(?:\s*[:：|–—]|\s+-\s)\s*(\S.*)", re.DOTALL)

_AFTER_TOPIC = re.compile(
    r"^(?:ال)?(?:سياس[يةه]{1,2}|اقتصاد(?:ي[ةه]?)?|ثقاف[يةه]{1,2}|رياض[يةه]{1,2}|اجتماعي[ةه]?|عامة?|"
    r"تعليم(?:ي[ةه]?)?|صح[يةه]{1,2}|ديني[ةه]?|محلي[ةه]?|دولي[ةه]?|أمني[ةه]?|علمي[ةه]?|بيئي[ةه]?|"
    r"منوعات)\s*/\s*(?=\S+\s+\S+\s+\S)"
)
"""The topic that agencies of Arabic countries put before a headline (`اقتصادي / ...`)."""


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
    sites |= {fold(part) for part in parts[1:] if is_bodys_name(part)}
    claims = [text for text in _claims(metadata) if not is_generic(text, sites)]
    claims = [text for text in claims if not _names_site(text)]
    best, confirmed, shown = _chosen_heading(metadata, blocks, claims, sites)
    text = best.text if best is not None else next(iter(claims), None)
    if text is None:
        best, text = _unclaimed(parts, shown, blocks, sites)
    if text is None:
        return None
    element = best.element if best is not None else None
    sure = [*claims, *parts[:1]]
    claims = [*claims, *title_runs(metadata.title), *parts]
    text = _without_kind(_without_kicker(text, element, claims, sure))
    others = tuple(part for part in parts if not _is_part(fold(part), text))
    return Headline(one_line(text), element, others, confirmed)


class _ChosenHeading(NamedTuple):
    """A heading, whether metadata confirm it, and the headings that it was chosen from."""

    best: Block | None
    confirmed: bool
    shown: list[Block]


def _chosen_heading(
    metadata: Metadata, blocks: list[Block], claims: list[str], sites: set[str]
) -> _ChosenHeading:
    shown = [each for each in headings_of(blocks) if not is_generic(each.text, sites)]
    headings = [each for each in shown if not leads_home(each)]
    shown = _below_mastheads(headings)
    titled = fold(metadata.title)
    below = [each for each in shown if not _is_named_in(titled, each.text)]
    letterhead = is_bodys_name(metadata.title) and (
        _may_be_headline(below, shown) if below else line_above_text([], blocks, sites) is not None
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
    best = _below_a_name(best, shown, metadata, blocks) or _without_site(best, shown) or best
    return _ChosenHeading(best, confirmed, shown)


def _unclaimed(
    parts: list[str], shown: list[Block], blocks: list[Block], sites: set[str]
) -> tuple[Block | None, str | None]:
    """A headline that neither a heading nor metadata have: a line of the page, or the title's."""
    usable = (part for part in parts if not is_generic(part, sites))
    named = next((part for part in usable if not is_bodys_name(part)), None)
    best = line_above_text(shown, blocks, sites)
    if best is None and len((named or "").split()) < MIN_SENTENCE_WORDS:
        best = line_above_day(blocks, sites)
    text = best.text if best is not None else _spelled_out(named, shown)
    if text is None:
        best = _day_that_heads(blocks, parts)
        text = best.text if best is not None else None
    return best, text


def _without_site(best: Block | None, shown: list[Block]) -> Block | None:
    """The heading that repeats the chosen one without its last parts, which name the site."""
    if best is None or len(title_parts(best.text)) == 1:
        return None
    runs = {letters_of(run) for run in list(title_runs(best.text))[1:]}
    other = (each for each in shown if not each.linked and letters_of(each.text) in runs)
    return next((each for each in other if len(letters_of(each.text)) >= MIN_AGREEING), None)


def _day_that_heads(blocks: list[Block], parts: list[str]) -> Block | None:
    """The one heading of the first level, where it and the title's first part are the same day:
    daily reports have no other headline."""
    first = [each for each in headings_of(blocks) if level_of(each.element) <= 1]
    titled = len(first) == 1 and parts and fold(first[0].text) == fold(parts[0])
    return first[0] if titled and is_day_alone(first[0].text) else None


def _is_named_in(title: str, heading: str) -> bool:
    """Whether a heading is a page's title (folded), or a body's name that this joins to another."""
    name = fold(heading)
    return name == title or (name in title.split(", ") and is_bodys_name(heading))


def _spelled_out(part: str | None, shown: list[Block]) -> str | None:
    """A part of a title, or the heading that begins with it and says more."""
    begins = (each.text for each in shown if part and fold(each.text).startswith(fold(part)))
    return next(begins, part)


def first_headings(metadata: Metadata, blocks: list[Block]) -> tuple[str, ...]:
    """The headings of the first level in page order, without those that name the site."""
    sites = {fold(name) for name in metadata.site_names}
    found = [each for each in headings_of(blocks) if level_of(each.element) <= 1]
    named = (each.text for each in found if not each.linked and fold(each.text) not in sites)
    return tuple(name for name in named if not is_bodys_name(name))


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
    if below is None or level_of(below.element) <= level_of(best.element) or below.linked:
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


def _is_part(part: str, headline: str) -> bool:
    """Whether a part of a title is the headline, or one of its parts; a name in it is not."""
    if part in {fold(each) for each in (headline, *title_parts(headline))}:
        return True
    if len(letters_of(headline)) >= MIN_AGREEING // 2 and letters_of(headline) in letters_of(part):
        return True
    return part in fold(headline) and 2 * len(part) > len(headline)


def _below_mastheads(shown: list[Block]) -> list[Block]:
    """Headings without those in the head of a page that are no more than names of bodies."""
    kept = [each for each in shown if not (_is_of_head(each.element) and is_bodys_name(each.text))]
    return kept or shown


def _is_of_head(element: Any) -> bool:
    """Whether an element stands in the head of a page, not in that of a text."""
    around = [each.tag for each in element.iterancestors()]
    return "header" in around and "article" not in around and "main" not in around


def _may_be_headline(below: list[Block], shown: list[Block]) -> bool:
    """Whether a heading besides those that are the title is one that a headline may have."""
    deepest = level_of(shown[0].element) + 2 if shown else 0
    return any(level_of(e.element) <= deepest and not is_phrase("related", e.text) for e in below)


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
    text = _AFTER_TOPIC.sub("", text)
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


def _names_site(text: str) -> bool:
    """Whether a claimed title is the name of a body with what says that it stands for its site
    (`雲濱縣政府全球資訊網`), which some systems claim for every page."""
    name = without_site_words(text)
    return name != text and is_bodys_name(name)


def _ends_in_site(text: str, sites: set[str]) -> bool:
    parts = title_parts(text)
    return len(parts) > 1 and (fold(parts[-1]) in sites or is_section(parts[-1]))


def _only_titled(shown: list[Block]) -> Block | None:
    """The one cell behind the word for title, on a board without a heading of its own."""
    titled = [each for each in shown if is_titled(each.element)]
    return titled[0] if len(titled) == 1 else None


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
        score += 0.5 if level_of(heading.element) <= 1 else 0
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
    main = [each for each in shown if level_of(each.element) <= 1]
    inside = [each for each in main if _in_main(each.element)]
    if len(inside) == 1:
        return inside[0]
    return main[0] if len(main) == 1 else None


def _in_main(element: Any) -> bool:
    return any(
        each.tag in ("main", "article") or each.get("role") == "main"
        for each in element.iterancestors()
    )


def _shown_title_part(blocks: list[Block], title: str, sites: set[str]) -> Block | None:
    """A line of the page that is a part of its title: pages without headings show it so."""
    parts = title_parts(title)
    runs = [run for run in (*title_runs(title), *parts) if not is_generic(run, sites)]
    runs = [run for run in runs if len(parts) == 1 or not is_bodys_name(run)]
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
