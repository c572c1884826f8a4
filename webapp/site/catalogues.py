"""Message catalogues: `python -m webapp.site.catalogues` brings `translations/*.po` up to date.

Every sentence of the templates, of the Python code of this package and of
`search.query.notices` gets its entry; entries that nothing
uses any more go. Translations are kept, never guessed.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from search.query.notices import SENTENCES
from webapp.site.languages import ENGLISH, FOLDER, LANGUAGES, Language

HEADER = "# Sentences of the interface in {name}. `python -m webapp.site.catalogues` adds new ones."
_LEFT_OUT = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Generated-By",
    )
)
"""Lines of a catalogue's head that would change without a change of its sentences."""
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def sentences() -> Catalog:
    """All sentences that the interface can say, untranslated."""
    found = Catalog()
    package = Path(__file__).parents[1]
    options = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
    messages = extract_from_dir(
        package, _METHODS, options, keywords=_KEYWORDS, comment_tags=("Translators:",)
    )
    for file, _, message, comments, context in messages:
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    for sentence in SENTENCES.values():
        found.add(sentence, None, [("../search/notices.py", 0)])
    return found


def catalogue_path(language: Language) -> Path:
    """The file of a language's translations."""
    return FOLDER / f"{language.locale}.po"


def read_catalogue(language: Language) -> Catalog:
    """The translations of a language; an empty catalogue where there is no file yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language.locale)
    with path.open("rb") as file:
        return read_po(file, locale=language.locale)


def catalogue_text(language: Language, template: Catalog) -> str:
    """The file of a language as it should be: every sentence, what is translated of it, sorted."""
    old = read_catalogue(language)
    new = Catalog(
        locale=language.locale,
        header_comment=HEADER.format(name=language.name),
        project="Dateline",
        fuzzy=False,
    )
    for message in template:
        if message.id:
            known = old.get(message.id, message.context)
            new.add(
                message.id,
                known.string if known else None,
                message.locations,
                message.flags,
                message.auto_comments,
                context=message.context,
            )
    out = io.BytesIO()
    write_po(out, new, omit_header=False, sort_by_file=True, width=96, include_lineno=False)
    lines = out.getvalue().decode().splitlines()
    return "".join(line + "\n" for line in lines if not line.startswith(_LEFT_OUT))


def untranslated(language: Language) -> list[str]:
    """The sentences that a language has no translation for."""
    known = read_catalogue(language)
    missing = []
    for message in sentences():
        found = known.get(message.id, message.context) if message.id else None
        texts = found.string if found else ""
        if message.id and not (texts if isinstance(texts, str) else all(texts or ())):
            missing.append(str(message.id))
    return missing


def main() -> None:
    """Write the catalogues anew, and say what is left to translate."""
    template = sentences()
    for language in LANGUAGES:
        if language is not ENGLISH:
            catalogue_path(language).write_text(catalogue_text(language, template), "utf-8")
            for sentence in untranslated(language):
                sys.stdout.write(f"{language.tag}: not translated: {sentence}\n")


if __name__ == "__main__":
    main()
