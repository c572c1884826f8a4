"""Pages of newspapers and councils met after the first: what they put at both ends of a text.

The outlets, places and texts are invented; the markup is that of such sites.
"""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import (
    FIRST,
    HEADLINE,
    LAST,
    PROSE,
    Layout,
    assert_read,
    html,
    read,
)

_DAY = "<p>3 May 2024</p>"

LAYOUTS = [
    Layout(
        "A site that says whose it is in its title, its logo and its copyright",
        html(
            f"<header><a href='/' rel='home'>Tide and town</a></header><h1>{HEADLINE}</h1>"
            f"{_DAY}{PROSE}<footer>© 2024 Tide and town. All rights reserved</footer>",
            title=f"{HEADLINE} | Tide and town",
        ),
        agency="Tide and town",
    ),
    Layout(
        "The edition for the web of a newspaper that is called a new report",
        html(
            "<header><a href='/'>東浜新報</a></header><h1>東埠頭が九週間ぶりに再開した</h1>"
            "<p>2024年5月3日</p><p>東浜港湾局は3日、修理していた東埠頭を九週間ぶりに再開した。渡し船は月曜日から"
            "二十分ごとに出る。</p>",
            '<meta property="og:site_name" content="東浜新報デジタル">',
            title="東埠頭が九週間ぶりに再開した | 東浜新報",
            lang="ja",
        ),
        headline="東埠頭が九週間ぶりに再開した",
        agency="東浜新報",
        first="東浜港湾局は3日、",
        last="二十分ごとに出る。",
    ),
    Layout(
        "A count of comments in a heading, above what commenting means",
        html(
            f"<main><h1>{HEADLINE}</h1>{_DAY}<div>{PROSE}</div><div class='y'><h3>Yorumlar (0)</h3>"
            f"<p>Who writes here agrees to the rules of the house.</p></div></main>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "What an office is called that wrote a text, above it",
        html(
            f"<article><h1>{HEADLINE}</h1>{_DAY}<p>Komunikacijos skyriaus inf.</p>{PROSE}</article>",
            title=HEADLINE,
        ),
    ),
    Layout(
        "Who wrote a text, below it in a box of its own that speaks of the same",
        html(
            f"<main><div><h1>{HEADLINE}</h1>{_DAY}<div class='field-body'>{PROSE}</div>"
            f"<div class='field-firma'><p><b>Ada Quill</b> lives at Easthaven and has told of the "
            f"Harbour Office and its ferries for years.</p></div></div></main>",
            title=HEADLINE,
        ),
    ),
    *(
        Layout(
            f"Below the text: {line}",
            html(
                f"<article><h1>{HEADLINE}</h1>{_DAY}<div>{PROSE}<p>{line}</p></div></article>",
                title=HEADLINE,
            ),
        )
        for line in (
            "fot. Urząd Portu",
            "Jonės Petkutės nuotr.",
            "Fotoğraf: Ada Quill",
            "Heb je een tip of opmerking? Mail naar <a href='#'>tip@tidewater.example</a>.",
            "Do you have a story for us? Write to the desk at tip@tidewater.example.",
            "Haben Sie einen Hinweis für uns? Schreiben Sie der Redaktion.",
            "Masz ciekawy temat? Napisz do nas.",
            "Lusa/Fim",
            "jha/DP/stw",
            "JPQ // RCV",
        )
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.name for each in LAYOUTS])
def test_a_page_of_an_outlet_met_later(layout: Layout) -> None:
    assert_read(layout)


def test_a_question_to_readers_that_a_text_goes_on_after_is_text() -> None:
    asks = "Do you have a boat? Then the Harbour Office asks you to move it before the storm comes."
    page = html(
        f"<h1>{HEADLINE}</h1>{_DAY}<p>{FIRST}</p><p>{LAST}</p><p>{asks}</p>", title=HEADLINE
    )
    assert read(page).body.endswith(asks)


def test_units_that_a_stroke_parts_at_the_end_of_a_list_are_text() -> None:
    points = "<ul><li>speed: 12 km/h</li><li>km/h</li></ul>"
    page = html(f"<h1>{HEADLINE}</h1>{_DAY}{PROSE}<p>It measures:</p>{points}", title=HEADLINE)
    assert read(page).body.endswith("km/h")


_HITS = "".join(
    f"<div><h3><a href='/{n}'>Ferries at quay {n} wait for the pier to open</a></h3>"
    f"<p>{n}.05.2024 — The Harbour Office says that more will be known about it next week.</p></div>"
    for n in (1, 2)
)


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("pl", "Wyniki wyszukiwania dla: most"),
        ("fr", "Résultats de recherche pour : pont"),
        ("es", "Resultados de búsqueda: puente"),
        ("it", "Risultati della ricerca per “ponte”"),
        ("ru", "Результаты поиска: мост"),
        ("tr", "Arama sonuçları: köprü"),
        ("ja", "「橋」の検索結果"),
    ],
)
def test_what_a_search_has_found_is_refused(lang: str, heading: str) -> None:
    page = html(f"<h1>{heading}</h1><main>{_HITS}</main>", title=f"{heading} - ERB", lang=lang)
    (found,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(found, Refusal), found


def test_the_page_of_who_writes_is_refused() -> None:
    life = (
        "<p>Ada Quill has told of the Harbour Office and of what it does for the Tidewater for ten "
        "years. Before that she worked for a station at Easthaven, and she has written a book about "
        "ferries. She lives with two dogs above a bakery near the east pier.</p>"
    )
    profile = '<meta property="og:type" content="profile">'
    page = html(f"<h1>Ada Quill</h1>{life}<h2>Latest</h2>{_DAY}{_HITS}", profile, "Ada Quill")
    (found,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(found, Refusal), found


@pytest.mark.parametrize(
    "headline", ["Результаты поиска пропавшего катера", "Hasil pencarian kapal yang hilang"]
)
def test_what_was_found_of_a_lost_boat_is_news(headline: str) -> None:
    page = html(f"<h1>{headline}</h1>{_DAY}{PROSE}", title=f"{headline} - ERB")
    assert read(page).headline == headline
