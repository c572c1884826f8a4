"""Worker processes and threads: how many there are, and work shared out to them in order.

A worker has one task at a time, over a pipe of its own. So nothing waits on both sides, at most a
few tasks are in memory, and a worker whose parent is gone reads the end of its pipe and ends.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

AHEAD = 4
"""Tasks for each worker that may be under way or wait to be fetched."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class LostWorkerError(Exception):
    """A worker process ended in the middle of a task; the message says how."""


def worker_count(asked: int | None) -> int:
    """How many workers share the work: as many as asked for; else one for each processor that this
    process may use, by its affinity, whatever else the machine has."""
    if asked is not None:
        return asked
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Result], tasks: Iterator[Task], workers: int, ahead: int = AHEAD
) -> Generator[tuple[Task, Result | LostWorkerError], None, None]:
    """Each task with what `work` made of it, in their order; here, if there is one worker only.

    A task whose worker was killed (out of memory, most often) has an error for its result, and a
    new worker takes the next one. Closing the generator ends the workers.

    :param work: a function of a module, or one with arguments bound to it.
    :param ahead: tasks for each worker that are in memory at once.
    :raises Exception: what `work` raises.
    """
    if workers <= 1:
        for task in tasks:
            yield task, work(task)
        return
    pool = _Pool(work, workers)
    try:
        yield from pool.run(tasks, ahead)
    finally:
        pool.end()


def alone(work: Callable[[Task], Result], task: Task) -> Result | LostWorkerError:
    """What `work` makes of one task in a process that only it can bring down."""
    pool = _Pool(work, 1)
    try:
        return next(result for _, result in pool.run(iter([task]), 1))
    finally:
        pool.end()


def in_threads(tasks: Sequence[Callable[[], None]], workers: int) -> None:
    """Run all tasks, in order if there is one worker only; raises what the first of them raised.

    For compiled loops and arrays, which do not hold the interpreter's lock.
    """
    if workers <= 1:
        for task in tasks:
            task()
        return
    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _KEPT = -1, -3, 1 << 28


@dataclass(slots=True)
class _Ticket(Generic[Task, Result]):
    """A task under way, and its result once that is there."""

    task: Task
    results: list[Result | LostWorkerError] = field(default_factory=list)


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection


class _Pool(Generic[Task, Result]):
    """Worker processes and the tasks that they have."""

    def __init__(self, work: Callable[[Task], Result], workers: int) -> None:
        self._work = work
        self._workers = workers
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, _Ticket[Task, Result]]] = {}
        method = "fork" if threading.active_count() == 1 else "spawn"
        self._context: Any = multiprocessing.get_context(method)

    def run(
        self, tasks: Iterator[Task], ahead: int
    ) -> Iterator[tuple[Task, Result | LostWorkerError]]:
        pending: deque[_Ticket[Task, Result]] = deque()
        more = True
        while more or pending:
            while more and len(pending) < ahead * self._workers and self._has_room():
                for task in tasks:
                    pending.append(self._give(task))
                    break
                else:
                    more = False
            self._collect(block=bool(pending) and not pending[0].results)
            if pending and pending[0].results:
                ticket = pending.popleft()
                yield ticket.task, ticket.results[0]

    def end(self) -> None:
        """End all workers, in the middle of a task too."""
        workers = [*self._idle, *(worker for worker, _ in self._busy.values())]
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join()
            worker.process.close()
        self._idle, self._busy = [], {}

    def _has_room(self) -> bool:
        return bool(self._idle) or len(self._busy) < self._workers

    def _give(self, task: Task) -> _Ticket[Task, Result]:
        ticket: _Ticket[Task, Result] = _Ticket(task)
        worker = self._idle.pop() if self._idle else self._start()
        self._busy[worker.pipe] = (worker, ticket)
        with suppress(BrokenPipeError, ConnectionResetError):  # `_collect` finds it gone
            worker.pipe.send(task)
        return ticket

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(self._work, theirs, ours), daemon=True)
        with _interruptions_wait():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _collect(self, *, block: bool) -> None:
        for pipe in wait(list(self._busy), None if block else 0):
            assert isinstance(pipe, Connection)  # noqa: S101, nothing else was given
            worker, ticket = self._busy.pop(pipe)
            try:
                error, result = pipe.recv()
            except (EOFError, ConnectionResetError):
                pipe.close()
                worker.process.join()
                ticket.results.append(LostWorkerError(_ending(worker.process.exitcode)))
                worker.process.close()
                continue
            self._idle.append(worker)
            if error is not None:
                raise error
            ticket.results.append(result)


@contextmanager
def _interruptions_wait() -> Iterator[None]:
    """Ctrl-C and SIGTERM act only after it: Python drops what is raised in the hooks of a fork."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    came: list[int] = []
    before = {
        each: signal.signal(each, lambda number, _: came.append(number))
        for each in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)
        for number in came:
            signal.raise_signal(number)


def _serve(work: Callable[[Any], Any], pipe: Connection, others: Connection) -> None:
    """A worker's life: tasks until the pipe ends. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    others.close()  # the copy of the parent's end that a fork has
    _keep_freed_memory()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            task = pipe.recv()
            answer: tuple[Exception | None, Any]
            try:
                answer = (None, work(task))
            except Exception as error:  # noqa: BLE001, raised again in the parent
                answer = (error, None)
            pipe.send(answer)


def _keep_freed_memory() -> None:
    """From now on: memory that is freed stays with this process.

    Task after task needs the same, and to get it anew costs a page fault for every 4 KB.
    """
    library = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(library, "mallopt"):  # glibc's
        library.mallopt(_M_MMAP_THRESHOLD, _KEPT)
        library.mallopt(_M_TRIM_THRESHOLD, _KEPT)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return f"ended with code {code}"
