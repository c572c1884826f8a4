"""Arguments of every compiled loop, made up: of the right types, and most of them fit together.

`spoiled` makes of them what does not: an array one shorter or longer, empty, none, turned round, or
with a number at its type's limits.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import Any

from index import kernel
from index.codec.token_numbers import lowered_tokens
from index.text.characters import character_classes
from search.show.cutting import RULES

Arguments = tuple[Any, ...]


def spoiled(rng: Random, given: Any) -> Any:
    """The same with one thing changed: somewhere inside, where it is a tuple or a list."""
    if isinstance(given, tuple | list) and given:
        at = below(rng, len(given))
        return type(given)([*given[:at], spoiled(rng, given[at]), *given[at + 1 :]])
    if isinstance(given, array):
        return _spoiled_array(rng, given)
    if isinstance(given, int) and not isinstance(given, bool):
        return pick(rng, (given - 1, given + 1, *EXTREMES))
    return given


def _spoiled_array(rng: Random, given: array[Any]) -> array[Any] | None:
    how, limits = below(rng, 16), LIMITS[given.typecode]
    if how == 0:
        return None
    if how < 4:
        return given[:-1]
    if how < 6:
        return given + array(given.typecode, [pick(rng, limits)])
    if how == 6:
        return given[::-1]
    if how == 7 or not given:
        return given[:0]
    changed = given[:]
    for _ in range(how - 7):
        at = below(rng, len(given))
        changed[at] = pick(rng, limits) if how % 2 else changed[below(rng, len(given))]
    return changed


# Made of the limits of types; none for which a loop would take gigabytes that there may be.
EXTREMES = (-(2**63), -(2**31), -1, 0, 1, 255, 2**16, 2**40, 2**61, 2**62, 2**63 - 1, 2**64)
LIMITS: dict[str, tuple[Any, ...]] = {
    "B": (0, 1, 2, 3, 4, 127, 128, 254, 255),
    "I": (0, 1, 2, 255, 65_535, 65_536, 2**31 - 1, 2**31, 2**32 - 1),
    "i": (-(2**31), -2, -1, 0, 1, 2, 3, 2**31 - 1),
    "q": (-(2**63), -(2**31), -1, 0, 1, 2, 3, 2**31, 2**40, 2**62, 2**63 - 1),
    "Q": (0, 1, 2**24 - 1, 2**24, 2**32, 2**56 - 1, 2**63, 2**64 - 1),
    "d": (0.0, -0.0, 1.0, -1.5, 5e-324, 1e308, float("inf"), float("-inf"), float("nan")),
}
SIZES = [*range(10), *range(10), 15, 16, 17, 33, 63, 64, 65] * 40 + [257, 300, 600, 4100, 10_500]
NORMS = [array("d", [number] * 256) for number in LIMITS["d"]]
DOCUMENTS = [1, 9, 20, 20, 20, 63, 64, 65, 300] * 30 + [4096, 4097, 13_000, 2**32 - 1]
SCRAPS = (
    "a", "Z", "ferry", "é", "ø", "1", "12", "1,200", "1 200.50", ".", ",", " ", "  ", "\u00a0",
    "'s", "’", "-", "&", "<b>", '"', "香", "港", "月", "ก", "ิ", "٣", "\u0301", "ﬁ", "U.S.", "İ", "Ａ",
    "\n", "\n\n", "…", "\0", "\x7f", "\xff", "\ufffe", "\uffff", "\ud800", "\udfff", "😀", "𠮷",
    "\U0010ffff",
)  # fmt: skip
WORDS = ("", "a", "fer", "ferry", "ferries", "tax", "1", "é", "ø", "香港", "月", "😀", "a" * 30)
CLASSES = (
    *[character_classes()] * 8,
    *(Random(seed).randbytes(65_536) for seed in range(4)),  # noqa: S311
    b"\xff" * 65_536, b"\1" * 65_536, bytes(65_536),
)  # fmt: skip
"""Of characters: mostly as they are, also any."""


def pick(rng: Random, some: Sequence[Any]) -> Any:
    return some[int(rng.random() * len(some))]


def below(rng: Random, limit: int) -> int:
    return int(rng.random() * limit)


def numbers(rng: Random, kind: str, limit: int, count: int) -> array[Any]:
    """Any number below a limit; in one of twelve arrays, at the limits of the type."""
    if below(rng, 12):
        return array(kind, rng.choices(range(max(limit, 1)), k=count))
    return array(kind, rng.choices(LIMITS[kind], k=count))


def room(kind: str, count: int) -> array[Any]:
    return array(kind, bytes(array(kind).itemsize * count))


def ascending(rng: Random, kind: str, limit: int, count: int) -> array[Any]:
    """From 0 up to a limit, in order; some may be equal."""
    return array(kind, sorted(rng.choices(range(limit + 1), k=count)))


def doc_ids(rng: Random, documents: int, count: int) -> array[Any]:
    """Some of an index's; one of sixteen arrays does not ascend."""
    some = rng.choices(range(documents), k=count)
    return array("I", sorted(set(some)) if below(rng, 16) else some)


