"""Whoosh 2.7.4 as it comes: its codec, its collectors, its highlighter, Snowball stems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import fields, highlight, index, query
from whoosh.analysis import StemmingAnalyzer
from whoosh.lang.porter2 import stem

from bench.corpus import Document
from bench.questions import Question, QuestionClause

_FIELDS = ("headline", "body")


class Engine:
    """A Whoosh folder with stored text, and sortable agency, month and day."""

    name = "whoosh"
    cannot = ()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        analyser = StemmingAnalyzer(stemfn=stem, stoplist=None, minsize=1)
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            headline=fields.TEXT(analyzer=analyser, stored=True),
            body=fields.TEXT(analyzer=analyser, stored=True),
            agency=fields.ID(stored=True, sortable=True),
            month=fields.ID(stored=True, sortable=True),
            day=fields.NUMERIC(sortable=True),
        )
        writer = index.create_in(folder, schema).writer(limitmb=512)
        for each in documents:
            writer.add_document(
                id=each.id,
                headline=each.headline,
                body=each.body,
                agency=each.agency,
                month=each.date[:7],
                day=int(each.date.replace("-", "")),
            )
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        self.searcher = index.open_dir(folder).searcher()

    def top(self, question: Question) -> tuple[list[str], int]:
        found = self._search(question)
        return [hit["id"] for hit in found], len(found)

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        if not question.agencies and not question.date_from:
            both = self._groups(self._query(question), ["agency", "month"])
            return both["agency"], both["month"]
        agencies = self._groups(self._query(question, without="agency"), ["agency"])
        months = self._groups(self._query(question, without="date"), ["month"])
        return agencies["agency"], months["month"]

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        return self._snippets(self._search(question))

    def answer(self, question: Question) -> Any:
        """Everything, the top by one search."""
        from bench.peers import Answer

        found = self._search(question)
        agencies, months = self.counts(question)
        return Answer(
            [hit["id"] for hit in found], len(found), agencies, months, self._snippets(found)
        )

    def close(self) -> None:
        self.searcher.close()

    def _search(self, question: Question) -> Any:
        if question.clauses:
            return self.searcher.search(self._query(question), limit=10)
        return self.searcher.search(self._query(question), limit=10, sortedby="day", reverse=True)

    def _snippets(self, found: Any) -> list[str]:
        found.fragmenter = highlight.ContextFragmenter(maxchars=200)
        return [hit.highlights("body", top=2) or hit["body"][:200] for hit in found]

    def _groups(self, made: Any, names: list[str]) -> dict[str, dict[str, int]]:
        from whoosh import sorting

        facets = sorting.Facets()
        for name in names:
            facets.add_field(name, maptype=sorting.Count)
        found = self.searcher.search(made, limit=None, groupedby=facets)
        return {name: found.groups(name) for name in names}

    def _query(self, question: Question, without: str = "") -> Any:
        wanted = [self._clause(each) for each in question.clauses if each.kind != "not"]
        parts = [query.Or(wanted)] if question.any_of else wanted
        if question.agencies and without != "agency":
            parts.append(query.Or([query.Term("agency", each) for each in question.agencies]))
        if question.date_from and question.date_to and without != "date":
            low = date.fromisoformat((question.date_from + "-01-01")[:10])
            high = int((question.date_to.replace("-", "") + "9999")[:8])
            parts.append(query.NumericRange("day", int(low.strftime("%Y%m%d")), high))
        made = query.And(parts) if parts else query.Every()
        for each in question.clauses:
            if each.kind == "not":
                made = query.AndNot(made, self._clause(each))
        return made.normalize()

    def _clause(self, clause: QuestionClause) -> Any:
        return query.Or([_in_field(clause, name) for name in _FIELDS])


def _in_field(clause: QuestionClause, name: str) -> Any:
    words = [word.lower() for word in clause.words]
    if clause.kind == "prefix":
        return query.Prefix(name, words[0])
    if clause.kind == "fuzzy":
        return query.FuzzyTerm(name, words[0], maxdist=1)
    if clause.kind == "phrase":
        return query.Phrase(name, [stem(word) for word in words])
    return query.Term(name, stem(words[0]))
