"""Pack the readable files beside this script into `sample/releases/archives`.

Run it after a change: `python tests/sample/make_containers.py`. The same files give the same
bytes on every run (names sorted, times and record ids fixed), with one version of each library.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
import uuid
import zipfile
from pathlib import Path

import zstandard

SOURCES = Path(__file__).with_name("archives")
TARGET = Path(__file__).parents[2] / "sample" / "releases" / "archives"
CAPTURED = "2025-12-01T02:00:00Z"
_FIRST_DAY = (2025, 12, 1, 0, 0, 0)


def pack(folder: Path) -> bytes:
    """The container that a folder of sources stands for; its form is the end of its name."""
    for suffix, packer in _PACKERS.items():
        if folder.name.endswith(suffix):
            return packer(folder)
    raise ValueError(f"{folder}: no container ends like that; known are {', '.join(_PACKERS)}")


def pack_all(target: Path) -> None:
    """Write every container of the sample into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    for folder in sorted(path for path in SOURCES.iterdir() if path.is_dir()):
        (target / folder.name).write_bytes(pack(folder))


def _tar(folder: Path) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in _files(folder):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(made.getvalue(), mtime=0)


def _zip(folder: Path) -> bytes:
    return _zipped(_files(folder))


def _gzip(folder: Path) -> bytes:
    return gzip.compress(_only_file(folder), mtime=0)


def _zstandard(folder: Path) -> bytes:
    return zstandard.ZstdCompressor().compress(_only_file(folder))


def _warc(folder: Path) -> bytes:
    """A capture of the pages that `captures.json` maps to their addresses (ISO 28500)."""
    return b"".join(
        _record(url, (folder / name).read_bytes()) for name, url in _captures(folder).items()
    )


def _record(url: str, page: bytes) -> bytes:
    """A response record, compressed by itself as the standard asks."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    block = http.encode() + page
    head = (
        "WARC/1.1\r\n"
        "WARC-Type: response\r\n"
        f"WARC-Target-URI: {url}\r\n"
        f"WARC-Date: {CAPTURED}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def _wacz(folder: Path) -> bytes:
    package = {"profile": "data-package", "wacz_version": "1.1.1", "created": CAPTURED}
    pages = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    pages += [{"url": url, "ts": CAPTURED} for url in _captures(folder).values()]
    lines = "".join(json.dumps(page) + "\n" for page in pages)
    return _zipped(
        [
            ("archive/data.warc.gz", _warc(folder)),
            ("datapackage.json", json.dumps(package, indent=2).encode()),
            ("pages/pages.jsonl", lines.encode()),
        ]
    )


_PACKERS = {
    ".tar.gz": _tar,
    ".warc.gz": _warc,
    ".wacz": _wacz,
    ".zip": _zip,
    ".gz": _gzip,
    ".zst": _zstandard,
}


def _files(folder: Path) -> list[tuple[str, bytes]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def _only_file(folder: Path) -> bytes:
    [(_, data)] = _files(folder)
    return data


def _captures(folder: Path) -> dict[str, str]:
    captures: dict[str, str] = json.loads((folder / "captures.json").read_text("utf-8"))
    return captures


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return made.getvalue()


if __name__ == "__main__":
    pack_all(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
