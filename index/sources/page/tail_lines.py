"""What lines below the text of a release say that is none: whom to call, sharing, rights, files."""

from __future__ import annotations

import re

from index.sources.issuer_lines import names_issuer
from index.sources.page.blocks import width
from index.sources.page.date_lines import tells_change
from index.sources.page.lines import (
    MAX_CONTACT_LINE,
    RIGHTS_RESERVED,
    SENTENCE_END,
    is_contact_line,
    is_sentence,
)
from index.sources.page.shown_days import MAX_DATE_LINE
from index.sources.page.stock_phrases import is_phrase

MAX_SHORT = 90
"""Width of a line that can be a name, a number or a question rather than text."""
MAX_CALLED = 40
"""Characters of the name of somebody to call."""
MAX_ASKING = 6
"""Words that begin a sentence which says whom to call and ends with a number."""
MAX_RIGHTS = 300
"""Characters of a sentence that says under which licence the text stands, or how to open a file."""
MAX_NETWORK = 45
"""Characters of a line that says no more than to share or follow on a network."""
MIN_PHRASE = 5
"""Characters from which a phrase of sharing is one inside a text, too: not `in`, `top` or `0`."""
MAX_INVITATION = 200
"""Characters of a sentence that invites to subscribe."""

MAX_ADDRESS = 150
"""Characters of a line with the name of a body and its address."""
_HOUSE = re.compile(r"(?<!\d)\d{1,5}(?!\d|[.,]\d|\s?%)")
_ARMENIAN = re.compile("[\u0531-\u0587]")
"""Letters of a script whose full stop looks like a colon, and is often typed as one."""
_ISSUED_BY = re.compile(
    r"(?i)^(?:(?:issued|released|published) by:? (?:the )?|(?:publié|diffusé) par:? |"
    r"herausgegeben von:? |(?:emitido|publicado|difundido) por:? |uitgegeven door:? )"
    r"[^.!?]{3,120}$"
)
_REACHED = re.compile(
    r"(?<![\w.+-])[\w.+-]++(?:@|\[at\]|\(at\))[\w-]+\.\w|(?:\+|\b00|\(0)\d[\d\s()/.-]{5,30}\d|"
    r"(?i:\b(?:tel|phone|fax|mob|telefon|tél|teléfono|telefone|telefono|тел|τηλ|هاتف|تلفن|โทร|電話|电话|전화|"
    r"sími|puh|tlf|tālr|ტელ|հեռ|điện thoại|दूरभाष|ফোন)"
    r"\w*)[.:：\s(]*\+?\d"
)
"""A mail address or a number to call."""
_NUMBER = re.compile(
    r"(?=[+(0](?:\D*\d){6,14}\D*$)\+?\(?\d{2,5}\)?(?:[ -]\d{2,5}){1,4}|\d{3}[-.]\d{3}[-.]\d{4}"
)
"""A number to call alone, in groups that begin as those of no amount (`(61) 5555-0100`), or as
North America has them."""
_ENDS_IN_NUMBER = re.compile(r"(?<![\d.,])\+?\(?\d(?:[ ()/-]{0,2}\d){5,13}\W{0,3}$")
_ATTACHMENT = re.compile(
    r"(?i)(?:^|[\s(\[.,（【-])(?:pdf|docx?|xlsx?|pptx?|od[ts]|rtf|zip|jpe?g|png|hwpx?)\b(?:[^.!?。]|\.\d){0,30}$|"
    r"[(（\[]\s?\d[\d.,]* ?[KMkm](?:[Bb]|o)\s?[)）\]]$"
)
_FOR_PRESS = re.compile(
    r"(?i)\b(?:press (?:officer|secretary)|spokes(?:person|man|woman)|pressesprecher(?:in)?|"
    r"attachée? de presse|porte-parole|portavoz|porta-voz|portavoce|woordvoerder|persvoorlichter|"
    r"pressekonsulent|pressesjef|presschef|pressekreterare|tiskov[áýé] mluvčí|hovor(?:ca|kyňa)|"
    r"rzeczni(?:k|czka) prasow[ya]|sajtófőnök|szóvivő|purtător(?:ul)? de cuvânt|"
    r"glasnogovorni[kc]a?|пресс-секретарь|прес-секретар|говорител|портпарол|"
    r"spaudos atstovas|pressiesindaja|sözcüsü|"
    r"(?:press|media|communications) (?:office|service|unit|cent(?:er|re))|presse(?:stelle|"
    r"tjeneste\w*|avdeling\w*)|presstjänst\w*|presseamt|service (?:de )?presse|ufficio stampa|"
    r"(?:oficina|gabinete|departamento) de (?:prensa|imprensa|comunicaci[óo]n|comunicação)|"
    r"assessoria de (?:imprensa|comunicação)|persdienst|прес+-?служб\w*|прес+-?цент\w*|"
    r"γραφείο(?:υ)? τύπου|sajtó(?:osztály|iroda|szolgálat)\w*|birou(?:l)? de presă|biuro prasowe|"
    r"tiskové oddělení|tlačov\w+ (?:odbor|oddelenie)|humas|basın (?:merkezi|bürosu|müşavirliği)|"
    r"ban biên tập|pressi(?:osakond|teenistus)|viestintäyksikkö|روابط عمومی|المكتب الإعلامي|"
    r"communications? department|abteilung kommunikation|amt für kommunikation|"
    r"komunikacijos skyri\w+|ufficio comunicazione|direction de la communication|odbor komunik\w+|"
    r"(?:biuro|wydział) komunikacji|"
    r"služb\w+ za odnose s javnošću|kommunikatsiooni\w+|viestintä(?:osasto|palvelut)|"
    r"informationsenheten|kommunikationsavdelning\w*|halkla ilişkiler|"
    r"المركز الإعلامي)"
)
"""What those are called who speak to the press, and their offices: beside a name, in a short line
that is no sentence, such a word is no text."""
_SHARES = re.compile(
    r"(?i)^(?:share(?! (?:of|in|prices?|capital)\b)|compart[aei]\w*|"
    r"partag\w+(?! d[eu'’])|partilh\w+|dijeli\w*|teilen|condivid\w+|podel\w*|podijeli\w*|"
    r"sdíl\w+|zdieľa\w+|udostępni\w*|megoszt\w*|distribui\w*|сподел\w+|подел\w+|поділи\w+|κοινοποί\w+|"
    r"paylaş\w*|bagikan|kongsi|chia sẻ|แชร์|dalīties|dalintis|бөлісу|გაზიარება|شارك|"
    r"اشتراک|שיתוף|שתפו?|გააზიარ\w*|deel (?:dit|deze|via|op)|dela (?:på|via|sidan|artikeln)|"
    r"del (?:på|siden|artiklen|artikkelen)|jaa (?:sivu|artikkeli|tämä)|jaga|dalies|padal\w+|"
    r"pasidal\w+|साझा|शेयर|শেয়ার|分享|转发|轉發|シェア|공유)(?!\w)[^.!?:]{0,30}$"
)
"""A line that begins with a word for sharing and is no sentence."""
_COUNTED = re.compile(
    r"(?i)^(?=[^:：]{0,30}(?:view|visit|hits|read|shar|download|просмотр|показ|прочит|زيار|قراء|перегляд|преглед|lượt|xem|dibaca|paparan|"
    r"přečten|zobrazen|odsłon|wyświetl|megtek|prikaz|pregled|vizualiz|accesări|peržiūr|skatīj|okunma|"
    r"görüntül|προβολ|εμφανίσ|visning|visits|צפי|شاهده|"
    r"dilihat|visualiza|visita|vues|lectures|aufrufe|浏览|瀏覽|点击|點擊|点阅|閱覽|閲覧|조회|مشاهد|بازدید|アクセス数|访客|คนอ่าน|ผู้เข้าชม|ผู้ชม|ครั้ง))"
    r"[^.!?:：\d]{2,30}(?:[:：]\s*|\s)\d[\d.,\s]*+(?:\S{1,8})?$"
)
"""A label and a number (`Views: 1,204`)."""
_ROW = re.compile(r"[^|.!?]{2,60}(?: \| [^|!?]{2,60}){2,6}|[^\d(]{3,30}\(\d{1,3}\)")
"""Three values or more in a row (`Town | Press desk | Quay 1`), or a word and a count in brackets
(`Comments (2)`)."""
_DOWNLOADS = re.compile(
    r"(?i)^(?:download|herunterladen|télécharge[rz]|descarg(?:ar?|ue)|scarica(?:re)?|baix(?:ar|e)|"
    r"transferir|downloaden|ladda ner|last ned|lataa|pobierz|stáhn\w+|stiahn\w+|letölt\w*|"
    r"preuzm\w+|descărca\w*|скачать|завантажити|изтегл\w+|λήψη|κατεβάστε|indir|تحميل|تنزيل|הורד\w*|unduh|tải)\b"
    r"[^.!?:。]{0,70}$"
)
"""A line that begins with a word for downloading and is no sentence."""
_PAGE = re.compile(
    r"(?i)\b(?:(?:web)?page|website|seite|p[áa]gina|sivu\w*|stron\w+|strán\w+|stran\w*|site|sitio|sida\w*|"
    r"siden|lehekül\w+|lap[au]\w*|puslap\w+|pagină|oldal\w*|страниц\w*|сторінк\w*|страница\w*|σελίδα|"
    r"sayfa\w*|halaman|laman|informa[ctz]\w+|информац\w+|інформац\w+|contenido|contenu|artikel\w*|"
    r"article|conte[úu]do|helpful|hilfreich|gob\.\w+|efni\w*)\b|trang|本页|頁面|页面|ページ|페이지|الصفحة|"
    r"صفحه|הדף|העמוד|पृष्ठ|หน้า"
)
_NETWORK = re.compile(
    r"(?i)\b(?:facebook|twitter|linkedin|whatsapp|telegram|instagram|youtube|viber|vkontakte|pinterest|"
    r"reddit|messenger|mastodon|bluesky|xing|wechat|weibo)\b|微信|微博|페이스북"
)
_REUSE = (
    r"при (?:\w+ (?:или \w+ )?)?(?:использовании|перепечатке|цитировании|копировании) (?:\w+ )?"
    r"(?:материал|информаци|текст|новост)|при (?:\w+ )?(?:використанні|передрук\w*|цитуванні|"
    r"копіюванні) (?:\w+ )?(?:матеріал|інформаці|текст|новин)|(?:использование|перепечатка|"
    r"використання|передрук) матер[иі]ал|(?:la |toute )?reproduction (?:totale|partielle|"
    r"(?:is |est )?(?:authori|autoris|interdit|permitted|prohibited))|"
    r"(?:se (?:permite|autoriza|prohíbe)|queda prohibida) la reproducción|"
    r"é (?:permitida|autorizada|proibida) a reprodução|reprodução (?:autorizada|permitida)|"
    r"è (?:consentita|vietata) la riproduzione|riproduzione riservata|"
    r"nachdruck (?:erlaubt|nur|mit|bei|kostenlos|honorarfrei|gegen)|"
    r"(?:przedruk|kopiowanie) [^.]{0,40}(?:źródł|zgod|dozwol)|"
    r"preuzimanje (?:sadržaja|teks|materijala)|преузимање (?:садржаја|текс)|kaynak göster\w+|"
    r"dilarang (?:keras )?meng(?:ambil|copy|kutip|utip|opi)\w*|(?:đề nghị |vui lòng )?ghi rõ nguồn|"
    r"未经(?:本网|授权|许可|书面)|(?:轉載|转载)(?:请|請|时|須|需)|凡本网|凡注明|無断(?:転載|複製)|"
    r"무단 ?(?:전재|복제)|저작권자|(?:نقل|استفاده از|بازنشر) (?:مطالب|اخبار)"
)
"""How a sentence begins that says who may print a text anew."""
_RIGHTS = re.compile(
    r"(?i)[©ⓒ]|copyright ?(?:\(c\)|\d)|[版著]权所有|版權所有|all rights reserved|ICP备|공공누리|"
    r"를 전재하여|\bcreative commons\b|\blicen[cs]ed under (?:an?|the|cc|open)\b"
)
_OF_RIGHTS = ("©", "ⓒ", "copyright", "权所有", "權所有", "rights reserved", "icp备", "공공누리",
              "전재하여", "creative commons", "licen")  # fmt: skip
