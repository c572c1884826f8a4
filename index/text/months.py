"""Month names and Chinese numerals: what a text calls a day of the year."""

from __future__ import annotations

import re

_NAMES = {
    "en": "january february march april may june july august september october november december",
    "en-short": "jan feb mar apr - jun jul aug sep oct nov dec",
    "en-longer-short": "- - - - - - - - sept - - -",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}

_ACCENTS = str.maketrans("äéûç", "aeuc")

MONTHS: dict[str, int] = {
    form: number
    for names in _NAMES.values()
    for number, name in enumerate(names.split(), start=1)
    if name != "-"
    for form in (name, name.translate(_ACCENTS))
}
"""Lower-case month names and abbreviations, with and without accents, to 1..12."""

# Folded as `index.text.analysis.fold` does. They stand apart from `MONTHS` because some are
# everyday words (Portuguese "out", Czech "unor"): they mean months in a line that is a date, not
# in prose.
_MORE_NAMES = {
    "de-short": "jan feb mrz apr - jun jul aug sept okt nov dez",
    "de-old": "janner feber maerz - - - - - - - - -",
    "fr-short": "janv fevr - avr - - juil - - - - -",
    "es-short": "ene feb - abr - - - ago set - - dic",
    "es-other": "- - - - - - - - setiembre - - -",
    "it-short": "gen - - - mag giu lug - set ott - -",
    "pt-short": "- fev - - - - - - - out - dez",
    "nl-short": "- - mrt - mei - - - - okt - -",
    "ca": "gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie "
    "noiembrie decembrie",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "et": "jaanuar veebruar marts aprill mai juuni juuli august september oktoober november "
    "detsember",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika "
    "listopada grudnia",
    "cs": "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
    "sk": "januara februara marca aprila maja juna jula augusta septembra oktobra novembra "
    "decembra",
    "id-short": "- - - - - - - agu - okt - des",
    "ar": "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "ar-levant": "- شباط اذار نيسان ايار حزيران تموز اب ايلول - - -",
    "ar-maghreb": "جانفي فيفري - افريل ماي جوان جويلية اوت شتنبر - نونبر دجنبر",
    "ar-morocco": "- - - - - - يوليوز غشت - - - -",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "th-short": "ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค",
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "hi-other": "- - - - - - - - सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "hu": "januar februar marcius aprilis majus junius julius augusztus szeptember oktober "
    "november december",
    "tr": "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru-plain": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка "
    "лістапада снежня",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "el": "ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου "
    "οκτωβριου νοεμβριου δεκεμβριου",
}

_TWO_WORDS = {
    "كانون الثاني": 1, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الاول": 12,
}  # fmt: skip
"""Arabic names of the Levant that are two words, folded."""

MONTHS_IN_DATES: dict[str, int] = {
    **_TWO_WORDS,
    **{
        name: number
        for names in _MORE_NAMES.values()
        for number, name in enumerate(names.split(), start=1)
        if name != "-"
    },
    **MONTHS,
}
"""`MONTHS`, more languages and short forms: for strings known to be dates, folded."""

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z")
_NUMERAL = "[○〇零一二三四五六七八九十廿卅]"
FOLDED_NUMERAL = "[零一二三四五六七八九十廿卅两]"
"""Regular expression of a character of a Chinese numeral in folded text."""
CHINESE_DAY = re.compile(
    rf"(?P<month>(?<!\d)\d{{1,2}}|{_NUMERAL}{{1,2}})\s?月\s?"
    rf"(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})\s?[日號号]"
)
"""A month with a day as Chinese writes it, in Chinese numerals or Arabic ones of any width.

Whether the year has such a day is for `chinese_day_term` to say.
"""

_DIGITS = {
    **dict.fromkeys("○〇零", 0),
    **{char: i for i, char in enumerate("一二三四五六七八九", 1)},
}
_DIGITS["兩"] = _DIGITS["两"] = 2
_TENS = {"十": 10, "廿": 20, "卅": 30}


def chinese_number(text: str) -> int | None:
    """The value of a numeral up to 99 (`二十六`) or of a string of digits (`二○二五`), else None.

    Arabic digits, of any width, are read too.
    """
    if text.isdecimal():
        return int(text)
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    match = re.fullmatch(r"([一二三四五六七八九兩两]?)([十廿卅])([一二三四五六七八九]?)", text)
    if match is None or (match[1] and match[2] != "十"):
        return None
    tens = _TENS[match[2]] * (_DIGITS[match[1]] if match[1] else 1)
    return tens + (_DIGITS[match[3]] if match[3] else 0)


def day_term(first: str, second: str) -> str | None:
    """`--MM-DD` if two neighbouring folded words name a day (`november`, `26th`), else None."""
    if first in MONTHS:
        return _term(MONTHS[first], second)
    if second in MONTHS:
        return _term(MONTHS[second], first)
    return None


def chinese_day_term(match: re.Match[str]) -> str | None:
    """`--MM-DD` for a match of `CHINESE_DAY` that is a day of the year, else None."""
    month, day = chinese_number(match["month"]), chinese_number(match["day"])
    return day_of_year(month, day) if month and day else None


def day_of_year(month: int, day: int) -> str | None:
    """`--MM-DD`, the ISO 8601 form of a day without a year, or None if no year has that day."""
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if 1 <= month <= 12 and 1 <= day <= longest[month - 1]:
        return f"--{month:02}-{day:02}"
    return None


def _term(month: int, day: str) -> str | None:
    match = _DAY.match(day)
    return day_of_year(month, int(match[1])) if match else None
