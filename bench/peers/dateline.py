"""Dateline itself: the index as `dateline index` writes it, asked through `open_engine`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.corpus import Document
from bench.peers import Answer
from bench.questions import Question, QuestionClause
from index.release import Agency, Release, slugify
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import SearchRequest, SearchResults, open_engine
from webapp.garbage_collection import expect_little_garbage


class Engine:
    """A folder index. What was found for one question is forgotten before the next is timed.

    Unless it `forgets` nothing: where no question is asked twice.
    """

    name = "dateline"
    cannot = ()
    forgets = True

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        store = FolderStore(folder / "index")
        with store.writing():
            store.apply((), map(_stored, documents))

    def open(self, folder: Path) -> None:
        """As a worker that serves: it checks the index before somebody searches, and looks less
        often for garbage."""
        self.engine: Any = open_engine(folder / "index")
        for _ in self.engine.check_ahead():
            pass
        expect_little_garbage()

    def top(self, question: Question) -> tuple[list[str], int]:
        found = self._search(question)
        return [hit.release.id for hit in found.hits], found.total

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        return self._counts(question, self._search(question, per_page=0))

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        """From a search for the hits: releases come with their snippets, or not at all."""
        return _snippets(self._search(question))

    def answer(self, question: Question) -> Answer:
        """The page and, from the same evaluation, the months."""
        found = self._search(question)
        agencies, months = self._counts(question, found)
        ids = [hit.release.id for hit in found.hits]
        return Answer(ids, found.total, agencies, months, _snippets(found))

    def close(self) -> None:
        self.engine.close()

    def _search(self, question: Question, per_page: int = 10) -> SearchResults:
        if self.forgets:
            self.engine.clear_cache()
        found: SearchResults = self.engine.search(request_of(question, per_page))
        return found

    def _counts(
        self, question: Question, found: SearchResults
    ) -> tuple[dict[str, int], dict[str, int]]:
        """As the page counts: each list leaves its own filter out."""
        without_dates = request_of(question).changed(date_from=None, date_to=None)
        months = self.engine.timeline(without_dates)
        agencies = {each.name: each.count for each in found.facets.agency if each.count}
        return agencies, {month: count for month, count in months if count}


def request_of(question: Question, per_page: int = 10) -> SearchRequest:
    """The question as somebody would type it."""
    joined = " OR " if question.any_of else " "
    return SearchRequest(
        text=joined.join(_typed(each) for each in question.clauses),
        agencies=tuple(map(slugify, question.agencies)),
        date_from=question.date_from,
        date_to=question.date_to,
        per_page=per_page,
    )


def _typed(clause: QuestionClause) -> str:
    words = " ".join(clause.words)
    forms = {"phrase": f'"{words}"', "prefix": f"{words}*", "fuzzy": f"{words}~1"}
    return forms.get(clause.kind, f"-{words}" if clause.kind == "not" else words)


def _snippets(found: SearchResults) -> list[str]:
    return [" ".join(hit.snippets) for hit in found.hits]


def _stored(document: Document) -> bytes:
    release = Release(
        id=document.id,
        headline=document.headline,
        body=document.body,
        date=document.date,
        date_precision="day",
        date_source="record",
        agency=Agency(slugify(document.agency), document.agency),
        agency_rule="record",
        language="en",
        source="bench",
    )
    return stored_release(release, "2024-01-01T00:00:00Z")
