"""`make architecture`: docs/architecture.md from what the packages say of themselves.

Between its two marks the document holds every module with the first sentence of its docstring, room
by room, and every room with its question, which is the first sentence of its `__init__.py`. The
rest of the document is written by hand. tests/test_architecture.py fails when the document is not
what this makes.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs/architecture.md"
PACKAGES = ("index", "search", "webapp")
SUFFIXES = (".py", ".pyx", ".pxi")
START, END = "<!-- made by `make architecture` -->", "<!-- made until here -->"


@dataclass(frozen=True, slots=True)
class Module:
    """A source file, by its path in the repository, with the sentence that says what is in it."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Room:
    """A folder of a package, by its path in the repository: its question, and its modules."""

    path: Path
    question: str
    modules: tuple[Module, ...]


def rooms() -> list[Room]:
    """Every folder with source files, packages in the order of their imports, outer rooms first."""
    folders = {
        path.parent
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in SUFFIXES
    }
    return [_room(folder) for folder in sorted(folders, key=_place)]


def document() -> str:
    """The whole of docs/architecture.md: its text by hand, and between the marks what was made."""
    before, rest = DOCUMENT.read_text("utf-8").split(START)
    after = rest.split(END)[1]
    return f"{before}{START}\n{_made()}\n{END}{after}"


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring or a `.pxi` file's first comment; else empty."""
    text = path.read_text("utf-8")
    said = (ast.get_docstring(ast.parse(text)) if path.suffix == ".py" else _opening(text)) or ""
    found = re.match(r".+?[.?!](?=\s|$)", " ".join(said.split("\n\n")[0].split()))
    return found[0] if found else ""


def _room(folder: Path) -> Room:
    files = [path for path in folder.iterdir() if path.suffix in SUFFIXES]
    modules = [
        Module(path.relative_to(ROOT), first_sentence(path))
        for path in sorted(files)
        if path.name != "__init__.py"
    ]
    return Room(folder.relative_to(ROOT), first_sentence(folder / "__init__.py"), tuple(modules))


def _place(folder: Path) -> tuple[int, tuple[str, ...]]:
    parts = folder.relative_to(ROOT).parts
    return PACKAGES.index(parts[0]), parts


def _opening(text: str) -> str:
    """What a Cython file opens with: its docstring, else its first lines of comment."""
    found = re.match(r'(?:\s*#[^\n]*\n)*?\s*"""(.+?)"""', text, re.DOTALL)
    if found:
        return found[1].strip()
    lines = text.split("\n")
    ends = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    words = [line.removeprefix("#").strip() for line in lines[:ends]]
    return "\n".join(line for line in words if not re.match(r"cython:|distutils:", line)).strip()


def _made() -> str:
    return "\n\n".join(_section(room) for room in rooms())


def _section(room: Room) -> str:
    depth = "##" if len(room.path.parts) == 1 else "###"
    lines = [f"{depth} `{room.path}/`", "", f"**{room.question}**"]
    if room.modules:
        lines += ["", "| module | what it is |", "| --- | --- |"]
    lines += [f"| `{module.path.name}` | {module.sentence} |" for module in room.modules]
    return "\n".join(lines)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
