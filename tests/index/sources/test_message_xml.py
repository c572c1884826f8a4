"""Releases as systems write them in XML: whole, each one, whatever their elements are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import feeds
from index.sources.draft import Document, Draft, Refusal

DOCUMENT = Document(name="day.xml", data=b"")
TEXT = "The pier closes on Monday.\n\nFerries use Pier 6."

NITF = """<?xml version="1.0"?><nitf><head><title>Pier 4 closes</title><docdata>
<date.issue norm="20240305T090000Z"/></docdata></head><body><body.head><hedline>
<hl1>Pier 4 closes</hl1></hedline><byline>Harbour Board</byline></body.head><body.content>
<p>The pier closes on Monday.</p><p>Ferries use Pier 6.</p></body.content></body></nitf>"""
NEWSML = """<?xml version="1.0"?><newsItem xmlns="http://iptc.example/" guid="urn:x:4" xml:lang="en">
<itemMeta><versionCreated>2024-03-05T09:00:00+01:00</versionCreated>
<provider literal="Harbour Board"/></itemMeta><contentMeta><headline>Pier 4 closes</headline>
</contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>Pier</title></head><body><p>The pier closes on Monday.</p><p>Ferries use <b>Pier 6</b>.</p>
</body></html></inlineXML></contentSet></newsItem>"""
OWN = """<pressreleases><pressrelease id="24-17"><headline>Pier 4 closes</headline>
<releasedate>2024-03-05</releasedate><agency>Harbour Board</agency><text><para>The pier closes on
 Monday.</para><para>Ferries use <emph>Pier 6</emph>.</para></text>
<url>https://harbour.example/17</url></pressrelease></pressreleases>"""
APART = """<document><meta><title>Pier 4 closes</title><date>2024-03-05</date>
<organization>Harbour Board</organization></meta><content><p>The pier closes on Monday.</p>
<p>Ferries use Pier 6.</p></content></document>"""
VIEWS = """<nodes><node><Title>Pier 4 closes</Title><Post-date>5 March 2024</Post-date>
<Body>&lt;p&gt;The pier closes on Monday.&lt;/p&gt;&lt;p&gt;Ferries use Pier 6.&lt;/p&gt;</Body>
<Department>Harbour Board</Department></node><node><Title>Market opens</Title>
<Post-date>6 March 2024</Post-date><Body>It opens at six.</Body></node></nodes>"""
OAI = """<OAI-PMH><ListRecords><record><header><identifier>oai:h:4</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://o.example/" xmlns:dc="http://d.example/">
<dc:title>Pier 4 closes</dc:title><dc:publisher>Harbour Board</dc:publisher>
<dc:date>2024-03-05</dc:date><dc:description>&lt;p&gt;The pier closes on Monday.&lt;/p&gt;&lt;p&gt;Ferries
use Pier 6.&lt;/p&gt;</dc:description><dc:identifier>https://harbour.example/4</dc:identifier>
</oai_dc:dc></metadata></record></ListRecords></OAI-PMH>"""
OPML = """<opml><head><title>Feeds</title><dateCreated>5 March 2024</dateCreated></head><body>
<outline text="Harbour Board" xmlUrl="https://harbour.example/rss"/></body></opml>"""
ITEMS = (
    "<item><title>Pier 4 closes</title><text>a</text></item>"
    "<item><title>Market opens</title><text>b</text></item>"
)


def messages(text: str) -> list[Draft]:
    assert feeds.recognise(text)
    found = list(feeds.read(text, DOCUMENT))
    assert not [each for each in found if isinstance(each, Refusal)]
    return [each for each in found if isinstance(each, Draft)]


@pytest.mark.parametrize("text", [NITF, NEWSML, OWN, APART, VIEWS, OAI])
def test_a_release_of_each_form_is_read_whole(text: str) -> None:
    first = messages(text)[0]
    assert (first.headline, first.body) == ("Pier 4 closes", TEXT)
    assert [each.date for each in first.dates] == ["2024-03-05"]
    assert first.stated_agency == "Harbour Board"


def test_identifiers_and_addresses() -> None:
    found = [messages(text)[0] for text in (NEWSML, OWN, OAI)]
    assert [(each.id, each.url) for each in found] == [
        ("urn:x:4", None),
        ("24-17", "https://harbour.example/17"),
        ("oai:h:4", "https://harbour.example/4"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        VIEWS,
        f"<news><title>News of the port</title>{ITEMS}</news>",
        f"<news>{ITEMS}</news>",
    ],
)
def test_every_release_of_a_list_is_read(text: str) -> None:
    assert [each.headline for each in messages(text)] == ["Pier 4 closes", "Market opens"]


