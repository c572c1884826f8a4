"""Faults of the disk at every step: a full one, one that fails, files that vanish while they are used."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from index.codec import files
from index.errors import DamagedIndexError, DatelineError
from index.ingest import spool
from index.stores import catalogue
from index.stores.folder import FolderStore
from index.stores.verification import problems
from search import SearchRequest, open_engine
from tests.torture.harbour import State, bring_up_to_date, notice, state_of, write_source
from tests.torture.simulated_disk import Recording, Step
from tests.torture.torture_size import size

OLD: State = {f"n-{number}": notice(number) for number in range(12)}
NEW: State = {f"n-{number}": notice(number, 1 + number % 3) for number in range(3, 18)}
ERRORS = {"a full disk": errno.ENOSPC, "a failing disk": errno.EIO, "a read-only disk": errno.EROFS}


def failing(code: int) -> OSError:
    return OSError(code, os.strerror(code))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index in the old state, and a source of the new one."""
    top = tmp_path_factory.mktemp("world")
    write_source(top / "source" / "notices.jsonl", OLD)
    bring_up_to_date(FolderStore(top / "index"), top / "source" / "notices.jsonl")
    write_source(top / "source" / "notices.jsonl", NEW)
    return top


@pytest.mark.parametrize("first", [False, True], ids=["update", "first run"])
@pytest.mark.parametrize("fault", ERRORS)
def test_a_disk_that_fails_at_any_step(
    world: Path, tmp_path: Path, fault: str, first: bool
) -> None:
    """The message says what and where, the index is one state or the other, the next run completes."""
    source, old = world / "source" / "notices.jsonl", None if first else OLD
    code, at, tried = ERRORS[fault], 0, 0
    while True:
        place = tmp_path / "index"
        if not first:
            shutil.copytree(world / "index", place)
        steps: list[Step] = []
        storage = partial(Recording, steps=steps, before=partial(fail_at, at, code))
        error = error_of(FolderStore(place, storage=storage), source)
        now = state_of(place)
        assert now in (old, NEW)
        if error:
            assert str(place) in error
            assert os.strerror(code) in error
            assert ("brought up to date before" if now == NEW else "as it was") in error
        if now is not None:
            assert list(problems(place)) == []
        bring_up_to_date(FolderStore(place), source)
        assert state_of(place) == NEW
        assert list(problems(place)) == []
        shutil.rmtree(place)
        if not error:
            break
        at, tried = at + size("faults"), tried + 1
    print(f"{tried} steps of {'a first run' if first else 'an update'} met {fault}")
    assert tried > 5


def fail_at(last: int, code: int, number: int, step: Step) -> None:
    """Deleting works on a full disk; what cannot be deleted stays, and does no harm."""
    if number >= last and step.what != "delete":
        raise failing(code)


def error_of(store: FolderStore, source: Path) -> str:
    """What a run says that fails; nothing of one that does not."""
    try:
        bring_up_to_date(store, source)
    except DatelineError as error:
        return str(error)
    return ""


class _Full:
    """Stands before a function or method that a full disk ends."""

    def __init__(self, real: Callable[..., object], error: Exception, calls: int) -> None:
        self._real, self._error, self._left = real, error, calls

    def __call__(self, *given: object, **named: object) -> object:
        self._left -= 1
        if self._left < 0:
            raise self._error
        return self._real(*given, **named)


