"""A word, phrase, prefix or near-word as typed -> Whoosh query over headline and body.

Words are cut and stemmed by `index.text.analysis`, as documents are. Scripts without spaces come as
runs (`search.query.unspaced_runs`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product, zip_longest

from whoosh.query import (
    And,
    ConstantScoreQuery,
    FuzzyTerm,
    Or,
    Prefix,
    Query,
    Wildcard,
)

from index.dates.partial import PartialDate
from index.text.analysis import Expansion, expand
from index.text.folding import fold
from index.text.months import (
    CHINESE_DAY,
    chinese_day_term,
    chinese_number,
    day_of_year,
    linked_days,
    named_day,
)
from index.text.numerals import small_numerals
from index.text.raw_tokens import raw_token_in
from index.text.scripts import UNSPACED_RUN
from index.text.terms_beside import signed_word
from search.query.boolean_queries import any_of
from search.query.combined_fields import CombinedFields
from search.query.date_queries import days_query
from search.query.lexemes import CLOSING
from search.query.segmentation import words_of_run
from search.query.unspaced_runs import (
    counted_otherwise,
    near_number,
    run_query,
    side_by_side,
)
from search.query.word_clauses import Scope, stems_phrase, terms_of_word, word_clause

DAY = 3.0
"""What a day scores beside its words, which may stand anywhere. In the first 50 results of 60
searches with a day and a word, over 72,623 releases, 305 pairs have a release without the day above
one with it; with 1 there are 1,746, with 2 there are 672, with 5 there are 142."""
HEADLINE_EXPANSION = 2.0
"""What a word that a prefix or a near-word stands for scores in headlines; in bodies 1."""

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d+)?")
_INITIALS = re.compile(r"(?<!\S)[A-Za-z](?:\.[A-Za-z]){1,5}\.?(?!\S)")
_LETTERS = re.compile(r"(?<!\S)[A-Z](?: [A-Z]){1,5}(?!\S)")
_SINGLE_LETTER = re.compile(r"(?<!\S)[A-Za-z](?![^\s.])")
_NUMERIC_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)", re.ASCII)
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
"""A year that stands behind a day."""
_CHINESE_DATE = re.compile(rf"(?P<year>[^年\s]{{4}})\s?年\s?{CHINESE_DAY.pattern}")
_PARTING = re.compile(r"[\s,;，、；。！？!?…]")


def word_query(text: str, scope: Scope, *, exact: bool = False) -> Query | None:
    """Documents that hold what stands between two spaces: a word, a compound, a run, a mixture.

    None where there is no letter or digit in it.
    """
    if is_plain(text) and not exact:
        return word_clause(scope.fields, scope, *word_stems(text, scope.languages))
    signed = signed_word(text.rstrip(CLOSING))
    if signed:
        return any_of(terms_of_word(scope, signed))
    numeric = None if exact else _NUMERIC_DAY.fullmatch(text.rstrip(CLOSING))
    if numeric:
        return _numeric_day_query(numeric, scope)
    dated = None if exact or text.isascii() else _chinese_date_query(text, scope)
    if dated is not None:
        return dated
    units = list(units_of(text))
    if len(units) > 1 and not (exact or scope.any_word):
        queries = list(_counted_queries(units, text, scope))
    else:
        queries = [_unit_query(unit, scope, exact=exact) for unit in units]
    return _all_or_any(queries, scope) if queries else None


def words_query(text: str, scope: Scope) -> Query:
    """Documents that hold all words of a text with some, or any of them where any will do."""
    queries = (word_query(part, scope) for part in text.split())
    return _all_or_any([each for each in queries if each], scope)


def spellings_query(words: Sequence[str], scope: Scope) -> Query:
    """Documents that hold any of some plain words, which are one word in several spellings.

    One clause: a text that has it in both spellings is no better for that.
    """
    stems = (
        part.term.stem
        for language in scope.languages
        for word in words
        for part in expand(word, language).parts
    )
    return any_of(terms_of_word(scope, *stems))


def form_query(text: str, scope: Scope) -> CombinedFields | None:
    """Documents that hold a word in this very form but for its accents; None for what is not one
    word, or one that none holds, and where a sign or a run beside it says more: `C++`, `12名`."""
    if is_plain(text):
        forms = [text]
    else:
        more = UNSPACED_RUN.search(text) or signed_word(text.rstrip(CLOSING))
        forms = [] if more else _exact_forms(text)
    fields = tuple([f"{field}_exact" for field in scope.fields])
    form = tuple([fold(each) for each in forms])
    held = len(form) == 1 and (scope.statistics is None or scope.statistics.held(fields, form))
    return word_clause(fields, scope, *form) if held else None


def is_plain(text: str) -> bool:
    """Whether a text is a single word of plain letters, as most that are typed: one raw token."""
    return text.isascii() and text.isalpha()


def word_stems(word: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The stem in each language of a word that is one term."""
    return tuple([expand(word, language).parts[0].term.stem for language in languages])


