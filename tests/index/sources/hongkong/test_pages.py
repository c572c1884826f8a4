"""Hong Kong release pages of every layout, by small pages written in the manner of each."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from index.dates.resolution import resolve
from index.sources.draft import Document, Draft, Refusal
from index.sources.hongkong.pages import read, recognise

NUMBER = "P2031050400123"
URL = f"https://www.info.gov.hk/gia/general/203105/04/{NUMBER}.htm"
BODY = """\u00a0 \u00a0 \u00a0The Harbour Office today (May 4) opened two steps:<br>
&nbsp;
<div><table><tbody><tr><td>Step</td><td>Depth</td></tr><tr><td>East#</td><td>3 m</td></tr></tbody>
</table></div>
#Closed at low tide.<br>
&nbsp;<br>
&nbsp; &nbsp; &nbsp;Skippers are asked to:
<ul><li>slow down; and</li><li>keep a look-out.</li></ul>
&nbsp;&nbsp;&nbsp;&nbsp; First paragraph of two.<br>
&nbsp;&nbsp;&nbsp;&nbsp; Second <a href="https://example.org">paragraph</a>.<br>"""
READ_BODY = (
    "The Harbour Office today (May 4) opened two steps:\n\nStep\tDepth\nEast#\t3 m\n\n"
    "#Closed at low tide.\n\nSkippers are asked to:\n\n\tslow down; and\n\tkeep a look-out.\n\n"
    "First paragraph of two.\n\nSecond paragraph."
)
FOOTER = """<div>&nbsp;</div><div class="mB15 f15">Ends/Sunday, May 4, 2031<br>
Issued at HKT {time}</div><div style="margin-top:10px;">NNNN</div>"""
RIGHT = """<div id="rightContent"><h2 class="attTypeTitle1">Photo</h2>
<a class="fancybox" data-fancybox-group="gallery" title="The new
steps." href="https://gia.info.gov.hk/general/203105/04/{number}_photo_1.jpg">
<img src="t.jpg" alt="The new steps."></a>
<div class="resContentRef"><a href="/gia/general/203105/03/P2031050300999.htm">Older news</a></div></div>"""


def page(
    headline: str = "Harbour Office opens steps (with photo)",
    body: str = BODY,
    footer: str = FOOTER.format(time="9:05"),
    number: str = NUMBER,
    language_links: str = '<a href="/gia/general/203105/04/P2031050400120.htm?fontSize=1">'
    '<img id="hdrTCLnk" alt="Traditional Chinese"></a>',
) -> str:
    right = RIGHT.format(number=number)
    return f"""<!DOCTYPE html><html><head><title>{headline}</title></head><body>
