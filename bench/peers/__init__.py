"""Engines to compare. Each does the same work, and says which part it cannot do."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.corpus import Document
from bench.questions import Question

PEERS = {
    "dateline": "bench.peers.dateline",
    "tantivy": "bench.peers.tantivy_py",
    "sqlite-fts5": "bench.peers.sqlite_fts5",
    "whoosh": "bench.peers.whoosh_stock",
    "xapian": "bench.peers.xapian_debian",
    "postgresql": "bench.peers.postgresql",
    "bm25s": "bench.peers.bm25s_arrays",
}


class CannotError(Exception):
    """The peer has no way to do this part."""


@dataclass(slots=True)
class Answer:
    """The whole answer: ten ids, the exact total, counts by agency and by month, ten snippets.

    Counts leave their own filter out, as on the page.
    """

    ids: list[str] = field(default_factory=list)
    total: int = 0
    agencies: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    snippets: list[str] = field(default_factory=list)


class Peer(Protocol):
    """One engine over one folder."""

    name: str
    cannot: tuple[str, ...]

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index the documents into the folder, ready to ask."""

    def open(self, folder: Path) -> None:
        """Make ready to ask."""

    def top(self, question: Question) -> tuple[list[str], int]:
        """The ten best ids and the exact total."""

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        """Counts by agency and by month (`YYYY-MM`)."""

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        """A marked passage for each of these releases."""

    def close(self) -> None:
        """Let go of files and processes."""


def load(name: str) -> Peer:
    """The peer of that name.

    :raises ImportError: where it is not installed.
    """
    peer: Peer = importlib.import_module(PEERS[name]).Engine()
    return peer


def whole(peer: Peer, question: Question) -> Answer:
    """The whole answer, by the peer's own best way if it has one (`answer`), else part by part."""
    combined = getattr(peer, "answer", None)
    if combined is not None:
        answer: Answer = combined(question)
        return answer
    ids, total = peer.top(question)
    agencies, months = peer.counts(question)
    return Answer(ids, total, agencies, months, peer.snippets(question, ids))
