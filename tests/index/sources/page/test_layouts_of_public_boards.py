"""Layouts of boards, ministries and portals of several countries, all of them of invented places."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import (
    FIRST,
    HEADLINE,
    LAST,
    MENU,
    NEXT,
    PROSE,
    Layout,
    assert_read,
    html,
)

KOREAN = (
    "<p>항만청은 아홉 주 동안의 공사를 마치고 금요일에 동쪽 부두를 다시 연다고 밝혔다. 배는 월요일부터 이십 분마다 다닌다.</p>"
    "<p>요금은 그대로이며 개는 계절이 끝날 때까지 무료로 탈 수 있다.</p>"
)
RUSSIAN = (
    "<p>Восточный причал снова открыт после девяти недель ремонта, сообщил в пятницу начальник порта "
    "на встрече с журналистами.</p><p>Билеты стоят столько же, сколько раньше.</p>"
)

LAYOUTS = [
    Layout(
        "A board names the ministry in the metadata and the headline in the cell behind the word",
        html(
            "<header><h1><a href='/'>미사키부</a></h1></header><h3>보도자료</h3><table><tr><th>제목</th>"
            "<td>동쪽 부두, 아홉 주 만에 다시 열린다</td></tr><tr><th>등록일</th><td>2024.05.03.</td>"
            f"<th>조회수</th><td>1,204</td></tr></table><div>{KOREAN}</div>",
            head='<meta property="og:title" content="미사키부">',
            title="보도자료 상세보기 | 미사키부",
            lang="ko",
        ),
        headline="동쪽 부두, 아홉 주 만에 다시 열린다",
        agency="미사키부",
        first="항만청은",
        last="탈 수 있다.",
    ),
    Layout(
        "The first of two bodies that are links behind the word for by has issued it",
        html(
            f"<h1>{HEADLINE}</h1><ul><li>Av: <a href='/h'>Havnedepartementet</a>, "
            "<a href='/f'>Fergedepartementet</a></li></ul><p>3. mai 2024</p><p>Historisk arkiv</p>"
            f"{PROSE}",
            title=f"{HEADLINE} - norvia.no",
            lang="no",
        ),
        agency="Havnedepartementet",
    ),
    Layout(
        "A body with a comma in its name that is the link behind the word from",
        html(
            f"<p>Press release</p><h1>{HEADLINE}</h1><p>From <a href='/d'>Department of Harbours, "
            f"Lights, Ferries and the Coast</a></p><p>Published on 3 May 2024</p>{PROSE}",
            title=f"norvia - {HEADLINE}",
        ),
        agency="Department of Harbours, Lights, Ferries and the Coast",
    ),
    Layout(
        "The name beats the words official site of in another case",
        html(
            "<header><a class='logo' href='/'>Официальный сайт Правительства Озёрного края</a></header>"
            f"<h1>Восточный причал открыт</h1><p>3 мая 2024</p>{RUSSIAN}",
            head='<meta property="og:site_name" content="Правительство Озёрного края">',
            title="Восточный причал открыт — Правительство Озёрного края",
            lang="ru",
        ),
        headline="Восточный причал открыт",
        agency="Правительство Озёрного края",
        first="Восточный причал снова открыт",
        last="сколько раньше.",
    ),
    Layout(
        "What a site says below its name is not its name",
        html(
            "<header><div><a href='/'>Press Information Department</a></div><p class='site-description'>"
            f"Ministry of Lights &amp; Harbours</p>{MENU}</header><h1>{HEADLINE}</h1><p>May 3, 2024</p>{PROSE}",
            title=f"{HEADLINE} – Press Information Department",
        ),
        agency="Press Information Department",
    ),
    Layout(
        "A site that says behind its address whose official site it is",
        html(
            "<header><a href='/'>Harbour.govt.example</a><span>The official website of the Norvian "
            f"Government</span></header><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}",
            title=f"{HEADLINE} | Harbour.govt.example",
        ),
        agency="Norvian Government",
    ),
    Layout(
        "The day is the headline where it is the one heading and begins the title",
        html(
            f"<h1>3 May 2024</h1>{PROSE}",
            title="3 May 2024 | Harbour Office",
        ),
        headline="3 May 2024",
        agency="Harbour Office",
    ),
    Layout(
        "A headline of few letters stands below its kicker",
        html(
            f"<h1><span>Harbours</span><br><span>Pier open</span></h1><p>3 May 2024</p>{PROSE}",
            title="Pier open | Port",
        ),
        headline="Pier open",
    ),
    Layout(
        "A headline of few characters that say as much as a line of letters",
        html(
            "<h1><span>港湾課</span><br><span>東桟橋を再開</span></h1><p>2024年5月3日</p>"
            "<p>県は九週間にわたる修理を終え、金曜日に東桟橋を再開しましたのでお知らせします。</p>"
            "<p>料金はこれまでと変わらず、犬は季節の終わりまで無料です。</p>",
            title="東桟橋を再開 | 三崎",
            lang="ja",
        ),
        headline="東桟橋を再開",
        first="県は九週間",
        last="無料です。",
    ),
    Layout(
        "A text in a shadow root that a browser shows at once",
        html(
            f"<h1>{HEADLINE}</h1><p>3 May 2024</p><news-item><template shadowrootmode='open'>{PROSE}"
            "</template></news-item>"
        ),
    ),
    Layout(
        "A text that stands beside a shadow root, in the slots that this leaves for it",
        html(
            "<page-frame><template shadowrootmode='open'><header><slot name='head'></slot></header>"
            f"<main><slot></slot></main><p>{LAST}</p></template>"
            f"<h1 slot='head'>{HEADLINE}</h1><p>3 May 2024</p><p>{FIRST}</p>{NEXT}</page-frame>"
        ),
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout(layout: Layout) -> None:
    assert_read(layout)


LISTED = "".join(f"<li><a href='/n/{n}'>Another thing at harbour {n}</a></li>" for n in range(4))
FOUND = "".join(
    f"<li><h3>Thing at harbour {n}</h3><p>{n}. maj 2024 - Havnekontoret siger, at man ved mere om den "
    "sag i næste uge, og at færgerne sejler som altid.</p></li>"
    for n in range(1, 4)
)
ASKED = "".join(
    f"<h3>What does harbour {n} cost?</h3><p>It costs what it did last year, says the office.</p>"
    for n in range(3)
)
BORN = (
    "<h2>Αλέξης Κορμοράνος</h2><p>Ο Αλέξης Κορμοράνος γεννήθηκε στις 3 Μαΐου 1971 στην Ανατολική "
    "Αποβάθρα. Στις 4 Μαΐου 2024 ορκίστηκε Υπουργός Λιμένων.</p>"
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html(f"<h1>Søgning</h1>{FOUND}", title="Søgeresultater - Havnekontoret"), "a list of"),
        (
            html(
                f"<h1>Frequently asked questions: piers</h1><p>Published 3 May 2024</p>{ASKED}",
                title="Frequently asked questions: piers - Norvia",
            ),
            "a standing page",
        ),
        (html(f"<h1>Υπουργός</h1>{BORN}", title="Υπουργός - Υπουργείο"), "a standing page"),
        (
            html(
                "<h1>報道発表資料（2024年5月）</h1><p>更新日：2024年5月3日</p><h2>5月3日</h2><ul>"
                "<li>東桟橋を再開します（港湾課）</li><li>渡船の時刻を変更します（交通課）</li></ul>",
                title="報道発表資料（2024年5月） | 三崎市",
                lang="ja",
            ),
            "a list of",
        ),
        (
            html(f"<h1>Press releases, May 2024</h1>{LISTED}", title="Press releases, May 2024"),
            "a list of",
        ),
    ],
)
def test_no_release(page: str, reason: str) -> None:
    (found,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(found, Refusal), found
    assert found.reason.startswith(reason), found.reason


def test_a_statement_with_its_month_in_the_headline_is_a_release() -> None:
    page = html(
        f"<h1>Statement, May 2024</h1><p>3 May 2024</p>{PROSE}", title="Statement, May 2024"
    )
    (found,) = webpage.read(page, Document(name="p", data=b""))
    assert not isinstance(found, Refusal), found.reason
    assert found.body.startswith(FIRST)
    assert found.body.endswith(LAST)
