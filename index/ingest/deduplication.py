"""Which of the documents read in one run is which release: duplicates, conflicts, changes."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from index.codec.stored_document import decode
from index.identity import content_identity
from index.ingest.candidate import Candidate
from index.ingest.contested_addresses import are_different
from index.ingest.report import Report
from index.ingest.spool import Spool
from index.release import Release
from index.stores.fingerprint import Fingerprint, contested_address, same_release
from index.stores.origins import Origins
from index.stores.store import Catalogue, Known
from index.stores.stored_release import record_of, with_time


@dataclass(slots=True)
class Outcome:
    """What has to change in an index.

    `removed`: ids to take out, those to put in anew among them. `put`: releases whose record the
    spool holds. `realiased`: releases of the index that only get another alias. `added`: how many
    of `put` the index did not know, under this or another id.
    """

    removed: set[str]
    put: dict[str, Known]
    realiased: dict[str, Known]
    added: int


class Deduplicator:
    """Takes releases one by one; holds ids and hashes, the records go to the spool.

    `met`: the releases of this run. `origins`: which files have releases in common.

    :param stored: gives a release of the index, for the rare case that its words must be seen.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        spool: Spool,
        report: Report,
        stored: Callable[[str], Release | None],
    ) -> None:
        self.met: dict[str, Known] = {}
        self.origins = Origins()
        self._catalogue = catalogue
        self._in_index = len(catalogue) > 0
        self._content: dict[bytes, str | list[str]] = {}
        self._superseded: set[str] = set()
        self._sighted: set[str] = set()  # met as copies under another id only
        self._new_aliases: dict[str, set[str]] = defaultdict(set)
        self._contested = catalogue.contested()
        self._spool = spool
        self._report = report
        self._stored = stored

    def take(self, release: Candidate, file: str) -> None:
        """Add a release as read from a file of the disk."""
        file = sys.intern(file)
        if release.by_address and contested_address(release.id) in self._contested:
            release = _by_content(release)
        known = self._known(release.id)
        if release.given and self._is_translation(release, file, known):
            self._meets(known, file)
            release = release._replace(id=f"{release.id}-{release.fingerprint.language}")
            known = self._known(release.id)
        before = self.met.get(release.id)
        self._meets(before, file)
        self._meets(known, file)
        if release.by_address and self._claims_anothers(release, file, before, known):
            self._contest(release, file, before)
            self.take(release, file)
            return
        if before is not None:
            self._meet_again(release, file, before)
            return
        twin = self._twin(release)
        if twin is None:
            self._keep(release, file)
            return
        other = self._seen(twin)
        self._meets(other, file)
        if other.fingerprint.by_content and not release.fingerprint.by_content:
            self._replace_twin(twin, release, file)
        else:
            self._join_twin(twin, release, file)

    def outcome(self) -> Outcome:
        """What has to change, once everything was taken."""
        put, realiased, removed = dict[str, Known](), dict[str, Known](), set[str]()
        added = 0
        for release_id, met in self.met.items():
            if met.place is None:
                continue
            known = self._known(release_id)
            if release_id in self._new_aliases:
                met = met._replace(aliases=self._aliases(release_id, met))
            put[release_id] = met
            added += known is None and not met.first_indexed
            if known is not None:
                removed.add(release_id)
        for release_id in self._new_aliases:
            known = self._known(release_id)
            if self.met[release_id].place is None and known is not None:
                realiased[release_id] = known._replace(aliases=self._aliases(release_id, known))
                removed.add(release_id)
        removed |= {each for each in self._superseded if self._known(each) is not None}
        return Outcome(removed, put, realiased, added)

    def is_superseded(self, release_id: str) -> bool:
        """Whether the id now is an alias of another release."""
        return release_id in self._superseded

    def _known(self, release_id: str) -> Known | None:
        return self._catalogue.known(release_id) if self._in_index else None

    def _aliases(self, release_id: str, release: Known) -> tuple[str, ...]:
        """Also ids that turned out to mean this release after its record was spooled."""
        return _joined(release_id, release.aliases, self._new_aliases.get(release_id, ()))

    def _meets(self, other: Known | None, file: str) -> None:
        if other is not None and other.file != file:
            self.origins.meet(file, other.file)

    def _is_translation(self, release: Candidate, file: str, known: Known | None) -> bool:
        """Some issuers give all languages of a release one id; they are releases of their own."""
        met = self.met.get(release.id)
        other = met or known
        if other is None:
            return False
        now, then = release.fingerprint, other.fingerprint
        if "und" in (now.language, then.language) or now.content_hash == then.content_hash:
            return False
        if met is None and (other.file, other.member) == (file, release.member):
            return False  # its text has changed, it may have been thought another language's
        self._meets(other, file)
        return then.language.split("-")[0] != now.language.split("-")[0]

    def _claims_anothers(
        self, release: Candidate, file: str, before: Known | None, known: Known | None
    ) -> bool:
        """Whether what was met, or was known, under the address is another release."""
        met = before is not None
        if before is None and known is not None:
            # The other file, if it is there, says itself what it holds: it is read in this run.
            before = known if known.file == file or self.origins.is_gone(known.file) else None
        now = release.fingerprint
        if before is None or before.fingerprint.content_hash == now.content_hash:
            return False
        one, other = decode(release.record), self._record(release.id, before)
        if other is None:
            return False
        # Two captures of one address lie in one file: these are versions of one page.
        together = met and (before.file, before.member) == (file, release.member)
        same = together and one.get("fetched_at") == other.get("fetched_at")
        return are_different(one, other, same_document=same)

    def _record(self, release_id: str, met: Known) -> dict[str, Any] | None:
        """What a release that was met, or is in the index, says."""
        if met.place is not None:
            return decode(self._spool.record(met.place))
        release = self._stored(release_id)
        return release.to_stored() if release else None

    def _contest(self, release: Candidate, file: str, before: Known | None) -> None:
        """Note that an address identifies nothing; what was met under it goes by its words, too."""
        address = contested_address(release.id)
        self._contested.add(address)
        note = "its address is that of other releases, too; its words identify it"
        self._report.notes.add(where=file + release.member, note=note)
        if before is None:
            return
        record, old = self._record(release.id, before), self.met.pop(release.id)
        if record is None:
            return
        new_id = _content_id(record)
        place, known = old.place, self._known(release.id)
        if place is None:
            stored = self._stored(release.id)
            assert stored is not None, "its record was there"  # noqa: S101
            place = self._spool.add(with_time(record_of(stored), stored.fetched_at))
        aliases = _joined(new_id, old.aliases, {release.id, *self._new_aliases.pop(release.id, ())})
        self._superseded.add(release.id)
        self._sighted.discard(release.id)
        self.met[new_id] = old._replace(
            fingerprint=old.fingerprint._replace(by_content=True, path=address),
            aliases=aliases, place=place,
            **(_history(known, release.id) if known and not old.first_indexed else {}),
        )  # fmt: skip
        self._note_content(new_id, old.fingerprint.content_hash)

    def _seen(self, release_id: str) -> Known:
        seen = self.met.get(release_id) or self._known(release_id)
        assert seen is not None, "a twin is met or known"  # noqa: S101
        return seen

    def _meet_again(self, release: Candidate, file: str, before: Known) -> None:
        self._report.duplicates += 1
        now, then = release.fingerprint, before.fingerprint
        if release.id in self._sighted:
            self._sighted.discard(release.id)
            self._keep(release, file)
        elif now.content_hash == then.content_hash:
            if (now.rank, now.richness) > (then.rank, then.richness):
                self._keep(release, file)
        elif now.rank >= then.rank:
            if now.rank == then.rank:
                kept = file + release.member
                self._report.conflicts.add(id=release.id, kept=kept, dropped=before.source_file)
            self._keep(release, file)

    def _replace_twin(self, twin: str, release: Candidate, file: str) -> None:
        """The twin's words are this release's, which has the better id: the twin's id lives on."""
        self._report.duplicates += self.met.pop(twin, None) is not None
        known = self._known(twin)
        aliases = {twin, *self._new_aliases.pop(twin, set()), *(known.aliases if known else ())}
        self._superseded.add(twin)
        self._keep(release, file, aliases, _history(known, twin) if known else {})

    def _join_twin(self, twin: str, release: Candidate, file: str) -> None:
        """The release is its twin under another id; the richer of the two records stays.

        A document that is read again stands for what was read of it before: its day may be new.
        """
        before = self._seen(twin)
        self._report.duplicates += twin in self.met
        now, then = release.fingerprint, before.fingerprint
        if twin in self.met:
            is_better = now.richness > then.richness
        else:
            is_better = (before.file, before.member) == (file, release.member)
        if then.by_content and is_better:
            compared = now._replace(by_content=True)
            self._keep(release._replace(id=twin, fingerprint=compared), file, {release.id})
        if twin not in self.met:
            self.met[twin] = before
            self._sighted.add(twin)
        self._alias(twin, release.id)

    def _keep(
        self,
        release: Candidate,
        file: str,
        aliases: Collection[str] = (),
        history: Mapping[str, str] | None = None,
    ) -> None:
        """Note the release as met; spool it unless the index has it just so."""
        known = self._known(release.id)
        if known is not None and known.fingerprint.rank > release.fingerprint.rank:
            self.met[release.id] = known
            return
        if known is not None:
            aliases, history = (*aliases, *known.aliases), _history(known, release.id)
        now = Known(
            _interned(release.fingerprint), file, release.member, _joined(release.id, (), aliases),
            self._spool.add(release.record) if known is None else None,
            **(history or {"first_indexed": ""}),
        )  # fmt: skip
        if known is not None and (_differs(known, now) or self._moved(known, now)):
            now = now._replace(place=self._spool.add(release.record))
        self.met[release.id] = now
        self._note_content(release.id, now.fingerprint.content_hash)

    def _moved(self, known: Known, now: Known) -> bool:
        same = (known.file, known.member) == (now.file, now.member)
        return not same and self.origins.is_gone(known.file)

    def _alias(self, release_id: str, alias: str) -> None:
        if alias not in self.met and self._known(alias) is not None:
            self._superseded.add(alias)
        if alias not in self.met[release_id].aliases:
            self._new_aliases[release_id].add(alias)

    def _twin(self, release: Candidate) -> str | None:
        """Another id under which the same release was met or is known.

        Of several, the one that it already is an alias of, so that it stays where it was; else one
        that was met in this run.
        """
        ids = self._ids_with(release.fingerprint.content_hash)
        if not ids:
            return None
        twins = [each for each in ids if self._is(each, release)]
        if len(twins) > 1:
            twins.sort(
                key=lambda each: (not self._has_alias(each, release.id), each not in self.met)
            )
        return twins[0] if twins else None

    def _is(self, release_id: str, release: Candidate) -> bool:
        """Whether what was met or is known under another id is this release."""
        if release_id == release.id or release_id in self._superseded:
            return False
        other = self.met.get(release_id) or self._known(release_id)
        return other is not None and same_release(other.fingerprint, release.fingerprint)

    def _has_alias(self, release_id: str, alias: str) -> bool:
        new = self._new_aliases.get(release_id, ())
        return alias in new or alias in self._seen(release_id).aliases

    def _ids_with(self, content_hash: bytes) -> list[str]:
        known = list(self._catalogue.ids_with(content_hash)) if self._in_index else []
        met = self._content.get(content_hash)
        if met is None:
            return known
        met = [met] if isinstance(met, str) else met
        return known + [each for each in met if each not in known]

    def _note_content(self, release_id: str, content_hash: bytes) -> None:
        ids = self._content.setdefault(content_hash, release_id)
        if isinstance(ids, str):
            if ids != release_id:
                self._content[content_hash] = [ids, release_id]
        elif release_id not in ids:
            ids.append(release_id)


