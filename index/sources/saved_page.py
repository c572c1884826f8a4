"""Saved pages: where a page came from, by marks on top of it, and by the folders of a mirror."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from index.addresses import join_address
from index.sources.draft import Document

HEAD_BYTES = 4_096
"""Bytes at the start of a page in which the mark stands."""

_ADDRESS = rb"(https?://[^\s<>\"']{3,2000})"
_MARKS = (
    re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)" + _ADDRESS, re.IGNORECASE),
    re.compile(rb"Page saved with SingleFile\s+url:\s*" + _ADDRESS, re.IGNORECASE),
)
_MIRRORED = re.compile(rb"<!--\s*Mirrored from ([^\s<>\"']{3,2000}) by HTTrack", re.IGNORECASE)


_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    r"(?:[a-z]{2}|com|org|net|gov|mil|int|edu|info|news|press|example|test|xn--[a-z0-9-]+)"
    r"(?:[:+]\d{1,5})?"
)
"""A folder that wget named by a host: lower case, and an ending that hosts have."""
_WEB_FILE = re.compile(rb"%PDF-|<!doctype html|<html", re.IGNORECASE)
"""What a mirror holds that has an address of its own: a page, a PDF."""
_WINDOWS_QUERY = re.compile(r"@(?=[\w.-]{1,100}=)")
"""What stands for a question mark where file names may not have one."""


def with_address(document: Document, bases: Sequence[tuple[str, str]] = ()) -> Document:
    """The document with the address that it was saved from, where nothing else states one.

    A mark in the page comes first, then the path beneath a folder whose address is known (`bases`:
    names of files or folders, each with its address), then folders that are called as hosts are.
    HTTrack leaves the scheme out; `http` then, which means the same release as `https`.
    """
    if document.url is not None:
        return document
    head = document.data[:HEAD_BYTES]
    url = _marked(head) or (_mirrored(document.name, bases) if _WEB_FILE.search(head) else None)
    return document if url is None else replace(document, url=url)


def _marked(head: bytes) -> str | None:
    found = next((match for mark in _MARKS if (match := mark.search(head))), None)
    if found is not None:
        return found[1].decode("utf-8", "replace")
    mirrored = _MIRRORED.search(head)
    return "http://" + mirrored[1].decode("utf-8", "replace") if mirrored is not None else None


def _mirrored(name: str, bases: Sequence[tuple[str, str]]) -> str | None:
    for place, url in bases:
        top = place.rstrip("/")
        if name == top:
            return url
        beneath = f"/{name}" if top == "." else name.removeprefix(top)
        if beneath != name and beneath[0] in "/!":
            return join_address(url.rstrip("/") + "/", _path(re.split("[/!]", beneath[1:])))
    return _in_host_folder(re.split("[/!]", name))


def _in_host_folder(parts: list[str]) -> str | None:
    """The address that wget made a path of: `host/path`, or `https/host/path`."""
    hosts = [at for at, part in enumerate(parts[:-1]) if _HOST.fullmatch(part)]
    if not hosts:
        return None
    at = hosts[-1]
    scheme = parts[at - 1] if at and parts[at - 1] in ("http", "https") else "https"
    return f"{scheme}://{parts[at].replace('+', ':')}/{_path(parts[at + 1 :])}"


def _path(parts: list[str]) -> str:
    """Path and query that names of files stand for; wget calls the page of a folder `index.html`.

    With `--adjust-extension` wget ends names in `.html`: behind a query that is no part of it.
    """
    path, mark, query = _WINDOWS_QUERY.sub("?", "/".join(parts), count=1).partition("?")
    path = "/".join([*path.split("/")[:-1], ""]) if path.split("/")[-1] == "index.html" else path
    query = re.sub(r"\.html?\Z", "", query)
    return quote(path, safe="/%:@!$&'()*+,;=~") + (mark + quote(query, safe="/%:@!$&'()*+,;=?~"))
