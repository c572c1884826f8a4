"""Answers kept as they came, in WARC files (ISO 28500) that are there once they are whole."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.collect.collect_clock import stamp
from index.collect.http_client import HttpAnswer
from index.sources.containers.warc import AGENCY, ROLE

MOST_ANSWERS = 1_000
"""Answers of one file; then it is closed, and what came so far is safe."""
MOST_ANSWERED_BYTES = 100_000_000
"""Bytes of answers of one file."""
SOURCE = "Dateline-Source"
"""A field of our own beside each record: the source that named it."""
_PART = ".part"


class CaptureWriter:
    """Writes the answers of one source. A file whose run ends early is gone, and so is its memory.

    :param settled: called when a file is whole and on the disk.
    """

    def __init__(
        self, folder: Path, source: str, agency: str | None, settled: Callable[[], None]
    ) -> None:
        self._folder, self._source, self._agency = folder, source, agency
        self._settled = settled
        self._file: BinaryIO | None = None
        self._answers = self._bytes = 0

    def keep(self, answer: HttpAnswer, now: float, role: str = "") -> None:
        """Write an answer, with what was asked.

        :param role: what it is, where it is no release: `listing`, `redirect`, `robots`.
        """
        if self._file is None:
            self._open(now)
        self._write(answer, now, role)
        self._answers += 1
        self._bytes += len(answer.body)

    def keep_same(self, answer: HttpAnswer, now: float, url: str, fetched: float) -> None:
        """Write that an answer had the bytes of another address, which are there already."""
        if self._file is None:
            self._open(now)
        digest = base64.b32encode(hashlib.sha1(answer.body, usedforsecurity=False).digest())
        record = self._writer.create_revisit_record(
            answer.url, f"sha1:{digest.decode()}", url, stamp(fetched),
            warc_headers_dict={"WARC-Date": stamp(now), SOURCE: self._source},
        )  # fmt: skip
        self._writer.write_record(record)
        self._answers += 1

    def settle(self) -> None:
        """Finish the file that is being written, if one is; then all that was noted may last."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            self._part.rename(self._part.with_name(self._part.name[1 : -len(_PART)]))
            _sync(self._folder)
        self._settled()

    def settle_when_large(self) -> None:
        """Finish the file once it is large."""
        if self._answers >= MOST_ANSWERS or self._bytes >= MOST_ANSWERED_BYTES:
            self.settle()

    def drop(self) -> None:
        """Leave nothing of the file that is being written."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)

    def _open(self, now: float) -> None:
        moment = re.sub(r"\W", "", stamp(now))
        number = 1
        while (self._folder / f"{moment}-{self._source}-{number}.warc.gz").exists():
            number += 1
        name = f"{moment}-{self._source}-{number}.warc.gz"
        self._part = self._folder / f".{name}{_PART}"
        self._file = self._part.open("wb")
        self._answers = self._bytes = 0
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        info = {"software": "Dateline", "format": "WARC File Format 1.1", "isPartOf": self._source}
        self._writer.write_record(self._writer.create_warcinfo_record(name, info))

    def _write(self, answer: HttpAnswer, now: float, role: str) -> None:
        about = {
            "WARC-Date": stamp(now),
            "WARC-IP-Address": answer.address,
            SOURCE: self._source,
            **({ROLE: role} if role else {}),
            **({AGENCY: self._agency} if self._agency else {}),
        }
        status = StatusAndHeaders(
            f"{answer.status} {_latin(answer.reason)}", _headers(answer), protocol="HTTP/1.1"
        )
        response = self._writer.create_warc_record(
            answer.url, "response", BytesIO(answer.body), len(answer.body),
            http_headers=status, warc_headers_dict=about,
        )  # fmt: skip
        parts = urlsplit(answer.url)
        place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asked = StatusAndHeaders(
            f"GET {_latin(place)} HTTP/1.1",
            [("Host", _latin(parts.netloc)), *answer.asked_with],
            is_http_request=True,
        )
        request = self._writer.create_warc_record(
            answer.url, "request", http_headers=asked, warc_headers_dict={"WARC-Date": stamp(now)}
        )
        self._writer.write_request_response_pair(request, response)


def sweep(folder: Path) -> None:
    """Remove files that runs left which did not come to their end; what they held comes again."""
    for part in folder.glob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def _headers(answer: HttpAnswer) -> list[tuple[str, str]]:
    """The headers as they came; the coding of the transfer is undone, so its name says that."""
    return [
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, _latin(value))
        for name, value in answer.headers
    ]


def _latin(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text).encode("latin-1", "replace").decode("latin-1")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
