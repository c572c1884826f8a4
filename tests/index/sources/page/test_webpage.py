from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.day_order import regional_order
from index.release import Photo, Translation
from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from tests.timing import HOSTILE_RATIO, processor_time

HEADLINE = "New ferry pier opens to passengers next month"
PROSE = (
    "<p>The new pier at East Basin will open to passengers on the first of next month, the "
    "harbour master told reporters. Ferries will call there every twenty minutes.</p>"
    "<p>Work took two years and cost less than planned. Ramps make the pier accessible to "
    "everybody, and a shelter with seats keeps those who wait out of the rain.</p>"
    "<p>The old pier closes on the same day and will be taken down during the winter.</p>"
)
NAV = "<nav><ul>" + "".join(f"<li><a href='/s{n}'>Section {n}</a></li>" for n in range(8)) + "</ul></nav>"  # fmt: skip
FOOTER = "<footer><p>© 2024 Harbour Office. All rights reserved.</p><a href='/c'>Contact</a></footer>"  # fmt: skip


def page(body: str, head: str = "", title: str = f"{HEADLINE} | Harbour Office") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head>'
        f"<body>{NAV}{body}{FOOTER}</body></html>"
    )


def result(text: str, url: str | None = "https://harbour.example/n/4") -> Draft | Refusal:
    assert webpage.recognise(text)
    (found,) = webpage.read(text, Document(name="page.html", data=b"", url=url))
    return found


def release(text: str, url: str | None = "https://harbour.example/n/4") -> Draft:
    found = result(text, url)
    assert isinstance(found, Draft), found
    return found


def refusal(text: str) -> str:
    found = result(text)
    assert isinstance(found, Refusal), found
    return found.reason


def date_of(text: str, url: str | None = "https://harbour.example/n/4") -> str | None:
    draft = release(text, url)
    order = regional_order(draft.url, draft.language)
    return draft.dates[0].ordered(order).date if draft.dates else None


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


# Headline


@pytest.mark.parametrize(
    ("escaped", "shown"),
    [
        ("Fish &amp;amp; chips return to the east pier", "Fish & chips return to the east pier"),
        ("Fish &amp;#38; chips return to the east pier", "Fish & chips return to the east pier"),
        ("The port&amp;rsquo;s pier opens to everybody", "The port’s pier opens to everybody"),
        ("Fish &amp;chips; return to the east pier", "Fish &chips; return to the east pier"),
    ],
)
def test_a_headline_that_was_escaped_twice_is_told_as_meant(escaped: str, shown: str) -> None:
    assert release(page(f"<h1>{escaped}</h1>{PROSE}", title=escaped)).headline == shown
    assert release(page(f"<h1>News</h1>{PROSE}", title=f"{escaped} | Harbour")).headline == shown


@pytest.mark.parametrize(
    ("body", "head", "title"),
    [
        (f"<h1>{HEADLINE}</h1>{PROSE}", "", f"{HEADLINE} | Harbour Office"),
        (f"<h1>News</h1><h1>{HEADLINE}</h1>{PROSE}", "", f"{HEADLINE} - Harbour Office"),
        (f"<h1>Harbour Office</h1><h2>{HEADLINE}</h2>{PROSE}", "", f"Harbour: {HEADLINE}"),
        (f"<h1>{HEADLINE}</h1>{PROSE}", "", "May 24, 2022 Press Release"),
        (f"<h1>New ferry pier<br>opens to passengers next month</h1>{PROSE}", "", HEADLINE),
        (f"<h1>New fer\u00adry pier opens to pas\u00adsen\u00adgers next month</h1>{PROSE}", "", HEADLINE),
        (f"<h1><em>Transport</em> {HEADLINE}</h1>{PROSE}",
         f'<meta property="og:title" content="{HEADLINE}">', "Harbour Office - News"),
        (f"<p><b>{HEADLINE}</b></p>{PROSE}", "", f"{HEADLINE} - Press Releases - Portal"),
        (PROSE, f'<meta property="og:title" content="{HEADLINE}">', "Harbour Office"),
        (f"<h1>Tell us what you think</h1><h1>{HEADLINE}</h1>{PROSE}", ld(**{
            "@graph": [{"@type": "WebSite", "name": "Harbour Office"},
                       {"@type": "NewsArticle", "headline": HEADLINE}]}), "Harbour Office"),
    ],
)  # fmt: skip
def test_the_headline(body: str, head: str, title: str) -> None:
    assert release(page(body, head, title)).headline == HEADLINE


