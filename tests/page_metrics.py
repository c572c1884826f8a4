"""How much of a page is results, and how fragments read: `make page-metrics`.

    python tests/page_metrics.py [INDEX...]

Over each index (the sample's, if none is named) it asks for the words that stand most in its own
headlines, and prints for the pages of results: where the first result begins and how many stand
whole above the fold of a desk and a phone (in Chromium, where there is one); of the fragments, how
many begin inside a clause though one, or a sentence, begins near, cut a number or a date in two, repeat the
headline, or hold nothing but an ellipsis; and what a changed input of the page's form would lose.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bs4 import BeautifulSoup

from search import SearchRequest, open_engine
from search.results import Hit
from tests.browser.site_server import served
from webapp import create_app

QUESTIONS = 40
"""Words and pairs of words asked for."""
NEAR = 80
"""Characters within which a fragment might have begun with a sentence."""
FOLDS = {"desk": (1280, 800), "phone": (390, 844)}
SAMPLE = Path(__file__).parents[1] / "sample"

_WORD = re.compile(r"[^\W\d_]{5,}")
_SENTENCE = re.compile(r"[.!?。！？][\"”’」)]*\s*(?=[A-Z“\"「\u3400-\u9fff])")
_CLAUSE = re.compile(r"[,;:–—][\"”’)]*\s+|\s[–—-]+\s+|[，；：、]|(?=[(（「『《【])")
_TITLE = re.compile(
    r"\b(?:sens?|reps?|govs?|gen|col|mrs?|ms|drs?|prof|rev|hon|lt|no|st|jr|sr|[a-z])\.\s*\Z", re.I
)
_NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千萬億]")
_ABOVE_THE_FOLD = """() => {
  const found = [...document.querySelectorAll(".found .hits > li")];
  const places = found.map((each) => each.getBoundingClientRect());
  return [places[0]?.top ?? -1, places.filter((each) => each.bottom <= innerHeight).length];
}"""


def main(folders: list[str]) -> int:
    """Print the figures of each index."""
    with TemporaryDirectory() as made:
        for folder in folders or [sample_index(Path(made) / "index")]:
            questions = list(questions_of(folder))
            print(f"{folder}: {len(questions)} searches")
            seen, faults = fragment_faults(folder, questions)
            print(f"  {'fragments':<58} {seen:,}")
            for fault, count in faults.items():
                print(f"  {fault:<58} {count:,} ({count / max(seen, 1):.1%})")
            for name, figure in _lost(folder, questions[0]):
                print(f"  {name:<58} {figure}")
            for name, figure in _density(folder, questions[:10]):
                print(f"  {name:<58} {figure}")
    return 0


def sample_index(folder: Path) -> str:
    from webapp.cli.main import main as dateline

    gazetteer = str(SAMPLE / "gazetteer.json")
    dateline(["index", str(SAMPLE / "releases"), "--index", str(folder), "--gazetteer", gazetteer])
    return str(folder)


def questions_of(folder: str) -> Iterator[str]:
    """The most frequent words of the newest headlines, alone and two by two."""
    newest = open_engine(folder).search(SearchRequest(per_page=1_000)).hits
    headlines = [_WORD.findall(hit.release.headline.lower()) for hit in newest]
    words = [
        word for word, _ in Counter(chain.from_iterable(headlines)).most_common(QUESTIONS // 2)
    ]
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))


def fragment_faults(folder: str, questions: list[str]) -> tuple[int, dict[str, int]]:
    """How many fragments some searches show, and how many of them have each fault."""
    engine, seen, found = open_engine(folder), 0, Counter[str]()
    for question in questions:
        for hit in engine.search(SearchRequest(question)).hits:
            for snippet in hit.snippets:
                seen += 1
                found.update(_faults(hit, snippet))
    return seen, {fault: found[fault] for fault in _FAULTS}


_FAULTS = (
    "begin inside a clause, though one begins within 80 before",
    "cut a number or a date in two",
    "repeat the headline",
    "hold nothing but an ellipsis",
)


def _faults(hit: Hit, snippet: str) -> Iterator[str]:
    text = unescape(re.sub("</?mark>", "", snippet)).removeprefix("… ").removesuffix(" …")
    body, lines = _in_one_line(hit.release.body)
    at = body.find(text)
    if not text.strip("… "):
        yield _FAULTS[3]
    if at > 0:
        ends = [each.end() for each in _SENTENCE.finditer(body, max(at - NEAR - 2, 0), at + 1)]
        ends = [end for end in ends if not _TITLE.search(body, 0, end)] + lines
        ends += [each.end() for each in _CLAUSE.finditer(body, max(at - NEAR - 2, 0), at + 1)]
        if at not in ends and any(at - NEAR <= end < at for end in ends):
            yield _FAULTS[0]
        edges = [at, at + len(text)]
        if any(_parts_number(body, edge) for edge in edges if 0 < edge < len(body)):
            yield _FAULTS[1]
    headline = " ".join(hit.release.headline.lower().split())
    if len(headline) > 20 and headline[:60] in text.lower():
        yield _FAULTS[2]


def _in_one_line(text: str) -> tuple[str, list[int]]:
    """A text without its line breaks, and where its lines begin in it."""
    lines = [" ".join(each.split()) for each in text.split("\n")]
    kept = [each for each in lines if each]
    return " ".join(kept), [len(" ".join(kept[:number])) + 1 for number in range(1, len(kept))]


def _parts_number(body: str, at: int) -> bool:
    around = body[at - 1] + body[at]
    return len(_NUMERAL.findall(around)) == 2 or bool(re.match(r"\d[.,]\d", body[at - 1 : at + 2]))


def _lost(folder: str, question: str) -> Iterator[tuple[str, str]]:
    """What the page's forms do not carry on, by name: of the search, and of what was just changed."""
    client = create_app({"index": folder}).test_client(use_cookies=False)
    engine = open_engine(folder)
    agency = engine.search(SearchRequest(question)).hits[0].release.agency.slug
    asked = {"q": question, "agency": agency, "from": "1990", "sort": "newest", "match": "any"}
    soup = BeautifulSoup(
        client.get("/search", query_string=asked, follow_redirects=True).text, "lxml"
    )
    buttons = soup.select("main form button:not(.not), main button[form]:not(.not)")
    for button in (*buttons, *soup.select("main .not")[:1]):  # one that leaves a value out
        form = soup.find(id=button["form"]) if button.get("form") else button.find_parent("form")
        if form is None or not str(form.get("action", "")).endswith("/search"):
            continue
        own = form.select("input[name]")
        own += soup.select(f"input[form={form['id']}]") if form.get("id") else []
        kept = {str(each["name"]) for each in own}
        typed = {str(each["name"]) for each in own if each.get("type") != "hidden"}
        lost = (asked.keys() - kept) | ({"q", "agency", "from"} - typed)
        yield f"lost by “{button.get_text(' ', strip=True)}”", ", ".join(sorted(lost)) or "nothing"


def _density(folder: str, questions: list[str]) -> Iterator[tuple[str, str]]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        yield "above the fold", "not measured: there is no Chromium"
        return
    from playwright.sync_api import sync_playwright

    with served(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height) in FOLDS.items():
            top, whole = above_the_fold(browser, site, questions, (width, height))
            yield f"first result begins at, {name} of {width}x{height}", f"{top:.0f} px"
            yield f"whole results above the fold, {name}", f"{min(whole)} to {max(whole)}"
        browser.close()


def above_the_fold(
    browser: Any, site: str, questions: list[str], size: tuple[int, int]
) -> tuple[float, list[int]]:
    """Where the first result begins at the lowest, and of each search how many stand whole."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    measured = []
    for question in questions:
        page.goto(f"{site}/search?q={question}")
        measured.append(page.evaluate(_ABOVE_THE_FOLD))
    page.close()
    return max(top for top, _ in measured), [whole for _, whole in measured]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
