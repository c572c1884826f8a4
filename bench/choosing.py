"""Parameters of the ranking chosen by cross-validation, and what each part of it is worth.

    make relevance RELEVANCE="--choose --known none"

Every set of values in `GRID` is tried over every judged collection. A collection's own value is
that of the set which is best over the other collections, so nothing is chosen on what is reported.
`PARTS` switches one part of the formula off at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from statistics import fmean

from search.match import bm25, query_tree, segment_searcher
from search.query import ranking

Values = tuple[tuple[str, float], ...]
"""Names of numbers in the formula and what they are set to."""
ByQuery = Mapping[str, float]

GRID: tuple[Values, ...] = tuple(
    (("PAIR_WEIGHT", pair), ("FORM_WEIGHT", form), ("K1", k1))
    for pair, form, k1 in product((0.05, 0.07, 0.1), (0.25, 0.5, 1.0), (1.2, 1.6))
)
PARTS: Mapping[str, Values] = {
    "without pairs and whole headlines": (("PAIR_WEIGHT", 0.0),),
    "without words as typed": (("FORM_WEIGHT", 0.0),),
    "without all of a few words first": (("ALL_FIRST", 0),),
    "without repetitions of a word": (("K3", 0.0),),
}

_MODULES = {"K1": (bm25, query_tree, segment_searcher)}
"""Where a number is read that is not of `search.query.ranking`."""


@contextmanager
def changed(values: Values) -> Iterator[None]:
    """The ranking with other values, put back at the end."""
    places = [(each, name) for name, _ in values for each in _MODULES.get(name, (ranking,))]
    before = [(module, name, getattr(module, name)) for module, name in places]
    for module, name in places:
        setattr(module, name, dict(values)[name])
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def cross_validated(
    found: Mapping[Values, Mapping[str, ByQuery]],
) -> dict[str, tuple[Values, float]]:
    """For each collection the values that are best over all others, and what they give there.

    :param found: set of values -> collection -> query -> measure. Every other collection counts
        by its mean, whatever its number of queries.
    """
    collections = next(iter(found.values()))
    chosen = {}
    for held_out in collections:
        others = [name for name in collections if name != held_out]
        best = max(found, key=lambda values: fmean(_mean(found[values][name]) for name in others))
        chosen[held_out] = best, _mean(found[best][held_out])
    return chosen


def report(measured: Callable[[], Mapping[str, ByQuery]]) -> Iterator[str]:
    """Lines that say what was chosen, and what is lost without each part.

    :param measured: what the ranking gives as it stands: collection -> query -> measure.
    """
    plain = measured()
    found = {}
    for values in GRID:
        with changed(values):
            found[values] = measured()
        means = {name: _mean(each) for name, each in found[values].items()}
        said = "  ".join(f"{name} {value:.4f}" for name, value in means.items())
        yield f"{_said(values):42} {said}  mean {fmean(means.values()):.4f}"
    for name, (values, value) in cross_validated(found).items():
        as_it_stands = _mean(plain[name])
        yield (
            f"{name:14} cross-validated {value:.4f} with {_said(values)}; "
            f"as it stands {as_it_stands:.4f}"
        )
    for part, values in PARTS.items():
        with changed(values):
            lost = measured()
        gains = (f"{name} {_mean(plain[name]) - _mean(lost[name]):+.4f}" for name in plain)
        yield f"{part:34} {'  '.join(gains)}"


def _said(values: Values) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values)


def _mean(values: ByQuery) -> float:
    return fmean(values.values())
