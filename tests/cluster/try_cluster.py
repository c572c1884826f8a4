"""`make cluster`: three nodes of OpenSearch on loopback, with the sample in them, served until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cluster.server import UnavailableError, running_cluster

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample"


def main() -> int:
    """Start, index, serve."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the nodes are to be ended, too
    print("Three nodes of OpenSearch are fetched and started ...", flush=True)
    try:
        with running_cluster() as nodes, TemporaryDirectory() as state:
            address = f"opensearch://{','.join(each.host for each in nodes)}/sample"
            gazetteer = str(SAMPLE / "gazetteer.json")
            environment = os.environ | {
                "DATELINE_INDEX": address,
                "DATELINE_SHARDS": "3",
                "DATELINE_STATE": state,
                "DATELINE_GAZETTEERS": gazetteer,
            }
            print(f"The sample goes to {address}", flush=True)
            dateline = [sys.executable, "-m", "webapp.cli.main"]
            indexing = [*dateline, "index", str(SAMPLE / "releases"), "--gazetteer", gazetteer]
            subprocess.run([*indexing, "--quiet"], env=environment, check=True)
            with suppress(KeyboardInterrupt):
                subprocess.run([*dateline, "serve", *sys.argv[1:]], env=environment, check=False)
    except UnavailableError as error:
        print(f"No cluster here: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
