"""A release is searched in its own language: no stem of one language meets a text of another."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
import Stemmer

from index.ingest.builder import build
from index.release import Release
from index.stores.folder import FolderStore, open_index
from index.text.folding import fold
from index.text.raw_tokens import raw_token
from search import SearchRequest, open_engine
from search.match.evaluate import evaluate
from search.query.parser import parse_query
from search.query.positional import Slots
from tests.search.count.test_collections import lines
from tests.search.search_corpus import Opened, ids_found, make

SNOWBALL = {
    "en": "english", "und": "english", "zh": "english", "es": "spanish", "de": "german",
    "fr": "french", "it": "italian", "pl": "polish", "pt": "portuguese",
}  # fmt: skip
TEXTS = {
    "en": ("The can and the player", "Canada noted wines in the plains; veterans met a winery.",
           "The costs of a cannery, noting that players played on a plane"),
    "es": ("Canada y los veteranos", "Los veteranos de Canadá cantaron; una nota y un plan.",
           "La costa y las playas: el vino, los canarios, las notas"),
    "de": ("Noten aus Kanada", "Die Kantone planen; der Planer nennt Notare und Weine.",
           "Die Veteranen von Canada: Kanten und Kosten"),
    "fr": ("Le Canada note", "Les notes des vétérans canadiens, les vins et les plans.",
           "La plaine et la côte: planer, noter, coûter"),
    "it": ("Note dal Canada", "I veterani notano le piane; i vini costano.", "Le note, i piani"),
    "pl": ("Canada i wino", "Nota o planie: can, note, wine, plan.", "Plany i noty"),
    "ja": ("Canada の note", "wine と plane について", "note"),
    "und": ("Canada", "notes", "planes"),
}  # fmt: skip
"""Words whose stems in one language are words of another."""


@cache
def stemmed(word: str, language: str) -> str:
    algorithm = SNOWBALL.get(language.split("-")[0])
    if algorithm is None or not word.isalpha():
        return word
    return fold(Stemmer.Stemmer(algorithm).stemWord(word))


def words_of(text: str) -> Iterable[str]:
    return (match[0].casefold() for match in raw_token().finditer(text))


def by_the_rule(releases: Sequence[Release], word: str) -> set[str]:
    """The releases that hold a form whose stem in their language is the word's, or the word itself
    but for its accents."""
    return {
        each.id
        for each in releases
        for form in words_of(f"{each.headline} {each.body}")
        if stemmed(form, each.language) == stemmed(word, each.language) or fold(form) == fold(word)
    }


def mixture(*languages: str) -> list[Release]:
    return [
        make(f"{language}-{number}", text, f"{other}.", language=language, date=f"20{number:02}")
        for language in languages
        for number, (text, other) in enumerate(pairwise((*TEXTS[language], "")))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "languages",
    [("en", "es"), ("de", "fr", "it", "en"), ("pl", "ja", "en", "und"), ("es", "pl"), tuple(TEXTS)],
    ids=" ".join,
)
def test_every_word_finds_what_the_rule_says(opened: Opened, languages: Sequence[str]) -> None:
    releases = mixture(*languages)
    engine = opened(releases)
    words = {word for each in releases for word in words_of(f"{each.headline} {each.body}")}
    for word in sorted({*words, "can", "not", "playing", "veteran", "veterano", "cost", "plan"}):
        if word.isascii():
            assert ids_found(engine, word) == by_the_rule(releases, word), word


def test_words_of_one_language_leave_releases_of_another_alone(opened: Opened) -> None:
    engine = opened(mixture("en", "es"))
    assert ids_found(engine, "veteranos") == {"es-0", "es-1"}
    assert ids_found(engine, "veterans") == {"en-0", "en-1"}
    assert ids_found(engine, "canada") == {"en-0", "en-1", "es-0", "es-1"}  # Canadá
    assert ids_found(engine, '"los veteranos"') == {"es-0", "es-1"}


def test_counts_order_and_feeds_are_those_of_the_matches(opened: Opened) -> None:
    engine = opened(mixture("en", "es"))
    results = engine.search(SearchRequest("canada", sort="newest"))
    assert results.total == sum(row.count for row in results.facets.date) == 4
    assert [hit.release.id for hit in results.hits] == ["en-1", "es-1", "en-0", "es-0"]
    assert engine.timeline(SearchRequest("canada"), "year") == (("2000", 2), ("2001", 2))


def test_marks_are_of_the_release_and_its_language(opened: Opened) -> None:
    engine = opened([make("en", "They can see Canada"), make("es", "Canada", language="es")])
    marked = {
        hit.release.id: hit.headline_html for hit in engine.search(SearchRequest("canada")).hits
    }
    assert marked == {"en": "They can see <mark>Canada</mark>", "es": "<mark>Canada</mark>"}


def test_prefixes_exact_and_near_words_are_words_of_all_languages(opened: Opened) -> None:
    engine = opened(mixture("en", "es"))
    assert ids_found(engine, "vetera*") == {"en-0", "en-1", "es-0", "es-1"}
    assert ids_found(engine, "=canada") == {"en-0", "en-1", "es-0"} | ids_found(engine, "=canadá")
    assert ids_found(engine, "veteranoz~") == {"es-0", "es-1"}
    assert "veteranos" in engine.complete("vete")


def test_a_release_in_a_rare_language_is_not_the_better_match_for_that(opened: Opened) -> None:
    """How rare a word is counts over all its languages."""
    many = [make(f"en-{n}", "Harbour", "The harbour office opened.") for n in range(30)]
    engine = opened([*many, make("es", "Harbour", "The harbour office opened.", language="es")])
    hits = engine.search(SearchRequest("harbour", per_page=50)).hits
    assert {round(hit.score or 0, 2) for hit in hits} == {round(hits[0].score or 0, 2)}


@pytest.fixture(
    params=[(1_000, 1_000), pytest.param((12_000, 3_000), marks=pytest.mark.slow)],
    scope="module",
    name="real",
)
def real_releases(
    request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Release], int]:
    """Releases of two collections, and all of the Senate's that are in another language.

    First the folder of their index, last how many words are to be tried.
    """
    size, words = request.param
    folder = tmp_path_factory.mktemp("languages")
    chosen: list[str] = []
    for name in ("senate", "swiss_en"):
        every = lines(shared_data / "releases" / f"{name}.jsonl.zst", None)
        chosen += islice(every, size // 2)
        chosen += (line for line in every if any(word in line for word in (" los ", " para las ")))
    path = folder / "chosen.jsonl"
    path.write_text("".join(chosen), encoding="utf-8")
    build([path], FolderStore(folder / "index"))
    engine = open_engine(folder / "index")
    releases = [hit.release for hit in engine.every_hit(SearchRequest(copies=True), snippets=False)]
    engine.close()
    return folder / "index", releases, words


def query_words(folder: Path, most: int) -> list[str]:
    """The most frequent words of the query lists."""
    counts: Counter[str] = Counter()
    for name in ("trec-million-query-2007-gov2", "search-benchmark-game"):
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        counts.update(word for word in words_of(text) if word.isascii() and word.isalpha())
    return [word for word, _ in counts.most_common(most)]


def test_no_frequent_word_of_real_queries_is_inflated(
    real: tuple[Path, list[Release], int], shared_data: Path
) -> None:
    """Words aside that are also looked for as they are spelt elsewhere, which a notice says."""
    folder, releases, most = real
    languages = Counter(each.language for each in releases)
    assert len(languages) > 1
    words = query_words(shared_data / "queries", most)
    holding: Mapping[tuple[str, str], set[str]] = _releases_by_stem(releases)
    inflated: dict[str, Any] = {}
    with closing(open_index(folder)) as index, index.searcher() as searcher:
        for word in words:
            parsed = parse_query(SearchRequest(word), languages)
            rule = set().union(*(holding.get((tag, stemmed(word, tag)), ()) for tag in languages))
            count = len(evaluate(searcher, parsed.query, scored=False).doc_ids)
            if count > len(rule) * 1.05 and not parsed.notices:
                inflated[word] = count, len(rule)
    assert not inflated, json.dumps(inflated)


def _releases_by_stem(releases: Sequence[Release]) -> dict[tuple[str, str], set[str]]:
    """For each language and stem, the releases: joined compounds and acronyms among the words."""
    made: dict[tuple[str, str], set[str]] = {}
    for each in releases:
        language = each.language
        forms = set(words_of(f"{each.headline} {each.body}"))
        for form in forms:
            parts = fold(form).replace("&", "-").replace("'", "-").split("-")
            for part in {*parts, "".join(parts), "".join(parts[:-1]), form.replace(".", "")}:
                made.setdefault((language, stemmed(part, language)), set()).add(each.id)
    return made


def test_near_pairs_are_of_one_language() -> None:
    parsed = parse_query(SearchRequest("harbour NEAR/3 ferries"), ("en", "es", "pl"))
    slots = next(each for each in (parsed.query, parsed.query.a) if isinstance(each, Slots))
    phrases, cut = slots.phrases(slots.places)
    languages = [{word.partition("@")[2] for word in each.words} for each in phrases.subqueries]
    assert not cut
    assert len(languages) == len(("headline", "body")) * len(("en", "es", "pl")) * 2
    assert all(len(each) == 1 for each in languages)
