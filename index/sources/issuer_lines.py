"""Is a line of a page, by its form alone, the name of an issuing body: `Ministry of X`, `X庁`."""

from __future__ import annotations

import re
from functools import lru_cache

from index.sources.issuers import (
    CYRILLIC_VERB,
    MAX_NAME,
    SMALL_WORDS,
    VERB,
    is_caseless,
    is_headed_or_tailed,
    names_body_alone,
)

MAX_WORDS = 12
"""Words of a name that begin with a capital, small words left out."""
_WORD = re.compile(r"[^\W\d_]+(?:(?:‘|(?<=\bO)['’](?=z))[^\W\d_]+)*")
"""Uzbek writes letters with marks of their own: `O‘zbekiston` is one word."""

_ARTICLE = r"(?:(?:the|das|der|die|le|la|les|l['’]|el|il|lo|o|a|os|as|het|de)\s*\b)?"
_HEAD_WORDS = (
    r"ministry|department|office|bureau|agency|commission|council|authority|directorate|"
    r"secretariat|administration|government|embassy|permanent mission|city|town|county|state|"
    r"province|municipality|borough|district|parliament|senate|house|supreme court|court|"
    r"bank(?! holiday)|"
    r"board|committee|institute|inspectorate|registry|treasury|police|"
    r"ministère|service public|spf|fod|direction|préfecture|préfet|agence|conseil|commissariat|"
    r"secrétariat|mairie|ville|"
    r"gouvernement|autorité|académie|assemblée|chancellerie|ambassade|région|département|"
    r"ministerio|secretar[ií]a|gobierno|ayuntamiento|consejer[ií]a|consejo|instituto|agencia|"
    r"comisión|junta|dirección|presidencia|embajada|servicio|superintendencia|defensoría|fiscalía|"
    r"ministério|governo|prefeitura|agência|conselho|câmara|comissão|presidência|tribunal|"
    r"ministero|dipartimento|regione|comune|provincia|prefettura|questura|agenzia|presidenza|"
    r"direzione|istituto|parco|ente|autorità|governo|corte|camera|senato|"
    r"\w*ministerium|\w*amt|\w*anstalt|\w*behörde|\w*kanzlei|\w*agentur|\w*regierung|\w*präsidium|"
    r"\w*direktion|\w*departement|senatsverwaltung|landkreis|kreis|stadt|gemeinde|kanton|bundesrat|"
    r"bundestag|landtag|polizei|polizeidirektion|\w*institut|"
    r"gemeente|provincie|rijksoverheid|rijksdienst|\w*inspectie|\w*autoriteit|rijks\w+|"
    r"ministerstwo|urząd|kancelaria|komenda|ministerstvo|úřad|úrad|ministarstvo|vlada|ministrstvo|"
    r"ministerija|ministerul|guvernul|primăria|agenția|kementerian|jabatan|badan|dinas|pemerintah|"
    r"lembaga|suruhanjaya|majlis|wizara|wakala|mamlaka|ministria|"
    r"bộ|cục|sở|ủy ban|uỷ ban|chính phủ|tổng cục"
)
_HEADED = re.compile(
    rf"(?i)^{_ARTICLE}(?:\w{{3,}}-,?\s+(?:(?:und|en|och|og)\s+)?)*"
    rf"(?:(?:federal|national|royal|general|state|central|u\.?s\.?|united states)\s+)*"
    rf"(?:{_HEAD_WORDS})"
    r"(?:$|\s+(?:para (?:el |la |los |las |o |a )?(?=(?-i:[A-ZÀ-Þ]))|"
    r"(?:of|on|des?|du|del|della|dello|di|do|da|dos|das|der|van|voor|til|z|za|pro|pentru|"
    r"per)\b|(?:de |del)?l['’]|d['’]|&|\()|\s+(?:for|für)\s+(?=.*(?-i:\b[A-ZÀ-Þ]))"
    r"|\s+(?-i:[A-ZÀ-ÞĐŁŚŽČŠ])|['’]|\s+(?:spraw|zdrow|finan|kesihatan|kesehatan|luar|dalam)\w*)"
)
_PLACED = re.compile(
    r"(?!(?:about|all|at|browse|by|contact|find|follow|former|from|in|inside|join|meet|more|new|"
    r"other|our|see|the|view|visit|your)\b)(?-i:[A-Z][\w.'’-]+ ){1,3}"
    r"(?:department|ministry|office|bureau|agency|division|commission|board|council|authority) "
    r"(?:of|for|on) (?:the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
"""`Massachusetts Department of Transportation`: the place first, every word with a capital."""
_MISSION = re.compile(
    r"(?:the )?(?:(?-i:[A-Z][\w.’'-]*) ){0,3}(?:embassy|high commission|consulate(?: general)?|"
    r"permanent mission|ambassade|embajada|embaixada|ambasciata|botschaft|generalkonsulat|"
    r"kbri|kjri)"
    r"(?= .)(?: (?:of|in|to|at|the|de|du|des|la|en|au|aux|à|do|da|del|della|in|der|and|und|"
    r"(?-i:[A-ZÀ-Þ][\w.’'-]*))){1,12}",
    re.IGNORECASE,
)
"""`British Embassy Easthaven`, `Embassy of X in Y`: a place follows, with or without a word."""
_TAILED = re.compile(
    r"(?i)\b(?:authority|office|department|agency|commission|council|services?|board|court|police|"
    r"ministry|bureau|administration|treasury|parliament|government|directorate|secretariat|"
    r"committee|house|university|institute|assembly|command|guard|navy|army|air force|"
    r"bakanlığı|müdürlüğü|başkanlığı|kurumu|belediyesi|valiliği|\w*minisztérium|\w*hivatal|\w*hatóság|"
    r"\w*ministeriö|\w*virasto|\w*laitos|\w*keskus|\w*departementet|\w*ministeriet|"
    r"\w*verket|\w*styrelsen|\w*direktoratet|\w*tilsynet|\w*myndigheten|\w*ministeerium|\w*amet|"
    r"ministerija|ministrija|ministru kabinets|\w*stofnun|\w*ráðuneytið?|vazirligi|"
    r"nazirliyi|ministrligi)$"
)
_TAIL_CASE = re.compile(
    r"(?i)(?:ministeriö|virasto|laitos|keskus|minisztérium|hivatal|hatóság|ministeerium|amet|departementet|"
    r"ministeriet|verket|styrelsen|direktoratet|tilsynet|myndigheten|ministrija|stofnun|ráðuneytið?|"
    r"vazirligi|nazirliyi|ministrligi)$"
)
_OTHER_SCRIPTS = re.compile(
    r"^(?:(?:федеральн|государственн|национальн|державн|національн|центральн|"
    r"главн|территориальн|межрегиональн)\w+ )?"
    r"(?:министерств|правительств|"
    r"департамент|"
    r"служб|агентств|комитет|администраци|прокуратур|управлени|міністерств|уряд(?!ов)|державна|комітет|адміністраці|"
    r"министарств|влада |министерство|посольств)\w*(?: [\w«»’'-]+){0,9}$"
    r"|^(?-i:[А-ЯЁІЇЄҐ])[\w’'-]+(?:ая|яя|ое|ый|ий|а|е|є)(?: [\w’'-]+(?:ая|яя|ое|ый|ий|а|е|є)){0,3} "
    r"(?:адм[иі]н[иі]страц[иі]я|прокуратура|рада|служба|ком[иі]тет|управл[еі]н[иі]?[ея]|агентство|"
    r"м[иі]н[иі]стерство|дума|[иі]нспекц[иі]я|палата)$"
    r"|^(?:Υπουργείο|Κυβέρνηση|Δήμος|Περιφέρεια)\b|"
    r"^(?:משרד|רשות|ממשלת|מועצת|המועצה (?:האזורית|המקומית|הארצית|הלאומית))\s|"
    r"^(?:وزارة|وزارت|هيئة|حكومة|"
    r"رئاسة|ديوان|مجلس|الهيئة|أمانة|سازمان|اداره|إدارة|دائرة|"
    r"شرکت (?:آب|برق|گاز|ملی|توزیع))\b|(?:मंत्रालय|मन्त्रालय|विभाग|आयोग|"
    r"(?:^|, )[^\s,]{2,20} सरकार|মন্ত্রণালয়|অধিদপ্তর)$"
    r"|(?:மைச்சகம்|மைச்சு|మంత్రిత్వ శాఖ|ಸಚಿವಾಲಯ|മന്ത്രാലയം|મંત્રાલય|ਮੰਤਰਾਲਾ|"
    r"අමාත්‍යාංශය|ဝန်ကြီးဌာန|ሚኒስቴር|ባለሥልጣን|ኮሚሽን)$"
    r"|(?:სამინისტრო|სააგენტო|նախարարություն|министрлігі|министрлиги|вазирлиги| яам)$"
    r"|^(?:ກະຊວງ|ក្រសួង|вазорати )"
    r"|^(?:กระทรวง|กรม|สำนักงาน|สำนัก|การ(?:ไฟฟ้า|ประปา|รถไฟ|ท่าเรือ|ทางพิเศษ|เคหะ))"
    r"|^(?:เทศบาล|จังหวัด|องค์การบริหารส่วน|ธนาคารแห่ง|ศาล|โรงพยาบาล|มหาวิทยาลัย|ຫ້ອງວ່າການ|ສະພາແຫ່ງຊາດ|ທະນາຄານ|"
    r"រាជធានី|ធនាគារ|ក្រុមប្រឹក្សា|អគ្គនាយកដ្ឋាន)\S{2,24}$"
    r"|^[\u3400-\u9fff]{2,6}(?:[都道府県]警察|市[\u3400-\u9fff]{1,4}区)$"
    r"|^(?:[\u3400-\u9fff]{2,10}[省庁府県市部] )?[\u3400-\u9fff·（）]{2,24}"
    r"(?:部|局|署|處|处|廳|厅|院|司|委員會|委员会|政府|办公室|辦公室|办公厅|办事处|總署|总署|海关|法院|"
    r"检察院|医院|大學|大学|学会|協會|协会|銀行|银行|中心|省|庁|県|都|市|府|委員会|官邸|機構|研究所|警察署|"
    r"裁判所|役所|委)$"
    r"|^(?!(?:연락|문의|접수|신청|제출|거래|구입|사용|근무)처$|"
    r"[^ ]*(?:일시|즉시|동시|지도|제도|연도|년도|지원|회원|직원|"
    r"인원|민원|일부|내부|외부|첨부|여부)$)[\uac00-\ud7af ]{2,16}"
    r"(?:부|청|처|위원회|시청|도청|군청|구청|시|도|국|원|은행|국회|의회|"
    r"공단|공사)$",
    re.IGNORECASE,
)
_KIND_IN_ONE_WORD = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff]")
"""What a word is written in that stands for a kind of body and names none by itself: Greek,
Cyrillic, Hebrew, Arabic, scripts of India. Chinese and Thai names have no spaces."""
_LOWER_CASE_HEAD = re.compile(
    r"(?i)(?:[^\W\d_]{2,20}(?:sk|ck|čk|šk|zk|n)[iaeýáéíy] )?"
    r"(?:ministerstv[oí]|ústav|ministarstvo|ministrstvo|ministère|préfecture|ministerie|ministerio|"
    r"ministério|ministero|ministerul|úřad|úrad|urząd|inspekce|inšpekcia|inspektorat|inspekcja|správa|"
    r"ředitelství|riaditeľstvo|uprava|agencija|agentura|agentúra|agencja|zavod|kancelář|kancelária|"
    r"kancelaria|komise|komisia|komisja|komenda|ravnateljstvo|državni zavod|vlada|vláda)"
    r"(?= (?!(?:\w*(?:lo|la|li|ło|ła|le|ává|uje|eje|ne))(?!\w))[^\W\d_])"
)
"""Heads of names that go on in lower case, where no verb in the past or the present follows."""
_NO_VERB = re.compile(
    r"(?i)['’]s\b|\bU\.S\.|\bservices (?=de l)|"
    r"\bhome (?=affairs\b|security\b)|"
    r"(?<=human |ealth |ation |ocial |amily |gency |unity |ncial )services$|"
    r"(?<=[a-z] )services (?=(?:department|agency|authority|commission|office|bureau|"
    r"administration)$)"
)
"""What looks like a verb, or a word of menus, inside a name."""
_TOPIC = re.compile(
    r"(?i)\b(?:address|budget|fair|plan|report|strategy|program(?:me)?|awards?|day|week|conference|"
    r"summit|visit|meeting|bill|act|law|policy|guidance|funding|scheme|projects?|online|news|hours|"
    r"times|prices?|jobs|careers|locations?|directory|locator|contacts?|calendar|closures?|links|info|überblick|aktuell|spezial)$"
    r"|^(?:inside|behind|meet|about|from|at|in|for|with|our|your|council tax)\s"
    r"|^(?:the )?state of the\s"
    r"|^(?:[^局部厅廳署委院]{0,4}(?:服务|服務|新闻|新聞|个人|個人|信息|資訊|资料|資料|帮助|媒体|媒體|用户|下载|下載|互动|便民|办事|政务)中心|.{0,2}法院|"
    r".{0,2}医院|.{0,1}银行|.{0,1}政府|.{0,1}大学)$"
)
_BARE = re.compile(
    rf"(?i){_ARTICLE}(?:{_HEAD_WORDS.replace(chr(92) + 'w*', '')}|rijks)|"
    r"(?:the )?(?:services?|university|assembly|command|guard|navy|army|air force)|"
    r"(?:state|local|central) government|government departments|governo do estado|"
    r"gobierno del estado|(?:the )?minister['’]?s? office|services de l['’]état|"
    r"(?:select|standing|joint) committee|(?:city|town|village) hall|"
    r"(?:central|head|main|regional|registered|corporate|field|branch|liaison) (?:office|bureau)"
)
"""A word for a kind of body alone, which names none."""
_WITHIN = re.compile(
    r"(?i)\s(?:im|in|am|at|on|with|mit|zu|auf|into|after|before|over|als|wie|ohne)\s"
)
_SLOVENE = re.compile(r"(?i)(?:ministrstvo|direktorat|urad|uprava|inšpektorat|agencija|služba)\s")
"""Heads of names in the language in which `in` is `and`."""
_OFFICE_HOLDER = re.compile(
    r"(?:Office of )?(?:(?:U\.?S\.?|United States|State) )?(?:Senator|Sen\.|Congress(?:wo)?man|"
    r"Representative|Rep\.|Assembly(?:member|man|woman)|Council(?:member|man|woman)|Delegate|"
    r"Sheriff)(?: [A-Z][\w.'’-]{0,30}){2,4}"
)
"""Who was elected to an office that has a site of its own."""


