"""The model of languages: large runs load it once for all processes, others where it is asked."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from py3langid.langid import LanguageIdentifier

from index.ingest import builder, read_files
from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore
from index.text import language_detection

CATALAN = "El moll del port torna a obrir divendres i els vaixells hi poden amarrar de nou"
RELEASES = 60


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records that no list of words knows, for which worker processes are started."""
    monkeypatch.setattr(read_files, "POOL_FROM_BYTES", 1)
    monkeypatch.setattr(read_files, "BATCH_PIECES", 1)
    language_detection._model.cache_clear()
    folder = tmp_path / "records"
    folder.mkdir()
    for number in range(RELEASES):
        record = {
            "headline": f"Moll {number}",
            "body": f"{CATALAN}, {number}.",
            "id": f"m-{number}",
        }
        (folder / f"{number}.json").write_text(json.dumps(record))
    return folder


@pytest.fixture
def loaded_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that says, line by line, which process loaded the model."""
    noted = tmp_path / "loaded"
    noted.touch()
    load = LanguageIdentifier.from_model_file

    def noting(*given: Any, **named: Any) -> Any:
        with noted.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return load(*given, **named)

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", noting)
    return noted


def languages_of(records: Path, workers: int) -> set[str]:
    """What a run takes the languages of the records for."""
    store = FolderStore(records.parent / "index")
    report = build([records], store, BuildOptions(workers=workers))
    assert report.added == RELEASES
    found = {store.release(f"m-{number}") for number in range(RELEASES)}
    return {each.language for each in found if each is not None}


def test_a_large_run_loads_it_once_and_forgets_it(
    records: Path, loaded_by: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "SHARED_FROM_BYTES", 1)
    assert languages_of(records, 2) == {"ca"}
    assert loaded_by.read_text().split() == [str(os.getpid())]
    assert language_detection._model.cache_info().currsize == 0


def test_a_small_run_loads_it_where_it_is_asked(records: Path, loaded_by: Path) -> None:
    assert languages_of(records, 2) == {"ca"}
    loaders = loaded_by.read_text().split()
    assert loaders
    assert str(os.getpid()) not in loaders


def test_one_process_needs_it_only_where_it_is_asked(
    records: Path, loaded_by: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "SHARED_FROM_BYTES", 1)
    for path in records.iterdir():
        record = json.loads(path.read_text())
        english = f"The pier is open again on Friday, and the boats of the harbour may moor at {path.stem}."
        path.write_text(json.dumps({**record, "headline": "The pier", "body": english}))
    assert languages_of(records, 1) == {"en"}
    assert not loaded_by.read_text()
