"""The sample corpus: what its files hold is what the index gets, and nothing is refused.

`tests/sample/truth.jsonl` was written with the sample, release by release; no value in it comes
from what our readers gave.
"""

from __future__ import annotations

import json
import runpy
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index.agencies.gazetteer import load_gazetteer, load_gazetteers
from index.ingest.builder import BuildOptions, build
from index.ingest.report import Report
from index.release import Release
from index.sources import ReadDraft, ReadOptions, read_file
from index.stores import open_store

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample"
RELEASES = SAMPLE / "releases"
HERE = Path(__file__).with_name("sample")
MAX_BYTES = 600_000

TRUTH: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "truth.jsonl").read_text("utf-8").splitlines()
]


class Built(NamedTuple):
    """The sample in an index, and the report of the run that put it there."""

    report: Report
    releases: tuple[Release, ...]

    def of(self, row: dict[str, Any]) -> Release:
        """The release that a line of the truth describes."""
        found = [
            each
            for each in self.releases
            if each.headline == row["headline"] and Path(row["file"]).name in each.source_file
        ]
        found = [each for each in found if each.date == row["date"]] or found
        assert len(found) == 1, f"{row['headline']}: {[each.source_file for each in found]}"
        return found[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    store = open_store(str(tmp_path_factory.mktemp("index")))
    gazetteers = load_gazetteers([SAMPLE / "gazetteer.json"])
    report = build([RELEASES], store, BuildOptions(gazetteers=gazetteers))
    return Built(report, tuple(entry.release for entry in store.entries()))


def test_every_release_is_indexed_once_and_nothing_is_refused(built: Built) -> None:
    assert built.report.refused.first == []
    assert built.report.conflicts.first == []
    assert built.report.duplicates == 1
    assert built.report.added == len(TRUTH) == len(built.releases)


@pytest.mark.parametrize("row", TRUTH, ids=lambda row: f"{row['form']}-{row['headline'][:30]}")
def test_a_release_reads_as_it_was_written(built: Built, row: dict[str, Any]) -> None:
    release = built.of(row)
    assert (release.date, release.date_precision) == (row["date"], row["date_precision"])
    assert (release.agency.slug, release.language) == (row["agency"], row["language"])
    assert " ".join(release.body.split()).endswith(row["ends"])
    if "id" in row:
        assert release.id == row["id"]
    if "url" in row:
        assert release.url == row["url"]


@pytest.mark.parametrize("field", ["agency", "language", "date_precision"])
def test_counts_of_every_value_are_those_of_the_truth(built: Built, field: str) -> None:
    def value(release: Release) -> str:
        return release.agency.slug if field == "agency" else str(getattr(release, field))

    assert Counter(map(value, built.releases)) == Counter(row[field] for row in TRUTH)


def test_each_form_of_document_gives_its_releases(built: Built) -> None:
    def place(path: str) -> str:
        parts = Path(path).parts
        return parts[parts.index("releases") + 1] if "releases" in parts else parts[0]

    found = Counter(place(release.source_file) for release in built.releases)
    assert found == Counter(place(row["file"]) for row in TRUTH)


def test_every_pair_of_languages_is_linked_both_ways(built: Built) -> None:
    by_url = {release.url: release for release in built.releases if release.url}
    linked = [release for release in built.releases if release.translations]
    assert len(linked) == 14
    for release in linked:
        [other] = release.translations
        assert {link.url for link in by_url[other.url].translations} == {release.url}
        assert by_url[other.url].language != release.language


def test_photos_come_with_captions_and_their_captions_stay_out_of_the_body(built: Built) -> None:
    release = next(each for each in built.releases if each.headline.startswith("Pennant Reservoir"))
    [photo] = release.photos
    assert photo.url == "https://www.gov.larkhaven.example/photos/pennant-spillway.jpg"
    assert photo.caption.startswith("Water runs over the spillway")
    assert photo.caption not in release.body


def test_a_table_keeps_its_rows_and_cells(built: Built) -> None:
    release = next(each for each in built.releases if "views on ferry fares" in each.headline)
    rows = [line.split("\t") for line in release.body.split("\n") if line.count("\t") == 4]
    assert ["Old Quay - Tern Point", "$9.00", "$10.80", "$9.90, then $10.80", "$9.40"] in rows


def test_two_releases_may_share_a_headline(built: Built) -> None:
    days = sorted(str(each.date) for each in built.releases if each.headline.startswith("Red tide"))
    assert days == ["2023-05-11", "2025-06-20"]


def test_as_of_gives_the_wire_without_a_year_one(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "index"))
    options = BuildOptions(
        gazetteers=[load_gazetteer(SAMPLE / "gazetteer.json")], as_of="2024-12-31"
    )
    build([RELEASES / "newswire" / "undated-wire.txt"], store, options)
    [release] = [e.release for e in store.entries() if "Primary One" in e.release.headline]
    assert (release.date, release.date_precision) == ("2024-03-03", "day")


@pytest.mark.parametrize("page", sorted((HERE / "not-releases").iterdir()), ids=lambda p: p.stem)
def test_pages_of_the_same_site_that_are_no_releases_are_refused(page: Path) -> None:
    [refusal] = read_file(page, ReadOptions(), Counter())
    assert not isinstance(refusal, ReadDraft)
    assert refusal.reason


def test_containers_hold_what_their_sources_say(tmp_path: Path) -> None:
    script = runpy.run_path(str(HERE / "make_containers.py"))
    script["pack_all"](tmp_path)

    def content(folder: Path) -> dict[str, list[tuple[str, str, str | None]]]:
        return {
            file.name: [
                (each.draft.headline, each.draft.body, each.draft.url)
                for each in read_file(file, ReadOptions(), Counter())
                if isinstance(each, ReadDraft)
            ]
            for file in folder.iterdir()
        }

    packed = content(tmp_path)
    assert packed == content(RELEASES / "archives")
    assert sum(map(len, packed.values())) == 17


def test_the_sample_stays_small() -> None:
    size = sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
    assert size < MAX_BYTES
