"""What somebody new types wrong, and what the command says to do about it."""

from __future__ import annotations

import socket
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
    error = said(capsys, 1, "serve", "--index", index, "--host", "192.0.2.1", "--port", "0")
    assert "Try another: --host 127.0.0.1" in error


def test_a_port_that_is_taken(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = said(capsys, 1, "serve", "--index", index, "--port", port)
    assert f"Try another: --port {port + 1}" in error or "Try another: make run" in error
