"""Rich Text Format (.rtf): the release that one holds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.errors import LimitError
from index.sources.draft import Draft, Refusal
from index.sources.forms.as_page import read_marked
from index.sources.reader import DocumentReader, Opened, ReadOptions

MAX_GROUPS = 500
"""Groups in one another; word processors write about ten."""
MAX_BINARY = 10
"""Digits of a number behind a control word; what has more is none."""

_TOKEN = re.compile(
    rf"\\([a-zA-Z]{{1,32}})(-?\d{{1,{MAX_BINARY}}})?[ ]?|\\'([0-9a-fA-F]{{2}})|\\(.)|([{{}}])"
    r"|([^\\{}\r\n]{1,65536})|[\r\n]+",
    re.DOTALL,
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
"""`\\fcharset` of a font, and the encoding of what is written in it."""
_PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "cp950", 10000: "mac_roman"}
_ASIDE = frozenset(
    ("colortbl", "pict", "object", "footer", "footerl", "footerr", "footerf", "footnote",
     "annotation", "atnid", "atnauthor", "fldinst", "listtable", "listoverridetable", "revtbl",
     "rsidtbl", "themedata", "datastore", "nonshppict", "xe", "tc", "bkmkstart", "bkmkend",
     "filetbl", "private", "info", "deleted", "sp", "listtext", "pntext", "pntxta", "pntxtb")
)  # fmt: skip
"""Groups that hold no text of the document."""
_KEPT = {
    "fonttbl": "fonts", "stylesheet": "styles", "title": "title", "author": "author",
    "company": "author", "creatim": "made", "header": "header", "headerl": "header",
    "headerr": "header", "headerf": "header",
}  # fmt: skip
"""Groups whose text is kept apart from that of the document."""
_CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "~": "\u00a0",
    "_": "-", "line": "\n", "lbr": "\n",
}  # fmt: skip
_HEADING = re.compile(r"(?i)(?:heading|überschrift|titre|título|titolo|заголовок) ?([1-3])\b")
_TITLE = re.compile(r"(?i)(?:title|titel|titre|título|titolo|название);?")


@dataclass(slots=True)
class _State:
    """What holds inside one group: where its text goes, and how it is written."""

    sink: str | None = "text"
    codec: str = "cp1252"
    bold: bool = False
    hidden: bool = False
    style: int = 0
    level: int = 0
    in_table: bool = False
    fallback: int = 1


@dataclass(slots=True)
class _Text:
    """The text of a document as it comes: blocks of HTML, and what stands beside them."""

    blocks: list[str] = field(default_factory=list)
    line: list[tuple[str, bool]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    codec: str = "cp1252"
    number: int = 0

    def put(self, text: str, state: _State) -> None:
        """Text where its group has it."""
        if state.sink is None or state.hidden:
            return
        if state.sink == "text":
            self.line.append((text, state.bold))
        else:
            self.aside.setdefault(state.sink, []).append(text)

    def end_paragraph(self, state: _State) -> None:
        """A paragraph is whole."""
        level = state.level or self.levels.get(state.style, 0)
        inner = "".join(_marked(text, bold) for text, bold in self.line)
        self.line = []
        if not inner.strip():
            return
        block = f"<h{level}>{inner}</h{level}>" if level else f"<p>{inner}</p>"
        (self.cell if state.in_table else self.blocks).append(block)

    def end_cell(self, state: _State) -> None:
        """A cell of a table is whole."""
        self.end_paragraph(state)
        self.row.append(f"<td>{''.join(self.cell)}</td>")
        self.cell = []

    def end_row(self) -> None:
        """A row of a table is whole; rows that follow each other are one table."""
        row = f"<tr>{''.join(self.row)}</tr></table>"
        self.row = []
        if self.blocks and self.blocks[-1].endswith("</table>"):
            self.blocks[-1] = self.blocks[-1].removesuffix("</table>") + row
        else:
            self.blocks.append(f"<table>{row}")

    def said(self, name: str) -> str:
        """What a group beside the text says."""
        joined = "".join(self.aside.get(name, ())).encode("utf-16-le", "surrogatepass")
        return " ".join(joined.decode("utf-16-le", "replace").split())


def _read(opened: Opened, _options: ReadOptions) -> Iterator[Draft | Refusal]:
    text = _parsed(opened.data.decode("latin-1"))
    markup = "".join((*text.blocks, *text.cell))
    made = re.search(r"(\d{4})-(\d\d?)-(\d\d?)", text.said("made"))
    yield from read_marked(
        markup.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"),
        opened.document,
        "rtf",
        title=text.said("title"),
        author=text.said("author"),
        changed=f"{made[1]}-{int(made[2]):02}-{int(made[3]):02}" if made else "",
        letterhead=text.said("header"),
    )


def _parsed(source: str) -> _Text:
    """The text of a document, word by word; whatever it holds, its end is reached."""
    text, state, around = _Text(), _State(), list[_State]()
    place, waiting, skipped = 0, bytearray(), 0
    while token := _TOKEN.match(source, place):
        place = token.end()
        word, number, code, sign, brace, plain = token.groups()
        if code or plain:
            piece = bytes((int(code, 16),)) if code else plain.encode("latin-1")
            waiting += piece[skipped:]
            skipped = max(0, skipped - len(piece))
            continue
        if not (word or sign or brace):
            continue
        _flush(text, waiting, state)
        skipped = 0
        if brace == "{":
            around.append(state)
            if len(around) > MAX_GROUPS:
                raise LimitError(
                    f"has more than {MAX_GROUPS} groups in one another; "
                    "open it in Word or LibreOffice and save it anew"
                )
            state = replace(state)
        elif brace:
            state = around.pop() if around else state
        elif sign:
            _sign(text, sign, state)
        elif word == "bin":
            place += max(0, int(number or 0))
        elif word == "u":
            text.put(chr(int(number or 0) & 0xFFFF), state)
            skipped = state.fallback
        else:
            _word(text, word, None if number is None else int(number), state)
    _flush(text, waiting, state)
    text.end_paragraph(state)
    return text


def _flush(text: _Text, waiting: bytearray, state: _State) -> None:
    if waiting:
        written = bytes(waiting).decode(state.codec, "replace")
        if state.sink == "styles":
            _name_style(text, written, state)
        text.put(written, state)
        waiting.clear()


def _name_style(text: _Text, name: str, state: _State) -> None:
    heading = _HEADING.match(name.strip())
    if heading or _TITLE.fullmatch(name.strip()):
        text.levels[state.style] = int(heading[1]) if heading else 1


def _sign(text: _Text, sign: str, state: _State) -> None:
    if sign == "*":
        state.sink = None  # a group that programs may leave aside, unless its word is known
    elif sign in "\r\n":
        text.end_paragraph(state)
    elif sign != "-":
        text.put(_CHARACTERS.get(sign, sign), state)


def _word(text: _Text, word: str, number: int | None, state: _State) -> None:
    on = number != 0
    if word in _KEPT:
        state.sink = _KEPT[word]
    elif word in _ASIDE:
        state.sink = None
    elif word in _CHARACTERS:
        text.put(_CHARACTERS[word], state)
    elif word in ("par", "page", "sect") and state.sink == "text":
        text.end_paragraph(state)
    elif word in ("par", "page", "sect"):
        text.put(" ", state)
    elif word in ("cell", "nestcell") and state.sink == "text":
        text.end_cell(state)
    elif word in ("row", "nestrow") and state.sink == "text":
        text.end_row()
    elif word in ("yr", "mo", "dy") and state.sink == "made":
        text.put(f"{'' if word == 'yr' else '-'}{number or 0}", state)
    elif word == "b":
        state.bold = on
    elif word == "v":
        state.hidden = on
    elif word == "uc":
        state.fallback = max(0, number or 0)
    else:
        _layout(text, word, number or 0, state)


def _layout(text: _Text, word: str, number: int, state: _State) -> None:
    """What a word says of the paragraph, the font or the encoding."""
    if word == "pard":
        state.style = state.level = 0
        state.in_table = False
    elif word == "plain":
        state.bold = state.hidden = False
    elif word == "intbl":
        state.in_table = True
    elif word == "s":
        state.style = number
    elif word == "outlinelevel" and 0 <= number < 3:
        if state.sink == "styles":
            text.levels[state.style] = number + 1
        state.level = number + 1
    elif word == "ansicpg":
        text.codec = _known(_PAGES.get(number, f"cp{number}"))
        state.codec = text.codec
    elif word in ("mac", "pc", "pca"):
        text.codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        state.codec = text.codec
    elif word == "f" and state.sink == "fonts":
        text.number = number
    elif word == "f":
        state.codec = text.fonts.get(number, text.codec)
    elif word == "fcharset" and number in _CHARSETS:
        text.fonts[text.number] = _CHARSETS[number]


def _known(codec: str) -> str:
    try:
        b"".decode(codec)
    except LookupError:
        return "cp1252"
    return codec


def _marked(text: str, bold: bool) -> str:
    written = html.escape(text, quote=False).replace("\n", "<br>")
    return f"<b>{written}</b>" if bold and text.strip() else written


READER = DocumentReader(
    name="Rich Text document",
    recognise=lambda opened: opened.data.startswith(b"{\\rtf"),
    read=_read,
    binary=True,
)
