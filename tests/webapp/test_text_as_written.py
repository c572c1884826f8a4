"""From a file to every address: text stays as it is spelt, whatever the file is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore
from webapp import create_app

HEADLINE = "بندر شمالی آغاز می\u200cشود"
BODY = "کارهای بندر از فردا آغاز می\u200cشود و کشتی\u200cها هر ساعت می\u200cروند، مدیر بندر گفت."
SINHALA = "වරාය යළි විවෘත වේ. ක්\u200dෂේත්\u200dරය සෙනසුරාදා සිට විවෘත බව කාර්යාලය පවසයි."
PAGE = (
    f"<html lang='fa'><title>{HEADLINE}</title><meta name='date' content='2024-05-03'>"
    f"<h1>{HEADLINE}</h1><p>{BODY}</p><p>{SINHALA}</p>"
)
RECORD = {"id": "n7", "headline": HEADLINE, "body": f"{BODY}\n\n{SINHALA}", "date": "2024-05-03"}
FEED = (
    f"<rss><channel><title>P</title><item><title>{HEADLINE}</title>"
    f"<description>{BODY}&lt;p&gt;{SINHALA}</description></item></channel></rss>"
)
FORMS = {
    "page-\udcff.html": PAGE,
    "r-\udcff.json": json.dumps(RECORD),
    "r-\udcff.csv": f'headline,body\n{HEADLINE},"{BODY} {SINHALA}"\n',
    "feed-\udcff.xml": FEED,
    "text-\udcff.txt": f"{HEADLINE}\n\n3 May 2024\n\n{BODY}\n\n{SINHALA}\n",
}


@pytest.fixture(scope="module", params=FORMS)
def client(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("written")
    path = folder / request.param
    path.write_text(FORMS[request.param], "utf-8")
    report = build([path], FolderStore(folder / "index"), BuildOptions(workers=1))
    assert (report.added, report.refused.total) == (1, 0)
    return create_app({"index": str(folder / "index")}).test_client()


def addresses(client: FlaskClient) -> Iterator[str]:
    hits = client.get("/search.json?q=بندر").get_json()["hits"]
    release = f"/release/{hits[0]['id']}"
    yield release
    yield from (
        f"{release}{end}" for end in (".json", ".txt", ".bib", ".ris", ".csl.json", ".wiki")
    )
    ends = ("", ".json", ".csv", ".atom", ".feed.json")
    yield from (f"/search{end}?q=بندر" for end in ends)
    yield from (
        f"/{name}?q=بندر" for name in ("export.csv", "export.jsonl", "briefing", "concordance")
    )


def test_every_address_answers_with_what_was_written(client: FlaskClient) -> None:
    for address in addresses(client):
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        shown = answer.text if not answer.is_json else json.dumps(answer.json, ensure_ascii=False)
        assert "می\u200cشود" in shown, address


def test_headline_and_body_are_whole(client: FlaskClient) -> None:
    release = client.get(next(each for each in addresses(client) if each.endswith(".json")))
    assert release.json is not None
    assert release.json["headline"] == HEADLINE
    assert BODY in release.json["body"]
    assert SINHALA in release.json["body"]


def test_fragments_keep_the_joiners(client: FlaskClient) -> None:
    (hit,) = client.get("/search.json?q=کشتی").get_json()["hits"]
    assert "می\u200cروند" in json.dumps(hit, ensure_ascii=False)
