"""Copies between a folder and a cluster, backups and restores, other facets: read back each time."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from index.cluster.commit import read_commit
from index.errors import DatelineError, NoIndexError
from index.facet_table import facet_of_column
from index.stores.backup import restore_to_store
from index.stores.copying import copy_records
from index.stores.folder import FolderStore
from index.stores.opensearch import STATE, OpenSearchStore
from index.stores.verification import problems
from search import SearchRequest, SearchResults, open_engine
from tests.search.engines.test_conformance import in_folder, summary
from tests.search.search_corpus import CORPUS
from webapp.cli.main import main

pytestmark = pytest.mark.cluster


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands keep catalogues here."""
    monkeypatch.setenv(STATE, str(tmp_path / "state"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of several segments, some of whose documents are deleted."""
    made = tmp_path_factory.mktemp("copied") / "index"
    in_folder(made, CORPUS).close()
    return made


def run(*arguments: object) -> int:
    return main([str(each) for each in arguments])


def without_scores(results: SearchResults) -> tuple[object, ...]:
    """All that `summary` has but scores: of deleted documents a copy knows no lengths."""
    total, page, pages, hits, *others = summary(results)
    assert isinstance(hits, list)
    return total, page, pages, [(each[0], *each[2:]) for each in hits], *others


def test_what_moves_to_a_cluster_and_back_is_what_it_was(
    store: OpenSearchStore, folder: Path, tmp_path: Path
) -> None:
    back = tmp_path / "back"
    assert run("copy", folder, store.address) == 0
    assert run("copy", store.address, back) == 0
    assert list(problems(back)) == []
    by_id = sorted(FolderStore(folder).records(), key=lambda each: str(each["id"]))
    assert sorted(FolderStore(back).records(), key=lambda each: str(each["id"])) == by_id
    for text in ("", "harbour", '"harbour tax" OR ferry'):
        found = [open_engine(str(each)).search(SearchRequest(text)) for each in (folder, back)]
        assert without_scores(found[0]) == without_scores(found[1])


def test_a_copy_goes_nowhere_that_holds_releases(
    store: OpenSearchStore, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("copy", folder, folder) == 1
    assert "holds releases already" in capsys.readouterr().err
    assert run("copy", tmp_path / "nothing", store.address) == 4
    assert read_commit(store.client) is None


def test_a_copy_that_is_not_the_same_is_told(
    store: OpenSearchStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = OpenSearchStore.records
    with monkeypatch.context() as patched:
        patched.setattr(
            OpenSearchStore,
            "records",
            lambda self: ({**each, "url": "altered"} for each in records(self)),
        )
        with pytest.raises(DatelineError, match="is not what was copied"):
            copy_records(FolderStore(folder), store)


def test_a_backup_brings_back_what_was_there(
    store: OpenSearchStore, folder: Path, tmp_path: Path
) -> None:
    index, kept = ("--index", store.address), tmp_path / "kept"
    run("copy", folder, store.address)
    before = read_commit(store.client)
    assert before is not None
    assert run("backup", kept, *index) == 0
    assert run("backup", kept, *index) == 1, "a backup replaces none"
    with store.writing():
        store.apply([str(CORPUS[0].id)], [])
    engine = open_engine(str(store.address))
    assert engine.count(SearchRequest()) == len(CORPUS) - 1
    assert run("restore", kept, *index) == 0
    assert engine.count(SearchRequest()) == len(CORPUS)
    assert store.client.exists(before.index), "for who reads it still"
    assert run("verify", *index) == 0
    with store.writing():
        assert not store.client.exists(before.index)


def test_an_index_gets_a_facet_and_loses_it(store: OpenSearchStore, folder: Path) -> None:
    topic = facet_of_column("topic")
    run("copy", folder, store.address)
    assert store.change_facets([topic])
    assert not store.change_facets([topic])
    assert store.facets() == (topic,)
    engine = open_engine(str(store.address))
    assert engine.coverage().columns == (topic,)
    assert engine.count(SearchRequest()) == len(CORPUS)
    assert store.change_facets([], ["topic"])
    assert store.facets() == ()
    with pytest.raises(DatelineError, match="has no facet 'topic'"):
        store.change_facets([], ["topic"])


def test_what_is_no_backup_is_not_restored(store: OpenSearchStore, tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        restore_to_store(tmp_path, store)
    assert read_commit(store.client) is None
