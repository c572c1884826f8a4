from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import feeds
from index.sources.draft import Document, Draft, Refusal
from index.sources.feed_items import MAX_ITEMS

DOCUMENT = Document(name="news.xml", data=b"")


def items(text: str, url: str | None = None) -> list[Draft]:
    assert feeds.recognise(text)
    found = list(feeds.read(text, Document(name="news.xml", data=b"", url=url)))
    assert [each for each in found if isinstance(each, Refusal)] == []
    return [each for each in found if isinstance(each, Draft)]


def rss(*inner: str, version: str = "2.0") -> str:
    body = "".join(f"<item>{each}</item>" for each in inner)
    return (
        f'<?xml version="1.0"?><rss version="{version}" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        "<title>Harbour Office: News</title><link>https://harbour.example/</link>"
        f"<language>en-gb</language>{body}</channel></rss>"
    )


def test_an_item_of_rss() -> None:
    (draft,) = items(
        rss(
            "<title>Pier 4 &amp; 5 reopen</title><link>https://harbour.example/n/4</link>"
            "<guid>https://harbour.example/n/4</guid>"
            "<pubDate>Thu, 04 Mar 2021 23:30:00 -0500</pubDate>"
            "<description>&lt;p&gt;In short.&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>First.</p><ul><li>one</li><li>two</li></ul>]]>"
            "</content:encoded><dc:creator>Ministry of Tides</dc:creator>"
        )
    )
    assert draft.headline == "Pier 4 & 5 reopen"
    assert draft.body == "First.\n\n\tone\n\ttwo"
    assert draft.url == "https://harbour.example/n/4"
    assert draft.id is None
    assert draft.dates[0].date == "2021-03-04"
    assert draft.dates[0].issued_at is not None
    assert draft.dates[0].issued_at.endswith("-05:00")
    assert draft.stated_agency == "Ministry of Tides"
    assert draft.weak_agency == "Harbour Office"
    assert draft.language == "en-GB"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Thu, 4 Mar 21 10:00 EST", "2021-03-04"),
        ("2021-03-04T01:00:00+08:00", "2021-03-04"),
        ("04 March 2021", "2021-03-04"),
        ("March 4, 2021 - 10:15am", "2021-03-04"),
        ("1614834000", "2021-03-04"),
        ("1614834000000", "2021-03-04"),
        ("not a date", None),
    ],
)
def test_dates_as_feeds_write_them(date: str, expected: str | None) -> None:
    (draft,) = items(rss(f"<title>T</title><pubDate>{date}</pubDate>"))
    assert (draft.dates[0].date if draft.dates else None) == expected


@pytest.mark.parametrize(
    ("guid", "expected"),
    [
        ("tag:harbour.example,2021:4", "tag:harbour.example,2021:4"),
        ("urn:uuid:5f0a", "urn:uuid:5f0a"),
        ("HO-2021-0004", "HO-2021-0004"),
        ("17", None),
        ("https://harbour.example/?p=4", None),
        ("/n/4", None),
        ("some words", None),
    ],
)
def test_a_guid_is_identity_only_if_it_is_stable(guid: str, expected: str | None) -> None:
    (draft,) = items(rss(f"<title>T</title><guid isPermaLink='false'>{guid}</guid>"))
    assert draft.id == expected


def test_a_guid_that_two_items_share_identifies_neither() -> None:
    found = items(rss(*["<title>T</title><guid>SAME-GUID-1</guid>"] * 2))
    assert [draft.id for draft in found] == [None, None]


@pytest.mark.parametrize(
    "notice",
    [
        "The post <a>Pier 4 reopens</a> appeared first on <a>Harbour Office</a>.",
        "L’article <a>Pier 4 reopens</a> est apparu en premier sur <a>Harbour Office</a>.",
        "投稿 <a>Pier 4 reopens</a> は <a>Harbour Office</a> に最初に表示されました。",
    ],
)
def test_what_a_feed_says_of_itself_below_a_text_is_none_of_it(notice: str) -> None:
    text = f"<![CDATA[<p>Pier 4 is open.</p><p>{notice}</p>]]>"
    item = f"<title>Pier 4 reopens</title><content:encoded>{text}</content:encoded>"
    (draft,) = items(rss(item))
    assert draft.body == "Pier 4 is open."