"""Words one of which each line has that `_RIGHTS` finds; looking for them costs little."""
_RIGHTS_FIRST = re.compile(
    rf"(?i)(?:{RIGHTS_RESERVED})|[^\w]*(?:(?:版权|特别|免责|郑重|本网)?[声聲]明[:：]\s?)?(?:{_REUSE})"
)
_INVITES = re.compile(
    r"(?i)^(?:subscribe|sign up|receive|get|tilmeld|få nyhe\w+|abonnieren|melden sie|erhalten sie|"
    r"inscrivez|abonnez|recevez|suscr[íi]b\w+|recib[ae]\w*|iscriv\w+|ricevi|assine|inscreva|receba|"
    r"subscreva|ontvang|meld u|schrijf u|abonneer|prenumerera|abonner|motta|tilaa|saat|zapisz|"
    r"otrzymuj|zasubskrybuj|přihla\w+|odebír\w+|prihlás\w+|iratkoz\w+|abonați|înscri\w+|prijavi\w+|"
    r"pretplati\w+|liitu|telli|pieraksti\w+|prenumeruok\w*|подпишитесь|подписывайтесь|получайте|"
    r"підпишіться|підписуйтес\w+|отримуйте|абонирайте|εγγραφείτε|abone|kaydol\w*|اشترك\w*|הירשמו|"
    r"הרשמו|berlangganan|dapatkan|đăng ký|nhận)\b.*?(?:newsletter|nieuwsbrief|nyhedsbrev|"
    r"nyhetsbrev|uutiskirj|zpravodaj|mailbox|inbox|indbakke|innboks|postfach|lettre d[’']info|"
    r"infolettre|bolet[íi][nm]|caixa de (?:correio|entrada)|skrzynk|schránk|hírlev|uudiskir|"
    r"naujienlaišk|рассылк|розсилк|бюлетин|ενημερωτικό|bülten|نشرة|ניוזלטר|buletin|bản tin)|"
    r"^(?:subscribe|abonnieren|abonnez|suscr[íi]b\w+|iscriv\w+|inscreva|berlangganan|đăng ký|"
    r"подпишитесь|подписывайтесь|підпишіться|підписуйтес\w+|اشترك\w*)\b.*?"
    r"(?:channel|kanal|canal|chaîne|kênh|канал|قنا)|"
    r"^(?!.*@)(?:(?:follow|like) .{2,60} on|visit (?:our|us on|the \w+)) (?:twitter|facebook|"
    r"instagram|linkedin|youtube)\b|"
    r"^(?:follow us|stay connected|connect with us|folgen sie uns|suivez-nous|retrouvez-nous|"
    r"s[íi]g[ua]e?nos|seguici|seguiteci|sigam?-nos|acompanhe-nos|volg ons|följ oss|følg oss?|"
    r"seuraa meitä|śledź nas|obserwuj nas|sledujte n[áa]s|kövess\w* minket|urmăriți-ne|pratite nas|"
    r"spremljajte nas|jälgi meid|seko mums|sekite mus|следите за нами|слідкуйте за нами|"
    r"последвайте ни|пратите нас|ακολουθήστε μας|bizi takip ed\w+|تابعونا|תעקבו|עקבו אחרינו|"
    r"ikuti kami|theo dõi chúng tôi|关注我们|關注我們)(?!\w)(?!.*@)"
)
"""A sentence that asks to subscribe to a newsletter or a channel."""
_PAYWALL = re.compile(
    r"(?i)^(?:この記事は(?:有料|会員)|(?:to )?continue reading\b|"
    r"you have \d+ (?:free )?articles? left|"
    r"this (?:article|content|story) is (?:only |exclusively )?(?:for|available to) (?:\w+ )?"
    r"(?:subscribers|members)|subscribe (?:now )?to (?:continue|read|keep)\b|"
    r"(?:cet article|ce contenu|article|contenu) (?:est )?réservée? (?:à nos|aux) abonn|"
    r"il vous reste [\d.,]+ ?% de cet article|lisez la suite\b|"
    r"(?:este |esta )?(?:contenido|noticia|artículo) (?:es )?(?:sol[oa] |exclusiv[oa] )?para "
    r"(?:los )?suscriptores|(?:este )?conteúdo (?:é )?exclusivo para assinantes|"
    r"(?:questo )?(?:articolo|contenuto) (?:è )?riservato agli abbonati|"
    r"(?:dieser|diesen) (?:artikel|inhalt) (?:ist|lesen sie) (?:nur |exklusiv )|"
    r"sie möchten weiterlesen|weiterlesen mit\b|dit artikel is (?:alleen )?(?:exclusief )?voor "
    r"(?:onze )?abonnees|(?:artykuł|materiał) (?:dostępny )?(?:tylko )?dla (?:subskrybentów|"
    r"prenumeratorów)|материал доступен (?:только )?(?:подписчикам|по подписке))|"
    r"残り\s?[\d,]+\s?文字|(?:有料|無料)会員(?:に|限定).{0,12}(?:続き|読)"
)
"""What stands where the rest of an article is for those who pay."""
_TIPS = re.compile(
    r"(?i)^(?:(?:do you have|have you got|got) (?:a |any )?(?:news )?(?:story|tip|question|comment)"
    r"|(?:haben sie|hast du) (?:einen? |noch )?(?:\w+ )?(?:hinweis|tipp|anregung|frage)|"
    r"(?:heeft u|heb je|heb jij) (?:een )?(?:\w+ )?(?:tip|opmerking|vraag|nieuws)|"
    r"(?:avez-vous|vous avez) (?:une |un )?(?:info|information|témoignage|question)|"
    r"¿?tienes? (?:una |un )?(?:historia|noticia|pista|información)|"
    r"(?:tem|tens) (?:uma )?(?:história|dica|sugestão|notícia)|"
    r"hai (?:una )?(?:segnalazione|notizia|storia)|"
    r"masz (?:\w+ )?(?:temat|informacj|sprawę|news)|máte (?:pro nás |pre nás )?(?:\w+ )?tip|"
    r"har du (?:et |ett |en )?(?:tips?|fråga|spørgsmål|nyhe[dt]stips)|"
    r"(?:у вас )?есть (?:новость|тема|интересн)|(?:маєте|є) (?:новин|тем|цікав))"
    r"[^.!]{0,50}\?.{0,20}\b(?:mail|contact|kontakt\w*|write|tell|call|whatsapp|schreib\w*|melde\w*|"
    r"app|bel|stuur|écri\w+|envoy\w+|appel\w+|escr\w+|env[íi]a\w*|llama\w*|scriv\w+|invia\w*|"
    r"napi[sš]\w*|dzwoń|zadzwoń|pošl\w+|skriv\w*|tips|пиш\w+|напиш\w+|присыла\w+|надішл\w+|e-mail)\b"
)
"""What asks readers whether they know of a story, and says how to tell it."""
_PAGER = re.compile(
    r"(?i)(?=.{0,40}[^\W\d_])(?:(?:\d{1,3}|[首上下尾末]一?[页頁]|次へ|前へ|다음|이전|next|prev(?:ious)?|"
    r"suivante?|siguiente|weiter|próxim[ao]|[»›«‹]{1,2})(?:\s|$)\s?){2,12}"
)
"""Numbers of pages with the word for the next one (`1 2 Next`)."""
_SURVEYS = re.compile(
    r"(?i)^(?:(?:please )?(?:take|complete|answer|fill (?:in|out)) (?:our|this|the) (?:\w+ ){0,3}"
    r"(?:survey|questionnaire)|nehmen sie an (?:unserer|der|einer) \w*umfrage|"
    r"(?:répondez|participez) à (?:notre|l['’]) ?(?:\w+ )?(?:enquête|questionnaire|sondage)|"
    r"(?:contest[ae]|respond[ae]|complet[ae]|particip[ae] en) (?:a )?(?:nuestra|esta|la) encuesta|"
    r"respond[ae] (?:à|a) (?:nossa |esta )?pesquisa|"
    r"(?:compila|rispondi a|partecipa a) (?:il|al|l['’]) ?(?:nostro )?(?:questionario|sondaggio))"
)
"""What asks the reader to answer a survey."""
_READER = re.compile(
    r"(?i)(?<![a-z])(?:adobe (?:acrobat )?|acrobat )reader(?![a-z])|get\.adobe\.com|"
    r"\b(?:best|optimi[sz]ed) (?:if )?(?:viewed|for viewing) (?:with|in|at|by|using|on)\b|"
    r"\b(?:comments|questions|suggestions)\b[^.]{0,40}\bto (?:the |our )?web ?master\b"
)
"""What says how to open a file, or how to look at the site."""