def bytes_of(rng: Random, count: int) -> array[Any]:
    return array("B", rng.randbytes(count))


def doubles(rng: Random, count: int) -> array[Any]:
    some = LIMITS["d"] if below(rng, 4) == 0 else (0.5, 1.0, 2.0, 3.25)
    return array("d", rng.choices(some, k=count))


def counts_of(rng: Random, total: int) -> array[Any]:
    """A few numbers that add up."""
    ends = sorted(rng.choices(range(total + 1), k=below(rng, 5)))
    return array("q", [last - first for first, last in pairwise([0, *ends, total])])


def text(rng: Random) -> str:
    """Of a few scraps, or many, or 1,500 words that no text had before."""
    size = pick(rng, SIZES)
    if size > 4_000:
        return " ".join(str(rng.random()) for _ in range(1500))
    scraps = SCRAPS if below(rng, 4) == 0 else SCRAPS[: pick(rng, (18, 40))]
    return "".join(rng.choices(scraps, k=size))


def to_pack(rng: Random) -> Arguments:
    stream = below(rng, 3)
    limit = pick(rng, (2, 16, 30, 256, 300, 70_000, 2**25, 2**32))
    given = numbers(rng, "I", limit, pick(rng, SIZES))
    counts = counts_of(rng, len(given))
    if not stream:  # documents
        ends = accumulate(counts, initial=0)
        given = array("I", [each for a, b in pairwise(ends) for each in sorted(given[a:b])])
    return given, counts, stream


def to_unpack(rng: Random) -> Arguments:
    """What was packed; or bytes that were not, in modes that there may be."""
    given, counts, way = to_pack(rng)
    pack = kernel.loop("pack")
    assert pack is not None
    packed, sizes, modes = pack(given, counts, way)
    if below(rng, 4) == 0:
        packed, modes = rng.randbytes(len(packed)), numbers(rng, "B", 4, len(modes))
    arrays = array("B", packed), array("q", sizes), array("B", modes)
    return *arrays, counts, room("I", len(given)), way


def to_mark(rng: Random) -> Arguments:
    """Documents of terms in every mode, or bytes that were not packed; and marks for most of them."""
    size, pack = pick(rng, (1, 30, 300, 70_000)), kernel.loop("pack")
    assert pack is not None
    rows = [doc_ids(rng, size, pick(rng, SIZES)) for _ in range(below(rng, 5))]
    given = array("I", [each for row in rows for each in sorted(row)])
    counts = array("q", map(len, rows))
    packed, sizes, modes = pack(given, counts, 0)
    ends = array("q", accumulate(sizes))
    starts = array("q", [end - size for end, size in zip(ends, sizes, strict=True)])
    if below(rng, 4) == 0:
        packed, modes = rng.randbytes(len(packed)), numbers(rng, "B", 4, len(modes))
    marks, marked = numbers(rng, "B", 2, size), pick(rng, (None, room("q", len(counts))))
    return array("B", packed), starts, ends, array("B", modes), counts, marks, marked


def postings(rng: Random) -> Arguments:
    count, coding = pick(rng, SIZES), below(rng, 16) | pick(rng, (0, 0, 16, 2**31 - 64))
    documents = bytes_of(rng, 4 * count + 4 + below(rng, 3))
    return documents, bytes_of(rng, count), coding, room("I", count), room("B", count)


def words(rng: Random) -> Arguments:
    texts = [text(rng) for _ in range(below(rng, 4))]
    languages, most = bytes_of(rng, len(texts)), pick(rng, (0, 1, 20, 20, 1 << 22))
    return array("B", pick(rng, CLASSES)), rng.getrandbits(64), texts, languages, most


def words_of(classes: Any, secret: int, texts: list[str], languages: Any, most: int) -> None:
    """Twice: words are new, and then known."""
    make = kernel.loop("WordTable")
    assert make is not None
    table = make(classes, lowered_tokens, secret)
    table.words_of(texts, languages, most)
    table.words_of(texts, languages, most)


def words_in_texts(rng: Random) -> Arguments:
    count, vocabulary, runs = pick(rng, SIZES), 1 + below(rng, 5), below(rng, 8)
    terms, extras = 1 + below(rng, 9), below(rng, 4) if count else 0
    single = array("i", [pick(rng, (-1, below(rng, terms))) for _ in range(2 * vocabulary)])
    return (
        numbers(rng, "i", vocabulary, count), counts_of(rng, count), single,
        ascending(rng, "q", runs, vocabulary + 1),
        numbers(rng, "i", terms, runs), numbers(rng, "i", 4, runs),
        ascending(rng, "q", count - 1, extras), numbers(rng, "i", terms, extras), terms,
    )  # fmt: skip


