"""The units and the container file of `deploy/` say what works here, as an account without rights."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from tests.webapp.serving.served import ROOT, documented_command

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
UNIT = (DEPLOY / "dateline.service").read_text("utf-8").replace("\\\n", " ")
UNITS = sorted(path.name for path in DEPLOY.glob("dateline*.*"))


def unit_command() -> list[str]:
    return shlex.split(re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)[0])


def container_command() -> list[str]:
    return list(json.loads(re.findall(r"^CMD (\[.*\])$", CONTAINERFILE, re.MULTILINE)[0]))


@pytest.mark.parametrize(
    "command", [unit_command(), container_command()], ids=["unit", "container"]
)
def test_both_run_the_documented_command_with_options_that_gunicorn_takes(
    command: list[str], tmp_path: Path
) -> None:
    documented = documented_command()
    address = documented.index("--bind") + 1
    assert command[0].endswith("/bin/gunicorn")
    assert command[1:address] == documented[1:address]
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    done = subprocess.run(
        [gunicorn, "--check-config", *command[1:]],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_container_runs_without_rights_and_from_what_is_in_the_repository() -> None:
    instructions = [
        line.split(maxsplit=1) for line in CONTAINERFILE.splitlines() if line[:1].isalpha()
    ]
    words = [word for word, _ in instructions]
    (user,) = [value for word, value in instructions if word == "USER"]
    assert all(int(part) >= 1_000 for part in user.split(":"))
    assert words.index("USER") < words.index("CMD")
    assert "ADD" not in words
    assert all(":" in value for word, value in instructions if word == "FROM")
    assert all((ROOT / name).is_file() for name in re.findall(r"-r (\S+)", CONTAINERFILE))
    assert "--require-hashes" in CONTAINERFILE
    built = CONTAINERFILE.rpartition("\nFROM")[0]
    assert "gcc" in built, "an image without compiled loops"
    assert "ENV DATELINE_KERNEL=required" in built
    assert {".git", ".venv*", "var"} <= set((ROOT / ".dockerignore").read_text().splitlines())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_takes_the_units_and_finds_them_hardened(tmp_path: Path) -> None:
    """With a program that exists here in place of the installed one."""
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8")
        (tmp_path / name).write_text(re.sub(r"/opt/dateline/bin/\w+", "/bin/true", text))
    units = [str(tmp_path / name) for name in UNITS]
    said = subprocess.run(
        ["systemd-analyze", "verify", *units],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (said.returncode, said.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=15", "--no-pager", str(tmp_path / "dateline.service")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if "unrecognized option" not in rated.stderr:
        assert rated.returncode == 0, rated.stdout


def test_the_proxy_speaks_tls_of_today_alone_and_has_browsers_keep_to_it() -> None:
    conf = re.sub(r"(?m)^\s*#.*$", "", (DEPLOY / "nginx.conf").read_text("utf-8"))
    plain, secure = re.findall(r"(?ms)^server \{.*?^\}", conf)
    assert "return 301 https://" in plain
    assert "proxy_pass" not in plain
    assert "listen 443 ssl" in secure
    (protocols,) = re.findall(r"ssl_protocols ([^;]*);", conf)
    assert protocols.split() == ["TLSv1.2", "TLSv1.3"]
    (kept,) = re.findall(
        r'add_header Strict-Transport-Security "max-age=(\d+); includeSubDomains" always;', conf
    )
    assert int(kept) >= 365 * 24 * 60 * 60
    assert conf.count("add_header") == 1, "one of a location would take its place there"


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed here")
def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    """With a certificate of the tests, and what nginx keeps in a folder of theirs."""
    certificate = trustme.CA().issue_cert("press.example.org")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    server = re.sub(
        r"/etc/letsencrypt/\S+\.pem",
        f"{tmp_path}/both.pem",
        (DEPLOY / "nginx.conf").read_text("utf-8"),
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in kinds)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{places}{server}}}\n"
    )
    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
