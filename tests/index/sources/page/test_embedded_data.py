"""Pages that show nothing until scripts run, and keep the release as JSON for these scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from index.sources.page.embedded_data import MAX_ASSIGNED
from tests.index.sources.page.layouts import FIRST, HEADLINE, LAST, PROSE

PIECE: dict[str, Any] = {"title": HEADLINE, "publishedAt": "2024-05-03T07:30:00Z", "content": PROSE}
STATE: dict[str, Any] = {
    "props": {
        "settings": {"title": "Harbour Office", "description": "Piers, lights and pilots. " * 30},
        "piece": PIECE,
        "more": [PIECE | {"title": f"Other thing {n}"} for n in range(3)],
    },
    "route": "/news/[slug]",
}
NUXT = [
    ["ShallowReactive", 1], {"data": 2}, {"piece": 3}, {"title": 4, "publishedAt": 5, "content": 6},
    HEADLINE, ["Date", "2024-05-03T07:30:00.000Z"], PROSE,
]  # fmt: skip


def read(scripts: str, shown: str = "<div id='app'></div>") -> Draft | Refusal:
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>Harbour Office</title>"
        "<link rel='canonical' href='https://harbour.example/news/4'></head>"
        f"<body>{shown}{scripts}</body></html>"
    )
    (found,) = webpage.read(page, Document(name="p.html", data=b""))
    return found


def data(state: Any, name: str = "state") -> str:
    return f'<script id="{name}" type="application/json">{json.dumps(state)}</script>'


def angular(state: Any) -> str:
    text = json.dumps(state).replace("&", "&a;").replace('"', "&q;").replace("<", "&l;")
    return f'<script id="transfer-state" type="application/json">{text}</script>'


@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(data(STATE, "__NEXT_DATA__"), id="json"),
        pytest.param(data(NUXT, "__NUXT_DATA__"), id="json of references"),
        pytest.param(angular(STATE), id="json with ampersands"),
        pytest.param(f"<script>window.__STATE__ = {json.dumps(STATE)};</script>", id="assigned"),
        pytest.param(
            f"<script>window['state']=JSON.parse({json.dumps(json.dumps(STATE))})</script>",
            id="text of json",
        ),
    ],
)
@pytest.mark.parametrize(
    "shown",
    ["<div id='app'></div>", "<header><a href='/'>Harbour Office</a></header><main></main>"],
)
def test_a_release_that_a_page_keeps_for_its_scripts(scripts: str, shown: str) -> None:
    draft = read(scripts, shown)
    assert isinstance(draft, Draft), draft
    assert (draft.headline, draft.dates[0].date) == (HEADLINE, "2024-05-03")
    assert draft.body.startswith(FIRST)
    assert draft.body.endswith(LAST)
    assert (draft.stated_agency or draft.weak_agency) == "Harbour Office"
    assert (draft.url, draft.language) == ("https://harbour.example/news/4", "en")
    assert draft.extra == ()


def test_a_page_that_shows_its_text_is_read_as_it_shows_it() -> None:
    other = PIECE | {
        "title": "Another headline",
        "content": "<p>" + "Another text. " * 200 + "</p>",
    }
    shown = f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}</main>"
    draft = read(data({"piece": other}), shown)
    assert isinstance(draft, Draft)
    assert draft.headline == HEADLINE


@pytest.mark.parametrize(
    "state",
    [
        pytest.param({"more": STATE["props"]["more"]}, id="a list of releases"),
        pytest.param({"piece": {**PIECE, "publishedAt": None}}, id="no date"),
        pytest.param({"piece": {**PIECE, "content": "Soon."}}, id="no text"),
        pytest.param({"piece": {**PIECE, "title": "Privacy policy"}}, id="a standing page"),
        pytest.param([], id="nothing"),
    ],
)
def test_data_without_one_release_leave_the_page_refused(state: Any) -> None:
    assert isinstance(read(data(state)), Refusal)


def test_scripts_are_not_run() -> None:
    code = f"window.a = (function(){{return {json.dumps(STATE)}}})();"
    assert isinstance(read(f"<script>{code}</script>"), Refusal)


@given(st.text(max_size=80))
def test_damaged_data_leave_the_page_refused(text: str) -> None:
    for script in ('type="application/json"', ""):
        inside = text.replace("<", "")
        found = read(f"<script {script}>window.s = {inside}</script>")
        assert isinstance(found, Refusal)


JSON = st.recursive(
    st.integers(-2, 9) | st.text(max_size=3) | st.sampled_from(["Ref", "Date"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@given(JSON)
@example([[[]]])
@example([["Ref"]])
@example([["Date"], 1])
def test_data_of_any_shape_leave_the_page_refused(state: Any) -> None:
    assert isinstance(read(data(state)), Refusal)


@settings(max_examples=15)  # each unfolds up to what a state may hold
@given(st.lists(JSON))
def test_references_that_lead_nowhere_or_in_circles_end(values: list[Any]) -> None:
    assert isinstance(read(data([["Reactive", 1], {"title": 0, "content": 1}, *values])), Refusal)


def test_values_beyond_the_first_of_a_script_are_left_alone() -> None:
    """Each error costs as much as what stands before it, so that 400,000 of them took minutes."""
    piece = f"window.piece = {json.dumps(STATE)};"
    for broken, kind in ((MAX_ASSIGNED - 1, Draft), (MAX_ASSIGNED, Refusal)):
        assert isinstance(read(f"<script>{'window.a=[1,' * broken}{piece}</script>"), kind)
