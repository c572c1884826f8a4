"""What the README says, done: commands, queries, Python; and where all pages of text lead."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from index.agencies.gazetteer import load_gazetteers
from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore
from search import SearchRequest, open_engine
from tests.timing import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
README = (ROOT / "README.md").read_text("utf-8")
PLACEHOLDERS = {"PATH...": str(ROOT / "sample/releases")}


def indented_block(heading: str) -> list[str]:
    """The lines of the first indented block under a heading."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = []
    for line in section.split("\n"):
        if line.startswith("    "):
            lines.append(line.strip())
        elif lines:
            break
    return lines


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's index at its default place, `var/index`."""
    made = tmp_path_factory.mktemp("readme")
    options = BuildOptions(gazetteers=load_gazetteers([ROOT / "sample/gazetteer.json"]))
    build([ROOT / "sample/releases"], FolderStore(made / "var/index"), options)
    return made


def dateline(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from webapp.cli.main import main; raise SystemExit(main())"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for line in indented_block("Your own releases")
    if line.startswith("dateline ") and "serve" not in line
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_run(home: Path, command: list[str]) -> None:
    done = dateline(home, *(PLACEHOLDERS.get(word, word) for word in command))
    assert done.returncode == 0, done.stderr
    assert re.match(r"0 added|[1-9]\d* releases", done.stdout)


QUERIES = [re.split(r"\s{2,}", line)[0] for line in indented_block("What to type")]


@pytest.mark.parametrize("query", QUERIES)
def test_queries_are_understood_whole_and_find_something(home: Path, query: str) -> None:
    results = open_engine(str(home / "var/index")).search(SearchRequest(text=query))
    wrong = ("ignored", "unbalanced", "refused", "cut", "unknown")
    codes = [notice.code for notice in results.notices]
    assert [code for code in codes if any(word in code for word in wrong)] == []
    assert results.total > 0


def test_the_python_example_runs(home: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    total, headlines = done.stdout.split(" ", 1)
    assert int(total) > 0
    assert "erry" in headlines


def test_the_command_for_a_real_server_finds_its_application(home: Path) -> None:
    (line,) = indented_block("Run it for real")
    command = [Path(sys.executable).with_name("gunicorn"), *shlex.split(line)[1:]]
    done = subprocess.run(
        [*command, "--check-config"],
        cwd=home,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr


PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "bench/README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_make_has_the_commands_that_the_pages_name() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text())}
    for name in named | set(re.findall(r"\bmake ([a-z-]+)", README)):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


def test_the_new_names_of_the_changelog_are_there() -> None:
    rows = re.findall(r"^\|[^|\n]*\|([^|\n]*)\|$", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    names = {
        name for now in rows for name in re.findall(r"`((?:index|search|webapp)\.[\w.]+)`", now)
    }
    assert len(names) > 100
    assert [name for name in sorted(names) if not is_defined(name)] == []


def is_defined(name: str) -> bool:
    """Whether a dotted name is a module, or stands in one; its file is read and not run."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:count])
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                return all(
                    part in re.findall(r"\w+", file.read_text("utf-8")) for part in parts[count:]
                )
    return False
