"""Which of the documents read in one run is which release: duplicates, conflicts, changes."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from index.completion import Completed
from index.identity import address_path, is_copy
from index.origins import gone
from index.release import Release
from index.report import Report
from index.spool import Spool
from index.store import Entry, record_hash

EXCERPTS = ("rss", "atom", "json-feed", "rdf", "feed")
"""Forms that often hold the beginning of a release only: a page is never replaced by one."""


class Known(NamedTuple):
    """What the merger keeps of a release, from the index or from this run.

    `place` is where the spool holds the whole record; None for what the index holds unchanged.
    """

    record_hash: bytes
    content_hash: bytes
    date: str | None
    language: str
    source_file: str
    aliases: tuple[str, ...]
    rank: int
    richness: int
    by_content: bool
    address_path: str | None
    place: int | None
    first_indexed: str = ""


@dataclass(slots=True)
class Outcome:
    """What has to change in an index.

    `removed`: ids to take out, those to put in anew among them. `put`: releases whose record the
    spool holds. `realiased`: releases of the index that only get another alias.
    """

    removed: set[str]
    put: dict[str, Known]
    realiased: list[str]


class Merger:
    """Takes releases one by one; holds ids and hashes, the records go to the spool."""

    def __init__(self, entries: Iterable[Entry], spool: Spool, report: Report) -> None:
        self.known: dict[str, Known] = {}
        self.met: dict[str, Known] = {}
        self._content: dict[bytes, list[str]] = defaultdict(list)
        self._superseded: set[str] = set()
        self._sighted: set[str] = set()  # met as copies under another id only
        self._new_aliases: dict[str, set[str]] = defaultdict(set)
        self._spool = spool
        self._report = report
        for entry in entries:
            known = _known(entry.release, entry.first_indexed)
            self.known[entry.release.id] = known
            self._content[known.content_hash].append(entry.release.id)

    def take(self, completed: Completed, source_file: str) -> None:
        """Add a release as read; `source_file` is where the builder would look for it again."""
        release = replace(completed.release, source_file=sys.intern(source_file))
        by_content = completed.identity_rule == "content"
        if completed.identity_rule == "given" and self._is_translation(release):
            release = replace(release, id=f"{release.id}-{release.language}")
        before = self.met.get(release.id)
        if before is not None:
            self._meet_again(release, before, by_content)
            return
        twin = self._twin(release, by_content)
        if twin is None:
            self._keep(release, by_content)
        elif self._seen(twin).by_content and not by_content:
            self._replace_twin(twin, release)
        else:
            self._join_twin(twin, release)

    def outcome(self) -> Outcome:
        """What has to change, once everything was taken."""
        put = {release_id: each for release_id, each in self.met.items() if each.place is not None}
        realiased = [each for each in self._new_aliases if self.met[each].place is None]
        removed = (self._superseded | put.keys() | set(realiased)) & self.known.keys()
        return Outcome(removed, put, realiased)

    def aliases(self, release_id: str) -> set[str]:
        """Ids that turned out to mean this release after its record was spooled."""
        return self._new_aliases.get(release_id, set())

    def is_superseded(self, release_id: str) -> bool:
        """Whether the id now is an alias of another release."""
        return release_id in self._superseded

    def _is_translation(self, release: Release) -> bool:
        """Some issuers give all languages of a release one id; they are releases of their own."""
        other = self.met.get(release.id) or self.known.get(release.id)
        if other is None or "und" in (other.language, release.language):
            return False
        if other.content_hash == bytes.fromhex(release.content_hash):
            return False
        if release.id not in self.met and other.source_file == release.source_file:
            return False  # its text has changed, it may have been thought another language's
        return other.language.split("-")[0] != release.language.split("-")[0]

    def _seen(self, release_id: str) -> Known:
        return self.met.get(release_id) or self.known[release_id]

    def _meet_again(self, release: Release, before: Known, by_content: bool) -> None:
        self._report.duplicates += 1
        now = _known(release)
        same = now.content_hash == before.content_hash
        if release.id in self._sighted:
            self._sighted.discard(release.id)
            self._keep(release, by_content)
        elif same:
            if (now.rank, now.richness) > (before.rank, before.richness):
                self._keep(release, by_content)
        elif now.rank >= before.rank:
            if now.rank == before.rank:
                self._report.conflicts.add(
                    id=release.id, kept=release.source_file, dropped=before.source_file
                )
            self._keep(release, by_content)

    def _replace_twin(self, twin: str, release: Release) -> None:
        """The twin's words are this release's, which has the better id: the twin's id lives on."""
        self._report.duplicates += self.met.pop(twin, None) is not None
        known = self.known.get(twin)
        aliases = {twin, *self._new_aliases.pop(twin, set()), *(known.aliases if known else ())}
        self._superseded.add(twin)
        self._keep(_with_aliases(release, aliases), False, known.first_indexed if known else "")

    def _join_twin(self, twin: str, release: Release) -> None:
        """The release is its twin under another id; the richer of the two records stays."""
        before = self._seen(twin)
        self._report.duplicates += twin in self.met
        richer = before.by_content and _richness(release) > before.richness
        if richer and twin in self.met:
            self._keep(_with_aliases(replace(release, id=twin), {release.id}), before.by_content)
        if twin not in self.met:
            self.met[twin] = before
            self._sighted.add(twin)
        self._alias(twin, release.id)

    def _keep(self, release: Release, by_content: bool, first_indexed: str = "") -> None:
        """Note the release as met; spool it unless the index has it just so."""
        known = self.known.get(release.id)
        if known is not None and known.rank > _rank(release):
            self.met[release.id] = known
            return
        if known is not None:
            release, first_indexed = _with_aliases(release, known.aliases), known.first_indexed
        now = _known(release, first_indexed, by_content)
        if known is None or known.record_hash != now.record_hash or _moved(known, now):
            now = now._replace(place=self._spool.add(release))
        self.met[release.id] = now
        if release.id not in self._content[now.content_hash]:
            self._content[now.content_hash].append(release.id)

    def _alias(self, release_id: str, alias: str) -> None:
        if alias in self.known and alias not in self.met:
            self._superseded.add(alias)
        if alias not in self.met[release_id].aliases:
            self._new_aliases[release_id].add(alias)

    def _twin(self, release: Release, by_content: bool) -> str | None:
        """Another id under which the same release was met or is known."""
        digest = bytes.fromhex(release.content_hash)
        for release_id in self._content.get(digest, ()):
            other = self.met.get(release_id) or self.known.get(release_id)
            if other is None or release_id == release.id or release_id in self._superseded:
                continue
            if other.content_hash != digest or not _dates_agree(other.date, release.date):
                continue
            if by_content or other.by_content or _mirrored(other, release):
                return release_id
        return None


