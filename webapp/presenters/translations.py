"""The same news in other languages: our page where it is held, else its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.identity import identify
from index.release import Release, Translation
from webapp.site import wording
from webapp.site.languages import html_language
from webapp.site.links import Links
from webapp.site.paths import web_link

MAX_TRANSLATIONS = 20
"""Other languages of a release that are looked up here."""

Lookup = Callable[[str], Release | None]
"""The release with an id or alias, as `Engine.release`."""


@dataclass(frozen=True, slots=True)
class TranslationView:
    """The same news in another language; `ours` if its text is here too."""

    language: str
    name: str
    href: str
    ours: bool


def present_translations(
    links: Links, release: Release, lookup: Lookup
) -> Iterator[TranslationView]:
    """Our page where we hold that release, else the source, if a browser may be sent there."""
    for each in release.translations[:MAX_TRANSLATIONS]:
        held = _held(release, each, lookup)
        href = links.release(held) if held else web_link(each.url)
        if href:
            name = wording.language_in_words(links.language, each.language)
            yield TranslationView(html_language(each.language), name, href, held is not None)


def held_translations(
    links: Links, release: Release, lookup: Lookup
) -> tuple[TranslationView, ...]:
    """Those that are held here."""
    return tuple(each for each in present_translations(links, release, lookup) if each.ours)


def _held(release: Release, translation: Translation, lookup: Lookup) -> Release | None:
    """The release at a translation's address, by what that says of its identifier."""
    identity = identify(None, translation.url, "", None)
    for release_id in dict.fromkeys((identity.id, translation.url)):
        held = lookup(release_id)
        if held is not None and held.id != release.id and _speaks(held, translation.language):
            return held
    return None


def _speaks(release: Release, language: str) -> bool:
    """Whether a release is in a language; `zh` is any Chinese."""
    return release.language.split("-")[0].lower() == language.split("-")[0].lower()
