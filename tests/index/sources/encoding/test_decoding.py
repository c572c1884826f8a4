from __future__ import annotations

from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.encoding.decoding import decode

TEXTS = {
    "big5hkscs": "海港局今日（三月四日）宣布，新渡輪碼頭將於下月啟用，市民可於當日參觀。發言人說，工程已經完成。",
    "gb18030": "海港管理局今天宣布，新的渡轮码头将于下个月启用。发言人表示，这项工程已经完成，市民可以参观。",
    "cp932": "港湾局は本日、新しいフェリー乗り場を来月から使用すると発表しました。工事は完了しています。",
    "euc_jp": "港湾局は本日、新しいフェリー乗り場を来月から使用すると発表しました。工事は完了しています。",
    "cp949": "항만청은 오늘 새로운 여객선 부두를 다음 달부터 사용한다고 발표하였습니다. 공사는 이미 끝났습니다.",
    "cp1251": "Управление порта сообщило сегодня, что новый причал откроется в следующем месяце.",
    "koi8_u": "Управление порта сообщило сегодня, что новый причал откроется в следующем месяце.",
    "cp1253": "Η λιμενική αρχή ανακοίνωσε σήμερα ότι η νέα προβλήτα θα ανοίξει τον επόμενο μήνα.",
    "cp1255": "רשות הנמל הודיעה היום כי הרציף החדש ייפתח בחודש הבא",
    "cp1256": "أعلنت هيئة الميناء اليوم أن الرصيف الجديد سيفتح في الشهر المقبل",
    "cp874": "การท่าเรือประกาศวันนี้ว่าท่าเรือใหม่จะเปิดใช้งานในเดือนหน้า",
    "cp1252": "Die Hafenbehörde erklärte: „Der größere Anleger wird im nächsten Monat eröffnet“ – früher.",
    "cp1250": "Zarząd portu ogłosił, że nowe nabrzeże będzie można oglądać już w środę. Również później.",
}


@pytest.mark.parametrize("codec", TEXTS)
@pytest.mark.parametrize("times", [1, 40])
def test_an_undeclared_encoding_is_found(codec: str, times: int) -> None:
    text = TEXTS[codec] * times
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", TEXTS)
@pytest.mark.parametrize(
    "wrong", ["big5", "gb2312", "iso-8859-1", "shift_jis", "utf-8", "nonsense"]
)
def test_a_wrong_declaration_does_not_win(codec: str, wrong: str) -> None:
    text = TEXTS[codec] * 4
    assert decode(text.encode(codec), wrong).text == text


def test_a_wrong_declaration_is_noted() -> None:
    note = decode(TEXTS["big5hkscs"].encode("big5hkscs"), "iso-8859-1").note
    assert note is not None
    assert "iso-8859-1" in note
    assert "big5hkscs" in note


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp437", "Die Hafenbehörde prüft, ob größere Fähren am Steg über Nacht anlegen dürfen."),
        ("cp850", "A autoridade do porto não vê razões para a suspensão das operações."),
        ("cp437", "L'autorité du port a déjà prévenu les pêcheurs, à Brennmoor comme à Lowmoor."),
        ("cp852", "Zarząd portu ogłosił, że nowe nabrzeże będzie można oglądać już w środę."),
    ],
)
def test_the_code_pages_of_dos(codec: str, text: str, times: int) -> None:
    assert decode((text * times).encode(codec)).text == text * times


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    "text",
    [
        "Přístavní správa oznámila, že nové molo se otevře příští měsíc a že práce skončily.",
        "A kikötő hatósága közölte, hogy az új móló a jövő hónapban nyílik meg a hajók előtt.",
        "Lučka uprava je objavila da se novi gat otvara sljedeći mjesec, a radovi su završeni.",
        "Prístavný úrad oznámil, že nové mólo sa otvorí budúci mesiac a práce sa skončili.",
    ],
)
def test_a_code_page_that_reads_like_another_is_told_by_the_language(text: str, times: int) -> None:
    assert decode((text * times).encode("cp1250")).text == text * times


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    "text",
    [
        "Le port d’Évry-sur-Lac rouvrira dès l’été, annonce la préfecture, après les travaux.",
        "Die Hafenbehörde prüft, ob größere Fähren am Steg über Nacht anlegen dürfen.",
    ],
)
def test_the_encoding_of_old_macintoshes(text: str, times: int) -> None:
    assert decode((text * times).encode("mac_roman")).text == text * times


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    assert decode("Größe 港".encode(codec), "cp1252").text == "Größe 港"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark(codec: str) -> None:
    text = "A new pier opens in March."
    assert decode(text.encode(codec)).text == text


