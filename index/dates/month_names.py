"""Month names in a date, of all official languages: from CLDR, by babel.

`month_names.json` holds them, written by `make_month_names`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from index.text.folding import fold
from index.text.months import MONTHS

CLEARLY_MORE = 5
"""Times more languages that have a name for one month than for another, so that it means that."""


def month_of(name: str, language: str | None = None) -> int | None:
    """The month with a folded name or abbreviation, in a line that is known to be a date.

    Names are those of CLDR in all official languages (`month_names.json`). A name that neighbours
    have for different months (`listopad`) is a month where the language says so, else none.

    :param language: the primary subtag of the text's language, if that is known.
    """
    in_language, anywhere = _months_in_dates()
    known = in_language.get(language or "", {}).get(name) or anywhere.get(name)
    if known is None and name[:1] in _HEBREW_PREFIXES:
        return anywhere.get(name[1:])
    if known is None and name.endswith(_TAJIK_ENDING):
        return in_language["tg"].get(name.removesuffix(_TAJIK_ENDING))
    return known


_TAJIK_ENDING = "и"
"""What joins a month to its year in Tajik."""
_HEBREW_PREFIXES = ("ב", "ל", "מ")


@cache
def _months_in_dates() -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Folded names to their months, by language and for all of them."""
    names: dict[str, list[list[str]]] = json.loads(
        Path(__file__).with_name("month_names.json").read_text("utf-8")
    )
    in_language: dict[str, dict[str, int]] = defaultdict(dict)
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for language, months in names.items():
        for number, forms in enumerate(months, start=1):
            for form in forms:
                folded = fold(form)
                votes[folded][number] += 1
                in_language[language].setdefault(folded, number)
    anywhere = {form: month for form, count in votes.items() if (month := _agreed(count))}
    return in_language, anywhere | MONTHS


def _agreed(votes: Counter[int]) -> int | None:
    (month, most), *others = votes.most_common(2)
    return month if not others or most >= CLEARLY_MORE * others[0][1] else None