def _known(release: Release, first_indexed: str = "", by_content: bool | None = None) -> Known:
    return Known(
        record_hash(release),
        bytes.fromhex(release.content_hash),
        release.date,
        release.language,
        sys.intern(release.source_file),
        release.aliases,
        _rank(release),
        _richness(release),
        _looks_derived(release) if by_content is None else by_content,
        address_path(release.url),
        None,
        first_indexed,
    )


def _looks_derived(release: Release) -> bool:
    return release.url is None and len(release.id) == 17 and release.id.startswith("c")


def _rank(release: Release) -> int:
    """What a reading is worth: a feed's excerpt or a bare headline little, a mirror some."""
    if release.source in EXCERPTS or not release.body.strip():
        return 0
    return 1 if is_copy(release.url) else 2


def _richness(release: Release) -> int:
    """How much a record states beside its words."""
    stated = (
        release.url, release.issued_at, release.photos, release.translations, release.place,
        release.date, release.date_precision == "day", release.agency_rule != "none",
    )  # fmt: skip
    return sum(map(bool, stated))


def _with_aliases(release: Release, aliases: Iterable[str]) -> Release:
    every = {*release.aliases, *aliases} - {release.id}
    return replace(release, aliases=tuple(sorted(every)))


def _mirrored(other: Known, release: Release) -> bool:
    """The same words at the same path of two hosts."""
    path = address_path(release.url)
    return path is not None and path == other.address_path


def _dates_agree(one: str | None, other: str | None) -> bool:
    """Whether two dates may mean the same day, as far as each is known."""
    if one is None or other is None:
        return True
    if one.startswith("--") and other.startswith("--"):
        return one == other
    if one.startswith("--") or other.startswith("--"):
        one, other = sorted((one, other))
        return len(other) < 10 or other.endswith(one[2:])
    return one.startswith(other) or other.startswith(one)


def _moved(known: Known, now: Known) -> bool:
    return known.source_file != now.source_file and gone(known.source_file)
