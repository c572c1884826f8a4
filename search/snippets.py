"""Marked headlines, snippets and lead-ins: text is escaped first, marks are put in after.

What is marked are the very terms that the query looked for, found by analysing the release as the
index did; so stems, compounds, days, prefixes and near-words mark what they matched. Phrases are
marked as phrases, and their words not elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from whoosh.query import And, AndNot, ConstantScoreQuery, Or, Phrase, Query, Term

from index.release import Release
from index.text import Token, tokens

SNIPPET_LENGTH = 180
"""Characters of a snippet, about; half of it for scripts whose characters are wide."""
MAX_SNIPPETS = 3
MAX_ANALYSED = 200_000
"""Characters of a body that are looked at for marks and snippets."""
MAX_PHRASE_STARTS = 2_000
"""Places in one text that are tried as the start of one phrase."""

_BLANKS = re.compile(r"[^\S\n]+")
_WIDE = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]")
_CONTACT = re.compile(
    r"(?:for\s+)?immediate\s+release\b|embargo|(?:press|media|news)\s+(?:release|contact|enquir|inquir)"
    r"|(?:contacts?|tel|telephone|phone|fax|e-?mail|date|issued|ref)\b\s*[:.]|\S+@\S+\Z",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?", "。", "！", "？", ":", "：", "”", '"')
MAX_PREFACE = 60
"""Characters up to which a first line without a full stop is taken for a dateline or a heading."""


class Span(NamedTuple):
    """A stretch of text to mark, and the part of the query (any number) that it answers."""

    start: int
    end: int
    clause: int


@dataclass(slots=True)
class Wanted:
    """What a query looks for in one field: terms with their clause, and phrases.

    `characters` are the pairs that begin with a single character that was looked for.
    """

    stems: dict[str, int] = field(default_factory=dict)
    exacts: dict[str, int] = field(default_factory=dict)
    characters: dict[str, int] = field(default_factory=dict)
    phrases: list[tuple[tuple[str, ...], int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stems or self.exacts or self.characters or self.phrases)


class Marker:
    """Marks what one query (its prefixes and near-words expanded) matches in releases."""

    def __init__(self, query: Query) -> None:
        self._wanted = {"headline": Wanted(), "body": Wanted()}
        for clause, (leaves, expanded) in enumerate(_clauses(query)):
            for leaf in leaves:
                self._want(leaf, clause, expanded=expanded)

    def headline(self, release: Release) -> str:
        """The whole headline, escaped, with `<mark>`."""
        return marked(release.headline, self._spans("headline", release))

    def body(self, release: Release) -> str:
        """The whole body, escaped, with `<mark>` in its first `MAX_ANALYSED` characters."""
        return marked(release.body, self._spans("body", release))

    def snippets(self, release: Release) -> tuple[str, ...]:
        """Up to `MAX_SNIPPETS` stretches of the body with marks, or the opening of the body."""
        text = _BLANKS.sub(" ", release.body)
        spans = self._spans_in(text, "body", release.language)
        windows = _windows(text, spans)
        if not windows:
            lead_in = _lead_in(text)
            return (lead_in,) if lead_in else ()
        return tuple(_cut(text, window, spans) for window in windows)

    def _want(self, leaf: Query, clause: int, *, expanded: bool) -> None:
        name = leaf.fieldname.removesuffix("_exact")
        if name not in self._wanted:
            return
        wanted = self._wanted[name]
        if isinstance(leaf, Phrase):
            wanted.phrases.append((tuple(leaf.words), leaf.slop, clause))
        elif leaf.fieldname == name and expanded:
            wanted.characters.setdefault(leaf.text, clause)
        elif leaf.fieldname == name:
            wanted.stems.setdefault(leaf.text, clause)
        else:
            wanted.exacts.setdefault(leaf.text, clause)

    def _spans(self, name: str, release: Release) -> list[Span]:
        text = release.headline if name == "headline" else release.body
        return self._spans_in(text, name, release.language)

    def _spans_in(self, text: str, name: str, language: str) -> list[Span]:
        wanted = self._wanted[name]
        if not wanted:
            return []
        found = list(tokens(text[:MAX_ANALYSED], language))
        return sorted({*_term_spans(found, wanted), *_phrase_spans(found, wanted)})


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text escaped, each stretch that spans cover in one `<mark>`."""
    pieces, at = [], 0
    for start, end in _merged(spans):
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, escape(text[at:])])


def _clauses(query: Query) -> Iterator[tuple[list[Query], bool]]:
    """Terms and phrases that a match may hold, without what the query excludes.

    The expansions of one prefix or near-word come together, and with True.
    """
    if isinstance(query, Term | Phrase):
        yield [query], False
    elif isinstance(query, And | Or):
        for child in query.subqueries:
            yield from _clauses(child)
    elif isinstance(query, AndNot):
        yield from _clauses(query.a)
    elif isinstance(query, ConstantScoreQuery):
        yield [leaf for leaves, _ in _clauses(query.child) for leaf in leaves], True


def _term_spans(found: list[Token], wanted: Wanted) -> Iterator[Span]:
    for token in found:
        clause = wanted.stems.get(token.stem)
        if clause is None and token.exact:
            clause = wanted.exacts.get(token.exact)
        if clause is not None:
            yield Span(token.start, token.end, clause)
        elif token.stem in wanted.characters:
            yield Span(token.start, token.start + 1, wanted.characters[token.stem])


