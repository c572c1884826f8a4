"""What an answer lists, read as feed, sitemap or page: within a time, errors as sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from index.collect.feed_listing import feed_listing
from index.collect.fetch_error import FetchError
from index.collect.http_client import HttpAnswer, unpacked
from index.collect.link_listing import link_listing
from index.collect.listing import Listing, web_address
from index.collect.sitemap_listing import sitemap_listing
from index.ingest.time_limit import OverdueError, seconds_for, time_limit
from index.limits import DEFAULTS
from index.sources.draft import refused
from index.sources.encoding.decoding import decode
from index.sources.reader import declared_charset

_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_IS_NEXT = re.compile(r"(?i);\s*rel\s*=\s*(?:next\b|\"(?:[^\"]* )?next[ \"])")
"""The header `Link` (RFC 8288): an address, then what it is."""


def answer_listing(answer: HttpAnswer, kind: str, patterns: tuple[str, ...] = ()) -> Listing | None:
    """What an answer lists, as a `feed`, `sitemap` or `list`; None for what is no such thing.

    :param patterns: of the addresses of releases, for a list.
    :raises FetchError: it cannot be unpacked, or no reader takes it.
    """
    try:
        with time_limit(seconds_for(len(answer.body), DEFAULTS)):
            return _listing(answer, kind, patterns)
    except FetchError:
        raise
    except OverdueError as error:
        raise FetchError(f"{answer.url} takes too long to be read") from error
    except Exception as error:  # what others wrote may trip any parser
        raise FetchError(f"{answer.url} {refused(answer.url, error).reason}") from error


def text_of(answer: HttpAnswer) -> str:
    """The text of an answer, decoded by what it states and what its bytes say."""
    return decode(answer.content, declared_charset(answer.header("content-type"))).text


def _listing(answer: HttpAnswer, kind: str, patterns: tuple[str, ...]) -> Listing | None:
    if kind == "sitemap":
        data = answer.content
        if data[:2] == b"\x1f\x8b":
            data = unpacked(data, answer.url, answer.limit)
        return sitemap_listing(data, answer.url) or feed_listing(text_of(answer), answer.url)
    if kind == "feed":
        return _led_on(feed_listing(text_of(answer), answer.url), answer)
    return _led_on(link_listing(text_of(answer), answer.url, patterns), answer)


def _led_on(listing: Listing | None, answer: HttpAnswer) -> Listing | None:
    """A listing that names no next page, with the one that the head of the answer names."""
    if listing is None or listing.more:
        return listing
    headers = ",".join(value for name, value in answer.headers if name.lower() == "link")
    places = [place for place, about in _LINK.findall(headers) if _IS_NEXT.search(about)]
    following = web_address(answer.url, places[0]) if places else None
    return replace(listing, more=(following,), scripted=False) if following else listing
