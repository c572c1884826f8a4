"""Feeds, sitemaps, lists of links and sites are read for what they list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.collect.collector import MOST_REPEATED
from index.collect.feed_listing import feed_listing
from index.collect.link_listing import feed_links, link_listing
from index.collect.sitemap_listing import sitemap_listing
from index.collect.sources_file import PressSource
from tests.index.collect.press_site import Clock, Site, headline, run

HERE = "https://port.example/news/"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title>
<link rel="next" href="?page=2"/><entry><id>tag:port.example,2023:1</id><title>A</title>
<link href="/news/1"/><updated>2023-03-14T10:00:00Z</updated></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>P</title><link>https://port.example/</link>
<item><title>A</title><link>1?a=1&amp;b=2</link><pubDate>Tue, 14 Mar 2023 10:00:00 GMT</pubDate></item>
<item><title>B</title><guid>https://port.example/news/2</guid></item>
<item><title>Only text</title></item></channel></rss>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "https://port.example/feed.json?2",
        "items": [{"id": "7", "url": "/news/1", "date_published": "2023-03-14T10:00:00Z"}, 9],
    }
)


@pytest.mark.parametrize(
    ("text", "urls", "more"),
    [
        (ATOM, ["https://port.example/news/1"], ["https://port.example/news/?page=2"]),
        (
            ATOM.replace('rel="next" href="?page=2"', 'rel="prev-archive" href="/news/2022.atom"'),
            ["https://port.example/news/1"],
            ["https://port.example/news/2022.atom"],
        ),
        (RSS, ["https://port.example/1?a=1&b=2", "https://port.example/news/2", None], []),
        (JSON_FEED, ["https://port.example/news/1"], ["https://port.example/feed.json?2"]),
    ],
)
def test_feeds(text: str, urls: list[str | None], more: list[str]) -> None:
    listing = feed_listing(text, HERE)
    assert listing is not None
    assert [entry.url for entry in listing.entries] == urls
    assert list(listing.more) == more
    assert listing.entries[0].issued == 1_678_788_000.0


@pytest.mark.parametrize("text", ["", "<html><p>no feed</html>", "{", '{"items": 3}', "<urlset/>"])
def test_what_is_no_feed(text: str) -> None:
    assert feed_listing(text, HERE) is None


def test_sitemaps_with_news_list_the_news_alone() -> None:
    data = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc>https://port.example/about</loc><lastmod>2020-01-01</lastmod></url>
      <url><loc> https://port.example/news/1 </loc><news:news><news:publication_date>2023-03-14T10:00:00+00:00
      </news:publication_date></news:news></url></urlset>"""
    listing = sitemap_listing(data, HERE)
    assert listing is not None
    assert [(each.url, each.issued) for each in listing.entries] == [
        ("https://port.example/news/1", 1_678_788_000.0)
    ]


def test_a_sitemap_index_leads_to_its_parts_the_newest_first() -> None:
    parts = "".join(
        f"<sitemap><loc>/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("old", "2020-01-01"), ("new", "2023-03-14"))
    )
    listing = sitemap_listing(f"<sitemapindex>{parts}</sitemapindex>".encode(), HERE)
    assert listing is not None
    assert listing.more == ("https://port.example/new.xml", "https://port.example/old.xml")


def test_entities_of_a_sitemap_open_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    data = f'<!DOCTYPE u [<!ENTITY x SYSTEM "{tmp_path}/secret">]><urlset><url><loc>https://port.example/&x;</loc></url></urlset>'
    listing = sitemap_listing(data.encode(), HERE)
    assert listing is not None
    assert "secret" not in str(listing.entries)


