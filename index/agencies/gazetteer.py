"""Gazetteers: files that list the bodies of one government and every way they are written.

The format is described field by field in `docs/gazetteers.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from index.agencies.gazetteer_file import FORM_KINDS, read_checked, read_unchecked
from index.release import Agency
from index.text.cleaning import clean_line
from index.text.folding import fold

SHIPPED = Path(__file__).with_name("gazetteers")
MIN_REST = 5
"""Letters of a name without its place from which on it is one: `Post` is none. Of Chinese, 3."""


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
    return _build(read_checked(path))


def names_by_language(paths: Sequence[Path] = ()) -> dict[Agency, dict[str, str]]:
    """What the bodies of these and the shipped gazetteers are called, by language tag.

    Where two files have the same body, the earlier one says. Raises as `load_gazetteers` does.
    """
    found: dict[Agency, dict[str, str]] = {}
    for path in [*paths, *sorted(SHIPPED.glob("*.json"))]:
        for body in read_checked(path)["bodies"]:
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
    shipped = map(read_unchecked, sorted(SHIPPED.glob("*.json")))
    for record in (*map(read_checked, paths), *shipped):
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
    tops = ((each, _top(each["slug"], above)) for each in record["bodies"])
    wanted = [(each, top) for each, top in tops if agencies is None or top in agencies]
    # To fold the first Chinese name of a process takes 50 ms, which few searches need.
    places = tuple(map(fold, record["places"])) if wanted else ()
    for each, agency in wanted:
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
    for key, kind in FORM_KINDS.items():
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
    """Where a body's releases are filed; `read_checked` has made sure that the way up ends."""
    while (higher := above[slug]) is not None:
        slug = higher
    return slug
