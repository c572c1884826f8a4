"""Xapian with Debian's Python binding; agency and month in value slots counted by match spies."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.corpus import Document
from bench.peers import CannotError
from bench.questions import Question, QuestionClause

sys.path.append("/usr/lib/python3/dist-packages")
import xapian

_AGENCY, _MONTH, _DAY = 0, 1, 2
_PREFIXES = ("S", "")


class Engine:
    """A glass database; the text is the document's data."""

    name = "xapian"
    cannot = ("fuzzy words",)

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        db = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
        maker = xapian.TermGenerator()
        maker.set_stemmer(xapian.Stem("en"))
        maker.set_stemming_strategy(maker.STEM_ALL)
        for each in documents:
            made = xapian.Document()
            maker.set_document(made)
            maker.index_text(each.headline, 1, "S")
            maker.increase_termpos()
            maker.index_text(each.body)
            made.set_data(each.body)
            made.add_boolean_term("Q" + each.id)
            made.add_boolean_term("XA" + each.agency)
            made.add_value(_AGENCY, each.agency)
            made.add_value(_MONTH, each.date[:7])
            made.add_value(_DAY, each.date)
            made.add_value(3, each.id)
            db.add_document(made)
        db.commit()
        db.close()

    def open(self, folder: Path) -> None:
        self.db = xapian.Database(str(folder))
        self.stem = xapian.Stem("en")

    def top(self, question: Question) -> tuple[list[str], int]:
        found = self._search(self._query(question), question)
        return [hit.document.get_value(3).decode() for hit in found], found.size_total

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        if not question.agencies and not question.date_from:
            return self._spy(self._query(question), _AGENCY, _MONTH)
        (agencies,) = self._spy(self._query(question, without="agency"), _AGENCY)
        (months,) = self._spy(self._query(question, without="date"), _MONTH)
        return agencies, months

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        return self._snippets(self._search(self._query(question), question))

    def answer(self, question: Question) -> Any:
        """Everything; the top, the total and unfiltered counts by one match."""
        from bench.peers import Answer

        found = self._search(self._query(question), question)
        ids = [hit.document.get_value(3).decode() for hit in found]
        agencies, months = self.counts(question)
        return Answer(ids, found.size_total, agencies, months, self._snippets(found))

    def close(self) -> None:
        self.db.close()

    def _search(self, made: Any, question: Question) -> Any:
        enquire = xapian.Enquire(self.db)
        enquire.set_query(made)
        if not question.clauses:
            enquire.set_weighting_scheme(xapian.BoolWeight())
            enquire.set_sort_by_value(_DAY, True)
        found = enquire.get_mset(0, 10, self.db.get_doccount())
        found.size_total = found.get_matches_estimated()
        return found

    def _snippets(self, found: Any) -> list[str]:
        return [
            found.snippet(hit.document.get_data().decode(), 200, self.stem).decode()
            for hit in found
        ]

    def _spy(self, made: Any, *slots: int) -> Any:
        enquire = xapian.Enquire(self.db)
        enquire.set_query(made)
        enquire.set_weighting_scheme(xapian.BoolWeight())
        spies = [xapian.ValueCountMatchSpy(slot) for slot in slots]
        for spy in spies:
            enquire.add_matchspy(spy)
        enquire.get_mset(0, 0, self.db.get_doccount())
        return tuple({each.term.decode(): each.termfreq for each in spy.values()} for spy in spies)

    def _query(self, question: Question, without: str = "") -> Any:
        query = xapian.Query
        wanted = [self._clause(each) for each in question.clauses if each.kind != "not"]
        join = query.OP_OR if question.any_of else query.OP_AND
        made = query(join, wanted) if wanted else query.MatchAll
        if question.agencies and without != "agency":
            names = query(query.OP_OR, [query("XA" + each) for each in question.agencies])
            made = query(query.OP_FILTER, made, names)
        if question.date_from and question.date_to and without != "date":
            span = query(query.OP_VALUE_RANGE, _DAY, question.date_from, question.date_to + "~")
            made = query(query.OP_FILTER, made, span)
        for each in question.clauses:
            if each.kind == "not":
                made = query(query.OP_AND_NOT, made, self._clause(each))
        return made

    def _clause(self, clause: QuestionClause) -> Any:
        query = xapian.Query
        return query(query.OP_OR, [self._in_field(clause, prefix) for prefix in _PREFIXES])

    def _in_field(self, clause: QuestionClause, prefix: str) -> Any:
        query = xapian.Query
        words = [word.lower() for word in clause.words]
        if clause.kind == "prefix":
            limit = query.WILDCARD_LIMIT_MOST_FREQUENT
            return query(query.OP_WILDCARD, prefix + words[0], 1000, limit, query.OP_SYNONYM)
        if clause.kind == "fuzzy":
            raise CannotError("fuzzy words")
        if clause.kind == "phrase":
            terms = [query(prefix + self.stem(word).decode()) for word in words]
            return query(query.OP_PHRASE, terms, len(terms))
        return query(prefix + self.stem(words[0]).decode())
