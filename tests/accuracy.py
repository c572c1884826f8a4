"""How well real documents are read, beside other readers of the same pages: `make accuracy`.

The documents lie beside the checkout (`../shared/data`) with truth that a reader set by hand.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import trafilatura
from htmldate import find_date

from index.agencies.gazetteer import Gazetteer, load_gazetteers
from index.errors import DatelineError
from index.ingest.completion import CompletionOptions, complete
from index.release import UNATTRIBUTED, Release
from index.sources.draft import Refusal
from index.sources.encoding.decoding import decode
from index.sources.reader import ReadOptions
from index.sources.reading import read_path
from tests import cases

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(slots=True)
class Score:
    """What was right of one site; `misses` says in words what was not.

    `junk`: agencies that are neither what the truth names nor unattributed.
    """

    releases: int = 0
    headline: int = 0
    date: int = 0
    agency: int = 0
    agency_stated: int = 0
    junk: int = 0
    begins: int = 0
    begins_known: int = 0
    ends: int = 0
    ends_known: int = 0
    lists: int = 0
    lists_refused: int = 0
    refused_wrongly: int = 0
    peer_headline: int = 0
    peer_date: int = 0
    peer_begins: int = 0
    peer_ends: int = 0
    htmldate: int = 0
    misses: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        names = [each.name for each in fields(Score)]
        return Score(*(getattr(self, name) + getattr(other, name) for name in names))


def read(path: Path, gazetteers: tuple[Gazetteer, ...]) -> list[Release | Refusal]:
    """All that reading and completing a path gives."""
    options = CompletionOptions(gazetteers=gazetteers)
    found: list[Release | Refusal] = []
    for each in read_path(path, ReadOptions(), Counter()):
        if isinstance(each, Refusal):
            found.append(each)
            continue
        try:
            found.append(complete(each.draft, each.document, options).release)
        except DatelineError as error:
            found.append(Refusal(each.document.name, str(error)))
    return found


def score_pages(data: Path = DATA, *, peers: bool = False) -> dict[str, Score]:
    """Scores of the pages of other governments, by site; feeds are counted in the tests.

    :param peers: whether trafilatura and htmldate read the same pages.
    """
    scores: dict[str, Score] = {}
    for truth in lines(data / "pages" / "manifest.jsonl"):
        if truth["kind"] in ("feed", "message-xml"):
            continue
        score = scores.setdefault(truth["file"].split("/")[0], Score())
        accepted = {truth.get("agency"), *(truth.get("agency_alt") or ())} - {None}
        _score_page(score, truth, data / "pages" / truth["file"], accepted, peers)
    return scores


def score_pages2(data: Path = DATA, *, peers: bool = False) -> dict[str, Score]:
    """Scores of the pages of governments and state press that came later, by publisher's kind."""
    scores: dict[str, Score] = {}
    for truth in lines(data / "pages2" / "truth.jsonl"):
        score = scores.setdefault(f"pages2, {truth['publisher']}", Score())
        accepted = {truth["agency"] or UNATTRIBUTED.name, *truth["agency_alt"]}
        _score_page(score, truth, data / "pages2" / truth["file"], accepted, peers)
    return scores


def score_hong_kong(data: Path = DATA, *, peers: bool = False) -> Score:
    """Score of the Hong Kong pages with truth."""
    score = Score()
    for truth in lines(data / "hk" / "truth.jsonl"):
        accepted = {each or UNATTRIBUTED.name for each in truth["agency_acceptable"]}
        wanted = {
            **truth,
            "kind": "release",
            "file": truth["page"],
            "body_first_40": truth["body_first_40_chars"],
            "body_last_40": truth["body_last_40_chars"],
        }
        _score_page(score, wanted, data / "hk" / "pages" / truth["page"], accepted, peers)
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
        wanted = {"kind": "release", "headline": title, "date": day,
                  "body_first_40": truth["body_first_40_chars"],
                  "body_last_40": truth["body_last_40_chars"]}  # fmt: skip
        _compare(score, wanted, [found], {truth["agency"]}, f"seed {truth['index'] + 1}")
    return score


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def table(scores: dict[str, Score]) -> str:
    """The scores as aligned columns with a row for their sum."""
    rows = [COLUMNS]
    for name, score in [*scores.items(), ("all", sum(scores.values(), Score()))]:
        rows.append((name, *(str(getattr(score, each)) for each in SHOWN.values())))
    return _aligned(rows)


