"""One release in every form that people have, made here; and the same, broken."""

from __future__ import annotations

import base64
import datetime
import io
import json
import sqlite3
import textwrap
import zipfile
from email.message import EmailMessage

import brotli
import openpyxl

from tests.index.sources.forms import compound

HEADLINE = "Eastern pier of Brennmoor reopens"
ISSUER = "Ministry of Harbours"
DAY = "14 March 2023"
TEXT = (
    (
        f"The {ISSUER} today reopened the eastern pier of Brennmoor after nine weeks of repairs, which "
        "cost 3.4 million and were finished two days ahead of the plan."
    ),
    (
        "Ferries leave from the pier every hour from six in the morning. The ministry thanked the "
        "fishermen who had moved to the western quay for their patience."
    ),
)
BODY = "\n\n".join(TEXT)
ADDRESS = "https://brennmoor.example/news/7"
PAGE = (
    f"<html><head><title>{HEADLINE}</title></head><body><p>{ISSUER}</p><h1>{HEADLINE}</h1>"
    f"<p>{DAY}</p>{''.join(f'<p>{part}</p>' for part in TEXT)}</body></html>"
)


def plain_text() -> bytes:
    wrapped = "\n\n".join(textwrap.fill(part, 72) for part in TEXT)
    return f"PRESS RELEASE\n\n{ISSUER}\n{DAY}\n\n{HEADLINE}\n\n{wrapped}\n".encode()


def markdown() -> bytes:
    front = f"title: {HEADLINE}\ndate: 2023-03-14\nagency: {ISSUER}\ntags: [pier, ferries]"
    return f"---\n{front}\n---\n\n{BODY}\n".encode()


def message(html: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"{ISSUER} <press@brennmoor.example>"
    mail["To"] = "list@brennmoor.example"
    mail["Subject"] = f"[press-list] Fwd: {HEADLINE}"
    mail["Date"] = "Tue, 14 Mar 2023 09:12:00 +0100"
    wrapped = "\n\n".join(textwrap.fill(part, 72) for part in TEXT)
    plain = "Your program shows no HTML." if html else f"PRESS RELEASE\n\n{DAY}\n\n{wrapped}"
    mail.set_content(f"{plain}\n\n-- \nMedia unit, room 4\n")
    if html:
        mail.add_alternative(f"<h1>{HEADLINE}</h1>{''.join(f'<p>{x}</p>' for x in TEXT)}", "html")
    return mail


def mailbox(count: int = 2) -> bytes:
    box = b""
    for number in range(count):
        mail = message()
        mail.replace_header("Subject", f"Pier {number + 1} of Brennmoor reopens")
        body = bytes(mail).replace(b"Ferries leave", b"\nFrom the pier ferries leave")
        body = body.replace(b"\nFrom the", b"\n>From the")
        box += b"From press@brennmoor.example Tue Mar 14 09:12:00 2023\n" + body + b"\n"
    return box


def mhtml() -> bytes:
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: x\r\n"
        "Date: Thu, 16 Mar 2023 07:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b1"\r\n\r\n--b1\r\n'
        f"Content-Type: text/html\r\nContent-Location: {ADDRESS}\r\n\r\n"
    )
    return f"{head}{PAGE}\r\n--b1--\r\n".encode()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None  # as the standard says
            archive.writestr(name, content, stored)
    return file.getvalue()


WORD_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def word(bold: bool = True) -> bytes:
    run = f"<w:r><w:rPr>{'<w:b/>' if bold else ''}</w:rPr><w:t>{HEADLINE}</w:t></w:r>"
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{x}</w:t></w:r></w:p></w:tc>' for x in row)}</w:tr>"
        for row in (("Pier", "Length"), ("East", "140 m"))
    )
    parts = [f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in (ISSUER, DAY, *TEXT)]
    text = f"{parts[0]}{parts[1]}<w:p>{run}</w:p>{parts[2]}{parts[3]}<w:tbl>{table}</w:tbl>"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension='
            '"xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document'
            '.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f"<w:document {WORD_NAMESPACE}><w:body>{text}</w:body></w:document>",
        }
    )


_ODT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "style")
)


def open_document(kind: str = "text") -> bytes:
    parts = "".join(f"<text:p>{part}</text:p>" for part in TEXT)
    body = (
        f"<text:p>{ISSUER}</text:p><text:p>{DAY}</text:p>"
        f'<text:h text:outline-level="1">{HEADLINE}</text:h>{parts}'
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_ODT}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": "<x/>",
        }
    )


