"""Exports at once: each holds a thread for as long as its reader takes, so they are few."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from threading import BoundedSemaphore

from flask import Flask, Response, current_app, stream_with_context

from webapp.settings import Settings

EXPORT_SECONDS = 300
"""How long an export may take; the slowest reader of 20 MB needs 70 kB a second."""
LINES_AT_ONCE = 200
"""Lines of an export that are sent at a time."""
RETRY_EXPORT = 20
"""Seconds after which one may ask again for an export."""

_KEY = "dateline-exports"
_log = logging.getLogger(__name__)


class BusyError(Exception):
    """As much is being done as may be; in `retry_after` seconds there may be room."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"busy; try again in {retry_after} seconds")
        self.retry_after = retry_after


def install(app: Flask, settings: Settings) -> None:
    """Give the application as many places for exports as the settings say."""
    app.extensions[_KEY] = BoundedSemaphore(settings.exports_at_once)


def stream(batches: Iterator[str], media_type: str) -> Response:
    """A response sent while it is made, in a place that is free again once it ends or is given up.

    Its first batch is made at once, so that what is wrong with the index shows before a byte is
    sent. What goes wrong later is logged, and cuts the response off: nobody takes it for whole.

    :raises BusyError: where all places are taken.
    """
    place = _Place(current_app.extensions[_KEY])
    first = list(islice(batches, 1))
    sent = stream_with_context(_bounded(chain(first, batches), place))
    response = Response(sent, mimetype=media_type)
    response.call_on_close(place.free)
    return response


def joined(lines: Iterable[str], size: int = LINES_AT_ONCE) -> Iterator[str]:
    """Lines in batches of so many."""
    iterator = iter(lines)
    while batch := list(islice(iterator, size)):
        yield "".join(batch)


class _Place:
    """A place that is taken until it is freed, or nobody holds it any more."""

    def __init__(self, places: BoundedSemaphore) -> None:
        self._places: BoundedSemaphore | None = None
        if not places.acquire(blocking=False):
            raise BusyError(RETRY_EXPORT)
        self._places = places

    def free(self) -> None:
        """Let somebody else have it."""
        places, self._places = self._places, None
        if places is not None:
            places.release()

    __del__ = free


def _bounded(batches: Iterator[str], place: _Place) -> Iterator[str]:
    until = time.monotonic() + EXPORT_SECONDS
    for batch in _logged(batches):
        yield batch
        if time.monotonic() > until:
            _log.warning("An export was cut off: it took more than %d s.", EXPORT_SECONDS)
            raise _cut_off()
    place.free()


def _logged(batches: Iterator[str]) -> Iterator[str]:
    try:
        yield from batches
    except Exception as error:
        _log.exception("An export was cut off by an error.")
        raise _cut_off() from error


def _cut_off() -> OSError:
    """What servers take for a reader who is gone: they close the connection, and log no address."""
    return BrokenPipeError(errno.EPIPE, "cut off")
