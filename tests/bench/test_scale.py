"""`python -m bench.scale`: each size is built and asked new questions."""

from __future__ import annotations

import json
from pathlib import Path

from bench import scale

RELEASES = [
    {
        "id": f"r{number}",
        "headline": f"Ferry {number}",
        "date": "2023-06-05",
        "agency": "Pier Office",
        "body": f"Ferry {number} sails.\n\nIt comes back in the evening.",
    }
    for number in range(4)
]
QUESTIONS = [{"type": "word", "q": word} for word in ("ferry", "sails", "evening", "back")]


def test_each_size_is_built_and_asked(tmp_path: Path) -> None:
    for name, records in (("releases", RELEASES), ("questions", QUESTIONS)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, records)), "utf-8")
    options = f"--peers dateline --rounds 1 --folder {tmp_path}/built --out {tmp_path}/out.json"
    files = f"--corpus {tmp_path}/releases --questions {tmp_path}/questions"
    rows = scale.measured([3, 9], [*options.split(), *files.split()])
    assert [(row.documents, row.peer) for row in rows] == [(3, "dateline"), (9, "dateline")]
    assert all(row.p95_ms >= row.answer_ms > 0 for row in rows)
    assert rows[1].size_mb > rows[0].size_mb > 0
    *_, head, small, large = scale.text(rows)
    assert head.split()[:2] == ["documents", "peer"]
    assert [line.split()[:2] for line in (small, large)] == [["3", "dateline"], ["9", "dateline"]]
