"""The command as a user meets it: what it prints, and with which code it ends."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.kernel import status
from tests.timing import PATIENCE, wait_until
from tests.webapp.cli.commands import ROWS, run, run_apart
from webapp.cli.arguments import COMMANDS, EXIT_CODES, cli
from webapp.cli.main import main
from webapp.garbage_collection import GARBAGE_FROM


class TestIndex:
    def test_report_as_text(self, releases: Path, tmp_path: Path) -> None:
        done = run_apart("index", releases, "--index", tmp_path / "index")
        assert done.returncode == 0
        assert done.stdout.startswith("3 added, 0 updated, 0 unchanged, 0 removed, 0 refused\n")
        assert "Traceback" not in done.stderr

    def test_report_as_json_from_the_environment_s_index(
        self, releases: Path, tmp_path: Path
    ) -> None:
        done = run_apart("index", "--json", releases, DATELINE_INDEX=str(tmp_path / "index"))
        report = json.loads(done.stdout)
        assert (report["added"], report["releases_in_index"]) == (3, 3)
        assert (tmp_path / "index" / "dateline.json").exists()

    def test_nothing_readable_is_a_failure(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
        done = run_apart("index", tmp_path / "a.pdf", "--index", tmp_path / "index")
        assert done.returncode == 1
        assert "PDF" in done.stdout

    def test_some_refused_is_none(self, releases: Path, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
        assert run("index", tmp_path / "a.pdf", releases, "--index", tmp_path / "i").returncode == 0

    def test_options_reach_the_build(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        row = {"hl": "Ferry notice", "text": "The ferry stops today (March 5) at noon.", "id": "x"}
        path.write_text(json.dumps(row) + "\n")
        place = tmp_path / "index"
        done = run("index", path, "--index", place, "--map", "headline=hl", "--as-of", "2024-12-31")
        assert done.returncode == 0, done.stderr
        shown = json.loads(run("show", "x", "--json", "--index", place).stdout)
        assert (shown["headline"], shown["date"]) == ("Ferry notice", "2024-03-05")
        path.write_text(json.dumps(row | {"id": "y"}) + "\n")
        done = run("index", path, "--index", place, "--map", "headline=hl", "--prune", "--json")
        assert json.loads(done.stdout)["removed"] == 1

    @pytest.mark.parametrize("there", [True, False])
    def test_nothing_to_index_leaves_no_index_behind(self, tmp_path: Path, there: bool) -> None:
        if there:
            (tmp_path / "incoming").mkdir()
        done = run("index", tmp_path / "incoming", "--index", tmp_path / "index")
        assert done.returncode == 1
        assert f"no index was made at {tmp_path / 'index'}" in done.stderr
        assert not (tmp_path / "index").exists()
        assert run("search", "x", "--index", tmp_path / "index").returncode == 4

    def test_nothing_new_is_no_failure(self, index: Path, tmp_path: Path) -> None:
        done = run("index", tmp_path, "--index", index)
        assert (done.returncode, done.stderr) == (0, "")

    def test_a_gazetteer_that_is_none_is_a_sentence(self, releases: Path, tmp_path: Path) -> None:
        done = run("index", releases, "--index", tmp_path / "i", "--gazetteer", releases)
        assert done.returncode == 1
        assert done.stderr.startswith("dateline: ")
        assert "Traceback" not in done.stderr

    def test_a_lock_has_its_own_code(self, releases: Path, index: Path) -> None:
        with (index / "dateline.lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = run_apart("index", releases, "--index", index)
        assert done.returncode == 3
        assert "Another process is writing" in done.stderr

    def test_a_folder_of_other_things_is_not_made_an_index(
        self, releases: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "letter.txt").write_text("Dear sir")
        done = run("index", releases, "--index", tmp_path)
        assert done.returncode == 4
        assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]

    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
    def test_an_interruption_leaves_the_old_index_and_says_so(
        self, index: Path, tmp_path: Path, sent: signal.Signals
    ) -> None:
        pipe = tmp_path / "many.jsonl"
        body = "Boats and piers. " * 300
        pipe.write_text(
            "".join(
                json.dumps({"id": f"x-{n}", "headline": f"Notice {n}", "body": f"{n} {body}"})
                + "\n"
                for n in range(4000)
            )
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli.main", "--index", str(index), "index", str(pipe)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        lock = index / "dateline.lock"
        try:
            assert wait_until(lambda: f"process {process.pid} " in lock.read_text())
            time.sleep(0.5)
            process.send_signal(sent)
            _, errors = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
        assert process.returncode == 130
        assert "the index is as it was before" in errors
        assert "Traceback" not in errors
        assert json.loads(run("stats", "--json", "--index", index).stdout)["releases"] == 3


class TestSearch:
    def test_text(self, index: Path) -> None:
        done = run_apart("search", "harbour", "--index", index)
        assert done.returncode == 0
        assert done.stdout.startswith("2 releases\n")
        assert "2024-03-05 · Harbour Board · h-1" in done.stdout
        assert "\x1b" not in done.stdout
        assert "<mark>" not in done.stdout

    def test_a_day_without_a_year_is_said_in_words(self, tmp_path: Path) -> None:
        row = {**ROWS[0], "date": "--06-26"}
        (tmp_path / "a.jsonl").write_text(json.dumps(row))
        assert run("index", tmp_path / "a.jsonl", "--index", tmp_path / "i").returncode == 0
        found = run("search", "harbour", "--index", tmp_path / "i").stdout
        assert "\n  06-26, year not given · Harbour Board" in found
        shown = run("show", "h-1", "--index", tmp_path / "i").stdout
        assert "Date: 06-26, year not given, from:" in shown

    def test_json_is_the_object_of_the_web_page(self, index: Path) -> None:
        from webapp import create_app

        done = run("search", "harbour", "--agency", "harbour-board", "--json", "--index", index)
        page = create_app({"index": str(index)}).test_client()
        given = json.loads(done.stdout)
        answer = page.get("/search.json?q=harbour&agency=harbour-board").get_json()
        assert [hit["id"] for hit in given["hits"]] == ["h-1"]
        for result in (given, answer):
            del result["took_ms"]
        assert given == answer

    @pytest.mark.parametrize(
        ("words", "ids"),
        [
            (["--from", "2024"], ["h-1"]),
            (["--to", "2023-12"], ["h-2"]),
            (["boats"], ["h-1", "t-3"]),
            (["boats", "--agency", "market-office"], ["t-3"]),
            (["friday", "noon", "--match", "any"], ["h-1", "h-2"]),
            (["friday", "noon", "--match", "strict"], []),
            (["--", "harbour", "-fish"], ["h-1"]),
            (["harbour", "-fish"], ["h-1"]),
            (["-fish", "harbour", "--from", "2023"], ["h-1"]),
            (["harbour", "--limit", "1", "--sort", "newest"], ["h-1"]),
            (['"inner harbour"'], ["h-1"]),
        ],
    )
    def test_filters(
        self, index: Path, words: list[str], ids: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["--index", str(index), "search", "--json", *words]) == 0
        found = json.loads(capsys.readouterr().out)
        assert sorted(hit["id"] for hit in found["hits"]) == ids

    def test_what_holds_most_is_printed_where_nothing_holds_all(
        self, index: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["--index", str(index), "search", "friday", "noon"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "0 releases"
        assert "Most of what you asked for: 2" in lines
        assert {"  Without: friday", "  Without: noon"} <= set(lines)

    def test_sort(self, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for sort, first in (("newest", "h-1"), ("oldest", "h-2")):
            main(["search", "harbour", "--sort", sort, "--json", "--index", str(index)])
            assert json.loads(capsys.readouterr().out)["hits"][0]["id"] == first

    def test_csv_and_jsonl_print_all_that_is_found(self, index: Path, tmp_path: Path) -> None:
        done = run("search", "harbour", "--sort", "newest", "--csv", "--index", index)
        assert [line.split(",")[7] for line in done.stdout.splitlines()] == ["id", "h-1", "h-2"]
        done = run("search", "--sort", "oldest", "--jsonl", "--limit", "2", "--index", index)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [row["id"] for row in rows] == ["h-2", "h-1"]
        assert rows[1]["body"] == ROWS[0]["body"]
        (tmp_path / "again.jsonl").write_text(done.stdout)
        assert run("index", tmp_path / "again.jsonl", "--index", tmp_path / "i").returncode == 0
        again = json.loads(run("show", "h-1", "--json", "--index", tmp_path / "i").stdout)
        assert again["content_hash"] == rows[1]["content_hash"]

    def test_more_than_a_page_is_a_sentence(self, index: Path) -> None:
        done = run("search", "harbour", "--limit", "101", "--index", index)
        assert done.returncode == 2
        assert "--csv and --jsonl print more" in done.stderr

    def test_a_reader_that_has_enough_is_no_error(self, index: Path) -> None:
        command = f"{sys.executable} -m webapp.cli.main search harbour --index {index} | head -1"
        done = subprocess.run(  # noqa: S602 - the pipe is what is tested
            command, shell=True, capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == ("2 releases\n", "")

    def test_documents_cannot_write_to_the_terminal(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({"headline": "Boat \x1b[2J here \x9b", "body": "Boat \x1b]0;x"}))
        run("index", path, "--index", tmp_path / "i")
        done = run("search", "boat", "--index", tmp_path / "i")
        assert done.stdout.startswith("1 release\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout)


class TestShowStatsVerify:
    def test_show(self, index: Path) -> None:
        done = run("show", "h-1", "--index", index)
        assert done.stdout.startswith("Harbour closed for the lantern evening\n")
        assert "The inner harbour is closed to boats from noon." in done.stdout

    def test_show_json_is_the_whole_release(self, index: Path) -> None:
        record = json.loads(run("show", "h-1", "--json", "--index", index).stdout)
        assert record["body"] == ROWS[0]["body"]
        assert record["agency"] == {"slug": "harbour-board", "name": "Harbour Board"}
        assert {"id", "url", "date", "date_precision", "date_source", "content_hash"} <= set(record)

    def test_show_what_is_not_there(self, index: Path) -> None:
        done = run("show", "nope", "--index", index)
        assert (done.returncode, done.stdout) == (5, "")
        assert "no release has the id 'nope'" in done.stderr

    def test_stats(self, index: Path) -> None:
        done = run("stats", "--index", index)
        assert done.stdout.startswith("3 releases, 1 of them without a year\n")
        assert done.stdout.endswith(f"\n{status()}\n")
        record = json.loads(run("stats", "--json", "--index", index).stdout)
        assert record["kernel"] == status()
        assert {each["slug"]: each["count"] for each in record["agencies"]} == {
            "harbour-board": 1,
            "market-office": 2,
        }

    def test_verify(self, index: Path, tmp_path: Path) -> None:
        done = run("verify", "--index", index)
        assert (done.returncode, done.stdout) == (0, f"{index}: sound\n")
        copy = tmp_path / "copy"
        copy.mkdir()
        for path in index.iterdir():
            (copy / path.name).write_bytes(path.read_bytes())
        segment = max(copy.glob("dateline_*.*"), key=lambda path: path.stat().st_size)
        segment.write_bytes(segment.read_bytes()[: segment.stat().st_size // 2])
        done = run("verify", "--index", copy)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        "command", [["search", "x"], ["show", "x"], ["stats"], ["verify"], ["serve"]]
    )
    def test_no_index(self, command: list[str], tmp_path: Path) -> None:
        done = run(*command, "--index", tmp_path / "none")
        assert done.returncode == 4
        assert done.stderr == (
            f"dateline: There is no index at {tmp_path / 'none'}. "
            "Make one: dateline index PATH...\n"
        )


class TestUsage:
    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["nonsense"],
            ["index"],
            ["index", "x", "--as-of", "2024-02-30"],
            ["index", "x", "--as-of", "March"],
            ["index", "x", "--map", "nofield=x"],
            ["search", "--from", "soon"],
            ["search", "--sort", "best"],
            ["search", "--page", "0"],
            ["serve", "--port", "70000"],
            ["search", "--age", "x"],
            ["search", "harbour", "--unknown"],
            ["stats", "--js"],
        ],
    )
    def test_mistakes(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(words) == 2
        assert "Usage: dateline" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("words", "meant"),
        [
            (["serach", "x"], "search"),
            (["search", "--agencey", "x"], "--agency"),
            (["index", "x", "--prun"], "--prune"),
        ],
    )
    def test_what_was_mistyped_is_offered(
        self, words: list[str], meant: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(words) == 2
        said = capsys.readouterr().err.splitlines()[-1]
        assert "Did you mean" in said
        assert meant in said

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--version"]) == 0
        assert re.fullmatch(r"dateline \d+\.\d+\.\d+\n", capsys.readouterr().out)

    def test_help_waits_for_no_engine(self) -> None:
        script = "import sys, webapp.cli.main as m; m.main(['--help']); print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        loaded = set(done.stdout.splitlines()[-1].split())
        assert "click" in loaded
        assert not loaded & {"flask", "numpy", "whoosh", "lxml", "gunicorn", "index.text.folding"}

    @pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
    def test_numpy_starts_no_threads_for_matrices(self) -> None:
        script = "import os, webapp, numpy; print(len(os.listdir('/proc/self/task')))"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS")}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.stdout == "1\n"

    def test_garbage_is_looked_for_less_often(self) -> None:
        script = "import gc, webapp.cli.main as m; m.main(['--version']); print(gc.get_threshold())"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        assert done.stdout.splitlines()[-1].startswith(f"({GARBAGE_FROM}, ")

    def test_completion(self) -> None:
        done = run_apart(
            _DATELINE_COMPLETE="bash_complete", COMP_WORDS="dateline se", COMP_CWORD="1"
        )
        assert done.stdout.split() == ["plain,search", "plain,serve"]

    def test_help_names_the_exit_codes_and_limits(self, capsys: pytest.CaptureFixture[str]) -> None:
        for words, wanted in (
            (["--help"], [about for _, about in EXIT_CODES]),
            (["index", "--help"], ["--as-of", "--prune", "--gazetteer", "33,554,432", "Limits"]),
            (
                ["search", "--help"],
                ["--agency", "--from", "--to", "--sort", "--page", "--json", "--csv"],
            ),
        ):
            assert main(words) == 0
            shown = capsys.readouterr().out
            assert all(each in shown for each in wanted)

    def test_the_documentation_names_every_command_option_and_code(self) -> None:
        text = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text("utf-8")
        for name, command in cli(dict.fromkeys(COMMANDS, lambda _: 0)).commands.items():
            assert f"dateline {name}" in text
            for option in (each for parameter in command.params for each in parameter.opts):
                assert not option.startswith("-") or f"`{option}" in text, option
        for code, _ in EXIT_CODES:
            assert f"| {code} |" in text
