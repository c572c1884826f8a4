"""What `search/kernel/*.c` offers. Arrays go in as buffers; what is found is written to arrays."""

from array import array
from typing import Any

from numpy.typing import NDArray

Buffer = bytes | memoryview | NDArray[Any]

Part = tuple[Buffer, Buffer | None]
"""Documents (uint32, ascending), and their scores (float64) if there are any."""
Term = tuple[
    Buffer, Buffer, Buffer | None, Buffer | None, Buffer | None, float, float, float, float
]
"""Documents, frequencies (uint8 or uint32), frequencies in every document (uint8), every document's
length code (uint8), 256 divisors (float64), idf, K1, weight of one occurrence, boost."""

VERSION: int

def unite_parts(
    parts: list[Part | Term],
    documents: int,
    boost: float,
    highest: bool,
    ids: Buffer,
    scores: Buffer | None,
) -> int: ...
def keep_documents(
    found: Part,
    parts: list[Part | Term],
    documents: int,
    boost: float,
    wanted: bool,
    ids: Buffer,
    scores: Buffer | None,
) -> int: ...
def match_phrase(
    words: list[Term],
    positions: list[Buffer],
    order: list[int],
    slop: int,
    documents: int,
    boost: float,
    ids: Buffer,
    scores: Buffer | None,
) -> int: ...
def mark_documents(
    packed: Buffer, at: Buffer, coding: Buffer, counts: Buffer, bits: Buffer
) -> None: ...
def marked_documents(bits: Buffer, ids: Buffer) -> int: ...
def unpack_postings(
    documents: Buffer, frequencies: Buffer, coding: int, ids: Buffer, to: Buffer
) -> None: ...
def spread_frequencies(ids: Buffer, frequencies: Buffer, row: Buffer) -> None: ...
def near_words(
    text: Buffer,
    starts: Buffer,
    first: int,
    last: int,
    word: bytes,
    most: int,
    counts: Buffer,
    over: int,
) -> tuple[bytes, bytes]: ...
def first_places(ids: Buffer, scores: Buffer | None, ranks: Buffer, wanted: int) -> list[int]: ...
def sift_documents(
    ids: Buffer,
    scores: Buffer | None,
    values: Buffer | None,
    chosen: Buffer | None,
    first: Buffer | None,
    last: Buffer | None,
    low: int,
    high: int,
    undated: bool,
    kept: Buffer,
    kept_scores: Buffer | None,
) -> int: ...
def count_values(ids: Buffer, column: Buffer, values: int) -> bytes: ...
def set_characters(classes: bytes, traits: bytes) -> None: ...
def make_sought(
    beginnings: list[bytes],
    characters: bytes,
    everything: bool,
    phrases: array[int],
    stems: int,
    most_starts: int,
) -> Any: ...
def find_spans(text: str, sought: Any, known: dict[str, bytes]) -> bytes | None: ...
def single_spaced(text: str) -> str | None: ...
def marked(text: str, spans: bytes) -> str | None: ...
def snippets(
    text: str, spans: bytes, length: int, most: int, most_starts: int
) -> tuple[str, ...] | None: ...
