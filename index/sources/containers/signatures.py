"""What bytes are, by their first bytes: a container, a text, or another form."""

from __future__ import annotations

import re

HEAD = 64 * 1024
"""Bytes that `container` and `binary_form` want to see."""

_CONTAINERS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"WARC/", "warc"),
    (b"filedesc://", "arc"),
)
_MAILBOX = re.compile(rb"From \S[^\r\n]{0,300}\d{2}:\d{2}[^\r\n]{0,60}\r?\n(?:[A-Za-z-]+:|>From )")
_SKIPPABLE_FRAME = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")

_BINARY_FORMS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a compound file of Microsoft's"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it (7z x) and index the folder"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it (unrar x) and index the folder"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OTTO", "a font"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio or video file"),
    (b"fLaC", "an audio file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table; save it as CSV or JSON Lines"),
    (b"ARROW1", "an Arrow table; save it as CSV or JSON Lines"),
    (b"Obj\x01", "an Avro file; save it as JSON Lines"),
    (b"!BDN", "a mailbox of Outlook (.pst); export its messages as .eml or .mbox (readpst)"),
    (b"%!PS", "a PostScript document; make a PDF of it (ps2pdf)"),
)
"""The first three have readers of ours, and are told from texts here."""
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*"
    rb"|<!DOCTYPE svg[^>]{0,2000}>\s*){0,9}<svg[\s>]",
    re.IGNORECASE,
)
_RIFF = {b"WEBP": "a WebP image", b"WAVE": "an audio file", b"AVI ": "a video file"}

# First what is surely there, then what tells the kinds apart.
_PACKAGES = (
    (r"\[Content_Types\]\.xml", r"word/", "a Word document"),
    (r"\[Content_Types\]\.xml", r"xl/", "an Excel workbook"),
    (r"\[Content_Types\]\.xml", r"ppt/", "a PowerPoint presentation"),
    (r"mimetype", r"META-INF/container\.xml", "an EPUB book"),
    (r"mimetype", r"content\.xml", "an OpenDocument file"),
    (r"META-INF/MANIFEST\.MF", r"META-INF/", "a Java archive"),
)


READ_PACKAGES = ("a Word document", "an Excel workbook", "an OpenDocument file", "an EPUB book")
_PACKAGE_HEAD = re.compile(
    rb"\[Content_Types\]\.xml|_rels/\.rels|mimetypeapplication/(?:vnd\.oasis|epub)|word/|xl/"
)


def container(head: bytes) -> str | None:
    """`zip`, `gzip`, `bzip2`, `xz`, `zstandard`, `tar`, `warc`, `arc` or `mbox`, else None."""
    for magic, form in _CONTAINERS:
        if head.startswith(magic):
            return form
    if _SKIPPABLE_FRAME.match(head):
        return "zstandard"
    if _MAILBOX.match(head):
        return "mbox"
    return "tar" if _is_tar(head) else None


def binary_form(head: bytes) -> str | None:
    """What the bytes are, in words, and behind a semicolon what to make of them where no reader
    takes them; None for a text."""
    for magic, words in _BINARY_FORMS:
        if head.startswith(magic):
            return words
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "a media file")
    if head[4:8] == b"ftyp":
        return "an HEIC or AVIF image" if head[8:11] in (b"hei", b"avi", b"mif") else "a video file"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "a bitmap image"
    if _SVG.match(head):
        return "an SVG image"
    return "binary data of a form that we do not know" if _is_binary(head) else None


def package_form(names: list[str]) -> str | None:
    """What a zip with these members really is, where it is one document of another program."""
    for sure, telling, words in _PACKAGES:
        if any(re.fullmatch(sure, name) for name in names) and any(
            re.match(telling, name) for name in names
        ):
            return words
    return None


def is_document(words: str) -> bool:
    """Whether a reader of ours takes a package of this form."""
    return words in READ_PACKAGES


def looks_like_package(head: bytes) -> bool:
    """Whether a zip whose directory is lost was a document of an office program."""
    return _PACKAGE_HEAD.search(head[:4096]) is not None


def _is_tar(head: bytes) -> bool:
    if len(head) < 512:
        return False
    if head[257:262] == b"ustar":
        return True
    # The oldest tar has no magic number, only a checksum over its header.
    stated = head[148:156].strip(b" \x00")
    if not re.fullmatch(rb"[0-7]{1,7}", stated):
        return False
    return int(stated, 8) == sum(head[:148]) + 8 * ord(" ") + sum(head[156:512])


def _is_binary(head: bytes) -> bool:
    sample = head[:8192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    zeros = sample.count(0)
    if zeros and _is_wide_text(sample):
        return False
    controls = sum(sample.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
    return controls > len(sample) // 50


def _is_wide_text(sample: bytes) -> bool:
    """UTF-16 or UTF-32 without a mark: the zeros of its ASCII characters stand in step."""
    columns = [sample[start::4].count(0) for start in range(4)]
    quarter = max(1, len(sample) // 4)
    full = [count > quarter * 0.7 for count in columns]
    wide16 = full in ([True, False, True, False], [False, True, False, True])
    wide32 = full in ([True, True, True, False], [False, True, True, True])
    return wide16 or wide32
