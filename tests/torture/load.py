"""Load: new questions of every kind to the documented server, while indexing commits on and on.

    python -m tests.torture.load --minutes 60
    python -m tests.torture.load --minutes 10 --index var/index --questions questions.txt --rate 20

The index is copied first. Printed are errors, the spread of times by kind of page, and memory and
descriptors of the workers at the beginning and at the end; then ten times as many requests come at
once as can wait, and must be answered or refused, after which all is as before.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

from tests.timing import PATIENCE
from tests.webapp.serving.served import ROOT, Server, served
from webapp.serving.worker import WAITING

CLIENTS = 4
"""Connections that ask, each one request after the other."""
RECONNECT = 50
"""Requests after which a client connects anew, on average."""
CHANGED = 20
"""Releases of a commit."""
SUBJECTS = ("ferry", "reservoir", "clinic", "harbour", "school", "market", "lighthouse", "orchard")
KINDS = (
    "page",
    "page",
    "page",
    "page",
    "filtered",
    "json",
    "release",
    "suggest",
    "atom",
    "csv",
    "trends",
)
TROUBLE = "CRITICAL|ERROR|WORKER TIMEOUT|Traceback"
"""What the server's log has where something went wrong."""
SLOWEST = 5
"""Answers that are named."""
OVERLOAD = 10
"""Requests at once, by how many can wait."""