def phrase_words(text: str) -> list[str]:
    """The words of a phrase, each as it was typed."""
    return [_raw(match) for match in _raw_tokens(text)]


def day_query(text: str, scope: Scope) -> Query | None:
    """Documents with the day that words name (`November 26`, `26 November 2023`), in any form, or
    with all the words."""
    first, second, *year = (fold(match[0]) for match in raw_token_in(text).finditer(text))
    day = named_day(first, second)
    together = words_query(text, scope)
    if day is None:
        return together
    linked = [_positions_query(each, scope, 1) for each in linked_days(day)]
    named = [*terms_of_word(scope, day, share=DAY), *linked]
    whole = [And([any_of(named), _of_year(each, scope)]) for each in year]
    return Or([*(whole or named), together])


def _of_year(year: str, scope: Scope) -> Query:
    """Documents that have a year, or are of it: what a release says of its own days has none.

    Of 2,930 releases of the Swiss government that name the day they are of, 644 have no year, of
    27,300 of the Senate 431, and of Hong Kong's none has one.
    """
    dated = days_query(PartialDate(int(year)).days, boost=0.0)
    return Or([*terms_of_word(scope, year), dated])


def phrase_query(text: str, scope: Scope, *, slop: int = 1, exact: bool = False) -> Query | None:
    """Documents that hold the words side by side, at most `slop` positions from one to the next."""
    matches = list(_raw_tokens(text))
    if not matches:
        return None
    query = _positions_query([_raw(match) for match in matches], scope, slop)
    if not exact:
        return query
    words = [word_query(match[0], scope, exact=True) for match in matches if match[1] is None]
    return And([query, *(word for word in words if word is not None)])


def prefix_query(text: str, scope: Scope) -> Query | None:
    """Documents with words that begin so; the scores do not depend on the words."""
    *before, last = list(units_of(text)) or [""]
    if not last:
        return None
    word = _exact_forms(last)
    if UNSPACED_RUN.match(last) or not word or CHINESE_DAY.fullmatch(last):
        return word_query(text, scope)
    queries = [_unit_query(unit, scope) for unit in before]
    queries += [_unit_query(unit, scope, exact=True) for unit in word[:-1]]
    queries.append(_by_exact_field(scope, lambda field: Prefix(field, word[-1])))
    return And(queries) if len(queries) > 1 else queries[0]


def pattern_query(text: str, scope: Scope) -> Query:
    """Documents with words that a pattern of letters, `?` and `*` fits."""
    return _by_exact_field(scope, lambda field: Wildcard(field, fold(text)))


def fuzzy_query(text: str, scope: Scope, edits: int) -> Query | None:
    """Documents with words that differ in at most so many letters, the first letter excepted."""
    units = list(units_of(text))
    if len(units) != 1 or UNSPACED_RUN.match(units[0]) or len(_exact_forms(units[0])) != 1:
        return word_query(text, scope)
    word = _exact_forms(units[0])[0]
    return _by_exact_field(scope, lambda field: FuzzyTerm(field, word, maxdist=edits))


def counts(number: str, run: str, text: str) -> bool:
    """Whether one unit of a text is a number that counts what another one begins with: `11月`."""
    counted = _NUMBER.fullmatch(number) and UNSPACED_RUN.match(run)
    return counted is not None and f"{number}{run}" in text


