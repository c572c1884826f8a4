"""Sorted strings of several segments merged into one list: terms of a field, values of a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from index.array_types import Ordinals
from index.codec.packing import starts_of
from index.codec.term_numbers import Texts
from index.kernel import loop

TOGETHER = 32
"""Segments whose strings are merged at once, since each string is compared with the next of all
others: 223 segments became one in 8.9 s for 10.2, with 0.77 GB at the most for 0.89."""


def merged_texts(segments: Iterable[Texts]) -> tuple[Texts, list[Ordinals]]:
    """The strings of all segments in order, each once, and (n,) the places among them of each
    segment's.

    :param segments: the sorted strings of each, none twice; taken as they are needed.
    """
    left = iter(segments)
    groups = [_merged(group) for group in iter(lambda: list(islice(left, TOGETHER)), [])]
    if len(groups) == 1:
        return groups[0]
    merged, of_groups = _merged([texts for texts, _ in groups])
    own = zip(of_groups, groups, strict=True)
    return merged, [of_group[each] for of_group, (_, places) in own for each in places]


def _merged(segments: Sequence[Texts]) -> tuple[Texts, list[Ordinals]]:
    bounds = starts_of(np.fromiter(map(len, segments), np.int64, len(segments)))
    if merge := loop("merge_terms"):
        sizes = [np.zeros(0, np.int64), *(each.sizes for each in segments)]
        joined = b"".join(each.joined for each in segments)
        found, merged, own = merge(joined, starts_of(np.concatenate(sizes)), bounds)
        every = np.frombuffer(found, np.int32)
        texts = Texts(bytes(merged), np.frombuffer(own, np.int64))
    else:
        strings = [text for each in segments for text in each]
        texts = Texts.of(sorted(set(strings)))
        number = {text: at for at, text in enumerate(texts)}
        every = np.fromiter(map(number.__getitem__, strings), np.int32, len(strings))
    return texts, np.split(every, bounds[1:-1])