def test_utf8_wins_over_a_declared_code_page() -> None:
    assert decode("<meta charset=windows-1252>Größe".encode()).text.endswith("Größe")


def test_iso_2022_jp_is_seven_bits_and_no_ascii() -> None:
    text = TEXTS["cp932"]
    assert decode(text.encode("iso2022_jp")).text == text


def test_declarations_inside_documents_are_read() -> None:
    for head in ('<meta charset="koi8-r">', '<?xml version="1.0" encoding="KOI8-R"?>'):
        data = (head + "порт").encode("koi8-r")
        assert decode(data).text == head + "порт"


def test_the_language_of_a_page_chooses_between_latin_code_pages() -> None:
    text = '<html lang="tr">Liman müdürlüğü bugün açıkladı'
    assert decode(text.encode("cp1254")).text == text


def test_a_paragraph_in_another_encoding_spoils_no_short_text() -> None:
    text = "L’été à Hale: le café rouvre, l’école aussi, dès la fête.\n"
    found = decode(text.encode() + "Précision: marché fermé.\n".encode("cp1252"))
    assert found.text == text + "Précision: marché fermé.\n"
    assert found.note == "3 bytes were not valid UTF-8 and read as windows-1252"


def test_a_few_stray_bytes_do_not_make_utf8_something_else() -> None:
    data = ("Größe, Fähre und Brücke. " * 20).encode() + b"\x93quoted\x94"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("“quoted”")
    assert decoded.note is not None
    assert "2 bytes" in decoded.note


def misread(text: str, codec: str = "cp1252") -> str:
    """The text as somebody gets it who takes its UTF-8 for a code page."""
    undefined = b"\x81\x8d\x8f\x90\x9d"
    return "".join(
        chr(byte) if codec == "latin-1" or byte in undefined else bytes([byte]).decode(codec)
        for byte in text.encode()
    )


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text", ["The Minister’s “pier” – café", "größer", TEXTS["cp1251"], TEXTS["big5hkscs"]]
)
@pytest.mark.parametrize("rounds", [1, 2])
def test_double_encoded_text_is_mended(text: str, codec: str, rounds: int) -> None:
    damaged = text
    for _ in range(rounds):
        damaged = misread(damaged, codec)
    decoded = decode(damaged.encode())
    assert decoded.text == text
    assert decoded.note is not None


def test_only_the_damaged_places_are_mended() -> None:
    mixed = "Größe and " + misread("it’s") + " — fine"
    assert decode(mixed.encode()).text == "Größe and it’s — fine"


@pytest.mark.parametrize("text", ["CAFÉ» dit-il", "IRMÃ\u00a0DE", "ÉLÉVE À", "naïve"])
def test_text_that_only_resembles_damage_stays(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text
    assert decoded.note is None


def test_damage_beyond_repair_is_reported() -> None:
    note = decode("the Ministerâ€? said".encode()).note
    assert note is not None
    assert "double-encoded" in note


def test_big5_that_was_saved_as_latin_is_mended() -> None:
    text = ("　　" + TEXTS["big5hkscs"]) * 3
    saved = text.encode("big5hkscs").decode("latin-1").encode()
    decoded = decode(saved)
    assert decoded.text == text
    assert decoded.note is not None


@pytest.mark.parametrize(
    "declared", sorted({*aliases.values(), "undefined", "idna", "unicode_escape"})
)
def test_any_codec_of_python_may_be_declared(declared: str) -> None:
    assert decode(b"\x80 caf\xe9 \xff", declared).text


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=20)))
def test_it_never_raises(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared)
    decoded.text.encode("utf-8")
    assert decoded.encoding


@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cs", "Cc"]), max_size=80))
def test_utf8_of_european_words_is_kept_or_said_to_be_mended(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.removeprefix("\ufeff") or decoded.note


@pytest.mark.parametrize("codec", ["cp1252", "cp1250"])
def test_long_text_with_accents_is_no_misread_chinese(codec: str) -> None:
    text = (TEXTS[codec] + " Élève, où déjà été; größer, früher, Äußerung. ") * 20
    text = text if codec == "cp1252" else TEXTS[codec] * 20
    decoded = decode(text.encode())
    assert decoded.text == text
    assert decoded.note is None
