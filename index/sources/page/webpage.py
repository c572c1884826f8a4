"""A release page of any government -> a draft, or the reason why the page is none."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any, NamedTuple

import lxml.etree

from index.dates.resolution import FoundDate
from index.release import Photo
from index.sources.day_of_name import dated_by_name
from index.sources.draft import Document, Draft, Refusal
from index.sources.encoding.mojibake import repair
from index.sources.html_text import element_text, plain, unescaped
from index.sources.page.blocks import (
    Block,
    blocks,
    one_line,
    parse,
    show_all,
    show_folded_headings,
    spell_out_headings,
)
from index.sources.page.date_lines import is_date_line, tells_a_day, without_dateline
from index.sources.page.days_apart import set_days_apart
from index.sources.page.documentation_page import shows_code
from index.sources.page.edge_lines import is_prose
from index.sources.page.embedded_data import embedded_draft
from index.sources.page.entry_days import days_of_entries
from index.sources.page.furniture import remove_furniture
from index.sources.page.headline import Headline, find_headline, first_headings
from index.sources.page.inner_lines import drop_inner_lines
from index.sources.page.lines import is_furniture_line
from index.sources.page.list_page import is_body_alone
from index.sources.page.main_text import (
    around_all,
    content_range,
    find_main,
    is_one_text,
    needs_advice,
    photos,
    take_figures,
)
from index.sources.page.metadata import Metadata, read_metadata
from index.sources.page.next_story import up_to_next_story
from index.sources.page.other_language import up_to_other_language
from index.sources.page.page_dates import order_of_page, page_dates, shown_order
from index.sources.page.page_kind import OF_SCRIPTS, PageText, refusal_reason
from index.sources.page.server_page import NO_TEXT
from index.sources.page.shadow_roots import show_shadow_roots
from index.sources.page.standing import Shown, is_titled_standing
from index.sources.page.stated_agency import page_agency
from index.sources.page.text_edges import MAX_LEADING, body_range
from index.sources.page.text_end import text_end
from index.sources.page.text_parts import going_on
from index.text.folding import fold

MAX_PAGE = 20_000_000
"""Characters of a page; a larger one is refused."""
MAX_FOR_EXTRACTOR = 3_000_000
"""Characters of a page up to which the general extractor is asked as well."""

OF_FRAMES = "a page of frames, which holds no text of its own; give the pages in its frames"

_HTML = re.compile(r"(?i)<(?:!doctype html|html|head|body|title|meta|div|p|h1|table|article)\b")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def recognise(text: str) -> bool:
    """Whether a text is an HTML page, by its content."""
    return bool(_HTML.search(text[:20_000]))


def read(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """One draft of a release page, or one refusal that says why the page is no release.

    Headline, date and agency are taken where metadata and what the page shows agree, else from
    what it shows. The network is never used.
    """
    if len(text) > MAX_PAGE:
        yield Refusal(document.name, f"the page has more than {MAX_PAGE:,} characters")
        return
    text = _NOT_XML.sub(" ", text)
    root = parse(text)
    if root is None:
        yield Refusal(document.name, "the page holds no HTML that can be read")
        return
    found = _read_page(root, text, document)
    if isinstance(found, Refusal) and found.reason == NO_TEXT:
        again = parse(text, noscript=True)
        if again is not None and show_all(again):
            found = _read_page(again, text, document)
    if isinstance(found, Refusal) and found.reason in OF_SCRIPTS:
        found = _in_data(text, document) or found
    yield found if isinstance(found, Refusal) else dated_by_name(found, document.name)


def _in_data(text: str, document: Document) -> Draft | None:
    """The release that a page holds for its scripts alone, issued by whom the page names."""
    root = parse(text)
    if root is None:
        return None
    metadata = read_metadata(root, document.url)
    draft = embedded_draft(root, metadata, document)
    if draft is None or draft.stated_agency:
        return draft
    agency = page_agency(root, metadata, blocks(root), -1, (metadata.title,))
    return replace(
        draft, stated_agency=agency.name, stated_agency_rule=agency.rule,
        weak_agency=draft.weak_agency or agency.weak, possible_agency=agency.possible,
    )  # fmt: skip


def _read_page(root: Any, text: str, document: Document) -> Draft | Refusal:
    if next(root.iter("frameset"), None) is not None:
        return Refusal(document.name, OF_FRAMES)
    _proxies = list(root.iter())  # lxml makes them anew at each visit unless somebody holds them
    _spell_out(root)
    metadata = read_metadata(root, document.url)
    every_block = blocks(root)
    with_code = shows_code(every_block)
    headline = find_headline(metadata, every_block)
    heading = _place(every_block, headline)
    titles = headline.other_titles if headline else ()
    agency = page_agency(root, metadata, every_block, heading, titles)
    running = sum(len(block.text) - block.linked for block in every_block)
    remove_furniture(root, headline.element if headline else None, running)
    found = _find_text(root, headline, metadata, len(text))
    name = headline.text if headline else None
    confirmed = headline is not None and headline.confirmed
    day_first = shown_order(every_block)
    order = order_of_page(every_block, day_first, document.url or metadata.url)
    listed = days_of_entries(every_block, heading)
    dates = page_dates(metadata, every_block, heading, found.shown, found.body, order, listed)
    own = found.lines if dates and confirmed else found.content  # else maybe a list under an intro
    if name is not None and is_body_alone(name):  # it may be the page of that body
        own = range(found.place + 1, len(found.shown))
    lines = [found.shown[each] for each in found.content]
    standing = _evidence(metadata, name, dates, lines, document, every_block, with_code)
    page = PageText(name, found.place, confirmed, found.shown, own, found.text)
    reason = refusal_reason(metadata, page, standing)
    if reason is not None or headline is None:
        return Refusal(document.name, reason or "no headline")
    return Draft(
        headline=one_line(unescaped(repair(headline.text)[0])),
        body=repair(found.text)[0],
        form="web-page",
        url=metadata.url,
        language=metadata.language,
        dates=dates,
        stated_agency=agency.name,
        stated_agency_rule=agency.rule,
        weak_agency=agency.weak,
        possible_agency=agency.possible,
        photos=found.photos,
        translations=metadata.translations,
        day_first=day_first,
    )


def _spell_out(root: Any) -> None:
    """Make text of what a browser shows in other ways: shadow roots, folded headings, days."""
    show_shadow_roots(root)
    spell_out_headings(root)
    show_folded_headings(root)
    set_days_apart(root)


class _FoundText(NamedTuple):
    """Where the text of a page stands among its lines without furniture.

    `place`: of the headline, -1 where no line shows it. `content`: all lines of the main element;
    `lines`: those up to the end of the text; `body`: those without date and labels around it.
    """

    shown: list[Block]
    place: int
    content: range
    lines: range
    body: range
    text: str
    photos: tuple[Photo, ...]


def _find_text(root: Any, headline: Headline | None, metadata: Metadata, length: int) -> _FoundText:
    """The text of a page whose furniture is gone; `length`: characters of its markup."""
    figures = take_figures(root)
    shown = blocks(root)
    place = _last_place(shown, headline)
    story = _story(shown, headline, place)
    main, content = _main(root, story, place, length)
    content = up_to_other_language(story, going_on(story, content, main, place))
    lines = range(content.start, text_end(story, content))
    body = body_range(shown, lines)
    drop_inner_lines(shown, body)
    text = _body_text(shown, body, main, headline, metadata)
    return _FoundText(shown, place, content, lines, body, text, photos(figures, main, metadata.url))


def _evidence(
    metadata: Metadata,
    name: str | None,
    dates: Sequence[FoundDate],
    lines: list[Block],
    document: Document,
    every_block: list[Block],
    with_code: bool,
) -> Shown:
    """What tells a standing page: no headings where a page states a day of issue and a headline."""
    issued = any(date.source != "updated" for date in dates)
    shows_release = issued and name is not None and not is_titled_standing(metadata)
    headings = () if shows_release else first_headings(metadata, every_block)
    address = document.url or metadata.url or document.name
    on_page = any(date.source == "page" for date in dates)
    return Shown(headings, name, issued, lines, address, every_block, on_page, with_code)


def _story(shown: list[Block], headline: Headline | None, place: int) -> list[Block]:
    """The lines of the story whose headline metadata confirm, without those of the next one."""
    confirmed = headline is not None and headline.confirmed and place >= 0
    return up_to_next_story(shown, place) if confirmed else shown


def _main(root: Any, shown: list[Block], headline: int, length: int) -> tuple[Any, range]:
    """The element that holds the text and its lines, with a general extractor's advice where it
    may say something else."""
    main = find_main(root, shown, headline, None)
    content = content_range(shown, main, headline)
    if length > MAX_FOR_EXTRACTOR or not needs_advice(shown, headline):
        return main, content
    if is_one_text(main, [shown[each] for each in content]):
        return main, content
    main = find_main(root, shown, headline, _extracted(copy.copy(root)))
    return main, content_range(shown, main, headline)


def _place(shown: list[Block], headline: Headline | None) -> int:
    """The number of the (last) line that shows the headline, -1 where none does."""
    if headline is None:
        return -1
    if headline.element is not None:
        inside = set(headline.element.iter())
        places = [place for place, block in enumerate(shown) if block.element in inside]
        wanted = fold(headline.text)
        exact = [place for place in places if fold(shown[place].text) in wanted]
        if exact or places:
            return (exact or places)[-1]
    wanted = fold(headline.text)
    return next((place for place, block in enumerate(shown) if fold(block.text) == wanted), -1)


def _last_place(shown: list[Block], headline: Headline | None) -> int:
    """The number of the line below which the text stands: of the headline, or of it again above the
    first sentence (in a letter that a service for bulletins shows under its own heading)."""
    place = _place(shown, headline)
    if headline is None or place < 0:
        return place
    wanted = fold(headline.text)
    above = takewhile(lambda each: not is_prose(shown[each]), range(place + 1, len(shown)))
    again = [each for each in islice(above, MAX_LEADING) if fold(shown[each].text) == wanted]
    return again[-1] if again else place


def _extracted(root: Any) -> str | None:
    """What trafilatura takes for the text of a page whose furniture is gone; None where it finds
    none or gives up."""
    import trafilatura  # takes as long as all of ours; records and feeds need it not

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(
            root, fast=True, include_comments=False, include_tables=True, favor_recall=True
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError,
            lxml.etree.LxmlError):  # fmt: skip
        return None  # its choice is advice only; ours stands without it
    return found or None


def _body_text(
    shown: list[Block], body: range, main: Any, headline: Headline | None, metadata: Metadata
) -> str:
    """The text of the main element, cut to the lines of the body, without headline and date."""
    if not body:
        return plain(metadata.body) if metadata.body else ""
    own = around_all([shown[place].element for place in body])
    main = main if own is None else own
    text = _between(element_text(main), shown[body.start].text, shown[body.stop - 1].text)
    parts = text.split("\n\n")
    title = fold(headline.text) if headline else ""
    while parts and (fold(one_line(parts[0])) == title or _is_label(parts[0])):  # above the text
        parts.pop(0)
    parts[:1] = map(without_dateline, parts[:1])
    return "\n\n".join(parts).strip("\n ")


def _between(text: str, first: str, last: str) -> str:
    """The part of a text from the line `first` to the line `last`, where both are found."""
    lines = text.split("\n")
    folded = [one_line(line) for line in lines]
    start = folded.index(first) if first in folded else _longest_beginning(folded, first)
    ends = [
        i
        for i, line in enumerate(folded)
        if line and (line.endswith(last[-200:]) or last in lines[i].split("\t"))
    ]
    ends = ends or [i for i, line in enumerate(folded) if line and last.endswith(line)]
    end = ends[-1] if ends and ends[-1] >= start else len(lines) - 1
    return "\n".join(lines[start : end + 1])


def _longest_beginning(lines: list[str], text: str) -> int:
    """The number of the line that is the most of a text's beginning; 0 where none is."""
    found = (i for i, line in enumerate(lines) if line and text.startswith(line[:200]))
    return max(found, key=lambda i: len(lines[i]), default=0)


def _is_label(part: str) -> bool:
    if "\n" in part or len(part) > 80:
        return False
    dated = is_date_line(part, None) and not tells_a_day(part)
    return dated or is_furniture_line(part)