<a href="https://www.info.gov.hk/">Home</a>{language_links}
<div id="includedContent"><select id="selectManual"><option value="P2031050400777">Foreign
headline of the day</option></select></div>
<a href="{number}p.htm" class="icon_print">Print</a>
<div class="rel"><div style="display:none">{headline}</div>
<div id="PRHeadline"><span id="PRHeadlineSpan">\u200b{headline}</span></div>
<div id="starBar"><span>*</span><span>*</span><span>*</span></div></div>
<span id="pressrelease">{body}<br><div class="controlDisplay2">{right}</div>{footer}</span>
<div class="resContentBackTop"><a href="/gia/general/203105/04.htm">Back to Index Page</a></div>
<div class="controlDisplay1">{right}</div></body></html>"""


def draft(text: str, name: str = "saved.htm", url: str | None = None) -> Draft:
    document = Document(name=name, data=b"", url=url)
    assert recognise(text, document)
    (found,) = read(text, document)
    assert isinstance(found, Draft)
    return found


def test_a_page_of_today() -> None:
    found = draft(page())
    assert found.headline == "Harbour Office opens steps (with photo)"
    assert found.body == READ_BODY
    assert found.language == "en"
    assert (found.id, found.url) == (NUMBER, URL)
    assert [each[:3] for each in found.dates] == [
        ("2031-05-04", "day", "footer"),
        ("2031-05-04", "day", "address"),
    ]
    assert found.dates[0].issued_at == "2031-05-04T09:05+08:00"
    (photo,) = found.photos
    assert photo.caption == "The new steps."
    assert photo.url.endswith(f"{NUMBER}_photo_1.jpg")
    (translation,) = found.translations
    assert translation.language == "zh-Hant"
    assert translation.url.endswith("/203105/04/P2031050400120.htm")


@pytest.mark.parametrize(
    ("stated", "clock"),
    [
        ("1:50", "01:50"),
        ("0:05", "00:05"),
        ("23:59", "23:59"),
        ("1:50 pm", "13:50"),
        ("12:05 am", "00:05"),
        ("9.30pm", "21:30"),
    ],
)
def test_times_of_the_footer(stated: str, clock: str) -> None:
    found = draft(page(footer=FOOTER.format(time=stated)))
    assert found.dates[0].issued_at == f"2031-05-04T{clock}+08:00"


def test_the_footer_beats_folder_and_number() -> None:
    late = FOOTER.format(time="0:56").replace("Sunday, May 4", "Monday, May 5")
    found = draft(page(footer=late))
    dated = resolve(found.dates, found.headline, found.body, "en")
    assert dated[:3] == ("2031-05-05", "day", "footer")


def test_chinese_page() -> None:
    body = "　　海港處今日（五月四日）表示：<br>&nbsp;<br>　　碼頭已啟用。<br>"
    footer = (
        '<div class="mB15 f15">完</div>'
        '<div class="mB15 f15">2031年5月4日（星期日）<br>香港時間4時46分</div>'
    )
    link = '<a href="/gia/general/203105/04/P2031050400130.htm"><img id="hdrENLnk"></a>'
    found = draft(page("海港處啟用碼頭（附圖）", body, footer, language_links=link))
    assert found.language == "zh-Hant"
    assert found.body == "海港處今日（五月四日）表示：\n\n碼頭已啟用。"
    assert found.dates[0].issued_at == "2031-05-04T04:46+08:00"
    assert [each.language for each in found.translations] == ["en"]


def test_simplified_page_of_a_mirror_is_the_same_release() -> None:
    body = "　　海港处今日（五月四日）表示，码头已经启用，欢迎渔民使用。<br>"
    mirror = f"https://sc.isd.gov.hk/TuniS/www.info.gov.hk/gia/general/203105/04/{NUMBER}.htm"
    found = draft(page("海港处启用码头", body), url=mirror)
    assert found.language == "zh-Hans"
    assert (found.id, found.url) == (NUMBER, URL)


@pytest.mark.parametrize(
    "address",
    [
        f"{URL}?fontSize=1",
        f"http://www.info.gov.hk/gia/general/203105/04/{NUMBER}p.htm",
        f"https://sc.isd.gov.hk/gb/www.info.gov.hk/gia/general/203105/04/{NUMBER}.htm",
        None,
    ],
)
def test_identity_is_the_number_whatever_the_address(address: str | None) -> None:
    found = draft(page(), name=f"{NUMBER}-copy.htm", url=address)
    assert (found.id, found.url) == (NUMBER, URL)


def test_the_number_of_the_file_name_serves_where_the_page_has_none() -> None:
    text = page().replace(f'<a href="{NUMBER}p.htm" class="icon_print">Print</a>', "")
    assert draft(text, name=f"day.zip!03/{NUMBER}.htm").id == NUMBER


OLD = """<html><head><title>{title}</title></head><body>
<table><tr><td><a href="/gia/general/200910/16/P200910160300.htm">{other}</a> | Email | Print</td></tr></table>
<p>http://www.info.gov.hk</p>
<span id="pressrelease">{text}</span><p>Archives | Back to top</p></body></html>"""


def test_page_of_2009_has_its_headline_in_the_text() -> None:
    text = (
        "Harbour Office opens steps<br>**************************<br>"
        "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;One.<br><br>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;Two.<br><br>"
        "Ends/Friday, October 16, 2009<br>Issued at HKT 9:07<br><br>NNNN"
    )
    markup = OLD.format(title="Harbour Office opens steps", text=text, other="繁體版")
    url = "http://www.info.gov.hk/gia/general/200910/16/P200910160307.htm"
    found = draft(markup, url=url)
    assert (found.headline, found.body) == ("Harbour Office opens steps", "One.\n\nTwo.")
    assert found.id == "P200910160307"
    assert found.dates[0][:3] == ("2009-10-16", "day", "footer")
    assert found.dates[0].issued_at == "2009-10-16T09:07+08:00"
    assert [each.language for each in found.translations] == ["zh-Hant"]


@pytest.mark.parametrize(
    "footer",
    [
        "完／２００９年１０月１６日（星期五）<br>香港時間１５時０７分",
        "完<br>２００９年１０月１６日（星期五）<br>香港時間下午３時７分",
        "完／二○○九年十月十六日（星期五）<br>香港時間十五時零七分",
    ],
)
def test_old_chinese_page(footer: str) -> None:
    text = f"海港處啟用碼頭<br>＊＊＊＊＊＊＊<br>　　海港處今日開放碼頭。<br><br>　　完畢。<br><br>{footer}"
    found = draft(OLD.format(title="海港處啟用碼頭", text=text, other="English Version"))
    assert found.headline == "海港處啟用碼頭"
    assert found.body == "海港處今日開放碼頭。\n\n完畢。"
    assert found.language == "zh-Hant"
    assert found.dates[0].issued_at == "2009-10-16T15:07+08:00"
    assert [each.language for each in found.translations] == ["en"]


def test_page_of_1998_typed_in_lines_of_one_width() -> None:
    text = """<html><head><title>Press Release</title></head><body><pre>
  Harbour Office opens two new landing steps at the eastern
  breakwater of the typhoon shelter
************************************************************

     The Harbour Office today (Wednesday) opened two landing
steps at the eastern breakwater.

     Boats of up to twelve metres may use them from Thursday
to Sunday.

End/Wednesday, April 1, 1998

