"""Files of records to build an index of, and what the index then holds of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from index.ingest.report import Report
from index.release import Release
from index.stores.folder import FolderStore
from index.stores.store import Entry


def row(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"n-{number}",
        "headline": f"Ferry notice {number}",
        "body": f"The ferry of pier {number} leaves at noon.\n\nTickets are sold on board.",
        "date": "2024-03-05",
        "agency": "Harbour Board",
    } | changes


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows))
    return path


def entries(store: FolderStore) -> dict[str, Entry]:
    return {each.release.id: each for each in store.entries()}


def releases(store: FolderStore) -> dict[str, Release]:
    return {key: entry.release for key, entry in entries(store).items()}


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed
