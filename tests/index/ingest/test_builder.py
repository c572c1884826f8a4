"""Building: only what changed is written, only what is asked for goes, and all of it is told."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.ingest.builder import SPARED_FROM, BuildOptions, build
from index.ingest.report import Report
from index.sources import ReadOptions
from index.sources.draft import Refusal
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from tests.index.ingest.record_files import counts, entries, releases, row, write


class TestIncremental:
    def test_a_document_whose_day_is_stated_later_has_that_day(
        self, store: FolderStore, folder: Path
    ) -> None:
        words = {"headline": "Ferry notice", "body": "The ferry leaves at noon."}
        ids = set()
        for date in (None, "2024-03-05", None):
            write(folder / "a.jsonl", words | {"date": date})
            build([folder], store)
            ((release_id, release),) = releases(store).items()
            assert release.date == date
            ids.add(release_id)
        assert len(ids) == 1
        assert counts(build([folder], store)) == (0, 0, 1, 0)

    def test_an_index_among_the_documents_is_left_aside_from_the_first_run_on(
        self, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1), row(2))
        inside = FolderStore(folder / "var/index")
        first, second = build([folder], inside), build([folder], inside)
        assert counts(first) == (2, 0, 0, 0)
        assert counts(second) == (0, 0, 2, 0)
        for report in (first, second):
            assert report.refused.total == 0
            assert report.skipped == {"folder that is an index": 1}

    def test_unchanged_releases_are_not_touched(self, store: FolderStore, folder: Path) -> None:
        write(folder / "a.jsonl", row(1), row(2))
        assert counts(build([folder], store)) == (2, 0, 0, 0)
        before = sorted(path.name for path in store.folder.iterdir())
        report = build([folder], store)
        assert counts(report) == (0, 0, 2, 0)
        assert report.total == 2
        assert sorted(path.name for path in store.folder.iterdir()) == before

    def test_changed_ones_are_replaced_and_keep_their_first_day(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1), row(2))
        build([folder], store)
        first = "2024-03-06T10:00:00+00:00"
        with store.writing():
            seen = [stored_release(each, first) for each in releases(store).values()]
            store.apply(entries(store).keys(), seen)
        write(folder / "a.jsonl", row(1, body="It leaves at one."), row(2), row(3))
        assert counts(build([folder], store)) == (1, 1, 1, 0)
        after = entries(store)
        assert after["n-1"].release.body == "It leaves at one."
        assert after["n-1"].first_indexed == first
        assert after["n-3"].first_indexed > first
        assert len(after) == 3

    def test_a_new_gazetteer_date_or_agency_is_a_change(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1))
        build([folder], store)
        write(folder / "a.jsonl", row(1, agency="Port Board"))
        assert counts(build([folder], store)) == (0, 1, 0, 0)
        assert releases(store)["n-1"].agency.slug == "port-board"

    def test_a_moved_file_is_followed(self, store: FolderStore, folder: Path) -> None:
        old = write(folder / "a.jsonl", row(1))
        build([folder], store)
        old.rename(folder / "b.jsonl")
        assert counts(build([folder], store)) == (0, 1, 0, 0)
        assert releases(store)["n-1"].source_file == str(folder / "b.jsonl")

    def test_the_same_file_given_twice_is_read_once(self, store: FolderStore, folder: Path) -> None:
        path = write(folder / "a.jsonl", row(1))
        report = build([folder, path, path], store)
        assert (report.files, report.read, report.duplicates) == (1, 1, 0)


class TestPrune:
    def test_vanished_ones_go_only_when_asked(self, store: FolderStore, folder: Path) -> None:
        write(folder / "a.jsonl", row(1), row(2))
        gone = write(folder / "b.jsonl", row(3))
        build([folder], store)
        write(folder / "a.jsonl", row(1))
        gone.unlink()
        assert counts(build([folder], store)) == (0, 0, 1, 0)
        assert set(releases(store)) == {"n-1", "n-2", "n-3"}
        report = build([folder], store, BuildOptions(prune=True))
        assert counts(report) == (0, 0, 1, 2)
        assert report.total == 1
        assert set(releases(store)) == {"n-1"}

    def test_other_folders_are_left_alone(self, store: FolderStore, tmp_path: Path) -> None:
        names = ("one", "one-more", "two")
        for number, name in enumerate(names):
            write(tmp_path / name / "a.jsonl", row(number))
        build([tmp_path / name for name in names], store)
        for name in names:
            (tmp_path / name / "a.jsonl").unlink()
        report = build([tmp_path / "one"], store, BuildOptions(prune=True))
        assert report.removed == 1
        assert set(releases(store)) == {"n-1", "n-2"}

    def test_a_damaged_container_keeps_what_it_held(self, store: FolderStore, folder: Path) -> None:
        rows = "".join(json.dumps(row(n, body=os.urandom(3000).hex())) + "\n" for n in range(30))
        path = folder / "a.jsonl.gz"
        path.write_bytes(gzip.compress(rows.encode()))
        other = write(folder / "b.jsonl", row(99))
        build([folder], store)
        path.write_bytes(path.read_bytes()[:-20_000])
        other.unlink()
        report = build([folder], store, BuildOptions(prune=True))
        assert report.removed == 1
        assert report.kept.total >= 1
        assert set(releases(store)) == {f"n-{n}" for n in range(30)}

    def test_a_path_that_is_not_there_prunes_nothing(
        self, store: FolderStore, folder: Path
    ) -> None:
        path = write(folder / "a.jsonl", row(1))
        build([path], store)
        path.rename(folder / "elsewhere")
        report = build([path], store, BuildOptions(prune=True))
        assert report.removed == 0
        assert report.refused.total == 1
        assert set(releases(store)) == {"n-1"}

    @pytest.mark.parametrize("count", [SPARED_FROM - 1, SPARED_FROM])
    def test_a_folder_without_a_single_entry_prunes_no_index_of_many(
        self, store: FolderStore, tmp_path: Path, count: int
    ) -> None:
        """As the place of a disk that is not mounted is one; emptied, its parent says so."""
        folder = tmp_path / "disk" / "releases"
        write(folder / "a.jsonl", *map(row, range(count)))
        build([folder], store)
        (folder / "a.jsonl").unlink()
        report = build([folder], store, BuildOptions(prune=True))
        if count < SPARED_FROM:
            assert (report.removed, report.kept.total) == (count, 0)
            return
        assert (report.removed, report.kept.total) == (0, count)
        assert "not mounted" in report.to_text()
        assert len(releases(store)) == count
        assert build([folder.parent], store, BuildOptions(prune=True)).removed == count


class TestReport:
    def test_bad_files_do_not_stop_a_run(self, store: FolderStore, folder: Path) -> None:
        (folder / "a.pdf").write_bytes(b"%PDF-1.7\n%...")
        (folder / "b.jsonl").write_text('{"headline": broken\n' + json.dumps(row(1)) + "\n")
        write(folder / "c.jsonl", row(2))
        report = build([folder], store)
        assert report.added == 2
        assert report.refused.total == 2
        assert "PDF" in report.to_text()
        assert report.to_dict()["refused"]["total"] == 2

    def test_future_dates_are_kept_and_named(self, store: FolderStore, folder: Path) -> None:
        ahead = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
        write(folder / "a.jsonl", row(1, date=ahead), row(2))
        report = build([folder], store)
        assert [each["id"] for each in report.future.first] == ["n-1"]
        assert releases(store)["n-1"].date == ahead

    def test_records_with_other_names_need_a_mapping(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", {"zzhead": "Pier reopens", "zztext": "It does, at noon."})
        read = ReadOptions(mapping={"headline": "zzhead", "body": "zztext"})
        build([folder], store, BuildOptions(read=read))
        ((_, release),) = releases(store).items()
        assert (release.headline, release.body) == ("Pier reopens", "It does, at noon.")

    def test_many_refusals_are_counted_but_not_all_kept(self) -> None:
        report = Report()
        for number in range(3000):
            report.refuse(Refusal(f"file {number}", "is empty" if number % 3 else "is a PDF"))
        assert report.refused.total == 3000
        assert len(report.to_dict()["refused"]["first"]) == 1000
        lines = report.to_text().splitlines()
        assert len(lines) < 60
        assert "  2,000 × is empty" in lines
        assert "  1,000 × is a PDF" in lines

    def test_reasons_are_summed_without_what_they_quote(self) -> None:
        report = Report()
        for number in range(30):
            name = f"About us, page {number}"
            report.refuse(Refusal(f"{number}.html", f"a standing page (“{name}”), not a release"))
        text = report.to_text()
        assert "  30 × a standing page, not a release" in text.splitlines()
        assert "a standing page (“About us, page 3”), not a release" in text

    def test_a_text_that_seems_to_have_changed_its_language_is_updated(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1, language="en"))
        build([folder], store)
        write(folder / "a.jsonl", row(1, language="de"))
        assert counts(build([folder], store)) == (0, 1, 0, 0)
        write(folder / "a.jsonl", row(1, language="en", body="It leaves at one."))
        assert counts(build([folder], store)) == (0, 1, 0, 0)
        assert set(releases(store)) == {"n-1"}
