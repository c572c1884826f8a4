"""Names of issuing bodies as metadata state them: is it a body, and what is its plain name."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from index.sources.html_text import plain_line

MAX_NAME = 200
"""Characters up to which a text can be the name of a body."""
MAX_MAIL = 260
"""Characters of a mail address before a name, and of its brackets (RFC 5321, 4.5.3.1.3)."""

_BODY = re.compile(
    r"\b(?:minist(?:ry|ries|er|erium|ère|erio|ério|ero|erie|erstwo|erstvo)\w*|department\w*|"
    r"dep\w*rtement\w*|departamento|dipartimento|office\w*|oficina|bureau\w*|agency|agencies|agence|agencia|"
    r"agenzia|agentur|government|gouvernement|gobierno|governo|regierung|council|conseil|consejo|"
    r"commission\w*|kommission|comisión|authorit\w+|autorité|services?|administration|secretar\w+|"
    r"parliament|parlament\w*|senate|senator|congress\w*|house of|white house|court|police|board|"
    r"committee|embassy|high commission|presiden\w+|prime minister\w*|cabinet|treasury|"
    r"bank(?! holiday)|"
    r"centre|center|institut\w*|attorney general\w*|governor\w*|mayor\w*|chancell\w+|kanzler\w*|"
    r"bundes\w+|staats\w+|landes\w+|landtag|\w*amt|amts\w+|kementerian|jabatan|directorate|"
    r"division|corps|navy|army|force|guard|nasa|nato|inspector\w*|registry|corporation|"
    r"city of|county|town of|municipality|borough|stadt|ville de|comune di|kommune\w*|state of|"
    r"foundation|university|union|organi[sz]ation|nations|rådet|styrelse\w*|ministeriet|myndighet\w*|ministerstvo)\b"
    r"|\b(?:\w+departementet|\w+verket|urząd|kancelaria|úřad|minisztérium|hivatal|\w*ministeriö|\w*virasto|\w+direktoratet|\w+tilsynet"
    r"|bakanlığı|müdürlüğü|başkanlığı|badan|dinas|pemerintah|lembaga|suruhanjaya|majlis|polis"
    r"|prefeitura|ayuntamiento|gemeente|bộ|cục|sở|ủy ban|uỷ ban|chính phủ)\b"
    r"|ráðuneyti|\b\w+stofnun\b|ministrija|\b(?:wizara|ministria|nazirliyi|vazirligi)\b"
    r"|министрлігі|министрлиги|вазорат|სამინისტრო|նախարարություն|ሚኒስቴር|سازمان|அமைச்ச|മന്ത്രാലയം|ಸಚಿವಾಲಯ"
    r"|మంత్రిత్వ|મંત્રાલય|ਮੰਤਰਾਲਾ|අමාත්‍යාංශය|ဝန်ကြီးဌာန|ກະຊວງ|ក្រសួង|\sяам$"
    r"|министерств|правительств|департамент|служба|агентств|президент|комитет|міністерств"
    r"|υπουργείο|משרד|मंत्रालय|मन्त्रालय|विभाग|सरकार$|মন্ত্রণালয়|กระทรวง|กรม|สำนัก|รัฐบาล"
    r"|وزارة|وزارت|هيئة|حكومة|[部局署處处廳厅院司]$|委員[會会]|委员会|政府|국$|부$|청$|처$|위원회$|省$|庁$",
    re.IGNORECASE,
)
_WORDS: dict[str, dict[str, list[str]]] = {
    place: words
    for place, words in json.loads(
        Path(__file__).with_name("issuer_words.json").read_text("utf-8")
    ).items()
    if place != "_"
}
"""Words for bodies by place in a name (`heads`, `tails`, ...) and language: expressions."""


def _any(place: str) -> str:
    return "|".join(word for words in _WORDS[place].values() for word in words)


_ADJECTIVE = (
    r"(?:\s(?:départementale?|régionale?|générale?|nationale?|municipale?|supérieure?|regional|"
    r"nacional|general|municipal|estatal|federal|provincial|regionale|nazionale|generale|geral|"
    r"estadual))?"
)
_JOINER = (
    r"(?:of|des?|du|del?|para|della|dei|degli|dello|di|do|da|dos|das|der|van|voor|za|per|për|på|i|e|të|së|"
    r"na|nan|ya|wa|dans|tỉnh|thành|huyện|quận|nhân|la|le|les|aux?|en|ng|nga|mga|y|yr|tal|pentru|"
    r"на|за|по|из|με|για|της|του|των|de l['’]|d['’])"
)
_CAPITAL = (
    "(?:[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚАБ-ЯЁЂ-ЏҐΑ-Ω]|"
    r"[^\W\d_a-zA-Z\u00c0-\u024f\u0370-\u052f])"
)
"""A capital, or a letter of a script that has none."""
_HEAD_FIRST = re.compile(
    rf"(?i)^(?:(?:les|la|le|el|il|o|a|an)\s)?(?:{_any('heads')}){_ADJECTIVE}"
    rf"(?:\s{_JOINER}(?:\b|(?<=['’])|-)|\s[„«“\"]?(?-i:{_CAPITAL})|$)"
)
_TAIL_LAST = re.compile(rf"(?i)^\w.*(?<!\w)(?:{_any('tails')})$|^(?:{_any('tails')})$")
MAX_TAILED = 7
"""Words of a name that a word for a body ends, in languages that write the rest in lower case."""


def is_headed_or_tailed(name: str) -> bool:
    """Whether a word for a body heads a name, with what follows such a word, or ends it."""
    if len(name) > MAX_NAME:
        return False
    if _HEAD_FIRST.match(name):
        return " " in name
    return _TAIL_LAST.match(name) is not None and len(name.split()) <= MAX_TAILED


_ALONE = re.compile(
    rf"(?i)(?:{_any('alone')})|(?:{_any('owners')})(?: (?-i:{_CAPITAL})[\w.'’-]{{1,30}}){{1,3}}"
)


def names_body_alone(name: str) -> bool:
    """Whether a word is the whole name of a body, in the language of the country that has it, or
    a word and a place are that of one, where its site says whose it is (`Region X`)."""
    return _ALONE.fullmatch(name) is not None


_OFFICE_HOLDER = re.compile(
    r"(?i)\b(?:(?:prime |deputy )?minister|(?:vice[- ])?president(?:in)?|chancellor|governor|mayor|"
    r"senator|secretary|bundes(?:kanzler|präsident|rat|minister)(?:in)?|congress(?:wo)?man|force|"
    r"service|union|center|centre)\b(?!['’]s office)"
)
_JOINS = re.compile(r"(?i)\s(?:and|of|for|&|und|für|et|y|de la|pour)\s")
_ADDRESS = re.compile(r"https?://|www\.|^\S+@\S+$|^[\w-]+(?:\.[\w-]+)+$")
_NOT_A_NAME = re.compile(
    r"(?i)^(?:admin(?:istrator)?|webmaster|editor|root|staff|user|guest|author|web ?team|press|"
    r"news(?:room)?|home|press releases?|media(?: centre| center)?|unknown|none|null|n/a)$"
)

_SMALL_NAMES = (
    "of the and for in on de des der die und für du la le et y del della e dell s von al to zu "
    "das dos do da o a os as em no na il lo i gli delle degli dei dello di los las en van het og av"
)
SMALL_WORDS = frozenset(_SMALL_NAMES.split())
VERB = re.compile(
    r"(?i)\b(?:s|announces?|says?|urges?|launch\w*|sues?|secures?|joins|releases|read|statements?|"
    r"raises|publishes|(?:re)?opens|approves|welcomes|warns|appoints|begins|invites|confirms|fines|"
    r"anuncia[nm]?|aprueba|aprova|abre|inaugura|confirma|lan[zç]a|refuerza|reforça|divulga|convoca|"
    r"mantiene|mantém|destina|approva|annuncia|conferma|avvia|mantiene|annonce|publie|adopte|"
    r"renforce|inaugure|opent|publiceert|bevestigt|vernietigt|veroordeelt|krijgt|eröffnet|startet|"
    r"beschlie(?:ß|ss)t|nimmt|warnt|veröffentlicht|fordert|öppnar|åbner|åpner|avaa|otvorila?|"
    r"zatrzymał[ai]?|schválila?|zveřejnila?|odprla?|"
    r"press(?! (?:information )?(?:bureau|agency|council)\b| information department\b)|"
    r"news(?! agency\b)|more|"
    r"contact|email|follow|all|back|menu|search|services|home|about|meet|our|your)\b(?!')"
)
_NAME_END = re.compile(
    r"(?i)(?:departementet|ministeriet|ministeriö|virasto|verket|styrelsen|direktoratet|tilsynet|"
    r"minisztérium|hivatal|bakanlığı|müdürlüğü|başkanlığı)$"
)
MAX_NORTHERN = 5
"""Words up to which a line that ends so is a name, though its words are in lower case."""
MAX_CYRILLIC = 7
"""Words up to which a Cyrillic line is taken for a name."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")
CYRILLIC_VERB = re.compile(
    r"[\u0400-\u04ff]{2}(?:ла|ло|ли|ает|яет|ует|ит|ют|ят|[аяу]є|[аяу]ють)(?:ся|сь)?\b"
)


