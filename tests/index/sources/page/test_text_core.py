"""Where most of a text stands, and the boxes around it that are none of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from index.sources.draft import Draft
from tests.index.sources.page.layouts import CARDS, FIRST, HEADLINE, LAST, PROSE, html
from tests.index.sources.page.layouts import read as read_page

TEXT = f"<div class='rich'>{PROSE}</div>"
MORE = "The second half of the pier follows next year, when the harbour has paid for the first."


def read(body: str, title: str = f"{HEADLINE} | Port") -> Draft:
    return read_page(html(body, title=title))


def body_of(below: str, above: str = "<p>3 May 2024</p>") -> str:
    draft = read(f"<main><h1>{HEADLINE}</h1>{above}{TEXT}{below}</main>")
    return draft.body


@pytest.mark.parametrize(
    "box",
    [
        ("<div class='optin'><h2>Nie wieder</h2><p>Wer seine Adresse nennt, ist damit einverstanden,"
        " dass wir sie speichern und zweimal im Monat schreiben.</p></div>"),
        ("<div class='about-author'><h4>J. Sample</h4><p>J. Sample has steered the Harbour Office "
        "since 2019 and sailed a pilot boat before that.</p></div>"),
        ("<div class='sp'><p>Tekst ten jest tłumaczeniem grzecznościowym, wiążący jest tylko oryginał "
        "w języku urzędowym.</p></div>"),
        "<div class='bq'><p>声明：本网转载的稿件均出于传递信息之目的，如涉及版权问题请与我们联系处理。</p></div>",
        f"<div class='grid'>{CARDS}</div>",
        ("<h2>Zusje</h2><ul><li><a href='/a.pdf'>Map (PDF)</a></li></ul>"
        "<p><em>Photographs may be used without a fee if the office is named beside each.</em></p>"),
        "<div><h2>יחידות</h2><a href='/u'>דוברות</a></div><div><p>האם המידע בדף זה עזר לך?</p></div>",
        "<h2>Comments</h2><div><h3>Hello</h3><div>Posted by x on Tue, 04/06/2024</div><p>"
        + f"{MORE} " * 9 + "</p></div>",
        ("<table><tr><td>Zusje</td><td>555 0100 00</td></tr><tr><td>Mail</td><td>a@b.example</td></tr>"
        "</table>"),
        "<p>(Fin/JLP/mc)</p>",
    ],
)  # fmt: skip
def test_a_box_below_the_text_that_speaks_of_the_page_is_left_out(box: str) -> None:
    assert body_of(box).endswith(LAST)


def test_a_notice_outside_of_the_article_is_left_out() -> None:
    notice = "<div class='x'><p>All that stands here may be used by anybody who says whose it is.</p></div>"
    page = f"<div><article><h1>{HEADLINE}</h1><p>3 May 2024</p>{TEXT}</article></div>{notice}"
    assert read(page).body.endswith(LAST)


@pytest.mark.parametrize(
    "below",
    [
        f"<div class='rich'><p>{MORE}</p></div>",
        f"<div class='more'><h2>What comes next</h2><p>{MORE}</p></div>",
        f"<div class='notes card'><h2>Notes to editors</h2><p>{MORE}</p></div>",
        f"<p>{MORE}</p>",
        f"<div class='a'><p>{FIRST} {FIRST} {FIRST}</p><p>{MORE}</p></div>",
        f"<p>* * *</p><p>{FIRST}</p><p>{MORE}</p>",
    ],
)
def test_text_that_goes_on_below_in_another_box_stays(below: str) -> None:
    assert body_of(below).endswith(MORE)


@pytest.mark.parametrize(
    ("below", "last"),
    [
        ("<div class='next'><h2>What comes next</h2><p>The second half of the pier follows.</p></div>",
         "The second half of the pier follows."),
        ("<div class='q'><blockquote><p>“We missed the ferries all winter.”</p></blockquote></div>",
         "“We missed the ferries all winter.”"),
        ("<ul class='m'><li><p>Easthaven gets a <a href='/r'>ferry of oak</a> in June.</p></li></ul>",
         "Easthaven gets a ferry of oak in June."),
        (("<div class='when'><h2>What happens when</h2><ul><li>June: the west pier</li>"
         "<li>July: Easthaven</li></ul></div>"), "July: Easthaven"),
        (("<table class='t'><tr><th>Islands</th><th>Ferries</th></tr><tr><td>Skerry</td><td>12</td></tr>"
         "</table>"), "Skerry | 12"),
        ("<p class='x'>Dogs travel free until June.</p>", "Dogs travel free until June."),
        (("<div class='a'><p>The Harbour Office will open the second half of the pier to ferries in the "
         "spring of next year.</p></div>"), "in the spring of next year."),
    ],
)  # fmt: skip
def test_a_short_part_with_words_of_the_text_stays_whatever_its_box_is_called(
    below: str, last: str
) -> None:
    assert body_of(below).replace("\t", " | ").endswith(last)


def test_a_list_that_the_last_line_announces_is_of_the_text_in_a_box_of_its_own() -> None:
    towns = "<div class='d'><ul><li>Norvik</li><li>Skerry</li></ul></div>"
    text = f"<div class='c'>{PROSE}{PROSE}<p>%s</p></div>"
    page = f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{text}{towns}</main>"
    assert read(page % "The ferries call at these islands:").body.endswith("Skerry")
    assert read(page % "See also:").body.endswith(LAST)


@pytest.mark.parametrize(
    "below",
    [
        "<div class='x'><p>All that stands here may be used by anybody who says whose it is.</p></div>",
        "<div class='x'><p>The pier of the ferries:</p><p><a href='/p'>East pier</a></p></div>",
        "<div class='contact'><p>The Director of the Harbour Office answers questions on Fridays from nine.</p></div>",
    ],
)
def test_a_short_box_of_other_words_or_of_the_page_is_no_part_of_the_text(below: str) -> None:
    assert body_of(below).endswith(LAST)


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("<p><b>Olga Example, Ivan Sample</b></p>", "Olga Example, Ivan Sample"),
        ("<p>J. Sample</p><p>Director of Harbours</p><p>3 May 2024</p>", "3 May 2024"),
        ("<p>港务局</p><p>2024年5月3日</p>", "2024年5月3日"),
        ("<p>PIERS COMMISSION<br>3 MAY 2024</p>", "3 MAY 2024"),
        ("<p><b>Olga Example</b></p></div><div>Zusje: <a href='/t'>piers</a></div><div>",
         "Olga Example"),
        ("<p><a href='/l'>The whole list of ferries can be read on this page.</a></p>", "this page."),
        ("<p>The times of all ferries stand here:</p><p><a href='/t'>https://t.example/t</a></p>",
         "https://t.example/t"),
    ],
)  # fmt: skip
def test_names_and_links_that_end_a_text_are_part_of_it(end: str, last: str) -> None:
    draft = read(f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p><div>{PROSE}{end}</div></main>")
    assert draft.body.endswith(last)


def test_a_name_in_bold_at_the_end_of_its_box_heads_nothing_in_the_next() -> None:
    below = "<div>Tags: <a href='/t'>piers</a></div><div>Other news</div><ul><li><a href='/n'>A light on"
    lead = f"<h1>{HEADLINE}</h1><p>3 May 2024</p><div class='l'>{MORE}</div>"
    text = f"<div class='d'>{PROSE}<p><b>Olga Example</b></p></div>"
    draft = read(
        f"<div>{lead}{text}{below} the rocks was lit again</a> (2 May 2024)</li></ul></div>"
    )
    assert draft.body.endswith("Olga Example")


@pytest.mark.parametrize(
    "above",
    [
        "<p class='meta'>3 May 2024</p><div class='place'>Easthaven</div><div>14:20</div>",
        "<div class='who'><p>The Hon. J. Sample</p><p>Harbours of the North</p></div>",
        "<ul class='actions'><li>Emel</li></ul>",
        "<p>Comunicado de Prensa 0155-24</p>",
        (
            "<p>Nine weeks of work have come to an end, and dogs may travel as before.</p>"
            "<div class='d'>3 May 2024</div>"
        ),
    ],
)
def test_a_text_begins_where_its_element_does(above: str) -> None:
    assert body_of("", above).startswith(FIRST)


def test_a_text_in_one_cell_of_a_page_laid_out_by_tables_has_its_lines() -> None:
    page = (
        "<table><tr><td colspan=2><img alt='Port'></td></tr><tr><td><a href='/'>Home</a></td><td>"
        f"3 May 2024<br><br><b>{HEADLINE}</b><br><br>{FIRST}<br><br>{LAST}<br><br>"
        "<center>- END -</center></td></tr><tr><td colspan=2>Best viewed at 800 x 600.<br>Copyright "
        "2004 Ministry of Ports. Comments to the <a href='mailto:w@p.example'>Webmaster</a></td></tr>"
        "</table>"
    )
    assert read(page).body == f"{FIRST}\n\n{LAST}"


@pytest.mark.parametrize(
    "label", ["Press release: ", "News Release No. 14/2024 – ", "Pressemitteilung: ", "보도자료 | "]
)
def test_the_word_for_a_release_is_no_part_of_its_headline(label: str) -> None:
    page = f"<main><h1>{label}{HEADLINE}</h1><p>3 May 2024</p>{TEXT}</main>"
    assert read(page, f"{label}{HEADLINE}").headline == HEADLINE


def test_a_headline_may_begin_with_another_word_and_a_colon() -> None:
    page = f"<main><h1>Statement of accounts: {HEADLINE}</h1><p>3 May 2024</p>{TEXT}</main>"
    assert read(page, "Port").headline == f"Statement of accounts: {HEADLINE}"


def test_the_day_of_an_event_in_the_text_is_not_that_of_issue() -> None:
    event = "<p>Date: Friday, 17 May 2024<br>Venue: East pier</p>"
    draft = read(f"<main><h1>{HEADLINE}</h1><div class='d'>3 May 2024</div>{TEXT}{event}</main>")
    assert [each.date for each in draft.dates][:1] == ["2024-05-03"]


def test_a_weekday_beside_a_day_tells_its_order() -> None:
    draft = read(f"<main><h1>{HEADLINE}</h1><p>By jo on Mon, 03/06/2013 - 10:12</p>{TEXT}</main>")
    assert draft.dates[0].ordered(day_first=draft.day_first).date == "2013-06-03"


@pytest.mark.parametrize("unended", ["<iframe src=/m>", "<textarea rows=3>", "<xmp>"])
def test_what_would_hide_the_rest_of_a_page_is_taken_out(unended: str) -> None:
    assert read(f"{unended}<h1>{HEADLINE}</h1>{TEXT}").body.endswith(LAST)


def test_the_day_of_a_visit_is_not_that_of_issue() -> None:
    draft = read(f"<p>Today: 9 June 2024</p><h1>{HEADLINE}</h1><p>3 May 2024</p>{TEXT}")
    assert [each.date for each in draft.dates][:1] == ["2024-05-03"]


@pytest.mark.parametrize("day", ["03.V.2024", "2024-yil 3-may", "2024 жылғы 3 мамыр"])
def test_a_day_in_other_spellings(day: str) -> None:
    draft = read(f"<main><h1>{HEADLINE}</h1><p>{day}</p>{TEXT}</main>")
    assert [each.date for each in draft.dates][:1] == ["2024-05-03"]


def test_who_answers_questions_below_a_text_is_not_its_issuer() -> None:
    contacts = "<p>Office: Harbour Press Office</p><p>Contact office: Port Information Office</p>"
    draft = read(f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{TEXT}{contacts}</main>", "Port")
    assert (draft.stated_agency, draft.weak_agency) == (None, None)
    above = read(f"<main><h1>{HEADLINE}</h1><p>Office: Harbour Press Office</p>{TEXT}</main>")
    assert above.stated_agency == "Harbour Press Office"


@pytest.mark.parametrize("line", ["Inside the Treasury", "Council Tax bands", "Meet the Board"])
def test_a_line_of_a_menu_above_a_headline_is_no_letterhead(line: str) -> None:
    draft = read(f"<p>{line}</p><h1>{HEADLINE}</h1><p>3 May 2024</p>{TEXT}", "Port")
    assert draft.stated_agency is None


def test_records_are_read_without_what_pages_alone_need() -> None:
    code = "import sys, index.ingest.builder; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_stands_beside_an_article_is_no_part_of_it() -> None:
    legal = (
        "<div class='legal'><div class='t'><p>Wer die Texte nutzt, nennt die Quelle. Bilder sind nur "
        "für Berichte frei.</p></div></div>"
    )
    page = f"<main><article><h1>{HEADLINE}</h1><p>3 May 2024</p>{TEXT}</article>{legal}</main>"
    assert read(page).body.endswith(LAST)


def test_answers_of_readers_are_no_part_of_the_text() -> None:
    answers = (
        "<section class='discussion'><h2>2 answers</h2><div><p>marta, 4 May 2024</p><p>My boat has lain "
        "behind that pier since Sunday; may I move it?</p></div></section>"
    )
    article = f"<article><h1>{HEADLINE}</h1><p>3 May 2024</p>{TEXT}</article>"
    assert read(f"<main>{article}{answers}</main>").body.endswith(LAST)


def test_a_number_alone_below_an_office_is_no_text() -> None:
    assert body_of("<p>Assessoria de Comunicação</p><p>(61) 5555-0100</p>").endswith(LAST)


@pytest.mark.parametrize(
    "rest",
    [
        f"<div class='row'><div class='col'><h2>A second half</h2><p>{MORE}</p></div></div>",
        f"<div class='row'><p>{MORE}</p></div>",
        f"<div class='more'><h2>Background</h2><p>{MORE}</p></div>",
    ],
)
def test_a_short_part_in_a_box_of_its_own_is_not_lost(rest: str) -> None:
    text = f"<div class='row'><div class='col'>{PROSE * 4}</div></div>"
    draft = read(f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{text}{rest}</main>")
    assert draft.body.endswith(MORE)


@pytest.mark.parametrize(
    "rest",
    [
        f"<div class='row'><p>{MORE} <a href='/x'>Another page</a></p></div>",
        f"<div class='row'><h3>Contact</h3><p>{MORE}</p></div>",
        f"<div class='promo'><p>{MORE}</p></div>",
    ],
)
def test_a_box_that_leads_elsewhere_is_no_part_of_the_text(rest: str) -> None:
    text = f"<div class='row'><div class='col'>{PROSE * 4}</div></div>"
    draft = read(f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{text}{rest}</main>")
    assert draft.body.endswith(LAST)
