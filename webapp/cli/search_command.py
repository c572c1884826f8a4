"""`dateline search`, `dateline show` and `dateline stats`."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from index import kernel
from index.release import Release, printable
from search import Coverage, Engine, Hit, SearchRequest, SearchResults, open_engine
from webapp.cli.arguments import MOST_SHOWN, Arguments, misused
from webapp.site.agency_names import gazetteer_paths

if TYPE_CHECKING:
    from search.count.coverage_gaps import CoverageGap

# What other forms of results need is imported where they are made: 15 of 130 ms of our modules.

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
MOST = 15
"""Agencies and years that `stats` lists as text."""


def search(arguments: Arguments) -> None:
    """Print one page of results, or all that is found.

    :raises UsageError: for two forms at once, and a page that is larger than pages are.
    """
    if arguments.json + arguments.csv + arguments.jsonl > 1:
        raise misused("--json, --csv and --jsonl are three forms: choose one")
    if arguments.csv or arguments.jsonl:
        _print_all(arguments)
        return
    if (arguments.limit or 0) > MOST_SHOWN:
        raise misused(
            f"a page has at most {MOST_SHOWN} results; --csv and --jsonl print more of them"
        )
    request = asked_for(arguments).changed(
        page=arguments.page,
        per_page=arguments.limit or 10,
        copies=arguments.copies,
        explain=arguments.explain,
    )
    with closing(opened(arguments)) as engine:
        results = engine.search(request)
    if arguments.json:
        from webapp.exports.results_json import results_object
        from webapp.site.links import Links

        _print_json(results_object(Links(), results))
    else:
        print("\n".join(_result_lines(results, marked=_shows_bold())))


def asked_for(arguments: Arguments) -> SearchRequest:
    """The search that words and filters ask for."""
    return SearchRequest(
        text=" ".join(arguments.words),
        match=arguments.match,
        agencies=tuple(arguments.agency),
        date_from=arguments.date_from,
        date_to=arguments.date_to,
        undated=arguments.undated,
        languages=tuple(arguments.language),
        sort=arguments.sort,
        facets=tuple(_chosen(arguments.facet).items()),
    )


def _chosen(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for name, slug in pairs:
        chosen[name] = (*chosen.get(name, ()), slug)
    return chosen


def opened(arguments: Arguments) -> Engine:
    """The engine of the index, with the gazetteers of the environment."""
    gazetteers = gazetteer_paths(os.environ.get("DATELINE_GAZETTEERS", ""))
    return open_engine(arguments.index, gazetteers)


def _print_all(arguments: Arguments) -> None:
    from webapp.exports.jsonl import jsonl_lines
    from webapp.exports.table import csv_lines
    from webapp.site.links import Links

    request = asked_for(arguments).changed(copies=True)
    with closing(opened(arguments)) as engine:
        facets = engine.coverage().columns
        lines = partial(csv_lines, facets=facets) if arguments.csv else jsonl_lines
        hits = engine.every_hit(
            request, snippets=False, texts=not arguments.csv, size=arguments.limit
        )
        for line in lines(Links(), hits):
            sys.stdout.write(line.removeprefix("\ufeff"))


def show(arguments: Arguments) -> bool:
    """Print one release; False, and a sentence, when there is none with that id."""
    with closing(open_engine(arguments.index)) as engine:
        release = engine.release(arguments.id)
    if release is None:
        print(f"dateline: no release has the id {arguments.id!r}.", file=sys.stderr)
        return False
    if arguments.json:
        _print_json(release.to_dict())
    else:
        print("\n".join(_release_lines(release)))
    return True


def stats(arguments: Arguments) -> None:
    """Print what the index holds."""
    with closing(open_engine(arguments.index)) as engine:
        coverage = engine.coverage()
        gaps = list(_gaps(engine, coverage))
    if arguments.json:
        found = [{"agency": slug, "first": gap.first, "last": gap.last} for slug, gap in gaps]
        _print_json(_coverage_object(coverage) | {"gaps": found, "kernel": kernel.status()})
    else:
        print("\n".join([*_coverage_lines(coverage), *_gap_lines(gaps), kernel.status()]))


def _result_lines(results: SearchResults, *, marked: bool) -> Iterator[str]:
    releases = "release" if results.total == 1 else "releases"
    pages = f", page {results.page} of {results.pages}" if results.pages > 1 else ""
    yield f"{results.total:,} {releases}{pages if results.total else ''}"
    for notice in results.notices:
        yield f"Note: {notice.text}"
    if results.did_you_mean:
        yield f"Did you mean: {results.did_you_mean}"
    for offer in results.offers:
        named = " or ".join(f"{agency.name} [{agency.slug}]" for agency in offer.agencies)
        yield f"Releases of {named}: {offer.total:,}"
    if results.loosened_total is not None:
        yield f"Most of what you asked for: {results.loosened_total:,}{pages}"
    for hit in results.hits:
        yield ""
        yield from _hit_lines(hit, marked=marked)


def _hit_lines(hit: Hit, *, marked: bool) -> Iterator[str]:
    release = hit.release
    yield _text(hit.headline_html, marked=marked)
    yield f"  {_date(release) or 'undated'} · {release.agency.name} · {release.id}"
    if hit.lacks:
        yield f"  Without: {', '.join(hit.lacks)}"
    for snippet in hit.snippets:
        yield f"  {_text(snippet, marked=marked)}"
    if hit.explanation:
        from webapp.presenters.explanation import explained_in_words
        from webapp.site.languages import ENGLISH

        yield f"  {explained_in_words(ENGLISH, hit)}"
    if hit.copies:
        from webapp.presenters.copy_lines import copies_in_words
        from webapp.site.links import Links

        for line in copies_in_words(Links(), hit):
            yield f"  {line}"


def _date(release: Release) -> str | None:
    """The date as far as it is known: `--06-26` in ISO 8601 is one without a year."""
    if release.date is None or not release.date.startswith("--"):
        return release.date
    return f"{release.date.removeprefix('--')}, year not given"


def _shows_bold() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def _text(marked_html: str, *, marked: bool) -> str:
    """What a snippet says, in bold where it matched, on a terminal."""
    start, end = (_BOLD, _PLAIN) if marked else ("", "")
    # The text of a document could hold escapes of its own, which a terminal must not obey.
    plain = re.sub("[\x00-\x1f\x7f-\x9f]", " ", marked_html)
    plain = plain.replace("<mark>", "\0").replace("</mark>", "\1")
    return html.unescape(plain).replace("\0", start).replace("\1", end)


def _release_lines(release: Release) -> Iterator[str]:
    yield release.headline
    issued = f" ({release.issued_at})" if release.issued_at else ""
    yield f"Date: {_date(release) or 'not known'}{issued}, from: {release.date_source}"
    yield f"Agency: {release.agency.name} [{release.agency.slug}], by: {release.agency_rule}"
    yield f"Language: {release.language}"
    if release.url:
        yield f"Address: {release.url}"
    yield f"Id: {release.id}"
    if release.aliases:
        yield f"Also: {', '.join(release.aliases)}"
    yield f"Read from: {printable(release.source_file)} ({release.source})"
    yield ""
    yield release.body.translate(_MARKS)


_MARKS = str.maketrans({"\v": "", "\f": "", "\t": "  "})
"""Marks of lists, tables and headings, as a terminal shows them."""


def _coverage_object(coverage: Coverage) -> dict[str, Any]:
    record = asdict(coverage)
    record["agencies"] = [
        {"slug": agency.slug, "name": agency.name, "count": count}
        for agency, count in coverage.agencies
    ]
    record["months"] = [{"month": month, "count": count} for month, count in coverage.months]
    record["facets"] = {
        name: [value._asdict() | {"count": count} for value, count in values]
        for name, values in coverage.facets.items()
    }
    del record["columns"]
    record["languages"] = [{"language": tag, "count": count} for tag, count in coverage.languages]
    return record


def _coverage_lines(coverage: Coverage) -> Iterator[str]:
    yield f"{coverage.releases:,} releases, {coverage.undated:,} of them without a year"
    if coverage.first_date:
        yield f"From {coverage.first_date} to {coverage.last_date}"
    yield f"Last change: {coverage.updated or 'never'}"
    yield f"Agencies: {len(coverage.agencies):,}"
    for agency, count in coverage.agencies[:MOST]:
        yield f"  {count:>8,}  {agency.name} [{agency.slug}]"
    if len(coverage.agencies) > MOST:
        yield f"  and {len(coverage.agencies) - MOST:,} more"
    for name, values in coverage.facets.items():
        yield f"{name}: {len(values):,}"
        for value, count in values[:MOST]:
            yield f"  {count:>8,}  {value.name} [{value.slug}]"
    yield "Languages: " + ", ".join(f"{tag} {count:,}" for tag, count in coverage.languages)


def _gaps(engine: Engine, coverage: Coverage) -> Iterator[tuple[str, CoverageGap]]:
    """Those of each agency, by its slug, and of all releases together, by none."""
    from search.count.coverage_gaps import coverage_gaps

    for slug in ("", *(agency.slug for agency, _ in coverage.agencies)):
        asked = SearchRequest(agencies=(slug,) if slug else ())
        yield from ((slug, gap) for gap in coverage_gaps(engine.timeline(asked)))


def _gap_lines(gaps: Sequence[tuple[str, CoverageGap]]) -> Iterator[str]:
    if gaps:
        yield "Months without a release that lie between many, from which releases may be missing:"
    for slug, gap in gaps:
        yield f"  {gap.first} to {gap.last}  {slug or 'all agencies'}"


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
