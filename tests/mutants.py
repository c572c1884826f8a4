"""Puts faults into one module, runs the tests of its room on each, and prints those nobody noticed.

Called by `make mutants MODULE=index/dates/clock.py`. Faults are those of cosmic-ray, one for each
place in the code, drawn at random but always the same for the same code. They are put into a copy
of the checkout in a temporary folder; the checkout itself is not touched.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkerOutcome

ROOT = Path(__file__).resolve().parents[1]
FAULTS = [
    "AddNot", "Delete_Not", "Delete_USub", "NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak", "ZeroIterationForLoop", "Add_Sub", "Sub_Add", "Mul_FloorDiv",
    "FloorDiv_Mul", "Div_Mul", "Mod_FloorDiv", "BitOr_BitAnd", "BitAnd_BitOr", "LShift_RShift",
    "RShift_LShift", "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Is_IsNot",
    "IsNot_Is",
]  # fmt: skip
"""Faults that a person might make; others (`+` to `**`) end in an error that any test would see."""
PATIENCE = 10
"""A fault that makes the tests take so many times as long (an endless loop) counts as noticed."""


def main() -> int:
    """Prints what survived; 2 where the tests fail without any fault."""
    arguments = _arguments()
    module = Path(arguments.module)
    tests = arguments.tests or _tests_of(module)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        _copy(Path(folder))
        os.chdir(Path(folder) / "checkout")
        os.environ |= {"PYTHONPATH": str(Path.cwd()), "PYTHONDONTWRITEBYTECODE": "1"}
        command = shlex.join([
            str(ROOT / ".venv/bin/python"), "-m", "pytest", "-qx", "-p", "no:cacheprovider",
            "-m", "not slow and not browser", *tests,
        ])  # fmt: skip
        started = monotonic()
        before = subprocess.run(shlex.split(command), check=False, capture_output=True, text=True)
        if before.returncode:
            print(before.stdout, before.stderr, "The tests fail without any fault.", sep="\n")
            return 2
        patience = PATIENCE * (monotonic() - started)
        _run(_drawn(module, arguments.most), command, patience)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", help="a file of index, search or webapp, from the checkout")
    parser.add_argument("tests", nargs="*", help="files or folders of tests (those of its room)")
    parser.add_argument("--most", type=int, default=60, help="faults at most (60)")
    return parser.parse_args()


def _tests_of(module: Path) -> list[str]:
    """The folder of tests of a module's room, or the nearest above it that has one."""
    folder = ROOT / "tests" / module.parent
    while not folder.is_dir():
        folder = folder.parent
    return [str(folder.relative_to(ROOT))]


def _copy(folder: Path) -> None:
    """What git knows, and what was compiled beside it; the real data stays where it is."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    compiled = [str(path.relative_to(ROOT)) for path in ROOT.glob("*/*.so")]
    for name in filter(lambda name: (ROOT / name).is_file(), [*listed, *compiled]):
        target = folder / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    if (ROOT.parent / "shared").exists():
        (folder / "shared").symlink_to((ROOT.parent / "shared").resolve())


def _drawn(module: Path, most: int) -> list[MutationSpec]:
    """One fault for each place, at most so many, in the order of the file."""
    notes = _annotations(ast.parse(module.read_text(encoding="utf-8")))
    by_place: dict[tuple[int, int], list[MutationSpec]] = {}
    with use_db("mutants.sqlite", WorkDB.Mode.create) as database:
        init([module], database, {})
        for item in database.work_items:
            fault = item.mutations[0]
            likely = any(fault.operator_name.endswith(name) for name in FAULTS)
            if likely and not any(start <= fault.start_pos < end for start, end in notes):
                by_place.setdefault(fault.start_pos, []).append(fault)
    draw = random.Random(str(module))  # noqa: S311
    faults = [draw.choice(_sorted(by_place[place])) for place in sorted(by_place)]
    return _sorted(draw.sample(faults, min(most, len(faults))))


def _sorted(faults: list[MutationSpec]) -> list[MutationSpec]:
    return sorted(faults, key=lambda each: (each.start_pos, each.operator_name, each.occurrence))


def _annotations(tree: ast.AST) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where types are written: `int | None` is not run."""
    found = []
    for node in ast.walk(tree):
        for each in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if each is not None:
                end = (each.end_lineno, each.end_col_offset)
                found.append(((each.lineno, each.col_offset), end))
    return found


def _run(faults: list[MutationSpec], command: str, patience: float) -> None:
    survived = 0
    for number, fault in enumerate(faults, 1):
        result = mutate_and_test([fault], command, patience)
        if result.worker_outcome is not WorkerOutcome.NORMAL:
            print(f"line {fault.start_pos[0]}: {result.output}")
        if not result.is_killed:
            survived += 1
            print(f"line {fault.start_pos[0]}:", *_changed(result.diff or ""), sep="\n  ")
        if sys.stderr.isatty():
            print(f"{number} of {len(faults)}", end="\r", file=sys.stderr)
        sys.stdout.flush()
    print(f"{len(faults)} faults, {len(faults) - survived} noticed, {survived} survived")


def _changed(diff: str) -> Iterator[str]:
    lines = (line for line in diff.splitlines() if line[:3] not in ("---", "+++"))
    return (line for line in lines if line[:1] in ("-", "+"))


if __name__ == "__main__":
    sys.exit(main())
