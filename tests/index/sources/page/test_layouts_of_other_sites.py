"""Layouts of sites of other governments that were read wrong when they were first met."""

from __future__ import annotations

import pytest

from index.sources.page import webpage
from tests.index.sources.page.layouts import (
    FIRST,
    LAST,
    NEXT,
    PROSE,
    Layout,
    assert_read,
    html,
    read,
)

_H1 = "<h1>East pier reopens after nine weeks of repairs</h1>"

LAYOUTS = [
    Layout(
        "The headline stands in a box that is called after the heading of the first level",
        html(
            "<div><h2>Recent</h2><ul><li>Office closed on Monday</li></ul></div><div><span>For Release"
            "</span><div class='rte-H1'>East pier reopens after nine weeks of repairs</div><p>May 3, "
            f"2024</p>{PROSE}</div>",
            title="Harbour Branch of Easthaven - NewsDetail",
        ),
        agency=None,
    ),
    Layout(
        "A box is a heading by its role; topics in boxes stand between it and the text",
        html(
            "<div><div class='type h3' role='heading' aria-level='1'>East pier reopens after nine weeks "
            "of repairs</div><div class='chip'><span>Piers</span></div><div class='chip'><span>Repairs"
            f"</span></div><div class='type body a1'>{FIRST}</div><div class='type body a2'>Ferries call "
            f"there every twenty minutes from Monday on, it says.</div><div class='type body a3'>{LAST}"
            "</div></div>",
            '<meta name="date" content="2024-05-03">',
            title="Port | News",
        ),
        agency=None,
    ),
    Layout(
        "A line with a topic in a box among paragraphs",
        html(
            f"{_H1}<p>May 3, 2024</p><div><div class='series'><span>Series</span> Piers and how they "
            f"are repaired</div>{PROSE}</div>",
        ),
    ),
    Layout(
        "The headline is two lines in bold",
        html(
            "<table><tr><td><font><b>FOR IMMEDIATE RELEASE</b><br>May 3, 2024</font></td></tr></table>"
            "<p><font><b>EAST PIER REOPENS<br>AFTER NINE WEEKS OF REPAIRS</b></font></p>"
            f"<table><tr><td>{PROSE}</td></tr></table>",
            title="News release",
        ),
        headline="EAST PIER REOPENS AFTER NINE WEEKS OF REPAIRS",
        agency=None,
    ),
    Layout(
        "Headline and lead in bold, no headings",
        html(
            "<p>May 3, 2024</p><p><b>East pier reopens after nine weeks of repairs</b></p>"
            f"<p><b>Ferries call there again, every twenty minutes from six in the morning.</b></p>{PROSE}",
            title="Media release",
        ),
        agency=None,
        first="Ferries call there again",
    ),
    Layout(
        "The title is the name of a file",
        html(
            f"<h2>East pier reopens after nine weeks of repairs</h2><p>May 3, 2024</p>{PROSE}",
            title="Microsoft Word - MR 24-03 pier FINAL.docx",
        ),
        agency=None,
    ),
    Layout(
        "The whole release follows in another language; the line of rights is the title",
        html(
            "<div><div>3 May 2024 / Le 3 mai 2024</div><div lang='en'><h2>East pier reopens after nine "
            f"weeks of repairs</h2><div class='dept'>Department of Ports</div>{PROSE}<p>24-0503</p></div>"
            "<hr><div lang='fr'><h2>La jetée est rouvre après neuf semaines</h2><div class='dept'>"
            "Ports</div><p>La jetée est a rouvert vendredi après neuf semaines de travaux, a indiqué le "
            "directeur.</p><p>Les tarifs ne changent pas.</p></div></div><div>© Isles / Îles</div>",
            title="Isles / Îles",
        ),
        agency="Department of Ports",
        last=f"{LAST}\n\n24-0503",
    ),
    Layout(
        "One line has the days of issue and of change; the size of a file has a decimal point",
        html(
            "<div><h2>Le quai est rouvre après neuf semaines</h2><p class='soustitre'>Premiers bacs dès "
            "lundi</p><small>mis en ligne le vendredi 3 mai 2024, mise à jour le lundi 6 mai 2024</small>"
            "<div><p>Le quai est a rouvert vendredi après neuf semaines de travaux, a indiqué son "
            "directeur.</p><p>Les tarifs ne changent pas.</p></div><div><h2>Documents joints</h2><ul>"
            "<li>Plan du quai (PDF - 1.2 Mo)</li></ul></div></div>",
            title="Le quai est rouvre après neuf semaines",
            lang="fr",
        ),
        headline="Le quai est rouvre après neuf semaines",
        agency=None,
        first="Le quai est a rouvert",
        last="Les tarifs ne changent pas.",
    ),
    Layout(
        "Other news of a body below a heading that names it; who passed the release on",
        html(
            "<main><article><h1>Fähre legt wieder an</h1><p>03.05.2024</p><p>Am Freitag hat die erste "
            "Fähre seit neun Wochen wieder am östlichen Kai angelegt, wie das Amt mitteilte.</p><p>Ab "
            "Montag fährt sie alle zwanzig Minuten, am Abend bis elf Uhr, und sonntags jede Stunde zu "
            "allen Inseln.</p><p>Wer ein Abonnement hat, kann es bis Ende Mai verlängern lassen, sagte "
            "die Direktorin am Kai; Hunde reisen frei.</p><p>Die Preise bleiben gleich.</p><p>Original-Content von: Hafenamt Osthafen, übermittelt durch "
            "einen Dienst</p></article><section><h2>Weitere Meldungen: Hafenamt Osthafen</h2><article>"
            "<h3>Kran gekippt</h3><p>Osthafen - Am Montag ist ein Kran am Kai umgekippt, verletzt wurde "
            "...</p></article></section></main>",
            title="Fähre legt wieder an",
            lang="de",
        ),
        headline="Fähre legt wieder an",
        agency="Hafenamt Osthafen",
        first="Am Freitag hat",
        last="Die Preise bleiben gleich.",
    ),
    Layout(
        "The number of the release stands before the word for its day",
        html(
            "<h1>Fähre legt wieder am Kai an</h1><p><span>Ausgabe</span> <span>12/2024</span> <span>Datum"
            "</span> <span>03.05.2024</span></p><div><p>Am Freitag hat die erste Fähre seit neun Wochen "
            "wieder am östlichen Kai angelegt, wie das Amt mitteilte.</p></div><p>Ab Montag fährt sie "
            "alle zwanzig Minuten, am Abend bis elf Uhr, und sonntags jede Stunde zu allen Inseln.</p>"
            "<p>Die Preise bleiben gleich.</p>",
            title="Fähre legt wieder am Kai an",
            lang="de",
        ),
        headline="Fähre legt wieder am Kai an",
        agency=None,
        first="Am Freitag hat",
        last="Die Preise bleiben gleich.",
    ),
    Layout(
        "No heading, and a title that begins with the site: the headline stands above the day",
        html(
            "<div><a href='/1'>Úvod</a></div><div><span class='velky'>Přístaviště na východě znovu přijímá "
            "trajekty</span><br><span>(vloženo: 3.5.2024, autor: tiskové oddělení)</span><br><br>Přístaviště "
            "na východním břehu od pátku znovu přijímá trajekty, a to po devíti týdnech oprav, které řídil "
            "přístavní úřad.<br><br>Ceny se nemění.</div>",
            title="Ostrovní kraj - Tisková zpráva",
            lang="cs",
        ),
        headline="Přístaviště na východě znovu přijímá trajekty",
        agency=None,
        first="Přístaviště na východním břehu",
        last="Ceny se nemění.",
    ),
    Layout(
        "The heading is a picture",
        html(
            "<div><h1><img src='t.png' alt='East pier reopens after nine weeks of repairs'></h1><div>Friday, "
            f"May 3, 2024</div>{PROSE}<h4>Other press releases</h4><ul><li>Lighthouse sold</li></ul></div>",
            title=".:: Harbour Isles ::.",
        ),
        agency=None,
    ),
    Layout(
        "The page shows the end of its title alone",
        html(
            "<header><span>Островська обласна військова адміністрація</span></header><main><div><span>3 травня "
            "2024, 12:45</span></div><div><p>Східний причал знову приймає пороми після дев’яти тижнів "
            "ремонту, повідомив начальник порту.</p><p>Ціни на квитки не змінилися.</p></div></main>",
            title="На Островах після ремонту відкрили східний причал — Островська обласна військова адміністрація",
            lang="uk",
        ),
        headline="На Островах після ремонту відкрили східний причал",
        agency="Островська обласна військова адміністрація",
        first="Східний причал знову",
        last="Ціни на квитки не змінилися.",
    ),
    Layout(
        "Letters without case beside an abbreviation are no capitals",
        html(
            "<div><div>ग्रामीण घाट</div><div><strong>पूर्वी घाट नौ हफ़्ते बाद फिर खुला, यात्री प्रसन्न</strong></div><div>निदेशक ने "
            "किया उद्घाटन</div><div>पूर्वनगर : शुक्रवार, मई ३, २०२४, १८:३० IST</div><div>नौ हफ़्ते की मरम्मत के बाद पूर्वी घाट "
            "शुक्रवार को फिर खुल गया और नावें सोमवार से हर बीस मिनट पर चलेंगी, निदेशक ने पत्रकारों को बताया।</div><div>टिकट के दाम "
            "वही हैं।</div></div>",
            title="घाट विभाग",
            lang="hi",
        ),
        headline="पूर्वी घाट नौ हफ़्ते बाद फिर खुला, यात्री प्रसन्न",
        agency="घाट विभाग",
        first="नौ हफ़्ते की मरम्मत",
        last="टिकट के दाम वही हैं।",
    ),
    Layout(
        "Tools of a page in Vietnamese, who answers for it in Dutch, a note in brackets",
        html(
            f"{_H1}<p>May 3, 2024</p><div><div>Xem cỡ chữ <a>A-</a> <a>A+</a> <a>In trang</a></div>"
            f"<p>(Also issued by: Pilots)</p>{PROSE}</div><div><h2>Verantwoordelijk</h2><ul><li><a "
            "href='/m'>Havenmeester</a></li></ul></div>",
        ),
    ),
    Layout(
        "A lead, the day, a table of contents that names the contacts, then the text",
        html(
            f"<main><div>{_H1}<p>The pier that was shut in March is open again to everybody.</p><dl>"
            "<dt>Press release</dt><dd>3 May 2024</dd></dl></div><div><h2>On this page</h2><ul><li><a "
            f"href='#c'>Contact</a></li></ul></div><div>{PROSE}</div><div id='c'><h2>Contact</h2>"
            "<p>Harbour Office, telephone 0123 555 0142</p></div></main>"
        ),
    ),
    Layout(
        "A letter with its headline again, under the heading of what sent it",
        html(
            f"<div>{_H1}<p>3 May 2024</p><div><p>Contact: Ada Quill<br>218-555-5765</p><h2>East pier "
            f"reopens after nine weeks of repairs</h2>{PROSE}</div></div>",
        ),
    ),
    Layout(
        "The page of a Japanese town: the day of its change above, that of an event in the text",
        html(
            "<p id='logo'><a href='/'>東浜市</a></p><p>更新日：2024年5月3日</p><h1>東埠頭の再開を記念する催しを開きます</h1><p>市では、九週間の修理を終えた東埠頭の再開に合わせ、"
            "船の見学会や音楽会を開きます。今年は約千二百人が参加し、子どもは無料で船に乗ることができます。</p><h2>日時</h2><p>2024年6月1日"
            "（土曜日）午前9時から正午まで</p><h2>取材について</h2><p>取材を希望される方は、5月30日までに下記へご連絡ください。</p><div>"
            "<h2>このページについてのお問い合わせ</h2><p>東浜市港湾局管理課</p><p>電話番号：011-555-3062</p></div>",
            title="東埠頭の再開を記念する催しを開きます／東浜市",
            lang="ja",
        ),
        headline="東埠頭の再開を記念する催しを開きます",
        agency="東浜市",
        first="市では、九週間の修理を終えた",
        last="下記へご連絡ください。",
    ),
    Layout(
        "Who issued it, after a label, in a line that is longer than most labels",
        html(
            f"{_H1}<p>3 May 2024</p><p>Provenance : Cabinet du ministre des Ports, de la Lutte contre la "
            f"vase, des Phares et des Oiseaux de la côte</p>{PROSE}",
        ),
        agency="Cabinet du ministre des Ports, de la Lutte contre la vase, des Phares et des Oiseaux de "
        "la côte",
    ),
    Layout(
        "A table above the text says when it was given out and whom to ask",
        html(
            "<h1>東埠頭の再開を記念する催しを開きます</h1><table><tr><th>提供日</th><td>2024年5月3日</td></tr><tr><th>担当</th><td>"
            "港湾局 管理課 東埠頭係</td></tr></table><p>市では、九週間の修理を終えた東埠頭の再開に合わせ、船の見学会や音楽会を開きます。今年は約千二百人が"
            "参加し、子どもは無料で船に乗ることができます。</p><p>会場では飲み物も販売します。</p>",
            title="東埠頭の再開を記念する催しを開きます",
            lang="ja",
        ),
        headline="東埠頭の再開を記念する催しを開きます",
        first="市では、九週間の修理を終えた",
        last="会場では飲み物も販売します。",
    ),
    Layout(
        "The days of other stories in boxes below are theirs",
        html(
            f"<main>{_H1}{PROSE}<section><h2>Ajankohtaista</h2><article><time>12.9.2024</time><h3>"
            "<a href='/n/8'>Lighthouse gets a new lamp</a></h3></article><article><time>28.8.2024</time>"
            "<h3><a href='/n/9'>Office closed on Monday</a></h3></article></section></main>",
        ),
        date=None,
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release_in_a_layout_of_another_site(layout: Layout) -> None:
    assert_read(layout)


INNER = [
    "<div class='ad'><span>- Advertisement -</span></div>",
    "<p>READ ALSO: <a href='/n/7'>Minister visits the lighthouse of the outer islands</a></p>",
    "<p><strong>Baca juga: <a>Tarif feri naik lagi</a></strong></p>",
    "<div>延伸閱讀：<a href='/n/8'>渡輪加價</a></div>",
]


@pytest.mark.parametrize("line", INNER)
def test_a_line_between_paragraphs_that_leads_away_is_no_text(line: str) -> None:
    assert _body(line).split("\n\n") == [FIRST, _plain(NEXT), LAST]


KEPT = [
    "<p>See also: the timetable, which is on board.</p>",
    "<p>Fares: <a href='/fares'>as they were in May</a></p>",
    "<p>Advertisements on ferries will go.</p>",
]


@pytest.mark.parametrize("line", KEPT)
def test_a_line_between_paragraphs_that_tells_something_is_text(line: str) -> None:
    assert _body(line).split("\n\n") == [FIRST, _plain(line), _plain(NEXT), LAST]


def _body(inner: str) -> str:
    page = html(f"{_H1}<p>May 3, 2024</p><div><p>{FIRST}</p>{inner}{NEXT}<p>{LAST}</p></div>")
    draft = read(page)
    return draft.body


def _plain(markup: str) -> str:
    return webpage.parse(markup).text_content()
