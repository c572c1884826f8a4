"""The languages of the interface: the address says which one, a catalogue says its sentences.

Sentences are written in English where they are used, inside `gettext`, `ngettext` or `pgettext` of
a `Language` (in templates `_`, `ngettext` and `pgettext`), or inside `N_` where they stand in a
table and are translated later. `python -m webapp.site.catalogues` gathers them into
`translations/*.po`, which people translate.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "translations"
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Language:
    """A language of the interface, with its catalogue of sentences.

    `tag`: for `lang` (BCP 47). `prefix`: what its addresses begin with. `name`: in itself.
    """

    tag: str
    prefix: str
    name: str

    @property
    def locale(self) -> str:
        """The tag as Babel and the names of catalogues have it."""
        return self.tag.replace("-", "_")

    def gettext(self, text: str, /, **values: Any) -> str:
        """A sentence in this language; `%(name)s` in it is filled in."""
        said = self._catalogue.gettext(text)
        return said % values if values else said

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """A sentence that depends on a number: `%(num)s` in it, unless `num` is given."""
        return self._catalogue.ngettext(one, many, count) % {"num": count, **values}

    def pgettext(self, context: str, text: str, /, **values: Any) -> str:
        """A word that English uses for several things: `context` says for which."""
        said = self._catalogue.pgettext(context, text)
        return said % values if values else said

    @cached_property
    def _catalogue(self) -> NullTranslations:
        """Read from the `.po` file itself: there is nothing to compile or to forget."""
        if self.tag == "en":
            return NullTranslations()
        # Babel takes 20 ms to load, a tenth of `dateline search`, which is in English.
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
        from babel.support import Translations

        compiled = io.BytesIO()
        with (FOLDER / f"{self.locale}.po").open("rb") as file:
            write_mo(compiled, read_po(file, locale=self.locale))
        compiled.seek(0)
        translations: NullTranslations = Translations(compiled)
        return translations


ENGLISH = Language("en", "", "English")
LANGUAGES = (
    ENGLISH,
    Language("zh-Hant", "/zh-hant", "繁體中文"),
    Language("zh-Hans", "/zh-hans", "简体中文"),
)
"""English has no prefix, so its addresses are those that were there before other languages."""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a sentence of a table for translation; `gettext` translates it where it is shown."""
    return text


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
"""Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms (Unicode, blocks)."""


def html_direction(text: str) -> str:
    """The attribute `dir`, with its space, of an element with this text; empty where it needs none.

    Only what has a letter from right to left needs one: the pages run from left to right.
    """
    return "" if text.isascii() or not _RIGHT_TO_LEFT.search(text) else ' dir="auto"'


def language_of(path: str) -> Language:
    """The language that the path of an address asks for."""
    for language in LANGUAGES[1:]:
        if path == language.prefix or path.startswith(language.prefix + "/"):
            return language
    return ENGLISH


def html_language(tag: str) -> str:
    """What a release says of its language, for `lang`: `und` where that is no tag of BCP 47."""
    return tag if _TAG.fullmatch(tag) else "und"


def without_language(path: str) -> str:
    """The path of the same page in English."""
    return path.removeprefix(language_of(path).prefix) or "/"
