"""Word documents (.docx): the release that one holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from index.errors import UnreadableError
from index.sources.draft import Draft, Refusal
from index.sources.forms.as_page import read_marked
from index.sources.forms.package import form_of, parts_of, property_of, xml_of
from index.sources.issuers import is_body, is_name
from index.sources.reader import DocumentReader, Opened, ReadOptions, needed

FORM = "a Word document"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_PROPERTIES = "docProps/core.xml"
_HEADER = re.compile(r"word/header\d*\.xml")


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    mammoth = needed("mammoth", FORM)
    parts = parts_of(opened, options.limits)
    markup = _markup(mammoth, opened)
    yield from read_marked(
        markup,
        opened.document,
        "docx",
        title=property_of(parts, _PROPERTIES, "title"),
        author=property_of(parts, _PROPERTIES, "creator"),
        changed=property_of(parts, _PROPERTIES, "created"),
        letterhead=_letterhead(parts),
    )


def _letterhead(parts: dict[str, bytes]) -> str:
    """The first line at the head of the sheets that names a body."""
    for name in sorted(parts):
        root = xml_of(parts, name) if _HEADER.fullmatch(name) else None
        for paragraph in root.iter("{*}p") if root is not None else ():
            line = " ".join("".join(each.text or "" for each in paragraph.iter("{*}t")).split())
            if is_name(line) and is_body(line):
                return line
    return ""


def _markup(mammoth: Any, opened: Opened) -> str:
    without_pictures = mammoth.images.img_element(lambda _image: {"src": ""})
    try:
        return str(
            mammoth.convert_to_html(
                io.BytesIO(opened.data), convert_image=without_pictures, style_map=_STYLES
            ).value
        )
    except Exception as error:
        raise UnreadableError(
            f"is a damaged Word document ({type(error).__name__}); "
            "open it in Word or LibreOffice and save it anew"
        ) from error


READER = DocumentReader(
    name="Word document",
    recognise=lambda opened: form_of(opened) == FORM,
    read=_read,
    binary=True,
)
