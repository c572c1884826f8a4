"""What `search/kernel/*.c` offers. Arrays go in as buffers; what is found is written to arrays."""

from array import array
from typing import Any

from numpy.typing import NDArray

Buffer = bytes | memoryview | NDArray[Any]

VERSION: int

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
