"""Runs Whoosh 2.7.4's own test suite with our codec, and with our executor, as Whoosh's default.

    python tests/peer/run.py FOLDER [--table FILE]

FOLDER gets an environment of its own with Whoosh and pytest, and the source package of Whoosh,
which is asked of the package index that pip is set up for. Each suite runs three times: as it
is, with the codec, with codec and executor. What passes as it is and fails with ours must be in
`EXPECTED`, with the reason; anything else ends the run with an error.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSION = "2.7.4"
REQUIREMENTS = [
    f"whoosh=={VERSION}",
    "pytest",
    *tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"],
]
SETUPS = ("stock", "codec", "executor")

EXPECTED: dict[str, str] = {
    "test_automata.py::test_minimize_dfa": "unstable in Whoosh itself",
    "test_codecs.py::test_fieldwriter_multiblock": "gives the codec lengths with the postings and "
    "writes no documents; ours takes lengths from the documents",
    "test_codecs.py::test_fieldwriter_single_term": "the same",
    "test_codecs.py::test_fieldwriter_two_terms": "the same",
    "test_collector.py::test_timelimit": "a time limit is looked at between documents; our "
    "evaluation finds all of them in one step",
    "test_columns.py::test_varbytes_offsets": "looks inside the reader of Whoosh's column file",
    "test_results.py::test_lengths": "asserts that a limited search does not know its exact "
    "total; ours always does",
    "test_sorting.py::test_add_sortable": "`add_sortable` writes a file of Whoosh's own codec into "
    "a segment; index again instead",
}
"""Test to the reason why it may fail with ours."""

CONFTEST = """
import os, sys
sys.path[:0] = [{root!r}, {here!r}]
import warnings
warnings.simplefilter("ignore")
import whoosh.codec
setup = os.environ["DATELINE_PEER_SETUP"]
if setup != "stock":
    from index.codec import DatelineCodec
    whoosh.codec.default_codec = lambda *args, **options: DatelineCodec()
if setup == "executor":
    from executor_in_place import install
    install()
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--table", type=Path, help="write the result table (Markdown) here")
    options = parser.parse_args()
    python = environment(options.folder)
    tests = source(options.folder, python)
    results = {setup: run(python, tests, setup) for setup in SETUPS}
    text = table(results)
    sys.stdout.write(text)
    if options.table:
        options.table.write_text(text, encoding="utf-8")
    return 1 if unexpected(results) else 0


def environment(folder: Path) -> Path:
    """The Python of an environment with Whoosh and pytest, made at first use."""
    home = folder / "environment"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *REQUIREMENTS], check=True)
    return python


def source(folder: Path, python: Path) -> Path:
    """The `tests` folder of Whoosh's source package, fetched at first use."""
    found = list(folder.glob(f"*hoosh-{VERSION}/tests"))
    if not found:
        pip = [python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", folder, f"whoosh=={VERSION}"], check=True)
        (package,) = folder.glob(f"*hoosh-{VERSION}.*")
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        found = list(folder.glob(f"*hoosh-{VERSION}/tests"))
    (found[0].parent / "conftest.py").write_text(
        CONFTEST.format(root=str(ROOT), here=str(Path(__file__).parent))
    )
    return found[0]


def run(python: Path, tests: Path, setup: str) -> dict[str, str]:
    """Every test's outcome, by its name."""
    scratch = tests.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    command = [
        str(python), "-W", "ignore", "-m", "pytest", "tests", "-rA", "-q", "--tb=no", "-c", "/dev/null",
        "--rootdir", str(tests.parent), "--confcutdir", str(tests.parent), "-p", "no:cacheprovider",
        "--continue-on-collection-errors",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=tests.parent, env={"DATELINE_PEER_SETUP": setup, "PATH": "/usr/bin:/bin", "TMPDIR": str(scratch)},
        capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    found = re.findall(r"^(PASSED|FAILED|ERROR|SKIPPED) tests/(\S+)", done.stdout, re.MULTILINE)
    if not found:
        raise SystemExit(f"{setup}: no test ran\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return {name: outcome for outcome, name in found}


def unexpected(results: dict[str, dict[str, str]]) -> list[str]:
    """Tests that pass as they are, fail with ours and are not in `EXPECTED`."""
    return sorted({name for setup in SETUPS[1:] for name in lost(results, setup)} - set(EXPECTED))


def lost(results: dict[str, dict[str, str]], setup: str) -> list[str]:
    """Tests that pass as they are and do not in a set-up."""
    passed = [name for name, outcome in results["stock"].items() if outcome == "PASSED"]
    return sorted(name for name in passed if results[setup].get(name) != "PASSED")


def table(results: dict[str, dict[str, str]]) -> str:
    """The outcome as Markdown."""
    lines = ["| set-up | passed | failed | lost against stock |", "| --- | --- | --- | --- |"]
    for setup, outcomes in results.items():
        passed = sum(outcome == "PASSED" for outcome in outcomes.values())
        missing = len(lost(results, setup))
        lines.append(f"| {setup} | {passed} | {len(outcomes) - passed} | {missing} |")
    for name in sorted({name for setup in SETUPS for name in lost(results, setup)}):
        where = ", ".join(setup for setup in SETUPS if name in lost(results, setup))
        lines.append(f"\n- `{name}` ({where}): {EXPECTED.get(name, '**not expected**')}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
