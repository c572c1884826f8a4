"""Real SIGKILLs of the real command: `python -m tests.torture.kill --kills 1000` prints what was left.

Each time `dateline` is started and killed with all its processes at a call that is drawn from all
calls of a stage: while it reads, while it writes, from the rename that commits on
(`tests.torture.killed`). Then the index is read, verified, and brought up to date by another run.
Exports are killed in `tests.torture.kill_exports`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from index.stores.backup import backup, restore
from index.stores.commit_record import read_commit
from index.stores.folder import FolderStore
from index.stores.repair import repair
from index.stores.verification import problems
from tests.torture.harbour import State, bring_up_to_date, notice, state_of, write_source
from tests.torture.kill_exports import kill_exports
from tests.torture.killed import NEVER, STAGES, run

RELEASES = 120
MOST_SECONDS = 120
"""Time after which a command hangs; it takes half a second."""
FRESH = 10
"""Every so manieth run begins as a new interpreter; the others are forked, which spares its start."""
OLD, NEW = "left the old state", "left the new state"


class World:
    """An index that is changed again and again, the source that it is made from, a backup of it."""

    def __init__(self, top: Path, chance: random.Random) -> None:
        self.top, self.index, self.copy = top, top / "index", top / "copy"
        self.source = top / "source" / "notices.jsonl"
        self.chance = chance
        self.version = 0
        self.state = self.next_state()
        write_source(self.source, self.state)
        self.catch_up()

    def next_state(self) -> State:
        """Some notices changed, some gone, some new."""
        self.version += 1
        ids = self.chance.sample(range(RELEASES * 2), RELEASES)
        return {f"n-{n}": notice(n, self.version if n % 5 == 0 else 1) for n in sorted(ids)}

    def few_changes(self) -> State:
        """Every release but three, three of them changed: the segments may stay."""
        self.version += 1
        kept = dict(sorted(self.state.items())[3:])
        changed = self.chance.sample(sorted(kept), 3)
        return kept | {each: notice(int(each[2:]), self.version) for each in changed}

    def catch_up(self) -> None:
        bring_up_to_date(FolderStore(self.index), self.source)

    def segments(self) -> set[str]:
        """The names of what the newest commit holds."""
        found = read_commit(self.index) if self.index.is_dir() else None
        return {each.name for each in found.record.segments} if found else set()


Kill = Callable[[list[object]], bool]
"""Starts the command with these words and kills it; whether it was."""


class Trial(NamedTuple):
    """A command that is killed, and what is looked at afterwards. `constants` make the small world
    go the ways of a large one."""

    run: Callable[[World, Kill], str]
    words: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()


def main() -> None:
    """Kill so often, and print what was found."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=1000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as top:
        for line in kill_often(Path(top), given.kills, random.Random(given.seed)):  # noqa: S311
            print(line, flush=True)


def kill_often(top: Path, kills: int, chance: random.Random) -> list[str]:
    """What was left after so many kills, shared out to all commands; a line for each.

    :raises AssertionError: when an index was not what it had to be.
    """
    world = World(top, chance)
    share, more = divmod(kills, len(TRIALS) + 1)
    lines = [
        _told(name, _kill_one(world, TRIALS[name], share + (number < more)))
        for number, name in enumerate(TRIALS)
    ]
    return [*lines, _told("export", kill_exports(top / "export", share, chance))]


def _told(name: str, found: Counter[str]) -> str:
    each = ", ".join(f"{count} {what}" for what, count in sorted(found.items()))
    return f"{name}: {sum(found.values())} kills, {each}"


def _kill_one(world: World, trial: Trial, kills: int) -> Counter[str]:
    """As many kills in each stage; at first a run to its end, which counts the calls."""
    found: Counter[str] = Counter()
    calls: dict[bool, dict[str, int]] = {True: {}, False: {}}

    def kill(words: list[object]) -> bool:
        number = found.total()
        stage, fresh = STAGES[number % len(STAGES)], number % FRESH == FRESH - 1
        call = world.chance.randrange(calls[fresh][stage]) if calls[fresh] else NEVER
        given = [*map(str, words), *trial.words, "--index", str(world.index)]
        counted = _run((stage, call, world.top / "calls.json", list(trial.constants), given), fresh)
        calls[fresh].update(counted or {})
        return counted is None

    while found.total() < kills:
        left = trial.run(world, kill)
        found[left] += left != "ended before"
    return +found


def _run(given: tuple[str, int, Path, list[str], list[str]], fresh: bool) -> dict[str, int] | None:
    """Run the command; the calls of each stage if it ended by itself, None if it was killed."""
    process = multiprocessing.get_context("fork").Process(target=_group, args=(given, fresh))
    process.start()
    assert process.pid, "it was started"
    process.join(MOST_SECONDS)
    hung = process.exitcode is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # the workers of a pool as well
    if hung:
        process.kill()
        process.join(MOST_SECONDS)
    assert not hung, f"{given[-1][0]} hung for {MOST_SECONDS} s"
    if process.exitcode == -signal.SIGKILL:
        return None
    said = given[2].with_suffix(".said").read_text()
    assert process.exitcode == 0, f"{given[-1]} ended with {process.exitcode}: {said}"
    counted: dict[str, int] = json.loads(given[2].read_text())
    assert counted.keys() == set(STAGES), f"{given[-1][0]} had no more than {counted}"
    return counted


