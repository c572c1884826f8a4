"""`dateline index` of what wget saved, of folders with an address, and of standard input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.index.collect.press_site import headline, page
from webapp.cli.main import main


def found(index: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str | None]:
    capsys.readouterr()
    assert main(["search", "--index", str(index), "--json"]) == 0
    return {hit["headline"]: hit["url"] for hit in json.loads(capsys.readouterr().out)["hits"]}


def test_pages_of_a_mirror_have_their_addresses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mirror = tmp_path / "port.example/news"
    mirror.mkdir(parents=True)
    (mirror / "1.html").write_text(page(1))
    assert main(["index", str(tmp_path / "port.example"), "--index", str(tmp_path / "a")]) == 0
    assert found(tmp_path / "a", capsys) == {headline(1): "https://port.example/news/1.html"}


def test_a_folder_is_given_its_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/1.html").write_text(page(1))
    command = ["index", str(tmp_path / "saved"), "--index", str(tmp_path / "a")]
    assert main([*command, "--base-url", "https://port.example/news/"]) == 0
    assert found(tmp_path / "a", capsys) == {headline(1): "https://port.example/news/1.html"}
    for wrong in ("port.example", "http://[", "http://a:b/", "http://\udcff.example/"):
        assert main([*command, "--base-url", wrong]) == 2
        assert "is no address; write it as https://" in capsys.readouterr().err


def test_standard_input_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"headline": headline(n), "date": "2023-03-14", "body": "Text."} for n in (1, 2)]
    data = "\n".join(map(json.dumps, rows)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["index", "-", "--index", str(tmp_path / "a")]) == 0
    assert found(tmp_path / "a", capsys) == {headline(1): None, headline(2): None}