def places(rng: Random) -> Arguments:
    count, terms = pick(rng, SIZES), 1 + below(rng, 6)
    limit = pick(rng, (2**24, 2**27, 2**60))
    starts = ascending(rng, "q", count, terms + 1)
    order = numbers(rng, "i", terms, below(rng, 8))
    return array("Q", sorted(numbers(rng, "Q", limit, count))), starts, order, below(rng, 2) == 0


def terms_of_segments(rng: Random) -> Arguments:
    terms = below(rng, 20)
    text = numbers(rng, "B", pick(rng, (1, 3, 256)), pick(rng, SIZES))
    starts = ascending(rng, "q", len(text), terms + 1)
    return text, starts, ascending(rng, "q", terms, 1 + below(rng, 5))


def runs(rng: Random) -> Arguments:
    given = numbers(rng, "I", 300, pick(rng, SIZES))
    counts = counts_of(rng, len(given))
    firsts = array("q", [below(rng, len(given) - count + 1) for count in counts])
    return room("I", len(given)), firsts, counts, given


def clause(rng: Random, documents: int, *, term: bool) -> Arguments:
    count, over_all = pick(rng, SIZES), min(documents, 13_000)
    ids = doc_ids(rng, documents, count)
    if not term and below(rng, 2):
        return ids, pick(rng, (None, doubles(rng, len(ids))))
    often = numbers(rng, pick(rng, "BBI"), 5, len(ids))
    row, codes = room("B", over_all) if below(rng, 2) else None, None
    if row is not None and documents <= over_all:
        for doc_id, frequency in zip(ids, often, strict=True):
            row[doc_id] = min(frequency, 255)
    if below(rng, 4):
        codes = bytes_of(rng, over_all)
    return ids, often, row, codes, pick(rng, NORMS), *doubles(rng, 3)


def clauses(rng: Random, documents: int) -> list[Arguments]:
    return [clause(rng, documents, term=False) for _ in range(below(rng, 4))]


def results(rng: Random, count: int) -> tuple[Any, Any]:
    """Room for documents, and for scores if they are asked for."""
    return room("I", count), room("d", count) if below(rng, 2) else None


def union(rng: Random) -> Arguments:
    documents = pick(rng, DOCUMENTS)
    given = clauses(rng, documents)
    return (
        given,
        documents,
        1.5,
        pick(rng, (0.0, 1.2)),
        *results(rng, sum(len(each[0]) for each in given)),
    )


def intersection(rng: Random) -> Arguments:
    documents = pick(rng, DOCUMENTS)
    ids = doc_ids(rng, documents, pick(rng, SIZES))
    found, inside = results(rng, len(ids)), below(rng, 3)
    matches = ids, doubles(rng, len(ids)) if found[1] is not None or below(rng, 2) else None
    return matches, clauses(rng, documents), documents, 2.0, pick(rng, (0.0, 1.2)), inside, *found


def phrase(rng: Random) -> Arguments:
    documents = pick(rng, (9, 20, 20, 20, 65, 300, 4_097))
    terms = [clause(rng, documents, term=True) for _ in range(1 + below(rng, 3))]
    widths = [pick(rng, (2, 2, 4)) for _ in terms]
    positions = []
    for (_, often, *_), width in zip(terms, widths, strict=True):
        stand = sorted(rng.choices(range(9), k=min(sum(often), 600)))
        positions.append(array("B", array("H" if width == 2 else "I", stand).tobytes()))
    order = [below(rng, len(terms)) for _ in range(1 + below(rng, 4))]
    most, within = pick(rng, (1, 1, 1, 2, 5, 2**32 - 1)), None
    gaps = array("I", [pick(rng, (1, 1, 2)), most] * (len(order) - pick(rng, (1, 1, 1, 0))))
    if below(rng, 2):
        within = doc_ids(rng, documents, pick(rng, SIZES))
    found = room("I", len(terms[0][0] if within is None else within))
    return terms, positions, widths, order, gaps, documents, within, found


def dictionary(rng: Random) -> Arguments:
    terms = [pick(rng, WORDS).encode() for _ in range(pick(rng, SIZES[:40]))]
    joined = array("B", b"".join(terms))
    starts = array("q", accumulate(map(len, terms), initial=0))
    if below(rng, 4) == 0:
        joined = bytes_of(rng, len(joined))
    word = pick(rng, (*WORDS, text(rng), "a" * 1_024, "a" * 1_025))
    return joined, starts, numbers(rng, "B", 2, len(terms)), word, below(rng, 4)


