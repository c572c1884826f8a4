"""What changed in a release, kept and shown: built, changed, removed, backed up, and looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index import history
from index.ingest.builder import BuildOptions, build
from index.ingest.report import Report
from index.release import UNATTRIBUTED
from index.sources.reader import ReadOptions
from index.stores.backup import backup, restore
from index.stores.folder import FolderStore
from index.stores.repair import repair
from index.stores.verification import problems
from index.tombstone import MAX_TOMBSTONES, Tombstone, remembered
from search import SearchRequest, open_engine
from tests.webapp.soup import soup_at
from webapp import create_app

FERRY = "The ferry to Westport sails at nine o'clock."
BELL = "A bell rings twice before it leaves the pier."


def write(folder: Path, *records: tuple[str, str, str]) -> None:
    """Records of id, headline and body as the one file of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"id": each, "headline": headline, "body": body, "date": "2024-05-03",
                    "agency": "Ferry Office"})
        for each, headline, body in records
    ]  # fmt: skip
    (folder / "releases.jsonl").write_text("\n".join(lines), encoding="utf-8")


def run(tmp_path: Path, *records: tuple[str, str, str], prune: bool = False) -> Report:
    write(tmp_path / "releases", *records)
    options = BuildOptions(prune=prune, workers=1, reread=True)
    return build([tmp_path / "releases"], FolderStore(tmp_path / "index"), options)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """An index in which F changed twice, G never, and H was removed."""
    run(tmp_path, ("F", "Ferry", f"{FERRY}\n\n{BELL}"), ("G", "Gate", "Shut."), ("H", "Hut", "O."))
    run(tmp_path, ("F", "Ferry", f"{FERRY.replace('nine', 'ten')}\n\n{BELL}"), ("G", "Gate", "Shut."),
        ("H", "Hut & <3", "O."))  # fmt: skip
    last = f"{FERRY.replace('nine', 'noon&')}\n\n{BELL}"
    run(tmp_path, ("F", "Ferry", last), ("G", "Gate", "Shut."), prune=True)
    return tmp_path / "index"


@pytest.mark.parametrize("path", ["F/changes", "F/quote/2", "H"])
def test_what_is_shared_of_a_release_says_what_it_is(client: FlaskClient, path: str) -> None:
    soup = BeautifulSoup(client.get(f"/release/{path}").text, "lxml")
    said = {
        str(each["property"]): str(each["content"]) for each in soup.select("meta[property^='og:']")
    }
    headline = "Hut & <3" if path == "H" else "Ferry"
    assert headline in said["og:title"]
    assert said["og:url"].endswith(f"/release/{path}")
    described = soup.select_one("meta[name=description]")
    assert described
    assert described["content"] == said["og:description"]
    assert len(said["og:description"]) > 20


@pytest.fixture
def client(changed: Path) -> FlaskClient:
    return create_app({"index": str(changed)}).test_client()


def test_every_text_is_kept_with_when_it_was_here(changed: Path) -> None:
    engine = open_engine(str(changed))
    kept = engine.history("F")
    assert kept is not None
    first, second = history.versions_of(kept.versions)
    assert ("nine" in first.body, "ten" in second.body, kept.changes) == (True, True, 2)
    assert first.first_seen == kept.first_indexed
    assert first.last_seen == second.first_seen
    assert second.last_seen == kept.changed
    assert engine.history("G") == history.History(engine.history("G").first_indexed)  # type: ignore[union-attr]
    (hit,) = engine.search(SearchRequest(changed_only=True)).hits
    assert (hit.release.id, hit.changes) == ("F", 2)
    assert engine.search(SearchRequest("nine")).total == 0
    engine.close()


def test_words_that_went_and_came_stand_side_by_side(client: FlaskClient) -> None:
    soup = soup_at(client, "/release/F/changes")
    assert [each.get_text() for each in soup.select(".diff del")] == ["ten"]
    assert [each.get_text() for each in soup.select(".diff ins")] == ["noon&"]
    assert "Changed 2 times" in soup.select_one("main").get_text()  # type: ignore[union-attr]
    other = soup.select_one(".changes nav a")
    assert other is not None
    former = soup_at(client, str(other["href"]))
    assert [each.get_text() for each in former.select(".diff del, .diff ins")] == ["nine", "ten"]
    for wrong in ("0", "3", "x", "１"):
        soup_at(client, f"/release/F/changes?change={wrong}", 404)
    untouched = soup_at(client, "/release/G/changes")
    assert "Not changed since" in untouched.select_one("main").get_text()  # type: ignore[union-attr]
    assert untouched.select(".diff") == []


def test_lists_and_the_page_say_that_it_changed(client: FlaskClient) -> None:
    for address in ("/search", "/search?changed=1", "/release/F/ferry"):
        (link,) = soup_at(client, address).select("a[href='/release/F/changes']")
        assert link.get_text().startswith("Changed 2 times, last on ")
    assert len(soup_at(client, "/search?changed=1").select(".hits > li")) == 1
    feed = client.get("/changes.atom").data.decode()
    assert feed.count("<entry") == 1
    assert "/release/F/changes" in feed


