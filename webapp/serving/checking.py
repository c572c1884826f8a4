"""Checking the index ahead of readers: a thread of a worker, which leaves it most of the time."""

from __future__ import annotations

import logging
import time
from itertools import islice
from threading import Thread

from flask import Flask

from index.errors import DatelineError, NoIndexError
from webapp.context import engine_of

EVERY_SECONDS = 60
"""Time between two looks whether a commit brought pieces that are not checked."""
STEPS = 16
"""Pieces of 64 KiB that are checked at a time: half a millisecond."""
PAUSE_SECONDS = 0.002
"""Pause between them, four times as long: the 243 MB of 72,623 releases take half a second."""

_log = logging.getLogger(__name__)


def start_checking(app: Flask) -> None:
    """Check what the index holds now, and what commits bring, for as long as the process lives.

    So damage is in the log before a reader meets it, and no search pays for the check.
    """
    Thread(target=_check_again, args=(app,), name="check-index", daemon=True).start()


def _check_again(app: Flask) -> None:
    said = ""
    while True:
        problem = check_once(app)
        if problem and problem != said:
            _log.error("%s", problem)
        said = problem
        time.sleep(EVERY_SECONDS)


def check_once(app: Flask) -> str:
    """Check all of the index that was not read yet; what is wrong with it, in a sentence, or ""."""
    try:
        steps = engine_of(app).check_ahead()
        while list(islice(steps, STEPS)):
            time.sleep(PAUSE_SECONDS)
    except NoIndexError:
        return ""  # whoever asks is told
    except (DatelineError, OSError) as error:
        return str(error)
    return ""
