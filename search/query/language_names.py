"""Languages by their names: `language:russian` and `language:Русский` for the tag `ru`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from index.text.folding import fold

_NAMED_IN = ("en", "zh_Hant", "zh_Hans")
"""Languages of the interface, in which any language may be named, as it may in itself."""


def tags_called(name: str, languages: Collection[str]) -> list[str]:
    """The tags of the index whose language has this name."""
    wanted = fold(name).strip()
    return sorted(tag for tag in languages if wanted in _names(tag))


def _names(tag: str) -> frozenset[str]:
    """What a language is called, folded; its first word is enough, as of `Norwegian Bokmål`."""
    names = {fold(name) for name in _written(tag.replace("-", "_"))}
    return frozenset(names | {name.partition(" ")[0] for name in names})


def _written(code: str) -> Iterator[str]:
    from babel import Locale, UnknownLocaleError  # 40 ms that only a name takes which is no tag

    primary = code.partition("_")[0]
    for speaker in (*_NAMED_IN, primary):
        try:
            named = Locale.parse(speaker).languages
        except (ValueError, UnknownLocaleError):
            continue
        yield from (named[each] for each in (code, primary) if each in named)
