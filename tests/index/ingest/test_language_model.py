"""The model of languages: large runs load it once for all processes, others where it is asked.

Each run has a process of its own: processes that read are forked where the one that starts them has
no other threads, and what loads the model is noted in them only then.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from py3langid.langid import LanguageIdentifier

from index.ingest import builder, read_files
from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore
from index.text import language_detection

CATALAN = "El moll del port torna a obrir divendres i els vaixells hi poden amarrar de nou"
ENGLISH = "The pier is open again on Friday, and the boats of the harbour may moor there"
RELEASES = 60


class Run(NamedTuple):
    """What a run took the languages of the records for, which processes loaded the model, by their
    numbers, that of the run's own, and how many models it kept."""

    languages: set[str]
    loaded_by: list[str]
    own: str
    kept: int


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Run]:
    """A run over records in a language, in a process of its own."""

    def run_over(text: str, *, workers: int, large: bool) -> Run:
        folder = tmp_path / "records"
        folder.mkdir()
        for number in range(RELEASES):
            record = {"headline": f"{number}", "body": f"{text}, {number}.", "id": f"m-{number}"}
            (folder / f"{number}.json").write_text(json.dumps(record))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as apart:
            return apart.submit(_run, folder, workers, large).result()

    return run_over


def _run(records: Path, workers: int, large: bool) -> Run:
    """With worker processes for records of any size, and what loads the model noted."""
    read_files.POOL_FROM_BYTES, read_files.BATCH_PIECES = 1, 1
    if large:
        builder.SHARED_FROM_BYTES = 1
    noted = records.parent / "loaded"
    noted.touch()
    load = LanguageIdentifier.from_model_file

    def noting(*given: Any, **named: Any) -> Any:
        with noted.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return load(*given, **named)

    LanguageIdentifier.from_model_file = noting
    store = FolderStore(records.parent / "index")
    report = build([records], store, BuildOptions(workers=workers))
    assert report.added == RELEASES
    found = {store.release(f"m-{number}") for number in range(RELEASES)}
    return Run(
        languages={each.language for each in found if each is not None},
        loaded_by=noted.read_text().split(),
        own=str(os.getpid()),
        kept=language_detection.language_model.cache_info().currsize,
    )


def test_a_large_run_loads_it_once_and_forgets_it(run: Callable[..., Run]) -> None:
    found = run(CATALAN, workers=2, large=True)
    assert found.languages == {"ca"}
    assert found.loaded_by == [found.own]
    assert found.kept == 0


def test_a_small_run_loads_it_where_it_is_asked(run: Callable[..., Run]) -> None:
    found = run(CATALAN, workers=2, large=False)
    assert found.languages == {"ca"}
    assert found.loaded_by
    assert found.own not in found.loaded_by


def test_one_process_needs_it_only_where_it_is_asked(run: Callable[..., Run]) -> None:
    found = run(ENGLISH, workers=1, large=True)
    assert (found.languages, found.loaded_by) == ({"en"}, [])
