"""The sentences that tell people how their search was read, by stable code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.release import Agency
from search.request import Filters, SearchRequest
from search.results import Notice

SENTENCES = {
    "query-cut": "The search was longer than {0} characters; the rest was left out.",
    "words-cut": "Only the first {0} words were searched for.",
    "word-cut": "Of “{0}…” only the first {1} characters were searched for.",
    "brackets-too-deep": "Brackets inside more than {0} others were left out.",
    "bracket-unmatched": "A bracket without its partner was left out.",
    "quote-unmatched": "A quotation mark without its partner was left out.",
    "function-words": "These common words were not searched for: {0}.",
    "operator-unused": "“{0}” had nothing to work on and was left out.",
    "ignored": "“{0}” holds no letter or digit to search for and was left out.",
    "nothing-to-search": "Nothing in “{0}” can be searched for, so all releases are shown.",
    "only-without": "All releases are shown but those that match what was excluded.",
    "read-or": "“OR” was read as “either of these”.",
    "read-not": "Releases that match “{0}” are left out.",
    "read-near": "“{0}” was read as words at most {1} places apart.",
    "near-unread": "Only words and phrases can be near each other; “{0}” was read as all of them.",
    "read-minus": "“{0}” was read as a number, not as something to leave out.",
    "read-hyphen": "“{0}” was read as the end of a longer word, not as something to leave out.",
    "read-number": "“{0}” was read as one number.",
    "read-capitals": "“{0}” was read as a word, since all the rest is in capitals too.",
    "operator-unknown": "“{0}” is no operator here and was read as plain words.",
    "field-unknown": "“{0}:” is no field here; “{1}” was read as plain words.",
    "distance-narrowed": "Words can be at most {1} words apart; “{0}” was read so.",
    "boost-narrowed": "“{0}” is out of bounds; a word counts between {1} and {2} times.",
    "least-narrowed": "{0} of only {1} parts cannot be there; all were asked for.",
    "read-day": "“{0}” was read as a day, however it is written.",
    "read-release": "“{0}” was read as the address, number or file of a release.",
    "read-spelling": "“{0}” also finds “{1}”, as it is spelt elsewhere.",
    "read-agency": "“{0}” was read as the agency {1}.",
    "read-date": "“{0}” was read as the dates {1}.",
    "agency-unknown": "No agency here is called “{0}”.",
    "read-site": "“{0}” was read as the site {1}.",
    "site-unknown": "No release here is from the site “{0}”.",
    "language-unknown": "No release here is in the language “{0}”.",
    "date-unreadable": "“{0}” is no date and was left out. Dates are 2023, 2023-06, "
    '2023-06-26, "June 2023", 2023-06..2023-08 or none.',
    "field-empty": "“{0}:” has nothing after it and was read as a word.",
    "wildcard-short": "* and ? need {1} letters before them, or three side by side; "
    "“{0}” was read without them.",
    "wildcard-ignored": "* has no use at “{0}” and was left out.",
    "inexact-cut": "Only the first {0} words with *, ? or ~ were read so, others as plain words.",
    "fuzzy-narrowed": "“{0}” takes no {1} changed letters; {2} allowed.",
    "phrases-cut": "“{0}” stands for many phrases; the most frequent were searched for.",
    "fuzzy-cut": "“{0}” is like more than {1} words; the {1} nearest were searched for.",
    "loosened": "No release holds all of “{0}”; these hold most of it.",
    "words-unknown": "No release holds “{0}”.",
    "words-filtered": "No release under these filters holds “{0}”.",
    "filters-exclude": "Without the filters, {0} releases match.",
    "strict": "No release holds all of “{0}”, and none that holds less was asked for.",
    "nothing-found": "No release fits all that was asked for.",
    "index-empty": "There are no releases here yet.",
    "search-stopped": "The search took longer than {0} seconds and was stopped. "
    "Try fewer or rarer words.",
    "dates-reversed": "The first date, {0}, is after the last, {1}, so nothing can match.",
    "agency-filter-unknown": "No release here is from an agency with the address “{0}”.",
    "page-beyond-end": "There is no page {0}; this is the last one, page {1}.",
    "explain-unscored": "Only releases that are ordered by relevance have scores to explain.",
    "copies-folded": "{0} releases say the same as another one found and stand under it.",
    "per-page-cap": "A page holds at most {0} releases.",
    "page-cap": "Results are paged up to number {0}; narrow the search, or export all of it.",
}
"""Code -> English sentence with places for its values. Codes stay; sentences may be translated."""


ZERO_CODES = frozenset(
    {
        *("loosened", "words-unknown", "words-filtered", "filters-exclude", "strict"),
        *("nothing-found", "index-empty"),
    }
)
"""What is said of a search because it finds nothing."""
MAX_NAMED = 5
"""Unknown words that a notice names; `Hit.lacks` names them all."""


def notice(code: str, *values: object, undo: SearchRequest | None = None) -> Notice:
    """The notice of that code, its sentence filled in with the values."""
    texts = tuple(str(value) for value in values)
    return Notice(code, SENTENCES[code].format(*texts), texts, undo)


def filter_notices(
    request: SearchRequest, filters: Filters, agencies: Iterable[Agency]
) -> Iterator[Notice]:
    """What must be said about the filters of a request, `agencies` being those of the index."""
    known = {agency.slug for agency in agencies} if filters.agencies else set()
    for slug in filters.agencies:
        if slug not in known:
            others = tuple(each for each in filters.agencies if each != slug)
            undo = request.changed(agencies=others)
            yield notice("agency-filter-unknown", slug, undo=undo)
    if filters.days is not None and filters.days.first > filters.days.last:
        undo = request.changed(date_from=request.date_to, date_to=request.date_from)
        yield notice("dates-reversed", request.date_from, request.date_to, undo=undo)


def zero_notices(
    request: SearchRequest, matches: int, unknown: Sequence[str], *, filtered: bool, loosened: bool
) -> Iterator[Notice]:
    """Why a search finds nothing, and what is shown instead; always a sentence at least.

    :param matches: of the words alone, without the filters.
    :param unknown: words that no release under the filters holds.
    :param filtered: whether the text holds filters, or excludes anything.
    """
    text = request.text.strip()
    bare = request.changed(agencies=(), date_from=None, date_to=None, undated=False, languages=())
    if matches:
        yield notice("filters-exclude", matches, undo=bare)
    elif not text:
        yield notice("index-empty")
    elif request.match == "strict":
        yield notice("strict", text, undo=request.changed(match="all"))
    elif not unknown and not loosened:
        yield notice("nothing-found")
    for word in unknown[:MAX_NAMED]:
        code = "words-filtered" if filtered or bare != request.changed() else "words-unknown"
        yield notice(code, word)
    if loosened:
        yield notice("loosened", text, undo=request.changed(match="strict"))
