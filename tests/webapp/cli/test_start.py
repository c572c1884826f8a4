"""What commands do before their first answer: what they load, compile and look through.

Each costs a thirtieth of the command and more, and comes back with one import; times would not tell
on a busy machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from index.ingest.read_files import POOL_FROM_PIECES
from index.text.scripts import UNSPACED
from webapp.cli.main import main

FERRY = " ".join(f"Ferry {number} leaves from berth {number} of the pier." for number in range(40))
NIGHT = {"headline": "Night ferry", "body": FERRY}
RELEASES = [
    *(
        {"id": f"p-{at}", "headline": f"Pier {at} repaired", "body": "Open — again."}
        for at in range(20)
    ),
    {"id": "n-1", "agency": "Ferries", **NIGHT},
    {"id": "n-2", "agency": "Port", **NIGHT},
]
"""More that are repaired than those for which other spellings are looked up."""
SCRIPT = """
import atexit, gc, json, re, sys
from contextlib import redirect_stdout
from io import StringIO

def tell():
    found["frozen"] = gc.get_freeze_count()
    print(json.dumps(found))

def counting(pattern, flags=0, compile=re._compiler.compile):
    patterns.append(pattern)
    return compile(pattern, flags)

found, patterns = {}, []
re._compiler.compile = counting
atexit.register(tell)
from webapp.cli.main import main
looked = [each["collections"] for each in gc.get_stats()]
with redirect_stdout(StringIO()) as said:
    main(sys.argv[1:])
found["looked"] = [each["collections"] for each in gc.get_stats()] != looked
found["said"], found["modules"] = said.getvalue(), list(sys.modules)
found["patterns"] = [each for each in patterns if isinstance(each, str)]
"""


class Start(NamedTuple):
    """What a command said, what was loaded and compiled for it, and what was done of garbage."""

    said: str
    modules: frozenset[str]
    patterns: list[str]
    looked: bool
    frozen: int


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    records = folder / "releases.jsonl"
    records.write_text("\n".join(map(json.dumps, RELEASES)), encoding="utf-8")
    assert main(["index", str(records), "--index", str(folder / "index"), "--quiet"]) == 0
    return folder / "index"


def started(index: Path, *words: str) -> Start:
    """`dateline` with these words, in a process of its own."""
    command = [sys.executable, "-c", SCRIPT, *words, "--index", str(index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return Start(
        found["said"],
        frozenset(found["modules"]),
        found["patterns"],
        found["looked"],
        found["frozen"],
    )


@pytest.fixture(scope="module")
def plain(index: Path) -> Start:
    return started(index, "search", "repaired")


def test_a_plain_search_loads_nothing_that_its_answer_does_not_show(plain: Start) -> None:
    assert "20 releases" in plain.said
    other_forms = {
        "webapp.site.links",
        "webapp.site.search_addresses",
        "webapp.site.wording",
        "webapp.exports.jsonl",
        "webapp.exports.results_json",
        "webapp.exports.table",
        "webapp.presenters.copy_lines",
        "webapp.presenters.explanation",
        "search.count.term_sheet",
        "search.show.word_forms",
    }
    outside = {"babel", "flask", "lxml", "multiprocessing", "opencc", "rjieba"}
    unasked = {"email", "http.client", "ssl", "urllib.request", "whoosh.lang.morph_en"}  # of Whoosh
    assert not plain.modules & (other_forms | outside | unasked)
    assert "search.engines.folder" in plain.modules


@pytest.mark.parametrize(
    ("words", "said", "loaded"),
    [
        (("search", "repaired", "--json"), '"Pier 1 repaired"', "webapp.exports.results_json"),
        (("search", "repaired", "--csv"), "Pier 1 repaired,", "webapp.exports.table"),
        (("search", "repaired", "--explain"), "Score ", "webapp.presenters.explanation"),
        (("search", "leaves"), "Also issued by", "webapp.presenters.copy_lines"),
    ],
)
def test_another_form_loads_what_it_needs(
    index: Path, words: tuple[str, ...], said: str, loaded: str
) -> None:
    other = started(index, *words)
    assert said in other.said
    assert loaded in other.modules


DOCUMENTS = {"bs4", "feedparser", "charset_normalizer", "index.sources.registry"}


def test_records_in_lines_are_indexed_without_what_reads_documents(tmp_path: Path) -> None:
    records = tmp_path / "releases.jsonl"
    records.write_text("\n".join(map(json.dumps, RELEASES)), encoding="utf-8")
    first = started(tmp_path / "index", "index", str(records))
    assert "the index holds 22" in first.said
    assert not first.modules & (DOCUMENTS | {"email", "http.client", "ssl", "warcio"})


def test_processes_that_read_documents_have_what_they_need_from_their_parent(
    tmp_path: Path,
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(POOL_FROM_PIECES):
        (documents / f"{number}.txt").write_text(f"Pier {number} repaired")
    first = started(tmp_path / "index", "index", f"{documents}", "--workers", "2")
    assert f"from {POOL_FROM_PIECES:,} files" in first.said
    assert first.modules >= DOCUMENTS - {"charset_normalizer"}


def test_who_wants_what_a_search_left_out_has_it_afterwards(index: Path) -> None:
    script = (
        "import sys; from webapp.cli.main import main; main(sys.argv[1:])\n"
        "from urllib.request import urlopen, urlretrieve\n"
        "assert callable(urlopen) and callable(urlretrieve)\n"
        "from whoosh.query.terms import variations\n"
        "assert {'rendering', 'render'} <= set(variations('rendering'))"
    )
    command = [sys.executable, "-c", script, "search", "repaired", "--index", str(index)]
    subprocess.run(command, capture_output=True, check=True)


def test_what_is_imported_already_stays(index: Path) -> None:
    script = (
        "import sys, urllib.request as before; from webapp.cli.main import main; main(sys.argv[1:])\n"
        "import urllib.request; assert urllib.request is before"
    )
    command = [sys.executable, "-c", script, "search", "repaired", "--index", str(index)]
    subprocess.run(command, capture_output=True, check=True)


def test_characters_without_spaces_are_compiled_once(plain: Start) -> None:
    """Each set of so many ranges takes a millisecond: by itself once, and in what letters are."""
    alone = [each for each in plain.patterns if each.startswith(f"[{UNSPACED}]")]
    assert len(alone) == 1
    assert sum(each.count(UNSPACED) for each in plain.patterns) <= 2  # the other: letters


def test_no_garbage_is_looked_for(plain: Start) -> None:
    assert not plain.looked
    assert plain.frozen > 0
