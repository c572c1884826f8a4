"""Pages of newspapers, broadcasters and news agencies: whose they are, and what spoils their text.

The outlets, places and texts are invented; the markup is that of such sites.
"""

from __future__ import annotations

import json

import pytest

from index.sources.draft import Document, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import (
    FIRST,
    HEADLINE,
    LAST,
    NEXT,
    PROSE,
    Layout,
    assert_read,
    html,
    read,
)

_DAY = "<p>3 May 2024</p>"
_ARTICLE = '<meta property="og:type" content="article">'


def _article(publisher: dict[str, str], kind: str = "NewsArticle") -> str:
    data = {"@type": kind, "headline": HEADLINE, "publisher": publisher}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _site(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">{_ARTICLE}'


_MEDIUM = {"@type": "NewsMediaOrganization", "name": "ERB"}
_PAPER = {"@type": "Organization", "name": "Tidewater"}

LAYOUTS = [
    Layout(
        "A medium of news beside a line that names a body",
        html(
            f"<p>Ministry of Ports</p><h1>{HEADLINE}</h1>{_DAY}{PROSE}",
            _article(_MEDIUM),
            title=HEADLINE,
        ),
        agency="ERB",
    ),
    Layout(
        "The publisher of a news article, of one word",
        html(f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}", _article(_PAPER), title=HEADLINE),
        agency="Tidewater",
    ),
    Layout(
        "The site's name and the end of the title of an article",
        html(f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}", _site("Tidewater"), f"{HEADLINE} | Tidewater"),
        agency="Tidewater",
    ),
    Layout(
        "The end of the title is the host by which the site calls itself",
        html(f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}", _site("erb.example"), f"{HEADLINE} - ERB"),
        agency="ERB",
    ),
    Layout(
        "A site whose name is a section of news",
        html(f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}", _site("News Room"), f"{HEADLINE} - News Room"),
    ),
    Layout(
        "The edition of a newspaper for the web",
        html(
            "<h1>東埠頭が九週間ぶりに再開した</h1><p>2024年5月3日</p><p>東浜港湾局は3日、修理していた東埠頭を"
            "九週間ぶりに再開した。渡し船は月曜日から二十分ごとに出る。</p>",
            _article({"@type": "Organization", "name": "東浜新聞デジタル"}),
            title="東埠頭が九週間ぶりに再開した：東浜新聞デジタル",
            lang="ja",
        ),
        headline="東埠頭が九週間ぶりに再開した",
        agency="東浜新聞",
        first="東浜港湾局は3日、",
        last="二十分ごとに出る。",
    ),
    Layout(
        "The credit of a picture above the text",
        html(
            f"<h1>{HEADLINE}</h1>{_DAY}<div class='shot'><img src='/p.jpg'><div>The east pier <i>© "
            f"Ministry of Ports</i></div></div>{PROSE}<p>© 2024 Harbour Office</p>",
            title=HEADLINE,
        ),
        agency="Harbour Office",
    ),
    Layout(
        "A word for advertising between dashes",
        html(
            f"<h1>{HEADLINE}</h1>{_DAY}<div><p>{FIRST}</p><div class='a-rec'><span>- Publicidade -"
            f"</span></div>{NEXT}<p>{LAST}</p></div>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "The word for the end between strokes",
        html(
            f"<h1>{HEADLINE}</h1>{_DAY}<div>{PROSE}<p>// انتهى //</p><p>0088</p></div>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "The day of a change before that of issue, in one line",
        html(
            f"<h1>{HEADLINE}</h1><div><span>Updated 4 May 2024</span><span>Published 3 May 2024"
            f"</span></div>{PROSE}",
            title=HEADLINE,
        ),
    ),
    Layout(
        "Who wrote a text and for which desk, in a box",
        html(
            f"<main><h1>{HEADLINE}</h1><div class='x'><div>3 May 2024</div><div>By Isla Quill</div>"
            f"<div>ERB Northern Isles</div></div><div><p>{FIRST}</p></div><div><p>{LAST}</p></div></main>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "A digest that no writer made, and the hour, above the text",
        html(
            f"<main><h1>{HEADLINE}</h1>{_DAY}<div class='s'><strong>AI summary</strong><p>The east "
            f"pier is open again. This summary was made by a machine and may hold mistakes.</p>"
            f"</div><div class='y'><p>09:00</p>{PROSE}</div></main>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "The name of a Korean reporter above a digest",
        html(
            "<main><h1>동쪽 부두 아홉 주 만에 다시 열어</h1><p>입력 2024.05.03. 오전 10:31</p><p>박하늘 기자</p>"
            "<div><strong>AI 요약</strong><p>동쪽 부두가 다시 문을 열었다. 이 요약은 자동으로 만들어져 본문과 다를 수 "
            "있습니다.</p></div><div><p>항만청은 3일 아홉 주 동안 고친 동쪽 부두를 다시 열었다고 밝혔다.</p>"
            "<p>배는 월요일부터 이십 분마다 다니며 요금은 그대로라고 항만청은 설명했다.</p></div></main>",
            title="동쪽 부두 아홉 주 만에 다시 열어",
            lang="ko",
        ),
        headline="동쪽 부두 아홉 주 만에 다시 열어",
        first="항만청은 3일",
        last="항만청은 설명했다.",
    ),
    Layout(
        "Links to other stories between the lines of a text that breaks part",
        html(
            f"<main><h1>{HEADLINE}</h1>{_DAY}<div>{FIRST}<br><br><span><b>Baca juga: <a href='/b'>"
            f"Pelabuhan ramai</a></b></span><br><br>{LAST}<br><br><b>Baca juga: <a href='/c'>Ekspor "
            f"kopra naik</a></b><br><br>Editor: Ada Quill</div></main>",
            title=HEADLINE,
        ),
        last=f"{LAST}\n\nEditor: Ada Quill",
    ),
    Layout(
        "A label with a link below the text",
        html(
            f"<main><h1>{HEADLINE}</h1>{_DAY}<div>{PROSE}<p>Our Standards: <a href='/s'>How we "
            f"report and correct.</a></p></div></main>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "Pages of one text, and a declaration of rights, in Chinese",
        html(
            "<main><h1>东码头修复九周后重新开放</h1><p>2024-05-03</p><div><p>港务处三日重新开放了东码头，修复工程历时九周。</p>"
            "<p>渡轮周一起每二十分钟一班，票价不变。</p><div class='p'><b>1</b> <a href='2.html'>2</a> "
            "<a href='2.html'>下一页</a></div></div><div>声明：凡注明来源为“海滨网”的稿件，未经授权不得转载使用。</div>"
            "</main>",
            title="东码头修复九周后重新开放",
            lang="zh",
        ),
        headline="东码头修复九周后重新开放",
        first="港务处三日",
        last="票价不变。",
    ),
    Layout(
        "A subtitle below the day, a heading of a level of its own",
        html(
            f"<main><h1>{HEADLINE}</h1>{_DAY}<h2>Divers found older damage than anybody knew"
            f"</h2>{PROSE}</main>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "A newspaper in Vietnamese above the party that owns it",
        html(
            f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}<footer>Cơ quan chủ quản: Tỉnh ủy Hải Lam</footer>",
            title=f"{HEADLINE} - Báo Hải Lam điện tử",
        ),
        agency="Báo Hải Lam",
    ),
    Layout(
        "A page that is not called an article, in three places",
        html(
            f"<header><a href='/'><img alt='Tidewater'></a></header><h1>{HEADLINE}</h1>{_DAY}"
            f"{PROSE}",
            '<meta property="og:site_name" content="Tidewater">',
            title=f"{HEADLINE} | Tidewater",
        ),
        agency="Tidewater",
    ),
    Layout(
        "The rest is for those who pay",
        html(
            f"<main><h1>{HEADLINE}</h1>{_DAY}<div>{PROSE}<p>This article is only for subscribers of "
            f"the Tidewater, who may read the rest of it at once.</p></div></main>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "Tools for the size of letters, in Japanese",
        html(
            "<main><h1>東埠頭が九週間ぶりに再開した</h1><p>2024年5月3日</p><p>文字サイズ　<a href='#'>大</a> "
            "<a href='#'>標準</a></p><p>港湾局は、修理していた東埠頭を九週間ぶりに再開しました。</p><p>渡し船は"
            "月曜日から二十分ごとに出ます。料金はこれまでと同じです。</p></main>",
            title="東埠頭が九週間ぶりに再開した",
            lang="ja",
        ),
        headline="東埠頭が九週間ぶりに再開した",
        first="港湾局は、",
        last="これまでと同じです。",
    ),
    Layout(
        "A whole government above the ministry whose page it is, in Hindi",
        html(
            "<div>भारत सरकार</div><div>मत्स्य मंत्रालय</div><h1>नदी घाट की मरम्मत पूरी</h1><p>03 MAY 2024</p>"
            "<p>मत्स्य मंत्रालय ने आज पूर्वी घाट को नौ सप्ताह की मरम्मत के बाद फिर से खोल दिया है।</p><p>नावें सोमवार "
            "से हर बीस मिनट पर चलेंगी और किराया पहले जैसा ही रहेगा, मंत्रालय ने कहा।</p>",
            title="नदी घाट की मरम्मत पूरी",
            lang="hi",
        ),
        headline="नदी घाट की मरम्मत पूरी",
        agency="मत्स्य मंत्रालय",
        first="मत्स्य मंत्रालय ने आज",
        last="मंत्रालय ने कहा।",
    ),
    Layout(
        "Another story below, in an article of its own",
        html(
            f"<main><article><h1>{HEADLINE}</h1>{_DAY}{PROSE}</article><article><h1>Library opens "
            f"again after the flood</h1>{NEXT}{NEXT}<p>{FIRST}</p>{NEXT}</article></main>",
            f'<meta property="og:title" content="{HEADLINE}">',
            title=HEADLINE,
        ),
    ),
    Layout(
        "Another story below, with a day of its own",
        html(
            f"<main><h2 class='t'>{HEADLINE}</h2>{_DAY}{PROSE}<h2 class='t'>Library opens again "
            f"after the flood</h2><div>2 May 2024</div>{NEXT}{NEXT}<p>{FIRST}</p>{NEXT}</main>",
            f'<meta property="og:title" content="{HEADLINE}">',
            title=HEADLINE,
        ),
    ),
    Layout(
        "Headings of parts of one text with the names of the headline",
        html(
            f"<main><h2 class='t'>{HEADLINE}</h2>{_DAY}<p>{FIRST}</p>{NEXT}<h2 class='t'>Fares stay "
            f"as they are</h2>{NEXT}<p>{LAST}</p></main>",
            f'<meta property="og:title" content="{HEADLINE}">',
            title=HEADLINE,
        ),
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.name for each in LAYOUTS])
def test_a_page_of_an_outlet(layout: Layout) -> None:
    assert_read(layout)


def test_the_publisher_of_a_news_article_is_stated_and_not_only_suggested() -> None:
    page = html(f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}", _article(_PAPER), title=HEADLINE)
    draft = read(page)
    assert (draft.stated_agency, draft.stated_agency_rule) == ("Tidewater", "json-ld")


@pytest.mark.parametrize("name", ["番組表", "Live scores", "TV guide", "Choose your subscription"])
def test_what_outlets_have_beside_news_is_refused(name: str) -> None:
    rows = "".join(
        f"<tr><td>{hour}:00</td><td>Hour of the harbour {hour}</td></tr>" for hour in range(9)
    )
    page = html(f"<h1>{name}</h1><h2>3 May 2024</h2><table>{rows}</table>", title=f"{name} | ERB")
    (found,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(found, Refusal), found


def test_the_last_sentence_of_a_text_in_urdu_is_no_body() -> None:
    text = (
        "<p>بندرگاہ کا مشرقی پشتہ نو ہفتوں کی مرمت کے بعد جمعے کو دوبارہ کھول دیا گیا، پہلی کشتی صبح روانہ ہوئی۔</p>"
        "<p>محکمہ آئندہ سال دو گودام تعمیر کرے گا۔</p>"
    )
    page = html(f"<h1>{HEADLINE}</h1>{_DAY}{text}", title=HEADLINE, lang="ur")
    draft = read(page)
    assert (draft.stated_agency, draft.weak_agency) == (None, None)