def _phrase_spans(found: list[Token], wanted: Wanted) -> Iterator[Span]:
    if not wanted.phrases:
        return
    needed = {word for words, _, _ in wanted.phrases for word in words}
    places: dict[str, list[Token]] = defaultdict(list)
    for token in found:
        if token.stem in needed:
            places[token.stem].append(token)
    for words, slop, clause in wanted.phrases:
        for first in places[words[0]][:MAX_PHRASE_STARTS]:
            run = _follow(first, words, slop, places)
            if slop == 1 and run:
                yield Span(run[0].start, run[-1].end, clause)
            else:
                yield from (Span(token.start, token.end, clause) for token in run)


def _follow(
    first: Token, words: tuple[str, ...], slop: int, places: dict[str, list[Token]]
) -> list[Token]:
    """The tokens of the phrase that begins at `first`, or none. Takes the nearest next word."""
    run = [first]
    for word in words[1:]:
        there = places[word]
        at = bisect_right(there, run[-1].position, key=lambda token: token.position)
        if at == len(there) or there[at].position > run[-1].position + slop:
            return []
        run.append(there[at])
    return run


def _merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Overlapping and touching spans made one."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _windows(text: str, spans: list[Span]) -> list[tuple[int, int]]:
    """The stretches to show, in order: each adds what is not shown yet, then the fullest.

    A text not much longer than a snippet is shown whole.
    """
    if not spans:
        return []
    length = _length(text)
    if len(text) <= length * 1.5:
        return [(0, len(text))]
    starts = [span.start for span in spans]
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    for _ in range(MAX_SNIPPETS):
        best = _best(spans, starts, length, chosen, shown)
        if best is None:
            break
        inside = spans[best : bisect_right(starts, starts[best] + length - 20)]
        window = _around(text, inside, length, chosen)
        chosen.append(window)
        shown |= {span.clause for span in inside}
    return sorted(chosen)


def _best(
    spans: list[Span],
    starts: list[int],
    length: int,
    chosen: list[tuple[int, int]],
    shown: set[int],
) -> int | None:
    """The span that begins the best stretch outside those chosen: new words, all words, early."""
    best, best_rank = None, (-1, -1, 0)
    for index, span in enumerate(spans[:2_000]):
        if any(low - 10 < span.end and span.start < high + 10 for low, high in chosen):
            continue
        inside = spans[index : bisect_right(starts, span.start + length - 20)]
        clauses = {each.clause for each in inside}
        rank = (len(clauses - shown), len(clauses), -index)
        if rank > best_rank:
            best, best_rank = index, rank
    return best


def _around(
    text: str, inside: list[Span], length: int, chosen: list[tuple[int, int]]
) -> tuple[int, int]:
    """About `length` characters around the spans, cut on words, not over other stretches."""
    first = inside[0].start
    last = max([span.end for span in inside if span.end - first <= length] or [inside[0].end])
    low_limit = max([high for _, high in chosen if high <= first], default=0)
    high_limit = min([low for low, _ in chosen if low >= last], default=len(text))
    spare = max(length - (last - first), 0)
    start = max(first - spare // 3, low_limit)
    end = min(max(start + length, last), high_limit)
    start = max(min(start, end - length), low_limit)
    paragraph = text.rfind("\n\n", start, first)
    if paragraph >= 0:
        start = paragraph + 2
        end = min(max(start + length, last), high_limit)
    return _word_start(text, start, first), _word_end(text, end, last)


def _word_start(text: str, at: int, limit: int) -> int:
    """The first start of a word from `at` on, at the latest `limit`."""
    if at == 0 or text[at - 1].isspace() or _WIDE.match(text[at]):
        return at
    space = re.compile(r"\s").search(text, at, min(at + 40, limit))
    return space.end() if space else at if limit - at > 40 else limit


def _word_end(text: str, at: int, limit: int) -> int:
    """The last end of a word up to `at`, at the earliest `limit`."""
    if at >= len(text) or text[at].isspace() or _WIDE.match(text[at]):
        return at
    for end in range(at, max(limit, at - 40), -1):
        if text[end - 1].isspace():
            return end - 1
    return at if at - limit > 40 else limit


def _cut(text: str, window: tuple[int, int], spans: list[Span]) -> str:
    """One stretch as HTML on one line; “…” where text was cut away, nowhere else."""
    start, end = window
    inside = [
        Span(max(span.start, start) - start, min(span.end, end) - start, span.clause)
        for span in spans
        if span.start < end and span.end > start
    ]
    html = " ".join(marked(text[start:end], inside).split())
    before = "… " if text[:start].strip() else ""
    after = " …" if text[end:].strip() else ""
    return before + html + after


def _lead_in(text: str) -> str:
    """The opening of a body, dateline and contact lines skipped."""
    lines = [match for match in re.finditer(r"[^\n]+", text[:4_000]) if match[0].strip()][:12]
    start = next((line.start() for line in lines if not _is_preface(line[0].strip())), 0)
    start += len(text[start:]) - len(text[start:].lstrip())
    end = _word_end(text, min(start + _length(text), len(text)), start)
    return _cut(text, (start, end), []) if text.strip() else ""


def _is_preface(line: str) -> bool:
    unfinished = len(line) <= MAX_PREFACE and not line.endswith(_SENTENCE_END)
    return unfinished or bool(_CONTACT.match(line))


def _length(text: str) -> int:
    sample = text[:400]
    wide = len(_WIDE.findall(sample))
    return SNIPPET_LENGTH // 2 if wide * 3 > len(sample) else SNIPPET_LENGTH
