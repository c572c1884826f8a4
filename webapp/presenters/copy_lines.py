"""Releases of the same text under a hit: also issued by other agencies, also on other days."""

from __future__ import annotations

from dataclasses import dataclass

from index.release import Release
from search.results import Hit
from webapp.presenters.anchor import Anchor
from webapp.site import wording
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class CopiesLine:
    """What is said of some of them, and a link to each."""

    label: str
    releases: tuple[Anchor, ...]


def present_copies(links: Links, hit: Hit) -> tuple[CopiesLine, ...]:
    """A line for those of other agencies, one for the agency's own; the last may say how many more.

    That one leads to the search with each release by itself. The release's other languages have
    links of their own.
    """
    if not hit.copies:
        return ()
    language = links.language
    copies = [each for each in hit.copies if not is_translation(hit.release, each)]
    same = [each for each in copies if each.agency.slug == hit.release.agency.slug]
    others = [each for each in copies if each not in same]
    more = hit.copies_total - len(hit.copies)
    lines = [
        CopiesLine(language.gettext("Also issued by"), tuple(_by_agency(links, x) for x in others)),
        CopiesLine(language.gettext("Also on"), tuple(_by_date(links, each) for each in same)),
    ]
    if more > 0:
        said = language.gettext("%(num)s more of the same text", num=wording.number(more))
        lines.append(CopiesLine("", (Anchor(said, links.changed(copies=True)),)))
    return tuple(each for each in lines if each.releases)


def is_translation(release: Release, other: Release) -> bool:
    """Whether what says the same as a release says it in another language of its own."""
    return bool(release.translations) and other.language != release.language


def copies_in_words(links: Links, hit: Hit) -> tuple[str, ...]:
    """The same as sentences without links: for feeds and terminals."""
    between = links.language.pgettext("between the items of a list", ", ")
    return tuple(
        f"{line.label} {between.join(each.text for each in line.releases)}".strip()
        for line in present_copies(links, hit)
    )


def _by_agency(links: Links, release: Release) -> Anchor:
    name = links.agency_name(release.agency)
    date = wording.date_in_words(links.language, release.date)
    text = links.language.gettext("%(agency)s (%(date)s)", agency=name, date=date)
    return Anchor(text, links.release(release))


def _by_date(links: Links, release: Release) -> Anchor:
    return Anchor(wording.date_in_words(links.language, release.date), links.release(release))