NNNN
</pre></body></html>"""
    found = draft(text, url="http://www.info.gov.hk/gia/general/199804/01/0331105.htm")
    assert found.headline == (
        "Harbour Office opens two new landing steps at the eastern breakwater of the typhoon shelter"
    )
    assert found.body == (
        "The Harbour Office today (Wednesday) opened two landing steps at the eastern breakwater."
        "\n\nBoats of up to twelve metres may use them from Thursday to Sunday."
    )
    assert found.id == "19980401-0331105"
    assert found.dates[0][:2] == ("1998-04-01", "day")


def test_a_days_bulletin_of_1997_is_many_releases() -> None:
    text = """<html><head><title>Daily Information Bulletin</title></head><body>
<p>Daily Information Bulletin</p><p>Wednesday, July 30, 1997</p>
<p>CONTENTS</p><p>1. Steps opened<br>2. School full</p>
<p>Steps opened<br>************</p><p>The Office today (Wednesday) opened steps.</p><p>Twice.</p><p>End</p>
<p>School full<br>***********</p><p>Forty pupils came.</p><p>End</p></body></html>"""
    document = Document(
        name="0730.htm", data=b"", url="http://www.info.gov.hk/gia/general/dib/0730.htm"
    )
    assert recognise(text, document)
    found = [each for each in read(text, document) if isinstance(each, Draft)]
    assert [(each.headline, each.body) for each in found] == [
        ("Steps opened", "The Office today (Wednesday) opened steps.\n\nTwice."),
        ("School full", "Forty pupils came."),
    ]
    assert {each.dates[0].date for each in found} == {"1997-07-30"}
    assert len({each.id for each in found}) == 2


def test_a_page_without_text_is_refused() -> None:
    text = page(body="", footer="")
    (found,) = read(text, Document(name="x.htm", data=b""))
    assert isinstance(found, Refusal)
    assert "without a text" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ends/Sunday, May 4, 2031 ***** NNNN",
        "<html><p>A page about https://www.info.gov.hk/gia/general/today.htm</p></html>",
        "<html><p id='pressrelease'>Another government's release.</p></html>",
    ],
)
def test_other_texts_are_not_taken_for_hong_kong_pages(text: str) -> None:
    assert not recognise(text, Document(name="x.htm", data=b""))


def test_deep_nesting_and_long_words_are_survived() -> None:
    body = "<div>" * 3_000 + "x" * 200_000 + "</div>" * 3_000
    text = page(body=body)
    document = Document(name="x.htm", data=b"")
    assert recognise(text, document)
    (found,) = read(text, document)
    assert isinstance(found, Draft | Refusal)


def normal(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_real_pages(shared_data: Path) -> None:
    folder = shared_data / "hk"
    truth = records(folder / "truth.jsonl")
    assert truth
    for wanted in truth:
        name = str(wanted["page"])
        found = draft((folder / "pages" / name).read_text(encoding="utf-8"), name)
        body = normal(found.body)
        dated = resolve(found.dates, found.headline, found.body, found.language or "")
        assert found.headline == normal(str(wanted["headline"])), name
        assert dated.date == wanted["date"], name
        assert dated.issued_at == f"{wanted['date']}T{wanted['issued_at']}+08:00", name
        assert found.language == wanted["lang"], name
        assert body[:40] == wanted["body_first_40_chars"], name
        assert body[-40:] == wanted["body_last_40_chars"], name
        assert len(body) == pytest.approx(int(str(wanted["body_chars"])), rel=0.01), name
        assert found.id == wanted["p_number"], name
        assert found.url == wanted["url_canonical"], name
        assert len(found.photos) == wanted["photo_count"], name
        other = wanted["translation_p_number"]
        numbers = [re.findall(r"P\d+", each.url)[0] for each in found.translations]
        assert numbers == ([other] if other else []), name


def test_real_pages_of_other_years(shared_data: Path) -> None:
    folder = shared_data / "pages"
    for wanted in records(folder / "manifest.jsonl"):
        file = folder / str(wanted["file"])
        text = file.read_bytes().decode("utf-8", "replace")
        document = Document(name=file.name, data=b"")
        assert recognise(text, document) == (wanted["site"] == "info.gov.hk"), file
        if wanted["site"] == "info.gov.hk":
            found = draft(text, file.name)
            assert found.headline == wanted["headline"]
            assert found.dates[0].date == wanted["date"]
            assert found.url == wanted["url"]


def test_an_old_page_without_slash_or_closing_mark() -> None:
    text = """<html><head><title>碼頭啟用</title></head><body><p>碼頭啟用<br>＊＊＊＊＊<br><br>
　　海港處發言人今日（星期一）表示，碼頭已啟用。<br><br>完<br>2001年3月5日（星期一）<br>列印此頁</p></body></html>"""
    found = draft(text, url="http://www.info.gov.hk/gia/general/200103/05/0305124.htm")
    assert (found.headline, found.id) == ("碼頭啟用", "20010305-0305124")
    assert found.body == "海港處發言人今日（星期一）表示，碼頭已啟用。"
    assert found.dates[0][:3] == ("2001-03-05", "day", "footer")
    assert recognise(text, Document(name="saved.htm", data=b""))
