"""The file of a gazetteer: read, with a sentence for each of its fields that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.errors import LimitError, UnreadableError, told

MAX_FILE_BYTES = 8_000_000
"""Bytes of a file; Hong Kong's, of 307 bodies, has 140,531."""
MAX_BODIES = 20_000
"""Bodies of one gazetteer."""
MAX_FORM = 200
"""Characters of a name."""
MAX_PROBLEMS = 20
"""Problems of one file that its error names; the rest are counted."""
FORM_KINDS = {
    "also": "name",
    "abbreviations": "abbreviation",
    "short_forms": "short",
    "holders": "holder",
    "holder_abbreviations": "holder-abbreviation",
}
"""Fields of a body that list its forms, with the kind of these."""
_CONTEXTS = ("deciding", "not_before", "not_after")
_REFERENCES = ("parent", "roll_up_to", "predecessors", "successors")
_HEADER = {"name", "places", "hosts", "marks", "government", "source", "genres", "bodies"}
_BODY = {
    *("slug", "names", "kind", "typed", "valid_from", "valid_to", "unmistakable", "note"),
    *FORM_KINDS,
    *_CONTEXTS,
    *_REFERENCES,
}


def read_checked(path: Path) -> dict[str, Any]:
    """The record in a file whose every field is as the format has it.

    :raises UnreadableError: with a sentence for each field that is not.
    :raises LimitError: for a file that is larger than the limits.
    """
    record = read_unchecked(path)
    problems = list(_problems(record))
    if problems:
        more = len(problems) - MAX_PROBLEMS
        shown = problems[:MAX_PROBLEMS] + ([f"{more} more problems."] if more > 0 else [])
        raise UnreadableError("\n".join(f"Gazetteer {path}: {problem}" for problem in shown))
    return record


def read_unchecked(path: Path) -> dict[str, Any]:
    """The record in a file of which it is known that its fields are right."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LimitError(f"Gazetteer {path} is over {MAX_FILE_BYTES:,} bytes. Split it.")
        record = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableError(f"Gazetteer {path} cannot be read: {told(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(
            f"Gazetteer {path} is not JSON: {error}. docs/gazetteers.md shows one."
        ) from error
    if not isinstance(record, dict):
        raise UnreadableError(f"Gazetteer {path} must hold one JSON object, with `bodies` in it.")
    if isinstance(record.get("bodies"), list) and len(record["bodies"]) > MAX_BODIES:
        raise LimitError(f"Gazetteer {path} lists over {MAX_BODIES:,} bodies. Split it.")
    return record


def _problems(record: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a file, in sentences that name entry and field."""
    for key in sorted(set(record) - _HEADER):
        yield f"the field `{key}` is not known. Known are {', '.join(sorted(_HEADER))}."
    if not _is_form(record.get("name")):
        yield f"`name` must be the gazetteer's name, a text of 2 to {MAX_FORM} characters."
    for key in ("places", "hosts", "marks"):
        if not _is_forms(record.get(key, [])) or (key == "places" and not record.get(key)):
            yield f"`{key}` must be a list of texts{', at least one' * (key == 'places')}."
    bodies = record.get("bodies")
    if not isinstance(bodies, list) or not bodies:
        yield "`bodies` must be a list with at least one body."
        return
    slugs = [each.get("slug") if isinstance(each, dict) else None for each in bodies]
    known = {slug for slug in slugs if isinstance(slug, str)}
    for number, (each, slug) in enumerate(zip(bodies, slugs, strict=True), 1):
        where = f"body {number} ({slug})" if isinstance(slug, str) else f"body {number}"
        if not isinstance(each, dict):
            yield f"{where} must be an object with `slug` and `names`."
        else:
            yield from (f"{where}: {problem}" for problem in _body_problems(each, known))
    for slug in sorted({slug for slug in known if slugs.count(slug) > 1}):
        yield f"the slug `{slug}` stands at {slugs.count(slug)} bodies. Give each its own."
    yield from _circles(bodies)
    if record.get("government") is not None and record["government"] not in known:
        yield "`government` must be the slug of one of the bodies."
    yield from _genre_problems(record.get("genres", []), known)


def _body_problems(body: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    for key in sorted(set(body) - _BODY):
        yield f"the field `{key}` is not known. Known are {', '.join(sorted(_BODY))}."
    slug, names = body.get("slug"), body.get("names")
    if not isinstance(slug, str) or not re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*", slug):
        yield "`slug` must be words of letters and digits with hyphens between."
    if not isinstance(names, dict) or not names or not _is_forms(list(names.values())):
        yield "`names` must map a language such as `en` or `zh-Hant` to a name."
    for key in (*FORM_KINDS, "typed"):
        if not _is_forms(body.get(key, [])):
            yield f"`{key}` must be a list of texts of at most {MAX_FORM} characters."
    for key in _CONTEXTS:
        context = body.get(key, {})
        if not isinstance(context, dict) or not all(map(_is_texts, context.values())):
            yield f"`{key}` must map a form of the body to a list of texts."
        else:
            yield from (
                f"`{key}` names `{form}`, which is not one of the body's forms."
                for form in sorted(set(context) - _given(body))
            )
    for key in ("valid_from", "valid_to"):
        date = body.get(key)
        if date is not None and not re.fullmatch(r"\d{4}(-\d\d){0,2}", str(date)):
            yield f"`{key}` must be a date such as 2022-07-01, 2022-07 or 2022."
    for key in _REFERENCES:
        given = body.get(key)
        for other in given if isinstance(given, list) else [given] if given is not None else []:
            if not isinstance(other, str) or other not in known:
                yield f"`{key}` names `{other}`, which is not the slug of a body in this file."
    if not isinstance(body.get("unmistakable", False), bool):
        yield "`unmistakable` must be true or false."


def _given(body: Mapping[str, Any]) -> set[str]:
    """Every form that a record gives, as far as it is well-formed."""
    names = body.get("names")
    lists = [list(names.values()) if isinstance(names, dict) else []]
    lists += [body[key] for key in FORM_KINDS if isinstance(body.get(key), list)]
    return {form for each in lists for form in each if isinstance(form, str)}


def _circles(bodies: Sequence[Any]) -> Iterator[str]:
    above = {
        each["slug"]: each.get("roll_up_to")
        for each in bodies
        if isinstance(each, dict) and isinstance(each.get("slug"), str)
    }
    for slug in above:
        met, at = {slug}, above[slug]
        while isinstance(at, str) and at not in met:
            met.add(at)
            at = above.get(at)
        if at == slug:
            yield f"body {slug}: `roll_up_to` leads back to the body itself."


def _genre_problems(genres: Any, known: set[str]) -> Iterator[str]:
    if not isinstance(genres, list):
        yield "`genres` must be a list."
        return
    for number, genre in enumerate(genres, 1):
        if not isinstance(genre, dict) or set(genre) != {"headlines", "agency"}:
            yield f"genre {number} must have the fields `headlines` and `agency`, no other."
        elif not _is_forms(genre["headlines"]):
            yield f"genre {number}: `headlines` must be a list of texts."
        elif not isinstance(genre["agency"], str) or genre["agency"] not in known:
            yield f"genre {number}: `agency` must be the slug of one of the bodies."


def _is_form(value: Any) -> bool:
    return isinstance(value, str) and 1 < len(value.strip()) <= MAX_FORM


def _is_forms(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_form, value))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
