"""The documents to index: the Senate releases, or as many as asked for made from their paragraphs."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/releases/senate.jsonl.zst"


class Document(NamedTuple):
    """A release as every peer gets it; `date` is an ISO day."""

    id: str
    headline: str
    date: str
    agency: str
    body: str


def read(path: Path = DEFAULT) -> Iterator[Document]:
    """The releases of a JSONL file, plain or `.zst`, in its order."""
    for record in records(path):
        yield Document(*(record[name] for name in Document._fields))


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, plain or `.zst`, in its order."""
    with path.open("rb") as raw:
        stream = zstandard.ZstdDecompressor().stream_reader(raw) if path.suffix == ".zst" else raw
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            yield json.loads(line)


def documents(path: Path, count: int) -> Iterator[Document]:
    """So many documents; 0 is every release."""
    return recombined(count, path) if count else read(path)


def recombined(count: int, path: Path = DEFAULT, seed: int = 1) -> Iterator[Document]:
    """`count` documents: the releases first, then new ones whose paragraphs are drawn from them.

    Lengths, agencies and days are those of a release drawn for each, so the shape stays; words
    keep their frequencies. Deterministic in `seed`. The releases are held in memory, the new ones
    are not.
    """
    originals: list[Document] = []
    for document in islice(read(path), count):
        originals.append(document)
        yield document
    if count <= len(originals):
        return
    paragraphs = [part for each in originals for part in each.body.split("\n") if part.strip()]
    draw = random.Random(seed)  # noqa: S311 (no secret, a repeatable corpus)
    for number in range(count - len(originals)):
        model = draw.choice(originals)
        parts: list[str] = []
        size = 0
        while size < len(model.body):
            parts.append(draw.choice(paragraphs))
            size += len(parts[-1])
        yield model._replace(
            id=f"made-{number}", headline=draw.choice(originals).headline, body="\n".join(parts)
        )