def test_a_dash_inside_a_headline_stays() -> None:
    headline = "Support for homes suspended - government orders new rules"
    draft = release(page(f"<h1>{headline}</h1>{PROSE}", title=f"Harbour - {headline}"))
    assert draft.headline == headline


# Dates


@pytest.mark.parametrize(
    ("before", "after", "head"),
    [
        ("", "<p>June 3, 2010</p>", ""),
        ("<p>FOR IMMEDIATE RELEASE</p><p>Thursday, June 3, 2010</p>", "", ""),
        ("", "<p>Bern, 03.06.2010 - Rede im Hafen am 5. Juni 2010</p>", ""),
        ("", "<dl><dt>Updated:</dt><dd>9 July 2012</dd><dt>Published:</dt><dd>3 June 2010</dd></dl>", ""),
        ("", "<p>Last updated: 9 July 2012</p>",
         '<meta property="article:published_time" content="2010-06-03T10:00:00Z">'),
        ("<p>June 3, 2010</p>", "",
         ('<meta property="article:published_time" content="2010-06-04T01:00:00Z">'
         '<meta property="article:modified_time" content="2015-01-01T01:00:00Z">')),
        ("", '<p><time datetime="2010-06-03T22:00:00-05:00">two weeks ago</time></p>', ""),
        ("", "", ld(**{"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2010-06-03",
                       "dateModified": "2012-07-09"})),
        ("", "", '<meta name="DC.date.issued" content="2010-06-03">'),
        ("", "", '<meta name="dcterms.issued" content="2010-06-03">'),
        ("", '<span itemprop="datePublished" content="2010-06-03"></span>', ""),
        ("", "<p>3 juin 2010</p>", ""),
        ("", "<p>2010年6月3日</p>", ""),
    ],
)  # fmt: skip
def test_the_date_of_issue(before: str, after: str, head: str) -> None:
    assert (
        date_of(page(f"<main>{before}<h1>{HEADLINE}</h1>{after}{PROSE}</main>", head))
        == "2010-06-03"
    )


@pytest.mark.parametrize(
    "line",
    ["3 JUNE 2010", "Stand 03.06.2010", "Ends/Thursday, June 3, 2010", "published: June 03, 2010"],
)
def test_a_date_at_the_foot(line: str) -> None:
    assert date_of(page(f"<main><h1>{HEADLINE}</h1>{PROSE}<p>{line}</p></main>")) == "2010-06-03"


def test_a_date_in_the_address_is_the_last_resort() -> None:
    text = page(f"<h1>{HEADLINE}</h1>{PROSE}")
    assert date_of(text, "https://h.example/2010/06/03/pier") == "2010-06-03"
    assert date_of(text, "https://h.example/2010/jun/3/pier") == "2010-06-03"
    assert date_of(text, "https://h.example/2010/Juni/03") == "2010-06-03"
    assert date_of(text, "https://h.example/2010/6/3/") == "2010-06-03"
    assert date_of(text, "https://h.example/pier") is None
    assert date_of(text, "https://h.example/2010/room/3/") is None


def test_dates_of_change_and_of_other_news_are_not_taken() -> None:
    body = (
        f"<main><h1>{HEADLINE}</h1>{PROSE}<p>Copyright 14.02.2019</p>"
        "<h2>Related news</h2><p><a href='/x'>Another thing happened at the harbour</a></p>"
        "<p>March 1, 2021</p></main>"
    )
    assert date_of(page(body)) is None


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("Letzte Änderung 14.02.2019", ""),
        ("Last updated: 14 February 2019", ""),
        ("最終更新日：2019年2月14日", ""),
        ("", '<meta property="article:modified_time" content="2019-02-14T10:00:00Z">'),
    ],
)
def test_a_change_is_the_date_of_a_page_without_another(line: str, head: str) -> None:
    body = f"<main><h1>{HEADLINE}</h1>{PROSE}<p>{line}</p></main>"
    found = release(page(body, head)).dates
    assert [(each.date, each.source) for each in found] == [("2019-02-14", "updated")]
    issued = page(body, head + '<meta name="DC.date.issued" content="2019-01-31">')
    assert date_of(issued) == "2019-01-31"


