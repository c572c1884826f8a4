"""Every regular expression against inputs that make it try again and again: linear, or bounded.

An expression that needs the square of a text's length takes seconds for what a page may hold. Those
that do are given short texts only: `BOUNDED` says how long. Whole documents of such texts are read
below. All is told by ratios of processor times, which a busy machine leaves as they are.
"""

from __future__ import annotations

import html
import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from index.dates.date_strings import MAX_DATE_TEXT
from index.ingest.candidate import candidates
from index.ingest.completion import CompletionOptions
from index.sources.draft import Document
from index.sources.forms.pdf import MAX_NUMBER
from index.sources.issuers import MAX_MAIL, MAX_NAME
from index.sources.newswire import MAX_PLACE
from index.sources.page.lines import MAX_LABEL
from index.sources.page.shown_days import MAX_DATE_LINE
from search.query.lexer import MAX_QUERY
from tests.hostile.expressions import FRAGMENTS, Expression, every_expression, worst_inputs

SIZE = 2_000
"""Characters of an input: one step for each pair of them takes some 10 ms, linear ones less than 1."""
SOON = 0.02
"""Processor seconds up to which nothing is compared."""
TIMES = 4
"""How much longer the second input is; a linear expression takes about so many times as long."""
LIMIT = 2 * TIMES
"""Between linear (4) and quadratic (16)."""
HANGS = 20
"""Processor seconds after which one expression is given up."""
LONG = 20_000
"""Characters of a document of one fragment."""

BOUNDED = {
    # Dates and lines with dates.
    **dict.fromkeys(
        (f"index.dates.date_strings.{name}" for name in (
            "_NAMED", "_NAMED[3]", "_NAMED[4]", *(f"_PARTIAL[{place}]" for place in range(1, 6)))),
        MAX_DATE_TEXT),
    "index.dates.prose._DATELINE": 160,
    "index.dates.make_month_names._AROUND": 200,
    "index.sources.page.date_labels.PUBLISHED_ON": MAX_DATE_LINE,
    # Names and lines that may be names.
    r"index.sources.issuers \S+@\S+\s+\(([^()]+)\)": MAX_NAME + MAX_MAIL,
    "index.sources.issuer_lines._HEADED": MAX_NAME,
    "index.sources.page.stated_agency._LABEL": 300,
    "index.sources.page.lines._FROM": MAX_LABEL,
    "index.agencies.mentions._CAPITALISED_BEFORE": 1_500,
    "index.sources.newswire._DASH": MAX_PLACE + 10,
    r"index.sources.newswire \s+[–—―─-]\s+|[–—―─－]+": MAX_PLACE + 10,
    "index.sources.hongkong.footer._INSIDE": 500,
    "index.sources.forms.pdf._NUMBER": MAX_NUMBER,
    # What an operator or a searcher types, and our own lists.
    "index.sources.page.stock_phrases._OPEN": 120,
    "search.query.modifiers._SUFFIX": MAX_QUERY,
    "search.query.date_queries._SPAN": MAX_QUERY,
    "search.show.cutting._SENTENCE_BREAK": 1_000,
}  # fmt: skip
"""Expressions that are given short texts only: characters of the longest."""
FOLDED = {
    "index.sources.page.title_lines._SEPARATOR",
    *(f"index.sources.page.stated_agency.{name}" for name in ("_JOINT", "_NEXT_LABEL")),
    *(f"index.sources.page.name_forms.{name}" for name in (
        "_BRACKETED", "_PRESS_AFTER", "_SITE_WORDS")),
    "index.sources.page.shown_days._FULL_DAY", "index.sources.page.shown_days._DATELINE",
}  # fmt: skip
"""Expressions that meet lines in which every run of white space is one space."""

EVERY = {re.sub(r":\d+ ", " ", name): each for name, each in every_expression().items()}


@contextmanager
def given_up_in_time(what: str) -> Iterator[None]:
    """Ends what does not end by itself, with a sentence."""

    def end(*_: object) -> None:
        raise AssertionError(f"{what}: more than {HANGS} s of processor time")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(ask: Callable[[str], object], text: str) -> float:
    """The least processor time of three; one is enough where it is soon done."""
    took = []
    for _ in range(3):
        started = time.process_time()
        ask(text)
        took.append(time.process_time() - started)
        if took[-1] < SOON:
            break
    return min(took)


def lasting(expression: Expression, size: int, name: str) -> Iterator[tuple[float, str]]:
    """The inputs of so many characters that take it long."""
    for text in worst_inputs(expression.pattern, size):
        asked = re.sub(r"\s+", " ", text) if name in FOLDED else text
        took = seconds(expression.search, asked)
        if took >= SOON:
            yield took, asked


def test_there_are_expressions() -> None:
    assert len(EVERY) > 400
    assert BOUNDED.keys() | FOLDED <= EVERY.keys(), "one that is gone need not be bounded"


def test_the_square_of_a_text_is_seen() -> None:
    square = Expression(re.compile(r"\s*x|,"), ("search",))
    (first, *_) = lasting(square, 4 * SIZE, "")
    assert set(first[1][:-1]) <= set(" \t\n"), "white space"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_expression_needs_the_square_of_a_text(part: int) -> None:
    for name in sorted(EVERY)[part::4]:
        expression, bound = EVERY[name], BOUNDED.get(name)
        with given_up_in_time(name):
            for took, text in lasting(expression, bound or SIZE, name):
                if bound:
                    assert took < 10 * SOON, f"{name}: {took:.2f} s for {text[:60]!r}"
                    continue
                longer = seconds(expression.search, text[:-1] * TIMES + text[-1])
                assert longer < LIMIT * took, (
                    f"{name}: {took:.3f} and {longer:.3f} s, {text[:60]!r}"
                )


def documents(fragment: str, length: int) -> dict[str, str]:
    """A fragment again and again as text of a page, field of a record, author of a feed, and alone."""
    long = fragment * (length // len(fragment))
    markup = html.escape(long)
    record = {
        "headline": long[:3_000], "body": long, "date": long[:5_000], "agency": long, "url": long,
    }  # fmt: skip
    return {
        "a.html": f"<title>Pier {markup}</title><h1>Pier</h1><p>{markup}</p>",
        "a.json": json.dumps(record),
        "a.jsonl": "\n" * length + json.dumps(record) + long,
        "a.xml": f"<rss><channel><title>{markup}</title><item><title>Pier</title><author>{markup}"
        f"</author><description>{markup}</description></item></channel></rss>",
        "b.xml": f"<!DOCTYPE {'<!DOCTYPE ' * (length // 10)}<rss>{markup}",
        "a.txt": long,
    }


@pytest.mark.slow
@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_documents_of_one_fragment_are_read_in_linear_time(fragment: str) -> None:
    longer = documents(fragment, LONG * TIMES)
    for name, text in documents(fragment, LONG).items():

        def read(content: str, name: str = name) -> None:
            candidates(Document(name=name, data=content.encode()), CompletionOptions())

        with given_up_in_time(name):
            took = seconds(read, text)
            if took > 10 * SOON:
                assert seconds(read, longer[name]) < LIMIT * took, name
