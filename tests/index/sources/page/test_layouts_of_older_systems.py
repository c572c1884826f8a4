"""Layouts of publishing systems of two decades, all of them of invented places."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import (
    FIRST,
    HEADLINE,
    LAST,
    MENU,
    PROSE,
    Layout,
    assert_read,
    html,
)

CHINESE = (
    "<p>港濱縣政府投入一億元辦理的東碼頭整修工程昨日完工，縣長到場勘查，強調渡輪自星期一起每二十分鐘一班。</p>"
    "<p>港務處指出，票價維持不變，本季結束前攜帶犬隻仍可免費搭乘。</p>"
)
SWEDISH = (
    "<p>Hamnbanken öppnade på fredagen den östra piren igen efter nio veckors arbete, sade chefen för "
    "banken.</p><p>Biljetterna kostar lika mycket som förut, och hundar reser gratis.</p>"
)

LAYOUTS = [
    Layout(
        "A hidden heading repeats the headline with the name of the site behind it",
        html(
            f"<h2>{HEADLINE} - Judicial Power</h2><h2>Asset publisher</h2><div>03-05-2024</div>"
            f"<h3>{HEADLINE}</h3>{PROSE}",
            title=f"{HEADLINE} - Judicial Power - Judicial Power",
        ),
    ),
    Layout(
        "Labels stand between the headline, which nothing marks, and the day",
        html(
            "<table><tr><td>港濱東碼頭整修完工　渡輪星期一恢復行駛</td></tr><tr><td><table><tr>"
            "<td>發布單位：港務處</td><td>發布日期：113-05-03</td><td>點閱數：356</td></tr></table></td></tr>"
            f"<tr><td><div>{CHINESE}</div></td></tr></table>",
            head="<meta name='DC.Title' content='港濱縣政府全球資訊網'>",
            title="港濱縣政府全球資訊網-縣府新聞",
            lang="zh-Hant",
        ),
        headline="港濱東碼頭整修完工 渡輪星期一恢復行駛",
        agency="港務處",
        first="港濱縣政府投入",
        last="仍可免費搭乘。",
    ),
    Layout(
        "The row of links at the foot and the address of the page are none of the text",
        html(
            f"<form><h2>{HEADLINE}</h2><b>Release Date: </b>05/30/2024<br><br>{FIRST}<br><br>Ferries "
            "call there every twenty minutes from Monday, and the last one leaves at eleven at night."
            f"<br><br>{LAST}<br><br><p><a href='/h'>Home</a> | <a href='/p'>Privacy and Security "
            "Notice</a> | <a href='/c'>Contact Us</a></p><p>This document is located at "
            "http://port.example/press.nsf/0/8525?OpenDocument</p></form>",
            head="<link rel='canonical' href='https://port.example.us/press.nsf/0/8525'>",
        ),
        date="2024-05-30",
    ),
    Layout(
        "A notice says that those who wrote the comments answer for them",
        html(
            f"<table><tr><td><b>{HEADLINE}</b><br>Posted on Friday, May 3 2024 @ 15:20<br><br>{FIRST}"
            f"<br><br>{LAST}</td></tr></table><table><tr><td>The comments are owned by the poster. We "
            "aren't responsible for their content.</td></tr></table>"
        ),
    ),
    Layout(
        "What the text is tagged with, and a prompt to rate it, in Persian",
        html(
            "<h1>اسکله شرقی پس از نه هفته بازگشایی شد</h1><div>تاریخ انتشار: ۱۴ اردیبهشت ۱۴۰۳</div>"
            "<div>با پایان تعمیر، کشتی‌ها از روز دوشنبه دوباره به جزیره‌ها می‌روند.</div>"
            "<div><p>به گزارش روابط عمومی اداره بندر، اسکله شرقی پس از نه هفته تعمیر روز جمعه بازگشایی شد و "
            "کشتی‌ها هر بیست دقیقه حرکت می‌کنند.</p><p>بهای بلیت تغییر نکرده است و سگ‌ها رایگان سفر می‌کنند.</p></div>"
            "<div>کلیدواژه: <a href='/1'>اسکله</a> <a href='/2'>بندر</a></div><div>امتیاز به خبر</div>",
            title="اسکله شرقی پس از نه هفته بازگشایی شد",
            lang="fa",
        ),
        headline="اسکله شرقی پس از نه هفته بازگشایی شد",
        first="با پایان تعمیر",
        last="رایگان سفر می‌کنند.",
    ),
    Layout(
        "A body of one word: at the end of the title, in the logo and before its address",
        html(
            "<header><a class='header__logo' href='/sv/'>Hamnbanken</a></header><main><h1>Därför behövs "
            f"piren</h1><p>3 maj 2024</p>{SWEDISH}</main><footer><p>Hamnbanken, Strandgatan 4, 100 00 "
            "Östhamn</p></footer>",
            title="Därför behövs piren | Hamnbanken",
            lang="sv",
        ),
        headline="Därför behövs piren",
        agency="Hamnbanken",
        first="Hamnbanken öppnade",
        last="hundar reser gratis.",
    ),
    Layout(
        "Who issued it by a label, whose name has no word for a body and stands at the foot as well",
        html(
            f"<h1>{HEADLINE}</h1><p><b>From: <a href='/r'>Northern Routes Norvia</a></b></p>"
            f"<p>3 May 2024</p>{PROSE}<footer><h3>Northern Routes Norvia</h3>{MENU}"
            "<h3>Government of Norvia</h3></footer>",
            title=f"{HEADLINE} - norvia.example",
        ),
        agency="Northern Routes Norvia",
    ),
    Layout(
        "A heading that is the kind and the number of the release, after a colon",
        html(
            "<h2>Basın Duyurusu No: 2024/7</h2><h3>Doğu İskelesi Dokuz Hafta Sonra Yeniden Açıldı</h3>"
            "<p>03.05.2024</p><p>Liman Başkanlığı doğu iskelesini dokuz haftalık onarımın ardından cuma "
            "günü yeniden açtığını duyurdu.</p><p>Bilet ücretleri değişmedi.</p>",
            title="Basın Duyurusu 2024/7 | Liman Başkanlığı",
            lang="tr",
        ),
        headline="Doğu İskelesi Dokuz Hafta Sonra Yeniden Açıldı",
        agency="Liman Başkanlığı",
        first="Liman Başkanlığı doğu",
        last="Bilet ücretleri değişmedi.",
    ),
    Layout(
        "The topic before the headline of an agency's report, in Arabic",
        html(
            "<h1>اقتصادي / إعادة افتتاح الرصيف الشرقي بعد تسعة أسابيع</h1><p>3 مايو 2024</p><p>أعادت هيئة "
            "الموانئ يوم الجمعة افتتاح الرصيف الشرقي بعد تسعة أسابيع من أعمال الترميم.</p><p>ولم تتغير أسعار "
            "التذاكر.</p>",
            title="اقتصادي / إعادة افتتاح الرصيف الشرقي بعد تسعة أسابيع",
            lang="ar",
        ),
        headline="إعادة افتتاح الرصيف الشرقي بعد تسعة أسابيع",
        first="أعادت هيئة",
        last="أسعار التذاكر.",
    ),
    Layout(
        "The line about copyright says the whole name of the body that the title begins",
        html(
            "<h1>Cầu cảng phía đông mở lại</h1><p>03/05/2024 | 14:05</p><p>Cảng vụ đã mở lại cầu cảng phía "
            "đông vào thứ sáu sau chín tuần sửa chữa.</p><p>Giá vé không thay đổi.</p><div>Bản quyền thuộc "
            "Bộ Cảng biển và Phát triển hải đảo. Địa chỉ: Số 2 phố Cảng</div>",
            title="Bộ Cảng biển: Cầu cảng phía đông mở lại",
            lang="vi",
        ),
        headline="Cầu cảng phía đông mở lại",
        agency="Bộ Cảng biển và Phát triển hải đảo",
        first="Cảng vụ đã",
        last="Giá vé không thay đổi.",
    ),
    Layout(
        "The self-government of a region in the heading that leads home, in Polish",
        html(
            "<h1><a href='/'>Samorząd Województwa Nadmorskiego</a></h1><h1>Aktualności</h1><h2>Molo "
            "wschodnie znów otwarte</h2><small>opublikowano: 03.05.2024</small><p>Molo wschodnie otwarto "
            "w piątek po dziewięciu tygodniach remontu, poinformował marszałek.</p><p>Ceny biletów się "
            "nie zmieniły.</p>",
            title="Molo wschodnie znów otwarte",
            lang="pl",
        ),
        headline="Molo wschodnie znów otwarte",
        agency="Samorząd Województwa Nadmorskiego",
        first="Molo wschodnie",
        last="się nie zmieniły.",
    ),
    Layout(
        "The name of the body with its address, in the same box as the text",
        html(
            f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}<p>Ministry of Harbours, Quay Street 4, 1000 "
            "Easthaven.</p>",
        ),
        agency="Ministry of Harbours",
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_layout(layout: Layout) -> None:
    assert_read(layout)


def test_rdfa_says_which_day_is_meant_where_it_may_be_two() -> None:
    said = "<span property='dc:date dc:created' content='2024-05-03T14:05:11+01:00'>Submitted by "
    page = html(f"<h1>{HEADLINE}</h1><div>{said}webadmin on 05/03/2024 - 14:05</span></div>{PROSE}")
    draft = _found(page)
    assert isinstance(draft, Draft)
    assert draft.dates[0].either
    assert "2024-05-03" in [date.date for date in draft.dates if date.precision == "day"]


def _found(page: str) -> Draft | Refusal:
    (found,) = webpage.read(page, Document(name="p", data=b""))
    return found


FORM = (
    "<p>Recevez chaque matin dans votre boîte les communiqués et les invitations du port.</p><form>"
    "<label>Nom</label><input><label>Courriel</label><input><p>Les informations recueillies sont "
    "enregistrées par le service presse, qui les conserve pendant trois ans.</p></form>"
)
CRASH = (
    "<h1>Server Error in '/Press' Application.</h1><h2><i>Runtime Error</i></h2><b>Description:</b> An "
    "application error occurred on the server. The current settings prevent the details of the error "
    "from being viewed remotely, for security reasons."
)
FILMS = "".join(
    f"<div><a href='/v/{n}'><img alt=''><span>0{n}:14</span></a><span>Başkanımız limandaki esnafı bir kez "
    f"daha ziyaret etti</span><span>Görüntülenme: {n}14</span></div>"
    for n in range(1, 7)
)
TOWN = (
    f"{MENU}<h1>Welcome to Port Alder</h1><div><h2>News Flash</h2><h3><a href='/1'>Paving begins on "
    "Monday</a></h3><span>Posted on: May 3, 2024</span><p>Crews will close one lane.</p></div><div>"
    f"<h2>Message from the Mayor</h2>{PROSE}</div>"
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html(CRASH, title="Runtime Error"), "an error page"),
        (
            html(
                f"<h1>S'abonner aux communiqués de presse</h1>{FORM}",
                title="S'abonner aux communiqués de presse | Port",
                lang="fr",
            ),
            "a standing page",
        ),
        (
            html(f"<h1>Video Galeri</h1>{FILMS}", title="Video Galeri - Liman", lang="tr"),
            "a standing page",
        ),
        (html(TOWN, title="Port Alder, NV | Official Website"), "a standing page"),
    ],
)
def test_no_release(page: str, reason: str) -> None:
    found = _found(page)
    assert isinstance(found, Refusal), found
    assert found.reason.startswith(reason), found.reason


@pytest.mark.parametrize(
    "headline",
    [
        "Subscribers to the ferry app pay less from May",
        "Runtime of ferries extended by an hour",
        "Comments on the pier show who is responsible",
    ],
)
def test_words_of_other_pages_in_a_headline_refuse_no_release(headline: str) -> None:
    page = html(f"<h1>{headline}</h1><p>3 May 2024</p>{PROSE}", title=headline)
    assert isinstance(_found(page), Draft)


def test_a_last_sentence_about_comments_stays_in_the_text() -> None:
    last = (
        "Comments on the plan are open until June, and the Port is responsible for answering them."
    )
    draft = _found(html(f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}<p>{last}</p>"))
    assert isinstance(draft, Draft)
    assert draft.body.endswith(last)


@pytest.mark.parametrize(
    "last",
    [
        "Ministry of Harbours, 12 towns and the ferry company signed it on Friday",
        "Ministry of Harbours, 40% of the cost",
    ],
)
def test_a_last_line_that_a_body_begins_stays_in_the_text(last: str) -> None:
    draft = _found(html(f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}<p>{last}</p>"))
    assert isinstance(draft, Draft)
    assert draft.body.endswith(last)


def test_a_place_and_a_number_in_a_headline_are_no_topic() -> None:
    page = html("<h1>عام / 2024</h1><p>3 مايو 2024</p>" + PROSE, title="عام / 2024", lang="ar")
    draft = _found(page)
    assert isinstance(draft, Draft)
    assert draft.headline == "عام / 2024"


def test_an_author_shown_twice_issues_nothing() -> None:
    page = html(
        f"<h1>{HEADLINE}</h1><p>Author: Ada Quill</p><p>3 May 2024</p>{PROSE}<div>Ada Quill</div>"
    )
    draft = _found(page)
    assert isinstance(draft, Draft)
    assert "Ada Quill" not in (draft.stated_agency, draft.weak_agency)
