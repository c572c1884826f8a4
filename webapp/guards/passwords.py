"""A password for a private desk: HTTP Basic (RFC 7617), against a file of names and hashes."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path

from flask import Flask, request
from werkzeug.exceptions import Unauthorized
from werkzeug.security import check_password_hash, generate_password_hash

from webapp.guards.concurrent_exports import BusyError
from webapp.settings import SettingError, Settings

MAX_FILE = 1_000_000
"""Bytes of the file."""
CHECKS_AT_ONCE = 2
"""Hashes computed at once: each takes some 50 ms and 32 MB, on purpose."""
REMEMBERED = 1_000
"""Pairs of name and password that are known to be right, as keyed digests."""
MIN_PASSWORD = 12
"""Characters of a new password (ASVS 5, 6.2.1 asks for 8 or more, and recommends 15)."""
_LINE = re.compile(r"(?P<name>[^:\s][^:]*):(?P<hash>scrypt:\d+:\d+:\d+\$[^$]+\$[0-9a-f]+)")
_OPEN = ("/healthz", "/readyz")
"""What a monitor asks; of the index they tell how many releases it holds, and since when."""


def hashed_line(name: str, password: str) -> str:
    """A line for the file.

    :raises SettingError: for a name or a password that cannot be used.
    """
    if not name or ":" in name or name != name.strip() or not name.isprintable():
        raise SettingError("A name has no colon, and no space before or behind it.")
    if len(password) < MIN_PASSWORD:
        raise SettingError(f"A password has {MIN_PASSWORD} characters or more.")
    return f"{name}:{generate_password_hash(password, 'scrypt')}"


def install(app: Flask, settings: Settings) -> None:
    """Ask for a name and a password on every page, where the settings name a file of them.

    :raises SettingError: for a file that is missing or none.
    """
    if settings.password_file:
        door = _Door(_read(Path(settings.password_file)))
        app.before_request(door.check)


def _read(path: Path) -> dict[str, str]:
    try:
        text = path.read_bytes()[: MAX_FILE + 1].decode("utf-8")
    except (OSError, ValueError) as error:
        raise SettingError(f"DATELINE_PASSWORD_FILE: {path} cannot be read ({error}).") from error
    known = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            read = _LINE.fullmatch(line.strip())
            if read is None or len(text) > MAX_FILE:
                raise SettingError(
                    f"DATELINE_PASSWORD_FILE: line {number} of {path} is none that "
                    "`dateline password NAME` writes."
                )
            known[read["name"]] = read["hash"]
    if not known:
        raise SettingError(f"DATELINE_PASSWORD_FILE: {path} names nobody, so nobody could read.")
    return known


class _Door:
    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        # Somebody unknown takes as long as somebody known.
        self._nobody = generate_password_hash(secrets.token_hex(16), "scrypt")
        self._key = secrets.token_bytes(32)
        self._right: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()
        self._checks = threading.BoundedSemaphore(CHECKS_AT_ONCE)

    def check(self) -> None:
        """Let those in who give a right pair.

        :raises Unauthorized: for all others.
        """
        if request.path in _OPEN:
            return
        given = request.authorization
        if (
            given is None
            or given.type != "basic"
            or not self._is_right(given.username or "", given.password or "")
        ):
            raise Unauthorized

    def _is_right(self, name: str, password: str) -> bool:
        pair = f"{name}:{password}".encode("utf-8", "surrogatepass")
        digest = hmac.digest(self._key, pair, sha256)
        with self._lock:
            if digest in self._right:
                self._right.move_to_end(digest)
                return True
        if not self._checks.acquire(timeout=1):
            raise BusyError(1)
        try:
            right = check_password_hash(self._known.get(name, self._nobody), password)
        finally:
            self._checks.release()
        if not right or name not in self._known:
            return False
        with self._lock:
            self._right[digest] = None
            while len(self._right) > REMEMBERED:
                self._right.popitem(last=False)
        return True
