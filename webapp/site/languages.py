"""The languages of the interface: the address says which one, a catalogue says its sentences.

Sentences are written in English where they are used, inside `gettext` or `ngettext` (in templates
`_` and `ngettext`), or inside `N_` where they stand in a table and are translated later.
`python -m webapp.site.catalogues` gathers them into `translations/*.po`, which people translate.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request

FOLDER = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface.

    `tag`: for `lang` (BCP 47). `prefix`: what its addresses begin with. `name`: in itself.
    """

    tag: str
    prefix: str
    name: str

    @property
    def locale(self) -> str:
        """The tag as Babel and the names of catalogues have it."""
        return self.tag.replace("-", "_")


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


def gettext(text: str, /, **values: Any) -> str:
    """A sentence in the language of the page; `%(name)s` in it is filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """A sentence that depends on a number, which is `%(num)s` in it if `num` is not given."""
    text = flask_babel.get_translations().ungettext(one, many, count)
    return str(text % {"num": count, **values})


def pgettext(context: str, text: str, /, **values: Any) -> str:
    """A word that English uses for several things: `context` says for which."""
    return str(flask_babel.pgettext(context, text, **values))


def language_of(path: str) -> Language:
    """The language that the path of an address asks for."""
    for language in LANGUAGES[1:]:
        if path == language.prefix or path.startswith(language.prefix + "/"):
            return language
    return ENGLISH


def without_language(path: str) -> str:
    """The path of the same page in English."""
    return path.removeprefix(language_of(path).prefix) or "/"


def current_language() -> Language:
    """The language of the page being made; English outside of a request."""
    return language_of(request.path) if has_request_context() else ENGLISH


def install(app: Flask) -> None:
    """Let `gettext` and templates speak the language that the address asks for."""
    babel = flask_babel.Babel(app, locale_selector=lambda: current_language().locale)
    babel.domain_instance = _Catalogues()


class _Catalogues(flask_babel.Domain):  # type: ignore[misc]
    """Flask-Babel's domain, over the `.po` files themselves: nothing to compile or to forget."""

    def get_translations(self) -> NullTranslations:
        return _catalogue(current_language())


@cache
def _catalogue(language: Language) -> NullTranslations:
    if language is ENGLISH:
        return Translations()
    compiled = io.BytesIO()
    with (FOLDER / f"{language.locale}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.locale))
    compiled.seek(0)
    return Translations(compiled)
