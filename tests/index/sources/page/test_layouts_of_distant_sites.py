"""Layouts of sites from Accra to Tashkent that were read wrong at first: each stands for its kind."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import (
    FIRST,
    HEADLINE,
    PROSE,
    Layout,
    assert_read,
    html,
)

PROSE_AS_TEXT = "\n\n".join(PROSE.removeprefix("<p>").removesuffix("</p>").split("</p><p>"))

LAYOUTS = [
    Layout(
        "A picture of a clock stands before the day, not one that shows the time",
        html(
            "<ul><li><i class='fa fa-user'></i> Web team</li><li><i class='fa fa-clock-o'></i> Friday, "
            f"03 May 2024 11:20</li></ul><h1>{HEADLINE}</h1>{PROSE}<h3>Latest News</h3><ul><li>"
            "<i class='bi bi-clock'></i> 06 May 2024 <a href='/1'>Cabinet approves harbour bill</a></li></ul>"
        ),
    ),
    Layout(
        "A word for whom to call and one for the news of a ministry name no body",
        html(
            "<img src='l.png' alt='وزارة الموانئ'><h1>إعادة فتح الرصيف الشرقي بعد تسعة أسابيع من الإصلاحات</h1>"
            "<p>3 مايو 2024</p><p>أعيد فتح الرصيف الشرقي يوم الجمعة بعد تسعة أسابيع من الإصلاحات كما أعلن المدير.</p>"
            "<p>وتبقى أسعار التذاكر كما كانت حتى نهاية الموسم.</p><footer>© وزارة الموانئ، مملكة نورفيا</footer>",
            title="أخبار الوزارة - إعادة فتح الرصيف الشرقي بعد تسعة أسابيع من الإصلاحات",
            lang="ar",
        ),
        headline="إعادة فتح الرصيف الشرقي بعد تسعة أسابيع من الإصلاحات",
        agency="وزارة الموانئ",
        first="أعيد فتح الرصيف",
        last="حتى نهاية الموسم.",
    ),
    Layout(
        "The cell that heads the number to call is not whose board it is",
        html(
            "<h2>보도자료</h2><table><tr><th>제목</th><td>동쪽 부두 아홉 주 만에 다시 열려</td></tr><tr><th>담당부서</th>"
            "<td>항만국 시설과</td><th>연락처</th><td>02-555-0142</td></tr><tr><th>등록일</th><td>2024-05-03</td></tr>"
            "<tr><td colspan='2'><p>항만청은 아홉 주의 수리를 마치고 금요일 동쪽 부두를 다시 열었다고 소장이 기자들에게 밝혔다.</p>"
            "<p>요금은 예전과 같고 시즌이 끝날 때까지 개는 무료로 탈 수 있다.</p></td></tr></table>",
            title="보도자료 | 노르시청",
            lang="ko",
        ),
        headline="동쪽 부두 아홉 주 만에 다시 열려",
        agency="노르시청",
        first="항만청은 아홉 주의",
        last="무료로 탈 수 있다.",
    ),
    Layout(
        "A name at the foot ends with its sentence",
        html(
            f"<h1>{HEADLINE}</h1><p>May 3, 2024</p>{PROSE}<footer>Bureau of Harbour Safety. Director: Ada "
            "Quill</footer>",
            title=HEADLINE,
        ),
        agency="Bureau of Harbour Safety",
    ),
    Layout(
        "The portal of a government is that government's",
        html(
            "<h1>Governo reabre o cais leste depois de obras</h1><p>3 de Maio de 2024</p><p>O cais leste "
            "reabriu na sexta-feira depois de nove semanas de obras, disse o director aos jornalistas.</p>"
            "<p>Os bilhetes custam o mesmo até ao fim da estação.</p>",
            title="Governo reabre o cais leste depois de obras - Portal do Governo de Nórvia",
            lang="pt",
        ),
        headline="Governo reabre o cais leste depois de obras",
        agency="Governo de Nórvia",
        first="O cais leste reabriu",
        last="até ao fim da estação.",
    ),
    Layout(
        "Of a run of bodies the title names the one whose page it is",
        html(
            "<h4>Jamhuri ya Norvia</h4><h3>Ofisi ya Rais, Tawala za Bandari</h3><h2>Mkoa wa Pwani Mashariki"
            "</h2><h1>Gati la mashariki lafunguliwa tena baada ya ukarabati</h1><p>Imewekwa: May 3rd, 2024"
            "</p><p>Gati la mashariki limefunguliwa tena Ijumaa baada ya ukarabati wa wiki tisa, amesema "
            "mkurugenzi.</p><p>Nauli hazijabadilika hadi mwisho wa msimu.</p>",
            title="Gati la mashariki lafunguliwa tena baada ya ukarabati | Mkoa wa Pwani Mashariki",
            lang="sw",
        ),
        headline="Gati la mashariki lafunguliwa tena baada ya ukarabati",
        agency="Mkoa wa Pwani Mashariki",
        first="Gati la mashariki limefunguliwa",
        last="hadi mwisho wa msimu.",
    ),
    Layout(
        "All headings are names of the bodies that the title joins; the headline is in bold",
        html(
            "<h1>बन्दरगाह एवं जनसम्पर्क विभाग</h1><h2>नोर्विया सरकार</h2><table><tr><td><span>03/05/2024</span></td>"
            "</tr><tr><td><span id='ctl00_lblHeading' style='font-weight:bold'>पूर्वी घाट नौ सप्ताह बाद फिर से खोला गया</span>"
            "</td></tr><tr><td><p>ईस्टहेवन, 3 मई। बन्दरगाह कार्यालय ने नौ सप्ताह की मरम्मत के बाद शुक्रवार को पूर्वी घाट फिर से "
            "खोल दिया, निदेशक ने पत्रकारों को बताया।</p><p>टिकट का मूल्य वही है जो पहले था।</p></td></tr></table><div>कुल "
            "विज़िटर : 451 | सामग्री स्वामित्व : बन्दरगाह एवं जनसम्पर्क विभाग</div>",
            title="बन्दरगाह एवं जनसम्पर्क विभाग, नोर्विया सरकार",
            lang="hi",
        ),
        headline="पूर्वी घाट नौ सप्ताह बाद फिर से खोला गया",
        agency="बन्दरगाह एवं जनसम्पर्क विभाग",
        first="ईस्टहेवन, 3 मई।",
        last="वही है जो पहले था।",
    ),
    Layout(
        "A letter of Uzbek is written with a mark",
        html(
            "<header><div class='logo'><a href='/'>O‘zbekiston Respublikasi Qo‘riqxona vazirligi</a></div>"
            "</header><h1>Sharqiy iskala to‘qqiz haftadan keyin ochildi</h1><p>3 may 2024</p><p>Sharqiy iskala "
            "to‘qqiz haftalik ta’mirdan so‘ng juma kuni qayta ochildi, dedi direktor jurnalistlarga.</p>"
            "<p>Chipta narxlari mavsum oxirigacha o‘zgarmaydi.</p>",
            title="Sharqiy iskala to‘qqiz haftadan keyin ochildi",
            lang="uz",
        ),
        headline="Sharqiy iskala to‘qqiz haftadan keyin ochildi",
        agency="O‘zbekiston Respublikasi Qo‘riqxona vazirligi",
        first="Sharqiy iskala to‘qqiz",
        last="o‘zgarmaydi.",
    ),
    Layout(
        "Who hands a release out, below a logo of the whole government",
        html(
            "<img src='g.png' alt='Gobierno Nacional'><h1>Reabre el muelle este tras nueve semanas de obras"
            "</h1><p>Puerto Este, viernes 3 de mayo de 2024</p><div><p>El muelle este reabrió el viernes tras "
            "nueve semanas de obras, dijo su director a los periodistas.</p><p>Los boletos cuestan lo mismo "
            "hasta el fin de la temporada.</p></div><p>Distribuida por: Ministerio de Puertos</p>",
            title="Reabre el muelle este tras nueve semanas de obras",
            lang="es",
        ),
        headline="Reabre el muelle este tras nueve semanas de obras",
        agency="Ministerio de Puertos",
        first="El muelle este reabrió",
        last="hasta el fin de la temporada.",
    ),
    Layout(
        "A council of ministers, and the words under a picture in a table",
        html(
            "<h1>Istočno pristanište ponovo otvoreno poslije devet sedmica</h1><p>3. 5. 2024.</p><div><table>"
            "<tr><td><img src='p.jpg'></td></tr><tr><td><em>Direktor na istočnom pristaništu</em></td></tr>"
            "</table><p>Istočno pristanište ponovo je otvoreno u petak poslije devet sedmica popravki, rekao je "
            "direktor novinarima.</p><p>Karte koštaju isto do kraja sezone.</p></div>",
            title="Istočno pristanište ponovo otvoreno poslije devet sedmica | Vijeće ministara Norvije",
            lang="bs",
        ),
        headline="Istočno pristanište ponovo otvoreno poslije devet sedmica",
        agency="Vijeće ministara Norvije",
        first="Istočno pristanište ponovo je",
        last="do kraja sezone.",
    ),
    Layout(
        "What follows and who speaks, in capitals above the text",
        html(
            f"<h1>{HEADLINE}</h1><p>May 3, 2024</p><p>PRESS STATEMENT BY THE DIRECTOR OF HARBOURS</p>{PROSE}"
        ),
    ),
    Layout(
        "Words that lead to another story, and the story's headline on the next line",
        html(
            f"<h1>{HEADLINE}</h1><p>May 3, 2024</p><p>{FIRST}</p><p><strong>Read also:</strong></p><p><a "
            f"href='/fares'>Cabinet keeps ferry fares as they are</a></p>{PROSE}"
        ),
        last=f"{FIRST}\n\n{PROSE_AS_TEXT}",
    ),
    Layout(
        "An Armenian full stop is typed as a colon",
        html(
            "<h1>Արևելյան նավամատույցը վերաբացվել է</h1><p>3 մայիսի, 2024</p><p>Արևելյան նավամատույցը վերաբացվել է ուրբաթ "
            "օրը՝ ինը շաբաթ տևած նորոգումից հետո:</p><p>Տոմսերի գինը չի փոխվել մինչև տարեվերջ:</p>",
            title="Արևելյան նավամատույցը վերաբացվել է",
            lang="hy",
        ),
        headline="Արևելյան նավամատույցը վերաբացվել է",
        first="Արևելյան նավամատույցը վերաբացվել է ուրբաթ",
        last="մինչև տարեվերջ:",
    ),
    Layout(
        "The address of a head office is no body, the bank above the headline is one",
        html(
            f"<h3>Norvia Rastra Bank</h3><h1>{HEADLINE}</h1><p>May 3, 2024</p>{PROSE}<footer>Central "
            "Office, Baluwa Street, Easthaven</footer>",
            title=HEADLINE,
        ),
        agency="Norvia Rastra Bank",
    ),
    Layout(
        "A ministry in the trail, in small letters and with a comma, on its government's site",
        html(
            "<ol class='breadcrumb'><li><a href='/'>Naslovna</a></li><li><a href='/mprt'>Ministarstvo pomorstva, "
            "ribarstva i turizma</a></li></ol><h1>Istočno pristanište ponovo otvoreno</h1><p>3. 5. 2024.</p><p>"
            "Istočno pristanište ponovo je otvoreno u petak poslije devet sedmica popravki, rekao je "
            "direktor novinarima.</p><p>Karte koštaju isto do kraja sezone.</p>",
            '<meta property="og:site_name" content="Vlada Norvije">',
            title="Istočno pristanište ponovo otvoreno",
            lang="cnr",
        ),
        headline="Istočno pristanište ponovo otvoreno",
        agency="Ministarstvo pomorstva, ribarstva i turizma",
        first="Istočno pristanište ponovo je",
        last="do kraja sezone.",
    ),
    Layout(
        "The service that spreads a city's news is not whose they are",
        html(
            "<h1>Le quai est rouvre après neuf semaines de travaux</h1><p>Le 3 mai 2024</p><div><p>Le quai est a "
            "rouvert vendredi après neuf semaines de travaux, a dit le directeur aux journalistes.</p><p>Les "
            "billets coûtent autant qu’avant.</p></div><div><p>Source : Service des communications</p></div>",
            title="Le quai est rouvre après neuf semaines de travaux - Ville de Port-Est",
            lang="fr",
        ),
        headline="Le quai est rouvre après neuf semaines de travaux",
        agency="Ville de Port-Est",
        first="Le quai est a rouvert",
        last="autant qu’avant.",
    ),
    Layout(
        "A heading right below the headline is its subtitle: parts of the text have another level",
        html(
            f"<h1>{HEADLINE}</h1><h2>Fares stay as they were</h2>{PROSE}<h3>Dogs</h3><p>{FIRST}</p>",
            '<meta name="date" content="2024-05-03">',
        ),
        last=FIRST,
    ),
    Layout(
        "Two headings of one level are those of parts",
        html(
            f"<h1>{HEADLINE}</h1><h2>What was mended</h2>{PROSE}<h2>Dogs</h2><p>{FIRST}</p>",
            '<meta name="date" content="2024-05-03">',
        ),
        first="\fWhat was mended",
        last=FIRST,
    ),
    Layout(
        "A spokesperson's office, and a Hebrew label for who wrote",
        html(
            "<h1>הרציף המזרחי נפתח מחדש לאחר תשעה שבועות של תיקונים</h1><div>מאת: דוברות משרד הנמלים</div><div>יום שישי, "
            "3 במאי 2024</div><p>הרציף המזרחי נפתח מחדש ביום שישי לאחר תשעה שבועות של תיקונים, אמר המנהל לעיתונאים.</p>"
            "<p>מחירי הכרטיסים לא השתנו עד סוף העונה.</p>",
            title="הרציף המזרחי נפתח מחדש לאחר תשעה שבועות של תיקונים",
            lang="he",
        ),
        headline="הרציף המזרחי נפתח מחדש לאחר תשעה שבועות של תיקונים",
        agency="משרד הנמלים",
        first="הרציף המזרחי נפתח מחדש ביום",
        last="עד סוף העונה.",
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release_in_a_layout_of_a_distant_site(layout: Layout) -> None:
    assert_read(layout)
