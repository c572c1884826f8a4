"""Suggestions: what a reader may be about to type. Only a help: nothing needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from flask import Blueprint, Response, request

from index.text.cleaning import clean_line
from index.text.folding import fold
from search import Coverage, Engine
from search.request import SearchRequest
from webapp.context import current_coverage, current_engine, current_links
from webapp.site import wording
from webapp.site.links import Links
from webapp.views.responses import conditional, json_answer

MAX_TYPED = 100
"""Characters of what was typed that are looked at."""
MAX_TYPED_WORDS = 8
"""Words of what was typed that headlines are looked for by."""
MAX_WORDS, MAX_AGENCIES, MAX_RELEASES = 4, 3, 3
"""Suggestions of each kind."""
SUGGESTIONS = "application/x-suggestions+json"
LIFETIME = 300
"""Seconds that a browser may keep an answer."""

blueprint = Blueprint("suggest", __name__)

Suggestion = dict[str, str]


@blueprint.get("/suggest.json")
@conditional
def suggest() -> Response:
    """Words, agencies and headlines that begin with what was typed (`q`), each with its address.

    Words also with what to put into the box: a page that has filters keeps them so.
    """
    typed = clean_line(request.args.get("q", ""))[:MAX_TYPED]
    engine, links = current_engine(), current_links()
    found: list[Suggestion] = []
    if re.search(r"\w", typed):
        found = [
            *_words(links, engine, typed),
            *_agencies(links, current_coverage(), typed),
            *_headlines(links, engine, typed),
        ]
    response = json_answer({"q": typed, "suggestions": found})
    response.headers["Cache-Control"] = f"max-age={LIFETIME}"
    return response


@blueprint.get("/opensearch-suggestions")
@conditional
def for_browsers() -> Response:
    """Words that begin with what was typed, as browsers ask for them (OpenSearch Suggestions 1.1).

    A list of what was typed, the words, what stands beside each, and their addresses.
    """
    typed = clean_line(request.args.get("q", ""))[:MAX_TYPED]
    links = current_links()
    found = list(_words(links, current_engine(), typed)) if re.search(r"\w", typed) else []
    texts = [each["text"] for each in found]
    addresses = [links.root + each["href"] for each in found]
    response = json_answer([typed, texts, [""] * len(texts), addresses], SUGGESTIONS)
    response.headers["Cache-Control"] = f"max-age={LIFETIME}"
    return response


def _words(links: Links, engine: Engine, typed: str) -> Iterator[Suggestion]:
    kind = links.language.gettext("word")
    for words in engine.complete(typed, MAX_WORDS):
        text = _closed(words)
        yield {"kind": kind, "text": text, "q": text, "href": links.changed(text=text)}


def _closed(words: str) -> str:
    """A phrase that was begun, ended: one that stays open is read as words."""
    if words.count('"') % 2:
        return f'{words}"'
    return f"{words}”" if words.rfind("“") > words.rfind("”") else words


def _agencies(links: Links, coverage: Coverage, typed: str) -> Iterator[Suggestion]:
    """Agencies in whose name, here or in the index, a word begins so; those with most first."""
    letters = fold(typed)
    begins = re.compile((r"(?<!\w)" if typed.isascii() else "") + re.escape(letters)).search

    def wanted(name: str) -> bool:
        folded = _folded(name)
        # Most do not hold the letters at all, which is seen in a tenth of the pattern's time.
        return letters in folded and begins(folded) is not None

    kind, given = links.language.gettext("agency"), 0
    for agency, _ in coverage.agencies:
        name = links.agency_name(agency)
        if wanted(name) or (name != agency.name and wanted(agency.name)):
            yield {"kind": kind, "text": name, "q": "", "href": links.agency(agency)}
            given += 1
            if given == MAX_AGENCIES:
                return


_folded = lru_cache(maxsize=4_096)(fold)
"""Names of agencies, which every letter that is typed is held against."""


def _headlines(links: Links, engine: Engine, typed: str) -> Iterator[Suggestion]:
    words = re.findall(r"\w+", typed)[:MAX_TYPED_WORDS]
    if not words or len("".join(words)) < 2:
        return
    last = words[-1] + ("*" if words[-1].isascii() and len(words[-1]) > 2 else "")
    text = " ".join(f"headline:{word}" for word in [*words[:-1], last])
    kind = links.language.gettext("release")
    request = SearchRequest(text, match="strict")
    for hit in engine.every_hit(request, snippets=False, texts=False, size=MAX_RELEASES):
        yield {
            "kind": kind,
            "text": wording.headline(links.language, hit.release),
            "q": "",
            "href": links.release(hit.release),
        }
