"""JSON Lines: a record on each line, and answers of interfaces that hold a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from index.dates.date_strings import MAX_DATE_TEXT
from index.limits import DEFAULTS
from index.sources.draft import Damage, Draft, Refusal, attempt, group_refusals
from index.sources.record_dates import DayOrders
from index.sources.record_draft import drafts_of, record_draft
from index.sources.record_fields import NO_MAPPING, FieldMapping, Path
from index.sources.record_languages import in_languages
from index.sources.record_links import with_terms
from index.sources.record_translations import with_translations
from index.sources.record_tree import is_listed, list_inside

MAX_RECORD = 20_000_000
"""Characters of one line, or of one cell of CSV."""

_ACTIONS = ("index", "create", "update", "delete")
_ABOUT = frozenset(("_index", "_id", "_type", "routing", "_routing", "version", "pipeline"))
decode = json.JSONDecoder().raw_decode  # does not look for white space around, as `loads` does


def is_lines(text: str) -> bool:
    """Whether a text that is not JSON as a whole is JSON line by line."""
    if text.startswith("["):
        return False
    line = text.split("\n", 1)[0].rstrip()
    return line.endswith("}") or bool(
        re.search(r"\n[^\S\n]*\{.*\}[^\S\n]*(?:\n|$)", text[:1_000_000])
    )


def read_lines(
    lines: Iterable[str], name: str, mapping: Mapping[str, str] = NO_MAPPING, url: str | None = None
) -> Iterator[Draft | Refusal]:
    """JSON Lines, one at a time, so that a file larger than memory can be read."""
    yield from group_refusals(each_line(lines, name, mapping, url))


def each_line(
    lines: Iterable[str | None],
    name: str,
    mapping: Mapping[str, str] = NO_MAPPING,
    url: str | None = None,
    first_line: int = 1,
    day_first: bool | None = None,
    longest: int = DEFAULTS.line_bytes,
) -> Iterator[Draft | Refusal]:
    """Some of the lines of a file, the first of them of that number; each refusal by itself.

    :param lines: each a text, or None for one of more than `longest` bytes.
    :param day_first: the order of day and month in lines before, where these do not tell.
    """
    own, lines = tuple(mapping.items()), list(lines)
    columns = DayOrders(partial(_of_lines, [each for each in lines if each]), day_first)
    for number, line in enumerate(lines, start=first_line):
        where = f"{name}, line {number}"
        if line is None:
            yield Refusal(where, f"is one line of more than {longest:,} bytes")
            continue
        values = _values_of(line, where)
        if isinstance(values, Refusal):
            yield values
            continue
        for value in values:
            yield from _drafts_in(value, where, own, url, columns)


def not_json(where: str, error: ValueError | RecursionError) -> Damage:
    """That a text is no JSON, and where it ceases to be any."""
    if not isinstance(error, json.JSONDecodeError):
        return Damage(where, "not readable as JSON: nested too deeply or a number too long")
    place = f"character {error.colno}"
    place = f"line {error.lineno}, {place}" if error.lineno > 1 else place
    if error.msg.startswith("Unterminated string") or error.pos >= len(error.doc.rstrip()):
        reason = f"ends in the middle of JSON ({place}); it may be cut short, so fetch it anew"
        return Damage(where, f"{reason}; what could be read was kept")
    return Damage(where, f"not readable as JSON at {place} ({error.msg}); mend it there")


def _values_of(line: str, where: str) -> list[Any] | Refusal:
    """What a line holds: a value, none, several with nothing between them; or a refusal."""
    line = line.strip("\ufeff \t\r\n\x1e")
    if len(line) > MAX_RECORD:
        return Refusal(where, f"the line has more than {MAX_RECORD:,} characters")
    values, end = list[Any](), 0
    try:
        while end < len(line):
            value, end = decode(line, end)
            values.append(value)
            if end < len(line) and line[end] != "{":
                json.loads(line)  # which says what is wrong behind it
    except (ValueError, RecursionError) as error:
        return not_json(where, error)
    return values


def _drafts_in(
    value: Any, where: str, mapping: FieldMapping, url: str | None, columns: DayOrders
) -> Iterator[Draft | Refusal]:
    """The release that a line is, else those that it lists; none for an order to a database."""
    value = with_translations(with_terms(value))
    several = in_languages(value)
    if several != [value]:
        yield from drafts_of([value], where, mapping, "jsonl", url, columns)
        return
    draft = attempt(partial(record_draft, value, where, mapping, "jsonl", url, columns), where)
    if isinstance(draft, Draft) or not isinstance(value, dict):
        yield draft
        return
    if _is_action(value):
        return
    answer = list_inside(value, mapping)
    if answer and any(is_listed(each, mapping) for each in answer):
        yield from drafts_of(answer, where, mapping, "jsonl", url, columns)
    else:
        yield draft


def _is_action(record: Mapping[str, Any]) -> bool:
    """Whether a line of a bulk request says what to do with the next one."""
    name, about = next(iter(record.items()), ("", None))
    return (
        len(record) == 1 and name in _ACTIONS and isinstance(about, dict) and set(about) <= _ABOUT
    )


def _of_lines(lines: Sequence[str], path: Path) -> Iterator[str]:
    """Without parsing them: what stands behind the column's name."""
    value = re.compile(rf'"{re.escape(path[-1])}"\s*:\s*"([^"]{{6,{MAX_DATE_TEXT}}})"')
    for line in lines:
        yield from value.findall(line)
