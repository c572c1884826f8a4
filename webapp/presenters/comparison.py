"""Two releases beside each other: what the one says and the other does not, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from index.release import Release
from webapp.presenters.body_blocks import body_blocks
from webapp.presenters.quotation import quoted_sentences
from webapp.presenters.release_head import ReleaseHead, present_head
from webapp.presenters.word_diff import DiffRow, diff_rows
from webapp.site.links import Links
from webapp.site.paths import with_query


class ComparisonView(NamedTuple):
    """Everything on the page; of texts that are the same, `differ` is false."""

    releases: tuple[ReleaseHead, ReleaseHead]
    rows: tuple[DiffRow, ...]
    differ: bool
    canonical: str


def present_comparison(links: Links, one: Release, other: Release) -> ComparisonView:
    """The page of two releases, the first in the column of what went."""
    texts = list(_pieces(one)), list(_pieces(other))
    return ComparisonView(
        releases=(present_head(links, one), present_head(links, other)),
        rows=diff_rows(*texts),
        differ=texts[0] != texts[1],
        canonical=comparison_address(links, one, other),
    )


def comparison_address(links: Links, one: Release, other: Release) -> str:
    """The address of two releases beside each other."""
    pairs = [("release", one.id), ("release", other.id)]
    return with_query(links.page("/compare"), pairs)


def _pieces(release: Release) -> Iterator[str]:
    """Headline and paragraphs; long ones by sentences, which a diff takes word by word."""
    yield release.headline
    blocks = list(body_blocks(release.body))
    for number, block in enumerate(blocks, 1):
        sentences = quoted_sentences(blocks, number)
        yield from [each.text for each in sentences] or [block.text]
