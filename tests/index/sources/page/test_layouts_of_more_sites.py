"""Releases in layouts of sites that came later still: names of issuers, days, headlines, ends."""

from __future__ import annotations

import pytest

from index.sources.issuer_lines import names_site_owner
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

_H1 = f"<h1>{HEADLINE}</h1>"
_DAY = "<p>3 May 2024</p>"
_SAID = "The Lights Agency, which counts 3 keepers, has said that the east pier is open again."
_CAPITALS = "EAST PIER REOPENS AFTER NINE WEEKS OF REPAIRS<br>FOR ISLAND FIRE DEPARTMENTS"
LAYOUTS = [
    Layout(
        "The name of the body stands before its address at the foot",
        html(
            f"<main>{_H1}{_DAY}{PROSE}</main><footer><p>Harbour Office, Quay 3, 540 01 Easthaven, "
            "tel. 0123 555 0142</p></footer>"
        ),
        agency="Harbour Office",
    ),
    Layout(
        "The name of the body stands before its address in the line of the copyright",
        html(
            f"<main>{_H1}{_DAY}{PROSE}</main><div>© 2024 Агенция „Морски пристанища“, гр. Изток, "
            "бул. „Кей“ 3</div>",
            title=HEADLINE,
        ),
        agency="Агенция „Морски пристанища“",
    ),
    Layout(
        "An office for the press is the author, the site is that of the body",
        html(
            f"<main>{_H1}{_DAY}{PROSE}</main>",
            '<script type="application/ld+json">[{"@type": "WebSite", "name": "Ministère des Ports"},'
            '{"@type": "Article", "author": {"@type": "Organization", "name": "Service de presse"}}]'
            "</script>",
        ),
        agency="Ministère des Ports",
    ),
    Layout(
        "A print view: the address, the day of the print, the headline, the day of issue",
        html(
            "<p>Hafenamt Ostheim - Internetauftritt</p><hr><p>URL: https://ports.example/n<br>"
            f"Stand: 07.05.2024</p><hr>{_H1}<p>Pressemitteilung Nr. 5/2024 vom 3. Mai 2024</p>{PROSE}",
            lang="de",
        ),
        agency="Hafenamt Ostheim",
    ),
    Layout(
        "A day as of which a page is, where it shows no other",
        html(f"<main>{_H1}<p>Stand: 03.05.2024</p>{PROSE}</main>", lang="de"),
    ),
    Layout(
        "A first sentence near the foot that begins with a body, then the body before its address",
        html(
            "<img alt='Port Marine Official Logo' src='l.png'>"
            f"<main>{_H1}{_DAY}<p>{_SAID}</p>{NEXT}<p>{LAST}</p></main>"
            "<footer>Harbour Office, Quay 3, Easthaven</footer>"
        ),
        agency="Harbour Office",
        first=_SAID,
    ),
    Layout(
        "A Japanese page: the day of its change above, from when to when below the text",
        html(
            "<h1>東埠頭の臨時閉鎖について</h1><p>更新日　令和6年5月3日</p><p>港湾局は修理工事のため、東埠頭を下記の期間、臨時に閉鎖いたします。</p>"
            "<h2>閉鎖期間</h2><p>令和6年6月2日（日曜日）から6月20日（木曜日）まで</p><p>ご不便をおかけしますが、ご理解とご協力をお願いします。</p>",
            title="東埠頭の臨時閉鎖について",
            lang="ja",
        ),
        headline="東埠頭の臨時閉鎖について",
        first="港湾局は修理工事のため",
        last="ご理解とご協力をお願いします。",
    ),
    Layout(
        "A headline in bold capitals that a break parts, its second line one that names bodies",
        html(
            f"<p><b>FOR IMMEDIATE RELEASE</b><br>May 3, 2024</p><p align=center><b>{_CAPITALS}</b></p>"
            f"{PROSE}",
            title="Press Release",
        ),
        headline=_CAPITALS.replace("<br>", " "),
    ),
    Layout(
        "Who is responsible and when the page was changed, in one list below the text",
        html(
            f"<main>{_H1}{_DAY}{PROSE}<dl><dt>Zodpovídá:</dt><dd>Bc. Ada Quill</dd><dt>Změněno:</dt>"
            "<dd>7. 5. 2024</dd></dl></main>"
        ),
    ),
    Layout(
        "A heading that unfolds what is below it holds the end of the text",
        html(
            f"<main>{_H1}{_DAY}<p>{FIRST}</p>{NEXT}<p>{LAST}</p><h2><button>Press contact</button>"
            "</h2><p>Ada Quill, 0123 555 0142</p></main>"
        ),
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release_in_a_layout_of_one_more_site(layout: Layout) -> None:
    assert_read(layout)


NAMES = """Podhorský kraj|Žilinský samosprávny kraj|Pokrajinski sekretarijat za luke|
Republički hidrometeorološki zavod|Gradska uprava za luke|Градски секретаријат за луке|
Slovenská inšpekcia prístavov|Wojewódzki Urząd Portów|Lasy Państwowe|Otoritas Pelabuhan|
Agensi Pelabuhan|Chi cục Hàng hải|การท่าเรือแห่งตะวันออก|동항군|부두해구|港湾省 東部地方整備局|
شرکت آب منطقه‌ای شرق|המועצה האזורית מזרח|पूर्व प्रदेश सरकार|जिला प्रशासन|Statens vegvesen|
Росавтодор|Міністерство охорони здоров’я|Укравтодор|Поморська ОДА|Державне агентство портів|Confederación Hidrográfica del Este|
Comando da Marinha|GGD Oosthaven|Geological Survey of Easthaven|Εθνική Αρχή Λιμένων"""


@pytest.mark.parametrize("name", NAMES.replace("\n", "").split("|"))
def test_whose_site_it_is(name: str) -> None:
    assert names_site_owner(name)


@pytest.mark.parametrize(
    "line",
    [
        "지역연구",
        "출입구",
        "Nový kraj",
        "המועצה אישרה את התקציב של הנמל",
        "Державне агентство портів інформує",
    ],
)
def test_a_line_that_ends_or_begins_alike_names_nobody(line: str) -> None:
    assert not names_site_owner(line)
