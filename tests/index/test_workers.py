"""Worker processes: order, errors, deaths, and nothing left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from index.workers import LostWorkerError, alone, in_order, in_threads, worker_count
from tests.timing import PATIENCE, wait_until


def double(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * 2


def linger_at_zero(number: int) -> int:
    time.sleep(0 if number else 0.5)
    return number


def fail_at_five(number: int) -> int:
    if number == 5:
        raise ValueError("five is refused")
    return number


def refuse_five(number: int) -> None:
    fail_at_five(number)


def die_at_five(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors cannot be chosen")
def test_one_worker_for_each_processor_that_this_process_may_use() -> None:
    code = (
        "import os; from index.workers import worker_count\n"
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
        "print(worker_count(None), worker_count(3))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "1 3\n"
    assert worker_count(0) == 0


@pytest.mark.parametrize("workers", [1, 3])
def test_threads_do_every_task_and_an_error_of_one_is_raised_here(workers: int) -> None:
    done: list[int] = []
    in_threads([partial(done.append, number) for number in range(20)], workers)
    assert sorted(done) == list(range(20))
    with pytest.raises(ValueError, match="five is refused"):
        in_threads([partial(refuse_five, number) for number in range(10)], workers)


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    assert list(in_order(double, iter(range(40)), workers)) == [(n, n * 2) for n in range(40)]
    assert list(in_order(double, iter([]), workers)) == []


def test_tasks_are_fetched_only_as_they_are_needed() -> None:
    fetched = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            fetched.append(number)
            yield number

    results = in_order(double, tasks(), 2)
    for _ in range(5):
        next(results)
    results.close()
    assert len(fetched) <= 5 + 2 * 4


def test_tasks_do_not_pile_up_behind_a_slow_one() -> None:
    fetched = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            fetched.append(number)
            yield number

    results = in_order(linger_at_zero, tasks(), 2, ahead=3)
    assert next(results) == (0, 0)
    assert len(fetched) <= 2 * 3
    results.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_work_is_raised_here(workers: int) -> None:
    with pytest.raises(ValueError, match="five is refused"):
        list(in_order(fail_at_five, iter(range(10)), workers))
    assert multiprocessing.active_children() == []


def test_a_killed_worker_costs_its_task_only() -> None:
    results = [result for _, result in in_order(die_at_five, iter(range(12)), 2)]
    assert isinstance(results[5], LostWorkerError)
    assert str(results[5]) == "was killed (SIGKILL)"
    assert [each for each in results if isinstance(each, int)] == [0, 1, 2, 3, 4, *range(6, 12)]
    assert isinstance(alone(die_at_five, 5), LostWorkerError)
    assert alone(die_at_five, 6) == 6


def test_closing_ends_the_workers() -> None:
    results = in_order(double, iter(range(1000)), 2)
    next(results)
    assert len(multiprocessing.active_children()) == 2
    results.close()
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(end: signal.Signals, tmp_path: Path) -> None:
    code = (
        "import os, time, sys; from pathlib import Path\n"
        "from index.child_processes import children_end_with_us\n"
        "from index.workers import in_order\n"
        "def work(n):\n"
        "    Path(sys.argv[1], str(os.getpid())).touch()\n"
        f"    time.sleep({10 * PATIENCE})\n"
        "with children_end_with_us(os.open(sys.argv[1], os.O_RDONLY)):\n"
        "    list(in_order(work, iter(range(9)), 2))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.DEVNULL
    )
    assert wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [int(each.name) for each in tmp_path.iterdir()]
    parent.send_signal(end)
    parent.wait(PATIENCE)
    assert wait_until(lambda: not any(map(alive, workers)))


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked there")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
def test_an_interruption_in_the_middle_of_a_fork_counts(sent: str) -> None:
    """Python prints and forgets what is raised in the hooks of a fork: the run would go on."""
    code = (
        "import os, signal\n"
        "from index.workers import in_order\n"
        "signal.signal(signal.SIGTERM, signal.default_int_handler)\n"
        f"hook = lambda: os.kill(os.getpid(), signal.{sent})\n"
        "os.register_at_fork(after_in_parent=hook)\n"
        "try:\n"
        "    list(in_order(abs, iter([-1]), 2))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert (done.stdout, done.stderr) == ("interrupted\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked there")
def test_a_worker_does_not_hold_the_lock_of_its_parent(tmp_path: Path) -> None:
    """A process of its own: with one thread, so that workers are forked with its open files."""
    code = (
        "import os, sys\n"
        "from index.child_processes import children_end_with_us\n"
        "from index.workers import alone\n"
        "def is_open(lock):\n"
        "    try:\n"
        "        return os.path.samestat(os.fstat(lock), os.stat(sys.argv[1]))\n"
        "    except OSError:\n"
        "        return False\n"
        "lock = os.open(sys.argv[1], os.O_RDONLY)\n"
        "print(alone(is_open, lock))\n"
        "with children_end_with_us(lock):\n"
        "    print(alone(is_open, lock), is_open(lock))\n"
        "print(alone(is_open, lock))\n"
    )
    said = subprocess.check_output([sys.executable, "-c", code, str(tmp_path)], text=True)
    assert said.splitlines() == ["True", "False True", "True"]
