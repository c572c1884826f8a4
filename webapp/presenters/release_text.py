"""The text of a release as its page shows it: numbered passages, with marks of a search."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from index.release import Release
from index.text.folding import fold
from search import Engine, SearchRequest
from webapp.presenters.anchor import Anchor
from webapp.presenters.body_blocks import MARK_ID, BodyBlock, body_blocks, marked_blocks
from webapp.presenters.marked import marked
from webapp.presenters.quotation import quotation_address, quoted_sentences
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.release_addresses import passage_address

MAX_MATCHES = 10
"""Matches that are linked to at the top: what a line of a phone holds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered block with the address of its quotation, and where it stands at the source.

    `marks`: the anchors of the words of the search in it.
    """

    number: int
    block: BodyBlock
    quotation: str
    at_source: str | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseText:
    """Headline and passages; `matches` leads to the first marks, `matches_in_words` counts all."""

    headline: Markup
    passages: tuple[Passage, ...]
    matches: tuple[Anchor, ...]
    matches_in_words: str


def present_text(
    links: Links, release: Release, engine: Engine, search: SearchRequest | None
) -> ReleaseText:
    """Headline and numbered blocks; where a search led here, with marks on its words."""
    headline = Markup.escape(wording.headline(links.language, release))
    shown = plain = list(body_blocks(release.body))
    if search is not None and search.text:
        [(marked_headline, body)] = engine.marked([release], search)
        headline = marked(marked_headline) or headline
        shown = list(marked_blocks(body, release.body))
    passages = tuple(_passages(links, release, plain, shown))
    count = _counted_matches(links.language, passages)
    return ReleaseText(headline, passages, _matches(passages), count)


def _passages(
    links: Links, release: Release, plain: Sequence[BodyBlock], shown: Sequence[BodyBlock]
) -> Iterator[Passage]:
    headline = _compared(release.headline)
    for number, (words, block) in enumerate(zip(plain, shown, strict=True), 1):
        if number == 1 < len(plain) and _compared(words.text) == headline:
            continue  # it stands above the text already; the others keep their numbers
        marks = tuple(re.findall(MARK_ID, block.text)) if shown is not plain else ()
        first_line = words.text.split("\n")[0].replace("\t", " ")
        sentence = _marked_sentence(plain, number, block) if marks else None
        yield Passage(
            number=number,
            block=block,
            quotation=quotation_address(links, release, number, sentence),
            at_source=passage_address(release.url, first_line) if marks else None,
            marks=marks,
        )


def _matches(passages: Sequence[Passage]) -> tuple[Anchor, ...]:
    marks = [mark for each in passages for mark in each.marks][:MAX_MATCHES]
    return tuple(Anchor(str(place), f"#{mark}") for place, mark in enumerate(marks, 1))


def _counted_matches(language: Language, passages: Sequence[Passage]) -> str:
    count = sum(len(each.marks) for each in passages)
    return language.ngettext("%(num)s match", "%(num)s matches", count, num=wording.number(count))


def _marked_sentence(plain: Sequence[BodyBlock], number: int, block: BodyBlock) -> int | None:
    """The number of the first sentence with a mark, of a paragraph that is quoted by sentences."""
    sentences = quoted_sentences(plain, number)
    at = len(html.unescape(re.split("<mark", block.text)[0]))
    return next((place for place, each in enumerate(sentences, 1) if at < each.end), None)


def _compared(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(".")