@pytest.mark.parametrize(
    ("host", "expected"), [("harbour.gov", "2010-03-06"), ("harbour.gov.au", "2010-06-03")]
)
def test_numbers_are_read_as_the_country_writes_them(host: str, expected: str) -> None:
    text = page(f"<h1>{HEADLINE}</h1><p>03/06/2010</p>{PROSE}")
    assert date_of(text, f"https://{host}/pier") == expected


# Agency


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ((f"<h1>{HEADLINE}</h1><dl><dt>From:</dt><dd><a href='/o'>Ministry of Tides</a> and "
         f"<a href='/p'>Port Board</a></dd></dl>{PROSE}"), ""),
        (f"<h1>{HEADLINE}</h1>{PROSE}<p>Herausgeber</p><p>Ministry of Tides</p>",
         '<meta name="author" content="Department of Websites">'),
        (f"<p>Ministry of Tides</p><p>Office of Communication</p><h1>{HEADLINE}</h1>{PROSE}", ""),
        (f"<h1>{HEADLINE}</h1>{PROSE}", '<meta name="author" content="Ministry of Tides">'),
        (f"<h1>{HEADLINE}</h1>{PROSE}", ('<meta name="author" content="Jane Doe">'
         '<meta name="DC.publisher" content="Ministry of Tides">')),
        (f"<h1>{HEADLINE}</h1>{PROSE}", ld(**{
            "@type": "NewsArticle", "headline": HEADLINE,
            "author": {"@type": "Person", "name": "Minister Jane Doe"},
            "publisher": {"@type": "GovernmentOrganization", "name": "Ministry of Tides"}})),
    ],
)  # fmt: skip
def test_a_stated_agency(body: str, head: str) -> None:
    draft = release(page(body, head))
    assert draft.stated_agency == "Ministry of Tides"
    assert draft.stated_agency_rule


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:site_name" content="Ministry of Tides">', HEADLINE),
        ("", f"{HEADLINE} | Ministry of Tides"),
        ('<meta property="og:site_name" content="The Official Website of the Ministry of Tides">', HEADLINE),
    ],
)  # fmt: skip
def test_a_sites_name_only_suggests_its_agency(head: str, title: str) -> None:
    draft = release(page(f"<h1>{HEADLINE}</h1>{PROSE}", head, title))
    assert draft.stated_agency is None
    assert draft.weak_agency == "Ministry of Tides"


# Text


def test_the_text_keeps_its_structure_and_leaves_the_furniture() -> None:
    body = (
        '<div class="breadcrumb"><a href="/">Home</a> &gt; New ferry pier…</div>'
        f"<main><h1>{HEADLINE}</h1><p>June 3, 2010</p>"
        '<div class="share-links"><a href="#">Facebook</a> <a href="#">Twitter</a></div>'
        f"{PROSE}<h2>Fares</h2><ul><li>adults: 5</li><li>children: 2</li></ul>"
        "<ol><li>buy</li><li>board</li></ol>"
        "<table><tr><th>Day</th><th>First</th></tr><tr><td>Monday</td><td>6.00</td></tr></table>"
        "<p>Call 123.</p><p><a href='#'>Print this page</a></p></main>"
        '<aside>Sign up for news</aside><div id="cookie-banner">We use cookies</div>'
    )
    blocks = release(page(body)).body.split("\n\n")
    assert blocks[0].startswith("The new pier at East Basin")
    assert blocks[-5:] == [
        "\fFares",
        "\tadults: 5\n\tchildren: 2",
        "\vbuy\n\vboard",
        "\fDay\tFirst\nMonday\t6.00",
        "Call 123.",
    ]
    assert len(blocks) == 8


def test_a_page_laid_out_with_tables() -> None:
    body = (
        "<table><tr><td><a href='/a'>Home</a><br><a href='/b'>News</a></td><td>"
        f"<h1>{HEADLINE}</h1>{PROSE}</td></tr></table>"
    )
    text = release(page(body)).body
    assert text.startswith("The new pier")
    assert "\t" not in text
    assert text.endswith("during the winter.")


def test_lines_parted_by_br_are_paragraphs() -> None:
    prose = PROSE.replace("<p>", "").replace("</p>", "<br><br>\n")
    text = release(page(f"<h1>{HEADLINE}</h1><div>{prose}</div>")).body
    assert len(text.split("\n\n")) == 3


