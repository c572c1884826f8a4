"""The sentences that tell people how their search was read, by stable code."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from index.facet_table import AGENCY, Listed
from search.choices import excluded
from search.query.filter_queries import languages_chosen
from search.query.loosening import Looser
from search.query.parsed_query import ParsedQuery
from search.request import NO_FILTERS, Filters, SearchRequest
from search.results import Notice

SENTENCES = {
    "query-cut": "Your search was too long; we used the first {0} characters.",
    "words-cut": "We searched for the first {0} words only.",
    "word-cut": "“{0}…” is very long; we searched for its first {1} characters.",
    "brackets-too-deep": "Brackets nested more than {0} deep were ignored.",
    "bracket-unmatched": "An unmatched bracket was ignored.",
    "quote-unmatched": "One quotation mark was missing; we searched without the quotes.",
    "quote-closed": "A quotation mark was missing; we searched for the phrase “{0}”.",
    "function-words": "Common words were ignored: {0}.",
    "operator-unused": "“{0}” was ignored: there is nothing for it to join.",
    "ignored": "“{0}” was ignored: it has no letters or digits.",
    "nothing-to-search": "There is nothing to search for in “{0}”, so here is everything.",
    "only-without": "Showing everything except what you excluded.",
    "read-or": "OR means either word.",
    "read-not": "Excluding releases that match “{0}”.",
    "read-near": "“{0}” finds these words at most {1} words apart.",
    "near-unread": "NEAR joins only words and phrases; “{0}” was searched as all of them.",
    "read-minus": "We read “{0}” as a number, not as an exclusion.",
    "read-hyphen": "We read “{0}” as the end of a longer word, not as an exclusion.",
    "read-number": "We read “{0}” as one number.",
    "read-capitals": "“{0}” was searched as a word, because everything is in capitals.",
    "operator-unknown": "“{0}” is not an operator here; we searched for it as words.",
    "operator-quoted": "“{0}” between quotation marks was searched as a word.",
    "operator-left-out": "“{0}” is not an operator here and was left out.",
    "field-left-out": "“{1}” was left out: there is no field called “{0}” here.",
    "read-truncation": "“{0}” is read as “{1}”, which finds words that begin so.",
    "read-field": "“{0}” is read as “{1}”.",
    "field-unknown": "There is no field called “{0}:”; we searched for “{1}” as words.",
    "distance-narrowed": "“{0}” was narrowed: words can be at most {1} words apart.",
    "boost-narrowed": "“{0}” is out of range: a word’s weight can be {1} to {2}.",
    "least-narrowed": "You asked for {0} of {1} parts; we searched for all of them.",
    "read-day": "“{0}” also finds other ways of writing that date.",
    "read-amount": "“{0}” also finds other ways of writing that amount.",
    "read-fiscal-year": "“{0}” also finds other ways of writing that fiscal year.",
    "read-release": "“{0}” is the address, number or file of a release, shown here.",
    "read-spelling": "“{0}” also finds “{1}”, the spelling used elsewhere.",
    "read-plural": "“{0}” also finds “{1}”, because letters that end in s are read as a plural.",
    "read-agency": "“{0}” means the agency {1}.",
    "read-date": "Showing releases dated {1} for “{0}”.",
    "agency-unknown": "We have no agency called “{0}”.",
    "read-facet": "“{0}” means the {1} {2}.",
    "facet-unknown": "No release has “{1}” as its {0}.",
    "read-site": "“{0}” means the site {1}.",
    "site-unknown": "We have nothing from the site “{0}”.",
    "language-unknown": "We have no releases in the language “{0}”.",
    "date-unreadable": "“{0}” was ignored: it is not a date. Try 2023, 2023-06, "
    "2023-06-26, 2023-06..2023-08 or none.",
    "field-empty": "“{0}:” was searched as a word because nothing follows it.",
    "field-spaced": "“{0}:” was searched as a word because a space follows it. "
    "To search that field, type “{1}”.",
    "wildcard-short": "* and ? need at least {1} letters before them, or three in a row; "
    "we searched for “{0}” without them.",
    "wildcard-ignored": "The * in “{0}” was ignored.",
    "inexact-cut": "*, ? and ~ were applied to the first {0} words only.",
    "fuzzy-narrowed": "“{0}” is short, so only {2} letters may differ, not {1}.",
    "phrases-cut": "“{0}” matches too many phrases; we used the most common.",
    "fuzzy-cut": "“{0}” resembles too many words; we used the {1} closest.",
    "loosened": "No release contains all of “{0}”. These contain most of it.",
    "words-unknown": "No release contains “{0}”.",
    "words-filtered": "No release within these filters contains “{0}”.",
    "filters-empty": "Your filters leave no release to search.",
    "filters-exclude": "Matches without the filters: {0}.",
    "strict": "No release contains all of “{0}”, and you asked for all of it.",
    "nothing-found": "No release matches everything you asked for.",
    "index-empty": "There are no releases yet.",
    "search-stopped": "This search was stopped after {0} seconds. Try fewer or rarer words.",
    "dates-reversed": "The start date, {0}, is after the end date, {1}.",
    "agency-filter-unknown": "We have nothing from “{0}”.",
    "language-filter-unknown": "We have no releases in the language “{0}”.",
    "facet-filter-unknown": "No release has “{1}” as its {0}.",
    "page-beyond-end": "There is no page {0}: page {1} is the last.",
    "explain-unscored": "Scores are explained only when you sort by relevance.",
    "copies-folded": "Copies of the same text, shown under another result: {0}.",
    "languages-folded": "Releases in another language, shown with their translation: {0}.",
    "per-page-cap": "Up to {0} releases per page.",
    "page-cap": "You can page through the first {0} results. "
    "Narrow your search, or download them all.",
}
"""Code -> English sentence with places for its values. Codes stay; sentences may be translated."""


ZERO_CODES = frozenset(
    {
        *("loosened", "words-unknown", "words-filtered", "filters-exclude", "filters-empty"),
        *("strict", "nothing-found", "index-empty"),
    }
)
"""What is said of a search because it finds nothing."""
UNKNOWN_CODES = ("words-unknown", "words-filtered")
"""What is said of a word that no release holds, or none under the filters."""
COUNTING = frozenset(
    {
        *("filters-exclude", "copies-folded", "languages-folded"),
        *("page-beyond-end", "page-cap", "per-page-cap"),
    }
)
"""What is said with numbers alone."""
MAX_NAMED = 5
"""Unknown words that a notice names; `Hit.lacks` names them all."""


def notice(code: str, *values: object, undo: SearchRequest | None = None) -> Notice:
    """The notice of that code, its sentence filled in with the values."""
    texts = tuple(str(value) for value in values)
    return Notice(code, filled_in(code, SENTENCES[code], texts), texts, undo)


def add_notice(
    notices: list[Notice], code: str, *values: object, undo: SearchRequest | None = None
) -> None:
    """Add the notice of that code to others, unless it is among them."""
    made = notice(code, *values, undo=undo)
    if made not in notices:
        notices.append(made)


def filled_in(code: str, sentence: str, values: Sequence[str]) -> str:
    """The sentence of a code, in any language, with its values: counts as `7,386`.

    :raises IndexError: where the sentence has a place for more values.
    """
    counts = code in COUNTING
    return sentence.format(
        *(f"{int(each):,}" if counts and each.isdecimal() else each for each in values)
    )


def filter_notices(
    request: SearchRequest,
    filters: Filters,
    facets: Mapping[str, Listed],
    languages: Collection[str],
) -> Iterator[Notice]:
    """What must be said about the filters of a request, `facets` and `languages` being those of the
    index."""
    for tag in filters.languages:
        if not languages_chosen(excluded(tag) or tag, languages):
            others = tuple(each for each in filters.languages if each != tag)
            undo = request.changed(languages=others)
            yield notice("language-filter-unknown", excluded(tag) or tag, undo=undo)
    for name, chosen in filters.facets:
        known = {each.slug for each in facets[name].values} if name in facets else set()
        for asked in chosen:
            slug = excluded(asked) or asked
            if slug not in known:
                others = tuple(each for each in chosen if each != asked)
                undo = request.changed(**request.choosing(name, others))
                if name == AGENCY.name:
                    yield notice("agency-filter-unknown", slug, undo=undo)
                else:
                    yield notice("facet-filter-unknown", name, slug, undo=undo)
    if filters.days is not None and filters.days.first > filters.days.last:
        undo = request.changed(date_from=request.date_to, date_to=request.date_from)
        yield notice("dates-reversed", request.date_from, request.date_to, undo=undo)


def zero_notices(
    request: SearchRequest, parsed: ParsedQuery, matches: int, looser: Looser | None, loosened: bool
) -> Iterator[Notice]:
    """Why a search finds nothing, and what is shown instead; always a sentence at least.

    :param matches: of the words alone, without the filters.
    :param looser: the looser search, which knows the words that no release under the filters holds.
    :param loosened: whether releases of the looser search are shown.
    """
    text = request.text.strip()
    bare = request.changed(**NO_FILTERS)
    unknown = () if looser is None else looser.unknown
    roles = {item.role for item in parsed.items}
    filtered = bare != request.changed() or "filter" in roles
    scope_empty = filtered and "wanted" in roles and looser is not None and looser.scope_empty
    if matches:
        yield notice("filters-exclude", matches, undo=bare)
    elif not text:
        yield notice("index-empty")
    elif request.match == "strict":
        yield notice("strict", text, undo=request.changed(match="all"))
    elif not unknown and not loosened and not scope_empty:
        yield notice("nothing-found")
    if scope_empty:
        yield notice("filters-empty")
    for word in unknown[:MAX_NAMED]:
        yield notice(UNKNOWN_CODES[filtered or "unwanted" in roles], word)
    if loosened:
        yield notice("loosened", text, undo=request.changed(match="strict"))


def folded_notices(request: SearchRequest, folded: int, languages: int) -> Iterator[Notice]:
    """How many releases stand under others, and how many of these in another language."""
    if not folded:
        return
    undo = request.changed(copies=True)
    if folded > languages:
        yield notice("copies-folded", folded - languages, undo=undo)
    if languages:
        yield notice("languages-folded", languages, undo=undo)
