"""The Whoosh schema: headline, date, agency and body, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
from whoosh.query import And, Or, Query, Term

from index.dates.day_numbers import UNDATED, day_span, moment_on
from index.facet_table import SEPARATOR, TABLE, Facet, indexed
from index.identity import lookup_keys, sites_of
from index.release import Release, printable, slugify
from index.same_text import NO_KEY, news_key, text_key
from index.text.analysis import tokens
from index.text.stemming import LANGUAGES

HISTORY = ("first_indexed", "changed", "changes", "versions")
"""Stored fields that say what became of a release here (`index.history`)."""
TEXT_FIELDS = ("body", "versions")
"""Stored fields that nothing needs which shows no text (`index.codec.readers.stored_fields`)."""
EXACT_FIELDS = ("headline_exact", "body_exact")
"""Fields of words as they are written, not stemmed."""
CHANGED = "changed"
"""The term of `state` in releases whose text has changed."""
HEADLINE_BOOST = 6.0
"""What a word in a headline counts for, against one in a body; `docs/ranking.md` has others."""


class LanguageText(str):
    """A text that knows its language, which is how the analysers learn which stemmer to use."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> LanguageText:
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """What a copy, or a worker process, makes it again from."""
        return str(self), self.language


class _TermAnalyser(Analyzer):  # type: ignore[misc]
    """Whoosh's view of `index.text.analysis.tokens`; `exact` picks the unstemmed terms."""

    def __init__(self, *, exact: bool) -> None:
        self.exact = exact

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TermAnalyser) and other.exact == self.exact

    def __hash__(self) -> int:
        return hash(self.exact)

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **_: Any,
    ) -> Iterator[WhooshToken]:
        token = WhooshToken(positions, chars, removestops=False, mode=mode)
        for each in tokens(value, getattr(value, "language", "en")):
            text = each.exact if self.exact else each.stem
            if not text:
                continue
            token.text = token.original = text
            token.boost = 1.0
            token.stopped = False
            token.pos = start_pos + each.position
            token.startchar = start_char + each.start
            token.endchar = start_char + each.end
            yield token


class StemmedText(TEXT):  # type: ignore[misc]
    """A field of stems: Whoosh's query parser looks for a word in every language."""

    def self_parsing(self) -> bool:
        """Whether Whoosh leaves a word of a query to `parse_query`: yes."""
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Query:
        """Documents with the stems of what stands between two spaces, as one language has them.

        Of a compound its parts are looked for: `tokens` gives the joined whole before the first.
        """
        readings = {
            tuple({token.position: token.stem for token in tokens(qstring, language)}.values())
            for language in LANGUAGES
        }
        terms = [[Term(fieldname, stem) for stem in stems] for stems in sorted(readings)]
        return Or([And(each) for each in terms], boost=boost).normalize()


class _ValueAnalyser(Analyzer):  # type: ignore[misc]
    """The slugs of the values of a facet."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ValueAnalyser)

    def __hash__(self) -> int:
        return hash(_ValueAnalyser)

    def __call__(self, value: str, **_: Any) -> Iterator[WhooshToken]:
        token = WhooshToken()
        for each in value.split(SEPARATOR):
            token.text = slugify(each)
            token.boost = 1.0
            token.stopped = False
            yield token


class FacetField(KEYWORD):  # type: ignore[misc]
    """The field of a facet: its terms are the slugs of values, its column holds their names."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(analyzer=_ValueAnalyser(), sortable=True)
        self.facet = facet


def facets_of(schema: Schema) -> tuple[Facet, ...]:
    """The facets of an index with this schema: the agency, then those of columns."""
    own = (field.facet for _, field in schema.items() if isinstance(field, FacetField))
    return (*(each for each in TABLE if not each.column), *own)


