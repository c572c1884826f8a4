"""Fields that filter: `agency:`, `date:`, `language:`, `site:`, `id:` and facets -> their query."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from whoosh.query import NullQuery, Query, Term

from index.facet_table import AGENCY, FacetValue, Listed, facet_of_column
from index.identity import sites_of
from index.release import Agency
from index.text.cleaning import clean
from index.text.folding import fold
from search.choices import EXCLUDED, wanted_and_excluded
from search.query.agency_forms import NO_FORMS, AgencyForms, without_article
from search.query.boolean_queries import any_of
from search.query.date_queries import TypedSpan, days_query, parse_span, undated_query
from search.query.language_names import tags_called
from search.query.lexemes import SAID_IN_WAYS, SIGN_OF_VALUE, Lexeme, typed_in

NO_FACETS: Mapping[str, Listed] = {}
MAX_VALUE_WORDS = 12
"""Words of a name that may follow `agency:`, or another facet, without quotes."""
MAX_DATE_WORDS = 8
"""Words that may follow `date:` without quotes: `5 March 2007 to 6 June 2008` has six more."""

MIN_BEGINNING = 3
"""Letters by which a word of an agency's name can be told: `LD` is not the `Buildings` of one."""

_WORDS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d{4}")
"""A word that belongs to the date before it also where that says its year: `May to June 2007`."""
_OF_REGION = re.compile(r"([a-z]{2,3})-(?:[a-z]{2}|\d{3})")
_SCRIPTS = {
    **dict.fromkeys(("zh-hk", "zh-mo", "zh-tw"), "zh-hant"),
    **dict.fromkeys(("zh-cn", "zh-sg"), "zh-hans"),
}
"""Regions that say which script Chinese is in."""
_COMPARED = {"date": "", "before": "<", "after": ">", "since": ">=", "until": "<="}
"""Names of filters by date -> what they put before the date."""


class FilterReading(NamedTuple):
    """A filter as it was read: its query (None: left out) and how many lexemes behind it it took.

    `code` and `values` are its notice; `undo` takes the place of what was typed, if it can be
    taken back.
    """

    query: Query | None
    taken: int = 0
    code: str | None = None
    values: tuple[str, ...] = ()
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class FilterReader:
    """Reads filters of a search with this cleaned text, over these agencies and languages.

    `holds_site`: whether any release is from a host or domain. `facets`: the index's own, by name.
    """

    text: str
    agencies: tuple[Agency, ...]
    languages: tuple[str, ...]
    forms: AgencyForms = NO_FORMS
    holds_site: Callable[[str], bool] = bool
    facets: Mapping[str, Listed] = field(default_factory=dict)

    def read(self, name: str, lexeme: Lexeme, following: Sequence[Lexeme]) -> FilterReading:
        """What a filter of that name means, with the words behind it that belong to it."""
        if name in _COMPARED:
            return self._date(name, lexeme, following)
        of_one_word = {"language": self._language, "id": self._id, "site": self._site}
        if name in of_one_word:
            return of_one_word[name](lexeme)
        return self._value(name, lexeme, following)

    def _date(self, name: str, lexeme: Lexeme, following: Sequence[Lexeme]) -> FilterReading:
        """The date with as many of the following words as make it another date."""
        typed, sign = typed_in(self.text, lexeme), _COMPARED[name]
        if fold(lexeme.text) == "none" and not sign:
            return FilterReading(undated_query(), 0, "read-date", (typed, "none"), "")
        found: TypedSpan | None = parse_span(sign + lexeme.text)
        taken = 0
        for count, each in enumerate(self._words_behind(lexeme, following, MAX_DATE_WORDS), 1):
            longer = parse_span(sign + self._text(lexeme, each))
            if longer and (found is None or longer.iso != found.iso or _YEAR.fullmatch(each.text)):
                found, taken = longer, count
        typed = typed_in(self.text, lexeme, following[taken - 1] if taken else lexeme)
        if found is None:
            return FilterReading(None, 0, "date-unreadable", (typed,), "")
        return FilterReading(days_query(found.days), taken, "read-date", (typed, found.iso), "")

    def _value(self, name: str, lexeme: Lexeme, following: Sequence[Lexeme]) -> FilterReading:
        """Values of a facet, the agency or another, with as many words as make it another name."""
        facet = AGENCY if name == AGENCY.name else facet_of_column(name)
        values = self.facets[name].values if facet.column else self.agencies
        forms = {} if facet.column else self.forms.slugs
        names = {without_article(value.name) for value in values}
        typed, chosen, taken = lexeme.text, _called(lexeme.text, values, forms), 0
        for count, each in enumerate(self._words_behind(lexeme, following, MAX_VALUE_WORDS), 1):
            longer = self._text(lexeme, each)
            narrower = _called(longer, values, forms) if len(chosen) > 1 else []
            named = without_article(longer) in (names | forms.keys())
            if named or 0 < len(narrower) < len(chosen):
                typed, chosen, taken = longer, _called(longer, values, forms), count
        kind, code = ((name,), "facet") if facet.column else ((), "agency")
        if not chosen:
            return FilterReading(NullQuery, taken, f"{code}-unknown", (*kind, typed), typed)
        called = ", ".join(value.name for value in chosen[:5]) + (", …" * (len(chosen) > 5))
        whole = typed_in(self.text, lexeme, following[taken - 1] if taken else lexeme)
        query = any_of([Term(facet.field, value.slug) for value in chosen])
        return FilterReading(query, taken, f"read-{code}", (whole, *kind, called), f'"{typed}"')

    def _language(self, lexeme: Lexeme) -> FilterReading:
        tags = _typed_languages(lexeme.text, self.languages)
        if not tags:
            return FilterReading(NullQuery, 0, "language-unknown", (lexeme.text,), "")
        return FilterReading(any_of([Term("language", tag) for tag in tags]))

    def _id(self, lexeme: Lexeme) -> FilterReading:
        return FilterReading(any_of([Term(field, lexeme.text) for field in ("id", "alias")]))

    def _site(self, lexeme: Lexeme) -> FilterReading:
        typed = clean(lexeme.text).strip().removeprefix("*.").strip(".")
        address = typed if "://" in typed else f"https://{typed}"
        host = next(iter(sites_of(address)), "")
        if not host or not self.holds_site(host):
            return FilterReading(NullQuery, 0, "site-unknown", (lexeme.text,), f'"{lexeme.text}"')
        query = Term("site", host)
        return FilterReading(query, 0, "read-site", (typed_in(self.text, lexeme), host), "")

    def _words_behind(
        self, lexeme: Lexeme, following: Sequence[Lexeme], most: int
    ) -> Sequence[Lexeme]:
        """The plain words that follow a filter which was typed without quotes.

        Behind one in quotes the word that is glued to it: `agency:「一帶一路」辦公室`.
        """
        if lexeme.kind != "word":
            return [each for each in following[:1] if each.start == lexeme.end and not each.field]
        for count, each in enumerate(following[:most]):
            if each.kind not in ("word", *SAID_IN_WAYS) or each.field:
                return following[:count]
        return following[:most]

    def _text(self, lexeme: Lexeme, last: Lexeme) -> str:
        """What was typed behind the name of the filter, as far as another lexeme."""
        typed = typed_in(self.text, lexeme, last)  # in brackets the name stands before these
        value = typed.partition(":")[2] if lexeme.field else typed
        sign = SIGN_OF_VALUE.match(value)
        return value[sign.end() if sign else 0 :].strip()