@pytest.mark.parametrize(
    ("last", "stays"),
    [
        ("<p><a href='https://harbour.example/4?utm_source=feed'>Read more</a></p>", False),
        ('… <a class="more" href="https://harbour.example/4">Weiterlesen</a>]<br />', False),
        ("<a href='https://www.harbour.example/4/'>more…</a>", False),
        ("<p><a href='https://harbour.example/5'>Pier 5 reopens</a></p>", True),
    ],
)
def test_a_link_to_its_own_page_is_no_part_of_a_text(last: str, stays: bool) -> None:
    text = f"<description><![CDATA[<p>Pier 4 is open.</p>{last}]]></description>"
    (draft,) = items(rss(f"<title>T</title><link>https://harbour.example/4</link>{text}"))
    assert draft.body.startswith("Pier 4 is open.")
    assert ("Pier 5 reopens" in draft.body) is stays
    assert "more" not in draft.body
    assert "lesen" not in draft.body


def test_a_relative_link_to_its_own_page_is_no_part_of_a_text() -> None:
    text = "<description><![CDATA[Pier 4 is open. <a href='/n/4'>more…</a>]]></description>"
    (draft,) = items(rss(f"<title>T</title><link>/n/4</link>{text}"))
    assert draft.body == "Pier 4 is open."


def test_a_text_that_is_a_link_alone_stays() -> None:
    link = "https://harbour.example/4"
    text = f"<description><![CDATA[<a href='{link}'>Pier 4 is open</a>]]></description>"
    (draft,) = items(rss(f"<title>T</title><link>{link}</link>{text}"))
    assert draft.body == "Pier 4 is open"


@pytest.mark.parametrize(
    "last",
    [
        "Pier 4 reopens, and the Harbour Office invites all who waited for it to come and see.",
        "Pier 4 reopens.",
        "Harbour Office",
    ],
)
def test_a_last_line_that_says_more_or_less_stays(last: str) -> None:
    text = f"<![CDATA[<p>Pier 4 is open.</p><p>{last}</p>]]>"
    item = f"<title>Pier 4 reopens</title><content:encoded>{text}</content:encoded>"
    (draft,) = items(rss(item))
    assert draft.body.endswith(last)


def test_persons_are_no_agencies() -> None:
    (draft,) = items(rss("<title>T</title><author>a@b.example (Jane Doe)</author>"))
    assert draft.stated_agency is None


def test_old_rss_relative_links_and_missing_parts() -> None:
    text = rss("<title>A</title><link>news/a b.htm</link>", "<description>Only text</description>",
               version="0.92")  # fmt: skip
    first, second = items(text)
    assert first.url == "https://harbour.example/news/a%20b.htm"
    assert first.body == ""
    assert (second.headline, second.body) == ("", "Only text")


def test_rss_one() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://h.example/"><title>H</title></channel>'
        '<item rdf:about="https://h.example/1"><title>T</title><link>https://h.example/1</link>'
        "<dc:date>2021-03-04</dc:date></item></rdf:RDF>"
    )
    (draft,) = items(text)
    assert draft.dates[0].date == "2021-03-04"


def test_atom() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-8"?><!-- made by hand -->'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenamt</title>'
        "<entry><title type='html'>Der &lt;b&gt;Anleger&lt;/b&gt;</title>"
        '<link rel="alternate" href="https://hafen.example/4"/><id>tag:hafen.example,2021:4</id>'
        "<published>2021-03-04T00:30:00+01:00</published><updated>2022-01-01T00:00:00Z</updated>"
        "<author><name>Ministerium für Gezeiten</name></author>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins</p><p>Zwei</p>'
        "</div></content></entry></feed>"
    )
    (draft,) = items(text)
    assert draft.form == "atom"
    assert draft.headline == "Der Anleger"
    assert draft.body == "Eins\n\nZwei"
    assert draft.dates[0].date == "2021-03-04"
    assert draft.stated_agency == "Ministerium für Gezeiten"
    assert draft.language == "de"


