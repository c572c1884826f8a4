"""A private desk: who has no password of it sees nothing."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from flask import Flask

from tests.timing import PATIENCE
from tests.webapp.views.test_every_page import ADDRESSES
from webapp import create_app
from webapp.guards import passwords
from webapp.guards.passwords import hashed_line
from webapp.settings import SettingError

PASSWORD = "härbour: lights 9"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def private(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    file = tmp_path_factory.mktemp("private") / "passwords"
    lines = ["# the desk", hashed_line("ann", PASSWORD), "", hashed_line("bo", "another one, long")]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return create_app({"index": str(index_folder), "password_file": str(file)})


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def test_nothing_is_shown_without_a_password(private: Flask) -> None:
    client = private.test_client(use_cookies=False)
    for address, _ in ADDRESSES:
        if address != "/healthz":
            response = client.get(address)
            assert response.status_code == 401, address
            assert response.headers["WWW-Authenticate"].startswith("Basic realm=")
            assert "Residents of the north shore" not in response.text
            assert "Water Board" not in response.text
    for address in ("/static/dateline.css", "/nothing", "/metrics", "/suggest.json?q=fl"):
        assert client.get(address).status_code == 401
    for address in ("/healthz", "/readyz"):
        assert client.get(address).status_code == 200


def test_the_right_pair_sees_all(private: Flask) -> None:
    client = private.test_client(use_cookies=False)
    for address, _ in ADDRESSES:
        response = client.get(address, headers=basic("ann", PASSWORD), buffered=True)
        assert response.status_code == 200, address
    assert client.get("/", headers=basic("bo", "another one, long")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        basic("ann", "another one, long"),
        basic("bo", PASSWORD),
        basic("ann", ""),
        basic("", PASSWORD),
        basic("eve", PASSWORD),
        basic("# the desk", ""),
        {"Authorization": "Bearer " + PASSWORD.encode().hex()},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic"},
    ],
)
def test_a_wrong_pair_sees_nothing(private: Flask, headers: dict[str, str]) -> None:
    assert private.test_client().get("/", headers=headers).status_code == 401


def test_a_pair_is_hashed_once_and_a_wrong_one_every_time(
    private: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    check = passwords.check_password_hash
    monkeypatch.setattr(
        passwords, "check_password_hash", lambda *pair: hashed.append(1) or check(*pair)
    )
    client = private.test_client()
    for _ in range(3):
        client.get("/", headers=basic("ann", PASSWORD))
    before = len(hashed)
    client.get("/", headers=basic("ann", PASSWORD))
    assert len(hashed) == before <= 1
    for name in ("ann", "nobody"):  # the time does not tell who is known
        client.get("/", headers=basic(name, "wrong"))
    assert len(hashed) == before + 2


def test_any_characters_make_a_password_and_all_of_them_count(
    index_folder: Path, tmp_path: Path
) -> None:
    given = {"spaces": "  lights  of 9  ", "long": "Harbour 港務處的燈塔" * 20}
    lines = [hashed_line(name, password) for name, password in given.items()]
    (tmp_path / "passwords").write_text("\n".join(lines), "utf-8")
    app = create_app({"index": str(index_folder), "password_file": str(tmp_path / "passwords")})
    for name, password in given.items():
        right = app.test_client().get("/healthz/..", headers=basic(name, password))
        assert right.status_code == 404, name
    for name, wrong in (("spaces", given["spaces"].strip()), ("long", given["long"][:-1])):
        assert app.test_client().get("/", headers=basic(name, wrong)).status_code == 401


@pytest.mark.parametrize(
    "text", ["", "# nobody\n", "ann:secret\n", "ann\n", "ann:scrypt:1:1:1$a\n"]
)
def test_a_file_that_lets_nobody_in_rightly_stops_the_start(
    index_folder: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "passwords"
    file.write_text(text)
    for wrong in (file, tmp_path / "missing"):
        with pytest.raises(SettingError, match="DATELINE_PASSWORD_FILE"):
            create_app({"index": str(index_folder), "password_file": str(wrong)})


@pytest.mark.parametrize(
    ("name", "password"), [("a:b", PASSWORD), ("", PASSWORD), ("ann", "short")]
)
def test_a_name_or_password_that_cannot_be_used_is_a_sentence(name: str, password: str) -> None:
    with pytest.raises(SettingError):
        hashed_line(name, password)


def test_the_command_writes_a_line_that_lets_in(index_folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "webapp.cli.main", "password", "cy"],
        input="harbour lights nine\n", capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    assert "harbour" not in done.stdout
    (tmp_path / "passwords").write_text(done.stdout)
    app = create_app({"index": str(index_folder), "password_file": str(tmp_path / "passwords")})
    assert app.test_client().get("/", headers=basic("cy", "harbour lights nine")).status_code == 200
    short = subprocess.run(
        [sys.executable, "-m", "webapp.cli.main", "password", "cy"],
        input="short\n", capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert (short.returncode, short.stdout) == (1, "")
