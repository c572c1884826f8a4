"""What is made to exhaust a machine or to lead astray: each has a limit, a sentence and a test.

Also `tests/index/sources/containers/test_containers.py` (each limit of containers, damage, names)
and `test_no_document_ends_a_run.py` (100,000 elements, lists or objects deep; surrogates; time).
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import socket
import tarfile
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard

from index.ingest.builder import BuildOptions, build
from index.ingest.candidate import Candidate, candidates
from index.ingest.completion import CompletionOptions
from index.limits import DEFAULTS, GIB, MIB, Limits
from index.sources import ReadOptions, read_path
from index.sources.draft import Document, Refusal
from index.stores.folder import FolderStore

LINE = json.dumps({"headline": "Pier Two reopens", "body": "The Board said so."}).encode() + b"\n"
BOMB = b" " * (20 * MIB)
"""Unpacked; packed it has some kilobytes."""
MEMORY = 100 * MIB
"""Of Python, at most, for anything here: two copies of a document of 32 MiB, and some room."""


def read(path: Path, limits: Limits = DEFAULTS) -> tuple[list[str], list[str]]:
    """Headlines that were read, and why the rest was not."""
    every = list(read_path(path, ReadOptions(limits=limits), Counter()))
    refused = [each.reason for each in every if isinstance(each, Refusal)]
    return [each.draft.headline or "" for each in every if not isinstance(each, Refusal)], refused


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


class TestLarge:
    @pytest.mark.parametrize("name", ["a.html", "a.json", "a.xml", "a.csv", "a.txt", "a.pdf", "a"])
    def test_a_file_of_a_gibibyte(self, tmp_path: Path, name: str) -> None:
        """Text for a hundred kilobytes, then a hole."""
        path = tmp_path / name
        begin = {".html": b"<html>", ".json": b'{"body": "', ".pdf": b"%PDF-1.4\n"}.get(path.suffix)
        path.write_bytes((begin or b"Pier,") + b"The pier is open. " * 6_000)
        os.truncate(path, GIB)
        with little_memory():
            found, (reason,) = read(path)
        assert (found, reason.split("; ")[0]) == (
            [],
            "is one document of more than 33,554,432 bytes",
        )

    def test_a_line_of_a_hundred_megabytes(self, tmp_path: Path) -> None:
        """It is refused, and what stands around it is read."""
        path = tmp_path / "a.jsonl"
        with path.open("wb") as file:
            file.write(LINE * 2_000)
            file.seek(100 * MIB, os.SEEK_CUR)
            file.write(b"\n" + LINE)
        with little_memory():
            found, refused = read(path)
        assert len(found) == 2_001
        assert refused == ["is one line of more than 8,388,608 bytes"]

    @pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
    @pytest.mark.parametrize("more", [0, 1, 2, 3, 5_000])
    def test_a_line_is_refused_from_its_limit_on(
        self, tmp_path: Path, end: bytes, more: int
    ) -> None:
        path, limit = tmp_path / "a.jsonl", 1_000
        begin = LINE.strip().removesuffix(b"}")
        line = begin + b" " * (limit + more - len(begin) - 1) + b"}"
        path.write_bytes(LINE + (LINE + line + end if end else line))
        found, refused = read(path, Limits(line_bytes=limit))
        assert len(found) == 1 + bool(end) + (more == 0)
        assert refused == ["is one line of more than 1,000 bytes"] * (more > 0)

    @pytest.mark.parametrize("form", ["zip", "tar"])
    def test_very_many_members(self, tmp_path: Path, form: str) -> None:
        """A million by default; here 500, of 2,000."""
        path = tmp_path / f"a.{form}"
        if form == "zip":
            with zipfile.ZipFile(path, "w") as zipped:
                for number in range(2_000):
                    zipped.writestr(f"{number}.jsonl", LINE if number % 100 == 0 else b"")
        else:
            with tarfile.open(path, "w") as tar:
                for number in range(2_000):
                    tar.addfile(tarfile.TarInfo(f"{number}.jsonl"))
        with little_memory():
            found, refused = read(path, Limits(members=500))
        assert len(found) == (5 if form == "zip" else 0)
        assert "more than 500 members" in refused[-1]


def test_more_files_than_a_run_takes(tmp_path: Path) -> None:
    """A million by default; here three, of five: what is left out is said, and not taken for gone."""
    folder, other = tmp_path / "many", tmp_path / "other.jsonl"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.jsonl").write_bytes(LINE.replace(b"Two", str(number).encode()))
    other.write_bytes(LINE)
    store = FolderStore(tmp_path / "index")
    assert build([folder, other], store, BuildOptions(workers=1)).added == 6
    few = BuildOptions(read=ReadOptions(limits=Limits(files=3)), prune=True, workers=1)
    report = build([folder, other], store, few)
    assert (report.removed, report.refused.total, report.total) == (0, 2, 6)
    assert [line["where"] for line in report.refused.first] == [str(folder), str(other)]
    assert "more than 3;" in report.refused.first[0]["reason"]


def zipped(data: bytes, name: str = "a.jsonl") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


class TestBombs:
    @pytest.mark.parametrize(
        "pack",
        [
            gzip.compress, bz2.compress, lzma.compress, zstandard.compress, zipped,
            lambda data: zipped(zipped(data), "b.zip"),
            lambda data: zstandard.compress(gzip.compress(data)),
            lambda data: zipped(gzip.compress(data), "a.jsonl.gz"),
        ],
        ids=["gzip", "bzip2", "xz", "zstandard", "zip", "zip in zip", "gzip in zstandard",
             "gzip in zip"],
    )  # fmt: skip
    def test_what_unpacks_to_many_times_its_size(
        self, tmp_path: Path, pack: Callable[[bytes], bytes]
    ) -> None:
        path = tmp_path / "bomb"
        path.write_bytes(pack(LINE + BOMB))
        with little_memory():
            found, refused = read(path, Limits(expansion_floor=MIB, expansion_ratio=50))
        assert found in ([], ["Pier Two reopens"])
        assert any("times its size" in each for each in refused), refused

    @pytest.mark.parametrize("before", ["", "<!-- <!DOCTYPE x> -->", "<?x <!DOCTYPE x>?>"])
    @pytest.mark.parametrize("root", ["rss", "news"])
    @pytest.mark.parametrize("entity", ["z", "file"])
    def test_entities_stay_as_they_are_written(self, before: str, root: str, entity: str) -> None:
        """Neither a thousand million letters nor a file of this machine."""
        letters = "abcdefghijz"
        declared = f'<!ENTITY {letters[0]} "{"x" * 10}">' + "".join(
            f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in pairwise(letters)
        )
        declared += '<!ENTITY file SYSTEM "file:///etc/passwd">'
        text = f"&{entity}; is open"
        body = (
            f"<rss><channel><item><title>Pier</title><description>{text}</description></item>"
            "</channel></rss>"
            if root == "rss"
            else f"<news><title>Pier</title><body>{text}</body><date>2024-01-02</date></news>"
        )
        feed = f'<?xml version="1.0"?>{before}<!DOCTYPE {root} [{declared}]>{body}'
        with little_memory():
            (found,) = candidates(Document(name="a.xml", data=feed.encode()), CompletionOptions())
        assert isinstance(found, Candidate)
        assert text.encode() in found.record


class TestAstray:
    def test_members_that_are_links_devices_or_pipes_are_not_followed(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.jsonl"
        secret.write_bytes(LINE)
        path = tmp_path / "a.tar"
        kinds = (
            tarfile.SYMTYPE,
            tarfile.LNKTYPE,
            tarfile.CHRTYPE,
            tarfile.BLKTYPE,
            tarfile.FIFOTYPE,
        )
        with tarfile.open(path, "w") as tar:
            for number, kind in enumerate(kinds):
                member = tarfile.TarInfo(f"../{number}.jsonl")
                member.type, member.linkname = kind, str(secret)
                tar.addfile(member)
            last = tarfile.TarInfo("/etc/last.jsonl")
            last.size = len(LINE)
            tar.addfile(last, io.BytesIO(LINE))
        found, _ = read(path)
        assert found == ["Pier Two reopens"], "of the last one alone"
        assert sorted(each.name for each in tmp_path.iterdir()) == ["a.tar", "secret.jsonl"]

    def test_devices_pipes_and_sockets_are_not_opened(self, tmp_path: Path) -> None:
        """Opening a pipe would wait for a writer, reading a device would never end."""
        os.mkfifo(tmp_path / "pipe.jsonl")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(tmp_path / "socket.jsonl"))
            (tmp_path / "z.jsonl").write_bytes(LINE)
            assert read(tmp_path)[0] == ["Pier Two reopens"]
            for place in (tmp_path / "pipe.jsonl", tmp_path / "socket.jsonl", Path("/dev/zero")):
                assert read(place) == ([], ["is neither a file nor a folder"])

    @pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200f", "\0", "\x1b", "\ud800"])
    def test_marks_that_turn_or_hide_text_are_gone_from_every_field(self, hidden: str) -> None:
        record = {
            "headline": f"Pier {hidden}fdp.exe reopens", "body": f"Open{hidden} now.",
            "agency": f"Harbour{hidden} Office", "url": f"https://port.example/{hidden}a",
            "id": f"n-{hidden}1",
        }  # fmt: skip
        data = json.dumps(record).encode()
        (found,) = candidates(Document(name="a.json", data=data), CompletionOptions())
        assert isinstance(found, Candidate)
        kept = json.loads(found.record.decode())
        for name, value in kept.items():
            assert hidden not in str(value), name
        assert hidden not in found.id
        assert "fdp.exe" in kept["headline"]