LIST = f"""<html><body><nav><a href="/a/b">A menu with four words</a></nav>
<ul><li><a href="/news/1">{headline(1)}</a></li><li><a href="2#top">{headline(2)}</a></li>
<li><a href="/news/2">{headline(2)} again</a></li><li><a href="/news/3">新碼頭今日重新開放予市民使用</a></li>
<li><a href="/x">More</a></li><li><a href="https://other.example/1">{headline(9)}</a></li>
<li><a href="/">Back to the first page</a></li><li><a href="mailto:a@b.example">Write to the press office</a></li></ul>
<a href="?page=2">{{}}</a></body></html>"""


@pytest.mark.parametrize(
    "words", ["Next", "next page »", "Suivant", "下一頁", "Следующая", "›", "Older posts", "التالي"]
)
def test_lists_of_links(words: str) -> None:
    listing = link_listing(LIST.format(words), HERE, ())
    assert listing is not None
    assert [entry.url for entry in listing.entries] == [f"{HERE}1", f"{HERE}2", f"{HERE}3"]
    assert listing.more == (f"{HERE}?page=2",)


def test_patterns_say_which_links_are_releases() -> None:
    listing = link_listing(LIST.format("2"), HERE, ("*://other.example/*", "*/x"))
    assert listing is not None
    assert [each.url for each in listing.entries] == [
        "https://port.example/x",
        "https://other.example/1",
    ]
    assert listing.more == (f"{HERE}?page=2",), "the second page of its pager"


@pytest.mark.parametrize(
    ("here", "pager", "following"),
    [
        ("list", "<b>1</b> <a href='?page=1'>2</a> <a href='?page=2'>3</a>", "list?page=1"),
        ("list?page=1", "<a href='list'>1</a> <b>2</b> <a href='?page=2'>3</a>", "list?page=2"),
        ("list?page=2", "<a href='list'>1</a> <a href='?page=1'>2</a> <b>3</b>", None),
        ("list?start=20", "<a href='?start=10'>2</a> 3 <a href='?start=30'>4</a>", "list?start=30"),
        ("list", "<a href='list'>1</a> <a href='?cur=2&amp;cHash=a1'>2</a>", "list?cur=2&cHash=a1"),
        ("index.html", "<i>1</i> <a href='index_2.html'>2</a>", "index_2.html"),
        ("page/7", "<a href='1'>1</a> … <a href='6'>6</a> <em>7</em> <a href='8'>8</a>", "page/8"),
        ("list", "<a href='?page=2'>Load more</a>", "list?page=2"),
        ("list", "<a href='/news/about'>Show more</a>", None),
        ("list", "<a href='?mediaPage=2'>2</a>", "list?mediaPage=2"),
        ("list", "<a href='?month=3&amp;day=2'>2</a>", None),
        ("list", "<a href='?selectedDay=2'>2</a>", None),
        ("list", "<a href='?day=1'>1</a> <a href='?day=2'>2</a>", None),
        ("list", "<a href='list/2026/03/02'>2</a>", None),
        ("list", "<a href='?year=2019'>2019</a> <a href='?year=2020'>2020</a>", None),
        ("list", "<a href='https://other.example/news/list?page=2'>2</a>", None),
    ],
)
def test_a_list_goes_on_at_the_next_number_of_its_pager(
    here: str, pager: str, following: str | None
) -> None:
    listing = link_listing(f"<html><div><p>{pager}</p></div></html>", HERE + here, ())
    assert listing is not None
    assert listing.more == (() if following is None else (HERE + following,))


