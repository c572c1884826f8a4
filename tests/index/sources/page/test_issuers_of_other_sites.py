"""Where sites of other governments say who issued a page, and what stands around the name."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import FIRST, HEADLINE, PROSE, Layout, assert_read, html

_H1 = f"<h1>{HEADLINE}</h1>"
_DAY = "<p>3 May 2024</p>"
_PAGE = f"{_H1}{_DAY}{PROSE}"
_CHINESE = (
    "<p>5月3日，东港市修复了东码头。渡轮从星期一起每二十分钟一班，末班船晚上十一点开往各岛，票价不变。</p>"
    "<p>修复工程历时九周，市民可以免费参观新的候船室，学校的学生已经来过两次。</p>"
)
_CHINESE_PAGE = {
    "headline": "东码头经九周修复后重新开放迎接旅客",
    "first": "5月3日，东港市修复了东码头。",
    "last": "学校的学生已经来过两次。",
}

LAYOUTS = [
    Layout(
        "Marks around the name in the title",
        html(_PAGE, title=".:: Harbour Board of Easthaven ::."),
        agency="Harbour Board of Easthaven",
    ),
    Layout(
        "The publisher in JSON-LD is the body's news",
        html(
            _PAGE,
            '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"@type": '
            '"Organization", "name": "Easthaven Town Council News"}}</script>',
            title=HEADLINE,
        ),
        agency="Easthaven Town Council",
    ),
    Layout(
        "The author is the office for the press, after the name of the body",
        html(
            _PAGE, '<meta name="author" content="Landtag Osthafen, Pressestelle">', title=HEADLINE
        ),
        agency="Landtag Osthafen",
    ),
    Layout(
        "The office for the press before the name of the body",
        html(f"{_PAGE}<p>Issued by: Media Office, City of Easthaven</p>", title=HEADLINE),
        agency="City of Easthaven",
    ),
    Layout(
        "The name with its abbreviation after a colon",
        html(
            _PAGE,
            '<meta property="og:site_name" content="Easthaven Harbour Authority: EHA">',
            title=HEADLINE,
        ),
        agency="Easthaven Harbour Authority",
    ),
    Layout(
        "Label and name in boxes of one line, with another label after them",
        html(
            f"{_H1}<div><span>Fonte:</span> <span>Instituto Portuário</span> <span>Data de publicação:"
            f"</span> <time>3 de maio de 2024</time></div>{PROSE}",
            title=HEADLINE,
        ),
        agency="Instituto Portuário",
    ),
    Layout(
        "The source in brackets at the end",
        html(f"{_PAGE}<p>(Sumber: Dinas Pelabuhan Easthaven)</p>", title=HEADLINE),
        agency="Dinas Pelabuhan Easthaven",
    ),
    Layout(
        "Who sent a bulletin",
        html(
            f"<div><a href='/s'>Subscribe to updates from Easthaven Department of Piers</a></div>{_H1}"
            f"<p>Easthaven Department of Piers sent this bulletin at 03/05/2024 09:15 AM</p>{PROSE}",
            title=HEADLINE,
        ),
        agency="Easthaven Department of Piers",
    ),
    Layout(
        "The last line says by whom it was issued, without a colon",
        html(f"{_PAGE}<p>Issued by the Department of Piers and Landings</p>", title=HEADLINE),
        agency="Department of Piers and Landings",
    ),
    Layout(
        "Title and logo call the site by a name without a word for a body",
        html(f"<a href='/'><img alt='Logo Coast Watch Osthafen'></a>{_PAGE}",
             title=f"{HEADLINE} - Coast Watch Osthafen"),
        url="https://www.coast-watch.example/n/1",
        agency="Coast Watch Osthafen",
    ),
    Layout(
        "Two places are too few for a host that anybody has",
        html(f"<a href='/'><img alt='Logo Coast Watch Osthafen'></a>{_PAGE}",
             title=f"{HEADLINE} - Coast Watch Osthafen"),
        url="https://www.coast-watch.com/n/1",
        agency=None,
    ),
    Layout(
        "A logo in the letters of the page, a copyright in Latin ones",
        html(
            f"<p id='logo'><a href='/'>东港市</a></p><h1>{_CHINESE_PAGE['headline']}</h1><p>2024-05-03"
            f"</p>{_CHINESE}<p>Copyright © City of Easthaven</p>",
            title=_CHINESE_PAGE["headline"],
            lang="zh",
        ),
        agency="东港市",
        **_CHINESE_PAGE,
    ),
    Layout(
        "An office as its own city calls it; the signature names the city",
        html(
            f"<h1>{_CHINESE_PAGE['headline']}</h1><p>2024-05-03　来源：市港口管理局</p>{_CHINESE}"
            "<footer><p>东港市港口管理局</p></footer>",
            title=_CHINESE_PAGE["headline"],
            lang="zh",
        ),
        agency="东港市港口管理局",
        **_CHINESE_PAGE,
    ),
    Layout(
        "The link home of a whole government names the body under it",
        html(
            "<a href='/'><strong>Government of Easthaven</strong> <span>Ministry of Piers</span></a>"
            f"{_PAGE}",
            '<meta property="og:site_name" content="Government of Easthaven">',
            title=HEADLINE,
        ),
        agency="Ministry of Piers",
    ),
    Layout(
        "The copyright is the press office's, the link home the body's",
        html(
            f"<div class='logo'><a href='/'>Easthaven Harbour Authority</a></div>{_PAGE}"
            "<p>© 2024 Office of Media Relations</p>",
            title=HEADLINE,
        ),
        agency="Easthaven Harbour Authority",
    ),
    Layout(
        "A mission abroad",
        html(_PAGE, title=f"{HEADLINE} - Ruritanian Embassy in Easthaven"),
        agency="Ruritanian Embassy in Easthaven",
    ),
    Layout(
        "An office with its district, in a link that is called an office's",
        html(
            f"<p>News</p><div class='node-office'><a href='/o'>Harbour Master's Office, Northern District"
            f"</a></div>{_PAGE}",
            title=HEADLINE,
        ),
        agency="Harbour Master's Office, Northern District",
    ),
    Layout(
        "A minister's office is a contact and names nobody",
        html(f"{_PAGE}<section><h3>Media Contacts</h3><p>Minister’s Office</p></section>",
             title=HEADLINE),
        agency=None,
    ),
    Layout(
        "An element that is called a ministry, in one line with the day, in small letters",
        html(
            f"{_H1}<div><span class='ministry'>satama- ja vesiministeriö</span><span>Julkaisuajankohta"
            f"</span> <span>3.5.2024</span></div>{PROSE}",
            title=HEADLINE,
        ),
        agency="Satama- ja vesiministeriö",
    ),
    Layout(
        "A trail of links leads over the parent to the body, which is no link",
        html(
            "<ol class='breadcrumb'><li><a href='/'>Inicio</a></li><li>Ministerio de Puertos</li><li>"
            f"Servicio Nacional de Faros</li></ol>{_PAGE}",
            title=HEADLINE,
        ),
        agency="Servicio Nacional de Faros",
    ),
    Layout(
        "A picture at the top names the body and its state",
        html(
            "<table><tr><td><img src='b.gif' alt='Office of the Harbour Master - State of Easthaven'>"
            f"</td></tr></table>{_PAGE}",
            title=HEADLINE,
        ),
        agency="Office of the Harbour Master",
    ),
    Layout(
        "Title and address at the foot call the site by a name without a word for a body",
        html(f"{_PAGE}<p>Pilots of Easthaven | 301 Court Plaza | Translations</p>",
             title="Pilots of Easthaven - NewsDetail"),
        agency="Pilots of Easthaven",
    ),
    Layout(
        "The source is the press office of whose site it is",
        html(
            f"<p id='logo'><a href='/'>东港市港口管理局</a></p><h1>{_CHINESE_PAGE['headline']}</h1><p>"
            f"2024-05-03　来源：新闻办公室</p>{_CHINESE}",
            title=_CHINESE_PAGE["headline"],
            lang="zh",
        ),
        agency="东港市港口管理局",
        **_CHINESE_PAGE,
    ),
    Layout(
        "A ministry for something, right above the headline",
        html(f"<h2>Ministerio para la Marea Alta y los Puertos</h2>{_PAGE}", title=HEADLINE),
        agency="Ministerio para la Marea Alta y los Puertos",
    ),
    Layout(
        "A letterhead of two lines",
        html(
            "<table><tr><td><b>MINISTRY OF PIERS<br>OF THE REPUBLIC OF NORVIA</b></td></tr></table>"
            f"{_PAGE}",
            title=HEADLINE,
        ),
        agency="MINISTRY OF PIERS OF THE REPUBLIC OF NORVIA",
    ),
    Layout(
        "An abbreviation before the name in the logo",
        html(
            f"<a href='/' class='brand'><img src='l.png' alt='AGM - Autorità Garante della Marea'></a>"
            f"{_PAGE}",
            title=HEADLINE,
        ),
        agency="Autorità Garante della Marea",
    ),
    Layout(
        "The author is an office for the press, and the site names whose",
        html(
            _PAGE,
            '<meta name="author" content="Press Office">'
            '<meta property="og:site_name" content="Office of the Harbour Master">',
            title=HEADLINE,
        ),
        agency="Office of the Harbour Master",
    ),
    Layout(
        "A town hall is where a town has its offices",
        html(f"{_PAGE}<footer><p>Town Hall<br>1 Quay Street</p></footer>", title=HEADLINE),
        agency=None,
    ),
    Layout(
        "A kind of committee is no name of one",
        html(f"<div>Select Committee</div>{_PAGE}", title=HEADLINE),
        agency=None,
    ),
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.name for each in LAYOUTS])
def test_who_issued_a_page(layout: Layout) -> None:
    assert_read(layout)


def test_a_body_that_another_line_only_holds_signs_nothing() -> None:
    page = html(f"{_PAGE}<p>Issued by mistake to four hundred and one households.</p>")
    assert_read(Layout("no signature", page, first=FIRST, last="households.", agency=None))
