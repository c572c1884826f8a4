"""Gazetteers: files that list the bodies of one government and every way they are written.

The format is described field by field in `docs/gazetteers.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import LimitError, UnreadableError
from index.release import Agency
from index.text.analysis import clean_line, fold

SHIPPED = Path(__file__).with_name("gazetteers")
MAX_FILE_BYTES = 8_000_000
MAX_BODIES = 20_000
MAX_FORM = 200
"""Characters of a name."""
MIN_REST = 5
"""Letters of a name without its place from which on it is one: `Post` is none. Of Chinese, 3."""
MAX_PROBLEMS = 20
"""Problems of one file that its error names; the rest are counted."""


class Body(NamedTuple):
    """A body of a gazetteer; `agency` is what its releases are filed under, after rolling up."""

    agency: Agency
    slug: str
    valid_from: str | None
    valid_to: str | None


class Form(NamedTuple):
    """One way to write a body, as `comparable` leaves it.

    `kind`: name, abbreviation, short (a short form in a script without spaces), holder,
    holder-abbreviation. `deciding`: words that settle a form that several bodies share.
    `not_before`, `not_after`: what may not follow or precede it. `unmistakable`: no other
    government has a body of this name.
    """

    text: str
    body: Body
    kind: str
    deciding: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unmistakable: bool = False


class Genre(NamedTuple):
    """A recurring bulletin that names nobody: words of its headline, and who issues it."""

    headlines: tuple[str, ...]
    agency: Agency


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The bodies of one government.

    `forms` maps the first two characters of a form to all forms that begin so, longest first;
    `exact` maps a whole form, folded, to the bodies that bear it. `given`: the operator named it.
    """

    name: str
    places: tuple[str, ...]
    hosts: tuple[str, ...]
    government: Agency | None
    bodies: Mapping[str, Body]
    genres: tuple[Genre, ...]
    forms: Mapping[str, tuple[Form, ...]] = field(repr=False)
    exact: Mapping[str, tuple[Form, ...]] = field(repr=False)
    given: bool = False


def load_gazetteers(paths: Sequence[Path] = ()) -> tuple[Gazetteer, ...]:
    """The gazetteers at these paths, then those that come with Dateline.

    :param paths: JSON files; an earlier one goes first where two know a release's government.
    :raises UnreadableError: a file is missing, no JSON, or breaks the format: the sentences name
        file, entry and field.
    :raises LimitError: a file is over `MAX_FILE_BYTES` or lists over `MAX_BODIES` bodies.
    """
    given = tuple(replace(load_gazetteer(path), given=True) for path in paths)
    return (*given, *(load_gazetteer(path) for path in sorted(SHIPPED.glob("*.json"))))


def load_gazetteer(path: Path) -> Gazetteer:
    """The gazetteer in one file; raises as `load_gazetteers` does."""
    return _build(_checked(path))


def names_by_language(paths: Sequence[Path] = ()) -> dict[Agency, dict[str, str]]:
    """What the bodies of these and the shipped gazetteers are called, by language tag.

    Where two files have the same body, the earlier one says. Raises as `load_gazetteers` does.
    """
    found: dict[Agency, dict[str, str]] = {}
    for path in [*paths, *sorted(SHIPPED.glob("*.json"))]:
        for body in _checked(path)["bodies"]:
            found.setdefault(Agency(body["slug"], _english(body)), dict(body["names"]))
    return found


class NamedBodies(NamedTuple):
    """What bodies are called, and which came before or after which; agencies by their slugs.

    `forms`: every way to write a body, folded, and what is typed for it -> the agencies of the
    bodies that bear it.
    `families`: an agency -> itself, its predecessors and theirs, its successors and theirs.
    """

    forms: dict[str, frozenset[str]]
    families: dict[str, frozenset[str]]


