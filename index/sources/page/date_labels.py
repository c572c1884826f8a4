"""The words and signs that stand beside a day on a page and say what took place on it."""

from __future__ import annotations

import re

_CHANGE_LABELS = (
    r"updated?\b|modifi|last (?:change|review|edit)|revis|änderung|aktualisiert|geändert|"
    r"mis à jour|mise à jour|actualiza|atualiza|aggiorna|обновлен|оновлен|更新|修正|수정|갱신|"
    r"aktualiza[cč]|posodobl|oppdatert|uppdaterad|opdateret|päivitetty|bijgewerkt|aktualizov|zaktualiz|güncelle|ažurir|ενημέρωσ|"
    r"עודכן|עדכון|تحديث|به‌روز|reviewed|edited|अद्यतन|संशोधित|হালনাগাদ|آخر تعديل|"
    r"imesasishwa|imehuishwa|diperbarui|pemutakhiran|kemaskini|dikemas ?kini|yangilan|"
    r"жаңарт|yenilənm|përditës|ажурира|թարմաց|განახლ|шинэчил|atnauj|atjaun|uuenda|uppfært|"
    r"nuashonr|frissít|módosít|actualitz|eguneratu|gewijzigd|senast (?:ändr|gransk)|sist endret|"
    r"sidst ændret|muokattu|ostatni\w+ (?:modyf|zmian)|posledn\w+ (?:změn|zmen|úprav|измен)"
)
"""What introduces the day of a change."""
CHANGE_LABEL = re.compile(rf"(?i){_CHANGE_LABELS}")
OTHER_DAY_LABEL = re.compile(
    rf"(?i){_CHANGE_LABELS}|date of (?:birth|appointment)|"
    r"\bdata (?:as )?(?:at|of)\b|\b(?:appointed|sworn in)(?: on)?\s*:?\s*$|"
    r"(?:zeitraum|(?<!sperr)frist)\b|"
    r"\b(?:close[sd]?|closing(?: date)?|due|apply by) ?[^.]{0,20}$|"
    r"\b(?:période|período|periodo|periode|period) ?[^.]{0,20}$|"
    r"accessed|printed|copyright|©|expires?|deadline|valid until|gültig bis|"
    r"\btoday(?: is)?\s?:|\btoday is\b|今天是|今日は|오늘은"
)
"""What introduces a day that is not that of issue."""
_ISSUED_LABELS = (
    r"publi[shcké]|released?\b|issued|posted|\bdate\b|datum|stand\b|erschienen|veröffentlicht|"
    r"vom\b|\bdated|en ligne|fecha|data\b|дата|опубликован|оприлюднен|опубліков|"
    r"δημοσι|발행|등록|게시|公開|掲載|yayın|แพร่|نشر|פרסום|發布|发布|日期|ends?/|"
    r"press release|immediate|media release|pressemitteilung|communiqué|tarikh|dikeluarkan|"
    r"julkais|tiedote|pressemelding|pressmeddelande|sent this (?:bulletin|message|email)"
)
ISSUE_LABEL = re.compile(rf"(?i){_ISSUED_LABELS}|ministry|bern|washington")
ANY_LABEL = re.compile(rf"(?i){_ISSUED_LABELS}|{_CHANGE_LABELS}|accessed|printed|copyright|©")
"""What a line begins with that says when the page was issued, changed or looked at."""
EVENT_HOURS = re.compile(
    r"(?i)\d\s?(?:[:.]\d\d|[時点시h]\d{0,2}|[ap]\.?m\.?)[\s\w]{0,6}?(?:から|[-–~～]|\b(?:to|bis|until|till|a|à|al|"
    r"til|tot|до)\b)\s?(?:正午|noon|(?:[^\W\d_]{2} ?)?\d)|"
    r"[日일]\s?(?:[（(]\w{1,3}[)）]\s?)?(?:から|부터|至|[~～〜])"
)
"""From what hour to what hour something takes place, or from what day."""
AS_OF_LABEL = re.compile(r"(?i)\W*stand\b")
"""What states as of which day a page is: that of its last change; another is that of its issue."""
PAGE_WORD = re.compile(
    r"(?i)\b(?:(?:web)?page|website|site|content|seite|page|p[áa]gina|sivu|strona|stránka|stran|sida|"
    r"siden|страница|сторінка|σελίδα|sayfa|halaman|laman)\b|本页|頁面|ページ|페이지|الصفحة"
)
WORK_SIGN = re.compile(r"(?i)[《「『]|\bpdf\b")
"""What the name of a document stands in, or says what it is: an entry of a list with a day."""
LABELLED_DAY = re.compile(
    r"(?i)^((?:first |originally )?(?:published|issued|posted|released)(?: on| at| date)?|"
    r"date(?: (?:of (?:issue|publication|release)|published|issued|posted))?|"
    r"(?:release|publication|publish|issue|posting|press release) date|"
    r"for (?:immediate )?release(?: on)?|(?:under )?embargo(?:ed)?(?: until)?|sperrfrist|"
    r"sous embargo(?: jusqu['’]au)?|embargo (?:hasta(?: el)?|fino al)|onder embargo tot|"
    r"veröffentlicht(?: am)?|erschienen(?: am)?|datum|veröffentlichungsdatum|publié le|"
    r"date de publication|"
    r"fecha(?: de publicación)?|publicado(?: el| em)?|data(?: di pubblicazione)?|pubblicato il|"
    r"發布日期|发布日期|发布时间|發布時間|日期|tarikh|дата(?: публикации)?|"
    r"опубликовано)(?:\s*[:：.]\s*|\s+(?=\d|[^\W\d]{3,9}\.?,?\s+\d)|\s*$)(.*)$"
)
DATE_WORD = re.compile(r"(?i)date|datum|fecha|data|日期|tarikh|дата")
PUBLISHED_ON = re.compile(
    r"(?i)\b(?:publi(?:shed|é|cado|sert|cerad)|pubblicat[oa]|veröffentlicht|gepubliceerd|julkaistu|"
    r"opublikowano|опубликовано|issued|posted|released)"
    r"(?: on| le| am| el| em| il| op| den)?\s*:?\s+(?=\d|[^\W\d_]{3,9}\.? \d)"
)
FIRST_ISSUED = re.compile(r"(?i)^(?:first|originally)")
