"""Small inputs after public bug reports, each with what is right: `make cases` prints what is not.

They lie beside the checkout (`../shared/data/cases`). A case is a file to be read, with a field of
one of its releases, or a text with a search that must or must not find it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.agencies.gazetteer import Gazetteer, load_gazetteers
from index.errors import DatelineError
from index.ingest.builder import BuildOptions, build
from index.ingest.completion import CompletionOptions, complete
from index.release import Release
from index.sources.draft import Refusal
from index.sources.reader import ReadOptions
from index.sources.reading import read_path
from index.stores.folder import FolderStore
from search import SearchRequest, open_engine

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Case = dict[str, Any]


def cases(data: Path = DATA) -> Iterator[Case]:
    """Every case: `id`, `kind`, `form` (`file` or `search`) and what that form needs."""
    with (data / "cases" / "cases.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def fault(case: Case, folder: Path, gazetteers: tuple[Gazetteer, ...]) -> str | None:
    """What a case got instead of what is right; None where it got that.

    :param folder: an empty one, for the case alone.
    """
    if case["form"] == "search":
        return _fault_of_search(case, folder)
    (folder / case["name"]).write_text(case["content"], "utf-8")
    return _fault_of_file(case, folder / case["name"], gazetteers)


def faults(data: Path = DATA) -> dict[str, tuple[Case, str]]:
    """The cases that are wrong, by their ids, each with what it got."""
    gazetteers, wrong = load_gazetteers(), {}
    for case in cases(data):
        with tempfile.TemporaryDirectory() as folder:
            got = fault(case, Path(folder), gazetteers)
        if got is not None:
            wrong[case["id"]] = (case, got)
    return wrong


def _fault_of_file(case: Case, path: Path, gazetteers: tuple[Gazetteer, ...]) -> str | None:
    options = CompletionOptions(gazetteers=gazetteers)
    releases: list[Release] = []
    for each in read_path(path, ReadOptions(), Counter()):
        if isinstance(each, Refusal):
            return f"refused: {each.reason}"
        try:
            releases.append(complete(each.draft, each.document, options).release)
        except DatelineError as error:
            return f"refused: {error}"
    if len(releases) <= case["record"]:
        return f"{len(releases)} releases"
    release = releases[case["record"]]
    got = release.agency.name if case["field"] == "agency" else getattr(release, case["field"])
    right = case["want"] in got if case["match"] == "contains" else got == case["want"]
    return None if right else repr(got)


def _fault_of_search(case: Case, folder: Path) -> str | None:
    record = {"id": "1", "headline": "A title", "body": case["body"]}
    (folder / "one.jsonl").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    build([folder / "one.jsonl"], FolderStore(folder / "index"), BuildOptions(workers=1))
    engine = open_engine(folder / "index")
    try:
        request = replace(SearchRequest(), text=case["query"])
        got = "found" if engine.search(request).total else "not found"
    finally:
        engine.close()
    return None if got == case["want"] else got


def main() -> int:
    """Prints what is right of each kind, and what the others got."""
    if not DATA.is_dir():
        print("real data absent: there is no ../shared/data beside the checkout")
        return 1
    wrong = faults()
    number = Counter(case["kind"] for case in cases())
    missed = Counter(case["kind"] for case, _ in wrong.values())
    for kind, count in number.items():
        print(f"{count - missed[kind]:3} of {count:3}  {kind}")
    print(f"{number.total() - missed.total():3} of {number.total():3}  all")
    for name, (case, got) in wrong.items():
        print(f"- {name} {case['kind']}: {got}, not {case['want']!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
