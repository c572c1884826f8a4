"""Saved pages: where a page came from, as browsers, HTTrack and SingleFile mark it on top."""

from __future__ import annotations

import re
from dataclasses import replace

from index.sources.draft import Document

HEAD_BYTES = 4_096
"""Bytes at the start of a page in which the mark stands."""

_ADDRESS = rb"(https?://[^\s<>\"']{3,2000})"
_MARKS = (
    re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)" + _ADDRESS, re.IGNORECASE),
    re.compile(rb"Page saved with SingleFile\s+url:\s*" + _ADDRESS, re.IGNORECASE),
)
_MIRRORED = re.compile(rb"<!--\s*Mirrored from ([^\s<>\"']{3,2000}) by HTTrack", re.IGNORECASE)


def with_address(document: Document) -> Document:
    """The document with the address that it was saved from, where nothing else states one.

    HTTrack leaves the scheme out; `http` then, which means the same release as `https`.
    """
    if document.url is not None:
        return document
    head = document.data[:HEAD_BYTES]
    found = next((match for mark in _MARKS if (match := mark.search(head))), None)
    if found is not None:
        return replace(document, url=found[1].decode("utf-8", "replace"))
    mirrored = _MIRRORED.search(head)
    if mirrored is not None:
        return replace(document, url="http://" + mirrored[1].decode("utf-8", "replace"))
    return document
