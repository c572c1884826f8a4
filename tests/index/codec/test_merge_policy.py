"""Which segments become one: the bounds that `docs/index-format.md` names, and segments of others."""

from __future__ import annotations

import pytest
from whoosh.codec.whoosh3 import W3Segment

from index.codec.merge_policy import to_merge
from index.codec.segment import DatelineSegment
from index.codec.whoosh_codec import DatelineCodec


def segment(documents: int, deleted: int = 0) -> DatelineSegment:
    made = DatelineSegment(DatelineCodec(), "MAIN", documents)
    for number in range(deleted):
        made.delete_document(number)
    return made


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ([4_000, 1], [4_000, 1]),
        ([4_001, 1], []),
        ([10_000, 5_000], [10_000, 5_000]),
        ([10_001, 5_000], []),
        ([30_000, 10_000, 5_000], [30_000, 10_000, 5_000]),
        ([1, 50_000, 2, 3], [1, 2, 3]),
        ([7], []),
        ([], []),
    ],
)
def test_the_smallest_ones_as_long_as_the_next_is_small_or_not_twice_as_large(
    sizes: list[int], chosen: list[int]
) -> None:
    assert [each.doc_count() for each in to_merge([segment(size) for size in sizes])] == chosen


@pytest.mark.parametrize(("deleted", "anew"), [(100, False), (101, True), (400, True)])
def test_a_segment_of_which_more_than_a_quarter_is_deleted_is_written_anew(
    deleted: int, anew: bool
) -> None:
    worn, large = segment(400, deleted), segment(100_000)
    assert to_merge([large, worn]) == ([worn] if anew else [])
    assert to_merge([worn]) == ([worn] if anew else [])


def test_deleted_documents_do_not_make_a_segment_larger() -> None:
    """12,500 documents, of which 2,500 are deleted, are no more than twice 5,000."""
    both = [segment(12_500, 2_500), segment(5_000)]
    assert to_merge(both) == both


def test_what_a_commit_adds_counts_as_one_and_stands_last() -> None:
    old, new = [segment(9_000)], [segment(2_000), segment(2_500)]
    assert to_merge(old, new) == [*old, *new]
    assert to_merge(old, new[1:]) == []


def test_segments_of_other_codecs_are_left_alone() -> None:
    other = W3Segment(None, "MAIN", 5)
    ours = [segment(3), segment(4)]
    assert to_merge([other, *ours]) == ours
