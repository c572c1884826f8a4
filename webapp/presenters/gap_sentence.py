"""Gaps in what the index holds -> the sentence that says so beside what it covers."""

from __future__ import annotations

from collections.abc import Iterable

from search.count.coverage_gaps import CoverageGap, coverage_gaps
from webapp.site import wording
from webapp.site.languages import Language

MAX_GAPS = 6
"""Gaps that a page names: the longest. Of 39 agencies with gaps in two collections none has more
than four."""


def gaps_in_words(language: Language, months: Iterable[tuple[str, int]]) -> str:
    """That releases of some months may be missing, and which months; empty where there is no gap.

    :param months: ISO months with their releases.
    """
    gaps = coverage_gaps(months)
    longest = sorted(sorted(gaps, key=_length, reverse=True)[:MAX_GAPS])
    spans = [_span_in_words(language, gap) for gap in longest]
    if len(gaps) > len(longest):
        more = len(gaps) - len(longest)
        spans.append(language.gettext("%(num)s more", num=wording.number(more)))
    if not spans:
        return ""
    separator = language.pgettext("between the items of a list", ", ")
    return language.gettext(
        "We hold nothing from %(months)s; releases may be missing.", months=separator.join(spans)
    )


def _length(gap: CoverageGap) -> int:
    first, last = (12 * int(month[:4]) + int(month[5:]) for month in gap)
    return last - first


def _span_in_words(language: Language, gap: CoverageGap) -> str:
    first, last = (wording.date_in_words(language, month) for month in gap)
    if first == last:
        return first
    return language.gettext("%(first)s to %(last)s", first=first, last=last)
