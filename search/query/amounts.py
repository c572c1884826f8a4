"""Amounts that a search types, `3 billion` or `$1.5m`, and the other ways in which they are said.

Of some ten thousand releases of the Swiss government 96 times `bn` stands behind a number, `m` 172
times and `mn` 18 times, where others write the word in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from whoosh.query import And, Or, Query

from search.query.lexemes import Lexeme, joined_runs
from search.query.term_queries import phrase_query, words_query
from search.query.word_clauses import Scope

_SCALES = {
    3: ("thousand", "k"),
    6: ("million", "mn", "mln", "mio", "m"),
    9: ("billion", "bn", "bln"),
    12: ("trillion", "trn", "tn"),
}
"""Power of ten -> its names in English and in finance."""
_OF_MONEY = frozenset(("k", "m", "tn"))
"""What else is kilometres, metres and tonnes."""
_POWERS = {each: power for power, ways in _SCALES.items() for each in ways}
_DECIMALS = 3
"""Digits behind the point with which an amount in figures is said in words: `1.234 million`."""
_MONEY = (
    r"(?P<money>[A-Z]{0,3}[$€£¥₹]|AUD|CAD|CHF|CNY|DKK|EUR|GBP|HKD|INR|JPY|NOK|NZD|RMB|SEK|SGD|USD)?"
)
_IN_WORDS = re.compile(
    rf"{_MONEY}\s?(?P<number>\d{{1,4}}(?:\.\d{{1,3}})?)[\s-]?"
    rf"(?P<scale>{'|'.join(sorted(_POWERS, key=len, reverse=True))})(?:\sdollars?)?",
    re.IGNORECASE,
)
_DOLLARS = re.compile(r"(?:US\$|USD)\s?(?P<number>[\d.,]+)", re.IGNORECASE)
"""An amount in dollars of the United States, whose releases write `$` alone."""
_IN_FIGURES = re.compile(rf"{_MONEY}\s?(?P<figures>\d{{1,3}}(?:,\d{{3}}){{2,4}})", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z]")
APART = 3
"""Positions from a number to its scale: `$700 to $800 billion`. Of the 481 releases of the Senate
that have a 700 and a billion anywhere, 49 say `700 billion`, and with 3 positions no other is
found; with 4 the seven of `$700 million to $1.4 billion` are."""
_USUAL = "10"
"""A number by which it is told whether releases say whose dollars they are."""
TIMES = 50
"""How many times more releases have an amount than with the letters before it, where these are
left out: of the Senate's 1,450 have `10 million`, and 5 `US` or `USD` before a 10; of the Swiss
ones 88 and 14."""
_CODES = {"us$": "USD", "hk$": "HKD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "s$": "SGD"}
_SAME_MONEY = {**_CODES, **{code.lower(): sign.upper() for sign, code in _CODES.items()}}
_MOST = 3
"""Words of an amount: `CHF 3 million`."""


def joined_amounts(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Plain words that are an amount together, `CHF 3 million`, become one lexeme."""
    return joined_runs(lexemes, _MOST, "amount", _is_amount)


def amount_query(text: str, scope: Scope) -> Query:
    """Documents with an amount in any form; `$` is no word, and so are `dollars` behind it none."""
    phrases = (phrase_query(each, scope) for each in dict.fromkeys(_ways(text)))
    return Or([_as_typed(text, scope), *(each for each in phrases if each is not None)])


def _as_typed(text: str, scope: Scope) -> Query:
    """Documents with the number before its scale, the currency anywhere: `2, 3 or 5 million`.

    Where any word will do, with any of the words.
    """
    amount = _IN_WORDS.fullmatch(text)
    if amount is None or scope.any_word or amount["scale"].lower() in _OF_MONEY:
        return words_query(text, scope)
    near = phrase_query(f"{amount['number']} {amount['scale']}", scope, slop=APART)
    currency = words_query(amount["money"], scope) if _LETTER.match(amount["money"] or "") else None
    return And([each for each in (currency, near) if each is not None])


def in_own_dollars(text: str, together: Callable[[str, str], int]) -> str:
    """`US$3 million` as `$3 million` where releases hardly ever say whose dollars they are.

    :param together: how many releases have two words side by side.
    """
    dollars = _DOLLARS.match(text)
    if dollars is None:
        return text
    said = together("us", _USUAL) + together("usd", _USUAL)
    own = together(_USUAL, "million") > TIMES * said
    return f"${text[dollars.start('number') :]}" if own else text


def _is_amount(text: str) -> bool:
    found = _IN_WORDS.fullmatch(text)
    if found and found["scale"].lower() in _OF_MONEY and not found["money"]:
        return False
    return bool(found or _IN_FIGURES.fullmatch(text))


def _ways(text: str) -> Iterator[str]:
    """An amount as it is said otherwise, with its currency before it."""
    in_words, in_figures = _IN_WORDS.fullmatch(text), _IN_FIGURES.fullmatch(text)
    if in_words:
        money, number, power = in_words["money"], in_words["number"], _power_of(in_words["scale"])
        value = Decimal(number).scaleb(power)
        if value == int(value):
            yield from (f"{each} {int(value):,}" for each in _moneys(money or ""))
        yield from _with_scale(money or "", number, power)
    elif in_figures:
        value = Decimal(in_figures["figures"].replace(",", ""))
        for power in _SCALES:
            number = value.scaleb(-power).normalize()
            if number >= 1 and number == round(number, _DECIMALS):
                yield from _with_scale(in_figures["money"] or "", f"{number:f}", power)


def _with_scale(money: str, number: str, power: int) -> Iterator[str]:
    for scale in _SCALES[power]:
        if money or scale not in _OF_MONEY:
            for each in _moneys(money):
                yield f"{each} {number} {scale}"
                yield f"{each} {number}{scale}"


def _moneys(money: str) -> tuple[str, ...]:
    """A currency by its sign and by its code: `HK$`, `HKD`."""
    other = _SAME_MONEY.get(money.lower())
    return (money, other) if other else (money,)


def _power_of(scale: str) -> int:
    return _POWERS[scale.lower()]