@pytest.mark.parametrize(
    ("pager", "needs"),
    [
        (
            "<a href=\"javascript:__doPostBack('g','2')\">2</a> <a href='JavaScript:go(3)'>3</a>",
            True,
        ),
        ("<button type='button'>Load more</button>", True),
        ("<a href='#' class='more'>Mehr laden</a>", True),
        ("<a href='?page=2'>2</a> <a href='javascript:go(3)'>3</a>", False),
        ("<button>Next</button><button>1</button><button>2</button><button>3</button>", False),
        ("".join(f"<a href='javascript:day({n})'>{n}</a>" for n in range(1, 32)), False),
        ("<a href='/news/archive'>Show more</a>", False),
        ("", False),
    ],
)
def test_a_list_that_only_a_script_leads_on_is_said_to_be_cut(
    site: Site, clock: Clock, tmp_path: Path, pager: str, needs: bool
) -> None:
    site.release(1)
    text = f"<html><a href='/news/1'>{headline(1)}</a><p>{pager}</p></html>"
    site.put("/list", text, etag='"1"')
    source = PressSource(name="port", url=f"{site.url}/list", kind="list")
    for new in (1, 0):
        (report,) = run(tmp_path, clock, source)
        assert len(report.new) == new
        assert ("only its first page was taken" in "\n".join(report.lines())) is needs


@pytest.mark.parametrize(
    "item",
    [
        "<li><h3>{title}</h3><p>Ferries call again.</p><a href='/news/5'>Read more</a></li>",
        "<div><h2>{title}</h2><span><a href='/news/5'>More</a></span></div>",
        "<tr><td>14.03.2023</td><td>{title}</td><td><a href='/news/5'>View</a></td></tr>",
        "<li>{title} <a href='/news/5#x'>More</a><a href='https://share.example/?u=5'>+</a></li>",
        "<a href='/news/5' aria-label='Read more: {title}'>More</a>",
        "<a href='/news/5' title='{title}'>More</a>",
    ],
)
def test_a_link_that_says_little_is_known_by_its_item(item: str) -> None:
    menu = "<ul><li><a href='/contact'>Contact</a></li><li>Our <a href='/aims'>aims</a></li></ul>"
    table = f"<table>{item.format(title=headline(5))}</table>"
    listing = link_listing(f"<html>{menu}{table}<a href='/x'>Read more</a></html>", HERE, ())
    assert listing is not None
    assert [each.url for each in listing.entries] == ["https://port.example/news/5"]


@pytest.mark.parametrize(
    "item",
    [
        "<article><header><h2><a href='/news/{n}'>{t}</a></h2></header><footer>...</footer></article>",
        "<li><a href='/news/{n}'>{t}</a></li>",
        "<div><h3><a href='/news/{n}'>{t}</a></h3><a href='/topics/{n}'>Ports</a></div>",
        "14.03.2023 <a href='/news/{n}'>{t}</a><br>",
    ],
)
def test_a_short_headline_is_known_by_those_around_it(item: str) -> None:
    titles = [*map(headline, range(3)), "Neue Fähre", "Hafenfest 2023"]
    items = "".join(item.format(n=n, t=title) for n, title in enumerate(titles))
    furniture = (
        "<header><a href='/motto'>The harbours of all the islands</a></header>{}"
        "<footer><a href='/legal'>Legal notice and data protection</a></footer>"
    )
    menu = "<ul><li><a href='/about'>About us</a></li><li><a href='/3'>Permits</a></li></ul>"
    more = "<li><a href='/archive/more'>All news</a></li> <a href='?page=2'>2</a>"
    page = furniture.format(f"<div>{menu}</div><section>{items}{more}</section>")
    listing = link_listing(f"<html>{page}</html>", HERE, ())
    assert listing is not None
    assert [each.url for each in listing.entries] == [f"{HERE}{n}" for n in range(5)]


@pytest.mark.parametrize("list_text", ["<html><a href='/2023'>2023</a></html>", '{"items": []}'])
def test_a_source_that_names_no_release_is_said_to_at_every_visit(
    site: Site, clock: Clock, tmp_path: Path, list_text: str
) -> None:
    site.put("/list", list_text, etag='"1"')
    source = PressSource(name="port", url=f"{site.url}/list", kind="list")
    for _ in range(2):
        (report,) = run(tmp_path, clock, source)
        assert report.lists_nothing
        assert "/list names no release. Give the address of a feed" in "\n".join(report.lines())
    site.release(1)
    site.put("/list", f"<html><a href='/news/1'>{headline(1)}</a></html>", etag='"2"')
    for _ in range(2):
        assert not run(tmp_path, clock, source)[0].lists_nothing


