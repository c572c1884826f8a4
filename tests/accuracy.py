"""How well real documents are read, one line for each site: `make accuracy` prints the table.

The documents lie beside the checkout (`../shared/data`) with truth that a reader set by hand.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.agencies.gazetteer import Gazetteer, load_gazetteers
from index.errors import DatelineError
from index.ingest.completion import complete
from index.release import Release
from index.sources.draft import Refusal
from index.sources.reading import ReadOptions, read_path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
COLUMNS = ("site", "releases", "headline", "date", "agency", "stated", "lists", "refused", "wrong")


@dataclass(slots=True)
class Score:
    """What was right of one site; `misses` says in words what was not."""

    releases: int = 0
    headline: int = 0
    date: int = 0
    agency: int = 0
    agency_stated: int = 0
    lists: int = 0
    lists_refused: int = 0
    refused_wrongly: int = 0
    misses: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        names = self.__slots__
        return Score(*(getattr(self, name) + getattr(other, name) for name in names))


def read(path: Path, gazetteers: tuple[Gazetteer, ...]) -> list[Release | Refusal]:
    """All that reading and completing a path gives."""
    found: list[Release | Refusal] = []
    for each in read_path(path, ReadOptions(), Counter()):
        if isinstance(each, Refusal):
            found.append(each)
            continue
        try:
            found.append(complete(each.draft, each.document, gazetteers=gazetteers).release)
        except DatelineError as error:
            found.append(Refusal(each.document.name, str(error)))
    return found


def score_pages(data: Path = DATA) -> dict[str, Score]:
    """Scores of the pages of other governments, by site; feeds are counted in the tests."""
    gazetteers = load_gazetteers()
    scores: dict[str, Score] = {}
    for truth in lines(data / "pages" / "manifest.jsonl"):
        if truth["kind"] in ("feed", "message-xml"):
            continue
        score = scores.setdefault(truth["file"].split("/")[0], Score())
        found = read(data / "pages" / truth["file"], gazetteers)
        accepted = {truth.get("agency"), *(truth.get("agency_alt") or ())} - {None}
        _compare(score, truth, found, accepted, truth["file"])
    return scores


def score_hong_kong(data: Path = DATA) -> Score:
    """Score of the Hong Kong pages with truth."""
    gazetteers = load_gazetteers()
    score = Score()
    for truth in lines(data / "hk" / "truth.jsonl"):
        found = read(data / "hk" / "pages" / truth["page"], gazetteers)
        accepted = {each or "Unattributed" for each in truth["agency_acceptable"]}
        _compare(score, {**truth, "kind": "release"}, found, accepted, truth["page"])
    return score


def score_seeds(data: Path = DATA) -> Score:
    """Score of the five seed releases: month and day count as the date, for no year is stated."""
    gazetteers = load_gazetteers()
    score = Score()
    file = next((data / "seeds").glob("*.txt"))
    releases = read(file, gazetteers)
    for truth, found in zip(lines(data / "seeds" / "truth.jsonl"), releases, strict=True):
        suffix = truth.get("headline_suffix") or ""
        title = truth["headline"]
        title = title if not suffix or title.endswith(suffix) else f"{title} {suffix}"
        day = truth["month_day"]
        if truth["year_from_text_alone"]:
            day = str(truth["year_from_text_alone"]) + (f"-{day}" if day else "")
        elif day:
            day = f"--{day}"
        wanted = {"kind": "release", "headline": title, "date": day}
        _compare(score, wanted, [found], {truth["agency"]}, f"seed {truth['index'] + 1}")
    return score


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _compare(
    score: Score,
    truth: dict[str, Any],
    found: list[Release | Refusal],
    accepted: set[str],
    name: str,
) -> None:
    releases = [each for each in found if isinstance(each, Release)]
    if truth["kind"] == "listing":
        score.lists += 1
        score.lists_refused += not releases
        score.misses.extend(f"{name}: indexed as {each.headline!r}" for each in releases)
        return
    score.releases += 1
    score.agency_stated += bool(accepted)
    if not releases:
        score.refused_wrongly += 1
        reasons = "; ".join(each.reason for each in found if isinstance(each, Refusal))
        score.misses.append(f"{name}: refused: {reasons}")
        return
    release = releases[0]
    headline = _same(release.headline, truth["headline"])
    date = release.date == truth.get("date")
    agency = not accepted or release.agency.name in accepted
    score.headline += headline
    score.date += date
    score.agency += agency and bool(accepted)
    for right, what, got in (
        (headline, "headline", release.headline),
        (date, "date", f"{release.date} ({release.date_source}), not {truth.get('date')}"),
        (agency, "agency", f"{release.agency.name} ({release.agency_rule})"),
    ):
        if not right:
            score.misses.append(f"{name}: {what} {got}")


def _same(headline: str, truth: str) -> bool:
    return _plain(headline) == _plain(truth)


def _plain(text: str) -> str:
    return " ".join(re.sub("[\u00ad\u200b]", "", text).split())


def table(scores: dict[str, Score]) -> str:
    """The scores as aligned columns with a row for their sum."""
    rows = [COLUMNS]
    total = sum(scores.values(), Score())
    for name, score in [*scores.items(), ("all", total)]:
        values = (score.releases, score.headline, score.date, score.agency, score.agency_stated,
                  score.lists, score.lists_refused, score.refused_wrongly)  # fmt: skip
        rows.append((name, *map(str, values)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def main() -> int:
    """Prints the table and what was missed."""
    if not DATA.is_dir():
        print("real data absent: there is no ../shared/data beside the checkout")
        return 1
    scores = score_pages()
    scores["Hong Kong (hk)"] = score_hong_kong()
    scores["newswire (seeds)"] = score_seeds()
    print(table(scores))
    for score in scores.values():
        for miss in score.misses:
            print("-", miss)
    return 0


if __name__ == "__main__":
    sys.exit(main())
