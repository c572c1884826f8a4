"""A release as others cite it: plain text, BibTeX, RIS, CSL-JSON, a wiki template.

Each format has its own way to write what would otherwise be its syntax; a value is always one
line. The release itself is cited, at its source where that is known, and the page here beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from index.release import UNATTRIBUTED, Release
from webapp.site import wording
from webapp.site.languages import N_, Language
from webapp.site.paths import web_link

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names, which each style writes out in its own way."""
_BIBTEX = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$",
    "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}  # fmt: skip
"""Braces by name: BibTeX counts them even behind a backslash."""
_WIKI = {char: f"&#{ord(char)};" for char in "&|{}[]<>'~_=#*"}
_IN_URL = ":/?#@!$&()*+,;=-._~%"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. `agency` is empty where nobody knows; `source` where there is none.

    `here`: the permanent address of the page. `site`: its name. `accessed`: an ISO day.
    `page_language`: in which the plain citation is worded.
    """

    key: str
    headline: str
    agency: str
    date: str
    language: str
    source: str
    here: str
    site: str
    accessed: str
    page_language: Language

    @property
    def url(self) -> str:
        """Where the release stands: at its source, else here."""
        return self.source or self.here

    @property
    def parts(self) -> list[int]:
        """Year, month and day, as far as they are known; nothing without a year."""
        known = self.date and not self.date.startswith("--")
        return [int(part) for part in self.date.split("-")] if known else []


def citation_of(
    language: Language, release: Release, *, here: str, site: str, accessed: date
) -> Citation:
    """What is cited of a release."""
    agency = "" if release.agency.slug == UNATTRIBUTED.slug else release.agency.name
    year = (release.date or "").split("-")[0] or "undated"
    name = re.sub(r"[^a-z0-9-]", "", release.agency.slug)[:40].strip("-") or "release"
    return Citation(
        key=f"{name}-{year}-{release.content_hash[:8]}",
        headline=_one_line(release.headline) or language.gettext("Release without a headline"),
        agency=_one_line(agency),
        date=release.date or "",
        language="" if release.language == "und" else _one_line(release.language),
        source=_in_url(web_link(release.url) or ""),
        here=here,
        site=_one_line(site),
        accessed=accessed.isoformat(),
        page_language=language,
    )


def plain(cited: Citation) -> str:
    """One line for a footnote, in the language of the page."""
    language = cited.page_language
    said = (
        cited.agency,
        language.gettext("“%(headline)s”", headline=cited.headline),
        language.gettext("press release"),
        wording.date_in_words(language, cited.date) if cited.date else language.gettext("no date"),
        cited.url,
        language.gettext("archived at %(site)s: %(address)s", site=cited.site, address=cited.here)
        if cited.url != cited.here
        else "",
        language.gettext("accessed %(date)s", date=wording.date_in_words(language, cited.accessed)),
    )
    return ", ".join(filter(None, said)) + "."


def bibtex(cited: Citation) -> str:
    """An entry for BibTeX and biblatex, in UTF-8."""
    parts = cited.parts
    fields = {
        "title": "{" + _bibtex(cited.headline) + "}",
        "author": "{" + _bibtex(cited.agency) + "}" if cited.agency else "",
        "howpublished": "Press release",
        "year": f"{parts[0]:04}" if parts else "",
        "date": cited.date if parts else "",
        "url": cited.url,
        "urldate": cited.accessed,
        "note": "" if cited.url == cited.here else f"Text: {_bibtex(cited.here)}",
        "langid": _bibtex(cited.language),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if len(parts) > 1:
        lines.append(f"  month = {MONTHS[parts[1] - 1]},")
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


def ris(cited: Citation) -> str:
    """A record for reference managers (RIS): tags of two characters, lines ended by CR LF."""
    parts = cited.parts
    padded = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), "", ""] if parts else []
    note = "" if cited.url == cited.here else f"Text: {cited.here}"
    fields = (
        ("TY", "GOVDOC"),
        ("ID", cited.key),
        ("AU", cited.agency),
        ("TI", cited.headline),
        ("M3", "Press release"),
        ("PY", padded[0] if padded else ""),
        ("DA", "/".join([*padded[:3], ""]) if padded else ""),
        ("UR", cited.url),
        ("Y2", cited.accessed.replace("-", "/") + "/"),
        ("DP", cited.site),
        ("LA", cited.language),
        ("N1", note),
    )
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_object(cited: Citation) -> dict[str, Any]:
    """An item of CSL-JSON, the form of citation processors."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "webpage",
        "genre": "Press release",
        "title": cited.headline,
        "URL": cited.url,
        "accessed": {"date-parts": [[int(part) for part in cited.accessed.split("-")]]},
        "source": cited.site,
    }
    if cited.agency:
        item["author"] = [{"literal": cited.agency}]
    if cited.parts:
        item["issued"] = {"date-parts": [cited.parts]}
    if cited.language:
        item["language"] = cited.language
    if cited.url != cited.here:
        item["note"] = f"Text: {cited.here}"
    return item


def csl_json(cited: Citation) -> str:
    """CSL-JSON with one item."""
    return json.dumps([csl_object(cited)], ensure_ascii=False, indent=2) + "\n"


def wiki(cited: Citation) -> str:
    """The template of Wikipedia for press releases."""
    fields = (
        ("title", _wiki(cited.headline)),
        ("publisher", _wiki(cited.agency)),
        ("date", _wiki_date(cited)),
        ("url", _wiki_url(cited.url)),
        ("language", _wiki(cited.language)),
        ("access-date", cited.accessed),
    )
    said = " ".join(f"|{name}={value}" for name, value in fields if value)
    return f"{{{{cite press release {said}}}}}"


def wiki_line(cited: Citation) -> str:
    """The same as a file."""
    return wiki(cited) + "\n"


def plain_line(cited: Citation) -> str:
    """The plain citation as a file."""
    return plain(cited) + "\n"


FORMATS: dict[str, tuple[str, str, Callable[[Citation], str]]] = {
    ".txt": ("text/plain", N_("Plain text"), plain_line),
    ".bib": ("application/x-bibtex", "BibTeX", bibtex),
    ".ris": ("application/x-research-info-systems", "RIS", ris),
    ".csl.json": ("application/vnd.citationstyles.csl+json", "CSL-JSON", csl_json),
    ".wiki": ("text/x-wiki", "Wikipedia", wiki_line),
}
"""What stands behind the identifier -> media type, name, and how it is written."""


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in text)


def _wiki(text: str) -> str:
    return "".join(_WIKI.get(char, char) for char in text)


def _wiki_url(url: str) -> str:
    """An address inside a template: `&` is written out, or `&lt` in a query would become `<`."""
    safe = quote(url, safe=":/?#@!$&()+,;=-.%").replace("~", "%7E")
    return safe.replace("&", "&amp;")


def _wiki_date(cited: Citation) -> str:
    """ISO for a whole day, a year alone, or `2023-11`, which the template reads as a month."""
    return cited.date if cited.parts else ""


def _in_url(url: str) -> str:
    """An address without what would end it in a citation: blanks, braces, quotes, brackets."""
    return quote(url, safe=_IN_URL, errors="replace")


def _one_line(text: str) -> str:
    """No line breaks, no control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
