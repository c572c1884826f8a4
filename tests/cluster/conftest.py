"""An index on the node that all tests of a cluster share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.stores.opensearch import OpenSearchStore
from tests.cluster.one_server import opened_store


@pytest.fixture
def store() -> Iterator[OpenSearchStore]:
    opened = opened_store()
    yield opened
    opened.client.close()
