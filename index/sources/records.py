"""Records in JSON Lines, JSON and CSV -> drafts, whatever their fields are called."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from index.addresses import join_address, split_address
from index.dates.date_strings import MAX_DATE_TEXT
from index.dates.day_order import order_in
from index.dates.resolution import FoundDate, read_date
from index.limits import DEFAULTS
from index.sources.draft import Document, Draft, Refusal, attempt, group_refusals
from index.sources.extra_columns import extra_columns
from index.sources.hongkong.feed_text import as_hong_kong
from index.sources.html_text import plain, plain_line
from index.sources.issuers import body_name, is_body
from index.sources.record_fields import (
    FIELDS,
    SPARE,
    WEAK_AGENCY,
    Path,
    as_date_text,
    bare,
    first,
    is_gazetteer,
    plan,
    text_of,
    texts_at,
    whole_text_of,
)
from index.sources.record_tree import is_list_of_records, list_inside, release_inside

MAX_RECORD = 20_000_000
"""Characters of one line of JSON Lines or one cell of CSV."""
MAX_COLUMNS = 2_000
DELIMITERS = ",;\t|"
_OF_ONE_TEXT = ("headline", "id", "language", "url")
"""Fields of which the first text that a record holds is taken."""
_NONE: tuple[Path | None, str] = (None, "")
_decode = json.JSONDecoder().raw_decode  # does not look for white space around, as `loads` does

NO_TEXT_FIELD = "no field holds its text; --map body=NAME names one"
"""Why a list of what exists elsewhere (headlines, addresses) is not taken for releases."""

NAMED = "; --map headline=NAME and --map body=NAME say which do"
"""What can be done about records of which no field is known."""

NO_MAPPING: Mapping[str, str] = {}


def recognise(text: str, name: str) -> bool:
    """Whether a text is one of these forms, by its content; a `.csv` or `.tsv` always is."""
    head = text[:100_000].lstrip("\ufeff \t\r\n")
    if head.startswith(("{", "[")):
        return not _is_json_feed(head)
    if head.startswith("<"):
        return False
    if re.search(r"(?i)\.(?:csv|tsv)(?:\.\w+)?$", name):
        return True
    fields = _header_fields(_header(head)[0])
    return "headline" in fields and len(fields) >= 3


def read(
    text: str, document: Document, mapping: Mapping[str, str] = NO_MAPPING
) -> Iterator[Draft | Refusal]:
    """Every record of a JSON Lines, JSON or CSV text, as a draft or as a refusal with its line.

    :param mapping: our field (`headline`, `date`, `agency`, `body`, `url`, `id`, `language`) to
        the name it has in these records (`ttl`; `details.body` for one inside another), ahead of
        the names we know (`record_fields.FIELDS`).
    """
    stripped = text.lstrip("\ufeff \t\r\n")
    if not stripped.startswith(("{", "[")):
        yield from read_csv(text, document.name, mapping, document.url)
        return
    try:
        whole = json.loads(stripped)
    except (ValueError, RecursionError) as error:
        if _is_lines(stripped):
            yield from read_lines(io.StringIO(text), document.name, mapping, document.url)
        else:
            yield _not_json(document.name, error)
        return
    if is_gazetteer(whole):
        yield Refusal(document.name, "is a gazetteer; pass it with --gazetteer")
        return
    yield from group_refusals(_read_json(whole, document, mapping))


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
    columns = _Columns(partial(_of_lines, [each for each in lines if each]), day_first)
    for number, line in enumerate(lines, start=first_line):
        where = f"{name}, line {number}"
        if line is None:
            yield Refusal(where, f"is one line of more than {longest:,} bytes")
            continue
        line = line.strip("\ufeff \t\r\n\x1e")
        if not line:
            continue
        if len(line) > MAX_RECORD:
            yield Refusal(where, f"the line has more than {MAX_RECORD:,} characters")
            continue
        try:
            record, end = _decode(line)
            if end < len(line):
                json.loads(line)  # which says what is wrong behind it
        except (ValueError, RecursionError) as error:
            yield _not_json(where, error)
            continue
        yield attempt(partial(_draft, record, where, own, "jsonl", url, columns), where)


def read_csv(
    text: str, name: str, mapping: Mapping[str, str] = NO_MAPPING, url: str | None = None
) -> Iterator[Draft | Refusal]:
    """A table with a row of names on top; its delimiter is the one that names most known fields."""
    header, delimiter, skipped = _header(text.lstrip("\ufeff"))
    named = {
        *_header_fields(header),
        *(ours for ours, theirs in mapping.items() if theirs in header),
    }
    if "headline" not in named:
        columns = ", ".join(cell.strip()[:40] for cell in header[:12]) or "none"
        reason = f"no column is known to be the headline; --map headline=NAME says which: {columns}"
        yield Refusal(name, reason)
        return
    yield from group_refusals(_table(text, name, header, delimiter, skipped, mapping, url))


def header_row(rows: Sequence[Sequence[str]], mapping: Mapping[str, str] = NO_MAPPING) -> int:
    """The number of the row that names the most columns that we know; 0 where none names any."""
    own = set(mapping.values())
    known = [len(_header_fields(list(row))) + len(own.intersection(row)) for row in rows]
    return known.index(max(known)) if known else 0


def _table(
    text: str,
    name: str,
    header: list[str],
    delimiter: str,
    skipped: int,
    mapping: Mapping[str, str],
    url: str | None,
) -> Iterator[Draft | Refusal]:
    own = tuple(mapping.items())
    rows = list(_rows(text.lstrip("\ufeff"), delimiter, skipped))
    columns = _Columns(partial(_of_rows, rows, header))
    for number, row in rows:
        where = f"{name}, line {number}"
        if isinstance(row, str):
            yield Refusal(where, row)
        elif any(cell.strip() for cell in row[len(header) :]):
            yield Refusal(where, f"{len(row)} cells where the first row names {len(header)}")
        elif any(cell.strip() for cell in row):
            cells = dict(zip(header, row, strict=False))
            yield attempt(partial(_draft, cells, where, own, "csv", url, columns), where)


def _of_rows(
    rows: Sequence[tuple[int, list[str] | str]], header: list[str], path: Path
) -> Iterator[str]:
    place = header.index(path[0])
    return (row[place].strip() for _, row in rows if isinstance(row, list) and place < len(row))


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str] | str]]:
    """Line number and cells of each row below the header, or what is wrong with the row."""
    csv.field_size_limit(MAX_RECORD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(skipped + 1):
        next(reader, None)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield number, f"not readable as CSV: {error}"
            continue
        if row is None:
            return
        yield number, row


def _header(text: str) -> tuple[list[str], str, int]:
    """The names of the columns, the delimiter, and how many lines (`sep=;`) stand above."""
    skipped = 1 if re.match(r"sep=.\r?\n", text) else 0
    best: tuple[int, list[str], str] = (-1, [], ",")
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            rows = [next(reader, []) for _ in range(skipped + 1)]
        except csv.Error:
            continue
        names = [cell.strip() for cell in rows[-1][:MAX_COLUMNS]]
        known = len(_header_fields(names)) * 100 + len(names)
        if known > best[0]:
            best = (known, names, delimiter)
    return best[1], best[2], skipped


def _header_fields(header: list[str]) -> set[str]:
    places = plan(dict.fromkeys(header), ())
    return {name for name in FIELDS if places[name]}


def _read_json(
    whole: Any, document: Document, mapping: Mapping[str, str]
) -> Iterator[Draft | Refusal]:
    own = tuple(mapping.items())
    if isinstance(whole, dict) and not _is_record(whole, own):
        inside = list_inside(whole)
        listed = inside is not None and any(_is_listed(each, own) for each in inside)
        alone = None if listed else release_inside(whole, own)
        whole = alone or (whole if inside is None else inside)
    if isinstance(whole, dict):
        yield draft_of(whole, document.name, "json", document.url, own)
        return
    if not whole:
        yield Refusal(document.name, "the JSON holds no records")
    elif not any(_has_text(record, own) for record in whole):
        yield Refusal(document.name, f"the JSON holds no record with a headline or a text{NAMED}")
        return
    columns = _Columns(partial(_of_records, whole))
    for number, record in enumerate(whole, start=1):
        where = f"{document.name}, record {number}"
        yield attempt(partial(_draft, record, where, own, "json", document.url, columns), where)


def draft_of(
    record: dict[str, Any],
    where: str,
    form: str,
    url: str | None,
    mapping: tuple[tuple[str, str], ...] = (),
) -> Draft | Refusal:
    """The draft of one record that stands by itself."""
    alone = _Columns(partial(_of_records, [record]))
    return _draft(record, where, mapping, form, url, alone)


def _has_text(record: Any, mapping: tuple[tuple[str, str], ...]) -> bool:
    if not isinstance(record, dict):
        return False
    places = plan(record, mapping)
    return bool(first(record, places["headline"]) or first(record, places["body"]))


def _is_listed(record: Any, mapping: tuple[tuple[str, str], ...]) -> bool:
    """Whether a record is a release in a list, if only by headline and date, no office or topic."""
    if not isinstance(record, dict):
        return False
    places = plan(record, mapping)
    told = first(record, places["body"]) or first(record, places["date"])
    return bool(told and first(record, places["headline"]))


def _is_record(record: dict[str, Any], mapping: tuple[tuple[str, str], ...]) -> bool:
    places = plan(record, mapping)
    named = first(record, places["headline"])
    inner = [each for each in record.values() if isinstance(each, dict)]
    values = [*record.values(), *(value for each in inner for value in each.values())]
    lists = any(map(is_list_of_records, values))
    has_text = first(record, places["body"]) or first(record, places["date"])
    return bool(named and (has_text or not lists))


def _draft(
    record: Any,
    where: str,
    mapping: tuple[tuple[str, str], ...],
    form: str,
    url: str | None,
    columns: _Columns,
) -> Draft | Refusal:
    if not isinstance(record, dict):
        return Refusal(where, "not an object with named fields")
    places = plan(record, mapping)
    held = {name: next(texts_at(record, places[name]), _NONE) for name in _OF_ONE_TEXT}
    held["body"] = next(texts_at(record, places["body"], whole_text_of), _NONE)
    headline = plain_line(held["headline"][1])
    body = plain(held["body"][1])
    if not headline and not body:
        return Refusal(where, f"no field holds a headline or a text{NAMED}")
    if not places["body"]:
        return Refusal(where, NO_TEXT_FIELD)
    issuer = _agency(record, places["agency"])
    stated = issuer.name if issuer and not issuer.weak else None
    identity = held["id"][1]
    language = language_tag(held["language"][1])
    dated, dates = _dates(record, places["date"], columns, language)
    address = _address(record, held["url"][1] or None, url)
    read = {
        "url": address,
        "language": language,
        "headline": headline,
        "body": body,
        "id": identity,
    }
    used = {
        dated,
        issuer and issuer.path,
        *(held[name][0] for name, value in read.items() if value),
    }
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
        if weak is None and field in ("publisher", "source", "sourcename"):
            weak = _Issuer(name, path, weak=True)
    return weak


def _dates(
    record: Mapping[str, Any], paths: tuple[Path, ...], columns: _Columns, language: str | None
) -> tuple[Path | None, tuple[FoundDate, ...]]:
    """Where the date stands, and the date."""
    for path in paths:
        text = first(record, (path,))
        date = _read_date(text.strip(), language) if text else None
        if date is not None:
            return path, (date.ordered(columns.order(path)) if date.either else date,)
    return None, ()


@lru_cache(maxsize=16_384)
def _read_date(text: str, language: str | None) -> FoundDate | None:
    return read_date(as_date_text(text), "record", language=language)


class _Columns:
    """In which order the columns of one source write day and month, looked at when it matters.

    :param values: all texts of a column, given where it stands in a record.
    :param otherwise: the order where a column does not tell.
    """

    def __init__(
        self, values: Callable[[Path], Iterable[str]], otherwise: bool | None = None
    ) -> None:
        self._values = values
        self._otherwise = otherwise
        self._orders: dict[Path, bool | None] = {}

    def order(self, path: Path) -> bool | None:
        """Whether the day comes first; None where no value of the column tells."""
        if path not in self._orders:
            found = order_in(self._values(path))
            self._orders[path] = self._otherwise if found is None else found
        return self._orders[path]


def _of_records(records: Sequence[Any], path: Path) -> Iterator[str]:
    for record in records:
        text = first(record, (path,)) if isinstance(record, dict) else None
        if text:
            yield text.strip()


def _of_lines(lines: Sequence[str], path: Path) -> Iterator[str]:
    """Without parsing them: what stands behind the column's name."""
    value = re.compile(rf'"{re.escape(path[-1])}"\s*:\s*"([^"]{{6,{MAX_DATE_TEXT}}})"')
    for line in lines:
        yield from value.findall(line)


def _address(record: Mapping[str, Any], link: str | None, base: str | None) -> str | None:
    """The record's absolute address; a relative one is joined to where the record came from."""
    if not link:
        return None
    link = link.strip()
    if link.startswith("/") and not base:
        base = _own_host(record)
    joined = join_address(base, link)
    return joined if split_address(joined).scheme in ("http", "https") else None


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


def _is_lines(text: str) -> bool:
    line = text.split("\n", 1)[0].rstrip()
    return line.endswith("}") or bool(
        re.search(r"\n[^\S\n]*\{.*\}[^\S\n]*(?:\n|$)", text[:1_000_000])
    )


def _is_json_feed(head: str) -> bool:
    return bool(re.search(r'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/', head[:5_000]))


def _not_json(where: str, error: ValueError | RecursionError) -> Refusal:
    if isinstance(error, json.JSONDecodeError):
        place = f"line {error.lineno}, character {error.colno}"
        return Refusal(where, f"not readable as JSON at {place} ({error.msg}); mend it there")
    return Refusal(where, "not readable as JSON: nested too deeply or a number too long")