@pytest.mark.parametrize("name", ["utm_source", "fontSize", "print", "mkt_tok", "_gl", "share"])
def test_an_address_goes_without_what_shows_no_other_release(name: str) -> None:
    head = f'<link rel="canonical" href="/n/4?{name}=1&amp;id=4">'
    draft = release(page(f"<main><h1>{HEADLINE}</h1>{PROSE}</main>", head))
    assert draft.url == "https://harbour.example/n/4?id=4"


def test_an_address_without_a_host_is_none_of_a_page() -> None:
    head = '<link rel="canonical" href="https://:80/n/4">'
    draft = release(page(f"<main><h1>{HEADLINE}</h1>{PROSE}</main>", head))
    assert draft.url != "https://:80/n/4"


def test_photos_translations_address_and_language() -> None:
    head = (
        '<link rel="canonical" href="/n/4?utm_source=x&amp;id=4#top">'
        '<link rel="alternate" hreflang="de" href="/de/4"><link rel="alternate" hreflang="en" href="/n/4">'
    )
    figure = '<figure><img src="/p.jpg"><figcaption>The <b>pier</b></figcaption></figure>'
    draft = release(page(f"<main><h1>{HEADLINE}</h1>{PROSE}{figure}</main>", head))
    assert draft.url == "https://harbour.example/n/4?id=4"
    assert draft.translations == (Translation("de", "https://harbour.example/de/4"),)
    assert draft.photos == (Photo("https://harbour.example/p.jpg", "The pier"),)
    assert "The pier" not in draft.body.split("\n\n")
    assert draft.language == "en"


def test_a_text_in_another_script() -> None:
    prose = (
        "<p>海港局今日宣布，新渡輪碼頭將於下月一日啟用，渡輪每二十分鐘一班，市民可於當日參觀。</p>"
        * 2
    )
    text = f'<html lang="zh-Hant"><title>新渡輪碼頭下月啟用 - 海港局</title><h1>新渡輪碼頭下月啟用</h1><p>2021年3月4日</p>{prose}</html>'  # fmt: skip
    draft = release(text)
    assert draft.headline == "新渡輪碼頭下月啟用"
    assert draft.dates[0].date == "2021-03-04"
    assert draft.body.startswith("海港局今日宣布")


def test_double_encoded_entities_are_mended() -> None:
    body = PROSE.replace("The old pier", "The &acirc;&euro;&oelig;old&acirc;&euro;&#157; pier")
    assert "The “old” pier" in release(page(f"<h1>{HEADLINE}</h1>{body}")).body


# What is no release

ENTRIES = [f"Harbour news number {n}: something else has happened" for n in range(12)]


@pytest.mark.parametrize(
    "entry",
    [
        "<li><a href='/n/{n}'>{title}</a></li>",
        "<li>June {n}, 2010 <a href='/n/{n}'>{title}</a></li>",
        (
            "<div><h3><a href='/n/{n}'>{title}</a></h3><p>June {n}, 2010</p>"
            "<p>The harbour master told reporters that this is what happened and that more will be "
            "said about it when there is more to be said.</p></div>"
        ),
        "<tr><td>2010-06-{n:02}</td><td><a href='/n/{n}'>{title}</a></td></tr>",
    ],
)
@pytest.mark.parametrize(
    "title", ["Press releases | Harbour Office", "News archive", "Harbour Office"]
)
def test_lists_are_refused(entry: str, title: str) -> None:
    rows = "".join(entry.format(n=n, title=text) for n, text in enumerate(ENTRIES, start=1))
    rows = f"<table>{rows}</table>" if rows.startswith("<tr") else rows
    found = result(page(f"<main><h1>{title.split(' |')[0]}</h1>{rows}</main>", title=title))
    assert isinstance(found, Refusal)


def test_a_release_beside_a_list_of_news_is_a_release() -> None:
    links = "".join(
        f"<li><a href='/n/{n}'>{text}</a> June 1, 2009</li>" for n, text in enumerate(ENTRIES)
    )
    body = f"<div><h1>{HEADLINE}</h1><p>June 3, 2010</p>{PROSE}</div><div><h3>Latest news</h3><ul>{links}</ul></div>"  # fmt: skip
    draft = release(page(body))
    assert draft.headline == HEADLINE
    assert draft.dates[0].date == "2010-06-03"
    assert "Harbour news number" not in draft.body


