"""Release pages in many languages and scripts: headline, date and the body that the site names."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from index.dates.resolution import read_date
from index.sources.draft import Document, Draft, Refusal
from index.sources.issuers import is_name
from index.sources.page import webpage

TEXT = "Some words of a text that is long enough to be a release, about a quay and its boats. "


class Page(NamedTuple):
    """What a page shows: its title, what stands around the headline, and what must be read."""

    language: str
    title: str
    above: str
    headline: str
    below: str
    date: str
    agency: str


PAGES = [
    Page("pt", "Nova doca — Ministério das Marés", "Notícias", "Nova doca é aberta",
         "publicado 12/03/2020 09h15, última modificação 13/03/2020 18h02", "2020-03-12",
         "Ministério das Marés"),
    Page("it", "Comunicato stampa n. 12 - Ministero delle Maree", "", "Aperto il nuovo molo",
         "Mercoledì, 7 Ottobre 2020", "2020-10-07", "Ministero delle Maree"),
    Page("ru", "Открыт причал - Министерство приливов", "23 апреля 2019, 14:30",
         "Открыт новый причал", "", "2019-04-23", "Министерство приливов"),
    Page("bg", "Нови правила | Министерство на пристанищата", "", "Нови правила за лодки",
         "15.03.2021 г.", "2021-03-15", "Министерство на пристанищата"),
    Page("ar", "وزارة المد والجزر | افتتاح الرصيف", "", "افتتاح الرصيف الجديد", "15 مارس 2023",
         "2023-03-15", "وزارة المد والجزر"),
    Page("th", "เปิดท่าเรือ - กระทรวงน้ำขึ้น", "", "เปิดท่าเรือใหม่", "15 มีนาคม 2566", "2023-03-15",
         "กระทรวงน้ำขึ้น"),
    Page("vi", "Khánh thành cầu cảng - Bộ Thủy triều", "", "Khánh thành cầu cảng mới",
         "Ngày 15 tháng 3 năm 2022", "2022-03-15", "Bộ Thủy triều"),
    Page("tr", "Yeni kurallar - Liman Bakanlığı", "", "Tekneler için yeni kurallar",
         "14 Şubat 2022 Pazartesi", "2022-02-14", "Liman Bakanlığı"),
    Page("el", "Νέοι κανόνες | Υπουργείο Λιμένων", "", "Νέοι κανόνες για σκάφη", "3 Ιουλίου 2019",
         "2019-07-03", "Υπουργείο Λιμένων"),
    Page("hi", "नए नियम", "बंदरगाह मंत्रालय", "नावों के लिए नए नियम", "15 मार्च 2022", "2022-03-15",
         "बंदरगाह मंत्रालय"),
    Page("ja", "新しい桟橋の開通について｜潮汐省", "報道発表", "新しい桟橋の開通について", "令和3年6月15日",
         "2021-06-15", "潮汐省"),
    Page("ja", "桟橋の点検結果について：潮汐庁", "", "桟橋の点検結果について", "令和5年7月28日",
         "2023-07-28", "潮汐庁"),
    Page("lt", "Prieplaukos darbai :: Uostų agentūra", "", "Prieplaukos darbai prasideda",
         "Data: 2023 06 14", "2023-06-14", "Uostų agentūra"),
    Page("ko", "보도자료 - 해양조석부", "", "새 부두, 오늘부터 운영 시작", "등록일 2022. 3. 8.",
         "2022-03-08", "해양조석부"),
    Page("zh", "海潮部发布新规定_部门动态_某某网", "", "海潮部发布新规定",
         "2020-05-12 10:20 来源：海潮部网站", "2020-05-12", "海潮部"),
    Page("zh-TW", "潮汐部全球資訊網-新碼頭啟用", "", "新碼頭啟用 便利漁民", "發布日期：112-03-15",
         "2023-03-15", "潮汐部"),
    Page("sv", "Nya regler - Regeringen", "", "Nya regler för båtar",
         "Publicerad 22 november 2018</p><p>Pressmeddelande från <a href='/h'>Hamndepartementet</a>",
         "2018-11-22", "Hamndepartementet"),
    Page("fi", "Säännöt uudistuvat - Kalastus", "", "Kalastussäännöt uudistuvat",
         "Julkaisuajankohta 14.2.2020 9.30 Tiedote Maa- ja metsätalousministeriö", "2020-02-14",
         ""),
    Page("no", "Nye fiskeregler - regjering", "", "Nye fiskeregler fra mai",
         "Pressemelding | Dato: 11.05.2021 | <a href='/d'>Nærings- og fiskeridepartementet</a>",
         "2021-05-11", "Nærings- og fiskeridepartementet"),
    Page("zh-CN", "2022年3月8日海潮部发言人主持例行记者会 — 海潮部", "", "2022年3月8日海潮部发言人主持例行记者会",
         "2022-03-08 18:20", "2022-03-08", "海潮部"),
    Page("en-GH", "New rules - Ministry of Boats", "<span class='today'>Thursday, November 19, 2026"
         "</span>", "New rules for boats", "admin | August 5, 2018 | News", "2018-08-05",
         "Ministry of Boats"),
    Page("en", "gov.example - New rules", "Press release", "New rules for small boats",
         "From <a href='/d'>Department of Harbours</a></p><p>Published on 22 April 2021",
         "2021-04-22", "Department of Harbours"),
]  # fmt: skip


def page(each: Page) -> str:
    return (
        f'<html lang="{each.language}"><head><title>{each.title}</title></head><body>'
        f"<div>{each.above}</div><h3>{each.headline}</h3><p>{each.below}</p>"
        f"<div><p>{TEXT * 2}</p><p>{TEXT * 2}</p></div></body></html>"
    )


def read(html: str, url: str = "https://www.ald.example/n/7") -> Draft | Refusal:
    (found,) = webpage.read(html, Document(name="p", data=b"", url=url))
    return found


@pytest.mark.parametrize("each", PAGES, ids=lambda each: each.language)
def test_a_page(each: Page) -> None:
    draft = read(page(each))
    assert isinstance(draft, Draft), draft
    assert draft.headline == each.headline
    assert draft.dates[0].date == each.date
    assert (draft.stated_agency or draft.weak_agency or "") == each.agency


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("١٥ مارس ٢٠٢٣", "2023-03-15"),
        ("15 كانون الثاني 2023", "2023-01-15"),
        ("15 غشت 2023", "2023-08-15"),
        ("15 มี.ค. 2566", "2023-03-15"),
        ("15 มีนาคม พ.ศ. 2566", "2023-03-15"),
        ("15 มีนาคม 2023", "2023-03-15"),
        ("ngày 5 tháng 11, 2023", "2023-11-05"),
        ("112/03/15", "2023-03-15"),
        ("112.3.15", "2023-03-15"),
        ("112-13-15", None),
        ("1.112.03.15", None),
        ("15 March 2566", None),
    ],
)
def test_dates_of_other_calendars_and_scripts(text: str, expected: str | None) -> None:
    found = read_date(text, "x", day_first=None)
    assert (found.date if found else None) == expected


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ministério das Marés", True),
        ("Министерство приливов", True),
        ("Министерство приливов открыло причал", False),
        ("City of Port Blue", True),
        ("Ministry opens a new quay for boats", False),
    ],
)
def test_what_is_written_like_a_name(line: str, name: bool) -> None:
    assert is_name(line) is name


@pytest.mark.parametrize(
    ("letterhead", "headline"),
    [
        ("<h1>Treasury Department</h1><h2>Media Statement</h2>", "NEW RULES FOR SMALL BOATS"),
        ("<p>Ministère<br>de la Mer</p>", "Nouvelles règles pour les bateaux"),
        ("<p>A Government Agency Website</p>", "New rules for small boats"),
    ],
)
def test_a_letterhead_is_neither_headline_nor_half_a_name(letterhead: str, headline: str) -> None:
    draft = read(
        "<html><head><title>Treasury Department</title></head><body>"
        f"{letterhead}<h3>{headline}</h3><p>3 March 2023</p><p>{TEXT * 3}</p></body></html>"
    )
    assert isinstance(draft, Draft), draft
    assert draft.headline == headline
    assert (draft.stated_agency or draft.weak_agency) == "Treasury Department"


@pytest.mark.parametrize(
    ("below", "agency"),
    [("<p>Office of the Harbour Master</p><p>{text}</p>", "Office of the Harbour Master"),
     ("<p>{text}</p><p>View Map of Carrow County</p>", None)],
)  # fmt: skip
def test_what_stands_below_the_text_is_no_letterhead(below: str, agency: str | None) -> None:
    draft = read(
        "<html><head><title>New rules for small boats</title></head><body>"
        f"<h1>New rules for small boats</h1>{below.format(text=TEXT * 3)}</body></html>"
    )
    assert isinstance(draft, Draft), draft
    assert draft.stated_agency == agency


def test_a_name_inside_a_value_of_the_australian_standard() -> None:
    draft = read(
        "<html><head><title>Boats | Site</title><meta name='DCTERMS.creator' "
        "content='corporateName=Department of Boats; jurisdiction=Aldmark'></head><body>"
        f"<h1>Boats are fine</h1><p>3 March 2023</p><p>{TEXT * 3}</p></body></html>"
    )
    assert isinstance(draft, Draft), draft
    assert draft.stated_agency == "Department of Boats"


@pytest.mark.parametrize(
    "html",
    [
        f"<title>About us | Tide Office</title><h1>About us</h1><p>{TEXT * 3}</p>",
        f"<title>Privacy policy</title><h1>Privacy policy</h1><p>{TEXT * 3}</p>",
        "<title>Calendar of events</title><h1>Calendar</h1><table><tr>"
        + "".join(f"<td><a href='/e/{day}'>{day} March</a></td>" for day in range(1, 29))
        + "</tr></table>",
        "<title>新闻发布_海潮部</title><ul>"
        + "".join(
            f"<li><a href='/c/{day}'>海潮部召开会议研究部署第{day}项渔船安全管理工作</a>2020-05-{day}</li>"
            for day in range(10, 22)
        )
        + "</ul>",
    ],
    ids=["about", "privacy", "calendar", "Chinese list"],
)
def test_pages_of_a_site_that_are_no_release(html: str) -> None:
    assert isinstance(read(f"<html><body>{html}</body></html>"), Refusal)
