"""A passage of a release to quote: a paragraph, or of a long one a sentence, with its citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from index.release import Release
from search.show.cutting import fragment_end, sentence_breaks
from webapp.presenters import citations
from webapp.presenters.body_blocks import BodyBlock, body_blocks
from webapp.presenters.citations import Citation
from webapp.site import wording
from webapp.site.languages import Language, html_language
from webapp.site.links import Links
from webapp.site.paths import paragraph_path, quotation_path, release_id_path
from webapp.site.release_addresses import passage_address

MAX_QUOTED = 600
"""Characters of a paragraph that is quoted whole, and of a sentence: some sentences of a speech."""


@dataclass(frozen=True, slots=True)
class QuotationView:
    """What is quoted: the words, and the quotation in two forms, with its address.

    `sentence` is its number in a paragraph that is quoted by sentences, else None; `previous` and
    `next` are the addresses of those beside it, as far as there are any.
    """

    heading: str
    headline: str
    language: str
    previous: str
    next: str
    plain: str
    markdown: str
    permanent: str
    at_source: str | None
    release: str
    canonical: str
    description: str


class Sentence(NamedTuple):
    """A sentence of a text from `start` to `end`; `text` has ellipses where one was cut."""

    start: int
    end: int
    text: str


def present_quotation(
    links: Links,
    release: Release,
    number: int,
    sentence: int | None,
    *,
    site: str,
    today: date,
) -> QuotationView | None:
    """A paragraph, or one of its sentences, as a quotation; None where the release has none such.

    :param sentence: from 1 on; the first for None, where the paragraph is quoted by sentences.
    """
    blocks = list(body_blocks(release.body))
    if not 1 <= number <= len(blocks):
        return None
    parts = quoted_sentences(blocks, number)
    if sentence is not None and not 1 <= sentence <= len(parts):
        return None
    shown = sentence or (1 if parts else None)
    text = parts[shown - 1].text if shown else blocks[number - 1].text
    permanent = links.whole(paragraph_path(release.id, number))
    said = citations.plain(cite(links, release, site=site, today=today))
    one_line = " ".join(text.split())
    quoted = one_line if one_line.startswith(("“", "「", '"')) else f"“{one_line}”"

    def beside(step: int) -> str:
        there = (shown or 0) + step
        return quotation_address(links, release, number, there) if 0 < there <= len(parts) else ""

    return QuotationView(
        heading=_heading(links.language, number, shown),
        headline=wording.headline(links.language, release),
        language=html_language(release.language),
        previous=beside(-1),
        next=beside(1),
        plain=f"{quoted}\n{said}\n{permanent}",
        markdown=_markdown(text, said, permanent),
        permanent=permanent,
        at_source=passage_address(release.url, text.strip("… ").split("\n")[0].replace("\t", " ")),
        release=links.release(release) + f"#p{number}",
        canonical=quotation_address(links, release, number, shown),
        description=quoted,
    )


def _heading(language: Language, number: int, sentence: int | None) -> str:
    if not sentence:
        return language.gettext("Quote paragraph %(number)s", number=number)
    return language.gettext(
        "Quote paragraph %(number)s, sentence %(sentence)s", number=number, sentence=sentence
    )


def cite(links: Links, release: Release, *, site: str, today: date) -> Citation:
    """What is cited of a release; its address here has no headline and no language in it."""
    here = links.whole(release_id_path(release.id))
    return citations.citation_of(links.language, release, here=here, site=site, accessed=today)


def quotation_address(
    links: Links, release: Release, number: int, sentence: int | None = None
) -> str:
    """The address of the page with a paragraph as a quotation, or with one of its sentences."""
    path = quotation_path(release.id, number)
    return links.page(f"{path}/{sentence}" if sentence and sentence > 1 else path)


def quoted_sentences(blocks: Sequence[BodyBlock], number: int) -> list[Sentence]:
    """The sentences that the paragraph of that number is quoted by; none where it is quoted whole.

    By sentences are quoted long ones, and one that is the whole text.
    """
    text = blocks[number - 1].text
    if len(blocks) > 1 and len(text) <= MAX_QUOTED:
        return []
    found = list(_sentences(text))
    return found if len(found) > 1 else []


def _sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text; those that are too long are cut between words."""
    start = 0
    for end, following in (*sentence_breaks(text, 0, len(text)), (len(text), len(text))):
        yield from _cut(text, start, end)
        start = following


def _cut(text: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    while end - at > MAX_QUOTED:
        cut, _ = fragment_end(text[:end], at, at + 1, end, MAX_QUOTED)
        cut = min(max(cut, at + MAX_QUOTED // 2), end)
        yield Sentence(at, cut, f"{'… ' * (at > start)}{text[at:cut].strip()} …")
        at = cut
    if text[at:end].strip():
        yield Sentence(at, end, f"{'… ' * (at > start)}{text[at:end].strip()}")


def _markdown(text: str, said: str, permanent: str) -> str:
    """A block quotation; what Markdown or HTML would read is escaped."""
    lines = [f"> {_escaped(line)}" for line in text.split("\n")]
    return "\n>\n".join(["\n".join(lines), f"> — {_escaped(said)} <{permanent}>"])


def _escaped(text: str) -> str:
    escaped = "".join("\\" + char if char in "\\`*_[]<>&#|~" else char for char in text)
    return escaped.replace("\t", " | ")
