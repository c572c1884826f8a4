"""What every kind of page takes of the server, and what it weighs, over an index of any size.

    python -m bench.page_kinds .bench/indexes/dateline-all/index

Of each kind several pages are asked for, the first to warm the process, each of the others once, so
that nothing kept of the same page helps; the first page and the help have one address. Counted is processor time, from the address to the last
byte, and the bytes of the page as gzip sends it.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple
from urllib.parse import quote_plus

from flask.testing import FlaskClient

from search import Engine, SearchRequest, open_engine
from webapp import create_app
from webapp.context import engine_of
from webapp.garbage_collection import expect_little_garbage
from webapp.presenters.example_searches import telling_texts
from webapp.site.links import Links
from webapp.site.reading_list_addresses import reading_list_address

PAGES = 9
"""Pages of each kind, the first of which warms."""
WORDS = ("iraq", "ferry", "katrina", "medicare", "levee", "ethanol", "border", "amtrak", "salmon")
"""Words that are searched for beside those of the index's own headlines."""


class PageCost(NamedTuple):
    """What the pages of a kind took: milliseconds of the processor, and kilobytes sent."""

    kind: str
    median_ms: float
    most_ms: float
    kilobytes: float


def main(argv: Sequence[str] | None = None) -> int:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description="Processor time and weight of each kind of page.")
    parser.add_argument("index", help="a folder with an index")
    parser.add_argument("--words", nargs="+", default=WORDS, help="what is searched for")
    options = parser.parse_args(argv)
    rows = measured(options.index, options.words)
    print("| page | median, ms | most, ms | sent, kB |\n| --- | --- | --- | --- |")
    for kind, *figures in rows:
        print(f"| {kind} | " + " | ".join(f"{each:.1f}" for each in figures) + " |")
    return 0


def measured(index: str, words: Sequence[str]) -> list[PageCost]:
    """Every kind of page, in the order of `kinds`, by a process that has done what a worker does
    before and beside its answers: checksums, and garbage looked for less often."""
    app = create_app({"index": index})
    client = app.test_client(use_cookies=False)
    engine = open_engine(index)
    asked = kinds(engine, words)
    engine.close()
    for _ in engine_of(app).check_ahead():
        pass
    expect_little_garbage()
    return [_cost(client, kind, paths) for kind, paths in asked.items()]


def kinds(engine: Engine, words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The addresses of each kind of page, of different words, agencies, days and releases."""
    said = [quote_plus(each) for each in (*words, *telling_texts(engine))][:PAGES]
    agencies = [agency.slug for agency, _ in engine.coverage().agencies[:PAGES]]
    months = [month for month, _ in engine.coverage().months][-PAGES:]
    years = sorted({month[:4] for month, _ in engine.coverage().months})
    pairs = list(zip(said, reversed(said), strict=True))
    return {
        "first page": ["/"] * PAGES,
        "results": [f"/search?q={each}" for each in said],
        "results with filters": [
            f"/search?q={word}&agency={agency}&from={years[-1]}"
            for word, agency in zip(said, agencies, strict=False)
        ],
        "nothing found": [f"/search?q=zzqx+{each}&from=1900&to=1901" for each in said],
        "all agencies of a search": [f"/search/agencies?q={each}" for each in said],
        "a release": list(islice(_releases(engine, words, ""), PAGES)),
        "a release from results": list(islice(_releases(engine, words, "results"), PAGES)),
        "a quotation": list(islice(_releases(engine, words, "/quote/1"), PAGES)),
        "agencies": [f"/agencies?find={each}" for each in "aeiorstln"],
        "an agency": [f"/agency/{each}" for each in agencies],
        "a year": [f"/{each}" for each in years],
        "a month": [f"/{each.replace('-', '/')}" for each in months],
        "a day": [f"/{months[-2].replace('-', '/')}/{day:02}" for day in range(1, 29)],
        "comparison": [f"/trends?q={one}&q={other}" for one, other in pairs],
        "concordance": [f"/concordance?q={each}" for each in said],
        "first said": [f"/first?q={each}" for each in said],
        "watch": [f"/watch?s=q%3D{one}&s=q%3D{other}" for one, other in pairs],
        "reading list": list(_reading_lists(engine, words)),
        "term sheet of an agency": [f"/terms?agency={each}" for each in agencies],
        "term sheet of a year": [f"/terms?from={each}&to={each}" for each in years],
        "briefing": [f"/briefing?q={each}" for each in said],
        "help": ["/help"] * PAGES,
        "advanced form": [f"/search/advanced?q={each}" for each in said],
        "suggestions": [f"/suggest.json?q={each[:4]}" for each in said],
        "feed": [f"/search.atom?q={each}" for each in said],
        "results as JSON": [f"/search.json?q={each}&sort=oldest" for each in said],
    }


def _reading_lists(engine: Engine, words: Sequence[str]) -> Iterator[str]:
    """A list of ten releases of each word."""
    for word in words:
        found = engine.search(SearchRequest(word)).hits
        yield reading_list_address(Links(), [hit.release.id for hit in found])


def _releases(engine: Engine, words: Sequence[str], how: str) -> Iterator[str]:
    """The addresses of the first result of each word: its page, one as results link to it, or what
    stands below it."""
    for word in words:
        request = SearchRequest(word, per_page=1)
        for hit in engine.search(request).hits:
            about = Links(request=request)
            if how == "results":
                yield about.release_in_results(hit.release, 1)
            else:
                yield about.release_id(hit.release.id) + how if how else about.release(hit.release)


def _cost(client: FlaskClient, kind: str, paths: Sequence[str]) -> PageCost:
    taken, sent = [], []
    for number, path in enumerate(paths):
        start = time.process_time()
        with client.get(path, buffered=True, follow_redirects=True) as response:
            body = response.data
            spent = 1000 * (time.process_time() - start)
            if number and response.status_code == 200:
                taken.append(spent)
                sent.append(len(gzip.compress(body, 6)) / 1000)
    return PageCost(kind, median(taken or [0]), max(taken, default=0), median(sent or [0]))


if __name__ == "__main__":
    sys.exit(main())
