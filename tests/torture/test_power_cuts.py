"""Power cuts: after every step of a commit, whatever the disk kept, the index is old or new, whole."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.stores.backup import backup, restore
from index.stores.catalogue import CHECK, NAME
from index.stores.folder import FolderStore
from index.stores.verification import problems
from tests.torture.harbour import State, bring_up_to_date, notice, state_of, write_source
from tests.torture.simulated_disk import Disk, Recording, Step, contents, write_contents
from tests.torture.torture_size import size

Files = dict[str, bytes]
Scenario = tuple[State | None, State]

FIRST: State = {f"n-{number}": notice(number) for number in range(12)}
SCENARIOS: dict[str, Scenario] = {
    "first run": (None, FIRST),
    "additions, merged": (FIRST, FIRST | {f"n-{n}": notice(n) for n in range(12, 15)}),
    "updates": (FIRST, FIRST | {f"n-{n}": notice(n, 2) for n in range(8)}),
    "one removed, marked only": (FIRST, {key: body for key, body in FIRST.items() if key != "n-3"}),
    "all at once": (
        FIRST,
        {f"n-{n}": notice(n, 1 + n % 2) for n in range(4, 20)},
    ),
}


def record(folder: Path, state: State) -> list[Step]:
    """The steps of a run that brings the index to a state."""
    steps: list[Step] = []
    source = folder.parent / "source" / "notices.jsonl"
    write_source(source, state)
    store = FolderStore(folder, storage=lambda path: Recording(path, steps))
    bring_up_to_date(store, source)
    return steps


def left(disk: Disk, chance: random.Random, unlucky: int) -> Iterator[tuple[str, Files]]:
    yield "killed", disk.killed()
    yield "strict", disk.strict()
    yield "torn", disk.torn()
    for number in range(unlucky):
        yield f"unlucky {number}", disk.unlucky(chance)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_after_a_power_cut_the_index_is_old_or_new_and_goes_on(
    tmp_path: Path, scenario: str
) -> None:
    old, new = SCENARIOS[scenario]
    folder, source = tmp_path / "index", tmp_path / "source" / "notices.jsonl"
    if old is not None:
        record(folder, old)
    before = contents(folder) if old else {}
    first = _catalogue(folder) if old else b""
    steps = record(folder, new)
    last, check = _catalogue(folder), (folder / CHECK).read_bytes()
    committed = next(at for at, step in enumerate(steps) if step.to.endswith(".commit"))
    synced = next(at for at in range(committed, len(steps)) if steps[at] == Step("sync", ""))
    chance = random.Random(scenario)  # noqa: S311
    seen, states, runs = set[str](), 0, 0
    for at in range(0, len(steps) + 1, size("step")):
        for how, files in left(Disk(before, steps[:at]), chance, size("unlucky")):
            place = tmp_path / "after"
            write_contents(place, files)
            torn = chance.choice((first, last, first[:8192] + last[8192:]))
            written = last if files.get(CHECK) == check else torn if at > synced else first
            (place / NAME).write_bytes(written)
            now = state_of(place)
            where = f"{scenario}, {how}, after {at} of {len(steps)} steps"
            assert now in (old, new), where
            assert at <= synced or now == new, f"{where}: a finished commit is gone"
            seen.add("new" if now == new else "old")
            if now is not None:
                assert list(problems(place)) == [], where
            states += 1
            if chance.random() < size("runs"):
                runs += 1
                bring_up_to_date(FolderStore(place), source)
                assert state_of(place) == new, where
                assert list(problems(place)) == [], where
            shutil.rmtree(place)
    print(f"{scenario}: {states} states of the disk after {len(steps)} steps, {runs} runs on them")
    assert seen == {"old", "new"}


def _catalogue(folder: Path) -> bytes:
    """SQLite writes it, after the commit, and syncs it before the checksum beside it is written."""
    return (folder / NAME).read_bytes()


def test_a_restore_that_is_cut_off_leaves_one_state_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And does not touch the backup."""
    steps: list[Step] = []
    old, new = SCENARIOS["updates"]
    assert old is not None
    record(tmp_path / "index", new)
    backup(tmp_path / "index", tmp_path / "copy")
    record(tmp_path / "index", old)
    whole = contents(tmp_path / "index")
    total, at = 10**6, 0
    while at < total:

        def stop(number: int, step: Step, last: int = at) -> None:
            if number == last:
                raise KeyboardInterrupt

        place = tmp_path / "after"
        write_contents(place, whole)
        steps.clear()
        monkeypatch.setattr(
            "index.stores.backup.DurableStorage", lambda path: Recording(path, steps, stop)
        )
        try:
            restore(tmp_path / "copy", place)
            total = at
        except KeyboardInterrupt:
            at += 1
        monkeypatch.undo()
        assert state_of(place) in (old, new)
        assert list(problems(place)) == []
        shutil.rmtree(place)
    assert at > 20
    assert state_of(tmp_path / "copy") == new
