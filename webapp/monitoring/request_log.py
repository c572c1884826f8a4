"""The log: lines of JSON with the id of their request, and no words or addresses of readers."""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from webapp.context import current_settings
from webapp.settings import Settings

REQUEST_ID = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_log = logging.getLogger("dateline.requests")
_OURS = ("webapp", "search", "index", _log.name)


def install(app: Flask, settings: Settings) -> None:
    """Give every request an id; write a line for each if the settings ask for it.

    Under gunicorn what we log goes where its own log goes, and both are lines of JSON.
    """
    app.before_request(_name)
    app.after_request(_write)
    for handler in logging.getLogger("gunicorn.error").handlers:
        handler.setFormatter(JsonLines())
        for name in _OURS:
            logging.getLogger(name).addHandler(handler)
    if settings.log_requests or settings.log_queries:
        _log.setLevel(logging.INFO)
        if not _log.handlers:
            _log.addHandler(logging.StreamHandler())
            _log.propagate = False


def log_found(total: int) -> None:
    """Have the line of this request say how many releases its search found."""
    g.found = total


def current_request_id() -> str:
    """The id of this request: in its answer, in the log, and on the page of an error."""
    return str(g.get("request_id", ""))


class JsonLines(logging.Formatter):
    """Records of a log as lines of JSON, with the id of the request that they belong to."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; a trace, where there is one, is a value of it."""
        if record.name == _log.name:
            return record.getMessage()  # which is a line of JSON
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if g and current_request_id():
            said["request_id"] = current_request_id()
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def _name() -> None:
    given = request.headers.get(REQUEST_ID, "")
    trusted = current_settings().proxies and _GIVEN.fullmatch(given)
    g.request_id = given if trusted else secrets.token_hex(8)
    g.named = time.perf_counter()


def _write(response: Response) -> Response:
    response.headers[REQUEST_ID] = current_request_id()
    if _log.isEnabledFor(logging.INFO) and _log.handlers:
        _log.info("%s", json.dumps(_line(response), ensure_ascii=False))
    return response


def _line(response: Response) -> dict[str, object]:
    line: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request_id": current_request_id(),
        "method": request.method,
        "page": (request.endpoint or "nothing").rpartition(".")[2],
        "status": response.status_code,
        "bytes": response.content_length,
        "ms": round((time.perf_counter() - g.named) * 1000, 1),
    }
    if "found" in g:
        line["found"] = g.found
    if current_settings().log_queries:
        line["address"] = request.remote_addr
        line["asked"] = request.full_path[:2_000]
    return line