def filtered(rng: Random) -> Arguments:
    documents, values = 1 + pick(rng, SIZES), 1 + below(rng, 9)
    ids, which = doc_ids(rng, documents, pick(rng, SIZES)), below(rng, 3)
    column = (numbers(rng, "i", values, documents), numbers(rng, "B", 2, values))
    days = (numbers(rng, "i", 3000, documents), numbers(rng, "i", 3000, documents))
    scores = doubles(rng, len(ids)) if below(rng, 2) else None
    between = pick(rng, LIMITS["i"]), pick(rng, LIMITS["i"]), below(rng, 2) == 0
    kept = room("I", len(ids)), None if scores is None else room("d", len(ids))
    chosen = (column if which else (None, None)) + (days if which < 2 else (None, None))
    return ids, scores, *chosen, *between, *kept


def column_to_count(rng: Random) -> Arguments:
    """Documents with a value each, and two rows of counts, as a memoryview."""
    documents, values = 1 + pick(rng, SIZES), 1 + below(rng, 9)
    ids = doc_ids(rng, documents, pick(rng, SIZES))
    rows = memoryview(bytearray(8 * pick(rng, (2, 2, 2, 3)) * values)).cast("q")
    column = numbers(rng, "i", values, documents)
    return ids, column, rows.cast("B").cast("q", (len(rows) // values, values))


def token_filter(rng: Random) -> Arguments:
    prefixes = [pick(rng, (b"a", b"fer", b"ferry", b"19", b"Z")) for _ in range(below(rng, 5))]
    if below(rng, 16) == 0:
        prefixes.append(pick(rng, (b"", b"\xe9", b"a.b", b"\xff" * 40)))
    bigrams = pick(rng, (array("B"), array("B", b"\xff" * 8_192), bytes_of(rng, 8_192)))
    wanted, ending = pick(rng, (None, prefixes, prefixes)), pick(rng, (b"", b"s", b"ries", b"\xff"))
    return wanted, bigrams, pick(rng, CLASSES), below(rng, 2) == 0, ending


class Always(dict[str, Any]):
    """Gives one answer for every raw token."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, raw: str) -> Any:
        return self._answer


def tokens_in_text(rng: Random) -> Arguments:
    low = pick(rng, (0, 0, 0, -3, 1, 2**62))
    spans = tuple((low, below(rng, 9), below(rng, 3)) for _ in range(below(rng, 3)))
    terms = tuple((pick(rng, "abc"), below(rng, 3), low, 2) for _ in range(below(rng, 3)))
    answer = pick(rng, (0, 1, 1, 2, 2**62)), spans, terms
    return text(rng), token_filter(rng), answer


def spans_in_text(given: str, filter_of: Arguments, answer: Arguments) -> None:
    make, find = kernel.loop("TokenFilter"), kernel.loop("find_spans")
    assert make is not None
    assert find is not None
    find(given, make(*filter_of), Always(answer))


def text_with_spans(rng: Random) -> Arguments:
    given = text(rng) * pick(rng, (1, 1, 9))
    starts = sorted(below(rng, len(given)) for _ in range(below(rng, 9) if given else 0))
    ends = [min(start + 1 + below(rng, 9), len(given)) for start in starts]
    spans = [(a, b, pick(rng, (0, 1, 62))) for a, b in zip(starts, ends, strict=True)]
    return given, spans, pick(rng, (0, 20, 180, 2**31 - 1)), below(rng, 5), pick(rng, (2, 2000))


def text_to_cut(rng: Random) -> Arguments:
    given, spans, *numbers = text_with_spans(rng)
    begin = spans[0][0] if spans and below(rng, 4) == 0 else 0
    return given, spans, begin, *numbers, RULES


GENERATORS: dict[str, Callable[[Random], Arguments]] = {
    "TokenFilter": token_filter,
    "WordTable": words,
    "count_values": column_to_count,
    "cut_fragments": text_to_cut,
    "filter_documents": filtered,
    "find_spans": tokens_in_text,
    "grouped": places,
    "intersect": intersection,
    "inverted": words_in_texts,
    "mark_documents": to_mark,
    "marked": lambda rng: text_with_spans(rng)[:2],
    "match_phrase": phrase,
    "merge_terms": terms_of_segments,
    "near_terms": dictionary,
    "pack": to_pack,
    "place_runs": runs,
    "single_spaced": lambda rng: (text(rng),),
    "unite": union,
    "unpack": to_unpack,
    "unpack_postings": postings,
}
"""What makes the arguments of each loop, or of its use."""
USES: dict[str, Callable[..., None]] = {
    "WordTable": words_of,
    "find_spans": spans_in_text,
}
"""What is called with them, where making the loop's object is half of it."""
