"""`dateline fetch` and `dateline update`, against a press office on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.collect.press_site import Site, headline, news_site
from webapp.cli.main import main


@pytest.fixture
def site() -> Iterator[Site]:
    with news_site() as made:
        yield made


@pytest.fixture
def sources(site: Site, tmp_path: Path) -> str:
    path = tmp_path / "sources.toml"
    path.write_text(
        f'contact = "mailto:desk@press.example"\ndelay = 0\n[[source]]\nname = "port"\n'
        f'url = "{site.url}/news.rss"\nkind = "feed"\nagency = "Harbour Office"\n'
    )
    return str(path)


def test_update_collects_and_indexes(
    site: Site, sources: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index, into = str(tmp_path / "index"), str(tmp_path / "in")
    command = ["update", sources, "--into", into, "--index", index, "--allow-private", "--json"]
    assert main(command) == 0
    said = json.loads(capsys.readouterr().out)
    assert len(said["fetch"]["sources"][0]["new"]) == 2
    assert said["index"]["added"] == 2
    assert main(["search", "pier", "--index", index, "--json"]) == 0
    results = json.loads(capsys.readouterr().out)["hits"]
    assert {each["url"] for each in results} == {f"{site.url}/news/1", f"{site.url}/news/2"}
    assert {each["agency"]["slug"] for each in results} == {"harbour-office"}
    assert {each["headline"] for each in results} == {headline(1), headline(2)}
    assert {each.headers["user-agent"].split("/")[0] for each in site.asked} == {"Dateline"}
    assert {each.headers["user-agent"].partition(" ")[2] for each in site.asked} == {
        "(+mailto:desk@press.example)"
    }
    assert main(command) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["fetch"]["sources"][0]["new"] == []
    assert again["index"]["added"] == again["index"]["updated"] == 0


def test_fetch_says_what_it_did(
    sources: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["fetch", sources, "--into", str(tmp_path / "in")]
    assert main([*command, "--allow-private"]) == 0
    said = capsys.readouterr()
    assert said.out == "port: 2 new\n"
    assert said.err == "collecting: port\n"
    assert main([*command, "--quiet"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert "port: nothing new\n  cannot be collected (since " in said.out
    assert "private address 127.0.0.1; --allow-private lets us go there" in said.out


def test_a_file_that_is_not_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]\nnam = 1\n")
    assert main(["fetch", str(tmp_path / "sources.toml"), "--into", str(tmp_path)]) == 1
    assert "'nam' is not known; did you mean 'name'?" in capsys.readouterr().err
