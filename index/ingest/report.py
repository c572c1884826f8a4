"""What a build did, for people and for programs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from index.release import printable
from index.sources.draft import Refusal

LISTED = 20
"""ReportLines of each kind that the text report gives; `to_dict` gives all that were kept."""
KEPT = 1_000
"""ReportLines of each kind that are kept; beyond them only the number grows."""
_QUOTED = re.compile(r" \(“[^”]*”\)")
"""What a reason says of one document; sums by reason leave it out."""


class ReportLines:
    """The first lines of a kind, and how many there were."""

    def __init__(self) -> None:
        self.total = 0
        self.first: list[dict[str, str]] = []

    def add(self, **line: str) -> None:
        """Count a line, and keep it while there is room."""
        self.total += 1
        if len(self.first) < KEPT:
            self.first.append({name: printable(text) for name, text in line.items()})


@dataclass(slots=True)
class Report:
    """The numbers of one build. `seconds` is the whole run; releases are those met in it.

    `files_left_aside`: unchanged since they were read; their releases count as `unchanged`.
    `outdated`: releases of the index that files which were read whole hold no longer.
    `columns`: names of columns that are none of a release's fields, and how many releases of this
    run have them. `reasons`: how many were refused for each, without what is quoted in it.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    duplicates: int = 0
    read: int = 0
    files: int = 0
    files_left_aside: int = 0
    outdated: int = 0
    seconds: float = 0.0
    total: int = 0
    refused: ReportLines = field(default_factory=ReportLines)
    reasons: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    notes: ReportLines = field(default_factory=ReportLines)
    conflicts: ReportLines = field(default_factory=ReportLines)
    future: ReportLines = field(default_factory=ReportLines)
    kept: ReportLines = field(default_factory=ReportLines)

    def refuse(self, refusal: Refusal) -> None:
        """Note something that was not indexed."""
        self.refused.add(where=refusal.where, reason=refusal.reason)
        reason = _QUOTED.sub("", refusal.reason)
        self.reasons[reason if reason in self.reasons or len(self.reasons) < KEPT else "…"] += 1

    @property
    def per_second(self) -> float:
        """Releases a second, over the whole run."""
        return self.read / self.seconds if self.seconds else 0.0

    @property
    def useless(self) -> bool:
        """Whether nothing was done, though there was something to read or the index is empty."""
        nothing = self.read == 0 and self.unchanged == 0 and self.removed == 0
        return nothing and (self.refused.total > 0 or self.total == 0)

    def to_dict(self) -> dict[str, Any]:
        """The report for `--json`: counts, and lists of at most `KEPT` lines with their totals."""
        counts = (
            "added", "updated", "unchanged", "removed", "duplicates", "read", "files",
            "files_left_aside", "outdated",
        )  # fmt: skip
        record: dict[str, Any] = {name: getattr(self, name) for name in counts}
        record["releases_in_index"] = self.total
        record["seconds"] = round(self.seconds, 3)
        record["releases_per_second"] = round(self.per_second, 1)
        for name in ("refused", "notes", "conflicts", "future", "kept"):
            lines: ReportLines = getattr(self, name)
            record[name] = {"total": lines.total, "first": lines.first}
        record["columns"] = dict(self.columns.most_common(KEPT))
        record["skipped"] = dict(self.skipped)
        return record

    def to_text(self) -> str:
        """The report as lines for a terminal or a log."""
        lines = [self._changes(), self._effort()]
        if self.duplicates:
            lines.append(f"{self.duplicates:,} met more than once, kept once")
        if self.outdated:
            what = counted(self.outdated, "release")
            lines.append(f"{what} of before, no longer in the files read; --prune removes such")
        lines += _section("Refused", self.refused, "{where}: {reason}")
        lines += self._reason_lines()
        lines += _section("Different texts under one id; the later one was kept", self.conflicts,
                          "{id}: {kept} instead of {dropped}")  # fmt: skip
        lines += _section("Dated after today", self.future, "{id}: {date}, {headline} ({where})")
        lines += _section("Not removed, since their source could not be read whole", self.kept,
                          "{id}: {where}")  # fmt: skip
        lines += _section("Notes", self.notes, "{where}: {note}")
        lines += self._column_lines()
        if self.skipped:
            lines.append("Left aside:")
            lines += [f"  {number:,} × {what}" for what, number in self.skipped.most_common()]
        return "\n".join(lines)

    def _changes(self) -> str:
        return (
            f"{self.added:,} added, {self.updated:,} updated, {self.unchanged:,} unchanged, "
            f"{self.removed:,} removed, {self.refused.total:,} refused"
        )

    def _effort(self) -> str:
        aside = f", {counted(self.files_left_aside, 'file')} unchanged since the last run"
        return (
            f"{counted(self.read, 'release')} read from {counted(self.files, 'file')} in "
            f"{self.seconds:,.1f} s ({self.per_second:,.0f} releases a second)"
            f"{aside if self.files_left_aside else ''}; "
            f"the index holds {self.total:,}"
        )

    def _column_lines(self) -> list[str]:
        if not self.columns:
            return []
        lines = [
            f"Columns that are no field of a release, kept as they are ({len(self.columns):,}):"
        ]
        lines += [f"  {name} ({count:,})" for name, count in self.columns.most_common(LISTED)]
        more = len(self.columns) - LISTED
        lines += [f"  and {more:,} more"] if more > 0 else []
        return [*lines, "  --map OURS=THEIRS makes one a field, --facet NAME a facet"]

    def _reason_lines(self) -> list[str]:
        if self.refused.total <= LISTED:
            return []
        return ["By reason:"] + [
            f"  {number:,} × {reason}" for reason, number in self.reasons.most_common(LISTED)
        ]


def _section(title: str, lines: ReportLines, form: str) -> list[str]:
    if not lines.total:
        return []
    shown = ["  " + form.format(**line) for line in lines.first[:LISTED]]
    more = lines.total - len(shown)
    rest = [f"  and {more:,} more"] if more > 0 else []
    return [f"{title} ({lines.total:,}):", *shown, *rest]


def counted(count: int, noun: str) -> str:
    """How many of something in words: `1 release`, `2,000 releases`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
