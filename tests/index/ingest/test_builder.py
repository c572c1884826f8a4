"""Building: incremental, atomic, one release however often and wherever it is met."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.errors import IndexLockedError
from index.identity import identify
from index.ingest.builder import SPARED_FROM, BuildOptions, build
from index.ingest.report import Report
from index.release import Release, content_hash
from index.sources import ReadOptions
from index.sources.draft import Refusal
from index.stores.folder import FolderStore, open_index
from index.stores.store import Entry
from index.stores.stored_release import stored_release


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


def page(headline: str, body: str, url: str, date: str = "2024-03-05") -> str:
    paragraphs = "".join(f"<p>{each}</p>" for each in body.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline}</title>"
        f"<link rel='canonical' href='{url}'><meta property='og:type' content='article'>"
        f"<meta property='og:title' content='{headline}'>"
        f"<meta property='article:published_time' content='{date}'></head><body><main><article>"
        f"<h1>{headline}</h1><time datetime='{date}'>5 March 2024</time>{paragraphs}"
        f"</article></main></body></html>"
    )


BODY = "\n\n".join(
    f"The Water Board said in statement {n} that the sluice at Fennel Lock stays open for barges "
    f"until the autumn survey of the banks is complete."
    for n in range(4)
)


def entries(store: FolderStore) -> dict[str, Entry]:
    return {each.release.id: each for each in store.entries()}


def releases(store: FolderStore) -> dict[str, Release]:
    return {key: entry.release for key, entry in entries(store).items()}


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


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


class TestDuplicates:
    def test_one_page_under_two_names_and_addresses_is_one_release(
        self, store: FolderStore, folder: Path
    ) -> None:
        for name, url in (
            ("a.htm", "https://water.example/news/lock"),
            ("b.htm", "http://www.water.example/news/lock/?utm_source=mail&fontSize=1#top"),
            ("c.htm", "https://web.archive.org/web/20240306101010/https://water.example/news/lock"),
        ):
            (folder / name).write_text(page("Fennel Lock stays open", BODY, url))
        report = build([folder], store)
        assert (report.added, report.duplicates) == (1, 2)
        assert len(releases(store)) == 1

    @pytest.mark.parametrize("names", [("a.jsonl", "b.htm"), ("b.jsonl", "a.htm")])
    def test_a_wire_copy_and_its_page_are_one_with_the_page_s_id(
        self, store: FolderStore, folder: Path, names: tuple[str, str]
    ) -> None:
        url = "https://water.example/news/lock"
        write(folder / names[0], {"headline": "Fennel Lock stays open", "body": BODY})
        (folder / names[1]).write_text(page("Fennel Lock stays open", BODY, url))
        report = build([folder], store)
        assert (report.added, report.duplicates) == (1, 1)
        digest = content_hash("Fennel Lock stays open", BODY)
        wanted = identify(None, url, digest, None).id
        assert set(releases(store)) == {wanted}
        assert releases(store)[wanted].aliases == (identify(None, None, digest, None).id,)
        assert counts(build([folder], store)) == (0, 0, 1, 0)

    def test_a_page_takes_over_from_the_wire_copy_of_an_earlier_run(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", {"headline": "Fennel Lock stays open", "body": BODY})
        build([folder], store)
        ((old, entry),) = entries(store).items()
        url = "https://water.example/news/lock"
        (folder / "b.htm").write_text(page("Fennel Lock stays open", BODY, url))
        report = build([folder], store)
        assert counts(report) == (0, 1, 0, 0)
        ((new, now),) = entries(store).items()
        assert new != old
        assert now.release.aliases == (old,)
        assert now.first_indexed == entry.first_indexed
        assert counts(build([folder], store)) == (0, 0, 1, 0)

    def test_the_same_headline_is_not_the_same_release(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(
            folder / "a.jsonl",
            {"headline": "No. 5 alarm fire", "body": "In the east.", "date": "2024-03-05"},
            {"headline": "No. 5 alarm fire", "body": "In the west.", "date": "2024-03-05"},
            {"headline": "Air quality", "body": "It is good.", "date": "2024-03-05"},
            {"headline": "Air quality", "body": "It is good.", "date": "2024-03-06"},
        )
        report = build([folder], store)
        assert (report.added, report.duplicates) == (4, 0)

    def test_records_keep_their_ids_even_with_the_same_words(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1), row(1, id="other"))
        assert build([folder], store).added == 2

    def test_different_texts_under_one_id_are_reported(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1, body="First."))
        write(folder / "b.jsonl", row(1, body="Second."))
        report = build([folder], store)
        assert report.conflicts.first == [
            {"id": "n-1", "kept": f"{folder}/b.jsonl", "dropped": f"{folder}/a.jsonl"}
        ]
        assert releases(store)["n-1"].body == "Second."
        assert counts(build([folder], store)) == (0, 0, 1, 0)

    def test_one_id_for_two_languages_is_two_releases(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1), row(1, headline="渡輪通告", body="渡輪於正午啟航。"))
        build([folder], store)
        assert set(releases(store)) == {"n-1", "n-1-zh-Hant"}

    @pytest.mark.parametrize("given", [True, False])
    def test_the_same_in_both_chinese_scripts_is_two(
        self, store: FolderStore, folder: Path, given: bool
    ) -> None:
        texts = {
            "hant": ("海港渡輪恢復服務", "渡輪今日恢復服務，乘客可在碼頭購票，票價維持不變。"),
            "hans": ("海港渡轮恢复服务", "渡轮今日恢复服务，乘客可在码头购票，票价维持不变。"),
        }
        rows = [
            {"headline": headline, "body": body, "date": "2024-03-05"}
            | ({"id": f"n-{script}"} if given else {})
            | {"url": f"https://{script}.port.example/2024/1"}
            for script, (headline, body) in texts.items()
        ]
        assert counts(build([write(folder / "a.jsonl", *rows)], store)) == (2, 0, 0, 0)
        languages = sorted(release.language for release in releases(store).values())
        assert languages == ["zh-Hans", "zh-Hant"]
        assert counts(build([folder], store)) == (0, 0, 2, 0)

    @pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
    def test_a_feed_s_excerpt_never_replaces_the_page(
        self, store: FolderStore, folder: Path, order: tuple[str, str]
    ) -> None:
        url = "https://water.example/news/lock"
        feed = (
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Water Board</title><item>"
            f"<title>Fennel Lock stays open</title><link>{url}</link>"
            "<description>The Water Board said in statement 0</description></item></channel></rss>"
        )
        (folder / f"{order[0]}.htm").write_text(page("Fennel Lock stays open", BODY, url))
        (folder / f"{order[1]}.xml").write_text(feed)
        report = build([folder], store)
        assert report.added == 1
        assert report.conflicts.total == 0
        ((_, release),) = releases(store).items()
        assert release.body.endswith("the banks is complete.")


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


class TestAtomic:
    def test_an_error_in_the_middle_leaves_the_old_index(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1))
        build([folder], store)
        write(folder / "a.jsonl", row(1, body="New."), row(2))

        def interrupt(step: str, done: int, total: int, releases: int) -> None:
            if step == "writing":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build([folder], store, progress=interrupt)
        assert releases(store)["n-1"].body != "New."
        assert set(releases(store)) == {"n-1"}
        assert counts(build([folder], store)) == (1, 1, 0, 0)

    def test_an_interrupted_first_build_leaves_no_index(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1))

        def interrupt(step: str, done: int, total: int, releases: int) -> None:
            if step == "writing":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build([folder], store, progress=interrupt)
        assert list(store.entries()) == []
        assert build([folder], store).added == 1

    @pytest.mark.parametrize("step", ["reading", "writing"])
    def test_kill_9_leaves_the_old_index_and_no_lock(
        self, store: FolderStore, folder: Path, step: str
    ) -> None:
        write(folder / "a.jsonl", row(1))
        build([folder], store)
        write(folder / "a.jsonl", *(row(n, body=f"New {n}.") for n in range(300)))
        code = (
            "import os, sys; from pathlib import Path\n"
            "from index.ingest.builder import build; from index.stores.folder import FolderStore\n"
            "def die(step, done, total, releases):\n"
            "    if step == sys.argv[3]: os.kill(os.getpid(), 9)\n"
            "build([Path(sys.argv[1])], FolderStore(Path(sys.argv[2])), progress=die)\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code, str(folder), str(store.folder), step], check=False
        )
        assert ended.returncode == -signal.SIGKILL
        assert set(releases(store)) == {"n-1"}
        with open_index(store.folder).reader() as reader:
            assert reader.doc_count() == 1
        assert build([folder], store).total == 300
        assert not list(store.folder.glob("*.tmp/*"))

    def test_readers_see_the_old_index_until_the_commit(
        self, store: FolderStore, folder: Path
    ) -> None:
        write(folder / "a.jsonl", row(1))
        build([folder], store)
        write(folder / "a.jsonl", row(1), row(2))
        seen = []

        def look(step: str, done: int, total: int, releases: int) -> None:
            seen.append(len(entries(store)))

        build([folder], store, progress=look)
        assert set(seen) == {1}
        assert len(entries(store)) == 2

    def test_a_second_writer_is_told_at_once(
        self, store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
        write(folder / "a.jsonl", row(1))
        context = multiprocessing.get_context("fork")
        ready, done = context.Event(), context.Event()

        def hold() -> None:
            with store.writing():
                ready.set()
                done.wait(20)

        other = context.Process(target=hold)
        other.start()
        try:
            assert ready.wait(20)
            with pytest.raises(IndexLockedError, match=f"process {other.pid}"):
                build([folder], store)
            assert other.is_alive(), "told only when the other had ended"
        finally:
            done.set()
            other.join()
        assert build([folder], store).added == 1
