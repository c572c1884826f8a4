"""Model checking: whatever is done in whatever order, the index holds what a dictionary says."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from index.codec import merge_policy
from index.ingest.builder import BuildOptions, build
from index.stores.backup import backup, restore
from index.stores.commits import commit_in_bulk
from index.stores.folder import FolderStore
from index.stores.repair import repair
from index.stores.verification import problems
from search import Engine, SearchRequest, open_engine
from tests.torture.harbour import State, notice, state_of, write_source
from tests.torture.simulated_disk import Recording, Step
from tests.torture.torture_size import size

NUMBERS = st.integers(0, 14)
VERSIONS = st.integers(1, 3)


class _Killed(BaseException):
    """Stands for the end of the process."""


class IndexMachine(RuleBasedStateMachine):
    """`files` is what the sources hold, `model` what the index must hold: bodies by id.

    Sources are one file for three ids, so that files vanish, change and stay.
    """

    @initialize()
    def start(self) -> None:
        self.top = Path(tempfile.mkdtemp())
        self.index, self.source = self.top / "index", self.top / "source"
        self.source.mkdir()
        self.files: State = {}
        self.model: State = {}
        self.copies: dict[int, State] = {}
        self.engine: Engine | None = None

    def teardown(self) -> None:
        if hasattr(self, "top"):
            if self.engine is not None:
                self.engine.close()  # type: ignore[attr-defined]
            shutil.rmtree(self.top)

    @rule(number=NUMBERS, version=VERSIONS)
    def write(self, number: int, version: int) -> None:
        self.files[f"n-{number}"] = notice(number, version)
        self._write_file(number)

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        self.files.pop(f"n-{number}", None)
        self._write_file(number)

    @rule(prune=st.booleans(), small=st.sampled_from([1, 4, 4000]))
    def run(self, prune: bool, small: int) -> None:
        """With segments that are merged always, sometimes, or hardly ever."""
        self._run(FolderStore(self.index, commit=_commit(small)), prune=prune)
        self.model = self._expected(prune=prune)

    @rule(prune=st.booleans(), at=st.integers(0, 110))
    def crash(self, prune: bool, at: int) -> None:
        """A run whose process ends before the step with that number, if it has so many."""
        expected = self._expected(prune=prune)

        def die(number: int, step: Step) -> None:
            if number >= at:
                raise _Killed

        storage = partial(Recording, steps=[], before=die)
        try:
            self._run(FolderStore(self.index, storage=storage), prune=prune)
        except _Killed:
            now = state_of(self.index) or {}
            assert now in (self.model, expected)
            self.model = now
        else:
            self.model = expected

    @rule(number=st.integers(0, 2))
    @precondition(lambda self: self.model)
    def copy(self, number: int) -> None:
        shutil.rmtree(self.top / f"copy-{number}", ignore_errors=True)
        backup(self.index, self.top / f"copy-{number}")
        self.copies[number] = dict(self.model)

    @rule(number=st.integers(0, 2))
    @precondition(lambda self: self.copies)
    def copy_back(self, number: int) -> None:
        number = sorted(self.copies)[number % len(self.copies)]
        restore(self.top / f"copy-{number}", self.index)
        self.model = dict(self.copies[number])

    @rule(part=st.sampled_from(["terms", "postings", "positions", "lengths", "columns", "toc"]))
    @precondition(lambda self: self.model)
    def damage_and_repair(self, part: str) -> None:
        if self.engine is not None:
            self.engine.close()  # type: ignore[attr-defined]
            self.engine = None
        for path in self.index.glob(f"*.{part}"):
            path.with_suffix(".new").write_bytes(path.read_bytes()[:-20])
            path.with_suffix(".new").replace(path)
        assert list(problems(self.index))
        assert repair(self.index, 1).lost == ()

    @rule()
    def reopen(self) -> None:
        if self.engine is not None:
            self.engine.close()  # type: ignore[attr-defined]
            self.engine = None

    @invariant()
    def holds_what_the_dictionary_says(self) -> None:
        if not hasattr(self, "top") or not self.model:
            return
        assert state_of(self.index) == self.model

    @invariant()
    def finds_what_the_dictionary_says(self) -> None:
        """By an engine that stays open over commits, most often."""
        if not hasattr(self, "top") or not self.model:
            return
        self.engine = self.engine or open_engine(self.index)
        for word in ("noon", "ferry", '"notice 2 says"'):
            hits = self.engine.every_hit(SearchRequest(word), snippets=False)
            plain = word.strip('"')
            assert sorted(hit.release.id for hit in hits) == sorted(
                key for key, body in self.model.items() if plain in body.lower()
            )

    def _write_file(self, number: int) -> None:
        ids = [f"n-{each}" for each in range(number - number % 3, number - number % 3 + 3)]
        path = self.source / f"{number // 3}.jsonl"
        there = {key: self.files[key] for key in ids if key in self.files}
        write_source(path, there)
        if not there:
            path.unlink()

    def _run(self, store: FolderStore, *, prune: bool) -> None:
        build([self.source], store, BuildOptions(workers=1, prune=prune))

    def _expected(self, *, prune: bool) -> State:
        return dict(self.files) if prune else self.model | self.files


def _commit(small: int) -> object:
    def policy(*given: object) -> list[object]:
        before, merge_policy.SMALL = merge_policy.SMALL, small
        try:
            return merge_policy.merge_by_size(*given)  # type: ignore[arg-type]
        finally:
            merge_policy.SMALL = before

    return partial(commit_in_bulk, policy=policy)


IndexMachine.TestCase.settings = settings(
    max_examples=size("examples"), stateful_step_count=25, deadline=None
)
TestIndexMachine = IndexMachine.TestCase