def test_json_feed() -> None:
    text = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Harbour Office",
            "home_page_url": "https://harbour.example/",
            "language": "en",
            "items": [
                {"id": "HO-4", "url": "/n/4", "title": "Pier", "content_html": "<p>a</p><p>b</p>",
                 "date_published": "2021-03-04T10:00:00+08:00",
                 "authors": [{"name": "Ministry of Tides"}]},
                {"id": "HO-5", "content_text": "words"},
            ],
        }
    )  # fmt: skip
    first, second = items(text)
    assert (first.id, first.url) == ("HO-4", "https://harbour.example/n/4")
    assert first.body == "a\n\nb"
    assert first.dates[0].date == "2021-03-04"
    assert first.stated_agency == "Ministry of Tides"
    assert second.body == "words"


def test_of_a_json_feed_with_too_many_items_it_is_said_that_the_rest_is_left_out() -> None:
    """As of one in XML; nobody takes what it lists beyond for not there."""
    many = {"version": "https://jsonfeed.org/version/1", "items": [7] * (MAX_ITEMS + 2)}
    *_, rest = feeds.read(json.dumps(many), DOCUMENT)
    assert isinstance(rest, Refusal)
    assert rest.where == f"news.xml, item {MAX_ITEMS + 1}"
    assert "more than 100,000 items" in rest.reason


MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<messages xmlns="https://news.example/m"><message id="77">
 <pubdate>2021-03-04</pubdate>
 <originator lead="no"><name lang="de">Polizeiamt</name></originator>
 <originator lead="yes"><name lang="fr">Office du port</name><name lang="de">Hafenamt</name>
 </originator>
 <content lang="de"><city>Bern</city><title>Anleger offen</title><lead>Kurz.</lead>
  <text>&lt;p&gt;Lang.&lt;/p&gt;</text><attachments><doc><title>Anhang</title></doc></attachments>
 </content>
 <content lang="fr"><title>Quai ouvert</title><text>&lt;p&gt;Long.&lt;/p&gt;</text></content>
</message></messages>"""


def test_messages_in_several_languages() -> None:
    german, french = items(MESSAGE)
    assert (german.headline, german.body, german.place) == (
        "Anleger offen",
        "Kurz.\n\nLang.",
        "Bern",
    )
    assert (german.stated_agency, french.stated_agency) == ("Hafenamt", "Office du port")
    assert (german.id, french.id) == ("77-de", "77-fr")
    assert {german.dates[0].date, french.dates[0].date} == {"2021-03-04"}


@pytest.mark.parametrize(
    "text", [rss(), '{"version": "https://jsonfeed.org/version/1", "items": []}', "<rss><chan"]
)
def test_a_feed_without_items_is_refused(text: str) -> None:
    (found,) = feeds.read(text, DOCUMENT)
    assert isinstance(found, Refusal)
    assert found.where == "news.xml"


def test_entities_of_the_document_are_never_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    ) + '<!ENTITY x SYSTEM "file:///etc/passwd">]>'  # fmt: skip
    text = rss("<title>T &j; &x; &nbsp;&eacute;</title>").replace("<rss", bomb + "<rss", 1)
    (draft,) = items(text)
    assert draft.headline == "T &j; &x; é"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#55357;&#56832; and &#xD83D;&#xde00;", "😀 and 😀"),
        (
            "&#xD800; &#x110000; &#99999999999999999999999; &#xFFFFFFFFFFFFFFFFFFFFFF;",
            "\ufffd " * 4,
        ),
        ("&#233;&#xe9;&#0000233;", "ééé"),
    ],
)
def test_references_to_characters_that_there_are_not_cost_no_feed(written: str, read: str) -> None:
    for text in (
        rss(f"<title>A {written} B</title>"),
        rss(f"<title><![CDATA[A {written} B]]></title>"),
        rss(f"<title>A {written} B</title>").replace("</rss>", ""),
    ):
        (draft,) = items(text)
        assert draft.headline == f"A {read.strip()} B"


def test_a_base_that_is_no_address_takes_no_links_away() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://['><title>P</title><entry>"
        "<title>A</title><id>1</id><link href='https://port.example/1'/></entry></feed>"
    )
    (draft,) = items(atom)
    assert draft.url == "https://port.example/1"


def test_an_address_without_a_host_is_no_address_of_an_item() -> None:
    (draft,) = items(rss("<title>A</title><link>https://:80/n/4</link>"))
    assert draft.url is None


def test_a_page_is_no_feed() -> None:
    assert not feeds.recognise("<!DOCTYPE html><html><head><title>rss</title></head></html>")
    assert not feeds.recognise("<html><body><article><title>x</title></article></body></html>")
    assert not feeds.recognise("Feed the birds")


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    for whole in (text, rss(text), MESSAGE.replace("Kurz.", text)):
        feeds.recognise(whole)
        assert all(isinstance(each, Draft | Refusal) for each in feeds.read(whole, DOCUMENT))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Press releases from the Ministry of Tides", "Ministry of Tides"),
        ("Latest news", None),
        ("Ministry of Tides RSS feed", "Ministry of Tides"),
        ("News | Port Authority | Aldmark", "Port Authority"),
        ("Environment Aldmark - Media releases", "Environment Aldmark"),
        ("RSS", None),
    ],
)
def test_what_the_title_of_a_feed_suggests(title: str, expected: str | None) -> None:
    text = rss("<title>T</title>").replace("Harbour Office: News", title)
    assert items(text)[0].weak_agency == expected


def test_the_author_of_a_feed_is_that_of_its_entries() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<author><name>Ministry of Tides</name></author>
<entry><title>One</title><id>tag:a.example,2021:1</id><content>text</content></entry>
<entry><title>Two</title><id>tag:a.example,2021:2</id><content>text</content>
<author><name>Port Office</name></author></entry></feed>"""
    assert [each.stated_agency for each in items(atom)] == ["Ministry of Tides", "Port Office"]
    person = atom.replace("Ministry of Tides", "Jo Doe")
    assert items(person)[0].stated_agency is None
    editor = rss("<title>T</title>").replace(
        "<language>", "<managingEditor>press@t.example (Tide Bureau)</managingEditor><language>"
    )
    assert (items(editor)[0].stated_agency, items(editor)[0].weak_agency) == (None, "Tide Bureau")