def named_bodies(paths: Sequence[Path] = (), agencies: Container[str] | None = None) -> NamedBodies:
    """The forms and families of these and the shipped gazetteers; raises as `load_gazetteers`.

    :param agencies: those whose forms are wanted, by their slugs; None for all. Of an index that
        holds none of a gazetteer's, every first search waited 25 ms for forms of no use.
    """
    forms: dict[str, frozenset[str]] = {}
    families: dict[str, frozenset[str]] = {}
    # Those that are shipped were checked by our tests: 6 ms of the first search of a process.
    shipped = map(_read, sorted(SHIPPED.glob("*.json")))
    for record in (*map(_checked, paths), *shipped):
        for form, slug in _called(record, agencies):
            forms[form] = forms.get(form, frozenset()) | {slug}
        before, after = (_references(record, key) for key in ("predecessors", "successors"))
        for slug in before:
            line = _reached(slug, before) | _reached(slug, after)
            if len(line) > 1:
                families[slug] = families.get(slug, frozenset()) | line
    return NamedBodies(forms, families)


def _called(
    record: Mapping[str, Any], agencies: Container[str] | None
) -> Iterator[tuple[str, str]]:
    """Every way to write a body, and what is typed for it, folded, with the slug of its agency."""
    above = {each["slug"]: each.get("roll_up_to") for each in record["bodies"]}
    for each in record["bodies"]:
        agency = _top(each["slug"], above)
        if agencies is not None and agency not in agencies:
            continue
        places = tuple(map(fold, record["places"]))
        for text, _, _ in _forms_written(each):
            form = fold(text)
            yield form, agency
            yield _without_place(form, places), agency
        for typed in each.get("typed", ()):
            yield fold(comparable(typed)), agency


def _without_place(form: str, places: Sequence[str]) -> str:
    """A form without the place at its beginning: `Monetary Authority` of Hong Kong's."""
    rests = (form.removeprefix(place).strip() for place in sorted(places, key=len, reverse=True))
    names = (rest for rest in rests if len(rest) >= (MIN_REST if rest.isascii() else 3))
    return next((rest for rest in names if rest != form), form)


