"""Writes `month_names.json`: month names of all official languages, taken from CLDR by babel.

`python -m index.dates.make_month_names` says when there is a newer CLDR; a test holds the file to
what this makes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers

FILE = Path(__file__).with_name("month_names.json")
PREFIX = 3
"""Letters of a name that stand for it where a writer cuts it, if no other month begins so."""
ENDINGS = {
    "az": "da de", "et": "l s il", "eu": "ren k n", "fi": "n ssa ta lla", "hu": "i ban ben",
    "hy": "ին ում", "ka": "ს ში", "kk": "да де", "my": "လ", "sq": "it", "tr": "da de ta te",
    "uz": "da",
}  # fmt: skip
"""What languages add to a name in a date, beyond the nominative and genitive that CLDR has."""
CHANGED_ENDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "et": {"er": ("ri", "ril")}, "ka": {"ი": ("ს",)}, "lt": {"is": ("į", "yje")},
    "lv": {"is": ("ī", "a", "im"), "js": ("jā", "ja"), "ts": ("tā", "ta")},
}  # fmt: skip
"""What they put for the nominative's ending."""
SPELLINGS: dict[str, dict[int, list[str]]] = {
    "ar": {
        1: ["جانفي"], 2: ["فيفري", "شباط"], 3: ["اذار"], 4: ["افريل", "نيسان"], 5: ["ماي", "ايار"],
        6: ["جوان", "حزيران"], 7: ["جويلية", "تموز", "يوليوز"], 8: ["اوت", "غشت"],
        9: ["شتنبر", "ايلول"], 11: ["نونبر"], 12: ["دجنبر"],
    },
    "as": {9: ["ছেপ্টেম্বৰ"]},
    "bn": {1: ["জানুয়ারি"], 2: ["ফেব্রুয়ারি"]},
    "de": {1: ["jänner", "jaenner"], 2: ["feber"], 3: ["maerz", "mrz"]},
    "en": {9: ["sept"]},
    "es": {9: ["setiembre", "set"]},
    "ga": {4: ["aibreáin"], 6: ["meithimh"], 11: ["samhna"], 12: ["nollag"]},
    "hi": {9: ["सितम्बर"], 10: ["अक्तूबर"], 11: ["नवम्बर"], 12: ["दिसम्बर"]},
    "hr": {11: ["studenog"]},
    "id": {2: ["pebruari"], 11: ["nopember"]},
    "it": {9: ["sett"]},
    "ka": {
        1: ["იანვრის"], 2: ["თებერვლის"], 9: ["სექტემბრის"], 10: ["ოქტომბრის"],
        11: ["ნოემბრის"], 12: ["დეკემბრის"],
    },
    "ms": {8: ["ogos"]},
    "pt": {9: ["set"], 10: ["out"]},
    "sl": {
        1: ["januarja"], 2: ["februarja"], 3: ["marca"], 4: ["aprila"], 5: ["maja"],
        6: ["junija"], 7: ["julija"], 8: ["avgusta"], 9: ["septembra"], 10: ["oktobra"],
        11: ["novembra"], 12: ["decembra"],
    },
    "so": {
        5: ["maajo"], 6: ["juunyo"], 7: ["luuliyo"], 8: ["ogosto", "agoosto"],
        11: ["nofembar", "noofembar"], 12: ["desembar", "diseembar"],
    },
    "sr": {
        1: ["јануара", "januara"], 2: ["фебруара", "februara"], 3: ["марта", "marta"],
        4: ["априла", "aprila"], 5: ["маја", "maja"], 6: ["јуна", "juna"], 7: ["јула", "jula"],
        8: ["августа", "avgusta"], 9: ["септембра", "septembra"], 10: ["октобра", "oktobra"],
        11: ["новембра", "novembra"], 12: ["децембра", "decembra"],
    },
}  # fmt: skip
"""Spellings in official use that CLDR leaves out."""
_AROUND = re.compile(r"^(?:(?:de|da|dhen|an|am) |d'|['·])|[\s.,'·]+$")
"""Prepositions and articles that CLDR puts before a name, and marks behind it."""


def month_names() -> dict[str, list[list[str]]]:
    """By language, for January to December: its forms in small letters, longest first."""
    return {
        language: [sorted(forms, key=lambda form: (-len(form), form)) for forms in months]
        for language in sorted(official_languages())
        if (months := _forms(language)) is not None
    }


def as_text(names: dict[str, list[list[str]]]) -> str:
    """What the file holds: a line for each language."""
    lines = (
        f"{json.dumps(language)}: {json.dumps(months, ensure_ascii=False)}"
        for language, months in names.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def official_languages() -> set[str]:
    """Languages that are official somewhere, by CLDR, and of which it has data."""
    known = {each.split("_")[0] for each in locale_identifiers()}
    territories: Mapping[str, Any] = get_global("territory_languages")
    return known & {
        language.split("_")[0]
        for languages in territories.values()
        for language, about in languages.items()
        if about.get("official_status")
    }


def _forms(language: str) -> list[set[str]] | None:
    months: list[set[str]] = [set() for _ in range(12)]
    for identifier in locale_identifiers():
        if identifier.split("_")[0] == language:
            try:
                _add(months, Locale.parse(identifier))
            except (UnknownLocaleError, ValueError):
                continue
    for number, names in SPELLINGS.get(language, {}).items():
        months[number - 1].update(names)
    _cut(months)
    _end(months, language)
    return months if all(months) else None


def _add(months: list[set[str]], locale: Locale) -> None:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                form = _AROUND.sub("", " ".join(name.lower().split()))
                if len(form) > 1 and not re.search(r"\d", form):
                    months[number - 1].add(form)


def _cut(months: list[set[str]]) -> None:
    """Add the first letters of names of alphabets, where no other month begins so."""
    begins: dict[str, set[int]] = defaultdict(set)
    for number, forms in enumerate(months):
        for form in forms:
            if re.match(r"[a-zß-ɏͰ-ӿ]{4}", form):
                begins[form[:PREFIX]].add(number)
                begins[form[: PREFIX + 1]].add(number)
    for beginning, numbers in begins.items():
        if len(numbers) == 1:
            months[min(numbers)].add(beginning)


def _end(months: list[set[str]], language: str) -> None:
    for forms in months:
        whole = [form for form in forms if len(form) > PREFIX + 1]
        forms.update(form + end for form in whole for end in ENDINGS.get(language, "").split())
        for old, new in CHANGED_ENDINGS.get(language, {}).items():
            changed = [form.removesuffix(old) for form in whole if form.endswith(old)]
            forms.update(form + end for form in changed for end in new)


if __name__ == "__main__":
    FILE.write_text(as_text(month_names()), "utf-8")
