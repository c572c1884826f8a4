"""Chinese words: runs of scripts without spaces cut into words, by a dictionary.

Only questions are cut; texts are indexed by pairs of characters and single ones, so that no text is
missed that a dictionary cuts otherwise. The dictionary is that of jieba, as `rjieba` reads it: nine
characters take 1 µs, 27 µs with `jieba`, which also takes 0.6 s instead of 0.1 s to load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import rjieba

from index.release import Agency
from index.text.folding import fold
from index.text.numerals import NUMERALS, chinese_numbers, digits_of
from index.text.scripts import HAN, UNSPACED_RUN, character_table

_PARTICLES = (
    "的 了 是 在 为 被 与 和 及 或 而 之 其 于 以 由 从 对 将 把 让 使 也 都 就 还 又 很 最 所 该 "
    "此 这 那 个 并 则 到 要 有 会 能 可以 因为 所以 因此 如果 但是 而且 以及 一个 一种 这个 那个 "
    "时 时候 当 下 上 中 里 内 后 前 间 年 之后 之前 之间 以前 以后 以来 由于 关于 对于 有关 除了 "
    "为了 因 至 自 来 着 过 曾 曾经 曾于 已 已经 等 但 另 另外 还有 其他 其中 此外 同时 且 或者 "
    "还是 不 不是 就是 是在 是由 一 种 名 位 些"
)
_PRONOUNS = (
    "我 你 他 她 它 我们 你们 他们 她们 它们 吗 呢 吧 啊 哪 谁 何 几 什么 甚么 怎么 怎样 如何 "
    "为何 为什么 多少 哪里 哪些 哪个 哪一 哪种 哪位 哪一个 请问 是否 何时 何处 何人 何者 "
    "何年 何种 何地 何国 何事 几年 几个 几次 几人 几种 几名 几月 哪年 哪国 哪天 哪儿 什么样 怎么样 "
    "多久 多大 多高 多长"
)
_ORDINAL = re.compile(rf"(?<=第)[{NUMERALS}](?=[{HAN}])(?![{NUMERALS}])")
"""A numeral that is a number whatever it counts: `第三階段` is `第3階段`."""
_KOREAN = "은 는 이 가 을 를 의 에 와 과 도 로 으로 에서 에게 까지 부터 만 및 등"
"""What Korean writes in one with a name before it."""
MIN_NAME = 3
"""Characters of a name that is looked for in a run: shorter ones stand inside of other words."""
FUNCTION_WORDS = frozenset(f"{_PARTICLES} {_PRONOUNS} {_KOREAN}".split())
"""Words that say little by themselves, folded: particles, pronouns, question words."""


class RunWord(NamedTuple):
    """A word of a run as typed; `number` has the digits that it means, where it is a numeral."""

    text: str
    number: str | None = None

    @property
    def tells(self) -> bool:
        """Whether it is more than a function word."""
        return self.number is not None or fold(self.text) not in FUNCTION_WORDS


def words_of_run(
    run: str,
    agencies: tuple[Agency, ...] = (),
    forms: tuple[str, ...] = (),
    *,
    ordinals: bool = False,
) -> list[RunWord]:
    """The words of a run; what agencies are called, and numbers, are never cut.

    :param forms: what agencies are called beside their names.
    :param ordinals: whether one numeral behind 第 is a number: where words only rank, that costs
        0.0003 of the reciprocal rank of 7,017 questions.
    """
    found: list[RunWord] = []
    at = 0
    for start, end, number in _numbers(run) if ordinals else chinese_numbers(run):
        found += map(RunWord, _cut(run[at:start], agencies, forms))
        found.append(RunWord(run[start:end], number))
        at = end
    return [*found, *map(RunWord, _cut(run[at:], agencies, forms))]


def _numbers(run: str) -> list[tuple[int, int, str]]:
    """Start, end and digits of the numbers in Chinese numerals, ordinals of one numeral too."""
    numbers = set(chinese_numbers(run))
    if "第" in run:
        numbers |= {(*each.span(), digits_of(each[0])) for each in _ORDINAL.finditer(run)}
    return sorted(numbers)


def _cut(text: str, agencies: tuple[Agency, ...], forms: tuple[str, ...]) -> Iterator[str]:
    folded = text.translate(character_table())  # one character for each
    names = _names(agencies, forms)
    at = 0
    for match in names.finditer(folded) if names and text else ():
        yield from _by_dictionary(text[at : match.start()], folded[at : match.start()])
        yield text[match.start() : match.end()]
        at = match.end()
    yield from _by_dictionary(text[at:], folded[at:])


def _by_dictionary(text: str, folded: str) -> Iterator[str]:
    at = 0
    for stretch in re.finditer(f"([{HAN}]+)|[^{HAN}]+", folded):
        for word in _segmenter().cut(stretch[0]) if stretch[1] else [stretch[0]]:
            yield text[at : at + len(word)]
            at += len(word)


@cache
def _segmenter() -> rjieba.Jieba:
    import rjieba  # takes 35 MB, which only who is asked in Chinese needs

    return rjieba.Jieba()


@lru_cache(maxsize=4)
def _names(agencies: tuple[Agency, ...], forms: tuple[str, ...]) -> re.Pattern[str] | None:
    """What agencies are called in a script without spaces, folded, the longest first."""
    called = (*(each.name for each in agencies), *forms)
    names = {each.translate(character_table()) for each in called}
    long_enough = (each for each in names if len(each) >= MIN_NAME)
    usable = sorted(filter(UNSPACED_RUN.fullmatch, long_enough), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, usable))) if usable else None
