"""How well Dateline ranks: judged collections beside bm25s, and known releases, in one run.

    make relevance                                  # everything that lies in ../shared/data
    make relevance RELEVANCE="--collections cranfield,time --known none"
    make relevance RELEVANCE="--known doj --sample 200"
    make relevance RELEVANCE="--choose --known none"  # cross-validation, and the gain of each part

Judged collections (`corpus.jsonl`, `queries.jsonl`, `qrels.tsv` in a folder each) are asked with
`match=any`, as the peer ranks documents by any of the words: nDCG@10, or the reciprocal rank where
every query has one relevant document. The peer is bm25s as Lucene scores, k1 1.2, b 0.75, with
Snowball's stemmer and the peer's own list of English stop words, over headline and body as one
text. The paired t-test is over the queries of all English collections together.

Known releases are looked for by their headline, by the first sentence of their text, by their headline
in an index where no release has one, and where those that are looked for alone have lost it, so that
headlines of others of the same words stand before them; in the default mode, `match=all`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from bench import choosing, corpus
from index.release import Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from index.text.language_detection import language_of
from search import SearchRequest, open_engine
from search.match.cache import postings_cache

DATA = Path(__file__).resolve().parents[2] / "shared/data"
DEPTH = 10
"""Releases of an answer that are looked at: a page."""
KNOWN = ("doj", "swiss_en")
_SENTENCE = re.compile(r"\S.*?(?:(?<![A-Z]\w)(?<![A-Z])[.!?](?=\s)|\n|\Z)", re.DOTALL)

Run = dict[str, dict[str, float]]
"""Query -> document -> score."""


class Collection(NamedTuple):
    """Documents (id, headline, body), queries by id, and the relevance of documents by query."""

    name: str
    documents: list[tuple[str, str, str]]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]

    @property
    def measure(self) -> Any:
        """nDCG@10; the reciprocal rank where one document answers each query."""
        from ir_measures import RR, nDCG

        single = all(len(each) == 1 for each in self.judgements.values())
        return RR @ DEPTH if single else nDCG @ DEPTH


def main(argv: list[str] | None = None) -> int:
    """Print a line for each collection and each way to look for known releases."""
    options = _options(argv)
    outcomes = [
        _compared(read_collection(options.data / "collections" / name))
        for name in _names(options.collections)
    ]
    _print_pool([pairs for pairs in outcomes if pairs])
    if options.choose:
        _print_choice([options.data / "collections" / name for name in _names(options.collections)])
    for name in _names(options.known):
        releases = list(read_releases(options.data / "releases" / f"{name}.jsonl.zst"))
        _print_known(name, releases, options.sample)
    return 0


def read_collection(folder: Path) -> Collection:
    """A judged collection; only queries with a relevant document are kept."""
    judgements: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            judgements.setdefault(query, {})[document] = int(grade)
    queries = {
        each["id"]: each["text"]
        for each in _records(folder / "queries.jsonl")
        if each["id"] in judgements
    }
    documents = [
        (each["id"], each["title"], each["text"]) for each in _records(folder / "corpus.jsonl")
    ]
    return Collection(folder.name, documents, queries, judgements)


def read_releases(path: Path) -> Iterator[Release]:
    """Releases of a JSONL file, of any agency."""
    for record in corpus.records(path):
        yield _release(record["id"], record["headline"], record["body"])


def dateline_run(documents: Iterable[Release], requests: dict[str, SearchRequest]) -> Run:
    """What Dateline answers over an index of these releases."""
    with tempfile.TemporaryDirectory() as folder:
        return answers(indexed(documents, Path(folder) / "index"), requests)


def indexed(documents: Iterable[Release], folder: Path) -> Path:
    """The folder, in which an index of these releases is now."""
    store = FolderStore(folder)
    with store.writing():
        store.apply((), [stored_release(each, "2024-01-01T00:00:00Z") for each in documents])
    return folder


def answers(folder: Path, requests: dict[str, SearchRequest]) -> Run:
    """What Dateline answers over an index, with nothing kept from what was asked before."""
    postings_cache.clear()
    engine = open_engine(folder)
    found = {name: engine.search(request).hits for name, request in requests.items()}
    engine.close()
    return {
        name: {hit.release.id: float(DEPTH - rank) for rank, hit in enumerate(hits)}
        for name, hits in found.items()
    }


def bm25s_run(collection: Collection) -> Run:
    """What the peer answers over the same documents."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    texts = [f"{headline}\n{body}" for _, headline, body in collection.documents]
    read = {"stopwords": "en", "stemmer": stemmer, "show_progress": False}
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(bm25s.tokenize(texts, **read), show_progress=False)
    words = bm25s.tokenize(list(collection.queries.values()), return_ids=False, **read)
    run: Run = {}
    for query, tokens in zip(collection.queries, words, strict=True):
        places, _ = index.retrieve([tokens or [""]], k=DEPTH, show_progress=False)
        ids = [collection.documents[int(place)][0] for place in places[0]]
        run[query] = {each: float(DEPTH - rank) for rank, each in enumerate(ids)}
    return run


def values(collection: Collection, run: Run) -> dict[str, float]:
    """The measure of each query; 0 where nothing was found."""
    import ir_measures

    found = ir_measures.iter_calc([collection.measure], collection.judgements, run)
    return dict.fromkeys(collection.queries, 0.0) | {each.query_id: each.value for each in found}


