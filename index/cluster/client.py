"""The client of a cluster: requests that are answered wholly or fail, each fault as a sentence."""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from opensearchpy import JSONSerializer, OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoConnectionError,
)
from opensearchpy.exceptions import (
    OpenSearchException,
    SSLError,
    TransportError,
)

from index.cluster.cluster_address import ClusterAddress
from index.cluster.node_connection import NodeConnection
from index.errors import DatelineError

SEARCH_SECONDS = 30
"""What an answer may take, all tries together no less."""
SEARCH_CANCELLED = "25s"
"""What a search may take at the cluster, which then stops it: nobody waits for it any longer."""
WRITE_SECONDS = 120
"""What an answer to a bulk may take."""
RETRIES = 6
"""Tries of a request: a node that was killed is left for another one."""
RETRIED = (429, 502, 503, 504)
"""Statuses of an answer for which it is worth trying again."""
BULK_CHARACTERS = 3_000_000
"""Characters of one bulk: above a tenth of the heap it is refused whole, and for ever."""
SENDERS = 2
"""Bulks that are under way at once."""
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between tries of what a node had no room for."""
LOST = ("node_disconnected_exception", "node_not_connected_exception")
LOST_PAUSES = (0.2, 1.0)
"""Seconds after which a search is put again whose node went away: by then others know of it."""

RequestBody = Mapping[str, Any]


_log = logging.getLogger("opensearch")
_log.propagate = False  # our errors say what is wrong; it would also name what is only not there
_log.addHandler(logging.NullHandler())


class ClusterError(DatelineError):
    """A cluster that cannot be reached, does not let us, or has lost a part of an index."""


class MissingError(ClusterError):
    """What was asked for is not there."""


class ConflictError(ClusterError):
    """Somebody else was there first."""


class NodeLostError(ClusterError):
    """A node went away while it answered; another one holds the same."""


class Client:
    """A connection to a cluster. Safe to share between threads."""

    def __init__(self, address: ClusterAddress) -> None:
        self.address = address
        _check_certificates(address)
        account = None if address.user is None else (address.user, address.password or "")
        self._cluster = OpenSearch(
            hosts=[{"host": host.strip("[]"), "port": port} for host, port in address.hosts],
            http_auth=account,
            connection_class=NodeConnection,
            serializer=_Serializer(),
            use_ssl=address.secure,
            verify_certs=address.verify,
            ca_certs=address.ca,
            max_retries=RETRIES,
            retry_on_timeout=True,
            retry_on_status=RETRIED,
            timeout=SEARCH_SECONDS,
        )

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seconds: float = SEARCH_SECONDS,
        **params: Any,
    ) -> Any:
        """The answer to a request.

        :raises MissingError: for 404.
        :raises ConflictError: for 409.
        :raises ClusterError: for any other fault.
        """
        try:
            return self._cluster.transport.perform_request(
                method, path, params={**params, "request_timeout": seconds}, body=body
            )
        except OpenSearchException as error:
            raise _said(error, self.address) from error

    def exists(self, index: str) -> bool:
        """Whether there is an index of that name."""
        try:
            self.request("GET", f"/{index}/_settings/index.uuid")
        except MissingError:
            return False
        return True

    def search(self, body: RequestBody, index: str | None = None, **params: Any) -> dict[str, Any]:
        """A search that every shard has answered."""
        params["cancel_after_time_interval"] = SEARCH_CANCELLED
        path = f"/{index or self.address.name}/_search" if "pit" not in body else "/_search"
        if "pit" not in body:
            params["allow_partial_search_results"] = "false"
        return self._whole(self._read(path, body, **params))

    def searches(self, bodies: Sequence[RequestBody], **params: Any) -> list[dict[str, Any]]:
        """Several searches in one request, each answered by every shard."""
        if not bodies:
            return []
        head = {
            "allow_partial_search_results": False,
            "cancel_after_time_interval": SEARCH_CANCELLED,
            **params,
        }
        lines = [json.dumps(each) for body in bodies for each in (head, body)]
        path = f"/{self.address.name}/_msearch"
        answer = self._read(path, "\n".join(lines) + "\n")
        for each in answer["responses"]:
            if "error" in each:
                raise _stopped(each["error"], self.address) or ClusterError(
                    f"{self.address} did not answer: {_reason(each['error'])}"
                )
        return [self._whole(each) for each in answer["responses"]]

    def bulk(self, actions: Iterable[tuple[RequestBody, RequestBody | None]]) -> int:
        """Write documents in bulks of a bounded size; how many there were.

        :raises ClusterError: when one is refused.
        """
        count, lines, size = 0, list[str](), 0
        with ThreadPoolExecutor(SENDERS) as senders:
            sent: deque[Future[None]] = deque()
            for action, document in actions:
                made = [json.dumps(action)]
                if document is not None:
                    made.append(json.dumps(document, ensure_ascii=False))
                more = sum(len(each) + 1 for each in made)
                if lines and size + more > BULK_CHARACTERS:
                    self._send(lines, sent, senders)
                    lines, size = [], 0
                lines += made
                size += more
                count += 1
            if lines:
                self._send(lines, sent, senders)
            while sent:
                sent.popleft().result()
        return count

    def close(self) -> None:
        """Let go of connections."""
        self._cluster.close()

    def _read(self, path: str, body: Any, **params: Any) -> Any:
        """The answer to a search, which is put again where a node went away in the middle of it."""
        for pause in LOST_PAUSES:
            with suppress(NodeLostError):
                return self.request("POST", path, body, **params)
            time.sleep(pause)
        return self.request("POST", path, body, **params)

    def _send(
        self, lines: list[str], sent: deque[Future[None]], senders: ThreadPoolExecutor
    ) -> None:
        """Write a bulk while the next one is made."""
        while len(sent) >= SENDERS:
            sent.popleft().result()
        sent.append(senders.submit(self._write, lines))

    def _write(self, lines: list[str]) -> None:
        """One bulk; what a node had no room for is sent again after a while."""
        for pause in (*PAUSES, None):
            data = ("\n".join(lines) + "\n").encode("utf-8")
            answer = self.request("POST", "/_bulk", data, seconds=WRITE_SECONDS)
            if not answer["errors"]:
                return
            lines, refused = _again(lines, [next(iter(each.values())) for each in answer["items"]])
            if refused or pause is None:
                raise ClusterError(f"{self.address} refused a document: {refused or 'no room'}")
            time.sleep(pause)

    def _whole(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer, if no shard is missing: one that is lost counts as neither failed nor there.

        :raises ClusterError: if one is.
        """
        shards = answer["_shards"]
        answered = shards["successful"]  # those skipped, as they hold nothing, are among them
        if answer.get("timed_out") or shards["failed"] or answered != shards["total"]:
            raise ClusterError(
                f"Part of the index at {self.address} cannot be reached ({answered} of "
                f"{shards['total']} shards answered). Look after the cluster, and try again."
            )
        return answer


