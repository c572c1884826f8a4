"""JSON, CSV, Atom: they parse, and they agree with the page."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from index.release import Release
from search import Engine, Hit, SearchRequest
from tests.webapp.press_room import by_id
from webapp.exports.atom import ATOM, atom_feed
from webapp.exports.feed_entries import Feed
from webapp.exports.results_json import results_object
from webapp.exports.table import CSV_COLUMNS, csv_lines
from webapp.site.links import Links
from webapp.site.search_addresses import EXPORTS, read_query

RELEASES = by_id()
QUERIES = ["", "q=flood", "q=flood&agency=water-board&sort=oldest", "undated=1", "q=zzzz"]
NAMESPACES = {"a": ATOM}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def hit(release: Release, first_indexed: str = "2024-01-01T00:00:00Z") -> Hit:
    return Hit(release, release.headline, ("lead",), None, first_indexed)


@pytest.mark.parametrize("query", QUERIES)
def test_all_forms_hold_the_same_releases(client: FlaskClient, engine: Engine, query: str) -> None:
    request = read_query(query).request
    total = engine.count(request)
    wanted = [each.release.id for each in engine.every_hit(request)]
    found: list[str] = []
    for number in range(1, max(1, -(-total // 10)) + 1):
        address = Links().search(request.changed(page=number), ".json")
        page = client.get(address).get_json()
        assert (page["total"], page["page"]) == (total, number)
        found += [each["id"] for each in page["hits"]]
    assert found == wanted
    table = rows(client.get(f"/search.csv?{query}").get_data(as_text=True))
    assert [row["id"].removeprefix("'") for row in table] == wanted
    feed = etree.fromstring(client.get(f"/search.atom?{query}").data)
    titles = feed.xpath("a:entry/a:title/text()", namespaces=NAMESPACES)
    assert sorted(titles) == sorted(
        RELEASES[each].headline or "Release without a headline" for each in wanted
    )


def test_where_nothing_matches_feeds_and_json_hold_most_and_say_so_and_csv_nothing(
    client: FlaskClient,
) -> None:
    query = "q=flood+reservoir+zzzz"
    found = client.get(f"/search.json?{query}").get_json()
    assert (found["total"], found["loosened_total"], len(found["hits"])) == (0, 12, 10)
    assert all(hit["lacks"] == ["zzzz"] for hit in found["hits"])
    said = {notice["code"]: notice["undo"] for notice in found["notices"]}
    assert said["loosened"] == f"/search?{query}&match=strict"
    feed = etree.fromstring(client.get(f"/search.atom?{query}").data)
    assert len(feed.xpath("a:entry", namespaces=NAMESPACES)) == 12
    assert feed.xpath("a:subtitle/text()", namespaces=NAMESPACES)[0].startswith("No release contai")
    items = client.get(f"/search.feed.json?{query}").get_json(force=True)
    assert (len(items["items"]), items["description"][:17]) == (12, "No release contai")
    assert rows(client.get(f"/search.csv?{query}").get_data(as_text=True)) == []
    exact = etree.fromstring(client.get("/search.atom?q=flood").data)
    assert exact.xpath("a:subtitle", namespaces=NAMESPACES) == []


def test_the_json_object_is_what_the_contract_says(client: FlaskClient, engine: Engine) -> None:
    found = client.get("/search.json?q=flood&agency=water-board&from=2021").get_json()
    assert list(found) == [
        "request", "total", "loosened_total", "page", "pages", "next", "hits", "facets", "notices",
        "did_you_mean", "offers", "folded", "took_ms",
    ]  # fmt: skip
    first = found["hits"][0]
    assert set(first) == {
        "id", "path", "url", "headline", "headline_html", "date", "date_precision", "date_source",
        "agency", "language", "snippets", "snippet_paragraphs", "more_matches", "score", "lacks", "copies",
        "copies_total", "changed", "changes",
    }  # fmt: skip
    release = RELEASES[first["id"]]
    assert first["agency"] == {"slug": release.agency.slug, "name": release.agency.name}
    assert client.get(first["path"]).status_code == 200
    assert set(found["facets"]["agency"][0]) == {"slug", "name", "count", "selected", "excluded"}
    assert set(found["facets"]["date"][0]) == {"from", "to", "count", "selected"}
    assert found["request"]["agencies"] == ["water-board"]
    assert found["request"]["sort"] == "relevance"
    request = SearchRequest("flood", agencies=("water-board",), date_from="2021")
    same = json.loads(json.dumps(results_object(Links(), engine.search(request))))
    assert {**same, "took_ms": 0} == {**found, "took_ms": 0}


@pytest.mark.parametrize("suffix", EXPORTS)
def test_exports_refuse_what_they_cannot_read(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/search{suffix}?q=flood&from=soon&colour=red")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    codes = {error["code"] for error in response.get_json(force=True)["errors"]}
    assert codes == {"bad-date", "unknown-parameter"}


def test_exports_answer_untidy_addresses_at_once(client: FlaskClient) -> None:
    for suffix in EXPORTS:
        assert client.get(f"/search{suffix}?agency=&q=flood&from=March+2020").status_code == 200


def test_csv_begins_with_a_byte_order_mark_and_the_columns(client: FlaskClient) -> None:
    response = client.get("/search.csv?q=flood+drill&agency=water-board")
    assert response.data.startswith(b"\xef\xbb\xbf" + ",".join(CSV_COLUMNS).encode() + b"\r\n")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="releases-flood-drill-water-board.csv"'
    )
    (row,) = rows(response.get_data(as_text=True))
    assert row["agency"] == "Water Board"
    assert row["page_url"] == "https://press.example/release/yearless"
    assert row["date"] == "'--11-05"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from([*"=+-@＝＋－＠\t\r\n", " =", "\u00a0+", "\u3000-", "\u2003 @", "\x00="]),
)
def test_no_value_begins_like_a_formula(text: str, sign: str) -> None:
    release = Release(id=sign + text, headline=sign + text, body="", url=sign + text)
    (row,) = rows("".join(csv_lines(Links(root="https://press.example"), [hit(release)])))
    for name in ("id", "headline", "source_url"):
        assert row[name] == "'" + (sign + text).replace("\0", "")


@given(st.text(st.sampled_from('",;\r\n ') | st.characters(exclude_categories=["Cs"]), max_size=40))
def test_csv_values_come_back(text: str) -> None:
    release = Release(id="x", headline="h" + text, body="")
    (row,) = rows("".join(csv_lines(Links(), [hit(release)])))
    assert row["headline"] == "h" + text.replace("\0", "")


def test_a_feed_is_valid_newest_first_and_says_what_it_is(client: FlaskClient) -> None:
    response = client.get("/search.atom?q=flood&agency=water-board&agency=harbour-office")
    feed = etree.fromstring(response.data)
    assert feed.tag == f"{{{ATOM}}}feed"
    assert feed.xpath("a:title/text()", namespaces=NAMESPACES) == [
        "Dateline: releases for “flood” by Harbour Office or Water Board"
    ]
    (self_link,) = feed.xpath("a:link[@rel='self']/@href", namespaces=NAMESPACES)
    assert self_link == (
        "https://press.example/search.atom?q=flood&agency=harbour-office&agency=water-board"
    )
    entries = feed.findall("a:entry", NAMESPACES)
    published = [
        datetime.fromisoformat(text)
        for text in feed.xpath("a:entry/a:published/text()", namespaces=NAMESPACES)
    ]
    assert published == sorted(published, reverse=True)
    assert len(published) == len(entries) - 1  # the drill has no year
    ids = [entry.findtext("a:id", None, NAMESPACES) for entry in entries]
    assert len(set(ids)) == len(ids)
    for element in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert element.findtext(f"a:{name}", None, NAMESPACES)
        assert RFC_3339.fullmatch(element.findtext("a:updated", "", NAMESPACES))
    for entry in entries:
        assert entry.findtext("a:author/a:name", None, NAMESPACES)
        assert entry.find("a:link[@rel='alternate']", NAMESPACES) is not None


def test_a_feed_is_bounded_and_its_ids_do_not_move(client: FlaskClient) -> None:
    first = etree.fromstring(client.get("/search.atom").data)
    again = etree.fromstring(client.get("/search.atom", base_url="http://elsewhere.local/").data)
    ids = first.xpath("a:entry/a:id/text()", namespaces=NAMESPACES)
    assert ids == again.xpath("a:entry/a:id/text()", namespaces=NAMESPACES)
    assert len(ids) == len(RELEASES)
    from webapp import create_app

    folder = client.application.extensions["dateline"].settings.index
    short = create_app({"index": folder, "feed_items": 3}).test_client()
    assert len(etree.fromstring(short.get("/search.atom").data).findall("a:entry", NAMESPACES)) == 3


@given(st.text(max_size=40), st.text(max_size=12), st.none() | st.text(max_size=25))
def test_any_release_makes_a_feed_that_parses(text: str, when: str, issued: str | None) -> None:
    release = Release(id=text, headline=text, body="", url=text, issued_at=issued)
    xml = atom_feed(
        Links(root="https://press.example"),
        [hit(release, when)],
        Feed(
            title=text,
            page_url="https://press.example/search",
            feed_url="https://press.example/search.atom",
            updated=when,
        ),
    )
    feed = etree.fromstring(xml)
    assert RFC_3339.fullmatch(feed.findtext("a:updated", "", NAMESPACES))
    assert RFC_3339.fullmatch(feed.findtext("a:entry/a:updated", "", NAMESPACES))


def test_opensearch_names_the_addresses_of_this_site(client: FlaskClient) -> None:
    root = etree.fromstring(client.get("/opensearch.xml").data)
    assert root.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    urls = {each.get("type"): each.get("template") for each in root.iter("{*}Url")}
    assert urls == {
        "text/html": "https://press.example/search?q={searchTerms}",
        "application/x-suggestions+json": "https://press.example/opensearch-suggestions"
        "?q={searchTerms}",
        "application/atom+xml": "https://press.example/search.atom?q={searchTerms}",
        "application/opensearchdescription+xml": "https://press.example/opensearch.xml",
    }
    assert len(root.findtext("{*}ShortName")) <= 16
