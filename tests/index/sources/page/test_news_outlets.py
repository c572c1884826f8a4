"""Pages of newspapers, broadcasters and news agencies: whose they are, and what spoils their text.

The outlets, places and texts are invented; the markup is that of such sites.
"""

from __future__ import annotations

import json

import pytest

from index.sources.draft import Document, Draft
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
    (draft,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(draft, Draft), draft
    assert (draft.stated_agency, draft.stated_agency_rule) == ("Tidewater", "json-ld")


def test_the_last_sentence_of_a_text_in_urdu_is_no_body() -> None:
    text = (
        "<p>بندرگاہ کا مشرقی پشتہ نو ہفتوں کی مرمت کے بعد جمعے کو دوبارہ کھول دیا گیا، پہلی کشتی صبح روانہ ہوئی۔</p>"
        "<p>محکمہ آئندہ سال دو گودام تعمیر کرے گا۔</p>"
    )
    page = html(f"<h1>{HEADLINE}</h1>{_DAY}{text}", title=HEADLINE, lang="ur")
    (draft,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(draft, Draft), draft
    assert (draft.stated_agency, draft.weak_agency) == (None, None)