_OWN_ADDRESS = re.compile(
    r"(?i)^(?:(?:this|the) (?:page|document|article|release)(?:['’]s)? "
    r"(?:is|was|can be|url|address)\b[^.]{0,60}|"
    r"(?:(?:source |page |short ?)?(?:url|link)|permalink|adres strony)\s?:\s*|"
    r"(?:diese (?:seite|meldung) (?:ist|finden sie)|cette page (?:est|se trouve)|"
    r"esta página (?:está|se encuentra))\b[^.]{0,60})https?://\S+$"
)
"""What says where the page itself is."""
_COMMENTS_OF = re.compile(
    r"(?i)^(?:(?:the|all|die|les|los|os|i) )?(?:comments?|kommentare?r?|commentaires?|comentarios|"
    r"comentários|commenti|reacties|komentarze|komentáře|комментарии|коментарі|коментарите|"
    r"yorumlar|კომენტარები|التعليقات|نظرات)\b"
    r"(?=.{0,80}(?:poster|author|auteur|autor|verfasser|quien|автор|yazar|ავტორ|أصحاب|نویسند))"
    r"(?=.{0,120}(?:owned by|responsib|responsab|propri|verantwort|odpowied|zodpov|ответствен|"
    r"відповідальн|отговор|sorumlu|პასუხს|مسؤول|مسئول)).{0,140}$"
)
"""What says that those who wrote the comments of readers answer for them."""

