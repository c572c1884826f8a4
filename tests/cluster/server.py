"""An OpenSearch server for tests: fetched with Maven, unpacked, started on loopback, ended by pid.

`python -m tests.cluster.server` starts one, says its address, and ends it at the end of its input.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

VERSION = "3.6.0"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
OLDEST_JAVA = 21
HEAP = "512m"
COMPILING = "-XX:TieredStopAtLevel=1"
"""The later compiler of Java pays for itself after minutes, and takes two cores until then."""
START_SECONDS = 240
"""A server alone on two cores answers after 15 seconds."""
FETCH_SECONDS = 300
FETCH_PAUSES = (5, 30)
"""Seconds before each further try: a fetch that fails once must not fail a whole run."""
UNPRIVILEGED = "nobody"
"""It refuses to run as root."""

ALONE = ("discovery.type: single-node", "transport.port: 0")

_JVMS = Path("/usr/lib/jvm")
_UNUSED = ("systemd", "ingest-", "transport-grpc", "repository-", "geo", "opensearch-dashboards",
           "autotagging", "cache-common", "rank-eval")  # fmt: skip
"""Modules that are not unpacked, by the beginning of their names."""


class UnavailableError(Exception):
    """Why there can be no server here."""


class Server:
    """A node that runs, at `host`; `process` is its own."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        port: int,
        folder: Path,
        name: str,
        settings: Sequence[str],
    ) -> None:
        self.process = process
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.folder = folder
        self.name = name
        self._settings = settings

    def restart(self) -> None:
        """Start it again after it was killed, at the same address."""
        again = launch(self.folder, java_home(), self.name, self._settings, self.port)
        self.process = again.process
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        """Wait until it has a cluster.

        :raises UnavailableError: when it ends, or takes too long.
        """
        _wait_for(self.process, self.port, self.folder / f"{self.name}.log")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def running_server() -> Iterator[Server]:
    """A node of its own cluster, for the length of the block.

    :raises UnavailableError: where Java or Maven is missing, or too old.
    """
    java, archive = java_home(), distribution()
    folder = Path(tempfile.mkdtemp(prefix="dateline-opensearch-"))
    server = None
    try:
        unpack(archive, folder)
        server = launch(folder, java, "one", ALONE)
        server.wait_until_it_answers()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_cluster(nodes: Sequence[str] = ("one", "two", "three")) -> Iterator[list[Server]]:
    """Nodes of one cluster, for the length of the block.

    :raises UnavailableError: where Java or Maven is missing, or too old.
    """
    java, archive = java_home(), distribution()
    folder = Path(tempfile.mkdtemp(prefix="dateline-opensearch-"))
    ports = [_free_port() for _ in nodes]
    seeds = [f"127.0.0.1:{each}" for each in ports]
    settings = [f"discovery.seed_hosts: {seeds}",
                f"cluster.initial_cluster_manager_nodes: {list(nodes)}"]  # fmt: skip
    servers: list[Server] = []
    try:
        unpack(archive, folder)
        for name, port in zip(nodes, ports, strict=True):
            own = [*settings, f"transport.port: {port}"]
            servers.append(launch(folder, java, name, own))
        for each in servers:
            each.wait_until_it_answers()
        yield servers
    finally:
        for each in servers:
            each.stop()
        shutil.rmtree(folder, ignore_errors=True)


def java_home() -> Path:
    """The folder of a Java that is new enough."""
    homes = [Path(os.environ[each]) for each in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")
             if each in os.environ]  # fmt: skip
    homes += sorted(_JVMS.iterdir()) if _JVMS.is_dir() else []
    on_path = shutil.which("java")
    homes += [Path(on_path).resolve().parent.parent] if on_path else []
    found = {home: _java_version(home) for home in homes}
    if not any(found.values()):
        raise UnavailableError("no Java")
    new = [home for home, version in found.items() if version >= OLDEST_JAVA]
    if not new:
        newest = max(found.values())
        raise UnavailableError(f"Java {newest} is too old: {OLDEST_JAVA} is needed")
    return new[0]


