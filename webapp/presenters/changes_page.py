"""What changed in a release since it came here: one change in two columns, and the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.history import FormerText, History, versions_of
from index.release import Release
from index.tombstone import Tombstone
from webapp.presenters.anchor import Anchor
from webapp.presenters.body_blocks import body_blocks
from webapp.presenters.dates import DateView
from webapp.presenters.word_diff import DiffRow, diff_rows
from webapp.site import wording
from webapp.site.languages import Language, html_language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class ChangesView:
    """A change of a release; `rows` are empty where it never changed.

    `before` and `after`: from when to when each text was here. `changes`: all that are kept.
    """

    headline: str
    language: str
    release: str
    summary: str
    before: str
    after: str
    rows: tuple[DiffRow, ...]
    changes: tuple[Anchor, ...]
    canonical: str


@dataclass(frozen=True, slots=True)
class TombstoneView:
    """A release that was removed: what is still known of it."""

    headline: str
    agency: Anchor
    date: DateView
    removed: str
    address: str


def changed_in_words(language: Language, changes: int, changed: str) -> str:
    """`Changed 2 times, last on 26 November 2026`, of a release whose text did."""
    when = wording.date_in_words(language, changed[:10])
    if changes == 1:
        return language.gettext("Changed on %(when)s", when=when)
    return language.gettext(
        "Changed %(num)s times, last on %(when)s", num=wording.number(changes), when=when
    )


def changes_link(links: Links, release_id: str, changes: int, changed: str) -> Anchor | None:
    """The way to what changed in a release; None where nothing did."""
    if not changes:
        return None
    text = changed_in_words(links.language, changes, changed)
    return Anchor(text, links.changes(release_id))


def present_changes(
    links: Links, release: Release, history: History, number: int | None
) -> ChangesView | None:
    """A change of a release, counted from 1, the latest one for None; None for one not kept."""
    language = links.language
    versions = versions_of(history.versions)
    texts = [*versions, FormerText(release.headline, release.body, history.arrived, "")]
    last = len(versions)
    shown = last if number is None else number
    if number is not None and not 1 <= number <= last:
        return None
    before, after = (texts[shown - 1], texts[shown]) if last else (texts[0], texts[0])
    return ChangesView(
        headline=wording.headline(language, release),
        language=html_language(release.language),
        release=links.release(release),
        summary=changed_in_words(language, history.changes, history.changed)
        if last
        else language.gettext(
            "Not changed since it was first indexed, on %(when)s.",
            when=wording.moment_in_words(language, history.first_indexed),
        ),
        before=_span(language, before),
        after=_span(language, after),
        rows=diff_rows(_blocks(before), _blocks(after)) if last else (),
        changes=_changes(links, release, texts, shown) if last > 1 else (),
        canonical=links.changes(release.id),
    )


def present_tombstone(links: Links, stone: Tombstone) -> TombstoneView:
    """What is still known of a release that was removed."""
    language = links.language
    return TombstoneView(
        headline=stone.headline,
        agency=Anchor(links.agency_name(stone.agency), links.agency(stone.agency)),
        date=DateView(wording.date_in_words(language, stone.date), stone.date or "", ""),
        removed=wording.moment_in_words(language, stone.removed),
        address=links.release_id(stone.id),
    )


def _changes(
    links: Links, release: Release, texts: Sequence[FormerText], shown: int
) -> tuple[Anchor, ...]:
    """The changes that are kept, the latest first."""
    address = links.changes(release.id)
    last = len(texts) - 1
    return tuple(
        Anchor(
            wording.moment_in_words(links.language, texts[number].first_seen),
            address if number == last else f"{address}?change={number}",
            number == shown,
        )
        for number in range(last, 0, -1)
    )


def _span(language: Language, version: FormerText) -> str:
    first = wording.moment_in_words(language, version.first_seen)
    if not version.last_seen:
        return language.gettext("Since %(when)s", when=first)
    last = wording.moment_in_words(language, version.last_seen)
    return language.gettext("%(first)s to %(last)s", first=first, last=last)


def _blocks(version: FormerText) -> list[str]:
    return [version.headline, *(each.text for each in body_blocks(version.body))]