_OF_TEXTS_TOO = frozenset(
    ["image", "gallery", "photo gallery", "download", "email", "e-mail", "loading", "close",
     "return", "reply", "likes", "share", "shares", "listen", "telegram", "subir", "escuchar",
     "anterior"]
)  # fmt: skip
"""Phrases that are words of texts as well, as headings or in tables."""


def is_tail_line(line: str) -> bool:
    """Whether a line below the last sentence says something of the page, its files or whom to call,
    not of what the release tells."""
    if is_contact_line(line) or _says_whom_to_call(line) or is_way_to_call(line):
        return True
    if states_rights(line) or _READER.search(line) or invites(line):
        return True
    if _OWN_ADDRESS.match(line) or _COMMENTS_OF.match(line) or _is_address_of_body(line):
        return True
    if _ISSUED_BY.match(line) or _COUNTED.match(line) or asks_of_page(line):
        return True
    if (
        _PAGER.fullmatch(line)
        or _SHARES.match(line)
        or _DOWNLOADS.match(line)
        or _ROW.fullmatch(line)
    ):
        return True
    if is_phrase("page", line.rstrip("?？؟;")):
        return True
    return _announces(line) or is_for_press(line) or _is_tail_phrase(line)


def _is_address_of_body(line: str) -> bool:
    """Whether a line is a body's name with its address (`Harbour Office, Quay 3, Easthaven`)."""
    name, comma, rest = line.partition(",")
    if not comma or len(line) > MAX_ADDRESS or not _HOUSE.search(rest):
        return False
    return names_issuer(name) and not _is_told(rest)


