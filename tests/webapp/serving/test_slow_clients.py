"""Slow and hostile connections to the documented server hold up nobody else."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from hashlib import shake_256
from pathlib import Path
from urllib.parse import quote

import pytest

from index.kernel import loop
from tests.timing import PATIENCE, wait_until
from tests.webapp.press_room import press_room, write
from tests.webapp.serving.served import Server, served
from webapp.serving import worker
from webapp.serving.connection import MAX_HEAD
from webapp.site.parameters import MAX_TEXT

PLAIN = press_room()[0]
SLOW = 20
"""Slow clients of each kind; the documented server has eight threads."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index whose CSV is 8 MB and more than sockets hold, and a release of 2 MB."""
    folder = tmp_path_factory.mktemp("slow") / "index"
    many = [
        replace(
            PLAIN, id=f"R{number:05}", headline=f"Ferry {shake_256(b'%d' % number).hexdigest(450)}"
        )
        for number in range(8_000)
    ]
    write(
        folder, [*many, replace(PLAIN, id="long", body=("A flood of words. " * 200 + "\n\n") * 500)]
    )
    return folder


@pytest.fixture(scope="module")
def server(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(index, tmp_path_factory.mktemp("log") / "log") as running:
        for _ in range(8):
            running.get("/search?q=ferry")
        yield running


@pytest.fixture
def clients() -> Iterator[list[socket.socket]]:
    opened: list[socket.socket] = []
    yield opened
    for each in opened:
        each.close()


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def answers_others(server: Server) -> None:
    """Every worker answers; a connection goes to either of the two, so several are tried."""
    with ThreadPoolExecutor(8) as pool:
        for path in ("/healthz", "/search?q=ferry", "/static/dateline.css"):
            answers = list(pool.map(server.get, [path] * 16))
            assert [response.status for response, _ in answers] == [200] * 16


SENT = {
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: local",
    "nothing": b"",
    "one byte": b"G",
    "a page": get("/search?q=ferry"),
    "many pages": get("/search?q=ferry") * 20,
    "a release of 2 MB": get("/release/long"),
    "an export": get("/search.csv"),
    "a site map": get("/sitemap.xml"),
    "a body that never comes": b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n",
    "a post whose body never comes": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n",
    "chunks": b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
}


@pytest.mark.parametrize("kind", SENT)
def test_clients_that_never_read_hold_up_nobody(
    server: Server, clients: list[socket.socket], kind: str
) -> None:
    for _ in range(SLOW):
        clients.append(server.connect(SENT[kind], receives=2_048))
    answers_others(server)


def test_more_exports_than_places_are_asked_to_come_back(
    server: Server, clients: list[socket.socket]
) -> None:
    for _ in range(SLOW):
        clients.append(server.connect(get("/search.csv"), receives=2_048))
    statuses = []
    for each in clients:
        head = each.recv(12)
        statuses.append(head.split()[1])
        if statuses[-1] == b"503":
            with each.makefile("rb") as answer:
                assert b"Retry-After:" in b"".join(iter(answer.readline, b"\r\n"))
    assert set(statuses) == {b"200", b"503"}
    assert 2 <= statuses.count(b"200") <= 4  # two places in each of two workers
    answers_others(server)
    while clients:
        clients.pop().close()
    assert wait_until(lambda: server.get("/search.csv?q=ferry")[0].status == 200)


def test_many_half_open_connections_make_room_for_new_ones(
    index: Path, tmp_path: Path, clients: list[socket.socket]
) -> None:
    with served(index, tmp_path / "log", "--worker-connections", "40", "--workers", "1") as small:
        for _ in range(300):
            with suppress(OSError):
                clients.append(small.connect(b"GET / HTTP/1.1\r\nX: "))
        for _ in range(20):
            assert small.get("/healthz")[0].status == 200


def test_requests_beyond_what_can_wait_are_refused_and_health_is_not(
    index: Path, tmp_path: Path, clients: list[socket.socket]
) -> None:
    """Ten times what can wait; then, once they are answered, all is well again."""
    arguments = ("--workers", "1", "--threads", "1")
    with served(index, tmp_path / "log", *arguments) as small:
        asked = 10 * (1 + worker.WAITING)
        for number in range(asked):
            clients.append(small.connect(get(f"/search?q=ferry+OR+f{number % 7}*+{number}")))
        assert small.get("/healthz")[0].status == 200
        statuses = []
        for each in clients:
            answer = each.makefile("rb")
            statuses.append(answer.readline().split()[1])
            if statuses[-1] == b"503":
                assert b"Retry-After: 5" in b"".join(answer)
        assert set(statuses) == {b"200", b"503"}
        assert statuses.count(b"200") >= 1 + worker.WAITING
        assert [small.get("/search?q=ferry")[0].status for _ in range(20)] == [200] * 20


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x00\xff\x00\r\n\r\n", b"400"),
        (b"GET /\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 2 * MAX_HEAD, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 2_000 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"4"),
        (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", b"400"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"4"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),  # `https://` typed
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_few_words(
    server: Server, sent: bytes, status: bytes
) -> None:
    with closing(server.connect(sent)) as client:
        answer = b""
        with suppress(ConnectionResetError):
            while piece := client.recv(4_096):
                answer += piece
    assert answer.split()[1].startswith(status)
    said = answer.partition(b"\r\n\r\n")[2]
    assert b"Traceback" not in said
    assert b"gunicorn" not in said
    assert re.search(rb"[.]\s", said), "no sentence says what to do"


def test_an_address_with_letters_as_they_were_typed_is_read_as_a_browser_writes_it(
    server: Server,
) -> None:
    """Each of two that come at once: the second waits in what the first came with."""
    for words in ("渡輪", "Zürich", "渡輪OR英鎊"):
        ask = f"GET /search?q={words} HTTP/1.1\r\nHost: localhost\r\n"
        both = f"{ask}\r\n{ask}Connection: close\r\n\r\n".encode()
        with closing(server.connect(both)) as client:
            answers = b"".join(iter(lambda: client.recv(65_536), b"")).decode()
        assert answers.count("HTTP/1.1 200 OK") == answers.count(f'value="{words}"') == 2, words


def test_the_longest_search_is_answered_in_any_script(server: Server) -> None:
    for character in ("a", "渡", "\U0001f6a2"):
        words = quote(character * MAX_TEXT)
        for path in (f"/search?q={words}", f"/zh-hant/search.json?q={words}&from=2001&to=2002"):
            response, _ = server.get(path)
            assert response.status == 200, path[:40]


def test_requests_one_after_the_other_over_one_connection(server: Server) -> None:
    """Also where the next one comes before the answer, and in pieces."""
    with closing(server.connect(get("/healthz") * 3 + get("/healthz")[:20])) as client:
        client.sendall(get("/healthz")[20:] + get("/static/nothing"))
        answer = b""
        # The whole of it: the name of a commit in an answer may hold the digits 404.
        while b"HTTP/1.1 404 " not in answer and (more := client.recv(4_096)):
            answer += more
    assert answer.count(b"HTTP/1.1 200 OK") == 4


def test_stopping_answers_what_was_asked_and_ends(index: Path, tmp_path: Path) -> None:
    with served(index, tmp_path / "log", "--graceful-timeout", str(PATIENCE)) as running:
        slow = running.connect(get("/search.csv"))
        first = slow.recv(1_000)
        idle = running.connect(b"")
        running.process.terminate()
        whole = first + b"".join(iter(lambda: slow.recv(1 << 16), b""))
        assert whole.endswith(b"\r\n0\r\n\r\n")
        assert running.process.wait(timeout=PATIENCE) == 0
        for each in (slow, idle):
            each.close()


def test_reloading_drops_no_request(server: Server) -> None:
    before, statuses = set(server.workers()), []
    server.process.send_signal(signal.SIGHUP)
    for _ in range(300):
        statuses.append(server.get("/search?q=ferry")[0].status)
        if not before & set(server.workers()):
            break
    assert set(statuses) == {200}
    assert wait_until(lambda: not before & set(server.workers()))
    assert server.get("/search?q=ferry")[0].status == 200


def test_the_sign_of_life_of_a_worker_is_in_memory(server: Server) -> None:
    """On a busy disk it came late, and gunicorn ended the worker with all its connections."""
    for pid in server.workers():
        opened = [os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()]
        assert any(each.startswith("/dev/shm/wgunicorn-") for each in opened)  # noqa: S108


@pytest.mark.slow
def test_a_request_that_came_while_the_worker_stood_still_is_answered(
    index: Path, tmp_path: Path
) -> None:
    with (
        served(index, tmp_path / "log", "--workers", "1") as single,
        closing(single.connect(b"")) as client,
    ):
        assert single.get("/healthz")[0].status == 200  # so the first one was taken, too
        (pid,) = single.workers()
        os.kill(pid, signal.SIGSTOP)
        time.sleep(worker.HEAD_SECONDS + 1)
        client.sendall(get("/healthz"))
        os.kill(pid, signal.SIGCONT)
        assert client.recv(12) == b"HTTP/1.1 200"


@pytest.mark.skipif(loop("unite") is None, reason="the compiled module is not built")
def test_a_file_that_is_cut_short_under_an_answer_ends_no_worker(
    index: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(index, tmp_path / "index"))
    (stored,) = folder.glob("*.stored")
    whole = stored.read_bytes()
    with served(folder, tmp_path / "log", "--workers", "1") as single:
        before = single.workers()
        with closing(single.connect(get("/search.csv"))) as export:
            export.recv(1_000)
            os.truncate(stored, 0)
            while export.recv(1 << 16):
                pass
        assert single.get("/search?q=ferry")[0].status == 503
        stored.write_bytes(whole)
        assert single.get("/search?q=ferry")[0].status == 200
        assert single.workers() == before
        assert "cut off by an error" in single.log.read_text()


def test_the_log_holds_no_query_and_no_address_of_a_reader(server: Server) -> None:
    server.get("/search?q=secretword")
    with closing(server.connect(b"GET /secretword\r\n\r\n")) as client:
        client.recv(1_000)
    server.get("/release/secretword")
    said = server.log.read_text()
    assert "secretword" not in said
    assert "127.0.0.1" not in said.replace(f"http://127.0.0.1:{server.port}", "")
    assert "Traceback" not in said