def make_schema(facets: Iterable[Facet] = ()) -> Schema:
    """A new schema; the fields and why they are there.

    `headline`, `body`: stems with positions. `headline_exact`, `body_exact`: words as typed, for
    `=word`, `word*`, `word~` and suggestions; no positions. `agency`: the slug. `date`: the ISO
    date as far as known, one term. `first_day`, `last_day`: the days that `date` may mean, as
    numbers like 20231105, both `UNDATED` where there is no year. `moment`: yyyymmddhhmm of issue
    (0 where undated), the key of "newest", `text_key`: what copies of a text have in common
    (`index.same_text`), and `arrived`: when the text came here (UTC, ISO), all of which nobody
    searches. `state`: `CHANGED` where a text changed, nothing else. `language`, `alias`, `site`: to
    look things up: former ids and what `index.identity.lookup_keys` gives; the host of the address
    and the domains that it is under (`index.identity.sites_of`). Stored are the fields of a
    release, each under its own name (`Release.to_stored`), and its history under those of
    `index.history.History`.

    :param facets: facets of columns, each of which has a field.
    """
    stems, words = _TermAnalyser(exact=False), _TermAnalyser(exact=True)
    moment = NUMERIC(numtype=int, bits=64, signed=True, sortable=True, default=UNDATED)
    moment.indexed = False
    arrived = ID(sortable=True)
    arrived.indexed = False
    key_of_text = NUMERIC(numtype=int, bits=64, signed=True, sortable=True, default=NO_KEY)
    key_of_text.indexed = False
    schema = Schema(
        id=ID(stored=True, unique=True, sortable=True),
        headline=StemmedText(analyzer=stems, field_boost=HEADLINE_BOOST, stored=True),
        body=StemmedText(analyzer=stems, stored=True),
        headline_exact=TEXT(analyzer=words, phrase=False, field_boost=HEADLINE_BOOST),
        body_exact=TEXT(analyzer=words, phrase=False),
        agency=ID(stored=True, sortable=True),
        date=ID(stored=True),
        first_day=NUMERIC(numtype=int, bits=32, signed=True, sortable=True, default=UNDATED),
        last_day=NUMERIC(numtype=int, bits=32, signed=True, sortable=True, default=UNDATED),
        moment=moment,
        text_key=key_of_text,
        arrived=arrived,
        state=ID(),
        language=ID(stored=True, sortable=True),
        alias=KEYWORD,
        site=KEYWORD,
    )
    for name in (*Release.STORED_FIELDS, *HISTORY):
        if name not in schema:
            schema.add(name, STORED)
    for facet in facets:
        if facet.field not in schema:
            schema.add(facet.field, FacetField(facet))
    return schema


def document(release: Release, first_indexed: str) -> dict[str, Any]:
    """The release as keyword arguments of Whoosh's `add_document` under `make_schema()`."""
    return document_of(release.to_stored() | {"first_indexed": first_indexed})


def document_of(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a release whose stored fields these are."""
    return {**stored, **indexed_values(stored), "_stored_date": stored.get("date")}


def indexed_values(stored: Mapping[str, Any], facets: Iterable[Facet] = ()) -> dict[str, Any]:
    """What is indexed of a release whose stored fields these are, in the form of `document`."""
    language, date = stored["language"], stored.get("date")
    headline = LanguageText(stored["headline"], language)
    body = LanguageText(stored["body"], language)
    first, last = day_span(date)
    return {
        "id": stored["id"],
        "headline": headline,
        "body": body,
        "headline_exact": headline,
        "body_exact": body,
        "agency": stored["agency"],
        "date": date or "none",
        "first_day": first,
        "last_day": last,
        "moment": moment_on(stored.get("issued_at"), first),
        "text_key": _text_key(stored, date),
        "arrived": stored.get("changed") or stored.get("first_indexed", ""),
        **({"state": CHANGED} if stored.get("changes") else {}),
        "language": language,
        "alias": " ".join((*stored.get("aliases", ()), *_lookup_keys(stored))),
        "site": " ".join(sites_of(stored.get("url"))),
        **indexed(facets, stored),
    }


def _text_key(stored: Mapping[str, Any], date: str | None) -> int:
    """What a release shares with its other languages, if it names any, else with its copies."""
    translations = stored.get("translations")
    key = news_key(stored.get("url"), [each["url"] for each in translations]) if translations else 0
    return key or text_key(stored["headline"], stored["body"], date)


def _lookup_keys(stored: Mapping[str, Any]) -> tuple[str, ...]:
    return lookup_keys(stored.get("url"), printable(stored.get("source_file") or ""))


def in_own_language(stored: dict[str, Any]) -> dict[str, Any]:
    """Stored fields whose texts know their language: Whoosh's highlighter analyses them again."""
    language = stored.get("language", "en")
    if language != "en":
        for name in ("headline", "body"):
            if name in stored:
                stored[name] = LanguageText(stored[name], language)
    return stored


def analyses_exact(field: Any) -> bool | None:
    """Whether a field of the schema holds unstemmed terms; None if it is not one of texts."""
    analyser = getattr(field, "analyzer", None)
    return analyser.exact if isinstance(analyser, _TermAnalyser) else None
