"""Word forms: how texts write the words that stand behind terms: `Medicare` for `medicar`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import product
from string import ascii_lowercase

from index.dates.month_names import month_of
from index.dates.weekday_names import is_of_weekday
from index.text.folding import fold
from index.text.scripts import UNSPACED
from index.text.stemming import stemmer_of, stems
from search.query.function_words import function_words
from search.query.segmentation import FUNCTION_WORDS, words_of_run
from search.show.finder import changes_suffixes_alone, stem_prefixes

SMALL_FROM = 3
"""A word that is in small letters at least once in so many times is: the rest begin sentences."""
SHORTEST = 3
"""Letters of a word that is no acronym (`EU`, `NY`)."""
LONGEST_ACRONYM = 5
"""Letters up to which capitals alone are left where a word is also written otherwise (`AMTRAK`)."""

HEAD = 3
"""Letters of a word by which most are told to have none of the wanted stems; with two, and with
every word looked at in a loop, the words of 23 sheets took 5.6 ms each for 3.1."""
_CUT_BEGINNINGS = frozenset(("arabic", "dutch", "estonian", "indonesian", "irish", "serbian"))
"""Stemmers that cut or change beginnings (`gevonden`, `dipikir`, `njega`); of Estonian and Irish
there is no list of frequent words. Of 18,000 to 40,000 such words the others keep two letters, but
for four in English (`dying`), two in Lithuanian, one in Persian and eleven in German (`ueber`)."""

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
    size, heads = _heads(wanted, language)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    counts = _words(texts, size, heads)
    folded = {form: fold(form) for form in counts}
    plain = {form: each.replace("'", "") for form, each in folded.items()}
    chosen = [form for form, each in plain.items() if each[:size] in heads]
    stemmed = stems([plain[form] for form in chosen], language)  # all at once: half of the time
    for form, stem in zip(chosen, stemmed, strict=True):
        if term := _term_of(form, folded[form], stem, language, wanted):
            found[term][form] += counts[form]
    return {term: _commonest(forms) for term, forms in found.items()}


def _heads(terms: Iterable[str], language: str) -> tuple[int, Collection[str]]:
    """How many letters tell a word that may have one of the terms, and which these are."""
    if stemmer_of(language) in _CUT_BEGINNINGS:
        return 0, {""}
    if not changes_suffixes_alone(language):
        return 2, {term[:2] for term in terms}
    heads = {prefix[:HEAD] for term in terms for prefix in stem_prefixes(term) or (term,)}
    for short in [each for each in heads if len(each) < HEAD]:
        for more in range(1, HEAD - len(short) + 1):
            heads.update(short + "".join(rest) for rest in product(ascii_lowercase, repeat=more))
    return HEAD, heads


def _words(texts: Iterable[str], size: int, heads: Collection[str]) -> dict[str, int]:
    """The words of texts, and how often each stands there; those that begin with ASCII's letters,
    where so many of them are one of the heads.

    Texts are parted at spaces first and each part is looked at once: half of the time, so.
    """
    parts = Counter("\n".join(texts).split())
    found: dict[str, int] = {}  # a Counter asks Python for each new word: twice the time
    for part in [
        each
        for each in parts
        if (head := each[:size]).lower() in heads or not (head.isalpha() and each.isascii())
    ]:
        word, count = part.strip(_MARKS), parts[part]
        if word.isascii() and word.isalpha():
            if word[:size].lower() in heads and not _RUN_TOGETHER.match(word):
                found[word] = found.get(word, 0) + count
            continue
        for each in _parted(word):
            found[each] = found.get(each, 0) + count
    return found


def _parted(word: str) -> list[str]:
    """The words in what stands between two spaces, without the marks around it."""
    if not word.isascii() and _RUN.search(word):
        return [each.text for run in _RUN.findall(word) for each in words_of_run(run)]
    if _RUN_TOGETHER.match(word):
        return []
    if word.isalpha():
        return [word]
    return [_POSSESSIVE.sub("", word)] if _WORD.fullmatch(word) else []


def _term_of(form: str, folded: str, stem: str, language: str, wanted: Collection[str]) -> str:
    """The term of a word that says something, where it is wanted; nothing for any other."""
    if not form.isascii() and _RUN.fullmatch(form):
        is_word = len(folded) == 2 and folded not in FUNCTION_WORDS
        return folded if is_word and folded in wanted else ""
    if len(folded) < SHORTEST and not form.isupper():
        return ""
    term = stem if stem.isascii() else fold(stem)
    return term if term in wanted and not _says_nothing(folded, language) else ""


@lru_cache(maxsize=1 << 12)
def _says_nothing(folded: str, language: str) -> bool:
    """Whether a folded word is a function word, or the name of a month or weekday: asked of the few
    whose stems are wanted, for it takes longer than a stem; kept, as pages tell the same words."""
    is_date = month_of(folded, language) or is_of_weekday(folded)
    return folded in function_words(language) or bool(is_date)


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
