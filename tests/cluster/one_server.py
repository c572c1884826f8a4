"""One server of OpenSearch for all tests of a run, started when the first one asks for it."""

from __future__ import annotations

import atexit
import os
import secrets
import tempfile
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from index.cluster.cluster_address import read_address
from tests.cluster.server import UnavailableError, running_server

if TYPE_CHECKING:
    from index.stores.opensearch import OpenSearchStore

RUNNING = "DATELINE_TEST_OPENSEARCH"
"""`start`, or a server that runs already, as host:port: these tests come into no other run, which
a server's start and its memory would slow down."""
NEEDED = "DATELINE_NEEDS_OPENSEARCH"
"""Set where tests may not be skipped for want of Java or Maven, as in CI."""


def opened_store() -> OpenSearchStore:
    """A store for an index that is not there yet."""
    host = _host()
    if not host.startswith("127.0.0.1:"):
        why_not(host)
    address = read_address(f"opensearch://{host}/test-{secrets.token_hex(4)}")
    from index.stores.opensearch import OpenSearchStore  # here, as its client may be missing

    return OpenSearchStore(address, state=_folder() / address.name)


def why_not(reason: str) -> NoReturn:
    """Skip a test, or fail where it may not be skipped."""
    if os.environ.get(NEEDED):
        pytest.fail(f"no OpenSearch: {reason}")
    pytest.skip(f"no OpenSearch: {reason}")


@cache
def _host() -> str:
    """Host and port of the server, or why there is none."""
    running = os.environ.get(RUNNING)
    if not running:
        return "`make test-cluster` starts one"
    if find_spec("opensearchpy") is None:
        return "opensearch-py is not installed"
    if running != "start":
        return running
    held = ExitStack()
    try:
        server = held.enter_context(running_server())
    except UnavailableError as error:
        return str(error)
    atexit.register(held.close)
    return server.host


@cache
def _folder() -> Path:
    held = tempfile.TemporaryDirectory()
    atexit.register(held.cleanup)
    return Path(held.name)