def units_of(text: str) -> Iterator[str]:
    """The text cut into runs, days as Chinese writes them, and words with what is glued to them."""
    days = {match.start(): match.end() for match in CHINESE_DAY.finditer(text)}
    unit_start = unit_end = at = 0
    for match in _raw_tokens(text):
        start, end = match.span()
        if start < at:
            continue
        at = end
        run = UNSPACED_RUN.match(text, start)
        if start in days or run:
            at = days.get(start) or _run_end(run, days)
        glued = not (run or start in days) and unit_end > unit_start
        if glued and start > unit_end and not _PARTING.search(text, unit_end, start):
            unit_end = end
            continue
        if unit_end > unit_start:
            yield text[unit_start:unit_end]
        unit_start, unit_end = start, at
        if start in days or run:
            yield text[start:at]
            unit_start = unit_end
    if unit_end > unit_start:
        yield text[unit_start:unit_end]


def _run_end(run: re.Match[str] | None, days: dict[int, int]) -> int:
    """The end of a run, or the start of the day inside it."""
    if run is None:
        return 0
    return min([start for start in days if run.start() < start < run.end()] + [run.end()])


def _unit_query(unit: str, scope: Scope, *, exact: bool = False) -> Query:
    day = CHINESE_DAY.fullmatch(unit)
    term = chinese_day_term(day) if day else None
    if term:
        raws = [_raw(each) for each in raw_token_in(unit).finditer(unit)]
        plain = _positions_query(raws, scope, 1)
        return Or([*terms_of_word(scope, term), plain])
    if UNSPACED_RUN.match(unit):
        return run_query(unit, scope)
    if exact:
        fields = [f"{field}_exact" for field in scope.fields]
        forms = [word_clause(fields, scope, form) for form in _exact_forms(unit)]
        return And(forms) if len(forms) > 1 else forms[0]
    raws = [match[0] for match in _raw_tokens(unit)]
    return (scope.any_word and _parts_query(raws, scope)) or _positions_query(raws, scope, 1)


def _all_or_any(queries: list[Query], scope: Scope) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Or(queries) if scope.any_word else And(queries)


def _numeric_day_query(found: re.Match[str], scope: Scope) -> Query:
    """`29.8.2005`, as it stands or as that day in any form; `3/4/2005` may be of March or April."""
    first, _, second, year = found.groups()
    days = [day_of_year(int(one), int(other)) for one, other in ((first, second), (second, first))]
    isos = [year + each[1:] for each in days if each]
    return any_of([_unit_query(found[0], scope), *(_unit_query(each, scope) for each in isos)])


def _chinese_date_query(text: str, scope: Scope) -> Query | None:
    """`2025年11月26日`, in any numerals, as that day in any form; None for another text."""
    found = _CHINESE_DATE.fullmatch(text)
    if found is None:
        return None
    year, day = str(chinese_number(found["year"]) or ""), chinese_day_term(found)
    if not (day and YEAR.fullmatch(year)):
        return None
    return And([any_of(terms_of_word(scope, day)), _of_year(year, scope)])


def _counted_queries(units: Sequence[str], text: str, scope: Scope) -> Iterator[Query]:
    """The queries of units; of a number with what it counts behind it (`11月`, `5級火`) one.

    The two stand side by side, in either kind of numerals.
    """
    number = ""
    for unit, following in zip_longest(units, units[1:], fillvalue=""):
        if number:
            counted, *others = words_of_run(unit)
            ways = [(number, counted.text), *counted_otherwise(number, counted.text)]
            yield any_of([each for way in ways for each in _counted_ways(*way, scope)])
            unit = "".join(each.text for each in others)
        number = fold(unit).replace(",", "") if counts(unit, following, text) else ""
        if unit and not number:
            yield _unit_query(unit, scope)


def _counted_ways(number: str, counted: str, scope: Scope) -> Iterator[Query]:
    yield near_number(number, counted, scope)
    for each in small_numerals(int(number)) if number.isdecimal() else ():
        yield side_by_side(f"{each}{counted}", scope)


