"""Facets of the index's own columns on every page, in JSON, CSV, and addresses."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import index.stores.folder
from index.facet_table import AGENCY, facet_of_column, values_of
from tests.webapp.press_room import press_room, write
from tests.webapp.soup import soup_at
from webapp import create_app
from webapp.api.schemas import SCHEMAS

jsonschema = pytest.importorskip("jsonschema_rs")
TOPIC = facet_of_column("topic")
TOPICS = {each.id: values_of(TOPIC, dict(each.extra)) for each in press_room()}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The press room with a facet."""
    folder = tmp_path_factory.mktemp("faceted") / "index"
    write(folder, press_room(), (TOPIC, facet_of_column("主題", "topic")))
    return create_app({"index": str(folder), "facet_agencies": 2})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client(use_cookies=False)


def test_counts_stand_beside_the_results_and_a_tick_narrows_them(client: FlaskClient) -> None:
    plain = Counter(topic for topics in TOPICS.values() for topic in topics)
    soup = soup_at(client, "/search")
    rows = soup.select("section[aria-labelledby=by-topic] label")
    shown = {row.select_one(".what").text: int(row.select_one(".number").text) for row in rows}
    most = sorted(plain.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    assert shown == dict(most)
    box = rows[0].find("input")
    assert (box["name"], box["form"]) == ("topic", "search")
    chosen = soup_at(client, f"/search?topic={box['value']}")
    assert f"{most[0][1]} releases" in chosen.h1.text
    chips = [chip.text for chip in chosen.select(".chips a")]
    assert any("Topic" in chip and most[0][0] in chip for chip in chips)
    others = chosen.select("section[aria-labelledby=by-topic] .number:not(.rate)")
    assert [each.text for each in others] == [str(count) for _, count in most]
    assert not chosen.select("form#search input[type=hidden][name=topic]")


def test_a_language_is_ticked_as_an_agency_is(client: FlaskClient) -> None:
    spoken = Counter(each.language for each in press_room())
    soup = soup_at(client, "/search?language=zh")
    section = soup.select_one("section[aria-labelledby=by-language]")
    assert section.h2.contents[0].strip() == "Language"
    rows = {row.input["value"]: row for row in section.select("label")}
    assert {tag: int(row.select_one(".number").text) for tag, row in rows.items()} == {
        tag: spoken[tag] for tag in rows
    }
    assert [tag for tag, row in rows.items() if row.input.has_attr("checked")] == ["zh-Hant"]
    assert soup.h1.text == f"{spoken['zh-Hant']} release" + "s" * (spoken["zh-Hant"] > 1)
    assert not soup.select("form#search input[type=hidden][name=language]")
    assert "英文" in soup_at(client, "/zh-hant/search").select_one("#by-language ~ .choices").text
    assert soup_at(client, "/search/by/language?q=flood").select("input[name=language]")


def test_a_value_is_left_out_on_the_page_and_in_every_form_of_the_answer(
    client: FlaskClient,
) -> None:
    moved = client.get("/search?agency=-Harbour Office&topic=-floods")
    address = "agency=-harbour-office&topic=-floods"
    assert moved.headers["Location"].endswith(f"/search?{address}")
    expected = {
        each.id
        for each in press_room()
        if "Floods" not in TOPICS[each.id] and each.agency.slug != "harbour-office"
    }
    soup = soup_at(client, f"/search?{address}")
    assert soup.h1.text.split()[0] == str(len(expected))
    assert soup.select_one("[role=status] .hide").text.endswith(
        "not by Harbour Office without topic Floods"
    )
    chips = {chip.text.strip(): chip["href"] for chip in soup.select(".chips a")}
    (href,) = [href for text, href in chips.items() if "not Harbour Office" in text]
    assert href == "/search?topic=-floods"
    (box,) = soup.select("input[name=agency][checked]")
    assert (box["value"], box.find_next(class_="what").text) == (
        "-harbour-office",
        "not Harbour Office",
    )
    found = json.loads(client.get(f"/search.json?{address}&per_page=100&copies=1").data)
    assert {hit["id"] for hit in found["hits"]} == expected
    assert [row["slug"] for row in found["facets"]["agency"] if row["excluded"]] == [
        "harbour-office"
    ]
    table = client.get(f"/search.csv?{address}").data.decode("utf-8-sig")
    found_ids = {row["id"].removeprefix("'") for row in csv.DictReader(io.StringIO(table))}
    assert found_ids == expected
    feed = client.get(f"/search.atom?{address}&copies=1").text
    assert feed.count("</entry>") == min(50, len(expected))


@pytest.mark.parametrize("page", ["/search", "/search/agencies", "/search/by/topic"])
def test_a_button_beside_a_value_leaves_it_out_and_keeps_the_rest(
    client: FlaskClient, page: str
) -> None:
    soup = soup_at(client, f"{page}?q=notice&agency=water-board&from=2021")
    button = soup.select_one(".choices button.not")
    form = soup.find(id=button["form"])
    own = [*form.select("input[name]"), *soup.select(f"input[form={form['id']}][name]")]
    sent = [
        (each["name"], each.get("value", ""))
        for each in own
        if each.get("type") != "checkbox" or each.has_attr("checked")
    ]
    sent.append((button["name"], button["value"]))
    asked = {pair for pair in sent if pair[1]}
    assert asked == {
        ("q", "notice"),
        ("agency", "water-board"),
        ("from", "2021"),
        (button["name"], button["value"]),
    }
    assert button["value"].startswith("-")


def test_one_address_a_search_and_every_export_has_the_same_releases(client: FlaskClient) -> None:
    moved = client.get(
        "/search?from=2021&topic=Health%20%26%20Food&agency=water-board&topic=floods"
    )
    address = "agency=water-board&topic=floods&topic=health-food&from=2021"
    assert moved.headers["Location"].endswith(f"/search?{address}")
    expected = {
        each.id
        for each in press_room()
        if {"Floods", "Health & food"} & {*TOPICS[each.id]} and each.agency.slug == "water-board"
    }
    found = json.loads(client.get(f"/search.json?{address}&per_page=100").data)
    assert {hit["id"] for hit in found["hits"]} == expected
    assert found["request"]["facets"] == {"topic": ["floods", "health-food"]}
    assert {row["slug"] for row in found["facets"]["topic"] if row["selected"]} == {
        "floods",
        "health-food",
    }
    whole = {"$ref": "#/components/schemas/Results", "components": {"schemas": SCHEMAS}}
    assert not list(jsonschema.Draft202012Validator(whole).iter_errors(found))
    table = client.get(f"/search.csv?{address}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["id"] for row in rows} == expected
    for row in rows:
        assert row["topic"] == "; ".join(TOPICS[row["id"]])
        assert json.loads(row["extra"])["topic"] == list(TOPICS[row["id"]])
    lines = client.get(f"/export.jsonl?{address}").text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == expected


def test_values_have_pages_and_a_list(client: FlaskClient) -> None:
    every = soup_at(client, "/browse/topic")
    links = {each["href"] for each in every.select(".groups a")}
    assert "/browse/topic/health-food" in links
    one = soup_at(client, "/browse/topic/health-food")
    assert one.h1.text == "Health & food"
    assert soup_at(client, "/").select("a[href='/browse/topic']")
    listed = soup_at(client, "/search/by/topic?q=notice&find=HEALTH")
    assert [each.text for each in listed.select(".choices .what")] == ["Health & food"]
    release = soup_at(client, "/release/R003")
    assert release.select("section[aria-labelledby=extra] a[href='/browse/topic/floods']")
    for nothing in ("/browse/colour", "/browse/topic/nothing", "/search/by/colour", "/browse/~"):
        assert client.get(nothing).status_code == 404


def test_what_is_not_there_is_said_with_ways_out(client: FlaskClient) -> None:
    soup = soup_at(client, "/search?topic=nothing")
    assert "No release has “nothing” as its topic." in soup.text
    assert "Any topic (not just nothing)" in soup.text
    assert client.get("/search.json?colour=red").status_code == 400


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/zh-hans"])
def test_names_of_every_script_in_every_language(client: FlaskClient, prefix: str) -> None:
    soup = soup_at(client, f"{prefix}/search?topic=floods&%E4%B8%BB%E9%A1%8C=floods")
    assert soup.select_one("h2[id='by-主題']") is not None
    assert len(soup.select(".chips a[rel=nofollow]")) >= 2
    found = json.loads(client.get("/search.json?q=主題:floods").data)
    assert found["total"] == sum("Floods" in topics for topics in TOPICS.values())


def test_the_way_back_keeps_the_filter(client: FlaskClient) -> None:
    soup = soup_at(client, "/search?q=notice&topic=floods")
    first = soup.select_one(".hits h2 a")
    assert "topic=floods" in first["href"]
    assert soup_at(client, first["href"]).select("a[href*='topic=floods']")


def test_a_concordance_keeps_the_filter(client: FlaskClient) -> None:
    soup = soup_at(client, "/search?q=office&topic=floods")
    address = soup.select_one(".take a[href*='/concordance']")["href"]
    rows = client.get(address.replace("/concordance", "/concordance.csv"))
    found = {row["id"] for row in csv.DictReader(io.StringIO(rows.data.decode("utf-8-sig")))}
    assert found
    assert all("Floods" in TOPICS[each] for each in found)
    again = soup_at(client, f"{address}&undated=1&quoted=1").select_one("form[role=search]")
    kept = {each["name"]: each["value"] for each in again.select("input[type=hidden]")}
    assert kept == {"topic": "floods", "undated": "1", "quoted": "1"}


def test_an_index_without_facets_has_none_anywhere(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, press_room()[:3])
    client = create_app({"index": str(folder)}).test_client()
    assert set(json.loads(client.get("/search.json").data)["facets"]) == {"agency", "date"}
    assert client.get("/search.json?topic=floods").status_code == 400
    assert "Also by" not in client.get("/").text


def test_trends_are_of_the_values_chosen(client: FlaskClient) -> None:
    """Page, JSON and CSV of a comparison, by the filter that a search has."""
    expected = {each.id for each in press_room() if {"Floods"} & {*TOPICS[each.id]}}
    address = "q=notice&topic=floods"
    total = json.loads(client.get("/search.json?" + address).data)["total"]
    assert 0 < total < json.loads(client.get("/search.json?q=notice").data)["total"]
    found = json.loads(client.get("/trends.json?" + address).data)
    assert found["request"]["facets"] == {"topic": ["floods"]}
    assert (found["total"], found["series"][0]["total"]) == (len(expected), total)
    whole = {"$ref": "#/components/schemas/Trends", "components": {"schemas": SCHEMAS}}
    assert not list(jsonschema.Draft202012Validator(whole).iter_errors(found))
    rows = csv.DictReader(
        io.StringIO(client.get("/trends.csv?" + address).data.decode("utf-8-sig"))
    )
    assert sum(int(row["count"]) for row in rows) == sum(found["series"][0]["counts"])
    soup = soup_at(client, "/trends?" + address)
    assert [box["value"] for box in soup.select("input[name=topic][checked]")] == ["floods"]
    assert soup.select_one(".chips a")["href"] == "/trends?q=notice"
    assert client.get("/trends?topic=Floods&q=notice").headers["Location"].endswith(address)
    assert client.get("/trends.json?q=notice&colour=red").status_code == 400


def test_agencies_are_compared_under_a_facet_of_the_indexs_own(client: FlaskClient) -> None:
    both = "agency=harbour-office&agency=water-board&topic=floods"
    link = soup_at(client, "/search?" + both).select_one(".compare a")["href"]
    assert link == "/trends?q=agency%3Aharbour-office&q=agency%3Awater-board&topic=floods"


def test_a_row_of_the_table_is_a_facet_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What CONTRIBUTING.md says of a facet in code: the row alone makes it one."""
    monkeypatch.setattr(index.stores.folder, "TABLE", (AGENCY, TOPIC))
    write(tmp_path / "index", press_room())
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    plain = Counter(topic for topics in TOPICS.values() for topic in topics)
    found = json.loads(client.get("/search.json").data)["facets"]
    assert {row["name"]: row["count"] for row in found["topic"]} == plain
    for address, count in (("topic=floods", plain["Floods"]), ("q=topic:floods", plain["Floods"])):
        assert json.loads(client.get("/search.json?" + address).data)["total"] == count
        lines = client.get("/export.jsonl?" + address).text.splitlines()
        assert len(lines) == count
    assert "topic" in client.get("/search.csv").data.decode("utf-8-sig").splitlines()[0].split(",")
    assert soup_at(client, "/search?topic=floods").select(".chips a")
    assert soup_at(client, "/trends?q=notice").select("input[name=topic]")
    assert soup_at(client, "/browse/topic/floods").h1.text == "Floods"
