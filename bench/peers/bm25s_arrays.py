"""bm25s: BM25 over sparse arrays. It ranks documents by any of the words, and that is all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from bench.corpus import Document
from bench.peers import CannotError
from bench.questions import Question


class Engine:
    """Arrays saved in a folder; ids beside them."""

    name = "bm25s"
    cannot = ("all words", "phrases", "minus", "prefixes", "fuzzy words", "filters", "totals",
              "counts", "snippets")  # fmt: skip

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        ids, texts = [], []
        for each in documents:
            ids.append(each.id)
            texts.append(each.headline + "\n" + each.body)
        words = bm25s.tokenize(
            texts, stopwords=None, stemmer=Stemmer.Stemmer("english"), show_progress=False
        )
        made = bm25s.BM25(k1=1.2, b=0.75)
        made.index(words, show_progress=False)
        made.save(folder)
        np.save(folder / "ids.npy", np.array(ids), allow_pickle=False)

    def open(self, folder: Path) -> None:
        self.made = bm25s.BM25.load(folder, mmap=True)
        self.ids = np.load(folder / "ids.npy", allow_pickle=False)
        self.stemmer = Stemmer.Stemmer("english")

    def top(self, question: Question) -> tuple[list[str], int]:
        single = len(question.clauses) == 1 and question.clauses[0].kind == "word"
        if not (question.any_of or single) or question.agencies or question.date_from:
            raise CannotError("anything but any of the words")
        words = bm25s.tokenize(
            " ".join(question.words), stopwords=None, stemmer=self.stemmer, show_progress=False
        )
        found, _ = self.made.retrieve(words, k=10, show_progress=False)
        return [str(each) for each in self.ids[found[0]]], 0

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        raise CannotError("counts")

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        raise CannotError("snippets")

    def close(self) -> None:
        del self.made
