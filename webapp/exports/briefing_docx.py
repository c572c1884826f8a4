"""A briefing as a Word document (Office Open XML, ECMA-376), of paragraphs and styles alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from lxml import etree

from search.show.fragments import marked_pieces
from webapp.exports.atom import NOT_XML
from webapp.presenters.briefing import BriefedRelease, Briefing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (("Title", 40, True), ("Heading1", 26, True), ("Small", 17, False))
"""Name, size in half points, bold."""
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of every part: the same briefing is the same bytes."""


def briefing_docx(briefing: Briefing, language: str) -> bytes:
    """The document.

    :param language: that of its own sentences, for the spelling checker.
    """
    document = etree.Element(f"{{{_WORD}}}document", nsmap={"w": _WORD})
    body = _add(document, "body")
    _paragraph(body, "Title", [(briefing.title, False)])
    _paragraph(body, "", [(briefing.extent, False)])
    for number, item in enumerate(briefing.items, 1):
        _write_item(body, number, item)
    _paragraph(body, "Small", [(briefing.made, False)])
    _add(_add(body, "sectPr"), "pgMar", top="1134", right="1134", bottom="1134", left="1134")
    return _zipped(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/document.xml": _serialised(document),
            "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
            "word/styles.xml": _serialised(_styles(language)),
        }
    )


def _write_item(body: etree._Element, number: int, item: BriefedRelease) -> None:
    _paragraph(body, "Heading1", [(f"{number}. {item.head.headline}", False)])
    day = (
        f"{item.head.date.text}, {item.head.date.missing}"
        if item.head.date.missing
        else item.head.date.text
    )
    _paragraph(body, "", [(f"{day} · {item.head.agency}", False)])
    for passage in item.passages:
        _paragraph(body, "", [each for each in marked_pieces(str(passage)) if each[0]])
    _paragraph(body, "Small", [(item.citation, False)])


def _paragraph(parent: etree._Element, style: str, runs: Iterable[tuple[str, bool]]) -> None:
    paragraph = _add(parent, "p")
    if style:
        _add(_add(paragraph, "pPr"), "pStyle", val=style)
    for text, bold in runs:
        run = _add(paragraph, "r")
        if bold:
            _add(_add(run, "rPr"), "b")
        element = _add(run, "t")
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        element.text = NOT_XML.sub("", " ".join(text.split("\n")))


def _styles(language: str) -> etree._Element:
    styles = etree.Element(f"{{{_WORD}}}styles", nsmap={"w": _WORD})
    defaults = _add(_add(_add(styles, "docDefaults"), "rPrDefault"), "rPr")
    _add(defaults, "sz", val="21")
    _add(defaults, "lang", val=language)
    for name, size, bold in _STYLES:
        style = _add(styles, "style", type="paragraph", styleId=name)
        _add(style, "name", val=name.replace("Heading1", "heading 1"))
        looks = _add(style, "pPr")
        if name == "Heading1":
            _add(looks, "keepNext")
        _add(looks, "spacing", before="240" if bold else "0", after="60")
        letters = _add(style, "rPr")
        if bold:
            _add(letters, "b")
        _add(letters, "sz", val=str(size))
    return styles


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_WORD}}}{tag}")
    for name, value in attributes.items():
        element.set(f"{{{_WORD}}}{name}", value)
    return element


def _content_types() -> bytes:
    root = etree.Element("Types", xmlns=f"{_PACKAGE}/content-types")
    package = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, "Default", Extension="rels", ContentType=package)
    etree.SubElement(root, "Default", Extension="xml", ContentType="application/xml")
    for part, kind in (("document", f"{MEDIA_TYPE}.main+xml"), ("styles", _STYLES_TYPE)):
        etree.SubElement(root, "Override", PartName=f"/word/{part}.xml", ContentType=kind)
    return _serialised(root)


def _relations(kind: str, target: str) -> bytes:
    root = etree.Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    etree.SubElement(root, "Relationship", Id="r1", Type=f"{_OFFICE}/{kind}", Target=target)
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
