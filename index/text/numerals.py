"""Numbers in Chinese numerals: `二零二五年` is 2025, and `三億` is 3 of what `3億` counts.

Read are strings of digits and numbers up to 9,999, which is what stands before 萬 and 億. A single
numeral is a number only before what it counts: 一 is in words of all kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DIGITS = {
    **{char: value for value, char in enumerate("一二三四五六七八九", start=1)},
    **dict.fromkeys("○〇零", 0),
    **dict.fromkeys("兩两", 2),
}
UNITS = {"十": 10, "百": 100, "千": 1000}
TENS = {"廿": 20, "卅": 30}
NUMERALS = "".join([*DIGITS, *UNITS, *TENS])
"""All characters that Chinese writes numbers with."""
_COUNTED = "[萬万億亿兆年月日號号歲岁倍成]"
_NUMBER = re.compile(rf"[{NUMERALS}]{{2,}}|[{NUMERALS}](?={_COUNTED})")


def chinese_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each number in Chinese numerals, and its digits."""
    if not any(numeral in text for numeral in NUMERALS):
        return
    for match in _NUMBER.finditer(text):
        yield match.start(), match.end(), digits_of(match[0])


def digits_of(numeral: str) -> str:
    """`二零二五` -> `2025`, `三千五百` -> `3500`."""
    if all(char in DIGITS for char in numeral):
        return "".join(str(DIGITS[char]) for char in numeral)
    total, last = 0, 0
    for char in numeral:
        if char in DIGITS:
            last = DIGITS[char]
        elif char in TENS:
            total, last = total + TENS[char], 0
        else:
            total, last = total + max(last, 1) * UNITS[char], 0
    return str(total + last)


def small_numerals(number: int) -> tuple[str, ...]:
    """How Chinese writes a number up to 99: `5` -> `五`, `11` -> `十一`; none for a larger one.

    Larger ones are numbers to `chinese_numbers` wherever they stand.
    """
    if not 0 < number < 100:
        return ()
    ones = [*DIGITS][:9]
    tens, rest = divmod(number, 10)
    if not tens:
        return (ones[rest - 1], "兩") if number == 2 else (ones[rest - 1],)
    return ("".join((ones[tens - 1] if tens > 1 else "", "十", ones[rest - 1] if rest else "")),)
