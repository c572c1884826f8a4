"""Peers in other languages: small programs beside this file, compiled here, asked through a pipe.

A program's `build` takes documents on its standard input, its `answer` takes questions, one JSON
object a line each, and gives an answer a line: what `bench.peers.Answer` has, and the microseconds
of processor time and of the clock that it took.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
OLDEST_JAVA = 21
"""What Lucene 10 asks for."""


class NoCompilerError(Exception):
    """Why a program cannot be had on this machine."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program: `compiled` makes it in a folder and gives the command that starts it.

    :param warm: how often the warming questions are asked before the others.
    """

    compiled: Callable[[Path], Sequence[str]]
    warm: int


def rust(folder: Path) -> Sequence[str]:
    """The program that asks tantivy, by cargo.

    :raises NoCompilerError: without cargo.
    """
    if shutil.which("cargo") is None:
        raise NoCompilerError("there is no cargo")
    manifest = _copied("tantivy_rust", folder) / "Cargo.toml"
    command = ["cargo", "build", "--quiet", "--release", "--manifest-path", str(manifest)]
    subprocess.run(command, check=True)
    return [str(manifest.parent / "target/release/tantivy-answers")]


def java(folder: Path) -> Sequence[str]:
    """The program that asks Lucene: its jars by Maven, itself by javac.

    :raises NoCompilerError: without Maven or a JDK that is new enough.
    """
    if shutil.which("mvn") is None:
        raise NoCompilerError("there is no Maven")
    home = _java_home()
    sources = _copied("lucene", folder)
    environment = {**os.environ, "JAVA_HOME": str(home)}
    fetch = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=jars"]
    subprocess.run(fetch, cwd=sources, env=environment, check=True, stderr=subprocess.DEVNULL)
    classes = f"{sources / 'jars'}/*"
    subprocess.run(
        [str(home / "bin/javac"), "-nowarn", "-cp", classes, "-d", "classes", "Answers.java"],
        cwd=sources,
        check=True,
        stderr=subprocess.DEVNULL,
    )
    java = str(home / "bin/java")
    as_meant = ["--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector"]
    return [java, "-Xmx2g", *as_meant, "-cp", f"{classes}:{sources / 'classes'}", "Answers"]


PROGRAMS = {"tantivy-rust": Program(rust, warm=3), "lucene": Program(java, warm=40)}
"""Java compiles while it runs: an answer takes 2.3 ms after 10 passes, 1.66 after 40 and 1.63 after
80."""


def _copied(name: str, folder: Path) -> Path:
    """The sources of a program in a folder of its own: nothing is compiled beside them."""
    return Path(shutil.copytree(HERE / name, folder / name, dirs_exist_ok=True))


def _java_home() -> Path:
    found = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    found += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in found:
        release = home / "release"
        for line in release.read_text("utf-8").splitlines() if release.is_file() else ():
            if line.startswith("JAVA_VERSION=") and (home / "bin/javac").exists():
                version = line.partition("=")[2].strip('"').split(".")[0]
                if int(version) >= OLDEST_JAVA:
                    return home
    raise NoCompilerError(f"there is no JDK {OLDEST_JAVA} or newer")
