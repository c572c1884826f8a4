"""Releases counted by month or year, in order and without gaps."""

from __future__ import annotations

from search.tallies import Numbers, Tallies

UNITS = ("month", "year")


def count_by_unit(tallies: Tallies, doc_ids: Numbers, unit: str) -> tuple[tuple[str, int], ...]:
    """`2023-06` or `2023` with its number of releases, zeros between the first and the last.

    A release counts where all days that it may be of lie in one month (year); others, and the
    undated, are left out.

    :raises ValueError: for a unit that is none of `UNITS`.
    """
    if unit not in UNITS:
        raise ValueError(f"unit is {unit!r}; it can be {' or '.join(UNITS)}")
    counts = tallies.by_unit(doc_ids, unit)
    if not counts:
        return ()
    if unit == "month":
        steps = {month // 100 * 12 + month % 100 - 1: counts[month] for month in counts}
    else:
        steps = dict(counts)
    between = range(min(steps), max(steps) + 1)
    return tuple((_name(step, unit), steps.get(step, 0)) for step in between)


def _name(step: int, unit: str) -> str:
    return f"{step // 12:04}-{step % 12 + 1:02}" if unit == "month" else f"{step:04}"