def whole_filters(text: str, lexemes: Sequence[Lexeme], agencies: Sequence[Agency]) -> list[Lexeme]:
    """The lexemes of a search, those of dates and agencies with the words that belong to them."""
    reader = FilterReader(text, tuple(agencies), ())
    whole: list[Lexeme] = []
    behind = 0
    for at, each in enumerate(lexemes):
        if at < behind:
            continue
        of_several = each.field == AGENCY.name or each.field in _COMPARED
        if of_several and each.kind in ("word", "phrase"):
            behind = at + 1 + reader.read(each.field or "", each, lexemes[at + 1 :]).taken
            each = each._replace(end=lexemes[behind - 1].end)
        whole.append(each)
    return whole


def _called(
    typed: str, values: Sequence[Agency | FacetValue], forms: Mapping[str, tuple[str, ...]]
) -> list[Agency | FacetValue]:
    """By slug, else by name, else by what gazetteers call them, else by words of names."""
    wanted = fold(typed)
    bare = without_article(typed)
    called = forms.get(bare, ())
    exact: Callable[[Agency | FacetValue], bool]
    for exact in (
        lambda value: value.slug == wanted,
        lambda value: without_article(value.name) == bare,
        lambda value: value.slug in called,
    ):
        found = [value for value in values if exact(value)]
        if found:
            return found
    words = _WORDS.findall(bare)
    return [value for value in values if words and _has_words(value, words)]


def _has_words(value: Agency | FacetValue, words: Sequence[str]) -> bool:
    """Whether each word begins one of the name's; a short one must be all of it."""
    named = _WORDS.findall(fold(value.name))
    return all(
        any(
            each == word or (len(word) >= MIN_BEGINNING and each.startswith(word)) for each in named
        )
        for word in words
    )


def languages_like(wanted: str, languages: Collection[str]) -> list[str]:
    """The tags equal to the wanted one or more precise: `zh` is also `zh-Hant`."""
    low = wanted.lower()
    return sorted(tag for tag in languages if f"{tag.lower()}-".startswith(f"{low}-"))


def languages_chosen(wanted: str, languages: Collection[str]) -> list[str]:
    """The tags that a filter means, by a tag or by a name of a language."""
    return languages_like(wanted, languages) or tags_called(wanted, languages)


def _typed_languages(typed: str, languages: Collection[str]) -> list[str]:
    """The tags that somebody means: by a tag, by that of a region (`en-US` is `en`), or a name."""
    low = typed.lower()
    of_region = _OF_REGION.fullmatch(low)
    broader = _SCRIPTS.get(low, of_region[1]) if of_region else low
    return (
        languages_like(typed, languages)
        or languages_like(broader, languages)
        or tags_called(typed, languages)
    )


def tags_meant(asked: Iterable[str], languages: Collection[str]) -> list[str]:
    """The tags of the index that those asked for mean, as wanted or excluded as they are; unknown
    ones stay as they are."""
    wanted, unwanted = wanted_and_excluded(asked)
    return [
        sign + tag
        for sign, tags in (("", wanted), (EXCLUDED, unwanted))
        for each in tags
        for tag in languages_chosen(each, languages) or (each,)
    ]