def _references(record: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    given = {each["slug"]: each.get(key) or () for each in record["bodies"]}
    return {slug: (of,) if isinstance(of, str) else tuple(of) for slug, of in given.items()}


def _reached(slug: str, following: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """A body, and those that follow it one after the other."""
    met, waiting = {slug}, [slug]
    while waiting:
        new = set(following[waiting.pop()]) - met
        met |= new
        waiting += new
    return frozenset(met)


def _checked(path: Path) -> dict[str, Any]:
    record = _read(path)
    problems = list(_problems(record))
    if problems:
        more = len(problems) - MAX_PROBLEMS
        shown = problems[:MAX_PROBLEMS] + ([f"{more} more problems."] if more > 0 else [])
        raise UnreadableError("\n".join(f"Gazetteer {path}: {problem}" for problem in shown))
    return record


def comparable(text: str) -> str:
    """A text for finding names: white space and characters folded, case kept.

    Same length as `clean_line(text)`, so offsets in one hold in the other.
    """
    return clean_line(text).translate(_FOLDED)


class _CaseKept(dict[int, str]):
    """A table for `str.translate`: each character folded, upper case kept, length kept."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = fold(character)
        if len(folded) != 1:
            folded = character
        elif character.isupper() and len(folded.upper()) == 1:
            folded = folded.upper()
        self[code] = folded
        return folded


_FOLDED = _CaseKept()


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LimitError(f"Gazetteer {path} is over {MAX_FILE_BYTES:,} bytes. Split it.")
        record = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableError(f"Gazetteer {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"Gazetteer {path} is not JSON: {error}.") from error
    if not isinstance(record, dict):
        raise UnreadableError(f"Gazetteer {path} must hold one JSON object, with `bodies` in it.")
    if isinstance(record.get("bodies"), list) and len(record["bodies"]) > MAX_BODIES:
        raise LimitError(f"Gazetteer {path} lists over {MAX_BODIES:,} bodies. Split it.")
    return record


def _build(record: Mapping[str, Any]) -> Gazetteer:
    agencies = {each["slug"]: Agency(each["slug"], _english(each)) for each in record["bodies"]}
    above = {each["slug"]: each.get("roll_up_to") for each in record["bodies"]}
    bodies = {
        each["slug"]: Body(
            agencies[_top(each["slug"], above)],
            each["slug"],
            each.get("valid_from"),
            each.get("valid_to"),
        )
        for each in record["bodies"]
    }
    marks = tuple(comparable(mark) for mark in record.get("marks", ()))
    forms = [form for each in record["bodies"] for form in _forms(each, bodies, marks)]
    government = record.get("government")
    return Gazetteer(
        name=record["name"],
        places=tuple(fold(place) for place in record["places"]),
        hosts=tuple(host.lower() for host in record.get("hosts", ())),
        government=bodies[government].agency if government else None,
        bodies=bodies,
        genres=tuple(
            Genre(tuple(map(comparable, genre["headlines"])), bodies[genre["agency"]].agency)
            for genre in record.get("genres", ())
        ),
        forms=_grouped(forms, lambda form: form.text[:2]),
        exact=_grouped(forms, lambda form: fold(form.text)),
    )


def _forms(
    record: Mapping[str, Any], bodies: Mapping[str, Body], marks: Sequence[str]
) -> Iterator[Form]:
    """Every form of a body, once each; `and` may be written `&`."""
    for text, kind, given in _forms_written(record):
        yield Form(
            text,
            bodies[record["slug"]],
            kind,
            deciding=_context(record, "deciding", given),
            not_before=_context(record, "not_before", given),
            not_after=_context(record, "not_after", given),
            unmistakable=any(mark in text for mark in marks)
            or (kind == "name" and record.get("unmistakable", False)),
        )


def _forms_written(record: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Forms as `comparable` leaves them, with their kind and as they are given."""
    seen: set[str] = set()
    for kind, given in _written(record):
        text = comparable(given)
        for each in (text, text.replace(" and ", " & ")):
            if each not in seen:
                seen.add(each)
                yield each, kind, given


def _written(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from (("name", name) for name in record["names"].values())
    for key, kind in _FORM_KINDS.items():
        yield from ((kind, form) for form in record.get(key, ()))


def _context(record: Mapping[str, Any], key: str, form: str) -> tuple[str, ...]:
    return tuple(comparable(word) for word in record.get(key, {}).get(form, ()))


def _grouped(forms: Iterable[Form], key: Callable[[Form], str]) -> dict[str, tuple[Form, ...]]:
    groups: dict[str, list[Form]] = {}
    for form in sorted(forms, key=lambda form: -len(form.text)):
        groups.setdefault(key(form), []).append(form)
    return {name: tuple(group) for name, group in groups.items()}


def _english(record: Mapping[str, Any]) -> str:
    names: Mapping[str, str] = record["names"]
    return names.get("en") or next(iter(names.values()))


def _top(slug: str, above: Mapping[str, str | None]) -> str:
    """Where a body's releases are filed; `_problems` has made sure that the way up ends."""
    while (higher := above[slug]) is not None:
        slug = higher
    return slug


_FORM_KINDS = {
    "also": "name",
    "abbreviations": "abbreviation",
    "short_forms": "short",
    "holders": "holder",
    "holder_abbreviations": "holder-abbreviation",
}
_CONTEXTS = ("deciding", "not_before", "not_after")
_REFERENCES = ("parent", "roll_up_to", "predecessors", "successors")
_HEADER = {"name", "places", "hosts", "marks", "government", "source", "genres", "bodies"}
_BODY = {
    *("slug", "names", "kind", "typed", "valid_from", "valid_to", "unmistakable", "note"),
    *_FORM_KINDS,
    *_CONTEXTS,
    *_REFERENCES,
}


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
    for key in (*_FORM_KINDS, "typed"):
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
    lists += [body[key] for key in _FORM_KINDS if isinstance(body.get(key), list)]
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
