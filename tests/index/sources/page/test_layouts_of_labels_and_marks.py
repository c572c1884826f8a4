"""Layouts in which a class, a bracket or a small line decides what belongs to a release."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import (
    FIRST,
    HEADLINE,
    LAST,
    PROSE,
    Layout,
    assert_read,
    html,
)

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
        "A body in the list that the text leads in is not the issuer",
        html(
            f"<h1>{HEADLINE}</h1><p>May 3, 2024</p><p>Governor Quill today announced these "
            f"appointments:</p><h3>Board of Tides</h3><ul><li>Ada Quill, Easthaven</li></ul><p>{LAST}</p><footer><p>Office of the "
            "Governor of Norvia</p></footer>",
            title=f"{HEADLINE} | Office of the Governor of Norvia",
        ),
        agency="Office of the Governor of Norvia",
        first="Governor Quill today announced",
    ),
    Layout(
        "Names of bodies in the head of a page are above the headline, whatever their level",
        html(
            "<header><h1>नोर्विया सरकार</h1><h2>बन्दरगाह मन्त्रालय</h2></header><main><h3>पूर्वी घाट नौ हप्तापछि फेरि खुल्यो"
            "</h3><p>2024-05-03</p><p>बन्दरगाह मन्त्रालयले मर्मत सकेर शुक्रबारदेखि पूर्वी घाट फेरि खोलेको जनाएको छ।</p>"
            "<p>टिकटको मूल्य पहिलेजस्तै रहनेछ र कुकुरले निःशुल्क यात्रा गर्नेछन्।</p></main>",
            title="प्रेस विज्ञप्ति - बन्दरगाह मन्त्रालय",
            lang="ne",
        ),
        headline="पूर्वी घाट नौ हप्तापछि फेरि खुल्यो",
        agency="बन्दरगाह मन्त्रालय",
        first="बन्दरगाह मन्त्रालयले",
        last="गर्नेछन्।",
    ),
    Layout(
        "A typed text under a picture has one line below it",
        html(
            f"<p><img src='seal.gif' alt='Seal'></p><pre>\nHARBOUR OFFICE\n\nMay 3, 2024\n\n{HEADLINE.upper()}"
            f"\n\n{FIRST}\n\nAll dogs were taken to the pier and released.\n</pre>",
            title="News",
        ),
        headline=HEADLINE.upper(),
        agency="HARBOUR OFFICE",
        last="All dogs were taken to the pier and released.",
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