def _by_content(release: Candidate) -> Candidate:
    """A release under the id that its words give."""
    address = contested_address(release.id)
    fingerprint = release.fingerprint._replace(by_content=True, path=address)
    new_id = _content_id(decode(release.record))
    return release._replace(id=new_id, fingerprint=fingerprint, by_address=False)


def _content_id(record: Mapping[str, Any]) -> str:
    """The id of a release where its address identifies nothing."""
    return content_identity(str(record["content_hash"]), record.get("date")).id


def _differs(known: Known, now: Known) -> bool:
    one, other = known.fingerprint.record_hash, now.fingerprint.record_hash
    return one != other or known.aliases != now.aliases


def _history(known: Known, release_id: str) -> dict[str, str]:
    """What a release goes on with that the index knows under an id, as values of `Known`."""
    return {
        "first_indexed": known.first_indexed, "changed": known.changed, "former": release_id,
    }  # fmt: skip


def _joined(release_id: str, some: Collection[str], more: Collection[str]) -> tuple[str, ...]:
    if not (some or more):
        return ()
    return tuple(sorted({*some, *more} - {release_id}))


def _interned(fingerprint: Fingerprint) -> Fingerprint:
    """The same with texts that are in memory once for all that have them."""
    record_hash, content_hash, date, language, *others = fingerprint
    date = None if date is None else sys.intern(date)
    return Fingerprint._make((record_hash, content_hash, date, sys.intern(language), *others))
