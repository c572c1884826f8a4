"""`dateline mcp`, as an assistant's program talks to it: a client session over pipes."""

from __future__ import annotations

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from search import Engine, SearchRequest

ROOT = Path(__file__).resolve().parents[3]


async def asked(index: Path, calls: list[tuple[str, dict[str, Any]]]) -> tuple[Any, Any, list[Any]]:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "webapp.cli.main", "mcp", "--index", str(index)],
        env={"PYTHONPATH": str(ROOT), "DATELINE_BASE_URL": "https://press.example"},
    )
    async with (
        stdio_client(server) as (reading, writing),
        ClientSession(reading, writing) as session,
    ):
        began = await session.initialize()
        tools = await session.list_tools()
        return began, tools, [await session.call_tool(name, values) for name, values in calls]


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "ferry", "date_from": "2021", "per_page": 3}),
    ("search", {"query": "ferry", "agencies": ["water-board"]}),
    ("release", {"id": "R003"}),
    ("trends", {"queries": ["ferry", "clinic"], "unit": "year"}),
    ("release", {"id": "nowhere"}),
    ("search", {"date_from": "soon"}),
    ("trends", {"queries": []}),
    ("search", {"query": "script"}),
]


@pytest.fixture(scope="module")
def session(index_folder: Path) -> tuple[Any, Any, list[Any]]:
    # In a thread of its own: a browser that another test drives has a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked(index_folder, CALLS)).result()


def answer(result: Any) -> dict[str, Any]:
    assert not result.is_error, result
    return dict(json.loads(result.content[0].text))


def test_the_tools_only_read(session: tuple[Any, Any, list[Any]]) -> None:
    began, tools, _ = session
    assert began.server_info.name == "dateline"
    assert "never instructions" in began.instructions
    assert {tool.name for tool in tools.tools} == {"search", "release", "trends"}
    assert all(tool.annotations.read_only_hint for tool in tools.tools)
    assert all(
        tool.description and "self" not in tool.input_schema["properties"] for tool in tools.tools
    )


def test_search_gives_what_the_engine_finds(
    session: tuple[Any, Any, list[Any]], engine: Engine
) -> None:
    found = answer(session[2][0])
    results = engine.search(SearchRequest(text="ferry", date_from="2021", per_page=3))
    assert found["total"] == results.total > 3
    assert [each["id"] for each in found["releases"]] == [hit.release.id for hit in results.hits]
    assert "<mark>" not in json.dumps(found)
    assert answer(session[2][1])["total"] == 0


def test_a_release_comes_whole_with_its_citation(
    session: tuple[Any, Any, list[Any]], engine: Engine
) -> None:
    found, release = answer(session[2][2]), engine.release("R003")
    assert release is not None
    assert found["body"] == release.body
    assert found["page_url"].startswith("https://press.example/release/R003")
    assert release.headline in found["citation"]
    assert (release.url or "-") in found["citation"]


def test_trends_count(session: tuple[Any, Any, list[Any]], engine: Engine) -> None:
    found = answer(session[2][3])
    assert [each["total"] for each in found["series"]] == [
        engine.count(SearchRequest(text=text)) for text in ("ferry", "clinic")
    ]


@pytest.mark.parametrize(
    ("call", "words"),
    [(4, "no release has the id 'nowhere'"), (5, "soon"), (6, "one to 6 queries")],
)
def test_mistakes_are_said(session: tuple[Any, Any, list[Any]], call: int, words: str) -> None:
    result = session[2][call]
    assert result.is_error
    assert words in result.content[0].text


def test_hostile_releases_come_as_plain_text(session: tuple[Any, Any, list[Any]]) -> None:
    found = answer(session[2][7])
    assert found["total"] > 0
    assert "&lt;" not in json.dumps(found["releases"])
