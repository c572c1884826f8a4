"""Connections to a node: what is kept open, what is read, what is no answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from opensearchpy.exceptions import ConnectionError as NoConnectionError
from opensearchpy.exceptions import ConnectionTimeout, NotFoundError

from index.cluster.node_connection import MAX_HEADERS, MAX_LINE, NodeConnection

Node = Callable[..., tuple[NodeConnection, list[bytes]]]
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture
def node() -> Iterator[Node]:
    """Gives a connection to a server that says these, one connection after the other, one answer to
    each request, and what it was told: the head of each request, connections parted by b""."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak(connections: tuple[list[bytes], ...], told: list[bytes]) -> None:
            for answers in connections:
                opened = server.accept()[0]
                told.append(b"")
                with opened, opened.makefile("rb") as asked:
                    for each in answers:
                        lines = list(iter(asked.readline, b"\r\n"))
                        told.append(b"".join(lines))
                        opened.sendall(each)

        def open_to(*connections: list[bytes]) -> tuple[NodeConnection, list[bytes]]:
            told: list[bytes] = []
            threading.Thread(target=speak, args=(connections, told), daemon=True).start()
            host, port = server.getsockname()
            return NodeConnection(host=host, port=port, http_auth=("me", "secret")), told

        yield open_to


def test_requests_go_over_one_connection(node: Node) -> None:
    connection, told = node([WHOLE, WHOLE])
    with closing(connection):
        for _ in range(2):
            assert connection.perform_request("GET", "/_alias/news", {"a": "b c"})[::2] == (
                200,
                "{}",
            )
    assert [each.partition(b"\r\n")[0] for each in told] == [
        b"", *[b"GET /_alias/news?a=b+c HTTP/1.1"] * 2
    ]  # fmt: skip
    assert b"authorization: Basic bWU6c2VjcmV0\r\n" in told[1]


@pytest.mark.parametrize(
    "said",
    [
        WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"),
        b"HTTP/1.1 200 OK\r\n\r\n{}",  # it ends with the connection
        WHOLE,  # and then it hangs up
    ],
)
def test_after_one_that_ended_there_is_another(node: Node, said: bytes) -> None:
    connection, told = node([said], [WHOLE])
    with closing(connection):
        for _ in range(2):
            assert connection.perform_request("GET", "/")[::2] == (200, "{}")
            while any(each.is_usable for each in connection.kept):
                pass  # until the node has hung up
    assert told.count(b"") == 2


def test_an_answer_may_come_in_pieces(node: Node) -> None:
    head = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection, told = node([head + b"1\r\n{\r\n1;x=y\r\n}\r\n0\r\nT: t\r\n\r\n", WHOLE])
    with closing(connection):
        assert [connection.perform_request("GET", "/")[2] for _ in range(2)] == ["{}", "{}"]
    assert told.count(b"") == 1


def test_a_head_may_be_longer_than_what_is_read_at_once(node: Node) -> None:
    long = WHOLE.replace(b"\r\n\r\n", b"\r\nX-Opaque-Id: " + b"a" * 20_000 + b"\r\n\r\n")
    connection, told = node([long, WHOLE])
    with closing(connection):
        _, said, text = connection.perform_request("GET", "/")
        assert (len(said["x-opaque-id"]), text) == (20_000, "{}")
        assert connection.perform_request("GET", "/")[2] == "{}"
    assert told.count(b"") == 1


def test_parameters_that_are_equal_are_not_the_same(node: Node) -> None:
    connection, told = node([WHOLE] * 3)
    with closing(connection):
        for value in (1, True, "a&b=c d"):
            connection.perform_request("GET", "/", {"x": value})
    assert [each.split()[1] for each in told[1:]] == [b"/?x=1", b"/?x=True", b"/?x=a%26b%3Dc+d"]


def test_another_status_is_an_error_and_the_connection_stays(node: Node) -> None:
    connection, told = node([WHOLE.replace(b"200 OK", b"404 Not Found"), WHOLE])
    with closing(connection):
        with pytest.raises(NotFoundError):
            connection.perform_request("GET", "/")
        assert connection.perform_request("GET", "/")[0] == 200
    assert told.count(b"") == 1


@pytest.mark.parametrize(
    "said",
    [
        WHOLE[:-1],
        WHOLE[:20],
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 what\r\n\r\n",
        WHOLE.replace(b"Length: 2", b"Length: two"),
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * (MAX_HEADERS + 1) + b"\r\n",
        b"HTTP/1.1 200 " + b"a" * MAX_LINE + b"\r\n\r\n",  # may come at once, since Python 3.14
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
    ],
)
def test_what_is_no_answer_is_no_connection(node: Node, said: bytes) -> None:
    connection, _ = node([said])
    with closing(connection), pytest.raises(NoConnectionError):
        connection.perform_request("GET", "/")
    assert not connection.kept


def test_what_takes_too_long_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host, port = silent.getsockname()
        connection = NodeConnection(host=host, port=port)
        with closing(connection), pytest.raises(ConnectionTimeout):
            connection.perform_request("GET", "/", timeout=0.01)
