"""`dateline` where a disk is full, a stream closed, a locale old, or somebody ends it."""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.timing import PATIENCE, wait_until
from tests.webapp.cli.commands import Done, run, run_apart

COMMAND = [sys.executable, "-m", "webapp.cli.main"]
ASCII = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Surroundings in which Python takes words and streams for ASCII."""


def bytes_of(*words: str | Path | bytes, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    """`dateline` in a process of its own, with its output as bytes."""
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **surroundings},
    )


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["search", "--help"], ["stats"]])
def test_a_full_disk_behind_standard_output_is_a_sentence(
    words: list[str], index_folder: Path
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "--index", index_folder, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "dateline: No space left on device\n")


def test_a_closed_standard_output_is_no_error(index_folder: Path) -> None:
    script = f'exec "$@" search "" --index "{index_folder}" >&-'
    done = subprocess.run(["/bin/sh", "-c", script, "sh", *COMMAND], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture(scope="module")
def two_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one release in English and one in Chinese."""
    folder = tmp_path_factory.mktemp("two-languages")
    rows = (
        {"headline": "Ferry fares rise", "body": "From May.", "date": "2024-03-05"},
        {"headline": "渡輪收費上調", "body": "五月起生效。", "date": "2024-03-05"},
    )
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("index", folder / "a.jsonl", "--index", folder / "index").returncode == 0
    return folder / "index"


def test_data_is_utf_8_whatever_the_locale_is(two_languages: Path) -> None:
    for words in (["export"], ["export", "--format", "csv"], ["search", "--csv"]):
        usual = bytes_of(*words, "--index", two_languages, PYTHONUTF8="1")
        assert any(letter > 0x7F for letter in usual.stdout)
        assert bytes_of(*words, "--index", two_languages, **ASCII).stdout == usual.stdout


def test_words_are_read_whatever_the_locale_is(two_languages: Path) -> None:
    words = ("--index", two_languages, "search", "--jsonl", "渡輪")
    usual = bytes_of(*words, PYTHONUTF8="1")
    assert [json.loads(line)["headline"] for line in usual.stdout.splitlines()] == ["渡輪收費上調"]
    assert bytes_of(*words, **ASCII).stdout == usual.stdout


def test_a_word_that_is_no_utf_8_does_not_find_everything(index_folder: Path) -> None:
    done = bytes_of("--index", index_folder, "search", b"\xff\xfe")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"is no text in UTF-8" in done.stderr


@pytest.mark.parametrize(("terminal", "bold"), [("xterm", True), ("dumb", False)])
def test_bold_is_for_terminals_that_know_it(terminal: str, bold: bool, index_folder: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*COMMAND, "search", "ferry", "--limit", "1", "--index", index_folder],
        stdout=theirs,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "TERM": terminal},
    )
    os.close(theirs)
    assert done.returncode == 0
    assert (b"\x1b" in os.read(ours, 65_536)) == bold
    os.close(ours)


@pytest.mark.parametrize(
    "words",
    [
        ["search", "--json", "--csv"],
        ["search", "--limit", "101"],
        ["export", "--format", "sqlite"],
    ],
)
def test_options_that_do_not_go_together_are_a_mistake_of_usage(
    words: list[str], index_folder: Path
) -> None:
    done = run(*words, "--index", index_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: dateline" in done.stderr


@pytest.mark.parametrize("form", ["jsonl", "sqlite"])
@pytest.mark.parametrize("where", ["none/a", "folder", "file/a"])
def test_an_export_that_has_no_place_names_the_place_that_was_given(
    form: str, where: str, index_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    target = tmp_path / where
    done = run("export", "--format", form, "--output", target, "--index", index_folder)
    assert done.returncode == 1
    assert done.stderr.startswith(f"dateline: {target} ")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "sqlite"])
def test_an_export_for_which_there_is_no_room_is_a_sentence(
    form: str, index_folder: Path, tmp_path: Path
) -> None:
    done = _within(
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, 8_192)),
        *("export", "--format", form, "--output", tmp_path / "a", "--index", index_folder),
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"dateline: {tmp_path / 'a'} cannot be written: ")
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_a_sentence(tmp_path: Path) -> None:
    """More is not to be had than what the imports took; a gazetteer of 6 MB is read."""
    script = """
import resource, sys
from pathlib import Path
import webapp.cli.index_command
from webapp.cli.main import main
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (2 << 20),) * 2)
sys.exit(main(sys.argv[1:]))
"""
    (tmp_path / "g.json").write_text(" " * 6_000_000)
    words: list[str | Path] = [
        "index",
        tmp_path,
        "--gazetteer",
        tmp_path / "g.json",
        "--index",
        tmp_path / "i",
    ]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "dateline: there is not enough memory for this.\n")


@pytest.mark.parametrize("words", [["password", "desk"], ["mcp"]], ids=["password", "mcp"])
def test_sigterm_ends_what_waits_for_input_as_an_interruption(
    words: list[str], index_folder: Path
) -> None:
    process = subprocess.Popen(
        [*COMMAND, *words, "--index", index_folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    status = Path(f"/proc/{process.pid}/status")
    handled = 1 << (signal.SIGTERM - 1)
    assert wait_until(lambda: bool(_caught(status) & handled))
    process.terminate()
    said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 130
    assert b"Traceback" not in said


def _caught(status: Path) -> int:
    """The signals that a process handles, as bits."""
    lines = status.read_text().splitlines()
    return next(int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:"))


def test_sigterm_leaves_no_half_of_a_backup(index_folder: Path, tmp_path: Path) -> None:
    begun, target = tmp_path / ".copy.new", tmp_path / "copy"
    process = subprocess.Popen(
        [*COMMAND, "backup", target, "--index", index_folder], stderr=subprocess.PIPE
    )
    while not (begun.exists() or target.exists()):
        assert process.poll() is None
    process.terminate()
    process.communicate(timeout=PATIENCE)
    assert not begun.exists()
    assert (process.returncode, target.exists()) in ((130, False), (130, True), (0, True))


def _within(limit: Callable[[], None], *words: str | Path) -> Done:
    done = subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=limit,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    "words",
    [
        ["index", ""],
        ["index", "x", "--gazetteer", ""],
        ["--index", "", "index", "x"],
        ["stats", "--index", ""],
        ["export", "--output", ""],
        ["backup", ""],
        ["copy", "", "x"],
        ["fetch", "x", "--into", ""],
    ],
)
def test_an_unset_variable_of_a_script_is_not_the_folder_one_stands_in(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "an empty text names no" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "setting", ["DATELINE_PER_PAGE=0", "DATELINE_KERNEL=sometimes", "DATELINE_PASSWORD_FILE=none"]
)
def test_serve_says_no_address_where_a_setting_is_wrong(setting: str, index_folder: Path) -> None:
    name, _, value = setting.partition("=")
    done = run_apart("serve", "--port", "0", "--index", index_folder, **{name: value})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"dateline: {name}")
