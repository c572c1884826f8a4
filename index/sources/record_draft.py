"""A record whose fields are named, whatever their names are -> a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from index.addresses import is_web_address, join_address, split_address
from index.sources.draft import Draft, Refusal, attempt
from index.sources.extra_columns import extra_columns
from index.sources.hongkong.feed_text import as_hong_kong
from index.sources.html_text import plain, plain_line
from index.sources.issuers import body_name, is_body
from index.sources.record_dates import DayOrders, dates_of
from index.sources.record_fields import (
    SPARE,
    WEAK_AGENCY,
    FieldMapping,
    Path,
    bare,
    first,
    plan,
    text_of,
    texts_at,
    whole_text_of,
)
from index.sources.record_languages import in_languages
from index.text.cleaning import clean

_OF_ONE_TEXT = ("headline", "id", "language", "url")
"""Fields of which the first text that a record holds is taken."""

NO_TEXT_FIELD = "no field holds its text; --map body=NAME names one"
"""Why a list of what exists elsewhere (headlines, addresses) is not taken for releases."""

NAMED = "; --map headline=NAME and --map body=NAME say which do"
"""What can be done about records of which no field is known."""


def draft_of(
    record: dict[str, Any],
    where: str,
    form: str,
    url: str | None,
    mapping: FieldMapping = (),
) -> Draft | Refusal:
    """The draft of one record that stands by itself."""
    alone = DayOrders(partial(column_texts, [record]))
    return record_draft(record, where, mapping, form, url, alone)


def drafts_of(
    records: Sequence[Any],
    name: str,
    mapping: FieldMapping,
    form: str,
    url: str | None,
    columns: DayOrders,
) -> Iterator[Draft | Refusal]:
    """The drafts of the records of one list, each in all of its languages."""
    for number, whole in enumerate(records, start=1):
        where = f"{name}, record {number}"
        for record in in_languages(whole):
            yield attempt(partial(record_draft, record, where, mapping, form, url, columns), where)


def record_draft(
    record: Any,
    where: str,
    mapping: FieldMapping,
    form: str,
    url: str | None,
    columns: DayOrders,
) -> Draft | Refusal:
    """The draft of one of many records, or why it is no release.

    :param columns: in which order these records write day and month.
    """
    if not isinstance(record, dict):
        return Refusal(where, "not an object with named fields")
    places = plan(record, mapping)
    held = _held(record, places)
    headline = plain_line(held["headline"].text)
    body = plain(held["body"].text)
    if not headline and not body:
        return Refusal(where, f"no field holds a headline or a text{NAMED}")
    if not places["body"]:
        return Refusal(where, NO_TEXT_FIELD)
    issuer = _agency(record, places["agency"])
    stated = issuer.name if issuer and not issuer.weak else None
    identity = held["id"].text
    address = _address(record, held["url"].text or None, url)
    language = language_tag(held["language"].text)
    dated, dates = dates_of(record, places["date"], places[SPARE], columns, language)
    read = {
        "url": address, "language": language, "headline": headline, "body": body, "id": identity,
    }  # fmt: skip
    used = {*dated, *(held[name].path for name, value in read.items() if value)}
    used.add(issuer.path if issuer else None)
    extra, notes = extra_columns(record, [each for each in places[SPARE] if each not in used])
    draft = Draft(
        headline=headline,
        body=body,
        form=form,
        id=identity.strip() or None,
        url=address,
        language=language,
        dates=dates,
        stated_agency=stated,
        stated_agency_rule=form if stated else "",
        weak_agency=issuer.name if issuer and issuer.weak else None,
        extra=extra,
        notes=notes,
    )
    return as_hong_kong(draft)


class _Held(NamedTuple):
    """The first text of a field and where in the record it stands."""

    path: Path | None
    text: str


_NOTHING = _Held(None, "")


def _held(record: Mapping[str, Any], places: Mapping[str, tuple[Path, ...]]) -> dict[str, _Held]:
    """What a record holds of each field of which one text is taken; of a body that is all of it."""
    found = {name: _Held(*next(texts_at(record, places[name]), _NOTHING)) for name in _OF_ONE_TEXT}
    body = next(texts_at(record, places["body"], whole_text_of), _NOTHING)
    return {**found, "body": _Held(*body)}


class _Issuer(NamedTuple):
    """The agency that a record states; `weak`: that it may mean (an author, a medium)."""

    name: str
    path: Path
    weak: bool = False


def _agency(record: Mapping[str, Any], paths: tuple[Path, ...]) -> _Issuer | None:
    weak = None
    for path, text in texts_at(record, paths):
        name, field = body_name(text), bare(path[-1])
        if name is None:
            continue
        if field not in WEAK_AGENCY or is_body(name):
            return _Issuer(name, path)
        if weak is None and field in (
            "publisher",
            "source",
            "sourcename",
            "sourcehostname",
            "sitename",
        ):
            weak = _Issuer(name, path, weak=True)
    return weak


def column_texts(records: Sequence[Any], path: Path) -> Iterator[str]:
    """What stands in one place of many records."""
    for record in records:
        text = first(record, (path,)) if isinstance(record, dict) else None
        if text:
            yield text.strip()


def _address(record: Mapping[str, Any], link: str | None, base: str | None) -> str | None:
    """The record's absolute address; a relative one is joined to where the record came from."""
    if not link:
        return None
    link = clean(link).strip()
    if link.startswith("/") and not base:
        base = _own_host(record)
    joined = join_address(base, link)
    return joined if is_web_address(joined) else None


def _own_host(record: Mapping[str, Any]) -> str | None:
    """The host of the other pages that a record links to by their `web_url`."""
    for value in record.values():
        groups = value.values() if isinstance(value, dict) else ()
        for group in groups:
            for each in group if isinstance(group, list) else ():
                link = text_of(each.get("web_url")) if isinstance(each, dict) else None
                parts = split_address(link)
                if parts.scheme == "https" and parts.netloc:
                    return f"https://{parts.netloc}"
    return None


_LANGUAGE_NAMES = {
    "english": "en", "deutsch": "de", "german": "de", "français": "fr", "french": "fr",
    "italiano": "it", "italian": "it", "español": "es", "spanish": "es", "chinese": "zh",
    "中文": "zh", "繁體中文": "zh-Hant", "简体中文": "zh-Hans", "português": "pt", "russian": "ru",
}  # fmt: skip


@lru_cache(maxsize=1 << 10)
def language_tag(text: str | None) -> str | None:
    """A stated language as a BCP 47 tag: `en_GB` -> `en-GB`, `English` -> `en`; None if unclear."""
    if not text:
        return None
    tag = text.strip().replace("_", "-").split(".")[0]
    if tag.lower() in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[tag.lower()]
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag):
        return None
    primary, *rest = tag.split("-")
    case = {2: str.upper, 4: str.title}
    return "-".join([primary.lower(), *(case.get(len(each), str.lower)(each) for each in rest)])