def is_body(name: str) -> bool:
    """Whether a name is that of a body rather than of a person: it holds a word for one."""
    return bool(_BODY.search(name)) or is_headed_or_tailed(name)


def may_be_body(name: str) -> bool:
    """Whether a name in a place for issuers is that of a body: persons' names join no nouns."""
    words = name.split()
    return is_body(name) or (len(words) > 2 and bool(_JOINS.search(name)))


def is_institution(name: str) -> bool:
    """Whether a name is that of an institution, not only of an office-holder."""
    return is_body(_OFFICE_HOLDER.sub("", name))


def body_name(value: str) -> str | None:
    """The name of a body as metadata give it, in one line; None for addresses and placeholders.

    `press@x.example (Ministry of X)`, the form of RSS, gives the part in brackets.
    """
    return _remembered_name(value) if len(value) <= MAX_NAME else _body_name(value)


def _body_name(value: str) -> str | None:
    name = plain_line(value)
    if len(name) > MAX_NAME + MAX_MAIL:  # no name; looking for an address in it takes the square
        return None
    bracketed = re.fullmatch(r"\S+@\S+\s+\(([^()]+)\)", name)
    if bracketed:
        name = bracketed[1]
    named, _, last = name.rpartition(" ")
    name = (named if "@" in last else name).strip(" \t:;,|-–—")
    if not name or len(name) > MAX_NAME or _ADDRESS.search(name) or _NOT_A_NAME.match(name):
        return None
    return name if re.search(r"[^\W\d_]", name) else None


