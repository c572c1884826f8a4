"""tantivy through tantivy-py: English stems, fast fields for agency and month."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from bench.corpus import Document
from bench.questions import Question, QuestionClause

_FIELDS = ("headline", "body")


class Engine:
    """An index folder; all fields that the page shows are stored."""

    name = "tantivy"
    cannot = ()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=512_000_000, num_threads=2)
        for each in documents:
            made = tantivy.Document()
            made.add_text("id", each.id)
            made.add_text("headline", each.headline)
            made.add_text("body", each.body)
            made.add_text("agency", each.agency)
            made.add_text("month", each.date[:7])
            made.add_unsigned("day", int(each.date.replace("-", "")))
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self.schema = _schema()
        self.index = tantivy.Index.open(str(folder))
        self.searcher = self.index.searcher()
        self.analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(40))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )

    def top(self, question: Question) -> tuple[list[str], int]:
        found = self._search(question)
        return [self.searcher.doc(address)["id"][0] for _, address in found.hits], found.count

    def counts(self, question: Question) -> tuple[dict[str, int], dict[str, int]]:
        if not question.agencies and not question.date_from:
            both = self._aggregate(self._query(question), ("agency", "month"))
            return both["agency"], both["month"]
        agencies = self._aggregate(self._query(question, without="agency"), ("agency",))
        months = self._aggregate(self._query(question, without="date"), ("month",))
        return agencies["agency"], months["month"]

    def snippets(self, question: Question, ids: list[str]) -> list[str]:
        return self._snippets(question, self._search(question))

    def answer(self, question: Question) -> Any:
        """Everything, with one search for top and total."""
        from bench.peers import Answer

        found = self._search(question)
        ids = [self.searcher.doc(address)["id"][0] for _, address in found.hits]
        agencies, months = self.counts(question)
        return Answer(ids, found.count, agencies, months, self._snippets(question, found))

    def close(self) -> None:
        del self.searcher, self.index

    def _search(self, question: Question) -> Any:
        query = self._query(question)
        if question.clauses:
            return self.searcher.search(query, limit=10, count=True)
        return self.searcher.search(
            query, limit=10, count=True, order_by_field="day", order=tantivy.Order.Desc
        )

    def _snippets(self, question: Question, found: Any) -> list[str]:
        documents = [self.searcher.doc(address) for _, address in found.hits]
        if not question.clauses:
            return [each["body"][0][:200] for each in documents]
        maker = tantivy.SnippetGenerator.create(
            self.searcher, self._query(question), self.schema, "body"
        )
        return [maker.snippet_from_doc(each).to_html() for each in documents]

    def _aggregate(self, query: Any, names: tuple[str, ...]) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": 10_000}} for name in names}
        found = self.searcher.aggregate(query, wanted)
        return {
            name: {each["key"]: each["doc_count"] for each in found[name]["buckets"]}
            for name in names
        }

    def _query(self, question: Question, without: str = "") -> Any:
        must, occur = tantivy.Occur.Must, tantivy.Occur
        joined = occur.Should if question.any_of else must
        text = [
            (occur.MustNot if each.kind == "not" else joined, self._clause(each))
            for each in question.clauses
        ]
        parts = [(must, tantivy.Query.boolean_query(text))] if text else []
        if question.agencies and without != "agency":
            one_of = tantivy.Query.term_set_query(self.schema, "agency", list(question.agencies))
            parts.append((must, one_of))
        if question.date_from and question.date_to and without != "date":
            low = int((question.date_from + "-01-01")[:10].replace("-", ""))
            high = int((question.date_to.replace("-", "") + "9999")[:8])
            parts.append(
                (
                    must,
                    tantivy.Query.range_query(
                        self.schema, "day", tantivy.FieldType.Unsigned, low, high
                    ),
                )
            )
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def _clause(self, clause: QuestionClause) -> Any:
        made = [self._in_field(clause, name) for name in _FIELDS]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in made])

    def _in_field(self, clause: QuestionClause, name: str) -> Any:
        query = tantivy.Query
        if clause.kind == "prefix":
            return query.regex_query(self.schema, name, clause.words[0].lower() + ".*")
        if clause.kind == "fuzzy":
            return query.fuzzy_term_query(self.schema, name, clause.words[0].lower(), 1)
        stems = [stem for word in clause.words for stem in self.analyzer.analyze(word)]
        if len(stems) > 1:
            return query.phrase_query(self.schema, name, stems)
        return query.term_query(self.schema, name, stems[0] if stems else clause.words[0])


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in _FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    for name in ("agency", "month"):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
    builder.add_unsigned_field("day", stored=True, indexed=True, fast=True)
    return builder.build()
