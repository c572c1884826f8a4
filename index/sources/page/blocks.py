"""A page as a row of blocks: the lines that a reader sees, each with the element it stands in."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import Any, NamedTuple

import lxml.etree
import lxml.html

from index.sources.html_text import BLOCKS, MAX_DEPTH, MAX_HTML, SKIPPED

HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
TABLE_TAGS = frozenset(["td", "th", "caption", "tr", "table"])
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
MAY_HIDE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
"""The styles of what a page does not show."""
_MAY_BE_HIDDEN = lxml.etree.XPath("descendant-or-self::*[@hidden or @style]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""What spelling does not need; U+200C and U+200D are letters to those who write with them."""
_END_OF_PAGE = re.compile(r"(?i)</(?:html|body)\s*>")
_NOSCRIPT, _END_OF_NOSCRIPT = re.compile(r"(?i)<noscript\b"), re.compile(r"(?i)</noscript\s*>")
_OF_HEAD = frozenset(["base", "basefont", "bgsound", "link", "meta", "noscript", "object", "script",
                      "style", "template", "title"])  # fmt: skip
_ONE_CLASS = lxml.etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    entity=lxml.html.HtmlEntity,
)
_HIDING = ("iframe", "noframes", "textarea", "xmp")
_WRAPPERS = frozenset(["b", "center", "div", "font", "i", "section", "span"])
_COLUMNS = re.compile(r"\n|(?<=\S)[ \t]{3,80}(?=\S)")
_END_OF_SENTENCE = re.compile(r"[.!?。][\"”’)]?\s*\Z")
_TOUCHING = re.compile(r"(?:(?:19|20)\d\d\|\d.?|.*[a-zà-ÿ]\|[A-ZÀ-Þ][a-zà-ÿ])")
"""The last letters of an element and the first of the next that are of two lines: a year and a
number, or a small letter and a capital one."""
_ROWS = frozenset(
    ["article", "aside", "dd", "div", "footer", "header", "li", "section", "td", "ul"]
)
"""Elements in which a style may part what touches in the source; words of a paragraph stay."""
_UNSHOWN = ("button", "canvas", "label", "map", "math", "noscript", "object", "option", "select",
            "svg", "template", "video", "audio", "embed", "textarea")  # fmt: skip
_FOLDED = frozenset(["h2", "h3", "h4", "h5", "h6", "dt"])
MIN_SPELLED = 4
"""Words of a picture from which it can be a headline; fewer may be the name of the site."""


class Block(NamedTuple):
    """A line of a page; `linked` is how many of its characters stand in links, `links` how many
    links, and `element` the innermost block element around it."""

    text: str
    element: Any
    linked: int
    links: int


def parse(text: str, *, noscript: bool = False) -> Any | None:
    """The root of an HTML page, None where there is nothing to parse.

    What would make the parser lose the rest is taken out first: `<noscript>`, in which pages leave
    elements open, ends of the page before its end, a title, a frame, a box to type in or a last
    comment without an end.
    """
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text[:MAX_HTML].replace("\x00", ""))
    text = _END_OF_PAGE.sub("", text if noscript else _without_noscript(text))
    if text.rfind("<!--") > text.rfind("-->"):
        text = " ".join(text.rsplit("<!--", 1))
    if not re.search(r"(?i)</title", text):
        text = re.sub(r"(?i)(<title[^>]*>[^<]*)", r"\1</title>", text, count=1)
    text = _without_unended(text)
    try:
        root = lxml.html.document_fromstring(text, _parser())
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    if not isinstance(root.tag, str):  # a lone comment is no page
        return None
    _empty_head(root)
    return root


def _parser() -> lxml.html.HTMLParser:
    """A parser whose elements are of one class: lxml looks up others by their tag in Python.

    It leaves comments out, so that what stands beside an element is what a reader sees beside it.
    """
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    return parser


def _empty_head(root: Any) -> None:
    """Moves what is no metadata out of the head, where the parser leaves elements that it does not
    know (`<main>`) on a page without `<body>`."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    misplaced = list(dropwhile(lambda each: each.tag in _OF_HEAD, head))
    if misplaced and body is None:
        body = lxml.etree.SubElement(root, "body")
    for place, element in enumerate(misplaced):
        body.insert(place, element)


def _without_noscript(text: str) -> str:
    """A page without what it shows where scripts do not run."""
    parts = _END_OF_NOSCRIPT.split(text)
    for number, part in enumerate(parts[:-1]):
        starts = list(_NOSCRIPT.finditer(part))
        parts[number] = part[: starts[-1].start()] if starts else part
    return " ".join(parts)


def _without_unended(text: str) -> str:
    """A page without the last beginning of what hides all up to its end, where that has none."""
    small = text.lower() if len(text) == len(text.lower()) else text
    for name in _HIDING:
        start = small.rfind(f"<{name}")
        end = text.find(">", start) if start > small.rfind(f"</{name}") else -1
        if end > 0:
            text, small = text[:start] + text[end + 1 :], small[:start] + small[end + 1 :]
    return text


def show_all(root: Any) -> bool:
    """Makes what is not shown visible where it holds a heading and paragraphs: a page whose text a
    script would show, or that left a button open. False where there is nothing of the kind."""
    shown = False
    for element in root.iter():
        unshown = element.tag in _UNSHOWN or (isinstance(element.tag, str) and is_hidden(element))
        if unshown and element.find(".//p") is not None and element.find(".//h1") is not None:
            element.tag = "div"
            for name in ("hidden", "style"):
                element.attrib.pop(name, None)
            shown = True
    return shown


def spell_out_headings(root: Any) -> None:
    """Gives headings that are pictures the words of these, where no heading of a page has any."""
    headings = list(root.iter("h1", "h2"))
    if any(one_line(each.text_content()) for each in headings):
        return
    for heading in headings:
        words = one_line(" ".join(image.get("alt") or "" for image in heading.iter("img")))
        if len(words.split()) >= MIN_SPELLED:
            heading.text = words


def show_folded_headings(root: Any) -> None:
    """Makes words of headings out of the buttons that fold and unfold what is below them."""
    for button in root.iter("button"):
        around = button.getparent()
        if around is not None and around.tag in _FOLDED:
            button.tag = "span"


def one_line(text: str) -> str:
    """White space folded, invisible characters such as soft hyphens left out."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def width(text: str) -> int:
    """Characters of a text, an East Asian one as three: it says as much as three letters."""
    return len(text) + 2 * east_asian(text)


