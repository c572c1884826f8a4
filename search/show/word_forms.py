"""Word forms: how texts write the words that stand behind terms: `Medicare` for `medicar`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from index.dates.month_names import month_of
from index.dates.weekday_names import is_of_weekday
from index.text.analysis import fold
from index.text.scripts import UNSPACED
from index.text.stemming import stem_of, tag_of
from search.query.function_words import function_words
from search.query.segmentation import FUNCTION_WORDS, words_of

SMALL_FROM = 3
"""A word that is in small letters at least once in so many times is: the rest begin sentences."""
SHORTEST = 3
"""Letters of a word that is no acronym (`EU`, `NY`)."""
LONGEST_ACRONYM = 5
"""Letters up to which capitals alone are left where a word is also written otherwise (`AMTRAK`)."""

_MARKS = ".,;:!?()[]{}<>\"“”„«»‘’'`*…–—-"
"""What stands around words, not in them."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word by itself: no address, and neither `D-NY` nor `low-income`."""
_RUN_TOGETHER = re.compile(r"[A-Z]{5,}[a-z]{3}")
"""`RELEASESeptember`: a heading that runs into the text."""
_POSSESSIVE = re.compile(r"['’]s?\Z", re.IGNORECASE)
_RUN = re.compile(f"[{UNSPACED}]{{2,}}")


def word_forms(texts: Iterable[str], language: str, terms: Iterable[str]) -> dict[str, str]:
    """Term -> the form in which the texts most often write its word.

    Terms are stems with their language, or pairs of characters in a script without spaces. Left out
    is what no text has as a word by itself (`obamalugar`, half of a Chinese word), function words,
    and the names of months and weekdays.
    """
    wanted = set(terms)
    starts = {term[:2] for term in wanted}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for form, count in _words(texts).items():
        folded = fold(form)
        plain = folded.replace("'", "")
        if plain[:2] in starts and (term := _term_of(form, folded, language)) in wanted:
            found[term][form] += count
    return {term: _commonest(forms) for term, forms in found.items()}


def _words(texts: Iterable[str]) -> Counter[str]:
    """The words of texts, and how often each stands there.

    Texts are parted at spaces first and each part is looked at once: half of the time, so.
    """
    parts: Counter[str] = Counter()
    for text in texts:
        parts.update(text.split())
    found: Counter[str] = Counter()
    for part, count in parts.items():
        word = part.strip(_MARKS)
        if not word.isascii() and _RUN.search(word):
            for run in _RUN.findall(word):
                for each in words_of(run):
                    found[each.text] += count
        elif _RUN_TOGETHER.match(word):
            continue
        elif word.isalpha():
            found[word] += count
        elif _WORD.fullmatch(word):
            found[_POSSESSIVE.sub("", word)] += count
    return found


def _term_of(form: str, folded: str, language: str) -> str:
    """The term of a word that says something; nothing for any other."""
    if _RUN.fullmatch(form):
        return folded if len(folded) == 2 and folded not in FUNCTION_WORDS else ""
    if len(folded) < SHORTEST and not form.isupper():
        return ""
    return _term_of_word(folded, language)


@lru_cache(maxsize=1 << 15)
def _term_of_word(folded: str, language: str) -> str:
    """The same of a folded word; kept, for pages about the same releases read the same words: a
    third of the time of a term sheet."""
    if folded in function_words(language) or month_of(folded, language) or is_of_weekday(folded):
        return ""
    return fold(stem_of(folded.replace("'", ""), language)) + tag_of(language)


def _commonest(forms: Counter[str]) -> str:
    """The inflection used most; with a capital unless it is often enough without."""
    by_word: Counter[str] = Counter()
    for form, count in forms.items():
        by_word[form.lower()] += count
    small, whole = min(by_word.items(), key=lambda each: (-each[1], each[0]))
    if forms[small] * SMALL_FROM >= whole:
        return small
    cased = {form: count for form, count in forms.items() if form.lower() == small}
    return min(cased, key=lambda form: (_is_shouted(form), -cased[form], form))


def _is_shouted(form: str) -> bool:
    """Whether it is no acronym that stands in capitals: headings have any word so."""
    return form.isupper() and len(form) > LONGEST_ACRONYM