def open_document_table(*rows: tuple[str, ...]) -> bytes:
    """A sheet as LibreOffice writes it: lines of a cell apart, days as days, a million empty rows."""

    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
        day = text == "2023-03-14"
        return f"<table:table-cell{f' office:date-value={text!r}' if day else ''}>{lines}</table:table-cell>"

    title = [("Releases of 2023",), (), ("Title", "", "Date", "Department", "Text")]
    given = rows or (*title, (HEADLINE, "", "2023-03-14", ISSUER, BODY))
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    written = "".join(
        f"<table:table-row>{''.join(map(cell, row))}{empty}</table:table-row>" for row in given
    )
    written += f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    table = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {_ODT} {table}><office:body><office:spreadsheet>"
            f'<table:table table:name="A">{written}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Releases of 2023"],
        [],
        ["Title", "Date", "Department", "Text"],
        [HEADLINE, datetime.datetime(2023, 3, 14), ISSUER, BODY],
    ):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def pdf(pages: list[list[tuple[float, float, str]]], title: str = "") -> bytes:
    """A PDF whose pages hold lines: size, height above the foot, text in Latin-1."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        content = "".join(
            f"BT /F1 {size} Tf 60 {height} Td ({text}) Tj ET\n" for size, height, text in lines
        ).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(f"<< /Title ({title}) /CreationDate (D:20230401120000Z) >>".encode("latin-1"))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    return _numbered(objects)


def _numbered(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(data))
    )


def release_pdf() -> bytes:
    """Two pages with heads and feet; a word is cut at a line's end, a paragraph at the page's."""

    def edges(page: int) -> list[tuple[float, float, str]]:
        return [(8, 810, "Media unit | room 4"), (8, 30, f"Page {page} of 2")]

    lines = ["The Ministry of Harbours today reopened the eastern pier of Brenn-",
             "moor after nine weeks of repairs, which cost 3.4 million and were finished",
             "two days ahead of the plan."]  # fmt: skip
    first = [
        (10, 760, ISSUER), (10, 744, DAY), (18, 710, HEADLINE),
        *((10, 680 - 12 * number, line) for number, line in enumerate(lines)),
        (10, 630, "Ferries leave from the pier every hour from six in the morning. The ministry"),
    ]  # fmt: skip
    second = [
        (10, 770, "thanked the fishermen who had moved to the western quay for their patience.")
    ]
    return pdf([[*edges(1), *first], [*edges(2), *second]])


def rich_text() -> bytes:
    """As a word processor writes it, with fonts, styles, properties, a head and a picture."""
    parts = "".join(rf"\pard\plain\f0 {part}\par" + "\n" for part in TEXT)
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}}{\colortbl;\red1;}"
        r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\info{\title Letter}{\author x}"
        r"{\creatim\yr2001\mo4\dy1}}{\*\generator Writer 1;}{\footer Page 1\par}"
        "\r\n"
        rf"\pard {ISSUER}\par {DAY}\par\pard\s1\b {HEADLINE}\b0\par{{\pict\pngblip 89504e47}}"
        "\r\n"
        rf"{parts}}}"
    ).encode("ascii")


def recording(kept: bool = True) -> bytes:
    """A session of a browser: the page, and a picture."""
    text = base64.b64encode(PAGE.encode()).decode()
    content = {"mimeType": "text/html", "encoding": "base64", **({"text": text} if kept else {})}
    entries = [
        {"startedDateTime": "2023-03-16T07:00:00.000Z", "request": {"url": url},
         "response": {"status": 200, "content": each}}
        for url, each in ((ADDRESS, content), (f"{ADDRESS}.png", {"mimeType": "image/png"}))
    ]  # fmt: skip
    return json.dumps({"log": {"version": "1.2", "creator": {}, "entries": entries}}).encode()


def book(chapters: bool = True) -> bytes:
    """An EPUB of one chapter and a table of contents."""
    items = (
        '<item id="n" href="nav.xhtml" properties="nav"/><item id="c" href="text/a%20b.xhtml"/>'
        if chapters
        else ""
    )
    package = (
        f'<package><manifest>{items}</manifest><spine><itemref idref="n"/><itemref idref="c"/>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<c><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></c>',
            "OPS/b.opf": f"{package}</spine></package>",
            "OPS/nav.xhtml": f"<html><body><nav><a href='a'>{HEADLINE}</a></nav></body></html>",
            "OPS/text/a b.xhtml": PAGE,
        }
    )


def script(before: str = "// made by x\nvar releases = ", after: str = ";") -> bytes:
    record = {"title": HEADLINE, "date": "2023-03-14", "agency": ISSUER, "body": BODY}
    return f"{before}{json.dumps([record], indent=1)}{after}\n".encode()


def damaged_workbook() -> bytes:
    """One with a cell that points to a text which is not there."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet, cell = "xl/worksheets/sheet1.xml", b'<row r="9"><c r="A9" t="s"><v>99</v></c></row>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", cell + b"</sheetData>")
    return zipped({**parts})