def test_an_attachment_with_a_title_is_no_release() -> None:
    text = (
        "<release><title>Pier 4 closes</title><text>a</text><files><doc><title>Plan</title></doc>"
        "<doc><title>Map</title></doc></files></release>"
    )
    assert [each.headline for each in messages(text)] == ["Pier 4 closes"]


@pytest.mark.parametrize(
    "text",
    [
        OPML,
        "<project><title>Tool</title><description>A tool for piers.</description></project>",
    ],
)
def test_xml_of_other_things_is_one_refusal(text: str) -> None:
    (found,) = feeds.read(text, DOCUMENT)
    assert isinstance(found, Refusal)


def test_a_person_is_no_agency() -> None:
    text = OWN.replace("<agency>Harbour Board</agency>", "<byline>Jane Doe</byline>")
    assert messages(text)[0].stated_agency is None


@pytest.mark.parametrize("name", ["script", "style"])
def test_what_a_browser_runs_is_no_text(name: str) -> None:
    text = OWN.replace("<para>Ferries", f"<{name}>all of it</{name}><para>Ferries")
    assert messages(text)[0].body == TEXT


@given(st.recursive(st.text(max_size=8), lambda inside: st.lists(inside, max_size=3), max_leaves=9))
def test_no_text_is_lost_in_elements_of_any_name(tree: object) -> None:
    words: list[str] = []

    def markup(node: object) -> str:
        if isinstance(node, str):
            word = "".join(filter(str.isascii, filter(str.isalnum, node)))
            words.append(word)
            return f"<x>{word}</x>"
        assert isinstance(node, list)
        return f"<y>{''.join(map(markup, node))}</y>"

    text = f"<release><title>Pier</title><text>{markup([tree, 'end'])}</text></release>"
    assert messages(text)[0].body.split() == [word for word in words if word]


def test_the_headline_of_a_wire_goes_before_the_title_of_its_file() -> None:
    text = NITF.replace("<title>Pier 4 closes</title>", "<title>pier4</title>")
    text = text.replace("</hl1>", "</hl1><hl2>Ferries use Pier 6</hl2>")
    (draft,) = feeds.read(text, DOCUMENT)
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.body) == ("Pier 4 closes", TEXT)


def test_a_whole_day_goes_before_a_year_and_a_headline_in_the_text_is_none_of_it() -> None:
    text = (
        "<TEI><teiHeader><title>Pier 4 closes</title><date when='2012'>2012</date><bibl>"
        "<date when='1996-11-18'>18 November 1996</date></bibl></teiHeader><text><body>"
        "<head>Pier 4 closes</head><p>The pier closes on Monday.</p><p>Ferries use Pier 6.</p>"
        "</body></text></TEI>"
    )
    (draft,) = feeds.read(text, DOCUMENT)
    assert isinstance(draft, Draft)
    assert draft.body == TEXT
    assert draft.dates[0].date == "1996-11-18"


def test_the_day_of_a_work_of_parliament() -> None:
    (draft,) = messages(
        '<akomaNtoso><doc name="pressRelease"><meta><identification><FRBRWork>'
        '<FRBRdate date="2024-03-05" name="publication"/></FRBRWork></identification></meta>'
        "<preface><p><docTitle>Pier 4 closes</docTitle></p></preface><mainBody>"
        "<p>The pier closes on Monday.</p><p>Ferries use Pier 6.</p></mainBody></doc></akomaNtoso>"
    )
    assert (draft.headline, draft.body) == ("Pier 4 closes", TEXT)
    assert [each.date for each in draft.dates] == ["2024-03-05"]


@pytest.mark.parametrize("info", ["info", "articleinfo"])
def test_paragraphs_that_stand_beside_their_headline(info: str) -> None:
    (draft,) = messages(
        f"<article><{info}><title>Pier 4 closes</title><corpauthor>Harbour Board</corpauthor>"
        f"<pubdate>2024-03-05</pubdate></{info}><para>The pier closes on Monday.</para>"
        "<section><title>Ferries</title><para>Ferries use <emphasis>Pier 6</emphasis>.</para>"
        "</section></article>"
    )
    assert (draft.headline, draft.body) == ("Pier 4 closes", TEXT)
    assert draft.stated_agency == "Harbour Board"
    assert [each.date for each in draft.dates] == ["2024-03-05"]
