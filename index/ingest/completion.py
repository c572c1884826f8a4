"""A draft becomes a release: language, date, agency and identity are filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from index.agencies.attribution import Hints, attribute
from index.agencies.gazetteer import Gazetteer
from index.dates import resolution
from index.dates.day_order import regional_order
from index.dates.resolution import FoundDate
from index.errors import LimitError, NotAReleaseError
from index.identity import Identity, identify
from index.limits import Limits
from index.release import UNATTRIBUTED, Agency, Photo, Release, Translation, content_hash, slugify
from index.sources.draft import Document, Draft
from index.sources.reader import ReadOptions
from index.text.cleaning import clean, clean_line
from index.text.language_detection import SAMPLE, language_of

MAX_SENTENCE = 200
"""Characters of a first sentence that stands in for a missing headline."""
UNREADABLE = "[unreadable text]"
"""Headline of a record that says who issued it when, but whose text is only control characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOptions:
    """What goes into every release.

    `as_of`: an ISO day by when the documents were collected, for dates without a year.
    `day_first`: how `03/06/2010` is read where nothing tells; None leaves the year alone.
    """

    gazetteers: Sequence[Gazetteer] = ()
    as_of: str | None = None
    day_first: bool | None = None
    read: ReadOptions = field(default_factory=ReadOptions)


AS_READ = CompletionOptions()
"""No gazetteer, no day of collecting, the usual limits."""


class Completed(NamedTuple):
    """A release, the rule that its id came from, and what a report should say about it.

    `either`: the same with the one date and the other, day first and month first, where that is
    open; the id is the same. `with_issuer`: the same with an issuer that other pages of its site
    must confirm, where it states none.
    """

    release: Release
    identity_rule: str
    notes: tuple[str, ...]
    either: tuple[Completed, ...] = ()
    with_issuer: tuple[Completed, ...] = ()


def complete(draft: Draft, document: Document, options: CompletionOptions = AS_READ) -> Completed:
    """The release that a draft describes, with everything inferred that can be, and said to be.

    A missing headline is taken from the body's first sentence; an empty body stays empty.

    :raises NotAReleaseError: when there is neither headline nor body.
    :raises LimitError: when the text is longer than the limit.
    """
    draft = _cleaned(draft)
    headline, body, notes = _text(draft, options.read.limits)
    language = language_of(draft.language, f"{headline}\n{body[:SAMPLE]}")
    url = draft.url or clean(document.url or "") or None
    order = _regional_order(draft, url, language)
    found = resolution.resolve(
        draft.dates, headline, body, language, options.as_of,
        day_first=options.day_first if order is None else order,
        last_day=(document.fetched_at or "")[:10] or options.as_of,
    )  # fmt: skip
    hints = Hints(
        draft.stated_agency, draft.stated_agency_rule, draft.weak_agency, draft.place, url
    )
    agency = attribute(headline, body, language, hints, tuple(options.gazetteers), found.date)
    digest = content_hash(headline, body)
    identity = _identity(draft, url, digest)
    release = Release(
        id=identity.id,
        headline=headline,
        body=body,
        url=url,
        date=found.date,
        date_precision=found.precision,
        date_source=found.source,
        issued_at=found.issued_at,
        agency=agency.agency,
        agency_rule=agency.rule,
        agencies_mentioned=tuple(agency.mentioned),
        language=language,
        place=draft.place,
        photos=draft.photos,
        translations=draft.translations,
        source=draft.form,
        source_file=document.name,
        fetched_at=document.fetched_at and clean(document.fetched_at),
        extra=draft.extra,
        content_hash=digest,
    )
    completed = Completed(release, identity.rule, (*draft.notes, *notes))
    return _with_alternatives(completed, found, draft.possible_agency)


def _with_alternatives(completed: Completed, found: FoundDate, possible: str | None) -> Completed:
    """A completed release beside what it is once other pages of its site have told what is open."""
    if not found.either and not possible:
        return completed
    dated = (_dated(completed.release, each) for each in found.either)
    either = tuple(completed._replace(release=each) for each in dated)
    noted = completed._replace(notes=(*completed.notes, *_open_date(found)))
    issued = _if_confirmed(completed.release, possible)
    confirmed = tuple(noted._replace(release=each) for each in issued)
    return noted._replace(either=either, with_issuer=confirmed)


def _if_confirmed(release: Release, possible: str | None) -> Iterator[Release]:
    """A release without an issuer as it is once its site confirms one."""
    if release.agency == UNATTRIBUTED and possible:
        agency = Agency(slugify(possible), possible)
        yield replace(release, agency=agency, agency_rule="site-name")


_CLEANED = ("id", "url", "language", "stated_agency", "weak_agency", "possible_agency", "place")


def _cleaned(draft: Draft) -> Draft:
    """A draft whose every field can be stored and encoded: the one place where that is seen to.

    Headline and body are cleaned where their lengths are looked at.
    """
    changed: dict[str, Any] = {}
    for name in _CLEANED:
        value = getattr(draft, name)
        if value is not None and (cleaned := clean(value)) != value:
            changed[name] = cleaned or None
    if draft.photos:
        changed["photos"] = tuple(Photo(*map(clean, each)) for each in draft.photos)
    if draft.translations:
        changed["translations"] = tuple(
            Translation(*map(clean, each)) for each in draft.translations
        )
    return replace(draft, **changed) if changed else draft


def _text(draft: Draft, limits: Limits) -> tuple[str, str, tuple[str, ...]]:
    headline = clean_line(draft.headline)
    body = clean(draft.body).strip(" \n")
    if len(body) > limits.body_characters:
        raise LimitError(
            f"its text has {len(body):,} characters; at most {limits.body_characters:,} are read"
        )
    if not headline and not body.strip():
        if draft.id and draft.dates and (draft.headline or draft.body):
            return UNREADABLE, "", ("its text is unreadable; id, date and agency are kept",)
        raise NotAReleaseError("has neither a headline nor a body")
    if not headline:
        return _first_sentence(body), body, ("no headline; its first sentence stands in for it",)
    if len(headline) > limits.headline_characters:
        return headline[: limits.headline_characters] + "…", body, ("overlong headline cut",)
    return headline, body, ()


def _first_sentence(body: str) -> str:
    block = re.sub(r"\s+", " ", body.strip().split("\n\n")[0])
    ended = re.match(r".{15,}?[.!?](?=\s)|.{5,}?[。！？]", block)
    sentence = ended[0] if ended else block
    if len(sentence) <= MAX_SENTENCE:
        return sentence
    return sentence[:MAX_SENTENCE].rsplit(" ", 1)[0] + "…"


def _regional_order(draft: Draft, url: str | None, language: str) -> bool | None:
    """By the language that the text is in, of the region that the document states."""
    stated, _, region = (draft.language or "").partition("-")
    tag = draft.language if stated == language else f"{language}-{region}" if region else language
    return regional_order(url, tag)


def _open_date(found: FoundDate) -> tuple[str, ...]:
    if not found.either:
        return ()
    days = " or ".join(str(each.date) for each in found.either)
    return (f"its date is {days}, so the year alone is taken; --dates says which is right",)


def _dated(release: Release, found: FoundDate) -> Release:
    return replace(
        release,
        date=found.date,
        date_precision=found.precision,
        date_source=found.source,
        issued_at=found.issued_at,
    )


def _identity(draft: Draft, url: str | None, digest: str) -> Identity:
    stated = next((each.date for each in draft.dates if each.date), None)
    return identify(draft.id, url, digest, stated)
