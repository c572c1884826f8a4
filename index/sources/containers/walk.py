"""Opening folders, archives and web captures: the documents inside, one after the other.

Members are read where they are and never written to disk, so a member's name is only ever shown.
What is damaged or too large costs itself, not what stands beside it.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import LimitError
from index.limits import MIB, Limits
from index.sources.containers import mbox, warc, zip_archive
from index.sources.containers.members import Member, hidden, shown
from index.sources.containers.signatures import HEAD, container
from index.sources.containers.streams import Budget, Pull, buffered, damage, inflate
from index.sources.draft import Damage, Refusal, check_machine, refused

Watch = Callable[[int], None]
"""Called with the bytes of a file on the disk that were read so far."""
COMPRESSIONS = ("gzip", "bzip2", "xz", "zstandard")
_INDEX_FILE = re.compile(r"_\w+_\d+\.toc|dateline-\d+\.commit|dateline\.lock")
"""What every folder of an index holds: the lock, from before its first commit on."""
_SUFFIX = re.compile(r"\.(gz|bz2|xz|zst|zstd)$", re.IGNORECASE)


def files(path: Path, skipped: Counter[str]) -> Iterator[Path | Refusal]:
    """The regular files at a path, a folder's in the order of their names.

    Left out: hidden files and folders, indexes of ours, and links inside a folder (their targets
    are read where they are; a link that leads out of the folder is named). `skipped` counts them.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        hint = _PATTERN if error.errno == errno.ENOENT and set("*?") & set(str(path)) else ""
        yield Damage(shown(str(path)), f"cannot be read: {_said(error)}{hint}")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, path.resolve(), skipped)
    elif stat.S_ISREG(mode):
        yield path
    else:
        yield Refusal(shown(str(path)), "is neither a file nor a folder")


def members(
    path: Path, limits: Limits, skipped: Counter[str], watch: Watch | None = None
) -> Iterator[Member | Refusal]:
    """The documents of one file, itself or what it contains, each to be read before the next.

    `watch` follows the reading of all but zip. Damage and passed limits come as `Damage`; the
    file's other members come all the same.
    """
    name = shown(str(path))
    try:
        with path.open("rb") as file:
            budget = Budget(name, path.stat().st_size, limits)
            walk = _Walk(limits, skipped, budget)
            yield from walk.open(Member(name, buffered(_watched(file, watch), None)), 0, file)
    except OSError as error:
        check_machine(error)
        yield Damage(name, f"cannot be read: {_said(error)}")
    except Exception as error:  # noqa: BLE001, no file ends a run
        yield Damage(name, f"{refused(name, error).reason}; what came before was read")


def _watched(file: BinaryIO, watch: Watch | None) -> Pull:
    if watch is None:
        return file.read

    def pull(size: int) -> bytes:
        data = file.read(size)
        watch(file.tell())
        return data

    return pull


def _folder(folder: Path, top: Path, skipped: Counter[str]) -> Iterator[Path | Refusal]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Damage(shown(str(folder)), f"cannot be listed: {_said(error)}")
        return
    if any(_INDEX_FILE.fullmatch(entry.name) for entry in entries):
        skipped["folder that is an index"] += 1
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or hidden(entry.name):
            skipped["hidden file or folder"] += 1
        elif entry.is_symlink():
            skipped["link"] += 1
            target = os.path.realpath(path)  # of links in a ring `resolve` raises, before 3.13
            if not Path(target).is_relative_to(top):
                reason = "is a link that leads out of the folder; name its target to have it read"
                yield Damage(shown(str(path)), reason)
        elif entry.is_dir():
            yield from _folder(path, top, skipped)
        else:
            yield from files(path, skipped)


_HELP = {
    errno.EACCES: "let the account that indexes read it (chmod), or leave it out with --exclude",
    errno.ENOENT: "look at how it is spelt",
}
"""What to do about what the system says."""


_PATTERN = (
    "; a pattern in quotes is taken for a name: leave the quotes out, or name the folder and give "
    "the pattern with --include"
)