_remembered_name = lru_cache(maxsize=1 << 12)(_body_name)
"""Thousands of records name the same few bodies."""


def is_caseless(letter: str) -> bool:
    """Whether a letter is of a script that has no capitals, or, as Georgian, none in its names."""
    return letter.lower() == letter.upper() or "\u10d0" <= letter <= "\u10ff"


def is_name(text: str) -> bool:
    """Whether a line is written like a name: its words begin with capitals and none is a verb."""
    cased = text.lower() != text.upper()  # in scripts of India a vowel sign ends what \w matches
    words = re.findall(r"[^\W\d_]+", text) if cased else text.split()
    content = [word for word in words if word.lower() not in SMALL_WORDS]
    if not 1 <= len(content) <= 12:
        return False
    verb = VERB.search(re.sub(r"['’]s\b", "", text))
    capital = sum(1 for word in content if word[0].isupper() or is_caseless(word[0]))
    if verb is not None or CYRILLIC_VERB.search(text):
        return False
    # Russian and its neighbours capitalise the first word of a name alone.
    cyrillic = _CYRILLIC.match(content[0]) is not None and content[0][0].isupper()
    if _NAME_END.search(text) and content[0][0].isupper() and len(content) <= MAX_NORTHERN:
        return True
    return capital >= len(content) * 0.6 or (cyrillic and len(content) <= MAX_CYRILLIC)
