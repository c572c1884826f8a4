"""Writes `weekday_names.json`: names of the days of the week in many languages, by babel.

`python -m index.dates.make_weekday_names` says when there is a newer CLDR; a test holds the file to
what this makes.
"""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

from babel import Locale

from index.text.folding import fold

FILE = Path(__file__).with_name("weekday_names.json")
_LANGUAGES = (
    "en de fr es it pt nl sv nb da fi is pl cs sk hu ro bg hr sl sr sr_Latn mk uk ru be lt lv et "
    "el tr ca eu gl sq mt ga cy ar fa ur he hi bn ta te mr gu th vi id ms ko ja zh km my ka hy az "
    "kk"
)


def weekday_names() -> list[list[str]]:
    """For Monday to Sunday: its names in all languages, folded, without marks."""
    names: list[set[str]] = [set() for _ in range(7)]
    for tag in _LANGUAGES.split():
        days = Locale.parse(tag).days
        for context, form in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in days[context][form].items():
                names[number].add(" ".join(re.findall(r"[^\W\d_]+", fold(name))))
    return [sorted(each) for each in names]


def as_text(names: list[list[str]]) -> str:
    """What the file holds: a line for each day."""
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in names) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(as_text(weekday_names()), "utf-8")