def names_issuer(line: str) -> bool:
    """Whether a line that says no more is the name of a body, by its form alone.

    A word for a body heads it (`Ministry of X`, `Bundesamt für X`) or, where the language puts it
    there, ends it (`X Authority`, `X庁`). A sentence that only holds such a word is none.
    """
    text = line.strip()
    return len(text) <= MAX_NAME and _names_issuer(text)


@lru_cache(maxsize=1 << 12)
def _names_issuer(text: str) -> bool:
    if re.search(r"[.…!?:;/|»۔।]\s*$|\d|\s:\s|[，。！？；「」]", text):
        return False
    if _TOPIC.search(text):
        return False
    caseless = is_caseless(text[:1])
    if " " not in text and _KIND_IN_ONE_WORD.match(text):
        return False
    if (not text.isascii() and _OTHER_SCRIPTS.search(text)) or (
        caseless and is_headed_or_tailed(text)
    ):
        return CYRILLIC_VERB.search(text) is None
    words = [word for word in _WORD.findall(text) if word.lower() not in SMALL_WORDS]
    if not words or not words[0][0].isupper() or _has_verb(text):
        return False
    if _BARE.fullmatch(text.partition(",")[0]):
        return False
    if _MISSION.fullmatch(text):
        return bool(words[-1][0].isupper())
    if _HEADED.match(text) or is_headed_or_tailed(text):
        return len(words) <= MAX_WORDS and not _is_within(text)
    capital = all(word[0].isupper() for word in words)
    if capital and len(words) <= MAX_WORDS and _PLACED.match(text):
        return not _is_within(text)
    unplaced = text.partition(", ")[0] if capital else text
    return (
        bool(_TAILED.search(text) or (" " in unplaced and _TAILED.search(unplaced)))
        and len(words) <= MAX_WORDS
        and (capital or _TAIL_CASE.search(text) is not None)
    )


def _is_within(text: str) -> bool:
    """Whether a word for a place or a time stands inside, as in sentences."""
    found = _WITHIN.search(text.replace(" in ", " ") if _SLOVENE.match(text) else text)
    return found is not None


def is_kind_alone(line: str) -> bool:
    """Whether a line is a word for a kind of body alone, which names none (`State Government`)."""
    return _BARE.fullmatch(line.strip()) is not None


def names_site_owner(line: str) -> bool:
    """Whether a line in a place for the owner of a site (its title, its logo, its copyright) is the
    name of a body, also in languages that write all but its first word in lower case.

    `Ministerstvo dopravy` could begin a headline; in such a place it is a name.
    """
    text = line.strip()
    if names_issuer(text) or names_body_alone(text) or _OFFICE_HOLDER.fullmatch(text):
        return True
    if len(text) > MAX_NAME or re.search(r"[.…!?:;/|»\d]", text) or len(text.split()) > MAX_WORDS:
        return False
    return _LOWER_CASE_HEAD.match(text) is not None and not _has_verb(text)


def _has_verb(text: str) -> bool:
    return VERB.search(_NO_VERB.sub("", text)) is not None
