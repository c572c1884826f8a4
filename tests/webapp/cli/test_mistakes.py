"""What somebody new types wrong, and what the command says to do about it."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import pytest

from webapp.cli.main import main


def said(capsys: pytest.CaptureFixture[str], code: int, *words: object) -> str:
    assert main([str(word) for word in words]) == code
    return capsys.readouterr().err


@pytest.fixture
def index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "a.jsonl").write_text('{"headline": "A toll", "body": "x", "date": "2021-03-05"}\n')
    words = ["index", tmp_path / "a.jsonl", "--quiet", "--workers", "1"]
    said(capsys, 0, *words, "--index", tmp_path / "index")
    return tmp_path / "index"


def test_an_address_is_no_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("index", "https://harbour.example/news", "--index", tmp_path / "index")
    error = said(capsys, 2, *words)
    assert "'https://harbour.example/news' is an address" in error
    assert "`dateline fetch`" in error


def test_a_folder_without_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    error = said(capsys, 1, "index", tmp_path / "in", "--quiet", "--index", tmp_path / "index")
    assert f"nothing at {tmp_path / 'in'} could be indexed (there is no file to read)" in error


def test_a_path_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["index", str(tmp_path / "in"), "--quiet", "--index", str(tmp_path / "index")])
    out, error = capsys.readouterr()
    assert code == 1
    assert f"{tmp_path / 'in'}: cannot be read: No such file or directory; look at how" in out
    assert "no file to read" not in error


def test_an_index_at_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("{}\n")
    error = said(capsys, 4, "index", file, "--quiet", "--index", file)
    assert f"{file} cannot hold an index: it is a file; give a folder with --index" in error


@pytest.mark.parametrize("name", ["none", "in"])
def test_a_backup_that_is_none(
    index: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    error = said(capsys, 4, "restore", tmp_path / name, "--index", index)
    assert f"There is no backup at {tmp_path / name}. Give a folder that `dateline backup`" in error
    assert said(capsys, 0, "verify", "--index", index) == ""


def test_an_address_that_this_machine_has_not(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """192.0.2.1 is one of those that are kept for examples (RFC 5737)."""
    with suppress(OSError), socket.create_server(("192.0.2.1", 0)):
        pytest.skip("this machine lets processes listen at addresses that it has not")
    error = said(capsys, 1, "serve", "--index", index, "--host", "192.0.2.1", "--port", "0")
    assert "Try another: --host 127.0.0.1" in error


def test_a_port_that_is_taken(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = said(capsys, 1, "serve", "--index", index, "--port", port)
    assert f"Try another: --port {port + 1}" in error or "Try another: make run" in error


@pytest.mark.parametrize("words", [("-h",), ("help",)])
def test_help_is_there_however_it_is_asked_for(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words]) == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [("index", "-h"), ("help", "index"), ("search", "-h"), ("help", "search")]
)
def test_help_of_a_command(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words]) == 0
    assert f"Usage: dateline {words[0] if words[0] != 'help' else words[1]}" in (
        capsys.readouterr().out
    )


def test_a_word_left_out_that_begins_with_h_asks_for_no_help(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "-harbour", "--index", str(index)]) == 0
    assert "A toll" in capsys.readouterr().out


def test_an_index_as_a_word(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("verify", index), ("stats", index), ("backup", index, "copy")):
        assert "--index names the index" in said(capsys, 2, *words)


def test_an_address_as_an_index(capsys: pytest.CaptureFixture[str]) -> None:
    error = said(capsys, 2, "search", "toll", "--index", "https://harbour.example/")
    assert "'https://harbour.example/' is an address, no folder" in error


def test_an_address_as_a_file_of_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = said(capsys, 2, "fetch", "https://harbour.example/", "--into", tmp_path / "pages")
    assert "write it into one, as `url` of a [[source]]" in error
    assert "`dateline fetch` collects" not in error


def test_sources_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s.toml").write_text("url = https://harbour.example/\n")
    into = ("--into", tmp_path / "pages")
    assert "look at how it is spelt" in said(capsys, 1, "fetch", tmp_path / "none.toml", *into)
    assert "name a file in it" in said(capsys, 1, "fetch", tmp_path, *into)
    error = said(capsys, 1, "fetch", tmp_path / "s.toml", *into)
    assert 'a line of it is NAME = "TEXT"' in error


def test_a_gazetteer_that_is_none(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("index", index.parent / "a.jsonl", "--index", index, "--gazetteer")
    assert "look at how it is spelt" in said(capsys, 1, *words, index.parent / "none.json")
    (index.parent / "g.toml").write_text("[bodies]\n")
    assert "docs/gazetteers.md shows one" in said(capsys, 1, *words, index.parent / "g.toml")


def test_a_pattern_that_no_shell_filled_in(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["index", str(index.parent / "*.jsonl"), "--quiet", "--index", str(index)])
    assert code == 1
    assert "leave the quotes out" in capsys.readouterr().out


def test_a_backup_where_none_can_be_is_named_as_it_was_typed(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = index.parent / "a.jsonl" / "copy"
    error = said(capsys, 1, "backup", target, "--index", index)
    assert f"{target}: Not a directory" in error
    assert ".copy.new" not in error


@pytest.mark.parametrize("language", ["English", "english", "英文"])
def test_a_language_by_its_name(
    index: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (index.parent / "b.jsonl").write_text(
        '{"headline": "A toll", "body": "The bridge toll is due.", "language": "en"}\n'
    )
    said(capsys, 0, "index", index.parent / "b.jsonl", "--quiet", "--index", index)
    assert main(["search", "bridge", "--index", str(index), "--language", language]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 release")
    assert "We have no releases" not in out