def _group(given: tuple[str, int, Path, list[str], list[str]], fresh: bool) -> None:
    """In a new process: it leads a group of its own, and becomes the command."""
    os.setsid()
    with given[2].with_suffix(".said").open("w") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    if fresh:
        stage, call, report, constants, words = given
        heard = [stage, str(call), str(report), *constants, "--", *words]
        os.execv(sys.executable, [sys.executable, "-m", "tests.torture.killed", *heard])  # noqa: S606
    run(*given)


def _index(world: World, kill: Kill) -> str:
    """A run over a changed source leaves the old state or the new one; the next completes."""
    return _changed(world, kill, world.next_state(), prune=True)


def _update(world: World, kill: Kill) -> str:
    """Without `--prune` what is not in the source stays."""
    return _changed(world, kill, world.next_state(), prune=False)


def _without_merge(world: World, kill: Kill) -> str:
    """Few changes are a segment of their own beside the others."""
    if len(world.state) < RELEASES // 2:
        world.state = world.next_state()
        write_source(world.source, world.state)
        world.catch_up()
    return _changed(world, kill, world.few_changes(), prune=True, merges=False)


def _first(world: World, kill: Kill) -> str:
    """A first run leaves no index, or a whole one."""
    shutil.rmtree(world.index)
    return _changed(world, kill, world.next_state(), prune=True, first=True)


def _changed(
    world: World,
    kill: Kill,
    source: State,
    *,
    prune: bool,
    first: bool = False,
    merges: bool = True,
) -> str:
    new = source if prune else world.state | source
    before = None if first else world.state
    write_source(world.source, source)
    segments = world.segments()
    killed = kill(["index", world.source.parent, "--quiet", *(["--prune"] if prune else [])])
    if not killed and not first:
        assert bool(world.segments() & segments) != merges, "what is meant was not tried"
    left = _left(world, before, new)
    write_source(world.source, new)
    world.catch_up()
    _agrees(world, new)
    world.state = new
    return left if killed else "ended before"


def _restore(world: World, kill: Kill) -> str:
    shutil.rmtree(world.copy, ignore_errors=True)
    backup(world.index, world.copy)
    kept, old = world.state, world.next_state()
    write_source(world.source, old)
    world.catch_up()
    killed = kill(["restore", world.copy])
    left = _left(world, old, kept)
    restore(world.copy, world.index)
    _agrees(world, kept)
    return left if killed else "ended before"


def _backup(world: World, kill: Kill) -> str:
    """A backup that was cut off is not there at all; the index never changes."""
    shutil.rmtree(world.copy, ignore_errors=True)
    killed = kill(["backup", world.copy])
    there = world.copy.exists()
    if there:
        assert state_of(world.copy) == world.state
        assert list(problems(world.copy)) == []
    _agrees(world, world.state)
    shutil.rmtree(world.copy, ignore_errors=True)
    backup(world.index, world.copy)
    assert state_of(world.copy) == world.state
    if not killed:
        return "ended before"
    return "left the copy whole" if there else "left no copy"


def _repair(world: World, kill: Kill) -> str:
    """A repair that was cut off can be done again, and loses nothing."""
    damaged = world.index / f"{min(world.segments())}.postings"  # not one that an earlier kill left
    damaged.write_bytes(damaged.read_bytes()[:-100])
    killed = kill(["verify", "--repair"])
    mended = not list(problems(world.index))
    if not mended:
        assert repair(world.index, 1).lost == ()
    _agrees(world, world.state)
    if not killed:
        return "ended before"
    return "left the index mended" if mended else "left the index as it was"


def _left(world: World, old: State | None, new: State) -> str:
    """Which of the two states the index has; it is sound."""
    now = state_of(world.index) if world.index.is_dir() else None
    assert now in (old, new), "the index is neither old nor new"
    if now is not None:
        assert list(problems(world.index)) == []
    return NEW if now == new else OLD


def _agrees(world: World, state: State) -> None:
    assert state_of(world.index) == state
    assert list(problems(world.index)) == []


_POOL = "index.ingest.read_files.POOL_FROM_BYTES=0"
TRIALS: dict[str, Trial] = {
    "index --prune, which merges": Trial(_index, ("--workers", "1")),
    "index, which merges": Trial(_update, ("--workers", "1")),
    "index that merges nothing": Trial(
        _without_merge, ("--workers", "1"), ("index.codec.merge_policy.SMALL=0",)
    ),
    "index by three processes": Trial(_index, ("--workers", "2"), (_POOL,)),
    "first index": Trial(_first, ("--workers", "1")),
    "backup": Trial(_backup),
    "restore": Trial(_restore),
    "verify --repair": Trial(_repair),
}


if __name__ == "__main__":
    main()
