"""Damage of an index: one bit of an array on disk that is not as it was written."""

from __future__ import annotations

from pathlib import Path

from index.codec.files import Component, open_file


def flip(folder: Path, component: Component, array: str) -> Path:
    """Flip a bit of the first byte of an array of the only segment; the file that holds it."""
    (path,) = folder.glob(f"*{component.value}")
    _, _, at = open_file(str(path), component).listed[array]
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)
    return path
