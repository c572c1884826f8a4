"""The description says what the application does: parameters, answers, problems, limits."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings

from index.text.cleaning import clean
from tests.webapp.press_room import press_room
from webapp import create_app
from webapp.api import openapi
from webapp.api.problems import PROBLEMS
from webapp.api.schemas import SCHEMAS
from webapp.site import trend_addresses
from webapp.site.links import Links
from webapp.site.search_addresses import HOW_SHOWN, SEARCH_NAMES

schemathesis = pytest.importorskip("schemathesis")
jsonschema = pytest.importorskip("jsonschema_rs")

EXAMPLES = 50
"""Requests that are made up for each address, half of them wrong."""
ANSWERS = [
    ("Results", "/search.json"),
    ("Results", "/search.json?q=flood+OR+zzz&agency=none&from=2023&page=9&sort=newest"),
    ("Results", "/search.json?q=flud&undated=1&match=any&language=zh"),
    ("Results", "/search.json?q=typhoon&seen=2024-05-03&from=2022-08&to=2022-08-11"),
    ("Results", "/search.json?q=flood+zebra"),
    ("JsonFeed", "/search.feed.json?q=north"),
    ("JsonFeed", "/search.feed.json?q=flood+zebra"),
    ("Trends", "/trends.json"),
    ("Trends", "/trends.json?q=flood&q=zzzz&q=a+OR&agency=none&unit=year"),
    ("Trends", "/trends.json?q=wells&undated="),
    ("Terms", "/terms.json?agency=water-board"),
    ("Terms", "/terms.json?q=zzzz"),
    ("Suggestions", "/suggest.json?q=har"),
    ("Agencies", "/agencies.json"),
    ("Health", "/healthz"),
    *(("Release", Links().release_id(each.id, ".json")) for each in press_room()[30:]),
    ("Problem", "/search.json?q=flood&from=soon&colour=red"),
    ("Problem", "/release/none.json"),
]


@pytest.fixture(scope="module")
def description(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return found


def test_the_description_is_openapi(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1.")
    assert description["servers"] == [{"url": "https://press.example"}]
    schemathesis.openapi.from_dict(description).validate()


def test_every_data_address_is_described(app: Flask, description: dict[str, Any]) -> None:
    served = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith((".json", ".csv", ".jsonl", ".atom", ".opml"))
        and not rule.rule.startswith("/zh-")
    }
    assert served <= set(description["paths"])
    assert set(description["paths"]) - served == {"/release/{id}.json", "/healthz"}


@pytest.mark.parametrize(("schema", "address"), ANSWERS)
def test_answers_have_the_keys_described_and_no_others(
    client: FlaskClient, schema: str, address: str
) -> None:
    answer = json.loads(client.get(address).data)
    components = {"components": {"schemas": SCHEMAS}}
    whole = {"$ref": f"#/components/schemas/{schema}"} | components
    faults = [str(each) for each in jsonschema.Draft202012Validator(whole).iter_errors(answer)]
    assert faults == []
    assert set(SCHEMAS[schema]["required"]) <= set(answer)


def test_every_key_of_a_schema_is_seen_in_an_answer(client: FlaskClient) -> None:
    seen: dict[str, set[str]] = {}
    for schema, address in ANSWERS:
        seen.setdefault(schema, set()).update(json.loads(client.get(address).data))
    seen["JsonFeed"].add("next_url")  # of feeds of several pages: tests/webapp/exports
    for schema, keys in seen.items():
        assert keys == set(SCHEMAS[schema]["properties"]), schema


def test_parameters_are_those_that_addresses_know() -> None:
    for operation in openapi.OPERATIONS:
        named = tuple(each.name for each in operation.parameters if each.place == "query")
        if operation.path in ("/search.json", "/export.csv", "/export.jsonl"):
            assert named == (*SEARCH_NAMES, "after")
        elif operation.path.startswith(("/search", "/changes")):
            assert named == tuple(SEARCH_NAMES)
        elif operation.path.startswith("/watch"):
            assert named == ("s",)
        elif operation.path.startswith("/trends"):
            assert named == trend_addresses.NAMES
        elif operation.path.startswith(("/concordance", "/terms")):
            searched = tuple(name for name in SEARCH_NAMES if name not in HOW_SHOWN)
            own = ("by", "quoted") if operation.path == "/concordance.csv" else ()
            assert named == (*searched, *own)
        else:
            assert named == (("q",) if operation.name == "suggest" else ())


@pytest.mark.parametrize("operation", openapi.OPERATIONS, ids=lambda each: each.name)
def test_examples_answer_and_unknown_parameters_are_refused(
    client: FlaskClient, operation: openapi.Operation
) -> None:
    response = client.get(operation.example)
    assert response.status_code == 200
    assert response.mimetype == operation.answer.media_type
    for each in operation.parameters:
        if each.place == "query":
            value = each.example[0] if isinstance(each.example, list) else each.example
            path = operation.path
            assert client.get(path, query_string={each.name: value}).status_code == 200
    if operation.path == "/healthz":
        return  # monitors put things of their own behind it
    mark = "&" if "?" in operation.example else "?"
    refused = client.get(f"{operation.example}{mark}colour=red")
    assert refused.status_code == 400
    assert [each["parameter"] for each in refused.get_json(force=True)["errors"]] == ["colour"]
    assert client.get(f"{operation.example}{mark}utm_source=x").status_code == 200


def test_limits_are_those_of_the_code(client: FlaskClient, description: dict[str, Any]) -> None:
    def parameter(path: str, name: str) -> dict[str, Any]:
        listed = description["paths"][path]["get"]["parameters"]
        return next(each["schema"] for each in listed if each["name"] == name)

    words = parameter("/search.json", "q")["maxLength"]
    agencies = parameter("/search.json", "agency")["maxItems"]
    queries = parameter("/trends.json", "q")["maxItems"]
    within = (
        f"/search.json?q={'x' * words}",
        "/search.json?" + "&".join(f"agency=a{number}" for number in range(agencies)),
        "/trends.json?" + "&".join(f"q=a{number}" for number in range(queries)),
    )
    beyond = (
        f"/search.json?q={'x' * (words + 1)}",
        "/search.json?" + "&".join(f"agency=a{number}" for number in range(agencies + 1)),
        "/trends.json?" + "&".join(f"q=a{number}" for number in range(queries + 1)),
    )
    assert [client.get(each).status_code for each in within] == [200] * 3
    assert [client.get(each).status_code for each in beyond] == [400] * 3


def test_the_settings_in_force_are_named(index_folder: object) -> None:
    app = create_app({"index": str(index_folder), "per_page": 7, "feed_items": 13})
    said = app.test_client().get("/api/openapi.json").get_json()["info"]["description"]
    assert "7 releases" in said
    assert "feed 13" in said


def test_problems_described_are_those_that_occur(client: FlaskClient) -> None:
    for operation in openapi.OPERATIONS:
        statuses = {each.status for each in openapi.problems_of(operation)}
        assert client.post(operation.example).status_code == 405
        assert 405 in statuses
        assert (404 in statuses) == (410 in statuses) == ("{id}" in operation.path)
    assert {each.status for each in PROBLEMS} == {400, 404, 405, 410, 414, 429, 500, 503}


@pytest.mark.parametrize("operation", openapi.OPERATIONS, ids=lambda each: each.name)
def test_what_did_not_change_is_described_where_it_is_answered(
    client: FlaskClient, description: dict[str, Any], operation: openapi.Operation
) -> None:
    tag = client.get(operation.example).headers.get("ETag", "")
    again = client.get(operation.example, headers={"If-None-Match": tag} if tag else {})
    described = description["paths"][operation.path]["get"]["responses"]
    assert str(again.status_code) in described
    assert ("304" in described) == (again.status_code == 304)


@pytest.mark.slow
@pytest.mark.parametrize("path", [each.path for each in openapi.OPERATIONS])
def test_schemathesis_finds_nothing(app: Flask, description: dict[str, Any], path: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    operation = schema[path]["GET"]
    right = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    cases = right | wrong if description["paths"][path]["get"]["parameters"] else right

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def ask(case: Any) -> None:
        response = case.call()
        case.validate_response(response, excluded_checks=beyond_json_schema(case, response))

    ask()


def beyond_json_schema(case: Any, response: Any) -> list[Any]:
    """Checks that ask for what JSON Schema cannot say, where that is all that is at issue."""
    query = case.query or {}
    if response.status_code == 400:
        wrong = {(each["code"], each["parameter"]) for each in response.json()["errors"]}
        swapped = ("dates-swapped", "from")  # each date is right, but not the one before the other
        decimal = ("bad-value", "page")  # JSON Schema holds 100.0 for an integer
        cut = ("address-cut", "s")  # each search is short enough, and their address is not
        allowed = {swapped, cut, *([decimal] if str(query.get("page")).endswith(".0") else ())}
        return [schemathesis.checks.positive_data_acceptance] if wrong <= allowed else []
    if response.status_code == 414:
        checks = schemathesis.checks
        return [checks.positive_data_acceptance, checks.negative_data_rejection]
    for each in openapi.SEARCH + openapi.TRENDS + openapi.WATCH:
        values = query.get(each.name, [])
        several = list(map(str, values)) if isinstance(values, list) else [str(values)]
        said = {" ".join(clean(value).split()) for value in several} - {""}
        longest = each.schema.get("maxLength", sys.maxsize)
        # Empty and repeated values do not count, nor do control characters and doubled spaces.
        pattern = each.schema.get("pattern")
        right = pattern and all(re.search(pattern, value) for value in said)
        if (
            (len(several) > each.most >= len(said))
            or max(map(len, several), default=0) > longest >= max(map(len, said), default=0)
            or (right and not all(re.search(pattern, value) for value in several))
        ):
            return [schemathesis.checks.negative_data_rejection]
    return []
