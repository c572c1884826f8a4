"""A digest of new releases, for one who is told: as mail, and as JSON for a webhook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from index.release import Release, printable
from index.text.cleaning import clean_line
from webapp.alerts.alerts_file import Alert
from webapp.exports.results_json import page_url, release_object
from webapp.site.links import Links

MOST_RELEASES = 100
"""Releases of one alert that a digest shows; of the others it says how many there are."""


@dataclass(frozen=True, slots=True)
class News:
    """The new releases of one alert for one target, the newest first."""

    alert: Alert
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All that is new for one target. `key` is the same for the same news, however often sent."""

    target: str
    news: tuple[News, ...]

    @property
    def key(self) -> str:
        """A name of the digest, by its target and what is in it."""
        named = [(each.alert.name, [r.id for r in each.releases]) for each in self.news]
        return hashlib.sha256(repr((self.target, named)).encode()).hexdigest()[:32]


def as_mail(digest: Digest, links: Links, sender: str, now: float) -> EmailMessage:
    """The digest as a message of plain text."""
    count = sum(len(each.releases) for each in digest.news)
    names = ", ".join(each.alert.name for each in digest.news)
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = digest.target
    mail["Subject"] = f"{count:,} new: {names}"[:200]
    mail["Date"] = formatdate(now)
    mail["Message-ID"] = f"<{digest.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n".join(_lines(digest, links)) + "\n")
    return mail


def as_json(news: News, links: Links) -> dict[str, Any]:
    """The news of one alert as JSON-ready values."""
    return {
        "alert": news.alert.name,
        "query": news.alert.request.text,
        "total": len(news.releases),
        "releases": [release_object(links, release) for release in news.releases[:MOST_RELEASES]],
    }


def _lines(digest: Digest, links: Links) -> Iterator[str]:
    for news in digest.news:
        yield f"{news.alert.name} ({len(news.releases):,} new)"
        yield ""
        for release in news.releases[:MOST_RELEASES]:
            yield _line(release.headline)
            yield f"  {release.date or 'undated'}, {_line(release.agency.name)}"
            for address in filter(None, (page_url(links, release), release.url)):
                yield f"  {_line(address)}"
            yield ""
        if len(news.releases) > MOST_RELEASES:
            yield f"and {len(news.releases) - MOST_RELEASES:,} more"
            yield ""
        if links.root:
            yield f"All: {links.root}{links.search(news.alert.request)}"
            yield ""


def _line(text: str) -> str:
    """One line without control characters: what others wrote writes nothing else."""
    return clean_line(printable(text))
