"""Hostile files: `python -m tests.torture.hostile_files --files 20000` rewrites parts of an index.

Arrays and descriptions are changed at will and get right checksums, so that every loop, compiled or
not, meets them. Whatever they say, a search ends with an answer or with an error of ours: no other
exception, no signal, no hang, no memory without end.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import resource
import signal
import sys
import tempfile
import traceback
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from index.codec.files import Component, FileWriter, Seal, open_file, seal_of
from index.errors import DatelineError
from index.stores.commit_record import encode, read_commit
from index.stores.folder import FolderStore, open_index
from index.stores.repair import repair
from index.stores.verification import problems
from search import open_engine
from search.match.cache import postings_cache
from tests.torture.bit_rot import QUESTIONS, make_index

MOST_BYTES = 5 << 29
"""Memory of the process that meets the files, beside what it has when it begins."""
MOST_SECONDS = 60
"""Processor time for one file: all questions, `verify`, and a repair."""
VALUES = (
    0,
    1,
    2,
    7,
    127,
    128,
    255,
    256,
    65_535,
    65_536,
    2**31 - 1,
    2**31,
    2**32 - 1,
    2**63 - 1,
    -1,
)


class _Kept(BytesIO):
    def close(self) -> None:
        """Keeps what was written."""


def rewritten(path: Path, component: Component, chance: random.Random) -> bytes:
    """A file with some of what it says changed, and right checksums."""
    reader = open_file(str(path), component)
    file = _Kept()
    writer = FileWriter(file, component)
    writer.meta = (
        _changed_meta(dict(reader.meta), chance) if chance.random() < 0.15 else dict(reader.meta)
    )
    chosen = set(
        chance.sample(reader.names(), min(len(reader.names()), chance.choice((1, 1, 1, 3))))
    )
    for name in reader.names():
        array = reader.array(name).copy()
        if name in chosen:
            array = _changed(array, chance)
            if array is None:
                continue
        writer.add(name, array)
    writer.close()
    return file.getvalue()


def _changed(array: Any, chance: random.Random) -> Any:
    """An array with other values, another length or another type; None to leave it out."""
    how = chance.random()
    if how < 0.55 and len(array):
        for _ in range(chance.choice((1, 1, 2, 8, 200))):
            value = chance.choice((*VALUES, chance.getrandbits(32), len(array)))
            kept = value if array.dtype.kind == "f" else value % 2 ** (8 * array.itemsize)
            array[chance.randrange(len(array))] = np.array(kept).astype(array.dtype)
        return array
    if how < 0.65:
        return array[: chance.randrange(len(array) + 1)]
    if how < 0.75:
        return np.concatenate([array] * chance.choice((2, 3)))
    if how < 0.85:
        return array[::-1].copy()
    if how < 0.95:
        return array.astype(
            chance.choice((np.uint8, np.uint16, np.int32, np.uint32, np.int64, np.float32))
        )
    return None


def _changed_meta(meta: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A description with a value exchanged, at any depth."""
    if not meta:
        return {"fields": chance.choice((None, [], {}, 7))}
    key = chance.choice(sorted(meta))
    if isinstance(meta[key], dict) and meta[key] and chance.random() < 0.8:
        return meta | {key: _changed_meta(dict(meta[key]), chance)}
    return meta | {
        key: chance.choice((None, "", "positions", "values", "frequency", [], {}, 1e300, *VALUES))
    }


def poison(folder: Path, chance: random.Random) -> str:
    """Exchange one file of the index, and name it in the commit; says which."""
    found = read_commit(folder)
    assert found is not None
    segment = chance.choice(found.record.segments)
    component = chance.choice(list(Component))
    path = folder / f"{segment.name}{component.value}"
    path.write_bytes(rewritten(path, component, chance))
    files: dict[Component, Seal] = {**segment.files, component: seal_of(path)}
    documents = segment.documents if chance.random() < 0.9 else chance.choice((0, 1, 5, 10**6))
    changed = segment._replace(files=files, documents=documents)
    segments = tuple(changed if each is segment else each for each in found.record.segments)
    found.path.write_bytes(encode(found.record._replace(segments=segments)))
    return path.name


def meet(folder: Path) -> None:
    """Ask an index everything; only errors of ours pass.

    :raises Exception: whatever else is raised.
    """
    try:
        engine = open_engine(folder)
    except DatelineError:
        engine = None
    if engine is not None:
        for question in QUESTIONS:
            _quietly(lambda question=question: engine.search(question))
        _quietly(lambda: list(engine.every_hit(QUESTIONS[0])))
        _quietly(lambda: engine.timeline(QUESTIONS[0]))
        _quietly(lambda: engine.complete("fer"))
        _quietly(lambda: engine.similar("n-12"))
        _quietly(lambda: engine.release("n-12"))
        _quietly(lambda: engine.history("n-12"))
        engine.close()
    list(problems(folder))
    _quietly(lambda: open_index(folder).reader().close())
    _quietly(lambda: FolderStore(folder).release("n-12"))
    _quietly(lambda: repair(folder, 1))


def _quietly(ask: Any) -> None:
    try:
        ask()
    except DatelineError:
        return


def meet_many(top: Path, seeds: range) -> str | None:
    """Meet a file for each seed in a process of its own; the first that went wrong, or None."""
    whole = {path.name: path.read_bytes() for path in (top / "index").iterdir() if path.is_file()}
    progress = top / "progress"
    child = os.fork()
    if not child:
        status = 1
        try:
            status = _child(top, whole, seeds, progress)
        finally:
            os._exit(status)  # whatever it raises: this is a copy of the tests, and would run them
    _, status = os.waitpid(child, 0)  # it ends: each file has its time
    if status == 0:
        return None
    how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "an exception"
    return f"{how} at {progress.read_text()}"


def _child(top: Path, whole: dict[str, bytes], seeds: range, progress: Path) -> int:
    faulthandler.enable()
    most = _address_space() + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for seed in seeds:
        place = top / "poisoned"
        place.mkdir(exist_ok=True)
        for path in place.iterdir():
            if path.is_file():
                path.unlink()
        for name, data in whole.items():
            (place / name).write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        signal.alarm(10 * MOST_SECONDS)  # should it wait, and not work
        postings_cache.clear()  # by the names of segments, which are the same each time
        try:
            name = poison(place, random.Random(seed))  # noqa: S311
            progress.write_text(f"seed {seed}, {name}")
            meet(place)
        except Exception:  # noqa: BLE001 - which one it was is printed
            progress.write_text(f"{progress.read_text()}\n{traceback.format_exc()}")
            return 1
    return 0


def _address_space() -> int:
    """Bytes that this process has already: after other tests gigabytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def main() -> None:
    """Meet so many files, and print what went wrong."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--files", type=int, default=20_000)
    words.add_argument("--first", type=int, default=0)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as top:
        make_index(Path(top) / "index")
        last = given.first + given.files
        wrong = meet_many(Path(top), range(given.first, last))
    print(wrong or f"{given.files:,} hostile files: answers and errors of ours only")
    sys.exit(wrong is not None)


if __name__ == "__main__":
    main()
