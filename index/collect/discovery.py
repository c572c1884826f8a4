"""Where a site lists its releases: the feed it names, usual paths, its sitemap, else its page."""

from __future__ import annotations

from urllib.parse import urljoin

from index.collect.answer_listing import answer_listing, text_of
from index.collect.fetch_error import FetchError
from index.collect.link_listing import feed_links
from index.collect.listing import Listing
from index.collect.polite_fetcher import PoliteFetcher
from index.collect.sources_file import PressSource

FEED_PATHS = ("feed", "feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
"""Where feeds are on sites that do not name them, beside the page and at the root."""
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml")
"""Where news sitemaps are. A sitemap of all pages serves no better than the page itself."""


def discover(source: PressSource, fetcher: PoliteFetcher) -> tuple[str, str]:
    """Address and kind of what lists the releases of a site.

    :raises FetchError: the site itself cannot be fetched.
    """
    page = fetcher.get(source.url)
    if page.status != 200:
        raise FetchError(f"{source.url} gave status {page.status}")
    for kind in ("feed", "sitemap"):
        if answer_listing(page, kind) is not None:
            return page.url, kind
    named = [link.url for link in feed_links(text_of(page), page.url)]
    usual = [
        urljoin(base, path) for base in (_folder(page.url), _root(page.url)) for path in FEED_PATHS
    ]
    for url in dict.fromkeys([*named, *usual]):
        listing = _there(url, page.url, fetcher, "feed")
        if listing is not None and listing.entries:
            return url, "feed"
    sitemaps = [url for url in fetcher.named_sitemaps(page.url) if "news" in url.lower()]
    for url in [*sitemaps, *(urljoin(page.url, path) for path in SITEMAP_PATHS)]:
        if _there(url, page.url, fetcher, "sitemap") is not None:
            return url, "sitemap"
    return source.url, "list"


def _there(url: str, page: str, fetcher: PoliteFetcher, kind: str) -> Listing | None:
    try:
        answer = fetcher.get(url)
        return answer_listing(answer, kind) if answer.status == 200 else None
    except FetchError:
        if fetcher.rests(page):
            raise
        return None  # nothing there, or nothing for us: the next place is tried


def _folder(url: str) -> str:
    return url if url.endswith("/") else url + "/"


def _root(url: str) -> str:
    return urljoin(url, "/")
