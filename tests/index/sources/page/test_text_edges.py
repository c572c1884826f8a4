"""Where bodies begin and end: what stands around a text without a mark that says so, and what stays."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft
from index.sources.page import webpage
from tests.index.sources.page.layouts import FIRST, HEADLINE, LAST, PROSE, html, read

DAY = "<p>3 May 2024</p>"


def body_of(before: str, after: str) -> str:
    page = html(f"<main><h1>{HEADLINE}</h1>{before}{PROSE}{after}</main>")
    draft = read(page)
    assert draft.headline == HEADLINE
    return draft.body


@pytest.mark.parametrize(
    "tail",
    [
        "<div><span>Previous</span><span>Next</span></div>",
        "<h2>Povezane novice</h2><ul><li>4. 5. 2024 <a href='/a'>Pristanišče dobi nov pomol</a></li></ul>",
        "<h3>Zusje</h3><ul><li><a href='/a'>A heading that no list of phrases has</a></li></ul>",
        "<h3>Zusje</h3><p>J. Sample, officer</p><p>+00 555 010 000</p><p>press@port.example</p>",
        "<p><b>Zusje</b></p><p><a href='/a.pdf'>The whole report</a></p><p>Report.pdf (1.2 MB)</p>",
        (
            "<p>责任编辑：小江</p><div>分享到：微信</div><div>【打印本页】【关闭窗口】</div>"
            "<div>上一篇：<a href='/1'>港务局召开会议</a></div>"
        ),
        "<p>ooOOoo</p><p>Was this page helpful?</p>",
        "<p>– 30 –</p><p>Anything</p>",
        "<p>¿Te resultó útil esta página?</p><button>Sí</button>",
        "<p>Views: 1,204</p>",
        "<p>This page was last updated on 4 May 2024.</p>",
        "<p>Share on Facebook</p><p>WhatsApp</p>",
        "<p>Copyright © 2018 Harbour Office</p><p>Quay 1, 24 hours a day: 0000-00000000</p>",
        "<p>新聞稿.pdf</p>",
        "<div><p>Tiina Sample</p><p>press officer</p><p>000 0000</p><p>press@port.example</p></div>",
        "<p>案内（PDF：1,204KB）</p><p>PDF形式のファイルをご覧いただく場合には、Adobe Readerが必要です。</p>",
        '<p>본 저작물은 "공공누리" 제1유형:출처표시 조건에 따라 누구나 자유롭게 이용할 수 있습니다.</p>',
        "<p>Press Office, tel. 000 1234</p>",
        "<p>Diffusé par : Office des ports</p>",
        "<p>Follow the Harbour Office on Twitter and visit our Facebook page.</p>",
        (
            "<div><h4>Ada Quill</h4><p>Press officer, Harbour Office</p></div><section><h2>About the "
            "Harbour Office</h2><p>The Harbour Office keeps 12 piers and 30 lights.</p></section>"
        ),
        "<p><b>Über das Hafenamt</b></p><p>Das Hafenamt unterhält zwölf Molen und 30 Feuer.</p>",
        "<p>Contesta nuestra encuesta de satisfacción.</p>",
        "<p>Please take our short survey.</p>",
        (
            "<p>첨부파일</p><a href='/a'>240503(보도자료) 동쪽 부두.hwpx</a><div>“이 자료는 항만청의 "
            "보도자료를 전재하여 제공함을 알려드립니다.”</div>"
        ),
        "<p>****</p><p>RK/SM</p><div>Read this release in: <a href='/hi'>Hindi</a></div>",
        "<p>檔案下載</p><ul><li><a href='/a.pdf'>班次表(pdf)</a></li></ul>",
        "<p>Количество показов: 318</p>",
        "<p>Liman Valiliği © Tüm hakları saklıdır.</p>",
        "<p>Tagged: <a href='/t'>Highways</a></p>",
        "<p>Documents listés dans l'article :</p><ul><li><a href='/a.pdf'>Arrêté (pdf)</a></li></ul>",
        "<p>Izvor: Vlada</p>",
        "<p>Biroul de presă</p>",
        "<p>Jana Ukázková, tisková mluvčí</p>",
        "<h2>このページに関するお問い合わせ</h2><p>港湾課</p><h2>このページの内容は分かりやすかったですか？</h2>",
        "<p>(Kikötői Hivatal/Sajtóosztály)</p>",
        "<p>Από το Γραφείο Τύπου</p>",
        "<p>Пресслужба Міністерства портів</p>",
        "<p>(Humas Dinas Pelabuhan)</p>",
        "<p>Para más información, comuníquese al (00) 0000-0000.</p>",
        "<div><span>Etiquetas</span> <a href='/a'>muelle</a> <a href='/b'>puerto</a></div>",
        "<ul><li>이전글 <a href='/1'>구명조끼 보급 사업 안내</a></li><li>다음글 없음</li></ul>",
        "<h2>For more information</h2><p>J. Sample answers questions of the press on 01 770 000.</p>",
        "<p>For more information please call Mr J. Sample of the Harbour Office on 01 770 000.</p>",
        "<p>При полном или частичном использовании материалов ссылка на сайт обязательна.</p>",
        "<p>Se permite la reproducción total o parcial si se cita a la Oficina del Puerto.</p>",
        "<p>转载请注明来源：港务局，违者本局将依法追究其责任，特此声明，请各位周知。</p>",
        "<p>For more information, call tel. 000 1234 or write to a@port.example.</p>",
        "<ul><li>قبلی <a href='/1'>فانوس دریایی بازسازی شد</a></li></ul>",
        "<p>Next: <a href='/1'>Ferry fares rise in May</a></p>",
        "<p>Innviðastofnun, Dæmisgötu 1, sími 555 0100</p>",
        "<p>عدد الزيارات: 455</p>",
        "<p>გააზიარე</p>",
        "<p>Comparte esta noticia</p><a href='?f'>Facebook</a><a href='?x'>X</a>",
        "<p>Uppdaterad: 4 maj 2024</p><p>Kommentera inte personuppgifter här.</p>",
        "<p>以　上</p><p>＜本件に関する問い合わせ先＞<br>港湾課<br>電話 055-555-0101</p>",
        "<p>साझा करें</p>",
        "<p>देखें (2 MB)</p>",
        "<p>Zobrazeno: 233×</p>",
        "<p>Síguenos en las redes para conocer toda la actualidad del puerto y de sus islas.</p>",
        "<p>Podijelite:</p><p>Any line without a meaning</p>",
        "<h3>Zdjęcia</h3><ul><li>Minister on the pier</li><li>The pier at night</li></ul>",
        "<p>[Crédits photo : service du port]</p>",
        "<div>Partager</div><p>If you find a mistake on it, mark it and press two keys at once.</p>",
        "<p>Port town | Press desk | Quay 1 | 99999 Easthaven</p>",
        "<p>Kommentarer (0)</p>",
        "<p>Lisätietoja antavat</p><p>yksikön päällikkö, puh. 0555 010 101</p>",
        "<p>Asiasanat: laiturit</p><p>Any line without a meaning</p>",
        "<p>Yorum yapın</p>",
        "<div>Subject(s):</div><div>Ferries</div><div>Number of it</div><div>22-104</div>",
        "<div>Return to the full list</div><div>View a map of the islands</div>",
        "<p>■お問い合わせ先<br>港湾課 磯部<br>電話 055-555-0101</p>",
        "<p>Harbour desk<br>Quay house<br>tel. 000 1234</p>",
        "<p>จำนวนผู้เข้าชม 1,204 ครั้ง</p>",
        "<p>Deel dit bericht</p>",
        "<p>Téléchargez le dossier de presse</p>",
        "<p>Subscribe to our channel to get the latest of the harbour on your phone every day.</p>",
        (
            "<h3>Inscrivez-vous à notre lettre d’information</h3>"
            "<p>Recevez chaque semaine l’essentiel de l’actualité du port et de ses îles.</p>"
        ),
        "<div><a href='/1'><h3>A new light on the rocks</h3></a><p>It was lit on Monday evening.</p></div>",
        (
            "<div><a href='/1'>A new light on the rocks</a><p>It was lit on Monday evening.</p></div>"
            "<div><a href='/2'>Nets are mended again</a><p>The sheds opened in the old yard.</p></div>"
        ),
    ],
)
def test_what_follows_the_text_without_a_mark_is_no_part_of_it(tail: str) -> None:
    assert body_of(DAY, tail).endswith(LAST)


@pytest.mark.parametrize(
    "last",
    [
        "The report was published on 3 March 2025.",
        "The deadline for applications is 1 May 2025.",
        "The revised rules apply from 1 May 2025.",
        "本办法自2025年2月1日起施行。",
        "नए नियम 1 मई 2025 से लागू होंगे।",
        "Krisz",
        "Follow us on Twitter @harbour",
        "For more information, read the report of the Harbour Office.",
        "The press office moves to the pier.",
        "Visits: 455 by the young, 201 by others",
    ],
)
def test_a_short_last_line_stays(last: str) -> None:
    assert body_of(DAY, f"<p>{last}</p>").endswith(last)


def test_points_in_short_sentences_stay_under_their_heading() -> None:
    tail = "<h2>Quick facts</h2><ul><li>Forty thousand people live on the islands.</li></ul>"
    assert body_of(DAY, tail).endswith("Forty thousand people live on the islands.")


def test_more_information_that_a_paragraph_tells_stays_under_its_heading() -> None:
    told = "The text of the decision will be made public in the register of the Harbour Office."
    contact = "<h2>Contacts for media</h2><ul><li><p>J. Sample</p><p>Phone 000 1234</p></li></ul>"
    tail = f"<h2>For more information</h2><p>{told}</p>{contact}"
    assert body_of(DAY, tail).endswith(told)


def test_numbers_at_the_end_of_a_table_are_no_visits() -> None:
    rows = "<tr><td>Easthaven</td><td>Westhaven</td></tr><tr><td>98,100</td><td>78,400</td></tr>"
    below = "<h2>More on ferries</h2><ul><li><a href='/f'>All ferries</a></li></ul>"
    body = body_of(DAY, f"<div><table>{rows}</table></div>{below}")
    assert body.endswith("98,100\t78,400")


def test_a_text_that_ends_inside_a_row_ends_with_that_row() -> None:
    row = "<tr><td>Easthaven</td><td>Westhaven</td><td><a href='/m'>Map (PDF)</a></td></tr>"
    below = "<h2>More on ferries</h2><ul><li><a href='/f'>All ferries</a></li></ul>"
    body = body_of(DAY, f"<div><table>{row}</table></div>{below}")
    assert body.endswith("Easthaven\tWesthaven\tMap (PDF)")


@pytest.mark.parametrize("to", ["To all harbour masters and pilots:", "各镇（街道）、有关单位："])
def test_those_to_whom_a_text_is_written_begin_it(to: str) -> None:
    assert body_of(DAY, "").startswith(FIRST)
    assert body_of(f"{DAY}<p>{to}</p>", "").startswith(to)


@pytest.mark.parametrize("label", ["Summary:", "Contact:", "Press release:"])
def test_a_label_over_the_text_is_nobody_addressed(label: str) -> None:
    assert body_of(f"{DAY}<p>{label}</p>", "").startswith(FIRST)


def test_a_file_above_the_text_in_the_table_of_a_board_is_no_part_of_it() -> None:
    rows = (
        f"<tr><th>제목</th><td>{HEADLINE}</td></tr><tr><th>등록일</th><td>2024-05-03</td></tr>"
        "<tr><th>첨부파일</th><td><a href='f'>점검표.hwp</a> (32KB)</td></tr>"
    )
    page = html(
        f"<h2>공지사항</h2><table>{rows}<tr><td colspan=2>{PROSE}</td></tr></table>", title="공지"
    )
    draft = read(page)
    assert draft.body.startswith(FIRST)


def test_tools_between_paragraphs_end_nothing() -> None:
    chapter = "<p>A second half of the same text tells at length what the islands may expect.</p>"
    tail = f"<p>Share this page</p><p>Updated: 4 May 2024</p>{chapter * 5}"
    assert body_of(DAY, tail).endswith("what the islands may expect.")


def test_a_script_without_full_stops_is_running_text() -> None:
    thai = "กระทรวงเปิดท่าเรือด้านตะวันออกอีกครั้งเมื่อวันศุกร์หลังจากซ่อมแซมเป็นเวลาเก้าสัปดาห์และเรือกลับมาให้บริการ"
    lines = f"<p>{thai}</p><p>{thai} {thai}</p>"
    page = html(f"<h1>ท่าเรือเปิดอีกครั้ง</h1><p>3 พฤษภาคม 2567</p>{lines * 3}<p>ย้อนกลับ</p>", title="")
    draft = read(page)
    assert draft.body.endswith(thai)


def test_a_row_of_stars_between_chapters_ends_nothing() -> None:
    chapter = (
        "<p>A second chapter of the same text tells at length what the islands may expect.</p>"
    )
    tail = f"<p>****</p>{chapter * 4}<p>It ends with these words.</p>"
    assert body_of(DAY, tail).endswith("It ends with these words.")


def test_notes_to_editors_stay() -> None:
    tail = "<p>ENDS</p><h2>Notes to editors</h2><p>1. Call 0000 555 0100.</p>"
    assert body_of(DAY, tail).endswith("1. Call 0000 555 0100.")


@pytest.mark.parametrize(
    "between",
    [
        "<dl><dt>Nummer:</dt><dd>112/2024</dd><dt>Datum:</dt><dd>03.05.2024</dd></dl>",
        (
            "<ul><li>Repairs took nine weeks</li><li>Tickets cost the same</li></ul>"
            "<div><span>Listen</span> <span>Print</span></div><p>3 May 2024</p>"
        ),
        "<p>3 May 2024<br>Ministry of Harbours</p>",
        "<h2>A subtitle over the day</h2><p>3 May 2024</p>",
        "<p>3 May 2024</p><div><img src='a.jpg'><span>The Office's photograph</span></div>",
        "<p>3 May 2024</p><img src='a.jpg'><p>The Director on the pier (photograph: pool)</p>",
        (
            "<div><b>Autor</b> Oficina de Puertos</div><div><b>Fecha</b> 3 de mayo de 2024</div>"
            "<div><b>Categoría</b> Comunicado</div>"
        ),
        "<div><div>Media Contact:</div><div>Lee Sample, 555-0142</div></div>",
        "<p>3 May 2024</p><div class='author'>Press service of the Office</div>",
        "<p>3 May 2024</p><div class='documentDescription'>A subtitle in a field for it</div>",
        (
            "<p>3 May 2024</p><p><b>SIARAN PERS<br>BIRO KOMUNIKASI</b></p><p>Nomor: "
            "SP.BIRKOM/V/2024/112</p>"
        ),
        "<p>3 May 2024</p><h3>A subtitle over the number</h3><p>Release No. 24-017</p>",
        "<p>Reading time: 2 minutes</p><div><span>A+</span> <span>A-</span></div>",
        "<div><a>A-</a><a>A+</a><a>In bài viết</a></div>",
    ],
)
def test_what_stands_between_headline_and_text_is_no_part_of_it(between: str) -> None:
    assert body_of(between, "").startswith(FIRST)


@pytest.mark.parametrize(
    "first",
    [
        "日前，港务局发布《码头管理办法》，自2023年10月1日起施行。",
        "The new rules of the Harbour Office apply from 1 October 2024.",
    ],
)
def test_a_short_first_sentence_that_names_a_day_stays(first: str) -> None:
    assert body_of(f"{DAY}<p>{first}</p>", "").startswith(first)


def test_a_line_that_announces_the_list_of_a_text_begins_it() -> None:
    points = "<ul><li>Ferries call again from Monday.</li><li>Tickets cost the same.</li></ul>"
    page = html(f"<main><h1>{HEADLINE}</h1>{DAY}<p>The Director said today:</p>{points}</main>")
    draft = read(page)
    assert draft.body.startswith("The Director said today:")


def test_a_heading_about_a_body_in_the_middle_of_a_text_is_one_of_the_text() -> None:
    body = body_of(f"{DAY}<p>{LAST}</p><h2>About the Harbour Office</h2>", "")
    assert body.startswith(LAST)
    assert body.endswith(LAST)
    assert "About the Harbour Office" in body


def test_a_heading_that_begins_with_a_word_for_sharing_is_one_of_the_text() -> None:
    last = "Each town bears a tenth of what the pier has cost in all these years."
    assert body_of(DAY, f"<h2>Share of the towns</h2><p>{last}</p>").endswith(last)
    assert body_of(DAY, "<h2>Share the news</h2><p><a href='/f'>Post it</a></p>").endswith(LAST)


def test_notes_in_the_footer_of_an_article_stay() -> None:
    note = "<footer><h2>Notes to editors</h2><p>The pier is 300 metres long.</p></footer>"
    page = html(f"<article><h1>{HEADLINE}</h1>{DAY}{PROSE}{note}</article>")
    draft = read(page)
    assert draft.body.endswith("The pier is 300 metres long.")
    (draft,) = webpage.read(
        page.replace("Notes to editors", "Filed under"), Document(name="p", data=b"")
    )
    assert isinstance(draft, Draft), draft
    assert draft.body.endswith(LAST)


def test_a_short_first_line_of_the_text_stays() -> None:
    assert body_of(f"{DAY}<p>Dear friends,</p>", "").startswith("Dear friends,")


@pytest.mark.parametrize(
    ("tail", "last"),
    [
        ("<h3>Key dates</h3><ul><li>1 May 2025: Easthaven</li><li>2 May 2025: Westhaven</li></ul>",
         "2 May 2025: Westhaven"),
        ("<h2>Programme</h2><ul><li>Opening by the Mayor</li><li>Walk along the pier</li></ul>",
         "Walk along the pier"),
        ("<p>Total: 1,204</p>", "Total: 1,204"),
        ("<p>Share prices fell.</p>", "Share prices fell."),
        ("<p>The press officer has resigned.</p>", "The press officer has resigned."),
        ("<p>Delen av bryggan</p>", "Delen av bryggan"),
        ("<ul><li>Ferries: 12</li><li>Boats: 40</li></ul>", "Boats: 40"),
        ("<p>The law is licensed under nothing.</p>", "nothing."),
        ("<p>Callers may ring 0000 555 0100 at any hour.</p>", "at any hour."),
        ("<div>• Easthaven: 12 May</div><div>• Westhaven: 13 May</div>", "Westhaven: 13 May"),
        ("<table><tr><td>Pier</td><td>12 May</td></tr></table>", "12 May"),
        ("<div><p>Fares in euros</p></div>", "Fares in euros"),
        ("<p>Get to the pier by the old channel.</p>", "by the old channel."),
        ("<p>Signed,</p><p>The Director of Harbours</p>", "The Director of Harbours"),
    ],
)  # fmt: skip
def test_an_end_of_the_text_that_looks_like_furniture_stays(tail: str, last: str) -> None:
    assert body_of(DAY, tail).endswith(last)


def test_a_place_in_bold_before_a_dash_begins_the_text() -> None:
    before = f"{DAY}<p><b>Easthaven</b> – rain and wind</p>"
    assert body_of(before, "").startswith("Easthaven – rain")


@pytest.mark.parametrize("mark", ["30", "-30-"])
def test_a_number_that_elsewhere_ends_a_release_ends_nothing_in_a_table(mark: str) -> None:
    told = "Owners of boats may apply to the office for one of them by the end of May."
    table = "<table><tr><td>North</td><td>30</td></tr><tr><td>South</td><td>12</td></tr></table>"
    further = f"<p>{mark}</p><p>The office is open from nine to five, and on Saturdays to one.</p>"
    assert body_of(DAY, f"{table}<p>{told}</p>{further}").endswith(told)
