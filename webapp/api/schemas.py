"""What data addresses answer with, as JSON Schema (2020-12): every key, and nothing else."""

from __future__ import annotations

from typing import Any

from index.release import DATE_PRECISIONS
from search.choices import MATCHES, SORTS, VIEWS
from search.count.timeline import UNITS

Schema = dict[str, Any]


def _object(meaning: str, optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """An object that has these keys and no others; `from_` stands for `from`."""
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {
        "type": "object",
        "description": meaning,
        "properties": named,
        "required": [name for name in named if name not in optional],
        "additionalProperties": False,
    }


def _list(items: Schema, meaning: str = "") -> Schema:
    return {"type": "array", "items": items} | ({"description": meaning} if meaning else {})


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _text(meaning: str = "") -> Schema:
    return {"type": "string"} | ({"description": meaning} if meaning else {})


def _or_null(schema: Schema, meaning: str = "") -> Schema:
    either = {"anyOf": [schema, {"type": "null"}]}
    return either | ({"description": meaning} if meaning else {})


def _count(meaning: str = "") -> Schema:
    return {"type": "integer", "minimum": 0} | ({"description": meaning} if meaning else {})


_YES_OR_NO: Schema = {"type": "boolean"}
_PARTIAL: Schema = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_ASKED_DATE: Schema = {
    "type": "string",
    "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|(0|-[1-9][0-9]{0,3})[dwmy])$",
}
_ASKED_FACETS: Schema = {
    "type": "object",
    "description": "Values asked for of the index's own facets, by name.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
_DATE = _or_null(
    {"type": "string", "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|--[0-9]{2}-[0-9]{2})$"},
    "ISO 8601, as precise as known; `--11-05` where no year is stated, null where no date is.",
)
_PRECISION: Schema = {"type": "string", "enum": list(DATE_PRECISIONS)}
_HTML = "HTML with `mark` as its only element; everything else is escaped."
_RATE = _or_null({"type": "number", "minimum": 0}, "Per 1,000 releases; null where there are none.")
_ASKED_FOR: dict[str, Schema] = {
    "text": _text(),
    "match": {"type": "string", "enum": list(MATCHES)},
    "agencies": _list(_text()),
    "facets": _ASKED_FACETS,
    "date_from": _or_null(_ASKED_DATE),
    "date_to": _or_null(_ASKED_DATE),
    "undated": _YES_OR_NO,
    "languages": _list(_text()),
}
"""Words and filters, which a search and a term sheet share."""

SCHEMAS: dict[str, Schema] = {
    "Agency": _object("A body that issues releases.", slug=_text(), name=_text()),
    "Notice": _object(
        "How something asked for was read.",
        ("undo",),
        code=_text("Stable, for programs."),
        text=_text("An English sentence, for people."),
        undo=_or_null(_text(), "Of a page of results: the search without what is said here."),
    ),
    "Request": _object(
        "The search as it was understood.",
        **_ASKED_FOR,
        sort={"type": "string", "enum": list(SORTS)},
        page={"type": "integer", "minimum": 1},
        per_page=_count(),
        seen=_or_null(_text()),
        found=_or_null(_count("How many there were at `seen`.")),
        only_new=_YES_OR_NO,
        changed_only=_YES_OR_NO,
        copies=_YES_OR_NO,
        explain=_YES_OR_NO,
        view={"type": "string", "enum": list(VIEWS)},
    ),
    "Hit": _object(
        "A release found.",
        ("new", "explanation"),
        id=_text("The same for ever."),
        path=_text("Its page on this site."),
        url=_or_null(_text(), "Its address at its source."),
        headline=_text(),
        headline_html=_text(_HTML),
        date=_DATE,
        date_precision=_PRECISION,
        date_source=_text("What the date was read from."),
        agency=_named("Agency"),
        language=_text("A language tag; `und` where it is not known."),
        snippets=_list(_text(), _HTML),
        snippet_paragraphs=_list(
            _count(), "The paragraph of each snippet: `#p7` on the page of the release is the 7th."
        ),
        more_matches=_count("Places of the text with what was searched for, besides the snippets."),
        score=_or_null({"type": "number"}, "Null unless the order is relevance."),
        lacks=_list(_text(), "What it lacks of the words; empty but where nothing matches."),
        explanation=_list(
            _object(
                "What a clause of the search adds to the score.",
                kind=_text("`word`, `form`, `side-by-side`, `near`, `all`, `pattern` or `other`."),
                words=_list(_text(), "As the index has them: stems mostly."),
                fields=_list(
                    _object("A field that a word stands in.", field=_text(), count=_count())
                ),
                weight={"type": "number", "description": "What it can add at most."},
                score={"type": "number"},
            ),
            "Only with `explain=1`: the parts that the score is the sum of, highest first.",
        ),
        copies=_list(
            _object(
                "Another release found that says the same.",
                id=_text(),
                path=_text("Its page on this site."),
                url=_or_null(_text(), "Its address at its source."),
                headline=_text(),
                date=_DATE,
                agency=_named("Agency"),
            ),
            "Releases that say the same and are shown under this one: the newest of them.",
        ),
        copies_total=_count("How many there are of these."),
        changed=_or_null(_text(), "When its text last changed here, UTC; null for never."),
        changes=_count("How often its text has changed here."),
        new={
            "type": "boolean",
            "description": "It came or changed after `seen`; only where it is given.",
        },
    ),
    "FacetCount": _object(
        "A value of a facet with its number of matches, the facet's own filter left out.",
        slug=_text(),
        name=_text(),
        count=_count(),
        selected=_YES_OR_NO,
        excluded=_YES_OR_NO,
    ),
    "DateCount": _object(
        "A year, month or day with its number of matches; both dates null: the undated.",
        from_=_or_null(_PARTIAL),
        to=_or_null(_PARTIAL),
        count=_count(),
        selected=_YES_OR_NO,
    ),
    "Results": _object(
        "A page of results.",
        ("new",),
        request=_named("Request"),
        total=_count("Exact."),
        loosened_total=_or_null(
            _count(), "Where nothing matches: releases that hold most of the words, as `hits` are."
        ),
        folded=_count("Releases that stand under another one of the same text; hits are fewer."),
        new=_count("Matches that came or changed after `seen`; only where it is given."),
        page={"type": "integer", "minimum": 1},
        pages=_count(),
        next=_or_null(
            _text(),
            "By date: `after=` with it goes on; null in other orders, and without hits.",
        ),
        hits=_list(_named("Hit")),
        facets=_object(
            "Counts under everything else that was asked for; other facets of the index by name.",
            agency=_list(_named("FacetCount"), "Most matches first; all of them."),
            date=_list(_named("DateCount"), "In order of date; without gaps."),
        )
        | {"additionalProperties": _list(_named("FacetCount"))},
        notices=_list(_named("Notice")),
        did_you_mean=_or_null(_text(), "Another spelling that finds more."),
        offers=_list(
            _object(
                "A filter that the words may mean.",
                agencies=_list(_named("Agency"), "One, or one with those before and after it."),
                total=_count("Releases by it, under the other filters."),
                path=_text("The search by this filter instead of the words."),
            )
        ),
        took_ms={
            "type": "number",
            "minimum": 0,
            "description": "Milliseconds of the search; of a kept answer, when it was made.",
        },
    ),
    "Release": _object(
        "A whole release.",
        id=_text(),
        headline=_text(),
        body=_text(
            "Plain text. Blocks are parted by an empty line; in a block a line that begins with a "
            "tab is an item of a list, with a vertical tab one of a numbered list (a mark for each "
            "level); a tab inside a line parts cells. One to three form feeds begin a subheading "
            "or a row of column headers, with a tab a quoted line, with a vertical tab a "
            "preformatted one."
        ),
        url=_or_null(_text()),
        date=_DATE,
        date_precision=_PRECISION,
        date_source=_text(),
        issued_at=_or_null(_text(), "ISO 8601 with the issuer's zone."),
        agency=_named("Agency"),
        agency_rule=_text("How the agency was found."),
        agencies_mentioned=_list(_named("Agency")),
        language=_text(),
        place=_or_null(_text()),
        photos=_list(_object("A picture.", url=_text(), caption=_text())),
        translations=_list(_object("The same in another language.", language=_text(), url=_text())),
        source=_text("The form that it was read from."),
        source_file=_text("The name of the file that it was read from."),
        fetched_at=_or_null(_text()),
        aliases=_list(_text(), "Former identifiers; they lead here."),
        extra={
            "type": "object",
            "description": "Columns of its record that are none of these, by their names there.",
            "additionalProperties": _list(_text()),
        },
        content_hash=_text("SHA-256 of headline and body, folded."),
    ),
    "Use": _object(
        "The first or last release that matches.",
        id=_text(),
        path=_text(),
        headline=_text(),
        date=_DATE,
        agency=_named("Agency"),
    ),
    "Series": _object(
        "A search over time.",
        q=_text(),
        total=_count(),
        per_thousand=_RATE,
        counts=_list(_count(), "One for each of `periods`."),
        rates=_list(_RATE, "One for each of `periods`."),
        unplaced=_count("Matches whose date is not precise enough for a period."),
        first=_or_null(_named("Use")),
        last=_or_null(_named("Use")),
        notices=_list(_named("Notice")),
        did_you_mean=_or_null(_text()),
    ),
    "Trends": _object(
        "Searches side by side.",
        request=_object(
            "What was asked for, as it was understood.",
            queries=_list(_text()),
            match={"type": "string", "enum": list(MATCHES)},
            agencies=_list(_text()),
            facets=_ASKED_FACETS,
            date_from=_or_null(_ASKED_DATE),
            date_to=_or_null(_ASKED_DATE),
            languages=_list(_text()),
        ),
        unit={"type": "string", "enum": list(UNITS)},
        periods=_list(_PARTIAL, "Months or years, in order, without gaps."),
        releases=_list(_count(), "All releases under the filters, one for each of `periods`."),
        incomplete=_list(_PARTIAL, "Those at the ends of which only a part can be counted."),
        total=_count("All releases under the filters, dated or not."),
        series=_list(_named("Series")),
        notices=_list(_named("Notice")),
    ),
    "JsonFeed": _object(
        "JSON Feed 1.1.",
        ("description", "next_url"),
        version=_text(),
        title=_text(),
        description=_text("Where nothing matches: that the items hold most of the words."),
        home_page_url=_text(),
        feed_url=_text(),
        next_url=_text("The page with what came here before; not on the last one."),
        language=_text(),
        items=_list(
            _object(
                "A release.",
                ("external_url", "date_published", "language", "authors", "tags"),
                id=_text(),
                url=_text("Its page on this site."),
                external_url=_text("Its address at its source."),
                title=_text(),
                content_html=_text(),
                date_published=_text("When it was issued, RFC 3339."),
                date_modified=_text("When its text came here as it is, RFC 3339."),
                language=_text(),
                authors=_list(_object("An agency.", name=_text(), url=_text())),
                tags=_list(_text()),
            )
        ),
    ),
    "Suggestions": _object(
        "What somebody may be about to type.",
        q=_text("What was typed, as it was understood."),
        suggestions=_list(
            _object(
                "A word, an agency or a release.",
                kind=_text("Which of these, in the language of the address."),
                text=_text(),
                q=_text("What to search for; empty where `href` is the page of one thing."),
                href=_text("Its page on this site."),
            )
        ),
    ),
    "Terms": _object(
        "What some releases say more often than all others of their language.",
        request=_object(
            "What was asked for, as it was understood.",
            **_ASKED_FOR,
        ),
        releases=_count("Releases asked about that are in `language`."),
        others=_count("All other releases in it."),
        language=_text("The language that most releases asked about are in; empty for none."),
        terms=_list(
            _object(
                "A word, its inflections counted with it.",
                word=_text("As the releases write it."),
                releases=_count("Releases asked about that say it."),
                others=_count("Other releases that do."),
                score={"type": "number", "description": "The z-score of its log-odds ratio."},
                path=_text("The search for those that say it."),
            )
        ),
    ),
    "Agencies": _object(
        "All agencies.",
        agencies=_list(
            _object(
                "An agency.",
                slug=_text(),
                name=_text(),
                count=_count(),
                path=_text("Its page on this site."),
            )
        ),
    ),
    "Health": _object(
        "The index can be read.",
        status={"type": "string", "enum": ["ok"]},
        releases=_count(),
        updated=_or_null(_text(), "The last change (UTC, ISO 8601)."),
        kernel=_text("Whether the compiled loops are in use, and how to get them where not."),
    ),
    "Problem": {
        "type": "object",
        "description": "An error (RFC 9457).",
        "properties": {
            "type": _text("What kind of problem; an address that explains it."),
            "title": _text("The kind in words."),
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _text("What is wrong this time."),
            "instance": _text("The address that was asked."),
            "errors": _list(
                _object(
                    "A parameter that cannot be read.",
                    parameter=_text(),
                    code=_text("Stable, for programs."),
                    detail=_text(),
                )
            ),
        },
        "required": ["type", "title", "status", "detail", "instance"],
        "additionalProperties": False,
    },
}