class _Serializer(JSONSerializer):
    """What we send as JSON, by one encoder, which looks for no circles in it: a quarter quicker."""

    def __init__(self) -> None:
        self._encoder = json.JSONEncoder(
            default=self.default, ensure_ascii=False, check_circular=False, separators=(",", ":")
        )

    def dumps(self, data: Any) -> str | bytes:
        return data if isinstance(data, str | bytes) else self._encoder.encode(data)


def _check_certificates(address: ClusterAddress) -> None:
    """Whether the file of certificates can be read.

    :raises ClusterError: if not.
    """
    try:
        if address.ca is not None:
            ssl.create_default_context(cafile=address.ca)
    except OSError as error:
        raise ClusterError(
            f"{address}: no certificates can be read from {address.ca} "
            f"({error.strerror or error.args[-1]}). Give ?ca= a file of certificates (PEM)."
        ) from error


def _again(lines: list[str], items: list[dict[str, Any]]) -> tuple[list[str], str]:
    """The lines of the items that are to be sent again, and why another one is refused for good."""
    kept: list[str] = []
    at = 0
    for item in items:
        size = 1 if json.loads(lines[at]).get("delete") else 2
        status = item["status"]
        if status in (429, 503):
            kept += lines[at : at + size]
        elif status >= 300 and not (size == 1 and status == 404):
            return [], _reason(item.get("error", status))
        at += size
    return kept, ""


def _said(error: OpenSearchException, address: ClusterAddress) -> ClusterError:
    """A fault as a sentence."""
    if isinstance(error, SSLError):
        return ClusterError(
            f"{address} cannot be trusted: no authority that is known here vouches for its "
            "certificate, or it speaks no TLS. Name a file of those that do: ?ca=FILE."
        )
    if isinstance(error, NoConnectionError):
        return ClusterError(f"{address} cannot be reached. Is the cluster running?")
    if not isinstance(error, TransportError):
        return ClusterError(f"{address} gave no answer that can be read ({error})")
    status, info = error.status_code, error.info
    reason = _reason(info.get("error", info)) if isinstance(info, dict) else str(error.error)
    if isinstance(info, dict) and (stopped := _stopped(info.get("error"), address)):
        return stopped
    if reason.startswith(LOST):
        return NodeLostError(f"A node of {address} went away while it answered. Try again.")
    if status in (401, 403):
        return ClusterError(f"{address} does not let us do that ({reason}). Check user and rights.")
    if status == 404:
        return MissingError(f"{address}: {reason}")
    if status == 409:
        return ConflictError(f"{address}: {reason}")
    return ClusterError(f"{address} answered with {status}: {reason}")


def _stopped(error: Any, address: ClusterAddress) -> ClusterError | None:
    """The sentence of a search that took too long; None for any other fault."""
    if not _reason(error).startswith("task_cancelled_exception"):
        return None
    return ClusterError(
        f"{address} stopped a search that took longer than {SEARCH_CANCELLED}. Ask for less, or "
        "give the index more parts and nodes."
    )


def _reason(error: Any) -> str:
    """What an error says is its cause."""
    if not isinstance(error, dict):
        return str(error)[:300]
    causes = error.get("root_cause") or [error]
    cause = error.get("caused_by") or causes[0]
    return f"{cause.get('type', '')}: {cause.get('reason', '')}"[:300]
