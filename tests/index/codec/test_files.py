"""Damage to any file of an index is a named error with its path, never a wrong answer."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from whoosh.index import create_in, open_dir

from index.codec import files
from index.codec.bulk_writer import add_documents
from index.codec.files import Component
from index.codec.segment import damage
from index.errors import DamagedIndexError
from index.release import Release
from index.schema import document, make_schema

TRIES = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index")
    releases = [
        Release(id=str(n), headline=f"Ferry {n}", body="water gate " * n, language="en")
        for n in range(60)
    ]
    add_documents(create_in(path, make_schema()), [document(each, "") for each in releases])
    return path


def everything(folder: Path, *, verified: bool = True) -> list[Any]:
    """All that a reader can read, so that every byte matters."""
    with open_dir(folder).reader() as reader:
        if verified:
            for each in damage(reader.storage(), [reader.segment()]):
                raise DamagedIndexError(each)
        return [
            [(term, info.weight(), info.max_length()) for term, info in reader],
            [list(reader.postings(*term).items_as("frequency")) for term in reader.all_terms()],
            [reader.stored_fields(number) for number in range(reader.doc_count_all())],
            list(reader.column_reader("agency")),
        ]


def test_files_name_themselves(folder: Path) -> None:
    names = {path.suffix for path in folder.glob("MAIN_*.*")}
    assert names == {component.value for component in Component}
    for path in folder.glob("MAIN_*.*"):
        assert path.read_bytes()[:8] == path.read_bytes()[-8:] == files.MAGIC


@pytest.mark.parametrize("component", Component)
@pytest.mark.parametrize("verified", [True, False])
def test_any_flipped_byte_is_an_error_with_the_path(
    folder: Path, tmp_path: Path, component: Component, verified: bool
) -> None:
    """Found by who looks for it, and by who reads."""
    want = everything(folder)
    rng = random.Random(component.name)  # noqa: S311
    for attempt in range(TRIES):
        copy = tmp_path / str(attempt)
        shutil.copytree(folder, copy)
        (path,) = copy.glob(f"MAIN_*{component.value}")
        data = bytearray(path.read_bytes())
        at = rng.randrange(len(data)) if attempt else len(data) - 1
        data[at] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        try:
            found = everything(copy, verified=verified)
            assert found == want, "only padding may be changed unnoticed"
        except DamagedIndexError as error:
            assert str(path) in str(error)  # noqa: PT017, both ends are right


@pytest.mark.parametrize("component", Component)
@pytest.mark.parametrize("kept", [0, 1, 30, 0.5, 0.999])
def test_a_file_cut_short(folder: Path, tmp_path: Path, component: Component, kept: float) -> None:
    copy = tmp_path / "index"
    shutil.copytree(folder, copy)
    (path,) = copy.glob(f"MAIN_*{component.value}")
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if kept < 1 else int(kept)])
    with pytest.raises(DamagedIndexError, match=path.name):
        everything(copy)


def test_another_version_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "VERSION", 2)
    with pytest.raises(DamagedIndexError, match="format 1, this program reads 2"):
        everything(folder)


def test_two_components_exchanged(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(folder, copy)
    (lengths,), (columns,) = copy.glob("*.lengths"), copy.glob("*.columns")
    shutil.copy(columns, lengths)
    with pytest.raises(DamagedIndexError, match="holds COLUMNS"):
        everything(copy)