@pytest.mark.parametrize("calls", [0, 5])
def test_no_room_for_what_was_read(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    shutil.copytree(world / "index", tmp_path / "index")
    full = _Full(spool.Spool.add, failing(errno.ENOSPC), calls)
    monkeypatch.setattr(spool.Spool, "add", lambda *given: full(*given))
    with pytest.raises(DatelineError, match=r"index: No space left.*The index is as it was"):
        bring_up_to_date(FolderStore(tmp_path / "index"), world / "source" / "notices.jsonl")
    assert state_of(tmp_path / "index") == OLD


@pytest.mark.parametrize(
    ("method", "state", "said"),
    [("replace", OLD, "The index is as it was"), ("commit", NEW, "was brought up to date before")],
)
def test_no_room_for_the_catalogue(
    world: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    state: State,
    said: str,
) -> None:
    """Whether the index changed is said, and the next run makes the catalogue anew."""
    place, source = tmp_path / "index", world / "source" / "notices.jsonl"
    shutil.copytree(world / "index", place)
    error = sqlite3.OperationalError("database or disk is full")
    full = _Full(getattr(catalogue.SqliteCatalogue, method), error, 0)
    monkeypatch.setattr(catalogue.SqliteCatalogue, method, lambda *given: full(*given))
    with pytest.raises(DatelineError, match=f"disk is full.*{said}"):
        bring_up_to_date(FolderStore(place), source)
    monkeypatch.undo()
    assert state_of(place) == state
    bring_up_to_date(FolderStore(place), source)
    assert state_of(place) == NEW
    assert list(problems(place)) == []


def test_files_that_vanish_are_named_and_the_rest_is_rebuilt(world: Path, tmp_path: Path) -> None:
    """One after the other; what no record depends on is made anew, and every run says what is wrong."""
    names = sorted(path.name for path in (world / "index").iterdir())
    for name in names:
        place = tmp_path / "index"
        shutil.copytree(world / "index", place)
        (place / name).unlink()
        harmless = name.startswith(("dateline-catalogue", "dateline.lock", "MAIN_WRITELOCK"))
        if name.endswith(".commit"):
            assert state_of(place) is None
        else:
            found = "\n".join(problems(place))
            assert (found == "") if harmless else (str(place / name) in found)
        shutil.rmtree(place)
    assert len(names) >= 10


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOENT])
def test_a_search_on_a_disk_that_cannot_be_read_is_an_error_with_the_path(
    world: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Whichever of the files it is, and never fewer hits."""
    real = open
    for failing_suffix in (each.value for each in files.Component):

        def opened(path: str, mode: str, suffix: str = failing_suffix) -> object:
            if path.endswith(suffix):
                raise OSError(code, os.strerror(code), path)
            return real(path, mode)

        monkeypatch.setattr(files, "open", opened, raising=False)
        with pytest.raises(DamagedIndexError, match=failing_suffix):
            open_engine(world / "index").search(SearchRequest("ferry"))
        monkeypatch.undo()
    assert open_engine(world / "index").search(SearchRequest("ferry")).total == len(OLD)


def test_a_file_cut_short_in_place_is_an_error_and_no_signal(world: Path, tmp_path: Path) -> None:
    """Reading past the end of a mapped file would end the process (SIGBUS)."""
    chance = random.Random("short")  # noqa: S311
    for suffix in (each.value for each in files.Component):
        place = tmp_path / "index"
        shutil.copytree(world / "index", place)
        engine = open_engine(place)
        assert engine.search(SearchRequest("ferry")).total == len(OLD)
        (path,) = place.glob(f"*{suffix}")
        os.truncate(path, chance.randrange(path.stat().st_size))
        for _ in range(2):
            with pytest.raises(DamagedIndexError, match=f"{suffix}: was cut short"):
                engine.search(SearchRequest("leaves"))
        engine.close()
        shutil.rmtree(place)


@pytest.mark.parametrize("how", ["open", "read", "list", "stat"])
def test_a_source_that_cannot_be_read_is_never_a_release_that_is_gone(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """With --prune, which removes what is no longer there."""
    source = tmp_path / "source" / "notices.jsonl"
    write_source(source, OLD)
    bring_up_to_date(FolderStore(tmp_path / "index"), source)
    _fail_sources(monkeypatch, source, how)
    report = bring_up_to_date(FolderStore(tmp_path / "index"), source)
    monkeypatch.undo()
    assert report.removed == 0
    assert state_of(tmp_path / "index") == OLD
    source.unlink()
    assert bring_up_to_date(FolderStore(tmp_path / "index"), source).removed == len(OLD)


def _fail_sources(monkeypatch: pytest.MonkeyPatch, source: Path, how: str) -> None:
    """Let the disk fail for a file: when it is opened, read, listed or asked about."""
    error = failing(errno.EIO)
    real_open, real_scan, real_stat = Path.open, os.scandir, Path.stat

    def opened(path: Path, *given: object, **named: object) -> object:
        if path != source:
            return real_open(path, *given, **named)  # type: ignore[call-overload]
        if how == "open":
            raise error
        file = real_open(path, "rb", buffering=0)
        return _Failing(file, error)

    def scanned(path: object = ".") -> object:
        if str(path) == str(source.parent):
            raise error
        return real_scan(path)  # type: ignore[call-overload]

    def asked(path: Path, **named: bool) -> os.stat_result:
        if path == source:
            raise error
        return real_stat(path, **named)

    if how in ("open", "read"):
        monkeypatch.setattr(Path, "open", opened)
    elif how == "list":
        monkeypatch.setattr(os, "scandir", scanned)
    else:
        monkeypatch.setattr(Path, "stat", asked)


class _Failing:
    """A file that opens and cannot be read."""

    def __init__(self, file: object, error: OSError) -> None:
        self._file, self._error = file, error

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def __enter__(self) -> _Failing:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()  # type: ignore[attr-defined]

    def read(self, *_: object) -> bytes:
        raise self._error