def _said(error: OSError) -> str:
    words = error.strerror or str(error)
    return f"{words}; {_HELP[error.errno]}" if error.errno in _HELP else words


@dataclass(frozen=True, slots=True)
class _Walk:
    """What stays the same from one file of the disk down to its innermost member."""

    limits: Limits
    skipped: Counter[str]
    budget: Budget

    def open(
        self, member: Member, depth: int, seekable: BinaryIO | None = None
    ) -> Iterator[Member | Refusal]:
        """The member itself when it is a document, else what is in it."""
        try:
            form = container(member.stream.peek(HEAD)[:HEAD])
            if form is None:
                yield member
            elif depth >= self.limits.depth:
                yield Damage(
                    member.name, f"lies deeper than {self.limits.depth} containers; it was not read"
                )
            elif form in COMPRESSIONS:
                yield from self._compressed(form, member, depth)
            elif form == "zip":
                yield from self._zip(member, depth, seekable)
            elif form == "tar":
                yield from self._tar(member, depth)
            elif form == "mbox":
                yield from mbox.members(member, self.limits, self.budget)
            else:
                yield from warc.members(member, self.budget, self.skipped)
        except LimitError as error:
            yield Damage(member.name, str(error))
        ended = damage(member.stream)
        if ended and form is not None:
            yield Damage(member.name, f"{ended}; what could be read was kept")

    def _compressed(self, form: str, member: Member, depth: int) -> Iterator[Member | Refusal]:
        pull = inflate(form, cast(BinaryIO, member.stream), self.limits)
        inner = Member(
            _SUFFIX.sub("", member.name) if depth else member.name,
            buffered(pull, self.budget),
            url=member.url,
            content_type=member.content_type,
            fetched_at=member.fetched_at,
            agency=member.agency,
        )
        leaf = container(inner.stream.peek(HEAD)[:HEAD]) is None
        yield from self.open(inner, depth + 1)
        ended = damage(inner.stream)
        if ended and leaf:
            yield Damage(member.name, f"{ended}; what could be read was kept")

    def _zip(
        self, member: Member, depth: int, seekable: BinaryIO | None
    ) -> Iterator[Member | Refusal]:
        if seekable is None:
            seekable = _in_memory(member.stream, self.limits.nested_zip_bytes)
        for each in zip_archive.members(seekable, member.name, self.budget, self.skipped):
            if isinstance(each, Refusal) or each.package:
                yield each
            else:
                yield from self._member(each, depth)

    def _tar(self, member: Member, depth: int) -> Iterator[Member | Refusal]:
        try:
            with tarfile.open(fileobj=member.stream, mode="r|") as archive:
                for entry in archive:
                    self.budget.count_member()
                    name = f"{member.name}!{shown(entry.name)}"
                    if not entry.isfile() or hidden(entry.name):
                        self.skipped["link, folder or hidden member of an archive"] += 1
                        continue
                    content = archive.extractfile(entry)
                    if content is not None:
                        yield from self._member(Member(name, buffered(content.read, None)), depth)
        except tarfile.TarError as error:
            yield Damage(member.name, f"is damaged ({error}); the members before were read")
        except (EOFError, ValueError, zipfile.BadZipFile) as error:
            yield Damage(member.name, f"is damaged ({error}); the members before were read")

    def _member(self, member: Member, depth: int) -> Iterator[Member | Refusal]:
        yield from self.open(member, depth + 1)
        self.budget.check()


def _in_memory(stream: io.BufferedReader, size: int) -> BinaryIO:
    """A stream as a file that can be read from any place; memory is taken as it comes.

    :raises LimitError: when it has more bytes than `size`.
    """
    held = io.BytesIO()
    while piece := stream.read(min(MIB, size + 1 - held.tell())):
        held.write(piece)
        if held.tell() > size:
            raise LimitError(f"is a zip of more than {size:,} bytes inside a container")
    held.seek(0)
    return held