SHOWN = {
    "releases": "releases", "headline": "headline", "date": "date", "agency": "agency",
    "stated": "agency_stated", "junk": "junk", "begins": "begins", "of": "begins_known",
    "ends": "ends", "of ": "ends_known", "lists": "lists", "refused": "lists_refused",
    "wrong": "refused_wrongly",
}  # fmt: skip
"""Columns of the table, and what they show."""
COLUMNS = ("site", *SHOWN)
PEERS = {
    "headline": ("headline", "peer_headline"), "date": ("date", "peer_date", "htmldate"),
    "body begins": ("begins", "peer_begins"), "body ends": ("ends", "peer_ends"),
}  # fmt: skip


def peer_table(scores: dict[str, Score]) -> str:
    """What was right over all sets, beside what trafilatura and htmldate read of the same pages."""
    rows = [("", "dateline", "trafilatura", "htmldate")]
    for name, score in scores.items():
        for what, values in PEERS.items():
            got = [str(getattr(score, each)) for each in values]
            rows.append((f"{name}: {what}", *(got + ["–"] * 2)[:3]))  # type: ignore[arg-type]
    return _aligned(rows)


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _score_page(
    score: Score, truth: dict[str, Any], path: Path, accepted: set[str], peers: bool
) -> None:
    _compare(score, truth, read(path, load_gazetteers()), accepted, truth["file"])
    if peers and truth["kind"] != "listing" and path.suffix != ".json":
        _compare_peers(score, truth, decode(path.read_bytes()).text)


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
    score.junk += not agency and release.agency != UNATTRIBUTED
    begins, ends = _edges(release.body, truth)
    score.begins_known += begins is not None
    score.ends_known += ends is not None
    score.begins += bool(begins)
    score.ends += bool(ends)
    for right, what, got in (
        (headline, "headline", release.headline),
        (date, "date", f"{release.date} ({release.date_source}), not {truth.get('date')}"),
        (agency, "agency", f"{release.agency.name} ({release.agency_rule})"),
        (begins is not False, "body begins", repr(release.body[:60])),
        (ends is not False, "body ends", repr(release.body[-60:])),
    ):
        if not right:
            score.misses.append(f"{name}: {what} {got}")


def _compare_peers(score: Score, truth: dict[str, Any], text: str) -> None:
    """What trafilatura and htmldate read of a page, added to the score."""
    found = trafilatura.bare_extraction(text, include_comments=False, with_metadata=True)
    document = found.as_dict() if found is not None else {}
    score.peer_headline += _same(document.get("title") or "", truth["headline"])
    score.peer_date += document.get("date") == truth.get("date")
    begins, ends = _edges(document.get("text") or "", truth)
    score.peer_begins += bool(begins)
    score.peer_ends += bool(ends)
    score.htmldate += find_date(text) == truth.get("date")


def _edges(body: str, truth: dict[str, Any]) -> tuple[bool | None, bool | None]:
    """Whether a body begins and ends with the 40 characters of the truth, white space and
    punctuation apart; None where the truth does not say."""
    first, last = truth.get("body_first_40"), truth.get("body_last_40")
    bare = _bare(body)
    return (
        bare.startswith(_bare(first)) if first else None,
        bare.endswith(_bare(last)) if last else None,
    )


def _bare(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", text)


def _same(headline: str, truth: str) -> bool:
    return _plain(headline) == _plain(truth)


def _plain(text: str) -> str:
    return " ".join(re.sub("[\u00ad\u200b]", "", text).split())


def main() -> int:
    """Prints the tables and what was missed."""
    if not DATA.is_dir():
        print("real data absent: there is no ../shared/data beside the checkout")
        return 1
    sets = {
        "pages": score_pages(peers=True),
        "pages2": score_pages2(peers=True),
        "hk": {"Hong Kong (hk)": score_hong_kong(peers=True)},
        "seeds": {"newswire (seeds)": score_seeds()},
    }
    scores = {name: score for each in sets.values() for name, score in each.items()}
    print(table(scores))
    shown = {name: sum(sets[name].values(), Score()) for name in ("pages", "pages2", "hk")}
    print("\nRight of the pages in HTML, beside other readers\n" + peer_table(shown))
    wrong, count = cases.faults(), sum(1 for _ in cases.cases())
    print(f"\nSmall inputs after bug reports (cases): {count - len(wrong)} of {count} right")
    for miss in (each for score in scores.values() for each in score.misses):
        print("-", miss)
    for case, got in wrong.values():
        print(f"- case {case['id']} ({case['kind']}): {case.get('want')!r}, not {got}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
