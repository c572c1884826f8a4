"""Layouts that were read wrong when they were first met: each stands for its kind."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import (
    CARDS,
    FIRST,
    LAST,
    NEXT,
    PROSE,
    Layout,
    assert_read,
    html,
)

LAYOUTS = [
    Layout(
        "A heading of the footer begins with a word for a body",
        html(
            f"<h1>East pier reopens after nine weeks of repairs</h1><p>May 3, 2024</p>{PROSE}"
            "<footer><h3>Office Locations</h3><p>3 Quay Street</p></footer>",
            title="East pier reopens after nine weeks of repairs",
        ),
    ),
    Layout(
        "The first sentence names a body and a day",
        html(
            "<h1>Comunicato della Giunta n. 12</h1><p>Venerdì, 3 maggio 2024</p><div><p>La Giunta del "
            "porto si è riunita venerdì 3 maggio 2024 alle ore 11.</p><p>*****</p><p>Sono stati "
            "approvati i lavori di dragaggio del molo orientale, che dureranno nove settimane.</p>"
            "<p>*****</p><p>La Giunta è terminata alle ore 12.</p></div>",
            title="Comunicato della Giunta n. 12",
            lang="it",
        ),
        headline="Comunicato della Giunta n. 12",
        first="La Giunta del porto si è riunita",
        last="La Giunta è terminata alle ore 12.",
    ),
    Layout(
        "Subjects below the headline are no letterhead",
        html(
            "<h1>East pier reopens after nine weeks of repairs</h1><p>May 3, 2024</p><div><div>Tags:"
            f"</div><ul><li>Ferries</li><li>Bureau of Harbour Safety</li></ul></div>{PROSE}",
            title="East pier reopens after nine weeks of repairs | Federal Port Commission",
        ),
        agency="Federal Port Commission",
    ),
    Layout(
        "A kicker inside the heading, a colon in the title, an issuer of two halves",
        html(
            "<main><h1><span class='over'>Pressemitteilung</span> Bilanz am Kai: 18 Brücken saniert</h1>"
            "<ul><li>Freitag, 3. Mai 2024</li><li>Presse- und Hafenamt der Regierung</li></ul><p>Das "
            "Hafenamt hat heute den Bericht über die Brücken am Kai vorgelegt, von denen 18 saniert "
            "sind.</p><p>Die Fähren fahren ab Montag wieder alle zwanzig Minuten.</p></main>",
            title="Bilanz am Kai: 18 Brücken saniert | Hafenportal",
            lang="de",
        ),
        headline="Bilanz am Kai: 18 Brücken saniert",
        agency="Presse- und Hafenamt der Regierung",
        first="Das Hafenamt hat heute",
        last="alle zwanzig Minuten.",
    ),
    Layout(
        "Other stories with their days stand before the headline",
        html(
            "<div><h2>Latest</h2><article><h3>Cabinet approves harbour bill</h3><span>May 6, 2024"
            "</span></article></div><div><h1>East pier reopens after nine weeks of repairs</h1><ul><li>"
            f"Web team</li><li>May 3rd, 2024</li></ul></div>{PROSE}",
            title="East pier reopens after nine weeks of repairs",
        ),
    ),
    Layout(
        "A line of name, word and day",
        html(
            "<a class='brand'><span>Урядовий портал</span><span>Єдиний веб-портал</span></a><h1>Східний "
            "причал знову відкрито</h1><div><div>Міністерство портів Норвії, опубліковано 3 травня 2024 "
            "року о 14:26</div></div><div><p>Східний причал знову приймає пороми після дев'яти тижнів "
            "ремонту, повідомив директор журналістам.</p><p>Ціни на квитки не змінилися.</p></div>",
            title="Східний причал знову відкрито",
            lang="uk",
        ),
        headline="Східний причал знову відкрито",
        agency="Міністерство портів Норвії",
        first="Східний причал знову приймає",
        last="Ціни на квитки не змінилися.",
    ),
    Layout(
        "A menu has the word for a ministry alone, the logo its name",
        html(
            "<div><a class='logo'><img alt='Υπουργείο Λιμένων και Νήσων'></a><ul><li>Υπουργείο</li>"
            "<li>Γραφείο</li></ul></div><h1>Άνοιξε ξανά η ανατολική προβλήτα</h1><p>3 Μαΐου 2024</p>"
            "<p>Η ανατολική προβλήτα άνοιξε ξανά την Παρασκευή ύστερα από εννέα εβδομάδες "
            "επισκευών.</p><p>Οι τιμές των εισιτηρίων δεν αλλάζουν.</p>",
            title="Άνοιξε ξανά η ανατολική προβλήτα",
            lang="el",
        ),
        headline="Άνοιξε ξανά η ανατολική προβλήτα",
        agency="Υπουργείο Λιμένων και Νήσων",
        first="Η ανατολική προβλήτα",
        last="δεν αλλάζουν.",
    ),
    Layout(
        "A department named after its place, in a list below the headline",
        html(
            "<h1>East pier reopens after nine weeks of repairs</h1><div><span>For immediate release:"
            "</span> <span>05/03/2024</span></div><ul><li>Norvia Department of Harbours</li></ul>"
            f"{PROSE}",
            title="East pier reopens after nine weeks of repairs",
        ),
        agency="Norvia Department of Harbours",
        date="2024-03-05",  # as it is asked for here, with the day first; the order is open
    ),
    Layout(
        "A headline in Arabic that begins with the name of a ministry, and headings below the text",
        html(
            "<h1>وزارة الموانئ تطلق عبّارات جديدة إلى الجزر</h1><p>3 مايو 2024</p><div><p>أطلقت وزارة "
            "الموانئ يوم الجمعة عبّارات جديدة إلى الجزر بعد تسعة أسابيع من الإصلاحات.</p><p>ولن تتغير "
            "أسعار التذاكر هذا الصيف.</p></div><section><h2>أخبار ذات صلة</h2><h3>افتتاح مهرجان "
            "البحر</h3></section>",
            title="وزارة الموانئ تطلق عبّارات جديدة إلى الجزر",
            lang="ar",
        ),
        headline="وزارة الموانئ تطلق عبّارات جديدة إلى الجزر",
        first="أطلقت وزارة الموانئ",
        last="أسعار التذاكر هذا الصيف.",
    ),
    Layout(
        "The heading says more than the title does",
        html(
            "<h2>Harbour Press Statement: Visit by the Director to Easthaven and to the Isles, 3 May"
            f"</h2><span>3 May 2024</span>{PROSE}",
            title="Harbour Press Statement: Visit by Director to Isles",
        ),
        headline="Harbour Press Statement: Visit by the Director to Easthaven and to the Isles, 3 May",
    ),
    Layout(
        "A day of Taiwan's years, and what follows is not parted from it",
        html(
            "<div><span>東碼頭維修九週後重新開放</span></div><div><span>日期：113-05-03</span><span>資料來源："
            "港務處</span></div><div><p>港務處表示，東碼頭經過九週維修後，已於今日重新開放，渡輪自週一起每二十分鐘停靠一次。"
            "</p><p>票價不變。</p></div>",
            '<meta name="DC.Title" content="東碼頭維修九週後重新開放">',
            title="港務處-新聞",
            lang="zh-Hant-TW",
        ),
        headline="東碼頭維修九週後重新開放",
        agency="港務處",
        first="港務處表示",
        last="票價不變。",
    ),
    Layout(
        "A list of deadlines inside the text",
        html(
            "<h1>East pier reopens after nine weeks of repairs</h1><p>3 May 2024</p><div><div><p>The "
            "Harbour Office hereby tells the public that old tickets end with the season.</p></div></div>"
            "<div><div><p>Holders may change them:</p><ol><li>at all ferries until 30 June 2024;</li><li>"
            "at kiosks until 30 May 2024; and</li><li>at the Harbour Office at any time after that.</li>"
            f"</ol><p>{LAST}</p></div></div>",
        ),
        first="The Harbour Office hereby tells",
    ),
    Layout(
        "A lead in a box of its own, which is no part of the text for others",
        html(
            "<h1>East pier reopens after nine weeks of repairs</h1><p>3 May 2024</p><div class='brief'>"
            "The Harbour Office has reopened the east pier of Easthaven, where all ferries call again.</div><div class='content'>"
            f"<p>{FIRST}</p>{NEXT}<p>{LAST}</p></div><h3>Related news</h3>{CARDS}",
        ),
        first="The Harbour Office has reopened",
    ),
    Layout(
        "The headline stands in the title alone, the day right above the text",
        html(f"<h1>News</h1><div><p><i>Easthaven, 3rd May 2024</i></p>{PROSE}</div>"),
        agency=None,
    ),
    Layout(
        "The first heading is a kind of release",
        html(
            "<h1>News Flash</h1><h2>Public Works</h2><div><p>May 3, 2024</p><h3>East pier reopens after "
            f"nine weeks of repairs</h3>{PROSE}</div>",
            title="Alerts • Easthaven",
        ),
    ),
    Layout(
        "The name of who answers for a page stands below a heading for the author",
        html(
            "<h1>La jetée est rouvre après neuf semaines</h1><div><p>3 mai 2024</p><p>Le port a rouvert "
            "vendredi la jetée est après neuf semaines de travaux, a indiqué son directeur.</p><p>Les "
            "tarifs ne changent pas.</p><hr><h4>Contact</h4><p>Tél. 00 00 00</p><hr><h4>Auteur</h4><p>Conseil des ports</p></div>",
            title="La jetée est rouvre après neuf semaines",
            lang="fr",
        ),
        headline="La jetée est rouvre après neuf semaines",
        agency="Conseil des ports",
        first="Le port a rouvert vendredi",
        last="Les tarifs ne changent pas.",
    ),
    Layout(
        "The number of a release is no day of its year",
        html(
            "<h1>Press Release</h1><h1>East pier reopens after nine weeks of repairs</h1><p>FOR IMMEDIATE "
            f"RELEASE<br>2024-277</p><div><p><em>Easthaven, May 3, 2024 —</em> {FIRST}</p>{NEXT}<p>{LAST}"
            "</p></div>",
        ),
        first="Easthaven, May 3, 2024 — The Harbour Office",
    ),
    Layout(
        "A day in brackets opens the text",
        html(
            "<h1>Neue Brücke am Kai: Direktor übergibt Bescheid</h1><p><b>(3. Mai 2024) Osthafen/Inseln –"
            "</b> Mit einer neuen Brücke können die Fähren künftig auch bei Sturm anlegen, wie der Direktor "
            "sagte.</p><p>Die Preise bleiben gleich.</p>",
            title="Neue Brücke am Kai: Direktor übergibt Bescheid",
            lang="de",
        ),
        headline="Neue Brücke am Kai: Direktor übergibt Bescheid",
        first="(3. Mai 2024) Osthafen",
        last="Die Preise bleiben gleich.",
    ),
    Layout(
        "A place, somebody's name and a day in brackets open the text",
        html(
            "<h1>Pescadores firman contrato por cinco años</h1><p><strong>Puerto Seco (Marisma), (@Puertos, "
            "mayo 3 de 2024).</strong> Mil familias venderán su pesca a una sola lonja durante cinco años y "
            "a un precio conocido.</p><p>Los precios no cambian.</p>",
            title="Pescadores firman contrato por cinco años",
            lang="es",
        ),
        headline="Pescadores firman contrato por cinco años",
        first="Puerto Seco (Marisma)",
        last="Los precios no cambian.",
    ),
    Layout(
        "A colon parts the place from the day",
        html(
            "<h3>East pier reopens after nine weeks of repairs</h3><div>Easthaven: May 3, 2024 "
            f"{FIRST}</div>{NEXT}<p>{LAST}</p>",
            title="Information Department",
        ),
        agency="Information Department",
        first="Easthaven: May 3, 2024 The Harbour Office",
    ),
    Layout(
        "Who issued it stands in a link that is called so",
        html(
            "<div><p>03.05.2024 – 11:42</p><p class='customer'><a href='/nr/1'>Hafenamt Osthafen</a></p>"
            "</div><h1>Fähre legt wieder an</h1><p>Am Freitag hat die erste Fähre seit neun Wochen wieder "
            "am östlichen Kai angelegt, wie die Behörde sagte.</p><p>Die Preise bleiben gleich.</p>",
            title="Fähre legt wieder an | Meldungen",
            lang="de",
        ),
        headline="Fähre legt wieder an",
        agency="Hafenamt Osthafen",
        first="Am Freitag hat",
        last="Die Preise bleiben gleich.",
    ),
    Layout(
        "The one link at the top that names a body is not that to the root of the site",
        html(
            "<div><a href='/?lang=ru'>Министерство портов Норвии</a><ul><li><a href='/about'>О министерстве"
            "</a></li><li><a href='/press'>Пресс-центр</a></li></ul></div><h1>Восточный причал снова открыт"
            "</h1><p>3 мая 2024</p><p>Восточный причал снова принимает паромы после девяти недель ремонта, "
            "сообщил директор журналистам.</p><p>Цены на билеты не изменились.</p>",
            title="Восточный причал снова открыт",
            lang="ru",
        ),
        headline="Восточный причал снова открыт",
        agency="Министерство портов Норвии",
        first="Восточный причал снова принимает",
        last="Цены на билеты не изменились.",
    ),
    Layout(
        "A day of Nepal's calendar is none of ours; metadata have it",
        html(
            "<header><h2>बन्दरगाह मन्त्रालय</h2></header><h1>नौ हप्तापछि पूर्वी घाट यात्रुका लागि फेरि खुल्यो</h1><p>प्रकाशित मिति: "
            "२०८१/०१/२१</p><p>नौ हप्ताको मर्मतपछि पूर्वी घाट शुक्रबार फेरि खुलेको निर्देशकले पत्रकारहरूलाई "
            "बताए।</p><p>टिकटको मूल्य उही छ।</p>",
            '<meta property="article:published_time" content="2024-05-03T11:20:00+05:45">',
            title="नौ हप्तापछि पूर्वी घाट यात्रुका लागि फेरि खुल्यो | बन्दरगाह मन्त्रालय",
            lang="ne",
        ),
        headline="नौ हप्तापछि पूर्वी घाट यात्रुका लागि फेरि खुल्यो",
        agency="बन्दरगाह मन्त्रालय",
        first="नौ हप्ताको मर्मतपछि",
        last="टिकटको मूल्य उही छ।",
    ),
    Layout(
        "A number to call stands above the text, an invitation to write below it",
        html(
            "<article><h1>East pier reopens after nine weeks of repairs</h1><p>May 3, 2024</p><div><h3>"
            "Contact Information</h3><div>A. Sample</div><div>212-555-0142</div></div>"
            f"<div>{PROSE}</div></article><div><p><a href='/contact'>Contact Us</a> to ask a question, "
            "provide feedback, or report a problem.</p></div>",
        ),
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release_in_a_layout_that_was_met_later(layout: Layout) -> None:
    assert_read(layout)
