"""Releases as national governments lay them out, in their languages: what is read of them."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import CARDS, MENU, Layout, assert_read, html

LAYOUTS = [
    Layout(
        "Japanese ministry with a division for questions",
        html(
            f"<div id='nav'>{MENU}</div><div id='main'><h1>東桟橋の再開について</h1><p>令和6年5月3日</p>"
            "<p>港湾庁は、九週間の修理を終えた東桟橋を本日再開しました。フェリーは月曜日から二十分ごとに寄港します。</p>"
            "<p>運賃は変わりません。詳しくは次のとおりです。</p><h2>お問い合わせ先</h2><p>港湾庁 総務課</p>"
            "<p>電話 03-0000-0000</p></div>",
            title="東桟橋の再開について|港湾庁",
            lang="ja",
        ),
        headline="東桟橋の再開について",
        agency="港湾庁",
        first="港湾庁は、九週間の修理",
        last="詳しくは次のとおりです。",
    ),
    Layout(
        "Korean board with a table of labels",
        html(
            "<h1>보도자료</h1><div class='view'><h2>동쪽 부두 다시 열려</h2><ul class='info'><li>작성자 대변인실"
            "</li><li>등록일 2024-05-03</li><li>조회수 120</li></ul><div class='content'><p>항만청은 9주간의 "
            "수리를 마친 동쪽 부두를 금요일에 다시 열었다고 밝혔다. 여객선은 월요일부터 20분마다 운항한다.</p><p>요금은 "
            "바뀌지 않으며 개는 여름이 끝날 때까지 무료로 탄다.</p></div><div class='nav'><p>이전글</p>"
            "<a href='/1'>다른 소식이 여기에 있습니다</a></div></div>",
            title="동쪽 부두 다시 열려 | 보도자료 | 항만청",
            lang="ko",
        ),
        headline="동쪽 부두 다시 열려",
        agency="항만청",
        first="항만청은 9주간의",
        last="여름이 끝날 때까지 무료로 탄다.",
    ),
    Layout(
        "Arabic, right to left",
        html(
            f"<nav>{MENU}</nav><main><h1>إعادة فتح الرصيف الشرقي</h1><p>3 مايو 2024</p><p>أعادت هيئة "
            "الموانئ فتح الرصيف الشرقي يوم الجمعة بعد تسعة أسابيع من الإصلاحات، بحسب ما قاله المدير "
            "للصحفيين.</p><p>ستعود العبارات يوم الاثنين ولن تتغير أسعار التذاكر.</p><h3>أخبار ذات صلة"
            f"</h3>{MENU}</main>",
            '<meta property="og:site_name" content="هيئة الموانئ">',
            title="إعادة فتح الرصيف الشرقي - هيئة الموانئ",
            lang="ar",
        ),
        headline="إعادة فتح الرصيف الشرقي",
        agency="هيئة الموانئ",
        first="أعادت هيئة الموانئ",
        last="ولن تتغير أسعار التذاكر.",
    ),
    Layout(
        "French prefecture with breadcrumb and updated line",
        html(
            "<p class='fr-breadcrumb'>Accueil &gt; Actualités</p><div role='main'><h1>Réouverture du "
            "quai est</h1><p>Mis à jour le 04/05/2024 - Publié le 03/05/2024</p><p>La préfecture a "
            "rouvert vendredi le quai est après neuf semaines de travaux, a indiqué son directeur à la "
            "presse.</p><p>Les tarifs ne changent pas cet été.</p><h2>À lire aussi</h2>"
            f"{CARDS}</div>",
            '<meta property="og:site_name" content="Préfecture du Ponant">',
            title="Réouverture du quai est - Préfecture du Ponant",
            lang="fr",
        ),
        headline="Réouverture du quai est",
        agency="Préfecture du Ponant",
        first="La préfecture a rouvert",
        last="Les tarifs ne changent pas cet été.",
    ),
    Layout(
        "Italian municipality",
        html(
            "<header><div class='it-brand-text'><a href='/'>Comune di Portolungo</a></div></header>"
            "<main><h1>Riapre il molo est</h1><div>Data: 3 Maggio 2024</div><div>Tempo di lettura: 1 "
            "min</div><div class='richtext-wrapper'><p>Il Comune ha riaperto venerdì il molo est dopo "
            "nove settimane di lavori, ha detto il direttore ai giornalisti.</p><p>Le tariffe non "
            "cambiano fino a settembre.</p></div><h2>Condividi</h2><h2>Leggi anche</h2>"
            f"{CARDS}</main>",
            title="Riapre il molo est - Comune di Portolungo",
            lang="it",
        ),
        headline="Riapre il molo est",
        agency="Comune di Portolungo",
        first="Il Comune ha riaperto",
        last="Le tariffe non cambiano fino a settembre.",
    ),
    Layout(
        "Brazilian portal",
        html(
            f"<nav>{MENU}</nav><article id='content'><span class='categoria'>Portos</span><h1 "
            "class='documentFirstHeading'>Cais leste reabre</h1><div class='documentByLine'>Publicado "
            "em 03/05/2024 10h15</div><div class='social-links'>Compartilhe: <a href='f'>Facebook</a>"
            "</div><div id='content-core'><p>O Ministério dos Portos reabriu na sexta-feira o cais "
            "leste depois de nove semanas de obras, disse o diretor aos jornalistas.</p><p>Os preços "
            "não mudam até setembro.</p></div><div class='categorias'>Categoria: Transporte</div>"
            "</article>",
            '<meta property="og:site_name" content="Ministério dos Portos">',
            title="Cais leste reabre — Ministério dos Portos",
            lang="pt-BR",
        ),
        headline="Cais leste reabre",
        agency="Ministério dos Portos",
        first="O Ministério dos Portos reabriu",
        last="Os preços não mudam até setembro.",
    ),
    Layout(
        "Dutch, Swedish label lines",
        html(
            f"<nav>{MENU}</nav><main><h1>Östra piren öppnar igen</h1><p>Publicerad 3 maj 2024</p><p>"
            "Pressmeddelande från Hamndepartementet</p><p>Hamnverket öppnade på fredagen den östra "
            "piren efter nio veckors arbete, sade chefen till journalister.</p><p>Priserna ändras inte "
            "i sommar.</p><h2>Läs också</h2>" + MENU + "</main>",
            title="Östra piren öppnar igen - Hamnen.example",
            lang="sv",
        ),
        headline="Östra piren öppnar igen",
        agency="Hamndepartementet",
        first="Hamnverket öppnade på fredagen",
        last="Priserna ändras inte i sommar.",
    ),
    Layout(
        "Polish ministry",
        html(
            f"<nav>{MENU}</nav><main><article><h2>Wschodnie molo znów otwarte</h2><p "
            "class='event-date'>03.05.2024</p><p>Ministerstwo Portów otworzyło w piątek wschodnie "
            "molo po dziewięciu tygodniach remontu, powiedział dyrektor dziennikarzom.</p><p>Ceny nie "
            "zmienią się do września.</p></article><h3>Zobacz także</h3>" + MENU + "</main>",
            '<meta property="og:site_name" content="Ministerstwo Portów">',
            title="Wschodnie molo znów otwarte - Ministerstwo Portów",
            lang="pl",
        ),
        headline="Wschodnie molo znów otwarte",
        agency="Ministerstwo Portów",
        first="Ministerstwo Portów otworzyło",
        last="Ceny nie zmienią się do września.",
    ),
    Layout(
        "Taiwanese agency",
        html(
            f"<div class='nav'>{MENU}</div><div class='main'><h2>新聞稿</h2><h3>東碼頭重新啟用</h3>"
            "<ul><li>發布日期：113-05-03</li><li>資料來源：秘書室</li><li>點閱數：35</li></ul><div class='cp'><p>港務局"
            "今日宣布，東碼頭經過九週整修後重新啟用，渡輪自星期一起每二十分鐘停靠一次。</p><p>票價不變，寵物於夏季結束前免費搭乘。</p>"
            "</div><ul><li><a href='#'>回上一頁</a></li></ul></div>",
            title="港務局-新聞稿-東碼頭重新啟用",
            lang="zh-Hant-TW",
        ),
        headline="東碼頭重新啟用",
        agency="港務局",
        first="港務局今日宣布",
        last="夏季結束前免費搭乘。",
    ),
    Layout(
        "Vietnamese, Thai-like label row above",
        html(
            f"<div class='menu'>{MENU}</div><div class='detail'><h1>Cầu cảng phía đông mở lại</h1><p "
            "class='date'>03/05/2024 10:15</p><p>Bộ Cảng biển mở lại cầu cảng phía đông vào thứ Sáu sau "
            "chín tuần sửa chữa, giám đốc nói với các nhà báo tại cuộc họp.</p><p>Giá vé không thay đổi "
            "trong mùa hè.</p><h3>Các tin khác</h3>" + MENU + "</div>",
            title="Cầu cảng phía đông mở lại - Bộ Cảng biển",
            lang="vi",
        ),
        headline="Cầu cảng phía đông mở lại",
        agency="Bộ Cảng biển",
        first="Bộ Cảng biển mở lại",
        last="Giá vé không thay đổi trong mùa hè.",
    ),
    Layout(
        "Czech ministry, whose name in lower case begins page and text alike",
        html(
            "<div><a href='/'>Ministerstvo říční dopravy</a></div>"
            + MENU
            + "<div id='obsah'><h1>Přívozy "
            "mají nový registr</h1><p class='datum'>5. 3. 2024 | Tiskové oddělení</p><p>Ministerstvo říční "
            "dopravy dnes spustilo veřejný registr přívozů s jízdními řády.</p><p>Provozovatelé mají na "
            "doplnění údajů čas do konce září.</p><p><b>Více informací:</b></p><p>tel. 200 000 000</p></div>",
            title="Přívozy mají nový registr | Ministerstvo říční dopravy",
            lang="cs",
        ),
        headline="Přívozy mají nový registr",
        agency="Ministerstvo říční dopravy",
        date="2024-03-05",
        first="Ministerstvo říční dopravy dnes spustilo",
        last="čas do konce září.",
    ),
    Layout(
        "Greek ministry on Joomla, with a list of details above the text",
        html(
            "<div class='item-page'><h2 itemprop='headline'>Νέα δρομολόγια για τα νησιά</h2><dl "
            "class='article-info'><dt>Λεπτομέρειες</dt><dd>Γράφτηκε από: Γραφείο</dd><dd>Δημοσιεύτηκε: "
            "12 Μαρτίου 2024</dd><dd>Εμφανίσεις: 412</dd></dl><p>Το Υπουργείο Ακτοπλοΐας ανακοίνωσε "
            "σήμερα νέα δρομολόγια προς δώδεκα μικρά νησιά.</p><p>Τα εισιτήρια διατίθενται από τα "
            "πρακτορεία.</p></div><div class='footer'>Υπουργείο Ακτοπλοΐας</div>",
            title="Νέα δρομολόγια για τα νησιά",
            lang="el-gr",
        ),
        headline="Νέα δρομολόγια για τα νησιά",
        agency="Υπουργείο Ακτοπλοΐας",
        date="2024-03-12",
        first="Το Υπουργείο Ακτοπλοΐας ανακοίνωσε",
        last="από τα πρακτορεία.",
    ),
    Layout(
        "Hindi, a heading of the second level under a title of the site",
        html(
            "<div>बंदरगाह मंत्रालय</div><div><h2>द्वीपों के लिए नई नौका सेवा शुरू</h2></div><div>प्रविष्टि तिथि: "
            "12 MAR 2024 5:42PM</div><p>बंदरगाह मंत्रालय ने आज बारह द्वीपों के लिए नई नौका सेवा शुरू की, "
            "जिससे चालीस हजार लोगों को लाभ होगा।</p><p>किराया पहले जैसा ही रहेगा।</p><p>***</p>",
            title="Press Release: Information Bureau",
            lang="hi",
        ),
        headline="द्वीपों के लिए नई नौका सेवा शुरू",
        agency="बंदरगाह मंत्रालय",
        date="2024-03-12",
        first="बंदरगाह मंत्रालय ने आज",
        last="पहले जैसा ही रहेगा।",
    ),
    Layout(
        "Persian, a mark at the end, the owner of the site in its footer",
        html(
            "<h1>خط جدید شناورهای مسافری</h1><div>تاریخ انتشار: ۲۲ اسفند ۱۴۰۲ - ۱۰:۳۰</div><p>سازمان "
            "بنادر از راه‌اندازی خط جدید شناورهای مسافری به دوازده جزیره خبر داد و گفت از هفته آینده آغاز "
            "می‌شود.</p><p>نرخ بلیت تغییر نمی‌کند.</p><p>انتهای پیام/</p><div>کلیه حقوق این سایت متعلق به "
            "سازمان بنادر است</div>",
            title="خط جدید شناورهای مسافری",
            lang="fa",
        ),
        headline="خط جدید شناورهای مسافری",
        agency="سازمان بنادر",
        date="2024-03-12",
        first="سازمان بنادر از",
        last="نرخ بلیت تغییر نمی‌کند.",
    ),
    Layout(
        "Indonesian, a headline that begins with a ministry and is the whole title",
        html(
            "<h1 class='post-title'>Kementerian Pelabuhan Tambah Jadwal Kapal</h1><ul><li>Selasa, 12 "
            "Maret 2024</li><li>1.204 kali dilihat</li></ul><p>Kementerian Pelabuhan menambah jadwal "
            "kapal ke dua belas pulau kecil mulai 1 April mendatang.</p><p>Tarif kapal tidak berubah."
            "</p><p>- Selesai -</p><div><h4>Berita Terkait</h4>" + MENU + "</div>",
            title="Kementerian Pelabuhan Tambah Jadwal Kapal",
            lang="id",
        ),
        headline="Kementerian Pelabuhan Tambah Jadwal Kapal",
        date="2024-03-12",
        first="Kementerian Pelabuhan menambah",
        last="Tarif kapal tidak berubah.",
    ),
    Layout(
        "Chinese, whose first sentence begins with a word for a label",
        html(
            "<h1>海岛客运航线加密班次</h1><div>2024-03-12 10:15 来源：港口部</div><p>记者12日从港口部获悉，自4月1日起，"
            "十二个海岛的客运航线将加密班次，方便居民出行，票价保持不变。</p><p>旅客可在各客运码头售票处购票。</p>"
            "<div>责任编辑：王某</div>",
            title="海岛客运航线加密班次_港口部",
            lang="zh-CN",
        ),
        headline="海岛客运航线加密班次",
        agency="港口部",
        date="2024-03-12",
        first="记者12日从港口部获悉",
        last="售票处购票。",
    ),
    Layout(
        "Mongolian and its numbered months",
        html(
            "<header><a href='/'>Боомтын яам</a></header><h1>Арлууд руу нэмэлт завь</h1><div>2024 оны 3 "
            "сарын 12</div><p>Боомтын яам арван хоёр арал руу нэмэлт завь явуулахаар болсныг өнөөдөр "
            "мэдэгдлээ.</p><p>Үнэ өөрчлөгдөхгүй.</p>",
            title="Арлууд руу нэмэлт завь | Боомтын яам",
            lang="mn",
        ),
        headline="Арлууд руу нэмэлт завь",
        agency="Боомтын яам",
        date="2024-03-12",
        first="Боомтын яам арван",
        last="Үнэ өөрчлөгдөхгүй.",
    ),
    Layout(
        "Urdu, a comma of its script in the date",
        html(
            "<h1>جزائر کے لیے نئی سروس</h1><span>12 مارچ، 2024</span><p>وزارت بندرگاہ نے آج بارہ جزائر کے لیے "
            "نئی فیری سروس کا آغاز کیا جس سے چالیس ہزار افراد فائدہ اٹھائیں گے۔</p><p>کرایہ وہی رہے گا۔</p>",
            title="جزائر کے لیے نئی سروس - وزارت بندرگاہ",
            lang="ur",
        ),
        headline="جزائر کے لیے نئی سروس",
        agency="وزارت بندرگاہ",
        date="2024-03-12",
        first="وزارت بندرگاہ نے",
        last="کرایہ وہی رہے گا۔",
    ),
    Layout(
        "Canadian department: no word for a body, but label and metadata agree",
        html(
            "<main><h1>More ferries for islands</h1><p><strong>From: <a href='/p'>Ports Example</a>"
            "</strong></p><h2>News release</h2><p>Island communities depend on ferries for work, school "
            "and medical care, and will have more of them.</p><p>The timetable takes effect on April 1."
            "</p><h2>Contacts</h2><p>Press Secretary</p><dl><dt>Date modified:</dt><dd>2024-03-14</dd></dl>"
            "</main>",
            '<meta name="dcterms.issued" content="2024-03-12">'
            '<meta name="dcterms.creator" content="Ports Example">',
            title="More ferries for islands - Example.ca",
        ),
        headline="More ferries for islands",
        agency="Ports Example",
        date="2024-03-12",
        first="Island communities depend",
        last="takes effect on April 1.",
    ),
    Layout(
        "Old table with the issuer in a line under the text, and whom to ask",
        html(
            "<table><tr><td><a href='index.html'>Home</a></td><td><p><b>MINISTER OPENS NEW JETTY AT "
            "SANDBAAI</b></p><p><i>12 March 2024</i></p><p>The Minister of Harbours opened a new jetty at "
            "Sandbaai on Tuesday, which will serve two hundred fishing boats.</p><p>The jetty is open "
            "every day.</p><p><b>ISSUED BY THE DEPARTMENT OF HARBOURS</b></p><p>For enquiries: T. Sample "
            "000 000</p></td></tr></table>",
            title="Department of Harbours",
        ),
        headline="MINISTER OPENS NEW JETTY AT SANDBAAI",
        agency="DEPARTMENT OF HARBOURS",
        date="2024-03-12",
        first="The Minister of Harbours",
        last="The jetty is open every day.",
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_release_in_the_layout_of_a_government(layout: Layout) -> None:
    assert_read(layout)
