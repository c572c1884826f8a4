"""Pages built as governments build them: each with its headline, date and agency, or refused."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from index.dates.day_order import regional_order
from index.sources.draft import Document, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import read

TEXT = (
    "<p>The Minister today announced five million over three years to support small harbours "
    "across the region and to improve safety for everyone who works there.</p>"
    "<p>“This is good news for the coast,” said the Minister. The funding begins in the spring "
    "and will be paid out in stages.</p>"
    "<p>Applications open next month and close in the autumn of the same year.</p>"
)
START, END = "The Minister today announced", "autumn of the same year."


class Layout(NamedTuple):
    """A page and what must be read from it; `agency` is the stated or else the suggested one."""

    name: str
    html: str
    headline: str
    date: str
    agency: str | None


LAYOUTS = [
    Layout(
        "definition terms and a from-line",
        '<html lang="en"><head><title>Funding for small harbours - State.example</title>'
        '<meta name="dcterms.title" content="Funding for small harbours">'
        '<meta name="dcterms.creator" content="Fisheries and Oceans Example">'
        '<meta name="dcterms.issued" content="2023-03-03">'
        '<meta name="dcterms.modified" content="2023-03-09"></head><body><header><nav><ol>'
        '<li><a href="/">State</a></li></ol></nav></header><main>'
        '<h1 property="name">Funding for small harbours</h1>'
        '<p>From: <a href="/x">Fisheries and Oceans Example</a></p>'
        f"<p>News release</p>{TEXT}</main><footer>Date modified: 2023-03-09</footer></body></html>",
        "Funding for small harbours",
        "2023-03-03",
        "Fisheries and Oceans Example",
    ),
    Layout(
        "the site's name as title, ministry above, posted-on below",
        "<html><head><title>Press Release:Press Information Bureau</title></head><body><form>"
        '<div><div class="subhead">Ministry of Ports</div><h2>Cabinet approves harbour scheme</h2>'
        f"<div>Posted On: 03 MAR 2023 5:30PM by the Bureau</div>{TEXT}</div></form></body></html>",
        "Cabinet approves harbour scheme",
        "2023-03-03",
        "Ministry of Ports",
    ),
    Layout(
        "French date with its change",
        '<html lang="fr"><head><title>Aide aux petits ports | Ministère de la Mer</title></head>'
        "<body><main><h1>Aide aux petits ports</h1>"
        f"<p>Publié le 03/04/2023 – Mis à jour le 05/04/2023</p>{TEXT}</main></body></html>",
        "Aide aux petits ports",
        "2023-04-03",
        "Ministère de la Mer",
    ),
    Layout(
        "facts as a list under the headline",
        '<html lang="en"><head><title>Commission approves aid for harbours</title>'
        '<meta property="og:site_name" content="Port Commission - Port Commission">'
        '<meta property="og:title" content="Commission approves aid for harbours"></head><body>'
        '<div class="page-header"><h1>Commission approves aid for harbours</h1><ul>'
        "<li>Press release</li><li>3 March 2023</li><li>Easthaven</li></ul></div>"
        f"<div>{TEXT}</div></body></html>",
        "Commission approves aid for harbours",
        "2023-03-03",
        "Port Commission",
    ),
    Layout(
        "the site's name as first heading, recent posts beside",
        '<html lang="en-US"><head><title>Aid for small harbours - Governor of Example</title>'
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "Aid for '
        'small harbours - Governor of Example", "datePublished": "2023-03-03T20:00:00+00:00", '
        '"dateModified": "2023-04-01"}, {"@type": "WebSite", "name": "Governor of Example"}]}'
        '</script></head><body><header><h1><a href="/">Governor of Example</a></h1></header>'
        f'<main><article><h1>Aid for small harbours</h1><div class="entry-content">{TEXT}</div>'
        "</article></main><aside><h2>Recent posts</h2><ul><li><a href='/a'>Governor signs a bill "
        "on schools and roads</a> March 9, 2023</li></ul></aside></body></html>",
        "Aid for small harbours",
        "2023-03-03",
        "Governor of Example",
    ),
    Layout(
        "of the nineties: capitals in bold, nothing else",
        "<HTML><HEAD><TITLE>Press Release</TITLE></HEAD><BODY><CENTER><B>MINISTRY OF PORTS</B>"
        "<BR>PRESS RELEASE<BR></CENTER><P>FOR IMMEDIATE RELEASE<BR>March 3, 1998<P><CENTER>"
        "<FONT SIZE=+2><B>MINISTER OPENS NEW PIER</B></FONT></CENTER>"
        f"{TEXT.replace('</p>', '')}<P>###</BODY></HTML>",
        "MINISTER OPENS NEW PIER",
        "1998-03-03",
        "MINISTRY OF PORTS",
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release(layout: Layout) -> None:
    draft = read(layout.html)
    assert draft.headline == layout.headline
    assert draft.dates[0].ordered(regional_order(draft.url, draft.language)).date == layout.date
    assert (draft.stated_agency or draft.weak_agency) == layout.agency
    assert START in draft.body
    assert draft.body.endswith(END)


def test_an_era_date_and_a_last_line_of_few_characters() -> None:
    text = (
        '<html lang="ja"><head><title>港湾整備支援の新しい制度について | 港湾省</title></head><body>'
        "<h1>報道発表</h1><h2>港湾整備支援の新しい制度について</h2><p>令和5年3月3日</p>"
        "<p>本日、大臣は、小規模な港湾を支援するための新しい制度を発表しました。三年間実施されます。</p>"
        "<p>申請は来月から受け付けます。</p></body></html>"
    )
    draft = read(text)
    assert draft.headline == "港湾整備支援の新しい制度について"
    assert draft.dates[0].date == "2023-03-03"
    assert draft.body.endswith("申請は来月から受け付けます。")


def entries(form: str) -> str:
    return "".join(form.format(n=n) for n in range(1, 9))


@pytest.mark.parametrize(
    "html",
    [
        (
            '<html><head><title>Ministry</title></head><body><div id="root"></div><noscript>You need '
            "to enable JavaScript to run this app.</noscript></body></html>"
        ),
        "<html><head><title>Search results - Ministry of Ports</title></head><body>"
        '<h1>Search results</h1><p>Showing 1-10 of 240 results for "pier"</p>'
        + entries(
            "<div><a href='/n/{n}'>Minister opens pier number {n} in the basin</a><p>A teaser "
            "that tells a bit about the release and ends here, with nothing more to say.</p></div>"
        )
        + "</body></html>",
        "<html><head><title>Ministry of Ports</title>"
        '<meta property="og:title" content="Ministry of Ports"></head><body>'
        "<h1>Ministry of Ports</h1><h2>Latest news</h2>"
        + entries("<h3><a href='/n/{n}'>Minister opens pier {n} in the basin</a></h3>")
        + "<h2>About us</h2><p>The Ministry of Ports looks after ports, piers and lighthouses and "
        "employs four hundred people in eleven offices across the country.</p></body></html>",
        "<html><head><title>Harbours Archives - Ministry of Ports</title></head><body><main>"
        "<h1>Tag: Harbours</h1>"
        + entries(
            "<article><h2><a href='/n/{n}'>Minister opens pier {n} in the basin</a></h2>"
            f"<p>{{n}} March 2023</p>{TEXT}</article>"
        )
        + "</main></body></html>",
    ],
    ids=["only scripts", "search results", "home", "tag with whole texts"],
)
def test_no_release(html: str) -> None:
    (found,) = webpage.read(html, Document(name="p", data=b""))
    assert isinstance(found, Refusal), found
    assert found.reason


def _last_line(line: str) -> str:
    head = "<html><head><title>Small harbours</title></head><body><main><h1>Small harbours</h1>"
    page = f"{head}<p>3 March 2023</p>{TEXT}<p>{line}</p></main></body></html>"
    draft = read(page)
    return draft.body.rsplit("\n", 1)[-1]


@pytest.mark.parametrize(
    "line",
    [
        "The rules take effect on 1 February 2025.",
        "Die Ansätze gelten ab dem 1. Januar 2025.",
        "Le dépôt est ouvert jusqu’au 31 mars 2025.",
        "Przepisy wchodzą w życie 1 stycznia 2025 r.",
        "Правила вступают в силу 1 января 2025 года.",
    ],
)
def test_a_last_sentence_that_tells_a_day_is_text(line: str) -> None:
    assert _last_line(line) == line


@pytest.mark.parametrize(
    "line", ["Bern, 3. März 2023.", "Done at Bern on 3 March 2023.", "Published on 3 March 2023."]
)
def test_a_last_line_that_dates_the_page_is_no_text(line: str) -> None:
    assert _last_line(line).endswith(END)


def test_what_a_style_parts_is_parted() -> None:
    meta = (
        "<div class='meta'><span class='author'>Admin</span><span class='date'>3 May 2023</span>"
        "<span class='views'>87</span></div>"
    )
    page = f"<html><title>Pier reopens at last</title><h1>Pier reopens at last</h1>{meta}{TEXT}"
    draft = read(page)
    assert draft.dates[0].date == "2023-05-03"
    assert draft.body.startswith(START)


def test_a_page_of_preformatted_text() -> None:
    page = (
        "<html><title>PR 2002</title><body><pre>\nHARBOUR DEPARTMENT\n\nPRESS RELEASE    No. 55\n\n"
        "22 August 2002\n\nBANK HOLIDAY FERRY TIMETABLE\n\nThe Harbour Department reminds all that "
        "ferries will\nrun to the holiday timetable on Monday, the last of the month.\n\nThe last ferry"
        " leaves at 9.15 p.m. from\nthe outer quay.\n\n   - END -\n</pre></body></html>"
    )
    draft = read(page)
    assert (draft.headline, draft.dates[0].date) == ("BANK HOLIDAY FERRY TIMETABLE", "2002-08-22")
    assert draft.body.startswith("The Harbour Department")
    assert draft.body.endswith("the outer quay.")
    assert (draft.stated_agency or draft.weak_agency) == "HARBOUR DEPARTMENT"


def test_the_names_that_the_standard_of_chinese_sites_gives() -> None:
    page = (
        "<html lang=zh><head><title>江东省人民政府 今日江东 渔港升级改造三年行动启动</title>"
        "<meta name=ArticleTitle content=渔港升级改造三年行动启动><meta name=SiteName content=江东省人民政府>"
        "<meta name=PubDate content='2021-03-18 08:15'></head><body><table><tr><td>渔港升级改造三年行动启动"
        "</td></tr><tr><td><p>渔港升级改造三年行动日前正式启动，计划投资二十六亿元，改造提升渔港四十五座。</p>"
        "<p>到二〇二三年底，全省中心渔港避风能力将提高三成以上。</p></td></tr></table></body></html>"
    )
    draft = read(page)
    assert draft.headline == "渔港升级改造三年行动启动"
    assert draft.dates[0].date == "2021-03-18"
    assert (draft.stated_agency or draft.weak_agency) == "江东省人民政府"


def test_a_part_of_the_title_with_the_headline_in_it_names_no_issuer() -> None:
    page = (
        "<html lang=zh><head><title>江东省人民政府 渔港升级改造三年行动启动</title></head><body>"
        "<h1>渔港升级改造三年行动启动</h1><p>2021年3月18日</p>"
        "<p>渔港升级改造三年行动日前正式启动，计划投资二十六亿元，改造提升渔港四十五座。</p>"
        "<p>到二〇二三年底，全省中心渔港避风能力将提高三成以上。</p></body></html>"
    )
    draft = read(page)
    assert (draft.stated_agency or draft.weak_agency) is None


@pytest.mark.parametrize(
    "label", ["発表", "発信元", "発表元", "Avsender", "Udgiver", "Издатель", "배포처", "Órgano"]
)
def test_labels_of_those_who_issue(label: str) -> None:
    bodies = {"発": "港湾局", "배": "항만청"}
    body = bodies.get(label[0], "Ministry of Ports")
    page = (
        "<html><title>Pier reopens</title><h1>Pier reopens</h1><p>3 May 2024</p>"
        f"<p>{label}: {body}</p>{TEXT}</html>"
    )
    draft = read(page)
    assert draft.stated_agency == body
    nobody = page.replace(body, "J. Sample")
    draft = read(nobody)
    assert draft.stated_agency is None


@pytest.mark.parametrize("line", ["Photo: Harbour Office", "State of the nation", "Foto: Hafenamt"])
@pytest.mark.parametrize("above", [True, False])
def test_a_credit_or_a_topic_beside_the_headline_is_nobody(line: str, *, above: bool) -> None:
    before, after = (f"<p>{line}</p>", "") if above else ("", f"<p>{line}</p>")
    page = f"<html><title>Pier reopens</title>{before}<h1>Pier reopens</h1>{after}{TEXT}</html>"
    draft = read(page)
    assert (draft.stated_agency or draft.weak_agency) is None