def test_a_next_story_is_no_next_page() -> None:
    text = '<html><a href="https://port.example/story/9">Next</a></html>'
    listing = link_listing(text, "https://port.example/news/list", ())
    assert listing is not None
    assert listing.more == ()


def test_pages_name_their_feeds_but_not_those_of_comments() -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="/atom">'
    )
    assert [each.url for each in feed_links(links, HERE)] == ["https://port.example/atom"]


@given(st.text())
def test_no_text_trips_the_readers(text: str) -> None:
    for each in (
        feed_listing(text, HERE),
        link_listing(text, HERE, ()),
        sitemap_listing(text.encode("utf-8", "replace"), HERE),
    ):
        assert each is None or isinstance(each.entries, tuple)


@pytest.mark.parametrize("how", ["link", "path", "robots", "list"])
def test_a_site_is_looked_through_for_what_lists_its_releases(
    site: Site, clock: Clock, tmp_path: Path, how: str
) -> None:
    site.release(1)
    link = (
        '<link rel="alternate" type="application/rss+xml" href="/f.xml">' if how == "link" else ""
    )
    site.put("/news/", f"<html>{link}<a href='/news/1'>{headline(1)}</a></html>")
    if how in ("link", "path"):
        site.feed("/f.xml" if how == "link" else "/rss.xml", [(1, "/news/1")])
    if how == "robots":
        site.put("/robots.txt", f"Sitemap: {site.url}/maps/news.xml\n", "text/plain")
        entry = f"<url><loc>{site.url}/news/1</loc></url>"
        site.put("/maps/news.xml", f"<urlset>{entry}</urlset>", "text/xml")
    source = PressSource(name="port", url=f"{site.url}/news/")
    (report,) = run(tmp_path, clock, source)
    assert report.new == [f"{site.url}/news/1"]
    asked = len(site.asked)
    run(tmp_path, clock, source)
    assert len(site.asked) == asked + 1, "what was found is remembered"


def test_a_long_list_is_followed_over_runs(site: Site, clock: Clock, tmp_path: Path) -> None:
    for at in range(6):
        link = f"<a href='{site.release(at)}'>{headline(at)}</a>"
        site.put(
            f"/list?page={at}" if at else "/list",
            f"<html>{link}<a href='/list?page={at + 1}'>Next</a></html>",
        )
    site.put("/list?page=6", "<html>The end</html>")
    source = PressSource(name="port", url=f"{site.url}/list", kind="list", pages=3)
    found = [len(run(tmp_path, clock, source)[0].new) for _ in range(4)]
    assert found == [3, 2, 1, 0]


BAD = ("http://[bad", "https://", "javascript:x", "ftp://port.example/1", "//")


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_address_costs_itself(bad: str) -> None:
    good = "https://port.example/news/1"
    rss = f"<rss version='2.0'><channel><item><link>{bad}</link><title>B</title></item><item><link>{good}</link></item></channel></rss>"
    sitemap = f"<urlset><url><loc>{bad}</loc></url><url><loc>{good}</loc></url></urlset>"
    links = f"<html><a href='{bad}'>{headline(1)}</a><a href='{good}'>{headline(2)}</a></html>"
    for listing in (
        feed_listing(rss, HERE),
        sitemap_listing(sitemap.encode(), HERE),
        link_listing(links, HERE, ()),
    ):
        assert listing is not None
        assert good in [each.url for each in listing.entries]
        assert bad not in [each.url for each in listing.entries]
    index = f"<sitemapindex><sitemap><loc>{bad}</loc></sitemap></sitemapindex>"
    parts = sitemap_listing(index.encode(), HERE)
    assert parts is not None
    assert set(parts.more) <= {HERE}, "the page itself, at the most"