def test_a_release_with_many_attachments_is_a_release() -> None:
    files = "".join(f"<li><a href='/f/{n}.pdf'>{text}</a></li>" for n, text in enumerate(ENTRIES))
    assert (
        release(page(f"<main><h1>{HEADLINE}</h1>{PROSE}<ul>{files}</ul></main>")).headline
        == HEADLINE
    )


@pytest.mark.parametrize(
    ("title", "body", "word"),
    [
        ("Page not found", "<h1>Page not found</h1><p>Try the search or the home page.</p>", "error"),
        ("404", "<h1>404 - File not found</h1>", "error"),
        ("Access Denied", "<h1>Access Denied</h1><p>You have no permission.</p>", "error"),
        ("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Leider.</p>", "error"),
        ("Harbour", "<p>Please enable JavaScript to view this page.</p>", "script"),
        ("Sign in", "<h1>Sign in</h1><p>Enter your name and password to go on.</p>", "sign in"),
        (HEADLINE, f"<h1>{HEADLINE}</h1>", "no text"),
        ("Cookies", ("<h1>Before you continue to us</h1><p>Cookies: we use cookies to make this "
         "site work and to count visits. Accept all cookies?</p>"), "cookies"),
    ],
)  # fmt: skip
def test_other_pages_are_refused_with_the_reason(title: str, body: str, word: str) -> None:
    assert word in refusal(page(body, title=title))


@pytest.mark.parametrize(
    "said",
    [
        "Fishing in the harbour is forbidden since the spring.",
        "The diver was not found by nightfall, and the search goes on.",
        "The old tickets are no longer available from Monday on.",
        "Pier 4 is under maintenance, so ferries use Pier 6.",
    ],
)
def test_a_short_release_that_says_what_errors_say_is_a_release(said: str) -> None:
    body = f"<h1>{HEADLINE}</h1><p>The harbour master spoke to the press at noon. {said}</p>"
    assert said in release(page(body)).body


@pytest.mark.parametrize(
    "said",
    [
        "The requested URL was not found on this server.",
        "Sorry. Not found.",
        "We are under maintenance. Come back in an hour or so, please, and thank you.",
        "The article that you asked for stood on a page that is no longer available.",
    ],
)
def test_a_text_of_an_error_is_refused(said: str) -> None:
    assert "error" in refusal(page(f"<h1>Harbour Board of Port Hale</h1><p>{said}</p>"))


def test_a_release_about_errors_is_a_release() -> None:
    headline = "Access denied to unsafe harbour buildings after inspection"
    draft = release(page(f"<h1>{headline}</h1>{PROSE * 3}", title=headline))
    assert draft.headline == headline


# Hostile input


def test_broken_json_ld_is_read_as_far_as_it_goes() -> None:
    broken = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "New\npier", '
        '"datePublished": "2010-06-03", }</script>'
    )
    assert date_of(page(f"<h1>{HEADLINE}</h1>{PROSE}", broken)) == "2010-06-03"


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5_000 + PROSE,
        "<p>" + "x" * 200_000 + "</p>",
        "<b><i>" * 3_000 + PROSE,
        "<table>" + "<tr><td>" * 3_000,
        "<a href='http://[::1'>x</a>" + PROSE,
        "<p>2010-99-99 and 31 February 2010</p>" + PROSE,
    ],
)
def test_hostile_pages_cost_about_what_ordinary_ones_do(body: str) -> None:
    hostile = page(f"<h1>{HEADLINE}</h1>{body}")
    ordinary = page(f"<h1>{HEADLINE}</h1>" + f"<p>{PROSE}</p>" * (1 + len(hostile) // len(PROSE)))
    usual = processor_time(lambda: result(ordinary))
    assert processor_time(lambda: result(hostile)) < HOSTILE_RATIO * usual


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    for whole in (text, page(text), page(PROSE, text), f"<h1>{text}</h1>{PROSE}"):
        (found,) = webpage.read(whole, Document(name="p", data=b""))
        assert isinstance(found, Draft | Refusal)


def test_a_comment_inside_a_headline_is_no_part_of_it() -> None:
    text = """<html><head><title>Pier four reopens to all | Port</title></head><body>
<h1><!-- node title --><span>Pier four reopens to all</span></h1>
<p>The pier that was closed in the spring has been repaired and is open to all boats again.</p>
</body></html>"""
    (found,) = webpage.read(text, Document(name="p", data=b""))
    assert isinstance(found, Draft)
    assert found.headline == "Pier four reopens to all"