def _parts_query(raws: Sequence[str], scope: Scope) -> Query | None:
    """Any part of a compound or its joined form, for when any word will do; None for a word."""
    if len(raws) != 1:
        return None
    by_language = [expand(raws[0], language) for language in scope.languages]
    if len(by_language[0].parts) < 2:
        return None
    parts = zip(*([part.term.stem for part in each.parts] for each in by_language), strict=True)
    joined = [stem for each in by_language for stem in _joined(each)]
    return Or(
        [
            *terms_of_word(scope, *joined),
            *(each for own in parts for each in terms_of_word(scope, *own)),
        ]
    )


def _positions_query(raws: Sequence[str], scope: Scope, slop: int) -> Query:
    """Side by side: the parts of all raw tokens, or with the compounds among them joined."""
    ways: dict[int, list[list[str]]] = {}
    days: list[Query] = []
    written = [raws]
    if _SINGLE_LETTER.search(" ".join(raws)):
        written += _initials_otherwise(raws)
    for language, raws in product(scope.languages, written):
        expansions = [expand(raw, language) for raw in raws]
        apart = [part.term.stem for each in expansions for part in each.parts]
        joined = [stem for each in expansions for stem in _joined(each)]
        for stems in [joined, apart] if joined != apart else [apart]:
            own = _without_lone_end(stems, raws)
            ways.setdefault(len(own), []).append(own)
        days += _iso_days(expansions, raws, scope)
    alone = [stems[0] for stems in ways.pop(1, [])]
    together = [stems_phrase(scope, stems, slop) for _, stems in sorted(ways.items())]
    return any_of([*terms_of_word(scope, *alone), *together, *days])


def _initials_otherwise(raws: Sequence[str]) -> Iterator[list[str]]:
    """The words with their initials as letters, and the other way round: `U.S.`, `U S`."""
    text = " ".join(raws)
    apart = _INITIALS.sub(lambda found: found[0].rstrip(".").replace(".", " "), text)
    together = _LETTERS.sub(lambda found: found[0].replace(" ", ".") + ".", text)
    yield from (other.split(" ") for other in (apart, together) if other != text)


def _joined(expansion: Expansion) -> list[str]:
    wholes = [extra.stem for extra in expansion.extras if extra.exact]
    return wholes or [part.term.stem for part in expansion.parts]


def _iso_days(expansions: list[Expansion], raws: Sequence[str], scope: Scope) -> list[Query]:
    """`2023-11-05` as a word also means that day with that year, in whatever form."""
    extras = [extra.stem for each in expansions for extra in each.extras]
    days = [stem for stem in extras if stem.startswith("--")]
    if len(raws) != 1 or not days:
        return []
    return [And([any_of(terms_of_word(scope, days[0])), _of_year(raws[0][:4], scope)])]


def _without_lone_end(stems: list[str], raws: Sequence[str]) -> list[str]:
    """A run's last character stands alone only if the run ends there: do not ask for it."""
    run_goes_back = len(raws) > 1 and len(raws[-2]) == 2 and UNSPACED_RUN.fullmatch(raws[-2])
    return stems[:-1] if run_goes_back and len(raws[-1]) == 1 else stems


def _raw_tokens(text: str) -> Iterator[re.Match[str]]:
    """The raw tokens of a text, without marks that stand on no letter and so give no term."""
    for match in raw_token_in(text).finditer(text):
        if text.isascii() or expand(_raw(match), "und").parts:
            yield match


def _raw(match: re.Match[str]) -> str:
    """A raw token as `index.text.analysis.expand` takes it."""
    return match[0] + (match[1] or "")


def _exact_forms(unit: str) -> list[str]:
    """The unstemmed words of a unit, a compound's joined where the index has it so."""
    forms: list[str] = []
    for match in raw_token_in(unit).finditer(unit):
        expansion = expand(match[0], "und")
        wholes = [extra.exact for extra in expansion.extras if extra.exact]
        forms += wholes or [part.term.exact for part in expansion.parts if part.term.exact]
    return forms


def _by_exact_field(scope: Scope, make: Callable[[str], Query]) -> Query:
    """The query in the unstemmed twin of each field; expansions score alike, headlines higher."""
    made = [(make(f"{field}_exact"), _boost(field)) for field in scope.fields]
    return any_of([ConstantScoreQuery(query, boost) for query, boost in made])


def _boost(field: str) -> float:
    return HEADLINE_EXPANSION if field.startswith("headline") else 1.0