def database(*statements: str) -> bytes:
    """An SQLite file: releases beside a table of other things, a view and an index of words."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE users (id INTEGER, name TEXT)")
    connection.execute("INSERT INTO users VALUES (1, 'x')")
    for statement in statements:
        connection.execute(statement)
    if not statements:
        connection.execute("CREATE TABLE releases (title TEXT, date TEXT, agency TEXT, body TEXT)")
        row = (HEADLINE, "2023-03-14", ISSUER, BODY)
        connection.execute("INSERT INTO releases VALUES (?, ?, ?, ?)", row)
        connection.execute("CREATE VIEW again AS SELECT * FROM releases")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, body)")
        connection.execute("INSERT INTO words SELECT title, body FROM releases")
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def dump(kind: str = "mysql") -> bytes:
    """What `mysqldump`, `pg_dump` and the shells of SQLite and SQL Server write."""
    if kind == "postgresql":
        row = "\t".join((HEADLINE, "2023-03-14", ISSUER, BODY.replace("\n", "\\n")))
        text = f"COPY public.releases (title, date, agency, body) FROM stdin;\n{row}\n\\.\n"
        return f"--\n-- PostgreSQL database dump\n--\n\nSET x = 0;\n\n{text}".encode()
    if kind == "sqlite":
        made = "CREATE TABLE releases (title TEXT, date TEXT NOT NULL, agency TEXT, body TEXT);"
        values = ",".join(f"'{x}'" for x in (HEADLINE, "2023-03-14", ISSUER, BODY))
        return (
            f"PRAGMA foreign_keys=OFF;\n{made}\nINSERT INTO releases VALUES({values});\n".encode()
        )
    if kind == "sqlserver":
        return (
            "USE [news]\nGO\nINSERT [dbo].[Releases] ([Title], [Date], [Agency], [Body]) VALUES "
            f"(N'{HEADLINE}', CAST(N'2023-03-14T00:00:00.000' AS DateTime), N'{ISSUER}', N'{BODY}')\n"
        ).encode()
    body = BODY.replace("\n", "\\n")
    return (
        "-- MySQL dump 10.13\nCREATE TABLE `posts` (\n  `id` int(11) NOT NULL,\n  `title` varchar(9),"
        "\n  `date` date DEFAULT NULL,\n  `price` decimal(3,2),\n  `agency` text,\n  `body` text,\n"
        "  `post_status` text,\n  PRIMARY KEY (`id`)\n) ENGINE=X;\n"
        f"INSERT INTO `posts` VALUES (1,'{HEADLINE}','2023-03-14',0.50,'{ISSUER}','{body}','publish'),"
        f"(2,'It\\'s no, (release)','2023-03-15',NULL,'{ISSUER}','{body}','draft');\n"
    ).encode()


def old_word() -> bytes:
    return compound.word("\r".join((ISSUER, DAY, HEADLINE, *TEXT, "")))


def old_message() -> bytes:
    day = datetime.datetime(2023, 3, 14, 9, 12, tzinfo=datetime.UTC)
    return compound.outlook(HEADLINE, ISSUER, day, BODY)


def scan_pdf() -> bytes:
    return pdf([[]])


def arc() -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
    about = b"1 0 Brennmoor\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20230316070000 text/plain %d\n%b\n" % (len(about), about)
    record = f"{ADDRESS} 192.0.2.1 20230316070000 text/html {len(answer)}\n".encode()
    return head + record + answer + b"\n"


def warc(coding: str = "br", content: bytes | None = None) -> bytes:
    packed = brotli.compress(PAGE.encode()) if content is None else content
    answer = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n"
        f"Content-Length: {len(packed)}\r\n\r\n"
    ).encode() + packed
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Target-URI: {ADDRESS}\r\nWARC-Date: 2023-03-16T07:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    ).encode() + answer + b"\r\n\r\n"  # fmt: skip


def exported_table(excel: bool = False) -> bytes:
    """What programs write as a page, or as XML of Excel 2003, and call `.xls`."""
    rows = [["Title", "Release date", "Agency", "Text"], [HEADLINE, DAY, ISSUER, BODY]]
    if not excel:
        cells = [
            "".join(f"<td>{'<p>'.join(cell.split(chr(10) * 2))}</td>" for cell in row)
            for row in rows
        ]
        return f"<meta charset=utf-8><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()
    cells = [
        "".join(
            f'<ss:Cell><ss:Data ss:Type="String">{cell.replace(chr(10), "&#10;")}</ss:Data></ss:Cell>'
            for cell in row
        )
        for row in rows
    ]
    sheet = "".join(f"<ss:Row>{row}</ss:Row>" for row in cells)
    return (
        '<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
        '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="a">'
        f"<ss:Table>{sheet}</ss:Table></ss:Worksheet></ss:Workbook>"
    ).encode()


GOOD = {
    "a.txt": plain_text, "a.md": markdown, "a.eml": lambda: bytes(message()),
    "html.eml": lambda: bytes(message(html=True)), "a.mhtml": mhtml, "bold.docx": word,
    "plain.docx": lambda: word(bold=False), "a.odt": open_document, "a.xlsx": workbook,
    "a.ods": open_document_table,
    "page.xls": exported_table, "excel.xls": lambda: exported_table(excel=True),
    "a.pdf": release_pdf, "a.rtf": rich_text, "a.doc": old_word,
    "a.msg": old_message, "a.har": recording,
    "a.epub": book, "a.sqlite": database,
    "postgresql.sql": lambda: dump("postgresql"), "sqlite.sql": lambda: dump("sqlite"),
    "sqlserver.sql": lambda: dump("sqlserver"), "a.js": script, "b.js": lambda: script("callback(", ")"),
    "c.js": lambda: script('/* x */ window.D["a"] = '), "d.js": lambda: script("export default "), "a.arc": arc, "a.warc": warc,
}  # fmt: skip
"""File name -> the release of this module in that form."""

BROKEN: dict[str, tuple[bytes, str]] = {
    "scan.pdf": (scan_pdf(), "ocrmypdf"),
    "cut.pdf": (release_pdf()[:40], "print it to a new PDF"),
    "cut.docx": (word()[:-30], "save it anew"),
    "bad.docx": (zipped({"[Content_Types].xml": "<", "word/x.xml": "<"}), "save it anew"),
    "cut.odt": (open_document()[:-30], "save it anew"),
    "bad.odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<"}), "save it anew"),
    "none.odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "save it anew"),
    "slides.odp": (open_document("presentation"), "save it as PDF"),
    "odd.ods": (open_document_table(("Colour", "Size"), ("red", "3")), "--map"),
    "cells.xlsx": (damaged_workbook(), "save it anew"),
    "users.sqlite": (database("CREATE TABLE x (y)"), "--map"),
    "cut.sqlite": (database()[:3000], "save its tables as CSV"),
    "users.sql": (b"-- x\nINSERT INTO `users` VALUES (1,'x');\n", "--map"),
    "bare.har": (recording(kept=False), "save it with content"),
    "cut.har": (recording()[:-9], "save it anew"),
    "none.epub": (book(chapters=False), "save it as PDF"),
    "cut.js": (script()[:-9], "save the data as JSON"),
    "deep.rtf": (b"{\\rtf1 " + b"{" * 1_000, "save it anew"),
    "empty.rtf": (b"{\\rtf1 {\\b }}", "write the headline"),
    "cut.xlsx": (workbook()[:-30], "save it anew"),
    "bad.xlsx": (zipped({"[Content_Types].xml": "<", "xl/x.xml": "<"}), "or as CSV"),
    "empty.eml": (b"From: a@b.example\nDate: x\nSubject: y\n\n\n", "save what it shows"),
    "bad.md": (b"---\ntitle: [\n---\n\ntext\n", "front matter that cannot be read"),
    "bad.toml.md": (b"+++\ntitle = \n+++\n\ntext\n", "front matter that cannot be read"),
    "note.md": (b"# Notes on the pier\n\n" + BODY.encode(), "states no date"),
    "note.txt": (b"Notes on the pier\n\n" + BODY.encode(), "states no date"),
    "long.txt": (b"word " * 100, "write the headline on its first line"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    "bad.warc": (warc(content=b"\xff\xff nothing"), "damaged"),
    "bad.mhtml": (mhtml()[:200], "save what it shows"),
}  # fmt: skip
"""File name -> a document that cannot be read, and words of the refusal that say what to do."""
