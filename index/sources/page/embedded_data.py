"""A release that a page holds as data for its scripts alone: JSON that is read and never run."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from index.sources.draft import Document, Draft
from index.sources.page.metadata import Metadata
from index.sources.page.stock_phrases import is_phrase
from index.sources.record_draft import draft_of
from index.sources.record_tree import release_inside

MAX_STATE = 5_000_000
"""Characters of one script that are read."""
MAX_ASSIGNED = 100
"""Values that a script assigns which are read: an error in one costs as much as what is before."""
MAX_REFERENCES = 200_000
"""Values that a state of references is unfolded to."""

_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)(?:\.|\[['\"])[\w$]{1,60}(?:['\"]\])?\s{0,9}=\s{0,9}"
)
_PARSED = re.compile(r"JSON\.parse\(\s{0,9}(?=\")")
_ANGULAR = {"&q;": '"', "&s;": "'", "&l;": "<", "&g;": ">", "&a;": "&"}
"""How Angular writes JSON between tags; the last one goes last."""
_WRAPPED = frozenset(["Ref", "ShallowRef", "Reactive", "ShallowReactive", "EmptyRef", "Date"])
"""What Nuxt puts around a value in its state, as devalue writes it."""


def embedded_draft(root: Any, metadata: Metadata, document: Document) -> Draft | None:
    """The release in the data of a page that shows none: one with a headline, a text and a date.

    Standing pages are kept in the same way; their headline tells.
    """
    address = metadata.url or document.url
    for state in _states(root):
        record = release_inside(state)
        draft = draft_of(record, document.name, "web-page", address) if record else None
        if not isinstance(draft, Draft) or not draft.dates:
            continue
        if not is_phrase("standing", draft.headline):
            language = draft.language or metadata.language
            return replace(draft, url=address or draft.url, language=language, extra=())
    return None


def _states(root: Any) -> Iterator[Any]:
    """What the scripts of a page hold as JSON, those first that hold nothing else."""
    scripts = [script for script in root.iter("script") if script.text]
    data = [script for script in scripts if _is_data(script.get("type") or "")]
    for script in data:
        text = script.text[:MAX_STATE].strip()
        whole = _loads(text) or _loads(_of_angular(text)) or _loads(html.unescape(text))
        yield _unfolded(whole) if isinstance(whole, list) else whole
    for script in scripts:
        if script not in data:
            yield from _assigned(script.text[:MAX_STATE])


def _is_data(kind: str) -> bool:
    return kind.split(";")[0].strip().lower() in ("application/json", "text/json")


def _assigned(text: str) -> Iterator[Any]:
    """Values that a script assigns and that are JSON as they stand: `window.STATE = {...}`."""
    decoder = json.JSONDecoder()
    for match in islice(_ASSIGNED.finditer(text), MAX_ASSIGNED):
        start = match.end()
        parsed = _PARSED.match(text, start)
        try:
            value, _ = decoder.raw_decode(text, parsed.end() if parsed else start)
        except (ValueError, RecursionError):
            continue
        yield _loads(value) if isinstance(value, str) else value


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _of_angular(text: str) -> str:
    for written, meant in _ANGULAR.items():
        text = text.replace(written, meant)
    return text


def _unfolded(values: list[Any]) -> Any:
    """A state whose objects hold the places of their values in one list, as Nuxt writes it; any
    other list as it is."""
    left = [MAX_REFERENCES]

    def at(place: Any, depth: int) -> Any:
        left[0] -= 1
        if type(place) is not int or not 0 <= place < len(values) or depth > 24 or left[0] < 0:
            return None
        value = values[place]
        if isinstance(value, dict):
            return {key: at(each, depth + 1) for key, each in value.items()}
        if _wraps(value):
            return value[1] if value[0] == "Date" else at(value[1], depth + 1)
        return [at(each, depth + 1) for each in value] if isinstance(value, list) else value

    head = values[0] if values else None
    flat = isinstance(head, dict) and all(type(each) is int for each in head.values())
    return at(0, 0) if _wraps(head) or flat else values


def _wraps(value: Any) -> bool:
    """Whether a list is a name of Nuxt's and what it stands around."""
    pair = isinstance(value, list) and len(value) == 2
    return pair and isinstance(value[0], str) and value[0] in _WRAPPED
