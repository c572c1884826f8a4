"""Releases whole, a line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from search.cursor import Cursor
from search.results import Hit
from webapp.site.links import Links

plain_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
"""Values as JSON, characters of all scripts as they are; nothing of a release holds itself."""


def jsonl_lines(links: Links, hits: Iterable[Hit]) -> Iterator[str]:
    """Every release with all that is known of it, and its page here; `dateline index` reads it.

    `cursor` is its place, behind which an export by time goes on."""
    for hit in hits:
        release = hit.release
        whole = release.to_dict() | {
            "first_indexed": hit.first_indexed,
            "page_url": links.root + links.release_id(release.id),
            "cursor": str(Cursor.behind(release)),
        }
        yield plain_json(whole) + "\n"