def _is_told(rest: str) -> bool:
    """Whether words in a row without a capital tell something: those of an address are names."""
    return re.search(r"(?:(?<!\w)[^\W\d_A-ZÀ-Þ]\w+\s+){3}", rest) is not None


def is_surely_of_page(line: str) -> bool:
    """Whether a line speaks of the page itself wherever it stands: of sharing it, its visits, its
    last change, other stories, or whose the rights are."""
    bare = line.rstrip(" :：")
    if len(bare) >= MIN_PHRASE and is_phrase("sharing", bare):
        return bare.casefold() not in _OF_TEXTS_TOO
    if _SHARES.match(bare) or _COUNTED.match(line) or asks_of_page(line) or invites(line):
        return True
    return states_rights(line) or tells_change(line)


def heads_tags(line: str) -> bool:
    """Whether a line names what the release is tagged with (`Keywords: ports, ferries`)."""
    head, colon, _ = line.replace("：", ":").partition(":")
    return bool(colon) and is_phrase("tags", head)


def states_rights(line: str) -> bool:
    """Whether a line says whose the page is or under which licence."""
    if _RIGHTS_FIRST.match(line) is not None:
        return True
    small = line.lower()
    return any(map(small.__contains__, _OF_RIGHTS)) and _RIGHTS.search(line) is not None


