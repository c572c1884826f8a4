"""What a release says to machines that read pages: schema.org data and a description."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

from index.release import UNATTRIBUTED, Release
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.paths import web_link

MAX_DESCRIPTION = 200
"""Characters of the opening that stand for a release in lists of other sites."""
MAX_HEADLINE = 300
"""Characters of a headline there."""


def description(release: Release) -> str:
    """The opening of the body on one line, cut on a word."""
    text = " ".join(release.body[: MAX_DESCRIPTION * 5].split())
    if len(text) <= MAX_DESCRIPTION:
        return text
    cut = text[:MAX_DESCRIPTION]
    return (cut.rpartition(" ")[0] or cut) + "…"


def linked_data(language: Language, release: Release, *, url: str, site: str) -> Markup:
    """The release as a schema.org `NewsArticle` in JSON-LD, safe inside `<script>`.

    :param url: the whole canonical address of its page.
    :param site: the name of the site.
    """
    # Escapes for what HTML would read; JSON reads them as the same characters.
    article = news_article(language, release, url=url, site=site)
    text = json.dumps(article, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - ASCII without a character that HTML reads


def news_article(language: Language, release: Release, *, url: str, site: str) -> dict[str, Any]:
    """The same as a value. What is not known is left out."""
    source = web_link(release.url)
    agency = None
    if release.agency.slug != UNATTRIBUTED.slug:
        agency = {"@type": "GovernmentOrganization", "name": release.agency.name}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": wording.headline(language, release)[:MAX_HEADLINE],
        "description": description(release),
        "url": url,
        "mainEntityOfPage": url,
        "identifier": release.id,
        "datePublished": published(release),
        "inLanguage": None if release.language == "und" else release.language,
        "author": agency,
        "publisher": agency,
        "isBasedOn": source,
        "isPartOf": {"@type": "WebSite", "name": site},
    }
    return {name: value for name, value in found.items() if value}


def published(release: Release) -> str | None:
    """The moment of issue, or the date as far as it is known; None without a year."""
    if release.issued_at and re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)", release.issued_at
    ):
        return release.issued_at
    return release.date if release.date and not release.date.startswith("--") else None
