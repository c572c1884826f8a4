"""The response cache: what was asked twice is answered with the same bytes from then on.

An answer depends on what its entity tag is a digest of, and on nothing else. So it is kept by that,
for as long as the engine reads the same commit by the same files. To keep one takes 160 us, and
most are asked for once: the first time only the tag is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import zstandard
from flask import Response, g

from search import Coverage
from webapp.context import current_answers
from webapp.monitoring.request_log import log_found

MAX_ANSWER = 256 << 10
"""Bytes of an answer; a larger one is never kept."""
LEVEL = 1
"""Of compression: a page of 34 KB becomes 7.8, in 60 microseconds, and is itself again in 34. By
level 3 it is 7.5."""
MAX_SECONDS = 1.0
"""Processor time beyond which an answer is not kept: a search that took two may lack what there was
no time for, such as another spelling."""


class KeptAnswer(NamedTuple):
    """What was sent, `size` bytes, compressed; and how many releases a search found."""

    body: bytes
    size: int
    headers: tuple[tuple[str, str], ...]
    found: int | None

    @property
    def nbytes(self) -> int:
        """Bytes of the body and of the headers."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


_ASKED_ONCE = KeptAnswer(b"", 0, (), None)


def answer_again(tag: str, coverage: Coverage) -> Response | None:
    """The answer of that entity tag, if it is kept."""
    kept = current_answers()
    found: KeptAnswer | None = kept.cache.get((tag,)) if kept.coverage is coverage else None
    if found is None or found is _ASKED_ONCE:
        return None
    if found.found is not None:
        log_found(found.found)
    return Response(zstandard.decompress(found.body, found.size), headers=[*found.headers])


def keep_answer(tag: str, coverage: Coverage, response: Response, seconds: float) -> None:
    """Keep an answer that is whole and was made in time, if it was asked for before.

    Whenever a commit came, or files were opened anew since one was damaged, the engine's coverage
    is another object, and all answers go.
    """
    if response.status_code != 200 or not response.is_sequence or seconds > MAX_SECONDS:
        return
    kept = current_answers()
    if kept.coverage is not coverage:
        kept.cache.clear()
        kept.coverage = coverage
    if kept.cache.get((tag,)) is None:
        kept.cache.put((tag,), _ASKED_ONCE)
    elif len(body := response.get_data()) <= MAX_ANSWER:
        packed = zstandard.compress(body, LEVEL)
        answer = KeptAnswer(packed, len(body), (*response.headers,), g.get("found"))
        kept.cache.put((tag,), answer)
