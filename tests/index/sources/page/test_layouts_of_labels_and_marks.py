"""Layouts in which a class, a bracket or a small line decides what belongs to a release."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import FIRST, HEADLINE, LAST, PROSE, Layout, assert_read, html

BROKEN = PROSE.replace("</p><p>", "<br><br>").replace("<p>", "").replace("</p>", "")

LAYOUTS = [
    Layout(
        "A day in an element of its own that touches the text is a line of its own",
        html(
            f"<h1>{HEADLINE}</h1><div class='news-detail'><!-- --><span class='news-date-time'>3 May "
            f"2024</span><img src='p.jpg'>{BROKEN}</div>"
        ),
    ),
    Layout(
        "The brackets behind the state that holds the rights name the body whose page it is",
        html(
            f"<h1>{HEADLINE}</h1><p>May 3, 2024</p>{PROSE}<footer><p>© The State of Norvia (Norvian "
            "Harbour Authority) 2024</p></footer>"
        ),
        agency="Norvian Harbour Authority",
    ),
    Layout(
        "A site that is known by an abbreviation is of the body which the text says it stands for",
        html(
            f"<p class='site-title'><a href='/' rel='home'>DHS</a></p><h1>{HEADLINE}</h1><p>May 3, 2024"
            f"</p><p>{FIRST}</p><p>On Monday the Department of Harbour Safety (DHS) will see whether the "
            f"rails hold, and so will the Norvian Sailors (NS).</p><p>{LAST}</p>"
        ),
        agency="Department of Harbour Safety",
    ),
    Layout(
        "How to look at a site is said below the text",
        html(
            f"<h1>{HEADLINE}</h1><p>May 3, 2024</p>{PROSE}<p>Best viewed with a browser at 800 x 600"
            "<br>Please send comments to our webmaster</p>"
        ),
    ),
    Layout(
        "A division under the day is no text",
        html(
            "<header><a href='/'><img alt='三崎県'></a></header><h1>東桟橋が九週間の修理を終えて再開しました</h1><p>令和6年5月3日<br>三崎県土木部港湾課</p>"
            "<p>県は九週間にわたる修理を終え、金曜日に東桟橋を再開しましたのでお知らせします。</p>"
            "<p>料金はこれまでと変わらず、犬は季節の終わりまで無料です。</p>",
            title="東桟橋が九週間の修理を終えて再開しました／三崎県",
            lang="ja",
        ),
        headline="東桟橋が九週間の修理を終えて再開しました",
        agency="三崎県",
        first="県は九週間にわたる",
        last="終わりまで無料です。",
    ),
    Layout(
        "The day of a change in Dutch is not that of issue",
        html(
            f"<h1>{HEADLINE}</h1><p>Laatst gewijzigd op 9 mei 2024</p><p>Gepubliceerd op 3 mei 2024</p>"
            f"{PROSE}",
            lang="nl",
        ),
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout(layout: Layout) -> None:
    assert_read(layout)
