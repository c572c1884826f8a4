"""Installs Dateline as a stranger would, in a fresh environment, and does the README's first steps.

    python tests/installation/try_install.py WHAT [--python P] [--pip VERSION] [--no-compiler]
                                                  [--loops yes|no]

WHAT is a folder with the sources, a source distribution or a wheel. The steps run in an empty
folder, with nothing compiled beforehand; they fail where a command fails, finds nothing, or prints
a warning or a traceback. Needs Linux and a network for the dependencies.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample"
INSTALLS = 600  # seconds that one command may take; compiling takes about one minute
PATIENCE = 60  # seconds until a server has to answer; a cold start takes about one


def main() -> None:
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as home:
        place = Installation(Path(home))
        place.install(wanted.what, wanted.python, wanted.pip, compiler=not wanted.no_compiler)
        place.command_line()
        place.kernel(wanted.loops)
        place.server()
    print(f"{wanted.what} works: {wanted.python}, pip {wanted.pip or 'newest'}")


class Installation:
    """A virtual environment in a folder of its own, and what is done with it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.bin = home / "venv/bin"
        foreign = ("PYTHON", "DATELINE_", "VIRTUAL_ENV", "CC", "CFLAGS")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.environment = kept | {
            "PATH": f"{self.bin}:/usr/bin:/bin",
            "PYTHONPYCACHEPREFIX": str(home / "pycache"),
        }

    def install(self, what: str, python: str, pip: str | None, *, compiler: bool) -> None:
        """Makes the environment with that Python and pip, and installs into it.

        Where no compiler is wanted, the commands find no program but those of the environment.
        """
        subprocess.run([python, "-m", "venv", self.home / "venv"], check=True, timeout=INSTALLS)
        newest = f"pip=={pip}" if pip else "pip"
        self._pip("install", "--upgrade", newest)
        if not compiler:
            self.environment |= {"PATH": str(self.bin), "CC": "no-compiler"}
        self._pip("install", self._copy(what))
        self._pip("check")

    def command_line(self) -> None:
        """Help, an index of the sample, a search in it."""
        self._run("dateline", "--help")
        gazetteer = ["--gazetteer", str(SAMPLE / "gazetteer.json")]
        self._run("dateline", "index", str(SAMPLE / "releases"), *gazetteer)
        assert "erry" in self._run("dateline", "search", "ferry fares")

    def kernel(self, loops: str | None) -> None:
        """The compiled loops are in use, or are not, as it is expected."""
        said = self._run("python", "-m", "index.kernel")
        in_use = said.startswith("The compiled loops are in use.")
        assert loops is None or in_use is (loops == "yes"), said

    def server(self) -> None:
        """The pages, served as the documentation says."""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{found.getsockname()[1]}"
        command = [self.bin / "gunicorn", "webapp:create_app()", "--bind", place]
        served = subprocess.Popen(
            command, cwd=self.home, env=self.environment, stderr=subprocess.PIPE, text=True
        )
        try:
            page = _page(f"http://{place}/zh-hant/search?q=ferry")
            assert "<mark>" in page
            assert "新聞公報" in page, "the translations are not there"
            assert "--" in _page(f"http://{place}/static/dateline.css"), "the styles are not there"
        finally:
            served.terminate()
            said = served.communicate(timeout=PATIENCE)[1]
        assert "Warning" not in said, said

    def _copy(self, what: str) -> str:
        """A folder is installed from a copy, so that nothing is built beside the sources."""
        if not Path(what).is_dir():
            return str(Path(what).resolve())
        copy = self.home / "sources"
        left = shutil.ignore_patterns(".*", "var", "build", "dist", "*.so", "*.egg-info")
        shutil.copytree(what, copy, ignore=left)
        return str(copy)

    def _pip(self, *arguments: str) -> None:
        self._run("python", "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)

    def _run(self, command: str, *arguments: str) -> str:
        """What a command of the environment prints; it must succeed and print no warning."""
        done = subprocess.run(
            [self.bin / command, *arguments],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=INSTALLS,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{command} {' '.join(arguments)}:\n{said}"
        if command == "dateline":
            assert "Warning" not in said, said
        return done.stdout


def _page(address: str) -> str:
    """The page at an address, as soon as something answers there."""
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read(), "utf-8")
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", help="a folder, a source distribution or a wheel")
    parser.add_argument("--python", default=sys.executable, help="which Python to use")
    parser.add_argument("--pip", help="which version of pip to use, not the newest")
    parser.add_argument("--no-compiler", action="store_true", help="hide every compiler")
    parser.add_argument("--loops", choices=["yes", "no"], help="whether they must be in use")
    return parser.parse_args()


if __name__ == "__main__":
    main()
