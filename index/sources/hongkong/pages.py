"""Release pages of the Hong Kong government (info.gov.hk), of every layout since 1997.

Since 2016 a page has its headline in `#PRHeadlineSpan` and its text in `#pressrelease`. Before,
the headline stands in the text, over a line of stars, and in `<title>`. In 1997 and 1998 a day's
releases made one page, the Daily Information Bulletin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from index.dates.date_strings import FoundDate, read_date
from index.release import Photo
from index.sources.draft import Document, Draft, Refusal
from index.sources.hongkong import address as address
from index.sources.hongkong import bulletin as bulletin
from index.sources.hongkong import page_addresses as page_addresses
from index.sources.hongkong.footer import read_footer, split_footer
from index.sources.html_text import html_text, plain_line
from index.sources.starred_headline import BAR, headline_and_body
from index.text.cleaning import clean, clean_line
from index.text.language_detection import detect

MAX_PHOTOS = 200
"""Links to photos of a page that are looked at."""
SHORT_LINE = 25
"""Characters under which a typed line is a line of its own: the next one does not continue it."""

_RELEASE = re.compile(r"""\bid\s*=\s*["']?pressrelease\b""", re.IGNORECASE)
_HOUSE = re.compile(r"info\.gov\.hk|/gia/|isd\.gov\.hk", re.IGNORECASE)
_CLOSINGS = {
    "End": re.compile(r"End(?<!\wEnd)s?\s*/\s*\w+day,"),
    "完": re.compile(r"完\s*(?:[/／]|(?:<[^>]{1,40}>\s*)*\d{4}\s*年)"),
    "NNNN": re.compile(r">\s*NNNN\b|\bNNNN\s*<"),
}
"""What ends a release, by a word that it has, which is looked for first: that costs little."""
_CLOSING_MARK = re.compile(r"\A\s*NNNN\s*\Z")
_STARS = re.compile(r"[*＊]{5}")
_NOT_TEXT = (
    ".controlDisplay1, .controlDisplay2, #rightContent, #starBar, script, style, select, form"
)
_INDENT = re.compile(r"(<br\s*/?>)(\s*[\u00a0\u3000][\u00a0\u3000 ])")


def recognise(text: str, document: Document) -> bool:
    """Whether a page is a release, or a day's bulletin, of the Hong Kong government."""
    if "<" not in text[:4_000]:
        return False
    if _names_release(text):
        return _HOUSE.search(text) is not None or address.is_release(document.url)
    if not ("**" in text or "＊" in text) or _STARS.search(text) is None:
        return False
    if bulletin.recognise(text, document) or _closes(text):
        return True
    return address.is_release(document.url)


def _closes(text: str) -> bool:
    """Whether a page has what ends a release."""
    return any(word in text and closing.search(text) for word, closing in _CLOSINGS.items())


def _names_release(text: str) -> bool:
    """Whether an element is called so; the word alone is looked for first, which costs little."""
    named = "pressrelease" in text or "pressrelease" in text.lower()
    return named and _RELEASE.search(text) is not None


def read(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """The release of a page, or the releases of a bulletin; a refusal where there is none."""
    soup = BeautifulSoup(text, "lxml")
    if not _names_release(text) and bulletin.recognise(text, document):
        yield from bulletin.read(_text(soup), document)
        return
    photos = _photos(soup)
    region = _region(soup)
    stated = _stated_footer(region)
    body, footer = split_footer(_text(region))
    headline = _line(soup.select_one("#PRHeadlineSpan") or soup.select_one("#PRHeadline"))
    if not headline:
        headline, body = headline_and_body(body, _line(soup.title))
    if not headline or not body:
        missing = "headline" if not headline else "text"
        yield Refusal(document.name, f"is a Hong Kong release page without a {missing}")
        return
    yield _draft(soup, document, headline, body, stated or footer, photos)


def _draft(
    soup: BeautifulSoup,
    document: Document,
    headline: str,
    body: str,
    footer: FoundDate | None,
    photos: tuple[Photo, ...],
) -> Draft:
    own = page_addresses.own_address(soup, document, footer)
    folder = own.folder_date if own else None
    dates = (footer, folder and read_date(folder, "address"))
    return Draft(
        headline=headline,
        body=body,
        form="hong-kong-page",
        id=own.id if own else None,
        url=own.url if own else None,
        language=_language(f"{headline}\n{body}", mirror="sc.isd.gov.hk" in (document.url or "")),
        dates=tuple(each for each in dates if each),
        photos=photos,
        translations=page_addresses.translations(soup, own),
    )


def _region(soup: BeautifulSoup) -> Tag:
    """The element that holds the release's text; everything that is not text leaves it."""
    region = soup.find(id="pressrelease") or soup.find(id="contentBody") or soup.body or soup
    for each in region.select(_NOT_TEXT):
        each.decompose()
    return region


def _stated_footer(region: Tag) -> FoundDate | None:
    """The date in the elements that are a footer since 2016; they leave the region."""
    elements = region.select(".mB15.f15")
    stated = " ".join(each.get_text(" ") for each in elements)
    found = read_footer(clean(stated)) if stated.strip() else None
    for each in elements if found else ():
        each.decompose()
    for closing in region.find_all(string=_CLOSING_MARK):
        closing.extract()
    return found


def _text(region: Tag) -> str:
    """Plain text in blocks; an indent opens a block as an empty line does."""
    for pre in region.find_all("pre"):
        pre.replace_with(_reflowed(pre))
    return clean(html_text(_INDENT.sub(r"\1\1\2", str(region))))


def _reflowed(pre: Tag) -> Tag:
    """Typed text, broken into lines of one width, with its lines joined to paragraphs."""
    made = Tag(name="div")
    running, margin = False, 0
    for raw in pre.get_text().expandtabs().split("\n"):
        line = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        opens = indent > margin + 1 or not line
        starts = opens or not running or BAR.match(raw) is not None
        for _ in range(opens + starts):
            made.append(Tag(name="br", can_be_empty_element=True))
        made.append(NavigableString(line if starts else f" {line}"))
        running = bool(line) and not BAR.match(raw) and len(line) >= SHORT_LINE
        margin = indent
    return made


def _line(element: Tag | None) -> str:
    return plain_line(clean(element.get_text())) if element is not None else ""


def _photos(soup: BeautifulSoup) -> tuple[Photo, ...]:
    """Pictures with captions, once each: a page that ran its scripts holds them twice."""
    links = [link for link in soup.find_all("a", href=True) if isinstance(link, Tag)]
    gallery = [link for link in links if _is_of_gallery(link)]
    shown = [link for link in gallery if link.find_parent(class_="controlDisplay1")]
    found = shown or gallery or [link for link in links if "_photo_" in str(link["href"])]
    captions: dict[str, str] = {}
    for link in found[:MAX_PHOTOS]:
        picture = link.find("img")
        alt = picture.get("alt") if isinstance(picture, Tag) else None
        url = address.absolute(str(link.get("href") or ""))
        captions.setdefault(url, clean_line(str(link.get("title") or alt or "")))
    return tuple(Photo(url, caption) for url, caption in captions.items() if url)


def _is_of_gallery(link: Tag) -> bool:
    classes = link.get("class") or ()
    return "fancybox" in classes and link.get("data-fancybox-group") == "gallery"


def _language(text: str, *, mirror: bool) -> str:
    """`en`, `zh-Hant` or `zh-Hans`: the only ones that these pages come in."""
    found = detect(text)
    if found == "zh":
        return "zh-Hans" if mirror else "zh-Hant"
    return found if found.startswith("zh") else "en"