WORDPRESS = (
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>N</title>'
)
BLOGGER = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#"><title>N</title>'


def _exported(kind: str, state: str) -> str:
    return (
        f"{WORDPRESS}<item><title>Pier 4</title><description>Open.</description>"
        f"<wp:status>{state}</wp:status><wp:post_type>{kind}</wp:post_type></item></channel></rss>"
    )


def _blogged(kind: str, draft: str) -> str:
    term = f"http://schemas.google.com/blogger/2008/kind#{kind}"
    return (
        f"{BLOGGER}<entry><category scheme='http://schemas.google.com/g/2005#kind' term='{term}'/>"
        f"<app:control><app:draft>{draft}</app:draft></app:control>"
        "<title>Pier 4</title><content>Open.</content></entry></feed>"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_exported("post", "publish"), None),
        (_exported("press-release", "publish"), None),
        (_exported("post", "draft"), "not published (draft)"),
        (_exported("post", "private"), "not published (private)"),
        (_exported("page", "publish"), "(page)"),
        (_exported("attachment", "inherit"), "(attachment)"),
        (_exported("nav_menu_item", "publish"), "(nav_menu_item)"),
        (_exported("wp_navigation", "publish"), "(wp_navigation)"),
        (_blogged("post", "no"), None),
        (_blogged("post", "yes"), "not published (draft)"),
        (_blogged("comment", "no"), "(comment)"),
        (_blogged("settings", "no"), "(settings)"),
    ],
)
def test_items_of_an_export_that_are_no_releases(text: str, words: str | None) -> None:
    (found,) = feeds.read(text, DOCUMENT)
    if words is None:
        assert isinstance(found, Draft)
    else:
        assert isinstance(found, Refusal)
        assert words in found.reason


def test_an_item_that_was_taken_over_is_of_the_feed_it_was_in() -> None:
    shown = "<entry><title>Pier 4 closes</title><id>1</id>{}<content>Ferries use Pier 6.</content></entry>"
    entries = shown.format("<source><title>Harbour Board</title></source>") + shown.format("")
    found = items(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>All of Tidewater</title>{entries}</feed>"
    )
    assert [each.weak_agency for each in found] == ["Harbour Board", "All of Tidewater"]
    source = "<source url='https://h.example/'>Harbour Board</source>"
    (draft,) = items(
        rss(f"<title>Pier 4 closes</title>{source}<description>Ferries.</description>")
    )
    assert draft.weak_agency == "Harbour Board"
