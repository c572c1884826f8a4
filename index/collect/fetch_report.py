"""What a run of collecting did, source by source, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.release import printable

MOST_SHOWN_LINES = 20
"""Addresses of one kind that the report lists for a source; programs get all."""
_NAME_ANOTHER = (
    "Give the address of a feed, a sitemap or the page that lists them; if this one does, say by "
    '"links" which of its links are releases'
)
_ONLY_ITS_FIRST = (
    "goes on by a script, which is not run: only its first page was taken. A feed, a sitemap or a "
    "page for each year may name the rest"
)


@dataclass
class SourceReport:
    """One source: addresses that are new, changed or gone, and what failed with the reason.

    `forbidden`: by robots.txt. `waiting`: known, and not fetched yet. `left`: not visited, since
    its interval has not passed. `broken`: why it could not be listed. `lists_nothing`: it was
    read, and names no release. `needs_script`: its list goes on, and only a script would know
    where. `rests`: why a host got no more requests. `silent_days`: how long nothing came, where
    that is much longer than `habit_days`, the longest pause before.
    """

    name: str
    url: str
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    failing: list[tuple[str, str]] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0
    left: bool = False
    broken: str | None = None
    broken_since: str | None = None
    lists_nothing: bool = False
    needs_script: bool = False
    rests: str | None = None
    silent_days: float | None = None
    habit_days: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values."""
        failing = [{"url": url, "reason": reason} for url, reason in self.failing]
        return vars(self) | {"failing": failing}

    def lines(self) -> Iterator[str]:
        """As text."""
        if self.left:
            yield f"{self.name}: not yet due"
            return
        counts = (
            (len(self.new), "new"), (len(self.changed), "changed"), (len(self.gone), "gone"),
            (self.unchanged, "unchanged"), (len(self.failing), "failing"),
            (len(self.forbidden), "forbidden"), (self.waiting, "waiting"),
        )  # fmt: skip
        said = ", ".join(f"{count:,} {what}" for count, what in counts if count)
        yield f"{self.name}: {said or 'nothing new'}"
        if self.broken:
            since = f" (since {self.broken_since})" if self.broken_since else ""
            yield f"  cannot be collected{since}: {printable(self.broken)}"
        if self.lists_nothing:
            yield f"  {printable(self.url)} names no release. {_NAME_ANOTHER}"
        if self.needs_script:
            yield f"  {printable(self.url)} {_ONLY_ITS_FIRST}"
        if self.rests:
            yield f"  more in a later run: {printable(self.rests)}"
        if self.silent_days is not None:
            yield (
                f"  silent for {self.silent_days:.0f} days; its longest pause before was "
                f"{self.habit_days:.1f}. Has its address changed?"
            )
        for title, urls in (("gone", self.gone), ("forbidden", self.forbidden)):
            yield from _listed(title, urls)
        yield from _listed("failing", [f"{url}: {reason}" for url, reason in self.failing])


@dataclass
class FetchReport:
    """A run: its sources, and seconds that it took."""

    sources: list[SourceReport] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def useless(self) -> bool:
        """Whether no source at all could be collected."""
        visited = [source for source in self.sources if not source.left]
        return bool(visited) and all(source.broken for source in visited)

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values."""
        sources = [source.to_dict() for source in self.sources]
        return {"seconds": round(self.seconds, 1), "sources": sources}

    def to_text(self) -> str:
        """As lines."""
        return "\n".join(line for source in self.sources for line in source.lines())


def _listed(title: str, urls: list[str]) -> Iterator[str]:
    for url in urls[:MOST_SHOWN_LINES]:
        yield f"  {title}: {printable(url)}"
    if len(urls) > MOST_SHOWN_LINES:
        yield f"  {title}: {len(urls) - MOST_SHOWN_LINES:,} more"
