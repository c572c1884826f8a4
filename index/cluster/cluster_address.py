"""The address of an index on a cluster: `opensearch://host:9200[,host:port...]/name`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from index.errors import DatelineError

SCHEMES = ("opensearch", "opensearch+https")
PORT = 9200
USER, PASSWORD = "DATELINE_OPENSEARCH_USER", "DATELINE_OPENSEARCH_PASSWORD"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_PORT = re.compile(r"[0-9]{1,5}")
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
NO_CLIENT = "A cluster needs its client: pip install 'dateline[cluster]'"

_FORM = "opensearch://host:9200/name, with opensearch+https:// for TLS"


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where a cluster is, who we are there, and what the index is called. Shown without password.

    `ca`: a file of certificates that are trusted; `verify` False trusts any.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    secure: bool = False
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None
    verify: bool = True

    def __str__(self) -> str:
        hosts = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return f"{SCHEMES[self.secure]}://{hosts}/{self.name}"


def is_cluster(address: object) -> bool:
    """Whether an address is that of a cluster."""
    return str(address).startswith(tuple(f"{scheme}://" for scheme in SCHEMES))


def read_address(text: str, environment: Mapping[str, str] = os.environ) -> ClusterAddress:
    """The address as it was written; user and password may stand in the environment instead.

    :raises DatelineError: for one that cannot be; what it says holds no password.
    """
    # Not by `urlsplit`, to which several hosts are none where brackets stand in them.
    scheme, _, rest = text.partition("://")
    path, _, query = rest.partition("?")
    authority, _, name = path.partition("/")
    account, _, listed = authority.rpartition("@")
    user, _, password = account.partition(":")
    name, options = name.strip("/"), parse_qs(query)
    if scheme not in SCHEMES or not _NAME.fullmatch(name) or set(options) - {"ca", "verify"}:
        raise DatelineError(
            f"The address of the cluster cannot be read: it is to be {_FORM}, where the name is "
            "of small letters, digits and hyphens, and ?ca=FILE or ?verify=0 may follow."
        )
    return ClusterAddress(
        hosts=tuple(map(_host, listed.split(","))),
        name=name,
        secure=scheme == SCHEMES[True],
        user=unquote(user) or environment.get(USER),
        password=unquote(password) or environment.get(PASSWORD),
        ca=options.get("ca", [None])[-1],
        verify=options.get("verify", ["1"])[-1] != "0",
    )


def _host(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
    if not colon:
        host, port = text, str(PORT)
    if not _HOST.fullmatch(host) or not (_PORT.fullmatch(port) and int(port) < 65_536):
        raise DatelineError(f"{text[:100]!r} is no host of a cluster: it is to be {_FORM}")
    return host, int(port)