def test_the_first_page_leads_to_what_changed(client: FlaskClient, tmp_path: Path) -> None:
    home = BeautifulSoup(client.get("/").text, "html.parser")
    (link,) = home.find_all("a", string="Changes")
    found = BeautifulSoup(client.get(str(link["href"])).text, "html.parser")
    assert [each.get_text() for each in found.select("article h2 a, article h3 a")] == ["Ferry"]
    run(tmp_path / "new", ("G", "Gate", "Shut."))
    unchanged = create_app({"index": str(tmp_path / "new/index")}).test_client()
    assert ">Changes<" not in unchanged.get("/").text


def test_what_was_removed_is_remembered_until_it_is_there_again(
    client: FlaskClient, tmp_path: Path
) -> None:
    soup = soup_at(client, "/release/H/hut", 410)
    main = soup.select_one("main")
    assert main is not None
    text = main.get_text(" ")
    assert all(each in text for each in ("Hut & <3", "Ferry Office", "3 May 2024", "removed here"))
    assert client.get("/release/H.json").status_code == 410
    problem = client.get("/release/H.json").get_json()
    assert (problem["status"], problem["type"].rpartition("#")[2]) == (410, "gone")
    assert client.get("/release/K").status_code == 404
    run(tmp_path, ("H", "Hut", "O."))
    assert client.get("/release/H/hut").status_code == 200


def test_history_outlives_backup_restore_and_repair(changed: Path, tmp_path: Path) -> None:
    before = open_engine(str(changed)).history("F")
    backup(changed, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "restored")
    repair(changed)
    for folder in (changed, tmp_path / "copy", tmp_path / "restored"):
        assert list(problems(folder)) == []
        engine = open_engine(str(folder))
        assert engine.history("F") == before
        assert engine.tombstone("H") is not None
        assert len(engine.search(SearchRequest(changed_only=True)).hits) == 1
        engine.close()


def test_a_file_that_is_read_in_another_way_has_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.unchanged.SETTLED_SECONDS", -1e9)
    source, store = tmp_path / "releases", FolderStore(tmp_path / "index")
    write(source, ("F", "Ferry", FERRY))
    file = source / "releases.jsonl"
    file.write_text(
        file.read_text("utf-8").replace('"body"', '"note": "Another.", "body"'), "utf-8"
    )
    in_another_way = BuildOptions(workers=1, read=ReadOptions(mapping={"body": "note"}))

    def bodies_and_changes(options: BuildOptions) -> tuple[str, int]:
        build([source], store, options)
        engine = open_engine(str(tmp_path / "index"))
        found, kept = engine.release("F"), engine.history("F")
        engine.close()
        assert found is not None
        assert kept is not None
        return found.body, kept.changes

    assert bodies_and_changes(BuildOptions(workers=1)) == (FERRY, 0)
    assert bodies_and_changes(in_another_way) == ("Another.", 0)
    file.write_text(file.read_text("utf-8").replace("Another.", "A third."), "utf-8")
    assert bodies_and_changes(in_another_way) == ("A third.", 1)


def test_a_text_that_changes_in_every_run_keeps_the_first_and_the_newest() -> None:
    stored = {"first_indexed": "2024-01-01", "headline": "H", "body": "0"}
    for number in range(1, history.MAX_VERSIONS + 20):
        after = history.changed_at(stored, f"2024-01-01T{number:04}")
        stored = {**after.to_stored(), "headline": "H", "body": str(number)}
    kept = history.versions_of(str(stored["versions"]))
    assert len(kept) == history.MAX_VERSIONS
    assert (kept[0].body, kept[-1].body) == ("0", str(history.MAX_VERSIONS + 18))
    assert stored["changes"] == history.MAX_VERSIONS + 19
    long = {"first_indexed": "2024", "headline": "H", "body": "x" * history.MAX_TEXT}
    once = history.changed_at(long, "2025")
    twice = history.changed_at({**once.to_stored(), "headline": "H", "body": "y"}, "2026")
    assert [each.first_seen for each in history.versions_of(twice.versions)] == ["2024"]


@pytest.mark.parametrize("packed", ["x", "eJw=", "AAAA", "eJyLjgUAARUAuQ=="])
def test_former_texts_that_cannot_be_read_are_damage(packed: str) -> None:
    if packed == "eJyLjgUAARUAuQ==":
        assert history.versions_of(packed) == ()
        return
    with pytest.raises(history.DamagedIndexError, match="former texts"):
        history.versions_of(packed)


def test_no_more_removed_releases_are_remembered_than_a_commit_can_hold() -> None:
    stones = [Tombstone(str(each), "H", UNATTRIBUTED, None, "2024") for each in range(12_000)]
    kept = remembered(stones[:9_000], stones[9_000:], there={"8999"})
    assert len(kept) == MAX_TOMBSTONES
    assert kept[-1].id == "11999"
    assert "8999" not in {each.id for each in kept}