@dataclass
class Report:
    """What happened."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    commits: int = 0
    memory: list[int] = field(default_factory=list)
    """Bytes that belong to the workers alone, sampled through the run."""
    held: list[int] = field(default_factory=list)
    """Bytes that all their caches count, sampled at the same times."""
    descriptors: list[int] = field(default_factory=list)
    caches: dict[str, float] = field(default_factory=dict)
    """Megabytes that the caches of the workers hold at last, by name."""
    ended: list[str] = field(default_factory=list)
    """Workers that ended before the overload, and what the server's log has of trouble."""
    refused: list[str] = field(default_factory=list)
    """Requests that were asked to come back later, with seconds and addresses."""
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """The answers that took longest, in seconds, with their addresses."""
    overload: Counter[int] = field(default_factory=Counter)
    recovered: bool = False

    @property
    def growth(self) -> float:
        """Megabytes from the second quarter of the run, when caches have filled, to the last."""
        quarter = max(1, len(self.memory) // 4)
        early = statistics.median(self.memory[quarter : 2 * quarter] or self.memory)
        return (statistics.median(self.memory[-quarter:]) - early) / 1e6

    @property
    def _tenths(self) -> list[tuple[int, int]]:
        pairs = list(zip(self.memory, self.held, strict=False))
        return [pairs[(len(pairs) - 1) * tenth // 10] for tenth in range(11)]

    def text(self) -> str:
        """The figures as lines."""
        lines = [
            f"{kind:9} {len(each):7,} answers, median {1000 * statistics.median(each):7.1f} ms, "
            f"95 % under {1000 * _part(each, 0.95):7.1f} ms, 99 % under {1000 * _part(each, 0.99):7.1f} ms, "
            f"longest {1000 * max(each):7.1f} ms"
            for kind, each in sorted(self.times.items())
        ]
        return "\n".join(
            [
                *lines,
                f"statuses {dict(self.statuses)}, errors {len(self.errors)}, commits {self.commits}",
                f"asked to come back: {len(self.refused)} {self.refused[:5]}",
                (
                    f"memory of the workers {self.memory[0] / 1e6:.0f} MB at first, "
                    f"{max(self.memory) / 1e6:.0f} at most, {self.memory[-1] / 1e6:.0f} at last; "
                    f"second quarter to last {self.growth:+.0f} MB"
                ),
                "memory, and what caches count of it, in MB by tenths of the run: "
                + ", ".join(
                    f"{memory / 1e6:.0f} ({held / 1e6:.0f})" for memory, held in self._tenths
                ),
                (
                    f"descriptors {self.descriptors[0]} at first, {max(self.descriptors)} at most, "
                    f"{self.descriptors[-1]} at last"
                ),
                "caches: "
                + ", ".join(f"{name} {held:.0f} MB" for name, held in sorted(self.caches.items())),
                f"overload: {dict(self.overload)}; recovered: {self.recovered}",
                *(f"{seconds:.1f} s for {path}" for seconds, path in self.slowest),
                *self.ended,
                *self.errors[:10],
            ]
        )


def run(options: argparse.Namespace) -> Report:
    """Serve, ask and commit for so many minutes, then ask for far too much."""
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = _prepared(folder, options.index)
        questions, words = _questions(options.questions)
        metrics = folder / "metrics"
        metrics.mkdir()
        settings = {
            "DATELINE_CACHE_MB": str(options.cache),
            "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        }
        with served(index, folder / "log", **settings) as server:
            for _ in range(20):
                server.get("/readyz")
            first = server.workers()
            until = time.monotonic() + 60 * options.minutes
            with _in_thread(lambda: _commit(index, folder, options.every, until, report)):
                asking = [
                    threading.Thread(
                        target=_ask,
                        daemon=True,
                        args=(server, questions, words, number, options.rate, until, report),
                    )
                    for number in range(CLIENTS)
                ]
                for each in asking:
                    each.start()
                while time.monotonic() < until:
                    _sample(server, report)
                    time.sleep(min(5.0, 6 * options.minutes))
                for each in asking:
                    _joined(each)
            _note_trouble(server, first, report)
            _overload(server, report)
            _sample(server, report)
    return report


def main(argv: list[str] | None = None) -> int:
    """Run, print; 1 where something went wrong."""
    report = run(_options(argv))
    print(report.text())
    return int(bool(report.errors) or not report.recovered)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Questions while indexing commits.")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--index", type=Path, help="a folder with an index; else one is made")
    parser.add_argument("--questions", type=Path, help="a file of questions, one a line")
    parser.add_argument("--rate", type=float, default=20, help="requests a second, all together")
    parser.add_argument("--cache", type=int, default=160, help="DATELINE_CACHE_MB")
    parser.add_argument("--every", type=float, default=10, help="seconds between commits")
    return parser.parse_args(argv)


def _prepared(folder: Path, given: Path | None) -> Path:
    index = folder / "index"
    if given:
        shutil.copytree(given, index)
    _index(folder, index, range(1_000 if given else 2_000))
    return index


def _index(folder: Path, index: Path, numbers: range, edition: int = 0) -> None:
    """Index releases of ours with the real command; an edition changes their words."""
    file = folder / "releases.jsonl"
    with file.open("w") as out:
        for number in numbers:
            subject = SUBJECTS[number % len(SUBJECTS)]
            out.write(
                json.dumps(
                    {
                        "id": f"load-{number}",
                        "headline": f"Notice {number} on the {subject}, edition {edition}",
                        "body": f"The office reports on the {subject}. "
                        + " ".join(f"word{(number * each) % 9_973}" for each in range(1, 80)),
                        "date": f"{2015 + number % 9}-{1 + number % 12:02}-{1 + number % 28:02}",
                        "agency": f"Office {number % 23}",
                    }
                )
                + "\n"
            )
    command = [sys.executable, "-m", "webapp.cli.main", "index", str(file), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATELINE_INDEX": str(index)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _questions(given: Path | None) -> tuple[list[str], list[str]]:
    """Questions as people asked them, and the words from which others are made."""
    if given is None:
        made = [*SUBJECTS, "notice", "office", "edition", *(f"word{each}" for each in range(9_973))]
        return made, made
    lines = given.read_text("utf-8").splitlines()
    return lines, sorted({word for line in lines for word in line.split()})


def _commit(index: Path, folder: Path, every: float, until: float, report: Report) -> None:
    try:
        while time.monotonic() < until:
            started = time.monotonic()
            first = CHANGED * (report.commits % 40)
            _index(folder, index, range(first, first + CHANGED), report.commits + 1)
            report.commits += 1
            time.sleep(
                max(0.0, min(every, until - time.monotonic()) - (time.monotonic() - started))
            )
    except RuntimeError as error:
        report.errors.append(f"indexing: {error}")


def _ask(
    server: Server,
    questions: list[str],
    words: list[str],
    number: int,
    rate: float,
    until: float,
    report: Report,
) -> None:
    chance = random.Random(number)  # noqa: S311
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    while time.monotonic() < until:
        kind = chance.choice(KINDS)
        path = _path(kind, questions, words, chance)
        started = time.monotonic()
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException) as error:
            report.errors.append(f"{path}: {error!r}")
            connection.close()
            continue
        took = time.monotonic() - started
        report.times.setdefault(kind, []).append(took)
        report.slowest = sorted([*report.slowest, (took, path)], reverse=True)[:SLOWEST]
        report.statuses[response.status] += 1
        polite = response.status == 503 and response.getheader("Retry-After")
        if polite:
            report.refused.append(f"{took:.1f} s, {path}")
        elif response.status not in (200, 302) or (response.status == 200 and not body):
            report.errors.append(f"{path}: {response.status}")
        if chance.random() < 1 / RECONNECT:
            connection.close()  # or one worker might get all of them
        time.sleep(max(0.0, CLIENTS / rate - took))
    connection.close()


def _path(kind: str, questions: list[str], words: list[str], chance: random.Random) -> str:
    few = [chance.choice(words) for _ in range(chance.randint(1, 4))]
    forms = (" ".join(few), " OR ".join(few), f'"{" ".join(few[:2])}"', f"{few[0][:4]}* {few[-1]}",
             chance.choice(questions), f"{few[0]}~", f"{few[0]} -{few[-1]}", f"headline:{few[0]}")  # fmt: skip
    asked = quote(chance.choice(forms))
    year = chance.randint(2004, 2023)
    return {
        "page": f"/search?q={asked}",
        "filtered": f"/search?q={asked}&from={year}&to={year + 2}",
        "json": f"/search.json?q={asked}",
        "release": f"/release/load-{chance.randrange(0, 800)}.json",
        "suggest": f"/suggest.json?q={quote(few[0][:3])}",
        "atom": f"/search.atom?q={asked}",
        "csv": f"/search.csv?q={quote(' '.join(few[:2]))}",
        "trends": f"/trends?q={asked}",
    }[kind]


def _sample(server: Server, report: Report) -> None:
    memory = descriptors = 0
    for pid in server.workers():
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            descriptors += len(os.listdir(f"/proc/{pid}/fd"))
        except OSError:
            continue
        memory += 1024 * int(status.partition("RssAnon:")[2].split()[0])
    report.memory.append(memory)
    report.held.append(int(sum(_caches(server).values())))
    report.descriptors.append(descriptors)


def _note_trouble(server: Server, first: list[int], report: Report) -> None:
    """Workers that ended, warnings of the log, and what caches hold."""
    report.ended = [f"worker {pid} ended" for pid in first if pid not in server.workers()]
    said = server.log.read_text("utf-8").splitlines()
    report.ended += [line for line in said if re.search(TROUBLE, line)][:20]
    if report.ended:
        report.errors.append(f"{len(report.ended)} signs of trouble in the log")
    report.caches = {name: held / 1e6 for name, held in _caches(server).items()}


def _caches(server: Server) -> dict[str, float]:
    """Bytes that the caches of all workers hold."""
    exposed = server.get("/metrics")[1].decode()
    found = re.findall(r'^dateline_cache_bytes{cache="(\w+)"} (\S+)', exposed, re.M)
    return {name: float(held) for name, held in found}


def _overload(server: Server, report: Report) -> None:
    """So many requests at once, over a connection each; then whether pages come as before."""
    workers, threads = len(server.workers()), 4
    count = OVERLOAD * workers * threads * (1 + WAITING)
    sent = "GET /search?q=notice+OR+w*+{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    clients = [server.connect(sent.format(number).encode()) for number in range(count)]
    for client in clients:
        try:
            with client, client.makefile("rb") as answer:
                report.overload[int(answer.readline().split()[1])] += 1
        except (OSError, IndexError):
            report.overload[0] += 1
    report.recovered = all(server.get("/search?q=ferry")[0].status == 200 for _ in range(20))
    if report.overload.keys() - {200, 503}:
        report.errors.append(f"overload: {dict(report.overload)}")


def _part(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


@contextmanager
def _in_thread(work: object) -> Iterator[None]:
    thread = threading.Thread(target=work, daemon=True)  # type: ignore[arg-type]
    thread.start()
    yield
    _joined(thread)


def _joined(thread: threading.Thread) -> None:
    thread.join(2 * PATIENCE)
    assert not thread.is_alive(), f"{thread.name} hung for {2 * PATIENCE} s"


if __name__ == "__main__":
    sys.exit(main())
