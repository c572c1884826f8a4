"""What a cluster's index is made with: settings, fields, and the document of a release."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from index.cluster.wire import STACKED, WireText
from index.dates.partial import date_of
from index.errors import NoIndexError
from index.facet_table import SEPARATOR, TABLE, Facet, facet_of_column
from index.release import slugify
from index.same_text import NO_KEY
from index.schema import indexed_values

FORMAT = 1
"""Raised when fields or what stands in them change."""
WINDOW = 10_000
"""Hits that can be reached by page numbers."""
TEXTS = ("headline", "body", "headline_exact", "body_exact")
NAMES = "_names"
"""What the field that holds the names of a facet's values ends with."""

_COUNTED = (
    "return query.boost * doc.freq"
    " / (0.25 + 0.75 * Math.max(doc.length, 1L) * field.docCount / field.sumTotalTermFreq);"
)
"""What a word counts in a field (`search.match.bm25`), its weight there being the boost."""
_KEYWORD = {"type": "keyword", "ignore_above": 8_000}
_UNSORTED = {**_KEYWORD, "doc_values": False}


def settings_of(shards: int, replicas: str) -> dict[str, Any]:
    """The settings of a new index.

    :param replicas: as `auto_expand_replicas` takes it, `0-1`.
    """
    words = {"type": "custom", "tokenizer": "dl_spaces"}
    return {
        "number_of_shards": shards,
        "auto_expand_replicas": replicas,
        "refresh_interval": "-1",
        "codec": "best_compression",
        "max_result_window": WINDOW,
        "unassigned.node_left.delayed_timeout": "60s",
        "analysis": {
            "tokenizer": {"dl_spaces": {"type": "whitespace", "max_token_length": 4096}},
            "filter": {
                "dl_stack": {
                    "type": "pattern_capture",
                    "preserve_original": False,
                    "patterns": [f"([^{STACKED}]+)"],
                }
            },
            "analyzer": {"dl_stems": {**words, "filter": ["dl_stack"]}, "dl_words": words},
        },
        "similarity": {
            "dl_counted": {
                "type": "scripted",
                "discount_overlaps": False,
                "script": {"source": _COUNTED},
            }
        },
    }


def mapping_of(facets: Sequence[Facet]) -> dict[str, Any]:
    """The fields of a new index, with those of its own facets."""
    counted = {"type": "text", "similarity": "dl_counted", "search_analyzer": "dl_words"}
    stems = {**counted, "analyzer": "dl_stems"}
    words = {**counted, "analyzer": "dl_words", "index_options": "freqs"}
    own = [facet for facet in facets if facet.column]
    return {
        "dynamic": "strict",
        "_meta": {
            "dateline": {"format": FORMAT, "facets": [[each.name, each.column] for each in own]}
        },
        "_source": {"includes": ["release"]},
        "properties": {
            "headline": stems,
            "body": stems,
            "headline_exact": words,
            "body_exact": words,
            **dict.fromkeys(("id", "agency", "agency_name", "language", "arrived"), _KEYWORD),
            **dict.fromkeys(("year", "month", "day", "text"), _KEYWORD),
            **dict.fromkeys(("alias", "site", "state"), _UNSORTED),
            "first_day": {"type": "integer"},
            "last_day": {"type": "integer"},
            "moment": {"type": "long"},
            "born": {"type": "long"},
            "release": {"type": "object", "enabled": False},
            **{each.field: _KEYWORD for each in own},
            **{each.field + NAMES: _KEYWORD for each in own},
        },
    }


def facets_of(mapping: Mapping[str, Any], where: object) -> tuple[Facet, ...]:
    """The facets of an index by its mapping.

    :raises NoIndexError: for an index that is not of ours, or of another format.
    """
    about = mapping.get("_meta", {}).get("dateline")
    if about is None:
        raise NoIndexError(f"{where} is no index of dateline's. Give it another name.")
    if about["format"] != FORMAT:
        raise NoIndexError(
            f"The index at {where} has format {about['format']}; this version reads format "
            f"{FORMAT}. Use the other version, or copy the index to a new name."
        )
    return (*TABLE, *(facet_of_column(name, column) for name, column in about["facets"]))


def document_id(release_id: str, generation: int) -> str:
    """The `_id` of a release that came with a commit: an id may be longer than one can be."""
    digest = hashlib.blake2b(release_id.encode("utf-8", "surrogatepass"), digest_size=16)
    return f"{digest.hexdigest()}-{generation}"


def document_of(
    stored: Mapping[str, Any],
    headline: WireText,
    body: WireText,
    generation: int,
    facets: Sequence[Facet] = (),
) -> dict[str, Any]:
    """What is indexed of a release whose stored fields these are, with its texts in wire form."""
    values = indexed_values(stored, facets)
    made: dict[str, Any] = {
        "headline": headline.stems,
        "body": body.stems,
        "headline_exact": headline.words,
        "body_exact": body.words,
        "agency_name": stored["agency_name"],
        "alias": values["alias"].split(),
        "site": values["site"].split(),
        "text": _text(values["text_key"], stored["id"]),
        "born": generation,
        "release": dict(stored),
        **_dates(values["first_day"], values["last_day"]),
    }
    for name in ("id", "agency", "language", "arrived", "first_day", "last_day"):
        made[name] = values[name]
    if values["moment"]:
        made["moment"] = values["moment"]
    if "state" in values:
        made["state"] = values["state"]
    for facet in facets:
        if facet.column and facet.field in values:
            names = values[facet.field]
            made[facet.field] = [slugify(each) for each in names.split(SEPARATOR)]
            made[facet.field + NAMES] = names
    return made


def _text(key: int, release_id: str) -> str:
    """What copies of a text have in common, and nothing else has.

    It is also what they are routed by: copies lie on one shard, which so can count them.
    """
    return f"={key}" if key != NO_KEY else f"-{release_id}"


def _dates(first_day: int, last_day: int) -> dict[str, str]:
    """The year, month and day of a release, as far as all of it lies in one."""
    if not first_day:
        return {}
    made = {"year": date_of(first_day).iso[:4]}
    if first_day // 100 == last_day // 100:
        made["month"] = date_of(first_day).iso[:7]
    if first_day == last_day:
        made["day"] = date_of(first_day).iso
    return made
