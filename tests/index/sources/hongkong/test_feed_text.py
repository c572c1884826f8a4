"""Hong Kong releases in feeds and tables: the same release as their page."""

from __future__ import annotations

import html
import json

import pytest

from index.sources import feeds, records
from index.sources.draft import Document, Draft
from index.sources.hongkong import pages
from index.sources.hongkong.address import is_release, parse
from index.sources.hongkong.feed_text import as_hong_kong
from index.sources.hongkong.footer import split_dated_footer, split_footer

NUMBER = "P2031050400123"
URL = f"https://www.info.gov.hk/gia/general/203105/04/{NUMBER}.htm"
HEADLINE = "Harbour Office opens steps"
PARAGRAPHS = (
    "&nbsp; &nbsp; &nbsp;The steps opened today (May 4).<br>\n&nbsp;<br>\nThey are new.<br>"
)
FOOTER = "Ends/Sunday, May 4, 2031<br>\nIssued at HKT 9:05<br>\n<br>\nNNNN"
DOCUMENT = Document(name="general_en.xml", data=b"")


def feed_item(description: str, link: str = URL) -> Draft:
    text = f"""<rss version="2.0"><channel><title>Press Releases</title><item>
<title>{HEADLINE}</title><link>{link}</link><guid>{link}</guid>
<pubDate>Sun, 04 May 2031 01:05:00 GMT</pubDate>
<description>{html.escape(description)}</description></item></channel></rss>"""
    (found,) = feeds.read(text, DOCUMENT)
    assert isinstance(found, Draft)
    return found


def page() -> Draft:
    text = f"""<html><head><title>{HEADLINE}</title></head><body>
<div id="PRHeadline"><span id="PRHeadlineSpan">{HEADLINE}</span></div>
<span id="pressrelease">{PARAGRAPHS}<div class="mB15 f15">Ends/Sunday, May 4, 2031<br>
Issued at HKT 9:05</div><div>NNNN</div></span><a href="/gia/">x</a></body></html>"""
    (found,) = pages.read(text, Document(name="a.htm", data=b"", url=URL))
    assert isinstance(found, Draft)
    return found


@pytest.mark.parametrize(
    "description",
    [
        PARAGRAPHS + "<br>" + FOOTER,
        f"{HEADLINE}<br>{'*' * 26}<br><br>{PARAGRAPHS}<br>{FOOTER}<br><br>Print this page",
        f"<p>{PARAGRAPHS}</p><p>{FOOTER}</p>",
    ],
)
def test_an_item_of_the_feed_is_the_release_of_the_page(description: str) -> None:
    item, own = feed_item(description, URL + "?fontSize=1"), page()
    assert (item.id, item.url, item.headline, item.body) == (
        own.id,
        own.url,
        own.headline,
        own.body,
    )
    assert item.body == "The steps opened today (May 4).\n\nThey are new."
    assert item.dates[0][:3] == ("2031-05-04", "day", "footer")
    assert item.dates[0].issued_at == "2031-05-04T09:05+08:00"


def test_a_record_of_the_release_keeps_its_own_id() -> None:
    body = "The steps opened today. They are new.Ends/Sunday, May 4, 2031Issued at HKT 9:05NNNNBack"
    line = {"title": HEADLINE, "content": body, "url": URL}
    (found,) = records.read(json.dumps(line), DOCUMENT)
    assert isinstance(found, Draft)
    assert (found.id, found.body) == (NUMBER, "The steps opened today. They are new.")
    (named,) = records.read(json.dumps({**line, "id": "mine-1"}), DOCUMENT)
    assert isinstance(named, Draft)
    assert named.id == "mine-1"


def test_texts_of_others_stay_as_they_are() -> None:
    body = "The work is at an end.\n\nEnds\n\nNotes to editors: none."
    draft = Draft(headline="H", body=body, form="rss", url="https://press.example/1")
    assert as_hong_kong(draft) == draft


@pytest.mark.parametrize(
    ("footer", "issued_at"),
    [
        ("Ends/Sunday, May 4, 2031\nIssued at HKT 22:23\n\nNNNN\n\nPrint this page\nTop", "22:23"),
        ("Ends/Sunday, May 4, 2031\nIssued at HKT 22:23\n\nPrint this page", "22:23"),
        ("完\n\n2031年5月4日（星期日）\n香港時間22時23分\n\n列印此頁\n\n簡體版　英文版", "22:23"),
        ("完\n2031年5月4日（星期日）\n下午10時23分", "22:23"),
        ("完\n2031年5月4日（星期日）\n本港時間22時23分\n列印此頁", "22:23"),
        ("完\n2031年5月4日（星期日）", None),
        ("完／2031年5月4日（星期日）", None),
        ("End/Sunday, May 4, 2031\n\nNNNN", None),
        ("NNNN\nEmail this article", ""),
    ],
)
def test_footers_with_what_stands_below_them(footer: str, issued_at: str | None) -> None:
    body, found = split_footer(f"The steps opened.\n\n{footer}")
    assert body == "The steps opened."
    if issued_at == "":
        assert found is None
        return
    assert found is not None
    assert found.date == "2031-05-04"
    assert found.issued_at == (f"2031-05-04T{issued_at}+08:00" if issued_at else None)


@pytest.mark.parametrize(
    "text",
    [
        f"The work\nends\nwith a sentence that goes on {'and on ' * 12}as sentences do.",
        "Where the pier\nends 2031",
        "工程已經完\n成，將於二○三一年啟用。",
    ],
)
def test_words_that_are_no_footer(text: str) -> None:
    assert split_footer(text) == (text, None)
    assert split_dated_footer(text) == (text, None)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (URL, True),
        ("/gia/general/203105/04/P2031050400123.htm", True),
        ("//www.info.gov.hk/gia/general/203105/04/P2031050400123p.htm", True),
        ("http://sc.isd.gov.hk/gb/www.info.gov.hk/gia/general/200305/04/0504123.htm", True),
        (f"https://sc.isd.gov.hk/TuniS/{URL[8:]}?fontSize=1", True),
        (f"https://web.archive.org/web/20310505/{URL}", True),
        (f"mailto:?subject=News&body={URL}", True),
        (URL.replace("www.info.gov.hk", "press.example"), False),
        (URL.replace("www.info.gov.hk", "www.info.gov.hk.example"), False),
        (f"https://press.example/?from={URL}", False),
        (f"mailto:?body={URL.replace('www.info.gov.hk', 'press.example')}", False),
    ],
)
def test_only_hong_kongs_hosts_and_mirrors_have_its_releases(address: str, known: bool) -> None:
    assert is_release(address) is known
    found = parse(address)
    assert (found is not None) is known
    assert found is None or (found.url or "").startswith("https://www.info.gov.hk/gia/general/20")
