"""Languages by script, commonest words and model; what is declared, and what belies it."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import language_detection
from index.text.language_detection import (
    SAMPLE,
    UNKNOWN,
    by_common_words,
    detect,
    is_clearly_english,
    language_of,
)

TEXTS = {
    "bg": "Пристанищната служба отвори в петък кея след девет седмици ремонт, каза директорът.",
    "sr": "Лучка служба је у петак поново отворила кеј после девет недеља радова, рекао је директор.",
    "uk": "Портова служба відкрила у п'ятницю причал після дев'яти тижнів ремонту, сказав директор.",
    "be": "Партовая служба адкрыла ў пятніцу прычал пасля дзевяці тыдняў рамонту, сказаў дырэктар.",
    "mk": "Пристанишната служба во петокот повторно го отвори кејот по девет недели поправки.",
    "ur": "بندرگاہ کے دفتر نے نو ہفتوں کی مرمت کے بعد جمعہ کو گھاٹ دوبارہ کھول دیا، ڈائریکٹر نے کہا۔",
    "fa": "اداره بندر روز جمعه اسکله را پس از نه هفته تعمیر دوباره باز کرد، مدیر گفت.",
    "ar": "أعاد مكتب الميناء فتح الرصيف يوم الجمعة بعد تسعة أسابيع من الإصلاح، بحسب المدير.",
    "ms": "Pejabat pelabuhan membuka semula jeti itu pada hari Jumaat selepas sembilan minggu dibaiki.",
    "ca": "L'oficina del port va tornar a obrir divendres el moll després de nou setmanes d'obres.",
    "sk": "Prístavný úrad v piatok po deviatich týždňoch opráv znovu otvoril mólo, povedal riaditeľ.",
    "cs": "Přístavní úřad v pátek po devíti týdnech oprav znovu otevřel molo, řekl ředitel.",
    "pl": "Urząd portowy w piątek po dziewięciu tygodniach napraw ponownie otworzył molo.",
    "hu": "A kikötői hivatal pénteken kilenc hét javítás után újra megnyitotta a mólót.",
    "fi": "Satamavirasto avasi laiturin uudelleen perjantaina yhdeksän viikon korjausten jälkeen.",
    "et": "Sadamaamet avas reedel kai uuesti pärast üheksa nädalat kestnud remonti, ütles juhataja.",
    "lv": "Ostas pārvalde piektdien pēc deviņu nedēļu remonta atkal atvēra piestātni.",
    "lt": "Uosto tarnyba penktadienį po devynių savaičių remonto vėl atidarė prieplauką.",
    "sl": "Pristaniški urad je v petek po devetih tednih popravil znova odprl pomol.",
    "ro": "Biroul portului a redeschis vineri cheiul după nouă săptămâni de reparații.",
    "sv": "Hamnkontoret öppnade kajen igen på fredagen efter nio veckors reparationer.",
    "no": "Havnekontoret åpnet kaia igjen på fredag etter ni uker med reparasjoner, sa direktøren.",
    "tr": "Liman dairesi dokuz hafta süren onarımın ardından iskeleyi cuma günü yeniden açtı.",
    "hi": "बंदरगाह कार्यालय ने नौ सप्ताह की मरम्मत के बाद शुक्रवार को घाट फिर से खोल दिया।",
    "bn": "বন্দর কার্যালয় নয় সপ্তাহ মেরামতের পর শুক্রবার ঘাট আবার খুলেছে, পরিচালক বলেছেন।",
    "ta": "ஒன்பது வார பழுதுபார்ப்புக்குப் பிறகு துறைமுக அலுவலகம் வெள்ளிக்கிழமை படகுத்துறையைத் திறந்தது.",
    "hy": "Նավահանգստի գրասենյակը ուրբաթ օրը վերաբացեց նավամատույցը ինը շաբաթ վերանորոգումից հետո։",
    "ka": "ნავსადგურის სამსახურმა პარასკევს ნავმისადგომი ცხრაკვირიანი შეკეთების შემდეგ გახსნა.",
    "sw": "Ofisi ya bandari ilifungua tena gati siku ya Ijumaa baada ya wiki tisa za matengenezo.",
    "vi": "Văn phòng cảng đã mở lại bến tàu vào thứ Sáu sau chín tuần sửa chữa, giám đốc cho biết.",
    "ga": "D'oscail oifig an chuain an ché arís Dé hAoine tar éis naoi seachtaine deisiúcháin.",
    "cy": "Ailagorodd swyddfa'r harbwr y pier ddydd Gwener ar ôl naw wythnos o waith atgyweirio.",
}
ENGLISH = "The harbour was closed to all boats by the board, and it will be open in the morning."
HANT = "港務局於週五重開東面碼頭，渡輪將於週一恢復停靠，局長對記者說，維修歷時九個星期，票價與從前無異。"
HANS = "港务局于周五重开东面码头，渡轮将于周一恢复停靠，局长对记者说，维修历时九个星期，票价与从前无异。"
JAPANESE = (
    "港湾局は金曜日、九週間の修理を終えて東桟橋を再開したと発表した。船は月曜日から発着する。"
)
KOREAN = "항만청은 금요일 9주간의 수리를 마치고 부두를 다시 열었다고 밝혔다. 여객선은 월요일부터 운항한다."


SHORT = {
    "en": ENGLISH,
    "de": "Der Hafen ist für alle Boote gesperrt und wird am Morgen von der Behörde geöffnet.",
    "fr": "Le port est fermé pour les bateaux et il sera ouvert dans la matinée par les autorités.",
    "it": "Il porto è chiuso per le barche e non sarà aperto nella mattina del giorno.",
    "es": "El puerto está cerrado para los barcos y no se abre hasta que lo diga la autoridad.",
    "pt": "O porto está fechado para os barcos e não se abre até que a autoridade o diga em um dia.",
    "nl": "De haven is gesloten voor het verkeer en wordt door de overheid niet geopend.",
    "zh-Hant": "政府今日宣布，漁護署將於十一月開放碼頭，歡迎市民參觀，並設有講座與展覽。",
    "zh-Hans": "政府今日宣布，渔护署将于十一月开放码头，欢迎市民参观，并设有讲座与展览。",
    "ja": "港湾局は本日、すべての船について港を閉鎖すると発表しました。",
    "ko": "항만청은 오늘 모든 선박의 출입을 금지한다고 발표했다.",
    "ru": "Порт закрыт для всех судов до утра.",
    "uk": "Порт закрито для всіх суден до ранку, повідомили в її адміністрації.",
    "el": "Το λιμάνι έκλεισε για όλα τα πλοία.",
    "ar": "أغلق الميناء أمام جميع السفن حتى الصباح.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_detected(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("language", ["bg", "ur", "cs", "hu", "sv", "tr", "hi", "ta", "sw", "vi"])
def test_a_contrary_text_beats_what_is_declared(language: str) -> None:
    assert language_of("en-US", TEXTS[language]) == language
    assert language_of(language, f"{ENGLISH} {ENGLISH}") == "en"


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("uk", "Порт закрыт", "uk"),  # too little to belie anything
        ("ru", TEXTS["uk"], "ru"),  # neighbours: a sentence is too little
        ("ru", f"{TEXTS['uk']} " * 3, "uk"),
        ("es", f"{TEXTS['ca']} " * 3, "ca"),
        ("id", f"{TEXTS['ms']} " * 3, "id"),  # the same words
        ("hr", TEXTS["sl"], "hr"),
        ("nb-NO", TEXTS["no"], "no"),
        ("nn", TEXTS["no"], "no"),
        ("no", TEXTS["no"], "no"),
        (None, TEXTS["no"], "no"),
        ("iw", "", "he"),
        ("de", "2024", "de"),
        (None, "2024 — 3.5 %", "und"),
        ("zh-TW", HANS, "zh-Hans"),
        ("zh-CN", HANT, "zh-Hant"),
        ("zh-CN", f"“{HANT[:12]}”，{HANS}", "zh-Hans"),  # a quotation in the other script
        ("zh-Hant", HANT, "zh-Hant"),
        ("zh-TW", JAPANESE, "ja"),
        ("ja", KOREAN, "ko"),
        ("ko", HANT * 3, "zh-Hant"),
        ("ja", "東京港湾局発表", "ja"),
    ],
)
def test_declared_and_written(stated: str | None, text: str, expected: str) -> None:
    assert language_of(stated, text) == expected


@pytest.mark.parametrize("language", SHORT)
def test_a_sentence_is_enough(language: str) -> None:
    assert detect(SHORT[language]) == language


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("EN_us", ENGLISH, "en"),
        ("english", ENGLISH, "en"),
        ("zh-HK", SHORT["zh-Hant"], "zh-Hant"),
        ("zh-Hant-HK", SHORT["zh-Hant"], "zh-Hant"),
        ("zh-cn", SHORT["zh-Hans"], "zh-Hans"),
        ("zh", SHORT["zh-Hans"], "zh-Hans"),
        ("zh", SHORT["zh-Hant"], "zh-Hant"),
        ("en", SHORT["zh-Hant"], "zh-Hant"),
        ("zh-Hant", ENGLISH, "en"),
        ("rm", "Il port è serrà.", "rm"),
        ("not a language", ENGLISH, "en"),
        ("und", ENGLISH, "en"),
        (None, "Budget 2024", "und"),
        (None, "", "und"),
    ],
)
def test_stated_unless_the_text_belies_it(stated: str | None, text: str, expected: str) -> None:
    assert language_of(stated, text) == expected


def test_a_chinese_name_does_not_make_a_page_chinese() -> None:
    assert detect(ENGLISH + " The tea is sold as 茶葉.") == "en"


def test_english_and_chinese_need_no_model() -> None:
    code = (
        "import sys; from index.text.language_detection import detect, language_of\n"
        f"assert detect({ENGLISH!r}) == language_of('en', {ENGLISH!r}) == 'en'\n"
        "assert detect('政府今日宣布，漁護署將於十一月開放碼頭') == 'zh-Hant'\n"
        "assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_text_that_is_english_at_one_end_is_looked_at_as_a_whole() -> None:
    french = (
        "Le bureau du port a rouvert le quai vendredi, et les bateaux sont revenus dans la baie. "
        "La direction a dit que les travaux ont duré neuf semaines et que le prix est le même. "
    )
    assert detect(ENGLISH * 2 + french * 6) == detect(french * 6 + ENGLISH * 4) == "fr"
    assert detect(ENGLISH + french * 6 + ENGLISH) == "fr"
    assert language_of("en", ENGLISH * 2 + french * 12) == "fr"


@pytest.mark.parametrize("other", [*TEXTS.values(), "Motor Vessel Kestrel. "])
def test_what_is_seen_at_the_ends_of_a_text_is_what_all_of_it_says(other: str) -> None:
    for english, others in itertools.product(range(9), repeat=2):
        parts = [*[ENGLISH] * english, *[other] * others]
        for text in (" ".join(parts)[:SAMPLE], " ".join(reversed(parts))[:SAMPLE]):
            if is_clearly_english(text):
                assert by_common_words(text) == "en"


COMMON = {
    tag: frozenset(words.split())
    for tag, words in json.loads(
        Path(language_detection.__file__).with_name("common_words.json").read_text("utf-8")
    ).items()
}
WORDS = [*sorted(set().union(*COMMON.values())), "pier"]


@given(st.lists(st.sampled_from([*WORDS, *sorted(COMMON["en"]) * 12]), max_size=40))
def test_a_text_is_in_the_language_that_has_most_of_its_words(words: list[str]) -> None:
    counts = {tag: sum(each in common for each in words) for tag, common in COMMON.items()}
    most = max(counts.values())
    leading = [tag for tag, count in counts.items() if count == most]
    told = len(leading) == 1 and most >= 2 and most * 12 >= len(words)
    assert by_common_words(" ".join(words)) == (leading[0] if told else UNKNOWN)


@pytest.mark.parametrize(
    "headline",
    [
        "S funds votes BOARD Makes Pier Plan repair",
        "PRESS RELEASE BOARD S FERRY BILL votes repair funds",
        "BILL Committee S repair FERRY S PHOTO APPROVES",
    ],
)
def test_the_blanks_of_a_layout_say_nothing_of_a_language(headline: str) -> None:
    """Such a page of a senator's was Czech: of what the model looks at most was blank."""
    text = f"{headline}\n{headline}{' ' * 700}Press Release  September 27  2006{' ' * 700}"
    text += "the board of the harbour said that all of it will be repaired"
    assert detect(text) == detect(" ".join(text.split())) == "en"