def judged_requests(collection: Collection) -> dict[str, SearchRequest]:
    """What is asked of a judged collection."""
    return {
        name: SearchRequest(text=text, match="any", per_page=DEPTH)
        for name, text in collection.queries.items()
    }


def releases_of(collection: Collection) -> Iterator[Release]:
    """Its documents as releases."""
    return (_release(*each) for each in collection.documents)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well Dateline ranks, beside bm25s.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--collections", default="cranfield,cisi,time,adi,drcd_zh_hant")
    parser.add_argument("--choose", action="store_true", help="cross-validate, and try every part")
    parser.add_argument("--known", default=",".join(KNOWN))
    parser.add_argument("--sample", type=int, default=2000, help="known releases of each file")
    return parser.parse_args(argv)


def _print_choice(folders: list[Path]) -> None:
    """Every collection is indexed once: what is tried changes only how it is asked."""
    english = [each for each in map(read_collection, folders) if not _is_chinese(each)]
    with tempfile.TemporaryDirectory() as scratch:
        indexes = [indexed(releases_of(each), Path(scratch) / each.name) for each in english]

        def measured() -> dict[str, dict[str, float]]:
            return {
                each.name: values(each, answers(folder, judged_requests(each)))
                for each, folder in zip(english, indexes, strict=True)
            }

        for line in choosing.report(measured):
            print(line, flush=True)


def _is_chinese(collection: Collection) -> bool:
    """Then neither the peer can cut it, nor do pairs or forms of words rank it."""
    return language_of(None, collection.documents[0][2]).startswith("zh")


def _names(listed: str) -> list[str]:
    return [] if listed == "none" else listed.split(",")


def _compared(collection: Collection) -> list[tuple[float, float]]:
    """Dateline's value and the peer's by query; none for scripts that the peer cannot cut."""
    requests = judged_requests(collection)
    ours = values(collection, dateline_run(releases_of(collection), requests))
    line = f"{collection.name:14} {collection.measure!s:8} dateline {fmean(ours.values()):.4f}"
    if _is_chinese(collection):
        print(line, flush=True)
        return []
    theirs = values(collection, bm25s_run(collection))
    pairs = [(ours[name], theirs[name]) for name in collection.queries]
    print(f"{line}  bm25s {fmean(theirs.values()):.4f}  {_tested(pairs)}", flush=True)
    return pairs


def _print_pool(outcomes: Sequence[list[tuple[float, float]]]) -> None:
    pool = [pair for pairs in outcomes for pair in pairs]
    if pool:
        print(f"{'all queries':14} {len(pool)} queries, {_tested(pool)}", flush=True)


def _tested(pairs: list[tuple[float, float]]) -> str:
    from scipy.stats import ttest_rel

    ours, theirs = zip(*pairs, strict=True)
    gain = fmean(ours) - fmean(theirs)
    return f"gain {gain:+.4f} (paired t-test, p = {ttest_rel(ours, theirs).pvalue:.2g})"


def _print_known(name: str, releases: list[Release], sample: int) -> None:
    chosen = random.Random(1).sample(releases, min(sample, len(releases)))  # noqa: S311
    _print_looked_for(f"{name} headline", releases, {each.id: each.headline for each in chosen})
    sentences = {each.id: first_sentence(each.body) for each in chosen}
    _print_looked_for(f"{name} first sentence", releases, sentences)
    headlines = {each.id: each.headline for each in chosen}
    without = [replace(each, headline="") for each in releases]
    _print_looked_for(f"{name} lost headline", without, headlines)
    lost = {each.id for each in chosen}
    others = [replace(each, headline="") if each.id in lost else each for each in releases]
    _print_looked_for(f"{name} lost it alone", others, headlines)


def _print_looked_for(what: str, releases: list[Release], texts: dict[str, str]) -> None:
    """A release with the same headline and the same first words is as good as the one meant."""
    requests = {name: SearchRequest(text=text, per_page=DEPTH) for name, text in texts.items()}
    run = dateline_run(releases, requests)
    twins: dict[tuple[str, str], list[str]] = {}
    for each in releases:
        twins.setdefault(_look(each), []).append(each.id)
    looks = {each.id: _look(each) for each in releases}
    ranks = Counter[int]()
    for name, found in run.items():
        wanted = set(twins[looks[name]])
        ranks[next((at for at, each in enumerate(found, 1) if each in wanted), 0)] += 1
    mean = sum(count / rank for rank, count in ranks.items() if rank) / len(texts)
    nothing = sum(not found for found in run.values())
    print(f"{what:24} RR@{DEPTH} {mean:.4f}  first {ranks[1]} of {len(texts)}, "
          f"nothing found {nothing}", flush=True)  # fmt: skip


def first_sentence(body: str) -> str:
    """The first sentence of a text, or its first line."""
    found = _SENTENCE.search(body)
    return " ".join(found[0].split()) if found else ""


def _look(release: Release) -> tuple[str, str]:
    return release.headline.casefold(), first_sentence(release.body).casefold()


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _release(name: str, headline: str, body: str) -> Release:
    return Release(
        id=name,
        headline=headline,
        body=body,
        language=language_of(None, f"{headline}\n{body}"),
        source="bench",
    )


if __name__ == "__main__":
    sys.exit(main())