def tells_rights(line: str) -> bool:
    """Whether a sentence says no more than under which licence, or how to open a file."""
    return len(line) <= MAX_RIGHTS and (states_rights(line) or _READER.search(line) is not None)


def invites(line: str) -> bool:
    """Whether a line invites to subscribe to a newsletter, a channel or the rest of the text, or to
    tell the desk what it should write about."""
    if len(line) > MAX_INVITATION:
        return False
    return any(each.search(line) is not None for each in (_INVITES, _PAYWALL, _TIPS))


def names_file(line: str) -> bool:
    """Whether a line ends with the kind of a file (`Report (PDF, 1 MB)`)."""
    return _ATTACHMENT.search(line) is not None


def names_network(line: str) -> bool:
    """Whether a line says no more than to share or follow on a network."""
    if len(line) > MAX_NETWORK or _NETWORK.search(line) is None:
        return False
    return re.search(r"^\d|@|[.!?。]$", line) is None


def _announces(line: str) -> bool:
    """Whether a line announces what does not follow (`Documents listed in this article:`)."""
    if width(line) > MAX_SHORT or not line.endswith((":", "：")):
        return False
    return _ARMENIAN.search(line) is None


def is_for_press(line: str) -> bool:
    """Whether a line is the name of somebody, or of an office, that speaks to the press."""
    line = line.removesuffix(" inf.")  # how texts in Lithuanian name who informs
    if len(line) > MAX_SHORT or SENTENCE_END.search(line) or _FOR_PRESS.search(line) is None:
        return False
    return not line.lstrip("(（[—–- ")[:1].islower()