def distribution() -> Path:
    """The archive of the server, in Maven's local repository; fetched if it is not there."""
    named = f"org/opensearch/distribution/integ-test-zip/opensearch/{VERSION}"
    path = Path.home() / ".m2/repository" / named / f"opensearch-{VERSION}.zip"
    if path.is_file():
        return path
    maven = shutil.which("mvn")
    if maven is None:
        raise UnavailableError("no mvn to fetch OpenSearch with")
    for pause in (*FETCH_PAUSES, None):
        reason = _fetch(maven)
        if reason is None and path.is_file():
            return path
        if pause is not None:
            time.sleep(pause)
    raise UnavailableError(f"mvn could not fetch {ARTIFACT}: {reason or 'it is not there'}")


def unpack(archive: Path, folder: Path) -> None:
    """The server in a folder, which another user may read and write."""
    with zipfile.ZipFile(archive) as packed:
        wanted = [name for name in packed.namelist() if not _is_unused(name)]
        packed.extractall(folder, wanted)
    home = _home(folder)
    for script in (home / "bin").iterdir():
        script.chmod(0o755)
    folder.chmod(0o755)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, UNPRIVILEGED)


def launch(folder: Path, java: Path, name: str, settings: Sequence[str], port: int = 0) -> Server:
    """A node that starts, with what one of that name has left in the folder.

    What it says goes into a file, which its errors quote.
    """
    port = port or _free_port()
    home, log = _home(folder), folder / f"{name}.log"
    config = folder / f"config-{name}"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(home / "config", config)
    lines = [
        "cluster.name: dateline-tests",
        f"node.name: {name}",
        f"path.data: {folder}/data-{name}",
        f"path.logs: {folder}/logs-{name}",
        "network.host: 127.0.0.1",
        f"http.port: {port}",
        "action.auto_create_index: false",
        # Of so small a heap it would count garbage, and refuse.
        "indices.breaker.total.use_real_memory: false",
        "cluster.routing.allocation.disk.threshold_enabled: false",
        f"path.repo: {folder}/snapshots",
        *settings,
    ]
    (config / "opensearch.yml").write_text("\n".join(lines) + "\n")
    java_options = (config / "jvm.options").read_text().splitlines(keepends=True)
    (config / "jvm.options").write_text("".join(each for each in java_options if "G1" not in each))
    options = f"-Xms{HEAP} -Xmx{HEAP} -XX:+UseSerialGC {COMPILING}"
    environment = {
        "PATH": os.environ["PATH"],
        "OPENSEARCH_JAVA_HOME": str(java),
        "OPENSEARCH_JAVA_OPTS": options,
        "OPENSEARCH_PATH_CONF": str(config),
        "OPENSEARCH_TMPDIR": str(folder),
    }
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    if user:
        for path in (config, *config.rglob("*")):
            shutil.chown(path, user)
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["bash", str(home / "bin" / "opensearch")],
            cwd=folder,
            env=environment,
            user=user,
            group="nogroup" if user else None,
            extra_groups=() if user else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Server(process, port, folder, name, settings)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    health = f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=5s"
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=10) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    raise UnavailableError(f"OpenSearch did not start: {log.read_text(errors='replace')[-2000:]}")


def _home(folder: Path) -> Path:
    return folder / f"opensearch-{VERSION}"


def _fetch(maven: str) -> str | None:
    """Why the archive did not come; None where it did."""
    command = [maven, "-q", "-B", "dependency:get", f"-Dartifact={ARTIFACT}", "-Dtransitive=false"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=FETCH_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"not in {FETCH_SECONDS} s"
    said = (done.stdout + done.stderr).decode(errors="replace")
    return said.strip()[:300] if done.returncode else None


def _is_unused(name: str) -> bool:
    parts = name.split("/")
    return len(parts) > 2 and parts[1] == "modules" and parts[2].startswith(_UNUSED)


def _java_version(home: Path) -> int:
    """Of a Java; 0 where there is none."""
    try:
        told = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', told, re.MULTILINE)
    return int(found[1]) if found and (home / "bin" / "java").exists() else 0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> None:
    """Run one until the input ends."""
    began = time.monotonic()
    with running_server() as server:
        print(f"http://{server.host} pid {server.process.pid} {time.monotonic() - began:.1f} s",
              flush=True)  # fmt: skip
        sys.stdin.read()


if __name__ == "__main__":
    main()
