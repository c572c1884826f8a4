"""Real SIGKILLs of the real command: `python -m tests.torture.kill --kills 1000` prints what was left.

Each time `dateline` is started, killed with all its processes at a random moment (every other time
once it has begun to write), and the index is read, verified, and brought up to date by another run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from index.stores.backup import backup, restore
from index.stores.folder import FolderStore
from index.stores.repair import repair
from index.stores.verification import problems
from tests.torture.harbour import State, bring_up_to_date, notice, state_of, write_source

RELEASES = 120
WRITING_SECONDS = 0.15
"""Within so many seconds of its first file a run of this size has committed, most often."""
MOST_SECONDS = 60.0
COMMANDS = ("index", "index --workers 2", "first index", "backup", "restore", "verify --repair")


class World:
    """An index that is changed again and again, the source that it is made from, a backup of it."""

    def __init__(self, top: Path, chance: random.Random) -> None:
        self.index, self.copy = top / "index", top / "copy"
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

    def catch_up(self) -> None:
        bring_up_to_date(FolderStore(self.index), self.source)


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
    """What was left after so many kills, a line for each command.

    :raises AssertionError: when an index was not what it had to be.
    """
    world = World(top, chance)
    left: dict[str, Counter[str]] = {command: Counter() for command in COMMANDS}
    seconds = dict.fromkeys(COMMANDS, 1.0)
    for number in range(kills):
        command = COMMANDS[number % len(COMMANDS)]
        started = time.monotonic()
        found = _TRIALS[command](world, command, seconds[command], number // len(COMMANDS) % 2 == 1)
        left[command][found] += 1
        if found == "ended before":
            seconds[command] = 0.9 * seconds[command] + 0.1 * (time.monotonic() - started)
    return [f"{command}: {sum(each.values())} times, " + ", ".join(
        f"{count} {name}" for name, count in sorted(each.items())) for command, each in left.items()]  # fmt: skip


def _index(world: World, command: str, seconds: float, late: bool) -> str:
    """A run over a changed source leaves the old state or the new one; the next completes."""
    old, new = world.state, world.next_state()
    if command == "first index":
        shutil.rmtree(world.index)
    before = None if command == "first index" else old
    write_source(world.source, new)
    workers = "2" if command.endswith("2") else "1"
    words = ["index", world.source.parent, "--prune", "--quiet", "--workers", workers]
    ended = _killed(world, words, seconds, late)
    return _checked(world, before, new, ended, world.catch_up)


def _restore(world: World, command: str, seconds: float, late: bool) -> str:
    shutil.rmtree(world.copy, ignore_errors=True)
    backup(world.index, world.copy)
    kept, old = world.state, world.next_state()
    write_source(world.source, old)
    world.catch_up()
    ended = _killed(world, ["restore", world.copy], seconds, late)
    write_source(world.source, kept)
    return _checked(world, old, kept, ended, lambda: restore(world.copy, world.index) and None)


def _backup(world: World, command: str, seconds: float, late: bool) -> str:
    """A backup that was cut off is not there at all; the index never changes."""
    shutil.rmtree(world.copy, ignore_errors=True)
    ended = _killed(world, ["backup", world.copy], seconds, late)
    if world.copy.exists():
        assert state_of(world.copy) == world.state
        assert list(problems(world.copy)) == []
    there = world.copy.exists()
    shutil.rmtree(world.copy, ignore_errors=True)
    backup(world.index, world.copy)
    assert state_of(world.copy) == world.state
    if not ended:
        return "ended before"
    return "left the copy whole" if there else "left no copy"


def _repair(world: World, command: str, seconds: float, late: bool) -> str:
    """A repair that was cut off can be done again, and loses nothing."""
    damaged = next(world.index.glob("*.postings"))
    damaged.write_bytes(damaged.read_bytes()[:-100])
    ended = _killed(world, ["verify", "--repair"], seconds, late)
    mended = not list(problems(world.index))
    if not mended:
        assert repair(world.index, 1).lost == ()
    assert list(problems(world.index)) == []
    assert state_of(world.index) == world.state
    if not ended:
        return "ended before"
    return "left the index mended" if mended else "left the index as it was"


_TRIALS: dict[str, Callable[[World, str, float, bool], str]] = {
    "backup": _backup, "restore": _restore, "verify --repair": _repair,
} | dict.fromkeys(("index", "index --workers 2", "first index"), _index)  # fmt: skip


def _killed(world: World, words: list[object], seconds: float, late: bool) -> bool:
    """Start the command and kill it; whether it was still running."""
    before = set(_written(world))
    command = [
        sys.executable,
        "-m",
        "webapp.cli.main",
        *map(str, words),
        "--index",
        str(world.index),
    ]
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + MOST_SECONDS
    if late:
        while process.poll() is None and set(_written(world)) <= before:
            assert time.monotonic() < until, "it wrote nothing for a minute"
            time.sleep(0.002)
        time.sleep(world.chance.random() * WRITING_SECONDS)
    else:
        time.sleep(world.chance.random() * seconds)
    running = process.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return running


def _written(world: World) -> list[str]:
    return [
        str(path)
        for folder in (world.index, world.copy.with_name(f".{world.copy.name}.new"))
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name not in ("dateline.lock", "MAIN_WRITELOCK")
    ]


def _checked(
    world: World, old: State | None, new: State, running: bool, complete: Callable[[], None]
) -> str:
    now = state_of(world.index) if world.index.is_dir() else None
    assert now in (old, new), "the index is neither old nor new"
    if now is not None:
        assert list(problems(world.index)) == []
    complete()
    assert state_of(world.index) == new
    assert list(problems(world.index)) == []
    world.state = new
    if not running:
        return "ended before"
    return "left the new state" if now == new else "left the old state"


if __name__ == "__main__":
    main()