def reaches(line: str) -> bool:
    """Whether a line that is no sentence names a mail address or a number to call."""
    short = len(line) <= 2 * MAX_DATE_LINE
    return short and _REACHED.search(line) is not None and not is_sentence(line)


def holds_way(text: str) -> bool:
    """Whether a text names a mail address or a number to call, anywhere."""
    return _REACHED.search(text) is not None or _ENDS_IN_NUMBER.search(text) is not None


def is_way_to_call(line: str) -> bool:
    """Whether a line is little more than a mail address or a number to call, or an address in the
    street with what is said to be one."""
    if len(line) > MAX_SHORT or SENTENCE_END.search(line):
        return False
    if _NUMBER.fullmatch(line):
        return True
    found = _REACHED.search(line)
    if found is None:
        return False
    near = found.start() <= MAX_CALLED // 2 and not line[0].isdigit()
    return near or found[0][0].isalpha()


def _says_whom_to_call(line: str) -> bool:
    """Whether a line says where to learn more, with an address or a number (`For more information,
    call 555 0100.`)."""
    if len(line) > MAX_CONTACT_LINE:
        return False
    head, mark, rest = line.replace("，", ",").replace("、", ",").partition(",")
    if mark and _REACHED.search(rest) is not None and is_phrase("contact", head):
        return True
    asks = " ".join(line.split()[:MAX_ASKING])
    return _ENDS_IN_NUMBER.search(line) is not None and is_phrase("contact", asks)


def _is_tail_phrase(line: str) -> bool:
    """Whether a line is a phrase for related news or sharing, alone or before a colon."""
    head, _, rest = line.replace("：", ":").partition(":")
    if is_phrase("related", line):
        return True
    found = is_phrase("related", head) or is_phrase("sharing", head)
    return bool(rest) and found and not is_sentence(line)


def asks_of_page(line: str) -> bool:
    """Whether a line asks what the reader thinks of the page (`Was this page helpful?`), or to
    answer a survey."""
    if width(line) <= MAX_INVITATION and _SURVEYS.match(line):
        return True
    asks = width(line) <= MAX_SHORT and line.rstrip().endswith(("?", "？", "؟"))
    return asks and not re.search(r"[.!。:：]\s", line) and _PAGE.search(line) is not None
