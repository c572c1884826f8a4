"""People's ways through the pages, over an index on a cluster: the journeys and errands of a folder.

The tests are those of `tests/browser`; only where the index lies is another here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from index.stores.opensearch import OpenSearchStore
from index.stores.stored_release import stored_release
from tests.browser import test_errands as errands
from tests.browser import test_journeys as journeys
from tests.browser.site_server import served_app
from tests.cluster.one_server import opened_store
from tests.webapp.press_room import FIRST_INDEXED, press_room
from webapp import create_app

pytestmark = [pytest.mark.cluster, pytest.mark.browser, pytest.mark.slow]

way = errands.way
__all__ = ["way"]  # a fixture of the tests that follow
globals().update(
    (name, test)
    for module in (journeys, errands)
    for name, test in vars(module).items()
    if name.startswith("test_")
)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """What the journeys go through: the press room."""
    store = opened_store()
    with store.writing():
        store.apply((), [stored_release(each, FIRST_INDEXED) for each in press_room()])
    with over(store) as address:
        yield address


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """What the errands go through."""
    store = opened_store()
    errands.write_news(store)
    with over(store) as address:
        yield address


@contextmanager
def over(store: OpenSearchStore) -> Iterator[str]:
    """A site over an index on a cluster."""
    with served_app(create_app({"index": str(store.address)})) as address:
        yield address
    store.client.close()