@pytest.mark.parametrize(
    "link",
    ["<?page=2>; rel=next", '</>; rel="first", </list?page=2>; title="on"; rel="last next"'],
)
def test_the_head_of_an_answer_says_where_a_list_goes_on(
    site: Site, clock: Clock, tmp_path: Path, link: str
) -> None:
    for number in (1, 2):
        site.release(number)
    lines = [f"<html><li><a href='/news/{number}'>{headline(number)}</a></li>" for number in (1, 2)]
    site.put("/list", lines[0], headers={"Link": link})
    site.put("/list?page=2", lines[1])
    (report,) = run(tmp_path, clock, PressSource(name="p", url=f"{site.url}/list", kind="list"))
    assert report.new == [f"{site.url}/news/1", f"{site.url}/news/2"]


@pytest.mark.parametrize("shown", ["<li><a href='/news/1'>{}</a></li>", "<p>{} is all we had</p>"])
def test_a_pager_without_end_ends(site: Site, clock: Clock, tmp_path: Path, shown: str) -> None:
    """A calendar leads on for ever, month by month, and some lists show their last page again."""
    site.release(1)
    site.put("/list", f"<html><li><a href='/news/1'>{headline(1)}</a></li><a rel=next href='/m1'>")
    for month in range(1, 60):
        text = f"<html>{shown.format(headline(1))} {month}<a rel=next href='/m{month + 1}'>on</a>"
        site.put(f"/m{month}", text)
    source = PressSource(name="p", url=f"{site.url}/list", kind="list")
    for _ in range(2):
        run(tmp_path, clock, source)
    assert sum(each.path.startswith("/m") for each in site.asked) <= MOST_REPEATED + 2


def test_months_without_a_release_do_not_end_a_list(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    for number in (1, 2):
        site.release(number)
    line = "<html><li><a href='/news/{}'>{}</a></li><a rel=next href='{}'>on</a>"
    site.put("/list", line.format(1, headline(1), "/m1"))
    for month in range(1, MOST_REPEATED):
        site.put(f"/m{month}", f"<html><a rel=next href='/m{month + 1}'>on</a>")
    site.put(f"/m{MOST_REPEATED}", line.format(2, headline(2), "/list"))
    (report,) = run(tmp_path, clock, PressSource(name="p", url=f"{site.url}/list", kind="list"))
    assert report.new == [f"{site.url}/news/1", f"{site.url}/news/2"]


@pytest.mark.parametrize(
    "frames",
    [
        "<frameset><frame src='/menu'><frame src='{}'></frameset>",
        "<h1>News</h1><iframe src='{}'></iframe>",
    ],
)
def test_a_list_in_a_frame_is_the_list(
    site: Site, clock: Clock, tmp_path: Path, frames: str
) -> None:
    site.release(1)
    site.put("/list", f"<html>{frames.format('/rows')}</html>")
    site.put("/menu", "<html><a href='/'>Home</a></html>")
    site.put("/rows", f"<html><li><a href='/news/1'>{headline(1)}</a></li></html>")
    (report,) = run(tmp_path, clock, PressSource(name="p", url=f"{site.url}/list", kind="list"))
    assert report.new == [f"{site.url}/news/1"]
    assert not report.lists_nothing


def test_sitemaps_of_lines_and_feeds_given_for_sitemaps(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.put(
        "/map.txt", f"\ufeff{site.url}/news/1\r\n\r\n{site.url}{site.release(1)}\n", "text/plain"
    )
    site.feed("/map.xml", [(2, site.release(2))])
    sources = [
        PressSource(name=name, url=f"{site.url}/map.{name}", kind="sitemap")
        for name in ("txt", "xml")
    ]
    reports = run(tmp_path, clock, *sources)
    assert [report.new for report in reports] == [[f"{site.url}/news/1"], [f"{site.url}/news/2"]]
    assert sitemap_listing(b"Harbours:\nhttps://port.example/1", HERE) is None
