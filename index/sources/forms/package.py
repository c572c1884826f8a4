"""Documents of office programs are zips: opened within the limits, with words for what is wrong."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from index.errors import LimitError, UnreadableError
from index.limits import Limits
from index.sources.containers.signatures import package_form
from index.sources.reader import Opened

_CHUNK = 1 << 16
_WRONG = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


def form_of(opened: Opened) -> str | None:
    """What a document is where it is a zip of an office program, in words."""
    if not opened.data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(opened.data)) as archive:
            return package_form(archive.namelist())
    except _WRONG:
        return None


def parts_of(
    opened: Opened, limits: Limits, endings: tuple[str, ...] = (".xml",)
) -> dict[str, bytes]:
    """The parts of a document with these endings, by their names, unpacked within the limits.

    :raises LimitError: they are more or larger than the limits allow.
    :raises UnreadableError: the zip is damaged or encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(opened.data)) as archive:
            return _unpacked(archive, limits, endings)
    except _WRONG as error:
        raise UnreadableError(
            f"is damaged ({error}); open it in the program that made it and save it anew"
        ) from error


def checked(opened: Opened, limits: Limits) -> io.BytesIO:
    """The document for a library that opens it by itself: what it unpacks to keeps the limits."""
    parts_of(opened, limits)
    return io.BytesIO(opened.data)


def xml_of(parts: dict[str, bytes], name: str) -> etree._Element | None:
    """The root of a part; None where it is missing. Entities are never resolved.

    :raises UnreadableError: it is no XML.
    """
    if name not in parts:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(parts[name], parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(
            f"is damaged: its part {name} is no XML ({error}); "
            "open it in the program that made it and save it anew"
        ) from error


def property_of(parts: dict[str, bytes], part: str, name: str) -> str:
    """A property of the document (`title`, `created`), by its local name; empty without it."""
    root = xml_of(parts, part)
    found = root.find(f".//{{*}}{name}") if root is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""


def attribute_of(element: etree._Element, name: str) -> str:
    """An attribute, by its local name; empty without it."""
    return next(
        (str(value) for key, value in element.items() if etree.QName(key).localname == name), ""
    )


def _unpacked(
    archive: zipfile.ZipFile, limits: Limits, endings: tuple[str, ...]
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.package_bytes
    for entry in archive.infolist():
        with archive.open(entry) as content:
            pieces = []
            while piece := content.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise LimitError(
                        f"unpacks to more than {limits.package_bytes:,} bytes (see the limits); "
                        "save a table as CSV, a text without its pictures"
                    )
                pieces.append(piece)
        if entry.filename.endswith(endings) or entry.filename == "mimetype":
            parts[entry.filename] = b"".join(pieces)
    return parts