def east_asian(text: str) -> int:
    """How many of the characters of a text are Chinese, Japanese or Korean."""
    return 0 if text.isascii() else len(_EAST_ASIAN.findall(text))


def blocks(root: Any) -> list[Block]:
    """The lines of an element in reading order, hidden ones left out.

    Elements that only wrap one other are taken out of a tree of more than `MAX_DEPTH` levels;
    what is still deeper is left out.
    """
    reader = _Reader(root)
    reader.walk(root, root, False, 0)
    if reader.too_deep and _unwrap(root):
        reader = _Reader(root)
        reader.walk(root, root, False, 0)
    reader.flush(root)
    return reader.found


def _unwrap(root: Any) -> bool:
    """Takes elements out that hold one other and no text; False where there were none."""
    wrappers = [
        element
        for element in root.iter(*_WRAPPERS)
        if len(element) == 1 and element is not root and not (element.text or "").strip()
    ]
    for element in wrappers:
        element.drop_tag()
    return bool(wrappers)


class _Reader:
    def __init__(self, root: Any) -> None:
        self.hidden = {each for each in _MAY_BE_HIDDEN(root) if is_hidden(each)}
        self.found: list[Block] = []
        self.too_deep = False
        self.words: list[str] = []
        self.linked = 0
        self.links = 0

    def flush(self, element: Any) -> None:
        if self.words:
            text = one_line("".join(self.words))
            if text:
                links = self.links or int(self.linked > 0)  # of a link around several lines
                self.found.append(Block(text, element, min(self.linked, len(text)), links))
            self.words.clear()
        self.linked = self.links = 0

    def walk(self, element: Any, around: Any, in_link: bool, depth: int) -> None:
        tag = element.tag
        if tag in SKIPPED or not isinstance(tag, str) or element in self.hidden:
            return
        if depth > MAX_DEPTH:
            self.too_deep = True
            return
        block = tag in BLOCKS
        if block or tag == "br":
            self.flush(around)
            around = element if block else around
        elif self.words and _stands_apart(element):
            self.words.append(" ")
        if tag == "pre":
            self.preformatted(element)
            return
        if tag == "a" and element.get("href") and not _is_unclosed(element):
            in_link = True
            self.links += 1
        if (text := element.text) and (self.words or not text.isspace()):
            self.add(text, in_link)
        for child in element:
            self.walk(child, around, in_link, depth + 1)
            if (text := child.tail) and (self.words or not text.isspace()):
                self.add(text, in_link)
        if block:
            self.flush(around)

    def preformatted(self, element: Any) -> None:
        """Takes the paragraphs of a text whose empty lines part them; above the first one that
        ends as a sentence, its lines and what stands in their columns."""
        head = True
        for part in re.split(r"\n[^\S\n]*\n", element.text_content()):
            head = head and _END_OF_SENTENCE.search(part) is None
            for line in _COLUMNS.split(part) if head else [part]:
                self.words.append(line)
                self.flush(element)

    def add(self, text: str, in_link: bool) -> None:
        self.words.append(text)
        if in_link:
            self.linked += len(text.strip())


def _stands_apart(element: Any) -> bool:
    """Whether an element inside a line touches the one before it in the source, yet a style parts
    them: `<span class="author">Press</span><span class="date">3 May</span>` outside a paragraph."""
    before = element.getprevious()
    parent = element.getparent()
    if before is None or before.tail or parent is None or parent.tag not in _ROWS:
        return False
    if element.get("class") and before.get("class"):
        return True
    touching = f"{(before.text or '')[-4:]}|{(element.text or '')[:2]}"
    return element.tag == before.tag and _TOUCHING.fullmatch(touching) is not None


def _is_unclosed(link: Any) -> bool:
    """Whether a link goes around a heading and its paragraphs, because nothing ended it."""
    return link.find(".//h1") is not None and len(link.findall(".//p")) > 1


def is_hidden(element: Any) -> bool:
    """Whether the page itself says that an element is not to be seen.

    Of the page as a whole it is said until a script has run.
    """
    if element.tag in ("html", "body"):
        return False
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and MAY_HIDE.search(style))


def drop_hidden(root: Any) -> None:
    """Take out what is not to be seen."""
    for element in _MAY_BE_HIDDEN(root):
        if is_hidden(element) and element.getparent() is not None:
            element.drop_tree()
